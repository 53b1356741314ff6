import { fill } from '@liuhen/contract';
import { type FieldRow, mostInCell } from '@liuhen/domain';
import { Button } from 'antd';
import { Icon } from '../../../app/icons.tsx';
import { useText } from '../../../app/language.tsx';
import { LongText } from '../../../app/long-text.tsx';
import { replaced, withColumn } from './rows-input.tsx';

type Props = {
    rows: readonly FieldRow[];
    onChange: (rows: FieldRow[]) => void;
    disabled: boolean;
    /** Questions that are usual. */
    phrases: readonly string[];
};

/** Questions and answers in the order in which they were spoken. */
export function DialogueInput({ rows, onChange, disabled, phrases }: Props) {
    const text = useText();
    return (
        <div className="doc-dialogue">
            {rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id; their place is what they are
                <fieldset key={at} aria-label={fill(text.document.row, { row: at + 1 })}>
                    {(['question', 'answer'] as const).map((key) => (
                        // biome-ignore lint/a11y/noLabelWithoutControl: the control stands in it
                        <label key={key}>
                            <span>{text.document[key]}</span>
                            <LongText
                                over={text.document.lengthOver}
                                label={text.document[key]}
                                disabled={disabled}
                                rows={{ minRows: 1, maxRows: 12 }}
                                most={mostInCell('dialogue')}
                                value={String(row[key] ?? '')}
                                onChange={(value) => onChange(replaced(rows, at, withColumn(row, key, value)))}
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
            {!disabled && (
                <>
                    <Button onClick={() => onChange([...rows, {}])}>{text.document.dialogueAdd}</Button>
                    {phrases.length > 0 && (
                        <fieldset className="phrases" aria-label={text.document.phrase}>
                            {phrases.map((question) => (
                                <button
                                    key={question}
                                    type="button"
                                    lang="zh-CN"
                                    onClick={() => onChange([...rows, { question }])}
                                >
                                    {question}
                                </button>
                            ))}
                        </fieldset>
                    )}
                </>
            )}
        </div>
    );
}
