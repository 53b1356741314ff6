import { TimeInput } from '../../app/day-input.tsx';

type Props = { label: string; id?: string; value?: string; onChange?: (time: string) => void };

/** A time of day as a field of antd's form, which gives `id`, `value` and `onChange`. */
export const FieldTime = ({ label, id, value, onChange }: Props) => (
    <TimeInput id={id} label={label} value={value ?? ''} onChange={(next) => onChange?.(next)} />
);
