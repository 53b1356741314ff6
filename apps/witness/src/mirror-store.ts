import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
    BUNDLE_WIDTH,
    createCompactRange,
    formatBundle,
    merkleLeaf,
    parseBundle,
    parseCheckpoint,
    parseNote,
    tilePath,
    type VerifierKey,
    verifyNote,
} from '@liuhen/domain';
import { verifierDigest } from '@liuhen/verify/digest';
import { verifyWithKey } from '@liuhen/verify/signatures';
import { readIfThere, replaceFile, syncFolder } from './durable.ts';
import { Refusal } from './refusal.ts';

const WIDTH = Number(BUNDLE_WIDTH);
const CHECKPOINT = 'mirror.note';

/**
 * Every entry of one log, as far as it was sent: bundles of 256 in files of their own (`entries/x001/234`), of which the last grows;
 * complete tiles of the tree above them; and `mirror.note`, the checkpoint up to which all is there. What was kept is never replaced by
 * something else: entries are added at the end only.
 */
export class MirrorStore {
    readonly #folder: string;
    #next = 0n;
    #size = 0n;

    private constructor(folder: string) {
        this.#folder = folder;
    }

    /** What is there of a log. Throws `Refusal` where its checkpoint is not signed by this mirror, or entries below it are missing. */
    static async open(folder: string, key: VerifierKey): Promise<MirrorStore> {
        const store = new MirrorStore(folder);
        const note = await store.checkpoint();
        if (note !== undefined) {
            const file = join(folder, CHECKPOINT);
            try {
                await verifyNote(parseNote(note), [key], verifyWithKey);
                store.#size = parseCheckpoint(parseNote(note).text).size;
            } catch {
                throw new Refusal('damaged', { file });
            }
        }
        // What was kept after the checkpoint, by an upload that did not come to its end.
        for (let bundle = store.#size / BUNDLE_WIDTH; ; bundle += 1n) {
            const count = (await store.bundle(bundle)).length;
            store.#next = bundle * BUNDLE_WIDTH + BigInt(count);
            if (count < WIDTH) break;
        }
        if (store.#next < store.#size) throw new Refusal('damaged', { file: join(folder, 'entries') });
        return store;
    }

    /** The first entry that is not here. */
    get next(): bigint {
        return this.#next;
    }

    /** Entries under the checkpoint. */
    get size(): bigint {
        return this.#size;
    }

    /** The checkpoint up to which all entries are here, signed by the log and by this mirror. */
    checkpoint(): Promise<Uint8Array | undefined> {
        return readIfThere(join(this.#folder, CHECKPOINT));
    }

    /** The entries of a bundle, as many as there are. Throws `Refusal` for a file that is no bundle. */
    async bundle(index: bigint): Promise<Uint8Array[]> {
        const file = this.#entriesAt(index);
        const bytes = await readIfThere(file);
        const entries = bytes === undefined ? [] : parseBundle(bytes);
        if (entries === undefined || entries.length > WIDTH) throw new Refusal('damaged', { file });
        return entries;
    }

    /** Adds what is new of these entries, which stand from `from` on in one bundle; when it returns, a power cut does not lose them. */
    async append(from: bigint, entries: readonly Uint8Array[]): Promise<void> {
        const more = entries.slice(Number(this.#next - from));
        if (more.length === 0) return;
        const index = this.#next / BUNDLE_WIDTH;
        const file = this.#entriesAt(index);
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await replaceFile(file, formatBundle([...(await this.bundle(index)), ...more]));
        await syncFolder(dirname(dirname(file)));
        this.#next += BigInt(more.length);
    }

    /** From now on this is what is handed out. */
    async commit(size: bigint, note: Uint8Array): Promise<void> {
        await replaceFile(join(this.#folder, CHECKPOINT), note);
        this.#size = size;
    }

    /** The hashes of a tile (C2SP tlog-tiles): leaves at level 0, above them the roots of whole tiles. */
    async tile(level: number, index: bigint, width: number): Promise<Uint8Array[]> {
        if (level === 0) {
            const entries = (await this.bundle(index)).slice(0, width);
            return entries.map((entry) => merkleLeaf(verifierDigest.sha256, entry));
        }
        const hashes: Uint8Array[] = [];
        for (let at = 0n; at < BigInt(width); at += 1n)
            hashes.push(await this.#rootOfWhole(level - 1, index * BUNDLE_WIDTH + at));
        return hashes;
    }

    /** Worked out once: a whole tile never changes. */
    async #rootOfWhole(level: number, index: bigint): Promise<Uint8Array> {
        const file = join(this.#folder, 'tiles', String(level), tilePath(index, WIDTH));
        const known = await readIfThere(file);
        if (known?.length === 32) return known;
        const range = createCompactRange(verifierDigest.sha256);
        for (const hash of await this.tile(level, index, WIDTH)) range.append(hash);
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await replaceFile(file, range.root());
        return range.root();
    }

    #entriesAt(index: bigint): string {
        return join(this.#folder, 'entries', tilePath(index, WIDTH));
    }
}
