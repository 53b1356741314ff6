import { CLOCK_DOUBTED, dayOf, type Instant, startOfDay } from '@liuhen/domain';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot } from '../../app/page.tsx';
import type { FindingItem } from './finding-words.tsx';

/** Until when a finding is to be answered by the unit's own deadline, and whether that is over. The notice sets none. */
export function AnswerDue({ finding: { dueAt, overdue } }: { finding: Pick<FindingItem, 'dueAt' | 'overdue'> }) {
    const text = useText();
    const words = useAnswerDueWords();
    if (dueAt === null) return <span className="faint">{text.ruleFinding.noDue}</span>;
    return (
        <span>
            {words(dueAt)}
            {overdue === CLOCK_DOUBTED && <span className="second">{text.serverClock.waits}</span>}
            {overdue === true && (
                <span className="second">
                    <Dot status="act" /> {text.ruleFinding.overdue}
                </span>
            )}
        </span>
    );
}

/** A term of days ends with its last day, one of hours at its minute. */
export function useAnswerDueWords(): (dueAt: Instant) => string {
    const format = useFormat();
    return (dueAt) => (startOfDay(dayOf(dueAt)) === dueAt ? format.date(dueAt - 1) : format.dateTime(dueAt));
}
