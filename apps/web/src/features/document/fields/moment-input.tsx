import { useState } from 'react';
import { DayInput, TimeInput } from '../../../app/day-input.tsx';
import { useFormat } from '../../../app/language.tsx';
import { dateOf, instantOf, timeOf } from '../../../app/shanghai.ts';

type Props = {
    id: string;
    label: string;
    value: number | null;
    disabled: boolean;
    onChange: (at: number | null) => void;
};

/** A moment to the minute by Shanghai's clock. Half of it is kept while the other half is still to come. */
export function MomentInput({ id, label, value, disabled, onChange }: Props) {
    const format = useFormat();
    const [half, setHalf] = useState<{ date: string; time: string }>();
    if (disabled) return <output id={id}>{value === null ? '—' : format.dateTime(value)}</output>;
    const { date, time } = half ?? (value === null ? { date: '', time: '' } : { date: dateOf(value), time: timeOf(value) });
    const take = (next: { date: string; time: string }) => {
        const at = instantOf(next.date, next.time);
        setHalf(at === undefined ? next : undefined);
        if (at !== undefined) onChange(at);
        else if (value !== null) onChange(null);
    };
    return (
        <span className="moment">
            <DayInput id={id} label={label} value={date} onChange={(next) => take({ date: next, time })} />
            <TimeInput label={label} value={time} onChange={(next) => take({ date, time: next })} />
        </span>
    );
}
