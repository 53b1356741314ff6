import { createHash, type Hash } from 'node:crypto';
import type { ChecksumAlgorithm, LaneResult, Lanes, StreamPosition } from './protocol.ts';

const NONE = new Uint8Array(0);

type Mark = { sha256: Hash | undefined; sm3: Hash | undefined; chunk: Hash | undefined; filled: number; chunks: number };

/** The hash states of one stream or file in one worker. Runs in the worker only: every method computes. */
export class LaneHasher {
    readonly #lanes: Lanes;
    readonly #chunkSize: number;
    readonly #onChunk: ((digest: Uint8Array) => void) | undefined;
    #sha256: Hash | undefined;
    #sm3: Hash | undefined;
    #chunk: Hash | undefined;
    #filled = 0;
    #digests: Uint8Array[] = [];
    #checksum: Hash | undefined;
    #mark: Mark | undefined;

    constructor(lanes: Lanes, chunkSize: number, onChunk?: (digest: Uint8Array) => void) {
        this.#lanes = lanes;
        this.#chunkSize = chunkSize;
        this.#onChunk = onChunk;
        if (lanes.sha256) this.#sha256 = createHash('sha256');
        if (lanes.sm3) this.#sm3 = createHash('sm3');
        if (lanes.chunks) this.#chunk = createHash('sha256');
    }

    update(bytes: Uint8Array): void {
        this.#sha256?.update(bytes);
        this.#sm3?.update(bytes);
        this.#checksum?.update(bytes);
        if (!this.#lanes.chunks) return;
        for (let at = 0; at < bytes.length; ) {
            const part = bytes.subarray(at, at + this.#chunkSize - this.#filled);
            this.#chunk?.update(part);
            this.#filled += part.length;
            at += part.length;
            if (this.#filled === this.#chunkSize) this.#closeChunk();
        }
    }

    #closeChunk(): void {
        if (this.#chunk === undefined) return;
        const digest = new Uint8Array(this.#chunk.digest());
        this.#digests.push(digest);
        this.#onChunk?.(digest);
        this.#chunk = createHash('sha256');
        this.#filled = 0;
    }

    /** Remembers this place, so that bytes that turn out wrong can be taken back, and begins their checksum. */
    mark(checksum: ChecksumAlgorithm | null): void {
        this.#mark = {
            sha256: this.#sha256?.copy(),
            sm3: this.#sm3?.copy(),
            chunk: this.#chunk?.copy(),
            filled: this.#filled,
            chunks: this.#digests.length,
        };
        this.#checksum = checksum !== null && this.#lanes.chunks ? createHash(checksum) : undefined;
    }

    rollback(): void {
        if (this.#mark === undefined) return;
        this.#sha256 = this.#mark.sha256;
        this.#sm3 = this.#mark.sm3;
        this.#chunk = this.#mark.chunk;
        this.#filled = this.#mark.filled;
        this.#digests.length = this.#mark.chunks;
        this.#mark = undefined;
        this.#checksum = undefined;
    }

    position(): StreamPosition {
        const tail = this.#filled > 0 ? this.#chunk?.copy().digest() : undefined;
        const checksum = this.#checksum?.digest();
        this.#checksum = undefined;
        return {
            tail: tail === undefined ? NONE : new Uint8Array(tail),
            checksum: checksum === undefined ? NONE : new Uint8Array(checksum),
        };
    }

    finish(): LaneResult {
        if (this.#filled > 0) this.#closeChunk();
        const result: LaneResult = {};
        if (this.#sha256 !== undefined) result.sha256 = this.#sha256.digest('hex');
        if (this.#sm3 !== undefined) result.sm3 = this.#sm3.digest('hex');
        if (this.#lanes.chunks) result.chunkDigests = new Uint8Array(Buffer.concat(this.#digests));
        return result;
    }
}
