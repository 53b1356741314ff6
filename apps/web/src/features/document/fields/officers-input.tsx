import { fill } from '@liuhen/contract';
import type { FieldRow } from '@liuhen/domain';
import { Button } from 'antd';
import { client } from '../../../app/client.ts';
import { Icon } from '../../../app/icons.tsx';
import { useText } from '../../../app/language.tsx';
import { PersonPick } from '../../../app/pick-remote.tsx';

type Props = { rows: readonly FieldRow[]; onChange: (rows: FieldRow[]) => void; disabled: boolean; label: string };

/** Persons with their certificate as on this day: the numbers are kept with the document, not looked up again later. */
export function OfficersInput({ rows, onChange, disabled, label }: Props) {
    const text = useText();
    const add = async (id: string | undefined) => {
        if (id === undefined) return;
        const { name, certificateNumber } = await client.call('person.get', { params: { id } });
        onChange([...rows, { person: id, name, ...(certificateNumber === null ? {} : { certificate: certificateNumber }) }]);
    };
    return (
        <div className="doc-officers">
            <ul>
                {rows.map((row, at) => (
                    <li key={String(row.person ?? at)}>
                        <span>
                            {row.name} <span className="mono soft">{row.certificate ?? text.document.noCertificate}</span>
                        </span>
                        {!disabled && (
                            <Button
                                type="text"
                                aria-label={`${fill(text.document.rowRemove, { row: at + 1 })} ${row.name ?? ''}`}
                                icon={<Icon name="close" />}
                                onClick={() => onChange(rows.filter((_, index) => index !== at))}
                            />
                        )}
                    </li>
                ))}
            </ul>
            {!disabled && (
                <PersonPick
                    label={`${label} ${text.document.officerAdd}`}
                    placeholder={text.document.officerAdd}
                    kinds={['officer']}
                    exclude={rows.map((row) => String(row.person ?? ''))}
                    value={undefined}
                    onChange={(id) => void add(id)}
                />
            )}
        </div>
    );
}
