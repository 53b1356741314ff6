import { join } from 'node:path';
import {
    type AddEntries,
    BUNDLE_WIDTH,
    type Checkpoint,
    createCompactRange,
    DomainError,
    formatBundle,
    formatMirrorInfo,
    formatNote,
    formatNoteSignatures,
    MIRROR_INFO_TYPE,
    merkleLeaf,
    originHash,
    packageRuns,
    parseAddEntries,
    parseCheckpoint,
    parseNote,
    parseTilePath,
    utf8Bytes,
    verifyRun,
} from '@liuhen/domain';
import { verifierDigest } from '@liuhen/verify/digest';
import { failpoint } from './failpoint.ts';
import type { KeptCheckpoints } from './kept-checkpoints.ts';
import type { KnownLog } from './known-logs.ts';
import { MirrorStore } from './mirror-store.ts';
import type { Answer } from './witness.ts';
import type { WitnessKey } from './witness-key.ts';

type Parts = {
    readonly folder: string;
    /** Another key than that of the witness: it says that all entries are here. */
    readonly key: WitnessKey;
    readonly logs: () => ReadonlyMap<string, KnownLog>;
    readonly kept: KeptCheckpoints;
    /** Seconds since 1970. */
    readonly now: () => bigint;
};
type Pending = { readonly checkpoint: Checkpoint; readonly note: ReturnType<typeof parseNote> };

const sha256 = verifierDigest.sha256;
const MOST_BITS = 63;

/**
 * Keeps every entry of the logs that are witnessed (C2SP tlog-mirror): whoever sends entries is not asked who they are, for entries that do
 * not lead to the last witnessed checkpoint are not kept. Heads of SM3 have the same entries and are not mirrored again.
 */
export class Mirror {
    readonly #parts: Parts;
    readonly #stores = new Map<string, MirrorStore>();
    readonly #turns = new Map<string, Promise<unknown>>();

    private constructor(parts: Parts) {
        this.#parts = parts;
    }

    /** Throws `Refusal` like `MirrorStore.open`. */
    static async open(parts: Parts): Promise<Mirror> {
        const mirror = new Mirror(parts);
        for (const [origin, { hash }] of parts.logs()) if (hash === sha256) await mirror.#storeOf(origin);
        return mirror;
    }

    /** The logs of which something is kept, or may be. */
    origins(): string[] {
        return [...this.#stores.keys()];
    }

    /** How many entries of a log are here. */
    sizeOf(origin: string): bigint {
        return this.#stores.get(origin)?.size ?? 0n;
    }

    /** The answer to the body of an add-entries; one of each log at a time. */
    async addEntries(body: Uint8Array): Promise<Answer> {
        let request: AddEntries;
        try {
            request = parseAddEntries(body);
        } catch (error) {
            if (!(error instanceof DomainError)) throw error;
            return plain(400, `${error.code} ${error.params.reason ?? ''}`);
        }
        const { origin } = request;
        const log = this.#parts.logs().get(origin);
        if (log === undefined || log.hash !== sha256) return plain(404, 'unknownOrigin');
        const turn = (this.#turns.get(origin) ?? Promise.resolve()).then(() => this.#take(request));
        this.#turns.set(
            origin,
            turn.catch(() => undefined),
        );
        return turn;
    }

    async #take(request: AddEntries): Promise<Answer> {
        const store = await this.#storeOf(request.origin);
        const pending = await this.#pending(request.origin);
        const size = pending?.checkpoint.size ?? 0n;
        const told = (status: number) => ({
            ...{ status, contentType: MIRROR_INFO_TYPE },
            body: formatMirrorInfo({ size, next: store.next, ticket: new Uint8Array(0) }),
        });
        if (pending === undefined || request.to !== size || request.to < store.size || request.from > store.next)
            return told(409);
        if (store.next - request.from > BUNDLE_WIDTH) return told(409);
        let kept = 0;
        for (const run of packageRuns(request.from, request.to)) {
            const given = request.packages[kept];
            if (given === undefined) break;
            const stored = await store.bundle(run.block / BUNDLE_WIDTH);
            const block = [...stored.slice(0, Number(run.from - run.block)), ...given.entries];
            const runRoot = rootOf(block);
            const claim = {
                run: { from: run.block, to: run.to },
                size,
                runRoot,
                root: pending.checkpoint.root,
                proof: given.proof,
            };
            if (!verifyRun(sha256, claim)) return plain(422, 'proof');
            await store.append(run.from, given.entries);
            failpoint('mirror.kept');
            kept += 1;
        }
        if (store.next < request.to) return kept > 0 ? told(202) : plain(400, 'noPackage');
        return this.#commit(store, pending);
    }

    /** All entries of the checkpoint are kept: said with a signature, which is kept before anybody hears of it. */
    async #commit(store: MirrorStore, { checkpoint, note }: Pending): Promise<Answer> {
        const { key, now } = this.#parts;
        const cosigned = key.cosign(note.text, now());
        const ofLog = note.signatures.filter(({ name }) => name === checkpoint.origin);
        await store.commit(checkpoint.size, formatNote({ text: note.text, signatures: [...ofLog, cosigned] }));
        return plain(200, formatNoteSignatures([cosigned]).trimEnd());
    }

    /** What is to be mirrored: the last checkpoint that was witnessed. */
    async #pending(origin: string): Promise<Pending | undefined> {
        const bytes = await this.#parts.kept.latest(originHash(sha256, origin));
        if (bytes === undefined) return undefined;
        const note = parseNote(bytes);
        return { checkpoint: parseCheckpoint(note.text), note };
    }

    /** `GET <origin hash>/…` below the mirror's own prefix (C2SP tlog-tiles); undefined for what is not there. */
    async read(path: string): Promise<Answer | undefined> {
        const [, hash = '', what = ''] = /^([0-9a-f]{64})\/(.+)$/.exec(path) ?? [];
        const origin = [...this.#stores.keys()].find((each) => originHash(sha256, each) === hash);
        const store = origin === undefined ? undefined : this.#stores.get(origin);
        if (store === undefined) return undefined;
        if (what === 'checkpoint') {
            const body = await store.checkpoint();
            return body === undefined ? undefined : { status: 200, contentType: 'text/plain; charset=utf-8', body };
        }
        const [, level = '', tile = ''] = /^tile\/(entries|\d|[1-5]\d|6[0-3])\/(.+)$/.exec(what) ?? [];
        const asked = parseTilePath(tile);
        if (asked === undefined || !isThere(store.size, level === 'entries' ? 0 : Number(level), asked)) return undefined;
        const { index, width } = asked;
        const parts =
            level === 'entries'
                ? [formatBundle((await store.bundle(index)).slice(0, width))]
                : await store.tile(Number(level), index, width);
        return { status: 200, contentType: 'application/octet-stream', body: new Uint8Array(Buffer.concat(parts)) };
    }

    async #storeOf(origin: string): Promise<MirrorStore> {
        const known = this.#stores.get(origin);
        if (known !== undefined) return known;
        const folder = join(this.#parts.folder, 'mirror', originHash(sha256, origin));
        const store = await MirrorStore.open(folder, this.#parts.key.key);
        this.#stores.set(origin, store);
        return store;
    }
}

/** Whether a tree of `size` leaves has this tile: a whole one, or a part that is not longer than what there is. */
function isThere(size: bigint, level: number, { index, width }: { index: bigint; width: number }): boolean {
    if (level * 8 > MOST_BITS) return false;
    return index * BUNDLE_WIDTH + BigInt(width) <= size >> BigInt(level * 8);
}

function rootOf(entries: readonly Uint8Array[]): Uint8Array {
    const range = createCompactRange(sha256);
    for (const entry of entries) range.append(merkleLeaf(sha256, entry));
    return range.root();
}

const plain = (status: number, text: string): Answer => ({ status, contentType: 'text/plain', body: utf8Bytes(`${text}\n`) });
