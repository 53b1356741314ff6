import { BUNDLE_ENTRY_MAX, type EntryPackage, formatAddEntries, packageRuns, runProof } from '@liuhen/domain';
import type { ReadDb } from '../../../platform/db/database.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import { keepLooking } from '../../../platform/keep-looking.ts';
import type { Services } from '../../../platform/services.ts';
import { readMirrors } from '../../../platform/witnesses.ts';
import { entriesFrom } from './checkpoint.queries.ts';
import { type Asked, HandingOver, type HandingTools, keepCosignature, OneNode, submit } from './handing-over.ts';
import { askMirror } from './mirror-client.ts';
import { treeNodes } from './tree.queries.ts';
import type { Trouble } from './witness-claim.ts';

/** Of one request, bytes of entries: so many that a request is short, and one package always fits. */
const ENOUGH_BYTES = 1024 * 1024;
/** Of one round; a log that is new to a mirror takes several. */
const MOST_REQUESTS = 50;

/**
 * Hands every entry of the logs to the mirrors (C2SP tlog-mirror): first the checkpoint, as to a witness, then the entries that lead to it.
 * The head of SM3 has the same entries.
 */
export const mirroringOf = (tools: HandingTools): HandingOver =>
    new HandingOver(tools, { who: () => readMirrors(tools.config), heads: ['sha256'], hand: (asked) => mirror(tools, asked) });

async function mirror(tools: HandingTools, asked: Asked): Promise<Trouble | undefined> {
    const submitted = await submit(tools, asked);
    if ('code' in submitted) return submitted;
    const { checkpoint, origin, witness } = asked;
    let from = asked.has;
    for (let request = 0; request < MOST_REQUESTS; request += 1) {
        const packages = await tools.db.read({ readOrgs: [asked.orgId] }, (db) => packagesFrom(db, asked, from));
        if ('code' in packages) return packages;
        const body = formatAddEntries({ origin, from, to: checkpoint.size, ticket: new Uint8Array(0), packages });
        const answer = await askMirror(witness, body);
        if (answer === undefined) return { code: 'witness.unreachable', params: {} };
        if (answer.kind === 'mirrored') return keepCosignature(tools, asked, answer.signatures);
        if (answer.kind === 'refused') return refusal(answer.status);
        // It expects another checkpoint, or says the same again: with the next round.
        if (answer.info.size !== checkpoint.size || answer.info.next === from) return refusal(409);
        from = answer.info.next;
    }
    // It goes on with the next round.
    return undefined;
}

const refusal = (status: number): Trouble =>
    status === 422 ? { code: 'log.entriesDiffer', params: {} } : { code: 'witness.refused', params: { status: String(status) } };

/** Entries from `from` on with their proofs, as many as go into one request. */
async function packagesFrom(db: ReadDb, { orgId, checkpoint }: Asked, from: bigint): Promise<EntryPackage[] | Trouble> {
    const packages: EntryPackage[] = [];
    let bytes = 0;
    for (const { block, from: first, to } of packageRuns(from, checkpoint.size)) {
        if (bytes >= ENOUGH_BYTES) break;
        const rows = await entriesFrom(db, orgId, first, Number(to - first));
        const entries = rows.filter(({ idx }) => BigInt(idx) < to).map(({ entry }) => entry);
        const long = rows.find(({ entry }) => entry.length > BUNDLE_ENTRY_MAX);
        if (long !== undefined) return { code: 'mirror.entryTooLong', params: { index: String(long.idx) } };
        // One is missing here: what follows cannot be where it was signed.
        if (BigInt(entries.length) !== to - first) return { code: 'log.entriesDiffer', params: {} };
        const run = { from: block, to };
        packages.push({
            entries,
            proof: await runProof(nodeDigest.sha256, run, checkpoint.size, treeNodes(db, orgId, 'sha256')),
        });
        bytes += entries.reduce((sum, entry) => sum + entry.length, 0);
    }
    return packages;
}

/** Hands entries over as long as the server runs. */
export const startMirroring = (services: Services, stops: (() => Promise<void>)[]): void => {
    if (services.config.mirrorFile === undefined) return;
    keepLooking(
        services,
        new OneNode(services, 'mirrors', mirroringOf(services)),
        { everyMs: services.config.checkpointMs, failed: 'handing entries to mirrors failed' },
        stops,
    );
};
