import { statfs } from 'node:fs/promises';
import { DomainError } from '@liuhen/domain';
import type { Reservation } from './store.ts';

/**
 * Promises disk space before bytes come. What is free is what the file system has, less what other uploads of this
 * process were promised and have not yet written, less a floor that is never given away.
 */
export class Reservations {
    readonly #folder: string;
    readonly #floor: bigint;
    #reserved = 0n;

    constructor(folder: string, floor: bigint) {
        this.#folder = folder;
        this.#floor = floor;
    }

    get reserved(): bigint {
        return this.#reserved;
    }

    /** Bytes that may still be promised. */
    async free(): Promise<bigint> {
        const left = await this.#unpromised();
        return left > 0n ? left : 0n;
    }

    async reserve(bytes: bigint): Promise<Reservation> {
        // Promised before the question, so that two who ask at once do not both get the last bytes.
        this.#reserved += bytes;
        let left = bytes;
        const reservation: Reservation = {
            used: (written) => {
                // biome-ignore lint/complexity/useMathMinMax: Math.min takes no bigint
                const part = written < left ? written : left;
                left -= part;
                this.#reserved -= part;
            },
            release: () => {
                this.#reserved -= left;
                left = 0n;
            },
        };
        try {
            const free = (await this.#unpromised()) + bytes;
            if (free >= bytes) return reservation;
            throw new DomainError('storage.full', { needed: Number(bytes), free: Number(free > 0n ? free : 0n) });
        } catch (error) {
            reservation.release();
            throw error;
        }
    }

    async #unpromised(): Promise<bigint> {
        const { bavail, bsize } = await statfs(this.#folder, { bigint: true });
        return bavail * bsize - this.#floor - this.#reserved;
    }
}
