import { type ContentDigest, DomainError } from '@liuhen/domain';
import { chunkRoot } from './chunk-root.ts';
import type { HashWorker } from './hash-worker.ts';
import {
    BLOCK_SIZE,
    type ChecksumAlgorithm,
    type LaneResult,
    type Lanes,
    type StreamPosition,
    type ToWorker,
} from './protocol.ts';
import type { SharedBlocks } from './shared-blocks.ts';

/** The part of a stream that one worker computes. */
export type Lane = { readonly worker: HashWorker; readonly lanes: Lanes; readonly weight: number };

/**
 * Bytes hashed while they arrive, in order. `update` copies into shared blocks and returns once they are handed to the
 * workers: when these fall behind it waits, which is the back-pressure. Calls must not overlap. After a lost worker
 * every method rejects with `hashing.workerLost`; the bytes must then be hashed again from where they are stored.
 */
export class HashStream {
    readonly #id: number;
    readonly #blocks: SharedBlocks;
    readonly #lanes: readonly Lane[];
    readonly #onClose: () => void;
    #size = 0n;
    #markedSize = 0n;
    #lost: Error | undefined;
    #closed = false;

    constructor(
        id: number,
        blocks: SharedBlocks,
        lanes: readonly Lane[],
        onChunk: (digest: Uint8Array) => void,
        onClose: () => void,
    ) {
        this.#id = id;
        this.#blocks = blocks;
        this.#lanes = lanes;
        this.#onClose = onClose;
        const onLost = (error: Error): void => {
            this.#lost ??= error;
        };
        for (const lane of lanes) {
            lane.worker.attach(id, { onChunk, onLost }, { kind: 'open', stream: id, lanes: lane.lanes });
        }
    }

    /** Bytes taken so far. */
    get size(): bigint {
        return this.#size;
    }

    async update(bytes: Uint8Array | readonly Uint8Array[]): Promise<void> {
        let block = -1;
        let filled = 0;
        const flush = (): void => {
            if (block >= 0) this.#dispatch(block, filled);
            block = -1;
            filled = 0;
        };
        try {
            for (const part of bytes instanceof Uint8Array ? [bytes] : bytes) {
                for (let at = 0; at < part.length; ) {
                    this.#assertUsable();
                    if (block < 0) block = await this.#blocks.acquire();
                    const piece = part.subarray(at, at + BLOCK_SIZE - filled);
                    this.#blocks.view(block).set(piece, filled);
                    filled += piece.length;
                    at += piece.length;
                    if (filled === BLOCK_SIZE) flush();
                }
            }
            this.#assertUsable();
        } finally {
            flush();
        }
    }

    /** Hands a block to the workers; they give it back when read. An unusable stream gives it back at once. */
    #dispatch(block: number, length: number): void {
        if (this.#lost !== undefined || this.#closed) {
            this.#blocks.release(block);
            return;
        }
        for (const lane of this.#lanes) lane.worker.sendBlock(this.#id, block, length);
        this.#size += BigInt(length);
    }

    /** Remembers this place for `rollback` and begins a checksum over what follows, if one is named. */
    mark(checksum: ChecksumAlgorithm | null = null): void {
        this.#assertUsable();
        this.#markedSize = this.#size;
        this.#tell({ kind: 'mark', stream: this.#id, checksum });
    }

    /** Takes back everything since `mark`. */
    rollback(): void {
        this.#assertUsable();
        this.#size = this.#markedSize;
        this.#tell({ kind: 'rollback', stream: this.#id });
    }

    /** Waits until every byte is hashed; digest of the begun chunk's bytes and of those since `mark`. */
    async position(): Promise<StreamPosition> {
        this.#assertUsable();
        const chunks = this.#lanes.find((each) => each.lanes.chunks);
        if (chunks === undefined) throw new RangeError('stream without chunk lane');
        return (await chunks.worker.ask(this.#id, (call) => ({ kind: 'position', stream: this.#id, call }))) as StreamPosition;
    }

    /** Ends the stream. Only for streams over the whole content. */
    async finish(): Promise<ContentDigest> {
        this.#assertUsable();
        try {
            const parts = await Promise.all(
                this.#lanes.map((lane) => lane.worker.ask(this.#id, (call) => ({ kind: 'finish', stream: this.#id, call }))),
            );
            return contentDigest(parts, this.#size);
        } finally {
            this.close();
        }
    }

    /** Gives the workers' memory back; harmless after `finish`. */
    close(): void {
        if (this.#closed) return;
        this.#closed = true;
        for (const lane of this.#lanes) lane.worker.detach(this.#id);
        this.#onClose();
    }

    #tell(message: ToWorker): void {
        for (const lane of this.#lanes) lane.worker.send(message);
    }

    #assertUsable(): void {
        if (this.#lost !== undefined) throw this.#lost;
        if (this.#closed) throw new DomainError('hashing.streamClosed');
    }
}

/** Joins what the workers computed of the same bytes. */
export function contentDigest(parts: readonly (LaneResult | StreamPosition)[], size: bigint): ContentDigest {
    const all: LaneResult = Object.assign({}, ...parts);
    if (all.sha256 === undefined || all.sm3 === undefined || all.chunkDigests === undefined)
        throw new RangeError('a lane is missing');
    return { sha256: all.sha256, sm3: all.sm3, size, chunkDigests: all.chunkDigests, chunkRoot: chunkRoot(all.chunkDigests) };
}
