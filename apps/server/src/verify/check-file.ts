import { lstat, readFile } from 'node:fs/promises';
import { CHUNK_SIZE, DomainError, type EntryContent, type Id } from '@liuhen/domain';
import { chunkRoot } from '../platform/hashing/chunk-root.ts';
import type { HashPool } from '../platform/hashing/hash-pool.ts';
import { isMissing } from '../platform/storage/durable.ts';
import type { Account, FileFindingCode, Params, Uses } from './report.ts';

const HASH = 32;
const CHUNK = BigInt(CHUNK_SIZE);

/** One file to be compared with what the log says of it. */
export type FileToCheck = {
    readonly org: Id;
    /** Where it lies, and how it is called in findings. */
    readonly path: string;
    readonly shownPath: string;
    /** Undefined when no sound entry of the log vouches for it. */
    readonly expected: EntryContent | undefined;
    readonly uses: Uses;
    /** Whether every byte is read; existence, size and chunk list are looked at in any case. */
    readonly whole: boolean;
    /** Another list of the chunk digests than the one beside the file, asked for only when something differs. */
    readonly otherChunkDigests?: () => Promise<Uint8Array | undefined>;
};

/** Gives the number of bytes read, and false when the file could not be looked at. */
export async function checkFile(
    file: FileToCheck,
    { hashes, account }: { hashes: Pick<HashPool, 'hashFile'>; account: Account },
): Promise<{ hashed: boolean; bytes: bigint }> {
    const { org, path, shownPath, expected, uses } = file;
    const none = { hashed: false, bytes: 0n };
    const report = (code: FileFindingCode, params: Params = {}) =>
        account.find({ about: 'file', code, org, path: shownPath, ...uses, params });
    const unreadable = (error: unknown) => {
        account.gap('gap.fileUnreadable', { path: shownPath, reason: reasonOf(error) });
        return none;
    };

    const found = await lstat(path, { bigint: true }).catch((error: unknown) => (isMissing(error) ? undefined : error));
    if (found === undefined) report('file.missing');
    else if (!isStats(found)) return unreadable(found);
    else if (!found.isFile()) report('file.notAFile');
    else if (expected === undefined) report('file.unlogged');
    else {
        const beside = await readChunkList(path, expected);
        if (beside === 'unreadable') return unreadable(undefined);
        if (beside === undefined) report('file.chunkListDamaged');
        if (String(found.size) !== expected.size)
            report('file.sizeChanged', { expected: expected.size, found: String(found.size) });
        if (!file.whole) return none;
        try {
            const digest = await hashes.hashFile(path);
            const same =
                digest.sha256 === expected.sha256 &&
                digest.sm3 === expected.sm3 &&
                digest.chunkRoot === expected.chunkRoot &&
                String(digest.size) === expected.size;
            if (!same) {
                const named = reportChunks(digest.chunkDigests, beside ?? (await listedElsewhere(file)), digest.size, report);
                if (!named && String(digest.size) === expected.size)
                    report('file.digestMismatch', { expected: expected.sha256, found: digest.sha256 });
            }
            return { hashed: true, bytes: digest.size };
        } catch (error) {
            if (error instanceof DomainError && error.code !== 'hashing.workerLost') return unreadable(error);
            throw error;
        }
    }
    return none;
}

/** Names every chunk that the file has and that differs. False when no list says which. */
function reportChunks(
    found: Uint8Array,
    expected: Uint8Array | undefined,
    size: bigint,
    report: (code: FileFindingCode, params: Params) => void,
): boolean {
    if (expected === undefined) return false;
    let named = false;
    for (let chunk = 0; chunk * HASH < found.length && chunk * HASH < expected.length; chunk++) {
        const [at, end] = [chunk * HASH, (chunk + 1) * HASH];
        if (Buffer.compare(found.subarray(at, end), expected.subarray(at, end)) === 0) continue;
        const from = BigInt(chunk) * CHUNK;
        const to = from + CHUNK < size ? from + CHUNK : size;
        report('file.changed', { chunk, from: String(from), to: String(to) });
        named = true;
    }
    return named;
}

/** The digests kept beside the file, if they are those of the log. */
async function readChunkList(path: string, expected: EntryContent): Promise<Uint8Array | 'unreadable' | undefined> {
    try {
        const found = await readFile(`${path}.chunks`);
        return rootOf(found) === expected.chunkRoot ? found : undefined;
    } catch (error) {
        return isMissing(error) ? undefined : 'unreadable';
    }
}

async function listedElsewhere({ expected, otherChunkDigests }: FileToCheck): Promise<Uint8Array | undefined> {
    const listed = await otherChunkDigests?.();
    return listed !== undefined && rootOf(listed) === expected?.chunkRoot ? listed : undefined;
}

const rootOf = (digests: Uint8Array): string | undefined => (digests.length % HASH === 0 ? chunkRoot(digests) : undefined);

const isStats = (value: unknown): value is { isFile(): boolean; size: bigint } =>
    typeof value === 'object' && value !== null && 'isFile' in value;

const reasonOf = (error: unknown): string => (error as { code?: string } | undefined)?.code ?? 'unreadable';
