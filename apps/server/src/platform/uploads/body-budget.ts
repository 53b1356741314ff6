import { BLOCK_SIZE } from '../hashing/protocol.ts';

/** Bytes that all bodies together may hold back before their sockets are paused. */
const TOTAL = 16 * BLOCK_SIZE;
const MOST = 2 * BLOCK_SIZE;
const LEAST = 64 * 1024;

/** Shares a fixed amount of memory among the bodies being received, so that fifty clients need no more than five. */
export class BodyBudget {
    #active = 0;

    /** Bytes after which one body's socket is paused, now. */
    get share(): number {
        return Math.max(LEAST, Math.min(MOST, Math.floor(TOTAL / Math.max(1, this.#active))));
    }

    enter(): void {
        this.#active += 1;
    }

    leave(): void {
        this.#active -= 1;
    }
}

/**
 * Gives the memory of consumed pieces back at once. The collector would do it too, but only after tens of megabytes of
 * socket buffers have piled up. Only buffers that own their memory alone are touched.
 */
export function freePieces(pieces: readonly Buffer[]): void {
    for (const { buffer, byteLength } of pieces) {
        if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
    }
}
