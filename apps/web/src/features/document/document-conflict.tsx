import { fill } from '@liuhen/contract';
import { type DocumentContent, formatTime, type TemplateField } from '@liuhen/domain';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { useFieldText } from './document-reading.tsx';
import { isSameValue } from './same-value.ts';
import type { Conflict } from './use-draft.ts';

type Props = {
    conflict: Conflict;
    mine: DocumentContent;
    fields: readonly TemplateField[];
    onSettle: (revision: number, content: DocumentContent) => void;
};

/** Fields that both versions hold differently. */
export const differing = (fields: readonly TemplateField[], mine: DocumentContent, theirs: DocumentContent) =>
    fields.filter(({ key }) => !isSameValue(mine[key], theirs[key]));

/** Two people saved different contents: field by field, whose stays. Nothing is lost before this is answered. */
export function DocumentConflict({ conflict, mine, fields, onSettle }: Props) {
    const text = useText();
    const say = useFieldText();
    const { theirs } = conflict;
    const open = differing(fields, mine, theirs.content);
    const [takeTheirs, setTakeTheirs] = useState<ReadonlySet<string>>(new Set());
    const settle = () => {
        const chosen = Object.fromEntries(
            open.flatMap(({ key }) => {
                const value = takeTheirs.has(key) ? theirs.content[key] : mine[key];
                return value === undefined ? [] : [[key, value] as const];
            }),
        );
        const same = Object.fromEntries(
            Object.entries(theirs.content).filter(([key]) => !open.some((field) => field.key === key)),
        );
        onSettle(theirs.revision, { ...same, ...chosen });
    };
    return (
        <div className="note note-act doc-conflict" role="alert">
            <strong>
                {fill(text.document.conflictTitle, {
                    name: theirs.savedBy.name,
                    time: formatTime(theirs.savedAt, 'minute'),
                })}
            </strong>
            <p>{text.document.conflictWhat}</p>
            {open.map((field) => (
                <fieldset key={field.key} aria-label={field.label}>
                    <legend lang="zh-CN">{field.label}</legend>
                    <Radio.Group
                        value={takeTheirs.has(field.key) ? 'theirs' : 'mine'}
                        onChange={({ target }) => {
                            const next = new Set(takeTheirs);
                            if (target.value === 'theirs') next.add(field.key);
                            else next.delete(field.key);
                            setTakeTheirs(next);
                        }}
                    >
                        <Radio value="mine">
                            <span className="soft">{text.document.conflictYours}</span> {say(field, mine[field.key])}
                        </Radio>
                        <Radio value="theirs">
                            <span className="soft">{theirs.savedBy.name}</span> {say(field, theirs.content[field.key])}
                        </Radio>
                    </Radio.Group>
                </fieldset>
            ))}
            <Button type="primary" onClick={settle}>
                {text.document.conflictTake}
            </Button>
        </div>
    );
}
