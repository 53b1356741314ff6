import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterPlan, type CheckedFinding, findingsText, isPlanned, planSignatures } from './log-check.ts';

describe('the signatures of one night', () => {
    it('are those of new entries and of one part of the old ones', () => {
        const plan = planSignatures({ checked: 3_000n, next: 29n }, 30);
        expect([28n, 29n, 30n, 59n, 2_998n, 2_999n, 3_000n, 9_999n].map((each) => isPlanned(plan, each))).toEqual([
            ...[false, true, false, true, false, true, true, true],
        ]);
        expect(afterPlan(plan)).toBe(0n);
        // A parameter that was changed meanwhile.
        expect(planSignatures({ checked: 3_000n, next: 29n }, 7).part).toBe(1n);
    });

    it('leave no entry unseen for longer than there are parts, however much the log grows', () => {
        fc.assert(
            fc.property(
                fc.integer({ min: 1, max: 40 }),
                fc.integer({ min: 1, max: 500 }),
                fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 90, maxLength: 90 }),
                (parts, size, growth) => {
                    const last = new Array<number>(size).fill(0);
                    let state = { checked: 0n, next: 0n };
                    let now = size;
                    growth.forEach((more, night) => {
                        const plan = planSignatures(state, parts);
                        for (let index = 0; index < now; index++) if (isPlanned(plan, BigInt(index))) last[index] = night;
                        state = { checked: BigInt(now), next: afterPlan(plan) };
                        // What grew is new, and so seen, the next night.
                        for (let index = 0; index < size; index++) expect(night - (last[index] ?? 0)).toBeLessThanOrEqual(parts);
                        now += more;
                    });
                },
            ),
            { numRuns: 30 },
        );
    });
});

describe('findings', () => {
    const row: CheckedFinding = { code: 'state.rowChanged', index: null, table: 'party', row: 'a', key: null };
    const head: CheckedFinding = { code: 'log.headMismatch', index: 7n, table: null, row: null, key: null };

    it('are the same in another order and after the log has grown', () => {
        expect(findingsText([row, head], 2)).toBe(findingsText([{ ...head, index: 9n }, row], 2));
    });

    it('are others when one comes, goes or is about something else', () => {
        const all = [
            findingsText([row], 1),
            findingsText([row, head], 2),
            findingsText([row], 2),
            findingsText([{ ...row, row: 'b' }], 1),
        ];
        expect(new Set(all).size).toBe(all.length);
    });
});
