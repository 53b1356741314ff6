import type { DocumentType } from '@liuhen/domain';
import { Select } from 'antd';
import { useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';
import { useMe } from '../../app/session.ts';
import { fitsSeries, type ReservedNumber } from './reserved-numbers.ts';

type Props = { type: DocumentType; value: ReservedNumber | undefined; onChange: (next: ReservedNumber | undefined) => void };

/** A number that was taken along, where one is left that fits: the form on paper bears it already. Absent without any. */
export function ReservedPick({ type, value, onChange }: Props) {
    const text = useText();
    const me = useMe();
    const { data } = useAsk('document.numberBlocks', { query: { state: 'open', personId: me.person.id } });
    const numbers = (data?.items ?? [])
        .filter((block) => fitsSeries(type, block.series))
        .flatMap((block) =>
            block.numbers
                .filter((each) => each.state === 'reserved')
                .map(({ place, text: number }) => ({ blockId: block.id, place, text: number, terminal: block.terminal })),
        );
    if (numbers.length === 0) return null;
    return (
        <div className="doc-field">
            <label htmlFor="reserved-number">
                {text.documentRegisters.fromBlock}
                {text.common.optional}
            </label>
            <Select
                id="reserved-number"
                aria-label={text.documentRegisters.fromBlock}
                style={{ width: '100%' }}
                allowClear
                value={value === undefined ? null : `${value.blockId} ${value.place}`}
                options={numbers.map((each) => ({
                    value: `${each.blockId} ${each.place}`,
                    label: `${each.text} · ${each.terminal}`,
                }))}
                onChange={(key: string | undefined) => onChange(numbers.find((each) => `${each.blockId} ${each.place}` === key))}
            />
        </div>
    );
}
