import type { ProcedureId } from '@liuhen/domain';
import { Select } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';

type Props = {
    label: string;
    of: readonly ProcedureId[];
    id?: string;
    value?: string;
    onChange?: (id: string | undefined) => void;
};

/** A running case that another may serve, searched by the server. */
export function CasePick({ label, of, id, value, onChange }: Props) {
    const text = useText();
    const [q, setQ] = useState('');
    const found = useAsk('case.list', { query: { limit: 50, ended: 'no', ...(q === '' ? {} : { q }) } });
    const shown = useAsk('case.get', { params: { id: value ?? '' } }, { enabled: value !== undefined });
    const options = (found.data?.items ?? [])
        .filter((each) => of.includes(each.procedure))
        .map((each) => ({ value: each.id, label: `${each.number} ${each.title}` }));
    if (value !== undefined && shown.data?.id === value && !options.some((each) => each.value === value))
        options.unshift({ value, label: `${shown.data.number} ${shown.data.title}` });
    return (
        <Select
            {...(id === undefined ? {} : { id })}
            className="whole"
            showSearch={{ filterOption: false, onSearch: setQ }}
            allowClear
            aria-label={label}
            placeholder={text.case.search}
            value={value ?? null}
            onChange={(next) => onChange?.(next ?? undefined)}
            notFoundContent={found.isPending ? text.common.loading : text.common.noMatch}
            popupMatchSelectWidth={false}
            options={options}
        />
    );
}
