import { randomFillSync, randomBytes as systemRandom } from 'node:crypto';
import type { Id, Instant } from '@liuhen/domain';

/** The one source of time, of new ids and of random bytes on the server. */
export type Clock = {
    now(): Instant;
    /** UUID version 7 (RFC 9562 section 5.7): sorted by time of making, monotonic inside one process. */
    newId(): Id;
    randomBytes(count: number): Uint8Array;
};

const POOL = 4096;

/** Few bytes at a time from many at once: each asking of the system costs as much as hashing an entry. None is given twice. */
function pooledRandom(): (count: number) => Buffer {
    const pool = Buffer.alloc(POOL);
    let at = POOL;
    return (count) => {
        if (count > 64) return systemRandom(count);
        if (at + count > POOL) {
            randomFillSync(pool);
            at = 0;
        }
        const bytes = Buffer.from(pool.subarray(at, at + count));
        pool.fill(0, at, at + count);
        at += count;
        return bytes;
    };
}

/** The system's clock; `now` can be given by tests that need another day. */
export function systemClock(now: () => Instant = Date.now): Clock {
    const randomBytes = pooledRandom();
    let last = 0;
    let counter = 0;
    const newId = (): Id => {
        const at = Math.max(now(), last);
        // 12 bits of counter in rand_a keep ids of the same millisecond in order (RFC 9562 section 6.2, method 1).
        counter = at === last ? counter + 1 : randomBytes(2).readUInt16BE() & 0x3ff;
        last = counter > 0xfff ? at + 1 : at;
        if (counter > 0xfff) counter = 0;
        const bytes = randomBytes(16);
        bytes.writeUIntBE(last, 0, 6);
        bytes.writeUInt16BE(0x7000 | counter, 6);
        bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8);
        return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    };
    return { now, newId, randomBytes };
}
