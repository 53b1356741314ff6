import { createHash, randomBytes } from 'node:crypto';
import type { RawClient } from '../platform/uploads/testing/client.ts';

const MiB = 2 ** 20;
const PART = 64 * MiB;
const RANDOM = 4096;

/**
 * Content of many GB that is in no memory: a block of random bytes again and again, each MiB of it with its own number in front, so that no
 * two are the same. `head` stands before it, and a box that players skip (ISO/IEC 14496-12 `free`, with a size of 64 bits) holds the rest.
 */
export class LongContent {
    readonly size: number;
    readonly #head: Buffer;
    readonly #block: Buffer;
    readonly #hash = createHash('sha256');

    /** `light`: of each MiB only the beginning is random, so that a file system that compresses holds more than its disk. */
    constructor(size: number, head: Buffer = Buffer.alloc(0), light = false) {
        this.#block = light ? Buffer.alloc(PART) : randomBytes(PART);
        if (light) for (let at = 0; at < PART; at += MiB) randomBytes(RANDOM).copy(this.#block, at);
        const box = Buffer.alloc(16);
        box.writeUInt32BE(1, 0);
        box.write('free', 4, 'latin1');
        box.writeBigUInt64BE(BigInt(size - head.length), 8);
        this.size = size;
        this.#head = Buffer.concat([head, box]);
    }

    /** From `start`, 64 MiB or what is left. The same memory each time. */
    part(start: number): Buffer {
        const block = this.#block.subarray(0, Math.min(PART, this.size - start));
        for (let at = 0; at + 8 <= block.length; at += MiB) block.writeBigUInt64LE(BigInt(start + at), at);
        if (start === 0) this.#head.copy(block);
        return block;
    }

    /** A few bytes from anywhere behind the first 64 MiB. */
    between(start: number, end: number): Buffer {
        const from = Math.floor(start / PART) * PART;
        const here = Buffer.from(this.part(from).subarray(start - from, end - from));
        return end <= from + PART ? here : Buffer.concat([here, this.part(from + PART).subarray(0, end - from - PART)]);
    }

    /** Sends it part by part; gives the upload's path and the digest of what was sent. */
    async sendWith(client: RawClient, description: Record<string, string>): Promise<{ path: string; sha256: string }> {
        const path = await client.create(this.size, description);
        for (let at = 0; at < this.size; at += PART) {
            const part = this.part(at);
            this.#hash.update(part);
            const { status, body } = await client.patch(path, at, part);
            if (status !== 204) throw new Error(`${status} ${body}`);
        }
        return { path, sha256: this.#hash.digest('hex') };
    }
}
