import { DayInput } from './day-input.tsx';

type Props = { label: string; max?: string | undefined; id?: string; value?: string; onChange?: (day: string) => void };

/** A day as a field of antd's form, which gives `id`, `value` and `onChange`. */
export const FieldDay = ({ label, max, id, value, onChange }: Props) => (
    <DayInput id={id} label={label} max={max} value={value ?? ''} onChange={(next) => onChange?.(next)} />
);
