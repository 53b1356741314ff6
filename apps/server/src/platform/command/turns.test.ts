import type { Id } from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import { AT_ONCE, inTurn } from './turns.ts';

const ONE: Id = '00000000-0000-7000-8000-000000000001';
const OTHER: Id = '00000000-0000-7000-8000-000000000002';

/** Works that end when they are told to, and the order in which they began. */
function works() {
    const begun: number[] = [];
    const ends = new Map<number, (error?: Error) => void>();
    const start = (org: Id, number: number) =>
        inTurn(org, () => {
            begun.push(number);
            return new Promise<number>((resolve, reject) => {
                ends.set(number, (error) => (error === undefined ? resolve(number) : reject(error)));
            });
        });
    return { begun, start, end: (number: number, error?: Error) => ends.get(number)?.(error) };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('commands of one organisation', () => {
    it('run a few at once, the others in the order of their coming', async () => {
        const { begun, start, end } = works();
        const all = Array.from({ length: AT_ONCE + 3 }, (_, number) => start(ONE, number));
        await settled();
        expect(begun).toEqual([0, 1, 2, 3]);
        end(2);
        await settled();
        expect(begun).toEqual([0, 1, 2, 3, 4]);
        const failed = expect(all[0]).rejects.toThrow('no');
        end(0, new Error('no'));
        await failed;
        await settled();
        expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
        for (const number of [1, 3, 4, 5]) end(number);
        await settled();
        end(6);
        expect(await Promise.all(all.slice(1))).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it('hold up no other organisation, and leave nothing behind', async () => {
        const { begun, start, end } = works();
        const held = Array.from({ length: AT_ONCE + 1 }, (_, number) => start(ONE, number));
        const other = start(OTHER, 100);
        await settled();
        expect(begun).toEqual([0, 1, 2, 3, 100]);
        end(100);
        expect(await other).toBe(100);
        for (let number = 0; number <= AT_ONCE; number++) {
            end(number);
            await settled();
        }
        await Promise.all(held);
        const again = Array.from({ length: AT_ONCE }, (_, number) => start(ONE, 200 + number));
        await settled();
        expect(begun.slice(-AT_ONCE)).toEqual([200, 201, 202, 203]);
        for (let number = 0; number < AT_ONCE; number++) end(200 + number);
        await Promise.all(again);
    });
});
