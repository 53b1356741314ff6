import { Select } from 'antd';
import { useText } from './language.tsx';
import { useAsk } from './query.ts';

type Props = { label: string; partyId: string | undefined; id?: string; value?: string; onChange?: (id?: string) => void };

/** Which premises of the chosen party, as a field of antd's form; without a party there is nothing to choose. */
export function FieldPremises({ label, partyId, id, value, onChange }: Props) {
    const text = useText();
    const party = useAsk('party.get', { params: { id: partyId ?? '' } }, { enabled: partyId !== undefined });
    const premises = partyId === undefined ? [] : (party.data?.premises ?? []);
    const known = premises.some((each) => each.id === value);
    return (
        <Select
            {...(id === undefined ? {} : { id })}
            allowClear
            aria-label={label}
            disabled={premises.length === 0}
            placeholder={text.common.choose}
            value={known ? (value ?? null) : null}
            onChange={(next: string | null) => onChange?.(next ?? undefined)}
            options={premises.map((each) => ({ value: each.id, label: `${each.name} · ${each.address}` }))}
        />
    );
}
