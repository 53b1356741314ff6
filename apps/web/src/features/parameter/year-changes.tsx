import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { type Day, dayOf } from '@liuhen/domain';
import { useText } from '../../app/language.tsx';
import { Dot } from '../../app/page.tsx';
import { writeDays } from './day-list.ts';

export type CalendarYear = ResponseOf<Endpoints['parameter.calendar']>['years'][number];
type Days = { readonly off: readonly Day[]; readonly work: readonly Day[] };

/** What a proposed year of the holiday calendar would change against the one that counts; days that are over are counted once more. */
export function YearChanges({ changes: { off, work } }: { changes: Days }) {
    const text = useText();
    const today = dayOf(Date.now());
    const past = [...off, ...work].filter((day) => day < today).length;
    return (
        <div className="year-days">
            <DayLine label={fill(text.parameter.becomesOff, { count: off.length })} days={off} />
            <DayLine label={fill(text.parameter.becomesWorked, { count: work.length })} days={work} />
            {off.length + work.length === 0 && <span>{text.parameter.noDayChanges}</span>}
            {past > 0 && (
                <span className="status">
                    <Dot status="act" />
                    {fill(text.parameter.changesPast, { count: past })}
                </span>
            )}
        </div>
    );
}

/** All days that a year of the calendar names. */
export function YearDays({ off, work }: Days) {
    const text = useText();
    return (
        <div className="year-days">
            <DayLine label={text.parameter.off} days={off} />
            <DayLine label={text.parameter.work} days={work} />
        </div>
    );
}

function DayLine({ label, days }: { label: string; days: readonly Day[] }) {
    const text = useText();
    if (days.length === 0) return null;
    return (
        <div>
            {label}
            <ul className="mono-figures">
                {writeDays(days, text.parameter.to).map((each) => (
                    <li key={each}>{each}</li>
                ))}
            </ul>
        </div>
    );
}
