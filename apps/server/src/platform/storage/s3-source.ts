import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@liuhen/domain';
import type { Bucket } from './s3-bucket.ts';
import type { ChunkSource } from './verified-read.ts';

/** How often one read is begun anew after the connection broke, and the first pause before it, doubled each time. */
const TRIES = 4;
const PAUSE_MS = 200;

/** An object read forwards in one stream up to `end`; a connection that breaks is opened again where it broke. */
export function s3Source(bucket: Pick<Bucket, 'get'>, key: string, end: bigint): ChunkSource {
    let stream: ForwardStream | undefined;

    const closeStream = (): void => {
        stream?.close();
        stream = undefined;
    };
    const readOnce = async (from: bigint, length: number): Promise<Buffer> => {
        if (stream === undefined || stream.at !== from) {
            closeStream();
            stream = new ForwardStream(await bucket.get(key, { from, to: end }), from);
        }
        return stream.read(length);
    };
    return {
        async read(from, length) {
            if (from >= end) return Buffer.alloc(0);
            for (let tried = 1; ; tried += 1) {
                try {
                    return await readOnce(from, length);
                } catch (error) {
                    closeStream();
                    const gone = error instanceof DomainError && error.code === 'storage.objectMissing';
                    if (gone) throw error;
                    if (tried === TRIES) throw new DomainError('storage.unavailable', {}, { cause: error });
                    await sleep(PAUSE_MS * 2 ** (tried - 1));
                }
            }
        },
        async close() {
            closeStream();
        },
    };
}

/** Exact lengths out of a stream that gives what it has. */
class ForwardStream {
    readonly #stream: Readable;
    readonly #pieces: AsyncIterator<Buffer>;
    #rest: Buffer = Buffer.alloc(0);
    at: bigint;

    constructor(stream: Readable, at: bigint) {
        this.#stream = stream;
        this.#pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
        this.at = at;
    }

    async read(length: number): Promise<Buffer> {
        const bytes = Buffer.allocUnsafeSlow(length);
        let filled = this.#take(bytes, 0, this.#rest);
        while (filled < length) {
            const next = await this.#pieces.next();
            if (next.done === true) break;
            filled += this.#take(bytes, filled, next.value);
        }
        this.at += BigInt(filled);
        return bytes.subarray(0, filled);
    }

    #take(bytes: Buffer, filled: number, piece: Buffer): number {
        const taken = piece.copy(bytes, filled);
        this.#rest = piece.subarray(taken);
        return taken;
    }

    close(): void {
        // What is still on its way is of no use to anybody; the error of being cut off is not either.
        this.#stream.on('error', () => undefined);
        this.#stream.destroy();
    }
}
