import {
    DomainError,
    formatCheckpoint,
    formatNote,
    formatVerifierKey,
    type HeadHash,
    type Id,
    MINUTE,
    merkleEmptyRoot,
    type NoteSignature,
    sameBytes,
    stopsSigning,
    utf8Bytes,
} from '@liuhen/domain';
import { acceptedKeys } from '../../../platform/accepted-keys.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import { failpoint } from '../../../platform/failpoint.ts';
import type { Services } from '../../../platform/services.ts';
import { readMirrors, readWitnesses } from '../../../platform/witnesses.ts';
import { entryKeys, type LastCheckpoint, lastCheckpoint, logSize } from './checkpoint.queries.ts';
import { addCheckpoint, endAlarm, raiseAlarm } from './checkpoint.store.ts';
import { extendTree, type Grown, Unsound } from './extend-tree.ts';
import type { LogKey, LogKeys } from './log-keys.ts';
import type { Signed, SignedState } from './signed-state.ts';
import { shownWithout, witnessTroubles } from './witness.queries.ts';

type Tools = Pick<Services, 'db' | 'clock' | 'commands' | 'config'>;
type Standing = { readonly signed: Signed | undefined; readonly published: LastCheckpoint | undefined; readonly size: bigint };

/** Entries that one checkpoint takes in at most; a log that grew by more gets several. */
const MOST_ENTRIES = 8_192;
/** Entries that nobody signs for so long mean that the key is gone, and not that another node is about to sign. */
const PATIENCE_MS = 10 * MINUTE;

/**
 * Signs checkpoints of logs (C2SP tlog-checkpoint). Before it signs it checks what is new and that the old is its beginning; before it
 * publishes it writes down what it signed, outside the database. So there are never two roots of one size, and a database that was put
 * back is noticed. What it refuses it says once, and goes on when that is over.
 */
export class Checkpointer {
    readonly #tools: Tools;
    readonly #keys: LogKeys;
    readonly #signed: SignedState;
    readonly #most: number;

    constructor(tools: Tools, parts: { keys: LogKeys; signed: SignedState; mostEntries?: number }) {
        this.#tools = tools;
        this.#keys = parts.keys;
        this.#signed = parts.signed;
        this.#most = parts.mostEntries ?? MOST_ENTRIES;
    }

    /** Signs all that this log has now, head after head. Where it may not, an alarm says why. For one caller at a time. */
    async sign(orgId: Id): Promise<void> {
        try {
            await this.#refuseWhereWitnessed(orgId);
            const keys = await this.#keys.of(orgId, 'sha256');
            // Whose key signs the one head has that of the other as well; asked for first, so that its entry is signed at once.
            const second = keys.length === 0 ? undefined : await this.#keys.of(orgId, 'sm3');
            await this.#signHead(orgId, 'sha256', keys);
            // It follows the first, which has looked at the entries.
            if (second !== undefined) await this.#signHead(orgId, 'sm3', second);
            await endAlarm(this.#tools, orgId);
        } catch (error) {
            const reason = alarmOf(error);
            if (reason === undefined) throw error;
            await raiseAlarm(this.#tools, orgId, reason.alarm, reason.params);
        }
    }

    /** What a witness shows that the log signed is the one thing that a copy put back with all its files cannot undo. */
    async #refuseWhereWitnessed(orgId: Id): Promise<void> {
        const { witnesses } = await readWitnesses(this.#tools.config);
        const mirrors = await readMirrors(this.#tools.config);
        const known = new Set([...witnesses, ...mirrors].map(({ key }) => formatVerifierKey(key)));
        const troubles = await this.#tools.db.read({ readOrgs: [orgId] }, (db) => witnessTroubles(db, orgId));
        for (const { code, verifier, params } of troubles) {
            if (!known.has(verifier) || !stopsSigning(code)) continue;
            const said = { witness: verifier.split('+')[0] ?? '', ...shownWithout(params) };
            throw new Unsound(code === 'witness.ahead' ? 'checkpoint.witnessAhead' : 'checkpoint.witnessDiffers', said);
        }
    }

    async #signHead(orgId: Id, head: HeadHash, keys: readonly LogKey[]): Promise<void> {
        for (let more = true; more; ) {
            const standing = await this.#standing(orgId, head);
            if (keys.length === 0) return this.#withoutKey(standing);
            compare(standing);
            more = await this.#step(orgId, head, keys, standing);
        }
    }

    async #standing(orgId: Id, head: HeadHash): Promise<Standing> {
        const signed = await this.#signed.read(orgId, head);
        return this.#tools.db.read({ readOrgs: [orgId] }, async (db) => ({
            signed,
            published: await lastCheckpoint(db, orgId, head),
            size: head === 'sha256' ? await logSize(db, orgId) : ((await lastCheckpoint(db, orgId, 'sha256'))?.size ?? 0n),
        }));
    }

    /** One checkpoint; whether there is more to sign. */
    async #step(orgId: Id, head: HeadHash, keys: readonly LogKey[], { signed, published, size }: Standing): Promise<boolean> {
        const from = { size: published?.size ?? 0n, root: published?.root ?? merkleEmptyRoot(nodeDigest[head]) };
        if (size === from.size) return false;
        const unpublished = signed !== undefined && signed.size > from.size ? signed : undefined;
        const most =
            unpublished === undefined ? Math.min(this.#most, Number(size - from.size)) : Number(unpublished.size - from.size);
        const believed = head === 'sha256' ? await this.#believed() : undefined;
        const grown = await this.#tools.db.read({ readOrgs: [orgId] }, (db) =>
            extendTree(db, orgId, head, from, { most, believed }),
        );
        const next = unpublished === undefined ? await this.#signNew(orgId, head, keys, grown) : asSigned(unpublished, grown);
        await addCheckpoint(this.#tools, orgId, head, from.size, next, grown.nodes);
        failpoint('checkpoint.published');
        return next.size < size;
    }

    /** The keys whose entries are signed over, from outside the database. */
    async #believed(): Promise<ReadonlyMap<string, Uint8Array>> {
        const fromDatabase = () => this.#tools.db.read({ readOrgs: [] }, async (db) => [...(await entryKeys(db)).values()]);
        const keys = await acceptedKeys(this.#keys.folder, this.#tools.commands.signer, fromDatabase);
        return new Map(keys.map(({ keyId, publicKey }) => [keyId, publicKey]));
    }

    async #signNew(orgId: Id, head: HeadHash, keys: readonly LogKey[], { size, root }: Grown): Promise<Signed> {
        const text = formatCheckpoint({ origin: keys[0]?.origin ?? '', size, root });
        const signatures: NoteSignature[] = [];
        for (const key of keys)
            signatures.push({ name: key.origin, keyHash: key.keyHash, signature: await key.sign(utf8Bytes(text)) });
        const signed = { size, root, at: this.#tools.clock.now(), note: formatNote({ text, signatures }) };
        await this.#signed.write(orgId, head, signed);
        failpoint('checkpoint.signed');
        return signed;
    }

    /** Another node has the key and signs; when nobody does for long, the key is missing. */
    #withoutKey({ published, size }: Standing): void {
        const waiting = size - (published?.size ?? 0n);
        if (waiting > 0n && this.#tools.clock.now() - (published?.at ?? 0) > PATIENCE_MS)
            throw new Unsound('checkpoint.keyMissing', { waiting: String(waiting) });
    }
}

/** What was signed must still be there, and nothing else in its place. */
function compare({ signed, published, size }: Standing): void {
    if (signed === undefined) return;
    if (signed.size > size) throw new Unsound('checkpoint.logShorter', { signed: String(signed.size), log: String(size) });
    if (signed.size === published?.size && !sameBytes(signed.root, published.root)) throw differs(signed.size);
}

/** Signed before a crash and not published: it is published as it was, if the log is still what was signed. */
function asSigned(signed: Signed, grown: Grown): Signed {
    if (grown.size !== signed.size || !sameBytes(grown.root, signed.root)) throw differs(signed.size);
    return signed;
}

/** What somebody must be told; all else is tried again. */
function alarmOf(error: unknown): Unsound | undefined {
    if (error instanceof DomainError && error.code === 'token.away') return new Unsound('checkpoint.tokenAway', error.params);
    if (error instanceof DomainError && error.code === 'token.pin') return new Unsound('checkpoint.tokenPin', error.params);
    return error instanceof Unsound ? error : undefined;
}

const differs = (size: bigint): Unsound => new Unsound('checkpoint.logDiffers', { size: String(size) });
