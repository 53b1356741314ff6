import { Input } from 'antd';
import { useRef, useState } from 'react';
import { readDay, readTime } from './day-time.ts';
import { Icon } from './icons.tsx';
import { useText } from './language.tsx';
import { dateOf } from './shanghai.ts';

type Props = {
    label: string;
    /** `2026-11-18` or empty. */
    value: string;
    onChange: (next: string) => void;
    id?: string | undefined;
    min?: string | undefined;
    max?: string | undefined;
};

/**
 * A day, written in the product's form whatever the browser's language is, typed or taken from the browser's calendar.
 * What is half typed counts as nothing; on leaving the field it is put into form.
 */
export function DayInput({ label, value, onChange, id, min, max }: Props) {
    const text = useText();
    const calendar = useRef<HTMLInputElement>(null);
    const [typed, setTyped] = useState<string>();
    const take = (raw: string) => {
        setTyped(raw);
        const day = readDay(raw, Number(dateOf(Date.now()).slice(0, 4)));
        const whole = raw.replace(/\D/g, '').length >= 8 || raw === '';
        if (whole && (day ?? '') !== value) onChange(day ?? '');
    };
    const leave = () => {
        if (typed !== undefined) onChange(readDay(typed, Number(dateOf(Date.now()).slice(0, 4))) ?? '');
        setTyped(undefined);
    };
    return (
        <span className="day">
            <Input
                {...(id === undefined ? {} : { id })}
                className="mono-figures"
                aria-label={label}
                placeholder={text.common.dayForm}
                inputMode="numeric"
                maxLength={12}
                autoComplete="off"
                value={typed ?? value}
                onChange={({ target }) => take(target.value)}
                onBlur={leave}
                onPressEnter={leave}
                suffix={
                    <button
                        type="button"
                        className="bare day-open"
                        tabIndex={-1}
                        aria-label={`${label} ${text.common.calendar}`}
                        onClick={() => calendar.current?.showPicker()}
                    >
                        <Icon name="calendar" />
                    </button>
                }
            />
            <input
                ref={calendar}
                type="date"
                className="day-native"
                tabIndex={-1}
                aria-hidden="true"
                value={value}
                min={min}
                max={max ?? '9999-12-31'}
                onChange={({ target }) => {
                    setTyped(undefined);
                    onChange(target.value);
                }}
            />
        </span>
    );
}

/** A time of day of 24 hours; `931` becomes `09:31` on leaving. */
export function TimeInput({ label, value, onChange, id }: Omit<Props, 'min' | 'max'>) {
    const text = useText();
    const [typed, setTyped] = useState<string>();
    const leave = () => {
        if (typed !== undefined) onChange(readTime(typed) ?? '');
        setTyped(undefined);
    };
    return (
        <Input
            {...(id === undefined ? {} : { id })}
            className="time"
            aria-label={label}
            placeholder={text.common.timeForm}
            inputMode="numeric"
            maxLength={8}
            autoComplete="off"
            value={typed ?? value}
            onChange={({ target }) => {
                setTyped(target.value);
                const whole = /^\d\d:\d\d$/.test(target.value) ? readTime(target.value) : undefined;
                if (whole !== undefined) onChange(whole);
            }}
            onBlur={leave}
            onPressEnter={leave}
        />
    );
}
