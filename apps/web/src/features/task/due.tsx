import { fill } from '@liuhen/contract';
import { useText } from '../../app/language.tsx';
import { Dot } from '../../app/page.tsx';

/** A due day with what is left of it: said in words, late is red, within three days amber. */
export function Due({ day, left }: { day: string; left: number | null }) {
    const words = useDueWords();
    if (left === null) return <span className="faint">{day}</span>;
    return (
        <span>
            <Dot status={left < 0 ? 'broken' : left <= 3 ? 'act' : 'held'} />
            {day} <span className={left < 0 ? 'bad' : 'second'}>{words(left)}</span>
        </span>
    );
}

export function useDueWords(): (left: number) => string {
    const text = useText();
    return (left) =>
        left < 0 ? fill(text.task.late, { days: -left }) : left === 0 ? text.task.today : fill(text.task.left, { days: left });
}
