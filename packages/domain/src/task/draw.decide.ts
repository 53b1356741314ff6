import type { Day } from '../kernel/day.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { DrawState } from './draw.ts';

/** From so many shared objects of a thousand on, two lists count as the same list. */
export const SAME_LIST_PERMILLE = 500;

/** How much of the shorter list also stands in the other: leaving one object out makes no new list. */
export function sharedPermille(a: readonly Id[], b: readonly Id[]): number {
    const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
    if (shorter.length === 0) return 0;
    const known = new Set(longer);
    return Math.floor((shorter.filter((each) => known.has(each)).length * 1_000) / shorter.length);
}

export const isSameList = (a: readonly Id[], b: readonly Id[]): boolean => sharedPermille(a, b) >= SAME_LIST_PERMILLE;

export type DrawAnnouncement = {
    readonly publicValueIs?: string | undefined;
    readonly publicValueFrom?: Instant | undefined;
    readonly dueDay: Day;
};

/**
 * Fixes a draw before anything is drawn. A list that was drawn from before is drawn from again only with a reason, and the
 * public value must not be known yet. Throws `draw.reasonMissing` with the earlier numbers, `draw.publicValueKnown`,
 * `draw.publicValueUnclear` or `draw.dueInPast`.
 */
export function decideDrawCommit(
    { publicValueIs, publicValueFrom, dueDay }: DrawAnnouncement,
    earlier: readonly string[],
    redrawReason: string | undefined,
    { now, today }: { now: Instant; today: Day },
): void {
    if (earlier.length > 0 && redrawReason === undefined)
        throw new DomainError('draw.reasonMissing', { numbers: earlier.join('、') });
    if ((publicValueIs === undefined) !== (publicValueFrom === undefined)) throw new DomainError('draw.publicValueUnclear');
    if (publicValueFrom !== undefined && publicValueFrom <= now) throw new DomainError('draw.publicValueKnown');
    if (dueDay < today) throw new DomainError('draw.dueInPast');
}

function decidePending(state: DrawState): void {
    if (state !== 'committed') throw new DomainError('draw.done', { state });
}

/**
 * Draws. Throws `draw.done`, `draw.tooEarly` before the public value can be known, `draw.publicValueMissing` or
 * `draw.publicValueUnclear` for one nobody announced.
 */
export function decideReveal(
    draw: {
        readonly state: DrawState;
        readonly publicValueIs: string | null;
        readonly publicValueFrom: Instant | null;
    },
    publicValue: string | undefined,
    now: Instant,
): void {
    decidePending(draw.state);
    if (draw.publicValueIs === null) {
        if (publicValue !== undefined) throw new DomainError('draw.publicValueUnclear');
        return;
    }
    if (draw.publicValueFrom !== null && now < draw.publicValueFrom) throw new DomainError('draw.tooEarly');
    if (publicValue === undefined) throw new DomainError('draw.publicValueMissing');
}

/** Gives a draw up before it is drawn. It stays in the list, with the reason. */
export const decideAbandon = (state: DrawState): void => decidePending(state);

/** `<organisation code>-CQ-<year>-<four figures>`. */
export const drawNumber = (organisationCode: string, year: number, place: number): string =>
    `${organisationCode}-CQ-${year}-${String(place).padStart(4, '0')}`;
