import { describe, expect, it } from 'vitest';
import { sideBySide, type Until } from './timeline.ts';

describe('stories side by side', () => {
    it('run one at a time, in the order of their moments, and the clock never goes back', async () => {
        const told: string[] = [];
        const moved: number[] = [];
        let open = 0;
        const story = (name: string, moments: readonly number[]) => async (until: Until) => {
            for (const at of moments) {
                await until(at);
                expect(++open).toBe(1);
                await new Promise((resolve) => setTimeout(resolve, 1));
                told.push(`${name}${at}`);
                open--;
            }
        };
        await sideBySide([story('a', [1, 4, 9]), story('b', [2, 3, 10]), story('c', []), story('d', [5, 2])], (at) =>
            moved.push(at),
        );
        expect(told).toEqual(['a1', 'b2', 'b3', 'a4', 'd5', 'd2', 'a9', 'b10']);
        expect(moved).toEqual([1, 2, 3, 4, 5, 9, 10]);
    });

    it('end with the first failure', async () => {
        const failing = async (until: Until) => {
            await until(1);
            throw new Error('something is wrong with the story');
        };
        await expect(sideBySide([failing, (until) => until(2)], () => undefined)).rejects.toThrow('something is wrong');
    });
});
