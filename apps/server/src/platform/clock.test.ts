import { isId } from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import { systemClock } from './clock.ts';

describe('random bytes', () => {
    it('come in the length asked for, never twice, and stay as they were given', () => {
        const clock = systemClock();
        const given = Array.from({ length: 3_000 }, (_, at) => clock.randomBytes([16, 32, 64, 12, 100][at % 5] ?? 16));
        expect(given.map((bytes) => bytes.length).slice(0, 5)).toEqual([16, 32, 64, 12, 100]);
        expect(new Set(given.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(given.length);
        // A piece of what another caller holds would change under it.
        given[0]?.fill(0);
        expect(given.slice(1).some((bytes) => bytes.every((byte) => byte === 0))).toBe(false);
    });
});

describe('ids', () => {
    it('are UUIDs of version 7 in the order of their making, also when time stands or goes back', () => {
        let now = 1_764_000_000_000;
        const clock = systemClock(() => now);
        const ids = Array.from({ length: 9_000 }, (_, at) => {
            if (at % 1_000 === 0) now += at % 3_000 === 0 ? -5 : 7;
            return clock.newId();
        });
        expect(ids.every((id) => isId(id) && id[14] === '7')).toBe(true);
        expect(ids).toEqual([...ids].sort());
        expect(new Set(ids).size).toBe(ids.length);
    });
});
