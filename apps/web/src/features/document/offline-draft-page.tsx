import { fill } from '@liuhen/contract';
import { dayOf, documentTypeFacts, hasInterval, templateOf } from '@liuhen/domain';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { ConfirmDialogue } from '../../app/confirm-dialogue.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useMe } from '../../app/session.ts';
import { dateOf } from '../../app/shanghai.ts';
import { keepDraft } from './draft-store.ts';
import { FieldInput } from './fields/field-input.tsx';
import { MomentInput } from './fields/moment-input.tsx';
import { TemplateSections } from './fields/template-sections.tsx';
import { changeOffline, dropOffline, type OfflineDraft, offlineDraft } from './offline-draft.ts';
import { offlineChanged, onOfflineChange, sendOffline } from './offline-outbox.ts';
import { OfflineRefused } from './offline-refused.tsx';
import { dropPhoto, photosOf } from './photo-store.ts';

/** A document that is on this device only: written as any other, sent when there is network. */
export function OfflineDraftPage() {
    const text = useText();
    const me = useMe();
    const navigate = useNavigate();
    const { id } = useParams({ from: '/signed-in/shell/documents/offline/$id' });
    const [draft, setDraft] = useState<OfflineDraft | null>();
    const wasHere = useRef(false);
    useEffect(() => {
        const read = () =>
            void offlineDraft(id).then((found) => {
                if (found !== undefined && found.personId === me.person.id) {
                    wasHere.current = true;
                    return setDraft(found);
                }
                // It has arrived: from now on it is a document like any other.
                if (wasHere.current) return void navigate({ to: '/documents/$id', params: { id }, replace: true });
                setDraft(null);
            });
        read();
        return onOfflineChange(read);
    }, [id, me.person.id, navigate]);
    if (draft === undefined) return <Waiting />;
    if (draft === null)
        return (
            <>
                <PageHead
                    crumb={<Link to="/documents">{text.document.title}</Link>}
                    title={text.documentOffline.title}
                    facts={text.documentOffline.sub}
                />
                <Card>
                    <Empty title={text.documentOffline.gone} what={text.documentOffline.goneWhat} />
                </Card>
            </>
        );
    return <Loaded key={draft.id} kept={draft} />;
}

function Loaded({ kept }: { kept: OfflineDraft }) {
    const text = useText();
    const navigate = useNavigate();
    const format = useFormat();
    const [draft, setDraft] = useState(kept);
    const [dropping, setDropping] = useState(false);
    const [unkept, setUnkept] = useState(false);
    const template = templateOf(kept.type, dayOf(kept.madeAt));
    const type = documentTypeFacts(kept.type).zh;
    const refused = kept.refused;
    const change = (next: Partial<Pick<OfflineDraft, 'content' | 'startedAt' | 'endedAt'>>) => {
        const { content, startedAt, endedAt } = { ...draft, ...next };
        const written = { content, startedAt, endedAt, keptAt: Date.now() };
        setDraft({ ...draft, ...written });
        void changeOffline(kept.id, written)
            .then(async (here) => {
                // It has just arrived: its own page offers what did not go with it.
                if (!here)
                    await keepDraft({ id: kept.id, personId: kept.personId, revision: Number.MAX_SAFE_INTEGER, ...written });
                setUnkept(false);
            })
            .catch(() => setUnkept(true));
    };
    const send = () => {
        // After a refusal it is sent again as it is now.
        void changeOffline(kept.id, { refused: null })
            .then(() => sendOffline(kept.personId))
            .catch(() => undefined);
    };
    const drop = async () => {
        await dropOffline(kept.id);
        for (const photo of await photosOf(kept.personId)) if (photo.documentId === kept.id) await dropPhoto(photo.id);
        await navigate({ to: '/documents', replace: true });
        offlineChanged();
    };
    return (
        <>
            <PageHead
                crumb={<Link to="/documents">{text.document.title}</Link>}
                title={type}
                tag={<Tag status="act">{text.documentOffline.tag}</Tag>}
                facts={<Line of={[draft.number?.text, draft.about, format.dateTime(draft.madeAt)]} />}
                actions={
                    <>
                        <Button type="primary" onClick={send}>
                            {text.documentOffline.send}
                        </Button>
                        <Button onClick={() => setDropping(true)}>{text.documentOffline.drop}</Button>
                    </>
                }
            />
            {refused === null ? (
                <div className="note note-plain">
                    <strong>{text.documentOffline.here}</strong>
                    <p>
                        {text.documentOffline.hereWhat}{' '}
                        {draft.number === null
                            ? text.documentOffline.noNumber
                            : fill(text.documentOffline.number, { number: draft.number.text })}
                    </p>
                </div>
            ) : (
                <OfflineRefused draft={kept} />
            )}
            <Card title={text.document.content}>
                <div className="body doc-editor">
                    <p className={`save-line ${unkept ? 'save-failed' : ''}`} role="status">
                        {unkept
                            ? text.documentOffline.notKept
                            : fill(text.documentOffline.kept, { time: format.dateTime(draft.keptAt) })}
                    </p>
                    {hasInterval(kept.type) && (
                        <fieldset className="doc-stated" aria-label={text.document.stated}>
                            <legend>{text.document.stated}</legend>
                            <p className="hint">{text.document.statedHint}</p>
                            {(['startedAt', 'endedAt'] as const).map((key) => (
                                <div key={key} className="doc-field">
                                    <label htmlFor={`stated-${key}`}>
                                        {key === 'startedAt' ? text.document.start : text.document.end}
                                    </label>
                                    <MomentInput
                                        id={`stated-${key}`}
                                        label={key === 'startedAt' ? text.document.start : text.document.end}
                                        disabled={false}
                                        value={draft[key]}
                                        onChange={(at) => change({ [key]: at })}
                                    />
                                </div>
                            ))}
                        </fieldset>
                    )}
                    {template !== undefined && (
                        <TemplateSections template={template} type={kept.type}>
                            {(field) => (
                                <FieldInput
                                    key={field.key}
                                    field={field}
                                    value={draft.content[field.key]}
                                    onChange={(value) => change({ content: { ...draft.content, [field.key]: value } })}
                                    disabled={false}
                                    faults={[]}
                                    context={{
                                        day: dateOf(draft.startedAt ?? draft.madeAt),
                                        documentId: draft.id,
                                        type: kept.type,
                                        actId: draft.links.actId ?? null,
                                        offers: {},
                                    }}
                                />
                            )}
                        </TemplateSections>
                    )}
                </div>
            </Card>
            {dropping && (
                <ConfirmDialogue
                    title={text.documentOffline.drop}
                    what={text.documentOffline.dropWhat}
                    error={undefined}
                    busy={false}
                    onClose={() => setDropping(false)}
                    onConfirm={() => void drop()}
                />
            )}
        </>
    );
}
