import { Select } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';

type Props = { label: string; value: string | undefined; onChange: (id: string | undefined) => void };

/** A case of the own organisation, searched by number, title or party. */
export function CasePick({ label, value, onChange }: Props) {
    const text = useText();
    const [q, setQ] = useState('');
    const found = useAsk('case.list', { query: { limit: 20, ...(q === '' ? {} : { q }) } });
    const options = (found.data?.items ?? []).map((each) => ({ value: each.id, label: `${each.number} ${each.title}` }));
    return (
        <Select
            className="pick"
            showSearch={{ filterOption: false, onSearch: setQ }}
            allowClear
            aria-label={label}
            placeholder={label}
            value={value === '' ? null : (value ?? null)}
            notFoundContent={found.isPending ? text.common.loading : text.common.noMatch}
            popupMatchSelectWidth={false}
            options={options}
            onChange={(next: string | undefined) => onChange(next)}
        />
    );
}
