import { Button, Input, Select } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { DayInput } from './day-input.tsx';
import { focusSearch, useKeys } from './keys.ts';
import { useText } from './language.tsx';

/** The row of filters above a list. On a phone only the search stands there until more is asked for. */
export function Filters({
    search,
    children,
    count,
    onClear,
}: {
    search?: ReactNode;
    children?: ReactNode;
    count: number;
    onClear: () => void;
}) {
    const text = useText();
    const [open, setOpen] = useState(count > 0);
    return (
        <search className={`filters no-print${open ? ' open' : ''}`}>
            {search}
            {children !== undefined && (
                <Button className="more-button" aria-expanded={open} onClick={() => setOpen(!open)}>
                    {text.common.filters}
                    {count > 0 && ` · ${count}`}
                </Button>
            )}
            {children !== undefined && <div className="more">{children}</div>}
            {count > 0 && (
                <Button type="link" onClick={onClear}>
                    {text.common.clear}
                </Button>
            )}
        </search>
    );
}

/** Search as you type; the address follows a moment later, so that every letter is not a step of its own. */
export function SearchField({
    value,
    onChange,
    label,
}: {
    value: string | undefined;
    onChange: (next: string | undefined) => void;
    label: string;
}) {
    const text = useText();
    const [typed, setTyped] = useState(value ?? '');
    const sent = useRef(value ?? '');
    const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
    const composing = useRef(false);
    useKeys({ '/': focusSearch });
    useEffect(() => {
        if ((value ?? '') !== sent.current) {
            sent.current = value ?? '';
            setTyped(value ?? '');
        }
    }, [value]);
    const send = (next: string) => {
        clearTimeout(timer.current);
        sent.current = next.trim();
        onChange(next.trim() === '' ? undefined : next.trim());
    };
    return (
        <Input
            className="grow"
            allowClear
            data-search
            type="search"
            maxLength={100}
            aria-label={label}
            placeholder={label}
            title={text.common.searchHint}
            value={typed}
            onCompositionStart={() => {
                composing.current = true;
            }}
            onCompositionEnd={(event) => {
                composing.current = false;
                send(event.currentTarget.value);
            }}
            onChange={({ target }) => {
                setTyped(target.value);
                clearTimeout(timer.current);
                // While an input method composes, the letters are not words yet.
                if (!composing.current) timer.current = setTimeout(() => send(target.value), 250);
            }}
            onPressEnter={() => send(typed)}
            onKeyDown={(event) => {
                if (event.key === 'Escape') event.currentTarget.blur();
            }}
        />
    );
}

type PickProps<T extends string> = {
    label: string;
    value: T | undefined;
    options: readonly (readonly [T, string])[];
    onChange: (next: T | undefined) => void;
    /** A choice that is always made cannot be cleared. */
    always?: boolean;
};

export const Pick = <T extends string>({ label, value, options, onChange, always }: PickProps<T>) => (
    <Select<T>
        className="pick"
        aria-label={label}
        placeholder={label}
        allowClear={always !== true}
        value={value ?? null}
        onChange={(next) => onChange(next ?? undefined)}
        popupMatchSelectWidth={false}
        options={options.map(([key, words]) => ({ value: key, label: words }))}
    />
);

/** Days from and to, both included. */
export function DayRange({
    from,
    to,
    onChange,
}: {
    from: string | undefined;
    to: string | undefined;
    onChange: (next: { from?: string | undefined; to?: string | undefined }) => void;
}) {
    const text = useText();
    const clean = (value: string) => (value === '' ? undefined : value);
    return (
        <span className="dates">
            <DayInput
                label={`${text.common.date} ${text.common.from}`}
                value={from ?? ''}
                max={to}
                onChange={(next) => onChange({ from: clean(next), to })}
            />
            <span className="faint">{text.common.to}</span>
            <DayInput
                label={`${text.common.date} ${text.common.to}`}
                value={to ?? ''}
                min={from}
                onChange={(next) => onChange({ from, to: clean(next) })}
            />
        </span>
    );
}
