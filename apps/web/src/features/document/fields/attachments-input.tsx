import { fill } from '@liuhen/contract';
import type { FieldRow } from '@liuhen/domain';
import { Button, Input, Select } from 'antd';
import { Icon } from '../../../app/icons.tsx';
import { useText } from '../../../app/language.tsx';
import { useAsk } from '../../../app/query.ts';
import { offlineChanged } from '../offline-outbox.ts';
import { dropPhoto } from '../photo-store.ts';
import { usePhotos } from '../use-photos.ts';
import { clockOf, millisecondsOf } from './clock-text.ts';
import { PhotoAdd, PhotoState } from './photo-attachment.tsx';
import { replaced, withColumn } from './rows-input.tsx';

type Props = {
    rows: readonly FieldRow[];
    onChange: (rows: FieldRow[]) => void;
    disabled: boolean;
    documentId: string;
    actId: string | null;
};
const KINDS = ['photo', 'recording', 'sample', 'paper'] as const;

/** Photos, samples, papers by name, and moments of the recordings that are filed under the act. */
export function AttachmentsInput({ rows, onChange, disabled, documentId, actId }: Props) {
    const text = useText();
    const photos = usePhotos();
    const act = useAsk('act.get', { params: { id: actId ?? '' } }, { enabled: actId !== null });
    const recordings = (act.data?.recordings ?? []).map(({ id, name }) => ({ value: id, label: name }));
    return (
        <div className="doc-attachments">
            {rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id; their place is what they are
                <fieldset key={at} aria-label={fill(text.document.row, { row: at + 1 })}>
                    <Select
                        aria-label={text.document.attachmentAdd}
                        disabled={disabled}
                        value={row.kind ?? 'paper'}
                        options={KINDS.map((value) => ({ value, label: text.document.attachmentKinds[value] }))}
                        onChange={(kind) => onChange(replaced(rows, at, { ...row, kind: String(kind) }))}
                    />
                    {row.kind === 'recording' && (
                        <>
                            <Select
                                className="grow"
                                aria-label={text.document.attachmentKinds.recording}
                                disabled={disabled}
                                value={row.ref ?? null}
                                options={recordings}
                                onChange={(ref) => onChange(replaced(rows, at, withColumn(row, 'ref', ref ?? '')))}
                            />
                            <ClockInput
                                disabled={disabled}
                                label={text.document.moment}
                                value={typeof row.at === 'number' ? row.at : 0}
                                onChange={(next) => onChange(replaced(rows, at, { ...row, at: next }))}
                            />
                        </>
                    )}
                    {row.kind === 'photo' && typeof row.ref === 'string' && row.ref !== '' && (
                        <PhotoState recordingId={row.ref} photo={photos.find((each) => each.id === row.ref)} />
                    )}
                    <Input
                        className="grow"
                        aria-label={text.document.attachmentTitle}
                        placeholder={text.document.attachmentTitle}
                        disabled={disabled}
                        value={row.title ?? ''}
                        onChange={({ target }) => onChange(replaced(rows, at, withColumn(row, 'title', target.value)))}
                    />
                    {!disabled && (
                        <Button
                            className="row-remove"
                            aria-label={fill(text.document.rowRemove, { row: at + 1 })}
                            icon={<Icon name="close" />}
                            onClick={() => {
                                onChange(rows.filter((_, index) => index !== at));
                                // One that is not on the server yet goes with its row.
                                void dropPhoto(String(row.ref ?? '')).then(offlineChanged);
                            }}
                        />
                    )}
                </fieldset>
            ))}
            {!disabled && (
                <div className="doc-attachment-add">
                    <PhotoAdd documentId={documentId} actId={actId} onAdd={(added) => onChange([...rows, ...added])} />
                    <Button onClick={() => onChange([...rows, { kind: 'paper', at: 0 }])}>{text.document.attachmentAdd}</Button>
                </div>
            )}
        </div>
    );
}

type ClockProps = { label: string; value: number; disabled: boolean; onChange: (milliseconds: number) => void };

const ClockInput = ({ label, value, disabled, onChange }: ClockProps) => (
    <Input
        key={value}
        className="clock"
        aria-label={label}
        title={label}
        disabled={disabled}
        defaultValue={clockOf(value)}
        onBlur={({ target }) => {
            const next = millisecondsOf(target.value);
            if (next === undefined) target.value = clockOf(value);
            else onChange(next);
        }}
    />
);
