import { fill } from '@liuhen/contract';
import { type ByClock, CLOCK_DOUBTED } from '@liuhen/domain';
import { useText } from '../../app/language.tsx';
import { Dot } from '../../app/page.tsx';

/** A due day with what is left of it: said in words, late is red, within three days amber; while the clock is doubted, neither. */
export function Due({ day, left }: { day: string; left: ByClock<number> | null }) {
    const words = useDueWords();
    if (left === null) return <span className="faint">{day}</span>;
    return (
        <span>
            <Dot status={left === CLOCK_DOUBTED ? 'judge' : left < 0 ? 'broken' : left <= 3 ? 'act' : 'held'} />
            {day} <span className={isLate(left) ? 'bad' : 'second'}>{words(left)}</span>
        </span>
    );
}

/** Late for sure. */
export const isLate = (left: ByClock<number> | null): boolean => left !== null && left !== CLOCK_DOUBTED && left < 0;

export function useDueWords(): (left: ByClock<number>) => string {
    const text = useText();
    return (left) => {
        if (left === CLOCK_DOUBTED) return text.serverClock.waits;
        if (left === 0) return text.task.today;
        return left < 0 ? fill(text.task.late, { days: -left }) : fill(text.task.left, { days: left });
    };
}
