import { Form } from 'antd';
import { DayInput, TimeInput } from '../../app/day-input.tsx';
import { useText } from '../../app/language.tsx';
import { dateOf, instantOf, timeOf } from '../../app/shanghai.ts';

export type When = { date: string; time: string };

export const instantOfWhen = (when: When | undefined): number | undefined =>
    when === undefined ? undefined : instantOf(when.date ?? '', when.time ?? '');

export const whenOf = (at: number): When => ({ date: dateOf(at), time: timeOf(at) });

type FieldProps = { name: string; label: string; extra?: string; after?: string; required?: boolean };

/** A moment as people state it: day and minute. `after`: the field it must lie behind. */
export function WhenField({ name, label, extra, after, required = true }: FieldProps) {
    const text = useText();
    return (
        <Form.Item
            name={name}
            label={label}
            extra={extra}
            required={required}
            {...(after === undefined ? {} : { dependencies: [after] })}
            rules={[
                ({ getFieldValue }) => ({
                    validator: (_, value: When | undefined) => {
                        const at = instantOfWhen(value);
                        if (at === undefined)
                            return required || (value?.time ?? '') !== ''
                                ? Promise.reject(new Error(text.common.required))
                                : Promise.resolve();
                        const start = after === undefined ? undefined : instantOfWhen(getFieldValue(after));
                        return start !== undefined && at <= start
                            ? Promise.reject(new Error(text.act.endAfterStart))
                            : Promise.resolve();
                    },
                }),
            ]}
        >
            <WhenInput label={label} />
        </Form.Item>
    );
}

type InputProps = { label: string; id?: string; value?: When; onChange?: (next: When) => void };

export function WhenInput({ label, id, value, onChange }: InputProps) {
    const text = useText();
    const now = { date: value?.date ?? '', time: value?.time ?? '' };
    return (
        <span className="when">
            <DayInput
                id={id}
                label={`${label} ${text.common.date}`}
                value={now.date}
                onChange={(date) => onChange?.({ ...now, date })}
            />
            <TimeInput
                label={`${label} ${text.common.time}`}
                value={now.time}
                onChange={(time) => onChange?.({ ...now, time })}
            />
        </span>
    );
}
