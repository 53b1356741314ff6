import { fill } from '@liuhen/contract';
import { type FieldColumn, type FieldRow, mostInCell, type TemplateField } from '@liuhen/domain';
import { Button, Input } from 'antd';
import { DayInput } from '../../../app/day-input.tsx';
import { Icon } from '../../../app/icons.tsx';
import { useText } from '../../../app/language.tsx';
import { LongText } from '../../../app/long-text.tsx';
import { MoneyInput } from './money-input.tsx';

type Props = {
    field: TemplateField;
    rows: readonly FieldRow[];
    onChange: (rows: FieldRow[]) => void;
    disabled: boolean;
};

export const replaced = (rows: readonly FieldRow[], at: number, row: FieldRow): FieldRow[] =>
    rows.map((each, index) => (index === at ? row : each));

/** A row with a column set or, when emptied, left out. */
export function withColumn(row: FieldRow, key: string, value: string | number): FieldRow {
    const { [key]: _, ...rest } = row;
    return value === '' ? rest : { ...rest, [key]: value };
}

/** A table whose rows are cards on a phone. */
export function RowsInput({ field, rows, onChange, disabled }: Props) {
    const text = useText();
    const columns = field.columns ?? [];
    return (
        <div className="doc-rows">
            {rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id; their place is what they are
                <fieldset key={at} aria-label={fill(text.document.row, { row: at + 1 })}>
                    <legend>{at + 1}</legend>
                    {columns.map((column) => (
                        // biome-ignore lint/a11y/noLabelWithoutControl: the control stands in it
                        <label key={column.key} className="cell" lang="zh-CN">
                            <span>{column.label}</span>
                            <Cell
                                id={`field-${field.key}-${at}-${column.key}`}
                                column={column}
                                value={row[column.key]}
                                disabled={disabled}
                                onChange={(value) => onChange(replaced(rows, at, withColumn(row, column.key, value)))}
                            />
                        </label>
                    ))}
                    {!disabled && (
                        <Button
                            className="row-remove"
                            aria-label={fill(text.document.rowRemove, { row: at + 1 })}
                            icon={<Icon name="close" />}
                            onClick={() => onChange(rows.filter((_, index) => index !== at))}
                        />
                    )}
                </fieldset>
            ))}
            {!disabled && rows.length < (field.most ?? 200) && (
                <Button onClick={() => onChange([...rows, {}])}>{text.document.rowAdd}</Button>
            )}
        </div>
    );
}

type CellProps = {
    id: string;
    column: FieldColumn;
    value: string | number | undefined;
    disabled: boolean;
    onChange: (value: string | number) => void;
};

function Cell({ id, column, value, disabled, onChange }: CellProps) {
    const text = useText();
    if (column.kind === 'date' && !disabled)
        return <DayInput id={id} label={column.label} value={String(value ?? '')} onChange={onChange} />;
    if (column.kind === 'money')
        return (
            <MoneyInput
                id={id}
                disabled={disabled}
                value={typeof value === 'number' ? value : undefined}
                onChange={(next) => onChange(typeof next === 'number' ? next : '')}
            />
        );
    if (column.kind !== 'number')
        return (
            <LongText
                over={text.document.lengthOver}
                id={id}
                label={column.label}
                disabled={disabled}
                most={mostInCell('items')}
                value={String(value ?? '')}
                onChange={onChange}
            />
        );
    return (
        <Input
            id={id}
            disabled={disabled}
            aria-label={column.label}
            inputMode="numeric"
            value={value ?? ''}
            onChange={({ target }) => {
                const digits = target.value.normalize('NFKC').replace(/\D/g, '');
                return onChange(digits === '' || !Number.isSafeInteger(Number(digits)) ? '' : Number(digits));
            }}
        />
    );
}
