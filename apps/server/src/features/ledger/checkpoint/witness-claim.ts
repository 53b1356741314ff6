import {
    type HeadHash,
    type Id,
    type PolicyWitness,
    parseVerifierKey,
    rootOfFirst,
    sameBytes,
    signedByLog,
    type VerifierKey,
    type WitnessTroubleCode,
} from '@liuhen/domain';
import { nodeDigest } from '../../../platform/digest.ts';
import type { Services } from '../../../platform/services.ts';
import { verifyNoteKey } from '../../../platform/verify-note-key.ts';
import { lastCheckpoint } from './checkpoint.queries.ts';
import { heldKeys } from './log-keys.ts';
import { treeNodes } from './tree.queries.ts';
import { fetchWitnessed } from './witness-client.ts';

export type Trouble = { readonly code: WitnessTroubleCode; readonly params: Readonly<Record<string, string>> };
/** What a witness says of a log: that it has seen more, or refuses with this status what follows from what was signed. */
export type Claim = { readonly witnessed: bigint } | { readonly status: string };

export type ClaimTools = Pick<Services, 'db'> & { readonly installation: Pick<Services['installation'], 'keyFolder'> };
type About = { readonly orgId: Id; readonly head: HeadHash; readonly witness: PolicyWitness; readonly origin: string };

/**
 * What there is to a claim. It is proven by nothing but a checkpoint that the log itself signed, of more than there is or of another
 * tree: the witness hands out the last it cosigned. Without one the witness is at fault, or hostile, and nothing stops for it. Undefined
 * where the claim is overtaken, because the log has been signed further meanwhile.
 */
export async function judgeClaim(tools: ClaimTools, about: About, claim: Claim): Promise<Trouble | undefined> {
    const { orgId, head, witness, origin } = about;
    const note = await fetchWitnessed(witness, nodeDigest.sha256, origin);
    const keys = await keysOfLog(tools, about);
    const shown = note === undefined ? undefined : await signedByLog(note, { origin, keys }, verifyNoteKey);
    return tools.db.read({ readOrgs: [orgId] }, async (db) => {
        // Read after the witness was asked: another node may have signed and handed over meanwhile.
        const size = (await lastCheckpoint(db, orgId, head))?.size ?? 0n;
        const text = note === undefined ? '' : Buffer.from(note).toString();
        if (shown !== undefined && shown.size > size)
            return { code: 'witness.ahead', params: { witnessed: String(shown.size), size: String(size), note: text } };
        if (shown !== undefined) {
            const root = await rootOfFirst(nodeDigest[head], shown.size, treeNodes(db, orgId, head));
            if (!sameBytes(root, shown.root))
                return { code: 'witness.differs', params: { witnessed: String(shown.size), note: text } };
        }
        if ('status' in claim) return { code: 'witness.differsUnproven', params: { status: claim.status } };
        if (claim.witnessed <= size) return undefined;
        return { code: 'witness.aheadUnproven', params: { witnessed: String(claim.witnessed), size: String(size) } };
    });
}

/** Keys that may have signed this log: those it introduced, and those in the folder of this node. */
export async function keysOfLog(tools: ClaimTools, about: Pick<About, 'orgId' | 'head' | 'origin'>): Promise<VerifierKey[]> {
    const introduced = await introducedKeys(tools, about);
    const held = await heldKeys(tools.installation.keyFolder, about.orgId, about.head, about.origin);
    // Each once: of two with one name and number nobody knows which signed.
    return [...introduced, ...held.filter((key) => !introduced.some((each) => sameBytes(each.publicKey, key.publicKey)))];
}

const introducedKeys = ({ db }: ClaimTools, { orgId, head, origin }: Pick<About, 'orgId' | 'head' | 'origin'>) =>
    db.read({ readOrgs: [orgId] }, async (read) => {
        const rows = await read
            .selectFrom('ledger.log_key')
            .select('verifier')
            .where('org_id', '=', orgId)
            .where('hash', '=', head)
            .where('origin', '=', origin)
            .execute();
        return rows.map(({ verifier }) => parseVerifierKey(nodeDigest.sha256, verifier));
    });
