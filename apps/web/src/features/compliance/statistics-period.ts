import { type Day, type Month, monthNumber, monthNumbered, monthOf } from '@liuhen/domain';

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
