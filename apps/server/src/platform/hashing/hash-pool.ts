import { stat } from 'node:fs/promises';
import { type ContentDigest, DomainError } from '@liuhen/domain';
import { contentDigest, HashStream, type Lane } from './hash-stream.ts';
import { HashWorker } from './hash-worker.ts';
import type { LaneResult, Lanes } from './protocol.ts';
import { SharedBlocks } from './shared-blocks.ts';

/** Half-open range of a file in bytes; the whole file when left out. */
export type FileRange = { readonly start?: bigint; readonly end?: bigint };

export type StreamOptions = {
    /** Called with the SHA-256 of each full chunk, in order. */
    readonly onChunk?: (digest: Uint8Array) => void;
    /** False when the start of the content is missing (a resumed upload): only chunk digests, no `finish`. */
    readonly whole?: boolean;
};

export type HashPool = {
    openStream(options?: StreamOptions): HashStream;
    /** Digests of a file's range, SHA-256 and SM3 at the same time. Chunks are counted from `start`. */
    hashFile(path: string, range?: FileRange): Promise<ContentDigest>;
    /** Only the SHA-256 of each chunk of the range: the read-back of stored bytes. */
    chunkDigests(path: string, range?: FileRange): Promise<Uint8Array>;
    close(): Promise<void>;
};

// SM3 has no instruction of its own and costs about four times the SHA-256 of the same bytes.
const WEIGHT = { sha256: 1, chunks: 1, sm3: 4 } as const;
const SHA: Lanes = { sha256: true, chunks: true, sm3: false };
const SM3: Lanes = { sha256: false, chunks: false, sm3: true };
const CHUNKS: Lanes = { sha256: false, chunks: true, sm3: false };

/**
 * Hashes in `workers` threads so that the event loop never computes. All streams together use at most `blocks` shared
 * buffers of 512 KiB, however many uploads run. Errors: `hashing.workerLost`, `hashing.fileUnreadable`,
 * `hashing.fileTooShort`.
 */
export function hashPool(options: { workers: number; blocks?: number }): HashPool {
    const blocks = new SharedBlocks(options.blocks ?? 32);
    const refs = blockRefs(blocks);
    const workers = Array.from({ length: options.workers }, () => new HashWorker(blocks, refs));
    let nextStream = 0;

    const assign = (wanted: readonly Lanes[]): Lane[] => {
        const lanes = new Map<HashWorker, Lane>();
        for (const want of wanted) {
            const worker = workers.reduce((best, each) => (each.load < best.load ? each : best));
            const weight = weightOf(want);
            worker.load += weight;
            const other = lanes.get(worker);
            lanes.set(worker, other === undefined ? { worker, lanes: want, weight } : joinLanes(other, want, weight));
        }
        return [...lanes.values()];
    };
    const unload = (lanes: readonly Lane[]): void => {
        for (const lane of lanes) lane.worker.load -= lane.weight;
    };
    const runFile = async (
        path: string,
        range: FileRange,
        wanted: readonly Lanes[],
    ): Promise<{ parts: LaneResult[]; size: bigint }> => {
        const start = range.start ?? 0n;
        const end = range.end ?? (await fileSize(path));
        const lanes = assign(wanted);
        try {
            const parts = await Promise.all(
                lanes.map((lane) =>
                    lane.worker.ask(null, (call) => ({ kind: 'file', call, path, start, end, lanes: lane.lanes })),
                ),
            );
            return { parts: parts as LaneResult[], size: end - start };
        } finally {
            unload(lanes);
        }
    };

    return {
        openStream({ onChunk = () => undefined, whole = true } = {}) {
            const lanes = assign(whole ? [SM3, SHA] : [CHUNKS]);
            return new HashStream(nextStream++, blocks, lanes, onChunk, () => unload(lanes));
        },
        async hashFile(path, range = {}) {
            const { parts, size } = await runFile(path, range, [SM3, SHA]);
            return contentDigest(parts, size);
        },
        async chunkDigests(path, range = {}) {
            const { parts } = await runFile(path, range, [CHUNKS]);
            return parts[0]?.chunkDigests ?? new Uint8Array(0);
        },
        async close() {
            await Promise.all(workers.map((each) => each.close()));
        },
    };
}

const weightOf = (lanes: Lanes): number =>
    (lanes.sha256 ? WEIGHT.sha256 : 0) + (lanes.chunks ? WEIGHT.chunks : 0) + (lanes.sm3 ? WEIGHT.sm3 : 0);

const joinLanes = (a: Lane, b: Lanes, weight: number): Lane => ({
    worker: a.worker,
    weight: a.weight + weight,
    lanes: { sha256: a.lanes.sha256 || b.sha256, chunks: a.lanes.chunks || b.chunks, sm3: a.lanes.sm3 || b.sm3 },
});

/** A block is free again when every worker it was sent to has read it. */
function blockRefs(blocks: SharedBlocks): { retain: (block: number) => void; release: (block: number) => void } {
    const counts = new Map<number, number>();
    return {
        retain: (block) => void counts.set(block, (counts.get(block) ?? 0) + 1),
        release: (block) => {
            const left = (counts.get(block) ?? 0) - 1;
            counts.set(block, left);
            if (left === 0) blocks.release(block);
        },
    };
}

async function fileSize(path: string): Promise<bigint> {
    try {
        return (await stat(path, { bigint: true })).size;
    } catch (cause) {
        throw new DomainError('hashing.fileUnreadable', {}, { cause });
    }
}
