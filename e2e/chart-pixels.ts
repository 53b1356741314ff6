import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Instant, SHANGHAI_OFFSET } from '@liuhen/domain';
import type { Page } from 'playwright-core';

type Act = ResponseOf<Endpoints['act.get']>;

/** Where the browser has put what the chart draws, in pixels of the window. */
const drawn = (page: Page) =>
    page.evaluate(() => {
        const box = (each: Element) => {
            const { left, right } = each.getBoundingClientRect();
            return { left, right };
        };
        const all = (what: string) => [...document.querySelectorAll(`.lh-strip-plot ${what}`)];
        const plot = document.querySelector('svg.lh-strip-plot, .lh-strip-plot svg');
        // The figures of the axis, one a tick, and the lines that the ticks are.
        const figures = all('g[font-size="12"] text').map((each) => each.textContent);
        const lines = all('path').find((each) => /^(M[\d.]+ 31V[\d.]+)+$/.test(each.getAttribute('d') ?? ''));
        const left = plot?.getBoundingClientRect().left ?? Number.NaN;
        const at = [...(lines?.getAttribute('d') ?? '').matchAll(/M([\d.]+) /g)].map(([, x]) => left + Number(x));
        return {
            plot: plot === null ? { left: 0, right: 0 } : box(plot),
            ticks: figures.map((words, index) => ({ words, at: at[index] ?? Number.NaN })),
            field: all('.lh-strip-field').map(box),
            runs: all('.lh-strip-runs').map(box),
        };
    });

/** A tick of the axis as an instant of the act's day. */
function instantOf(words: string, day: Instant): Instant {
    const [hours = 0, minutes = 0, seconds = 0] = words.split(':').map(Number);
    const midnight = day - ((day + SHANGHAI_OFFSET) % 86_400_000);
    return midnight + ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

/**
 * How far, in pixels, what is drawn lies from where the times of the act put it: the axis' own figures say which pixel is which
 * moment. `field` is the document's interval, `runs` the footage of each officer; edges of a clock that is not certain are drawn from
 * where they are certain.
 */
export async function chartErrors(page: Page, act: Act): Promise<Record<string, number>> {
    const { ticks, field, runs, plot } = await drawn(page);
    const [first, last] = [ticks[0], ticks.at(-1)];
    if (first === undefined || last === undefined || first === last) throw new Error('the axis has no two figures');
    const [from, to] = [instantOf(first.words, act.startsAt), instantOf(last.words, act.startsAt)];
    const pxPerMs = (last.at - first.at) / (to - from);
    const x = (at: Instant) => first.at + (at - from) * pxPerMs;
    // What is scrolled out of sight has no place yet.
    const isSeen = (at: Instant) => x(at) > plot.left && x(at) < plot.right;
    const off = (drawnAt: number | undefined, ...wanted: readonly Instant[]) =>
        Math.min(...wanted.map((at) => (isSeen(at) ? Math.abs((drawnAt ?? Number.NaN) - x(at)) : 0)));
    const officers = act.participants.filter(({ part }) => part === 'officer');
    const errors: Record<string, number> = {
        'field starts': off(field[0]?.left, act.startsAt),
        'field ends': off(field[0]?.right, act.endsAt),
    };
    for (const [row, { person }] of officers.entries()) {
        const stretches = act.recordings.filter(({ personId }) => personId === person?.id).flatMap((each) => each.stretches);
        const [begin, end] = [
            stretches.toSorted((a, b) => a.deviceStart - b.deviceStart)[0],
            stretches.toSorted((a, b) => b.deviceEnd - a.deviceEnd)[0],
        ];
        if (begin === undefined || end === undefined) continue;
        const certain = [begin.corrected?.start.upper, end.corrected?.end.lower] as const;
        errors[`footage ${row + 1} starts`] = off(runs[row]?.left, certain[0] ?? begin.deviceStart, begin.deviceStart);
        errors[`footage ${row + 1} ends`] = off(runs[row]?.right, certain[1] ?? end.deviceEnd, end.deviceEnd);
    }
    return errors;
}
