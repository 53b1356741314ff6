import { describe, expect, it } from 'vitest';
import { decideDrawCommit, decideReveal, isSameList } from './draw.decide.ts';
import { range } from './draw-testing.ts';

describe('decisions about a draw', () => {
    const at = { now: 1_000_000, today: '2026-11-18' };
    const plan = { dueDay: '2026-12-31' };

    it('draws the same list again only with a reason, however little it was changed', () => {
        const ids = range(10).map(String);
        expect([isSameList(ids, ids.slice(1)), isSameList(ids, ['1', '2', 'x', 'y']), isSameList(ids, ['1', 'x', 'y'])]).toEqual([
            true,
            true,
            false,
        ]);
        expect(() => decideDrawCommit(plan, ['CQ-1'], undefined, at)).toThrow(
            expect.objectContaining({ code: 'draw.reasonMissing', params: { numbers: 'CQ-1' } }),
        );
        expect(() => decideDrawCommit(plan, ['CQ-1'], '第二批', at)).not.toThrow();
    });

    it('wants a public value nobody can know yet', () => {
        const announced = { ...plan, publicValueIs: '双色球第 2026136 期' };
        expect(() => decideDrawCommit({ ...announced, publicValueFrom: at.now }, [], undefined, at)).toThrow(
            'draw.publicValueKnown',
        );
        expect(() => decideDrawCommit(announced, [], undefined, at)).toThrow('draw.publicValueUnclear');
        expect(() => decideDrawCommit({ dueDay: '2026-11-17' }, [], undefined, at)).toThrow('draw.dueInPast');
        const draw = { state: 'committed' as const, publicValueIs: announced.publicValueIs, publicValueFrom: at.now + 10 };
        expect(() => decideReveal(draw, '03', at.now)).toThrow('draw.tooEarly');
        expect(() => decideReveal(draw, undefined, at.now + 10)).toThrow('draw.publicValueMissing');
        expect(() => decideReveal(draw, '03', at.now + 10)).not.toThrow();
        expect(() => decideReveal({ ...draw, publicValueIs: null, publicValueFrom: null }, '03', at.now)).toThrow(
            'draw.publicValueUnclear',
        );
        expect(() => decideReveal({ ...draw, state: 'revealed' }, '03', at.now + 10)).toThrow('draw.done');
    });
});

it('may be due today', () => {
    const at = { now: 1_000, today: '2026-11-18' } as const;
    expect(() => decideDrawCommit({ dueDay: '2026-11-18' }, [], undefined, at)).not.toThrow();
});
