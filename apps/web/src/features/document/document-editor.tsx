import { fill } from '@liuhen/contract';
import { fieldsOf, formatTime, hasInterval, type Template } from '@liuhen/domain';
import { hashKey } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';
import { useMe } from '../../app/session.ts';
import { dateOf } from '../../app/shanghai.ts';
import { DocumentConflict } from './document-conflict.tsx';
import type { DocumentDetail } from './document-types.ts';
import { dropDraft, type KeptDraft, keptDraft } from './draft-store.ts';
import { FieldInput } from './fields/field-input.tsx';
import { MomentInput } from './fields/moment-input.tsx';
import { TemplateSections } from './fields/template-sections.tsx';
import { offersOf } from './offers.ts';
import { type Draft, useDraft } from './use-draft.ts';
import { EMPTY_FIELD, useFindingText } from './use-finding-text.ts';

type Props = { document: DocumentDetail; template: Template; shown: string | undefined };

/** The form of a draft. It saves itself; what did not reach the server is kept on the device. */
export function DocumentEditor({ document, template }: Props) {
    const me = useMe();
    const say = useFindingText('underField');
    const draft = useDraft(document.id, me.person.id, {
        content: document.content,
        startedAt: document.startedAt,
        endedAt: document.endedAt,
        revision: document.revision,
    });
    const act = useAsk('act.get', { params: { id: document.actId ?? '' } }, { enabled: document.actId !== null });
    const party = useAsk('party.get', { params: { id: document.party?.id ?? '' } }, { enabled: document.party !== null });
    const findings = useAsk('document.findings', { params: { id: document.id } });
    const [kept, setKept] = useState<KeptDraft>();
    /** As it was when the form opened: what is kept later is what is being typed here. */
    const opened = useRef(document);
    useEffect(() => {
        void keptDraft(document.id, me.person.id)
            .then((found) => {
                if (found !== undefined && !isSame(found, opened.current)) setKept(found);
            })
            .catch(() => undefined);
    }, [document.id, me.person.id]);
    const context = {
        day: dateOf(draft.state.startedAt ?? act.data?.startsAt ?? document.madeAt),
        documentId: document.id,
        type: document.type,
        actId: document.actId,
        offers: offersOf(template, { party: party.data, act: act.data }),
    };
    return (
        <div className="body doc-editor">
            <SaveLine draft={draft} />
            <ErrorNote error={draft.error} of="command" onRetry={() => void draft.send()} />
            {kept !== undefined && draft.status === 'saved' && (
                <Restore
                    kept={kept}
                    onTake={() => {
                        draft.resume(kept);
                        setKept(undefined);
                    }}
                    onDrop={() => void dropDraft(document.id).then(() => setKept(undefined))}
                />
            )}
            {draft.conflict !== undefined && (
                <DocumentConflict
                    conflict={draft.conflict}
                    mine={draft.state.content}
                    fields={fieldsOf(template)}
                    onSettle={draft.settle}
                />
            )}
            {hasInterval(document.type) && <StatedTimes draft={draft} />}
            <TemplateSections template={template} type={document.type}>
                {(field) => (
                    <FieldInput
                        key={field.key}
                        field={field}
                        value={draft.state.content[field.key]}
                        onChange={(value) => draft.setField(field.key, value)}
                        disabled={draft.status === 'conflict'}
                        context={context}
                        faults={(findings.data?.findings ?? [])
                            .filter(
                                (each) =>
                                    each.field === field.key && draft.status === 'saved' && !SAID_BY_FIELD.includes(each.code),
                            )
                            .map((each) => ({
                                says: say(each),
                                calm: each.level === 'notice' || EMPTY_FIELD.includes(each.code),
                            }))}
                    />
                )}
            </TemplateSections>
            <SaveLine draft={draft} />
        </div>
    );
}

/** What a field says itself. */
const SAID_BY_FIELD: readonly string[] = ['kinds.tooLong', 'citations.unverified'];

/** Whether what is kept here says nothing that the server does not have. */
const isSame = (kept: KeptDraft, document: DocumentDetail): boolean =>
    kept.startedAt === document.startedAt &&
    kept.endedAt === document.endedAt &&
    hashKey([kept.content]) === hashKey([document.content]);

function StatedTimes({ draft }: { draft: Draft }) {
    const text = useText();
    return (
        <fieldset className="doc-stated" aria-label={text.document.stated}>
            <legend>{text.document.stated}</legend>
            <p className="hint">{text.document.statedHint}</p>
            {(['startedAt', 'endedAt'] as const).map((key) => {
                const label = key === 'startedAt' ? text.document.start : text.document.end;
                return (
                    <div key={key} className="doc-field">
                        <label htmlFor={`stated-${key}`}>{label}</label>
                        <MomentInput
                            id={`stated-${key}`}
                            label={label}
                            disabled={false}
                            value={draft.state[key]}
                            onChange={(at) => draft.change({ [key]: at })}
                        />
                    </div>
                );
            })}
        </fieldset>
    );
}

/** Says where the text is; never a spinner without words. */
function SaveLine({ draft: { status, savedAt, send, unkept } }: { draft: Draft }) {
    const text = useText();
    const words = {
        saved: savedAt === undefined ? '' : fill(text.document.saved, { time: formatTime(savedAt, 'minute') }),
        unsaved: text.document.unsaved,
        saving: text.document.saving,
        offline: unkept ? text.documentOffline.notKept : text.document.offline,
        failed: text.document.notSaved,
        conflict: text.document.notSaved,
    }[status];
    return (
        <p className={`save-line save-${unkept && status === 'offline' ? 'failed' : status}`} role="status">
            {words}
            {(status === 'unsaved' || status === 'offline') && (
                <Button type="link" onClick={() => void send()}>
                    {text.common.save}
                </Button>
            )}
        </p>
    );
}

function Restore({ kept, onTake, onDrop }: { kept: KeptDraft; onTake: () => void; onDrop: () => void }) {
    const text = useText();
    const format = useFormat();
    return (
        <div className="note note-act" role="alert">
            <strong>{fill(text.document.restore, { time: format.dateTime(kept.keptAt) })}</strong>
            <p>{text.document.restoreWhat}</p>
            <Button type="primary" onClick={onTake}>
                {text.document.restoreTake}
            </Button>{' '}
            <Button onClick={onDrop}>{text.document.restoreDrop}</Button>
        </div>
    );
}
