import type { DrawShare } from '@liuhen/domain';
import { InputNumber, Select } from 'antd';
import { useText } from '../../app/language.tsx';

export type ShareValue = { kind: 'number' | 'share'; of: number };

/** A share as the contract takes it; per cent become thousandths. */
export const shareOfValue = (value: ShareValue | undefined): DrawShare =>
    value?.kind === 'share' ? { permille: Math.round(value.of * 10) } : { number: value?.of ?? 0 };

export const valueOfShare = (share: DrawShare): ShareValue =>
    'number' in share ? { kind: 'number', of: share.number } : { kind: 'share', of: share.permille / 10 };

type Props = { label: string; id?: string; value?: ShareValue; onChange?: (next: ShareValue | undefined) => void };

/** So many, or so many per cent. */
export function ShareInput({ label, id, value, onChange }: Props) {
    const text = useText();
    const kind = value?.kind ?? 'number';
    return (
        <span className="share">
            <InputNumber<number>
                {...(id === undefined ? {} : { id })}
                aria-label={label}
                min={0}
                max={kind === 'share' ? 100 : 5_000}
                precision={kind === 'share' ? 1 : 0}
                value={value?.of ?? null}
                onChange={(of) => onChange?.(of === null ? undefined : { kind, of })}
            />
            <Select
                aria-label={`${label} ${text.plan.take}`}
                value={kind}
                onChange={(next: ShareValue['kind']) =>
                    onChange?.({ kind: next, of: Math.min(value?.of ?? 1, next === 'share' ? 100 : 5_000) })
                }
                options={[
                    { value: 'number', label: text.plan.takeNumber },
                    { value: 'share', label: text.plan.takeShare },
                ]}
            />
        </span>
    );
}
