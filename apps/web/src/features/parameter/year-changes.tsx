import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { type Day, dayOf } from '@liuhen/domain';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot } from '../../app/page.tsx';
import { writeDays } from './day-list.ts';

export type CalendarYear = ResponseOf<Endpoints['parameter.calendar']>['years'][number];

/** What a proposed year of the holiday calendar would change, in sentences; days that are over are counted apart. */
export function useYearChanges(): (changes: { off: readonly Day[]; work: readonly Day[] }) => { said: string[]; past?: string } {
    const text = useText();
    const format = useFormat();
    const today = dayOf(Date.now());
    const line = (words: string, days: readonly Day[]): string[] =>
        days.length === 0 ? [] : [fill(words, { count: days.length, days: format.list(writeDays(days, text.parameter.to)) })];
    return ({ off, work }) => {
        const said = [...line(text.parameter.becomesOff, off), ...line(text.parameter.becomesWorked, work)];
        const past = [...off, ...work].filter((day) => day < today).length;
        return {
            said: said.length === 0 ? [text.parameter.noDayChanges] : said,
            ...(past === 0 ? {} : { past: fill(text.parameter.changesPast, { count: past }) }),
        };
    };
}

export function YearChanges({ changes }: { changes: { off: readonly Day[]; work: readonly Day[] } }) {
    const { said, past } = useYearChanges()(changes);
    return (
        <>
            {said.map((each) => (
                <span key={each} className="second mono-figures">
                    {each}
                </span>
            ))}
            {past !== undefined && (
                <span className="second status">
                    <Dot status="act" />
                    {past}
                </span>
            )}
        </>
    );
}
