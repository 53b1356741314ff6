import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Day, dayOf, isRunning, type Month, monthNumber, monthNumbered, monthOf, monthsBetween } from '@liuhen/domain';
import type { ItemOf } from '../../app/query.ts';

type StatisticItem = ItemOf<'statistics.compliance'>;

export const PRESETS = ['month', 'lastMonth', 'quarter', 'year', 'lastYear'] as const;
export type Preset = (typeof PRESETS)[number];
type Period = { readonly from: Month; readonly to: Month };

/** The notice has been in force since this month; nothing before it is judged by it. */
const FIRST = monthNumber('2020-07');

/** The months that can be chosen, the latest first. */
export const monthsUntil = (today: Day): Month[] => {
    const last = monthNumber(monthOf(today));
    return Array.from({ length: Math.max(1, last - FIRST + 1) }, (_, back) => monthNumbered(last - back));
};

export function periodOfPreset(preset: Preset, today: Day): Period {
    const to = monthOf(today);
    const now = monthNumber(to);
    const before = monthNumbered(now - 1);
    const year = Number(today.slice(0, 4));
    if (preset === 'month') return { from: to, to };
    if (preset === 'lastMonth') return { from: before, to: before };
    if (preset === 'quarter') return { from: monthNumbered(now - (now % 3)), to };
    if (preset === 'year') return { from: `${year}-01`, to };
    return { from: `${year - 1}-01`, to: `${year - 1}-12` };
}

/** The name of the period that stands in the address, if it has one; without any it is this year. */
export function presetOf({ from, to }: { from?: Month; to?: Month }, today: Day): Preset | undefined {
    if (from === undefined && to === undefined) return 'year';
    return PRESETS.find((each) => {
        const period = periodOfPreset(each, today);
        return period.from === from && period.to === to;
    });
}

/** A month of a trend; without an item nothing is counted in it. */
export type TrendMonth = { readonly month: Month; readonly item: StatisticItem | undefined; readonly isRunning: boolean };

/** Every month of a period that has begun: one without data is a hole, not left out and not zero. */
export function monthsOfTrend({ items, from, to, now }: ResponseOf<Endpoints['statistics.compliance']>): TrendMonth[] {
    const found = new Map(items.map((item) => [item.month, item]));
    const last = monthOf(dayOf(now));
    return monthsBetween(from, to < last ? to : last).map((month) => ({
        ...{ month, item: found.get(month), isRunning: isRunning(month, now) },
    }));
}

/** The end of a scale on which all values have a place: 1, 2 or 5 times a power of ten, at least one whole (tenths). */
export function scaleOf(tenths: readonly number[]): number {
    const most = Math.max(10, ...tenths);
    const power = 10 ** Math.floor(Math.log10(most));
    return ([1, 2, 5, 10].find((each) => each * power >= most) ?? 10) * power;
}
