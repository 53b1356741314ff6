import { fill } from '@liuhen/contract';
import { documentTypeFacts, fieldsOf, isNumbered, templateByVersion } from '@liuhen/domain';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { TraceCard } from '../ledger/trace-card.tsx';
import { DocumentActions } from './document-actions.tsx';
import { DocumentBelongs } from './document-belongs.tsx';
import { DocumentEditor } from './document-editor.tsx';
import { DocumentFindings } from './document-findings.tsx';
import { DocumentPaper } from './document-paper.tsx';
import { DocumentPreview } from './document-preview.tsx';
import { DocumentReading } from './document-reading.tsx';
import { DocumentService } from './document-service.tsx';
import { DOCUMENT_STATUS } from './document-status.ts';
import type { DocumentDetail } from './document-types.ts';
import { DocumentVersions } from './document-versions.tsx';
import { DocumentWay } from './document-way.tsx';
import { isStatedTime } from './fields/template-sections.tsx';
import { FollowUpButton } from './follow-up-button.tsx';
import { UnboundNote } from './unbound-note.tsx';
import { UnseenNote } from './unseen-note.tsx';

/** One document: what it is and how it stands, what is missing, the form, its way, the trace. */
export function DocumentPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/documents/$id' });
    const { data, error, isPending, refetch } = useAsk('document.get', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return (
            <Unreadable error={error} onRetry={() => void refetch()} back={<Link to="/documents">{text.document.title}</Link>} />
        );
    return <Loaded key={data.id} document={data} />;
}

function Loaded({ document }: { document: DocumentDetail }) {
    const text = useText();
    const may = useMay();
    const [shown, setShown] = useState<string>();
    const template = templateByVersion(document.type, document.templateVersion);
    const writing = document.state === 'draft' && may('document.write') && document.firstSignedAt === null;
    const preview = template !== undefined && document.origin === 'made' && <DocumentPreview document={document} />;
    const toField = (key: string) => {
        setShown(key);
        globalThis.document.getElementById(isStatedTime(key, document.type) ? (STATED[key] ?? '') : `field-${key}`)?.focus();
    };
    return (
        <>
            <DocumentHead document={document} />
            {document.state === 'draft' && <UnseenNote document={document} />}
            <UnboundNote document={document} />
            {document.origin === 'made' && (
                <DocumentFindings document={document} template={template} onField={toField} editable={writing} />
            )}
            <div className={writing ? 'two doc-writing' : 'two'}>
                <div>
                    <Card
                        title={
                            writing
                                ? text.document.content
                                : fill(text.document.contentRead, { state: text.document.states[document.state] })
                        }
                    >
                        {document.imported !== null ? (
                            <ImportedFacts document={document} />
                        ) : template === undefined ? null : writing ? (
                            <DocumentEditor document={document} template={template} shown={shown} />
                        ) : (
                            <DocumentReading content={document.content} fields={fieldsOf(template)} document={document} />
                        )}
                    </Card>
                    {!writing && preview}
                    <DocumentPaper document={document} />
                    <DocumentService document={document} />
                    <DocumentVersions document={document} fields={template === undefined ? [] : fieldsOf(template)} />
                </div>
                <div>
                    {/* Beside the form while it is written: what was typed is seen as it will be printed. */}
                    {writing && preview}
                    <DocumentBelongs document={document} />
                    <DocumentWay document={document} />
                    <TraceCard objectId={document.id} />
                </div>
            </div>
        </>
    );
}

/** Inputs of the stated times, by the fields that are printed from them. */
const STATED: Readonly<Record<string, string>> = { start: 'stated-startedAt', end: 'stated-endedAt' };

/** What is known of a document made elsewhere; its words stand in its file. */
function ImportedFacts({ document: { imported, startedAt, endedAt } }: { document: DocumentDetail }) {
    const text = useText();
    const format = useFormat();
    if (imported === null) return null;
    return (
        <div className="body">
            <Facts
                of={[
                    [text.documentImport.from, imported.from],
                    [text.documentImport.date, imported.date],
                    [text.documentImport.signers, imported.signers],
                    ...(startedAt === null || endedAt === null
                        ? []
                        : [[text.document.stated, format.period(startedAt, endedAt)] as const]),
                ]}
            />
        </div>
    );
}

function DocumentHead({ document }: { document: DocumentDetail }) {
    const text = useText();
    const format = useFormat();
    const type = documentTypeFacts(document.type).zh;
    return (
        <PageHead
            crumb={
                <>
                    <Link to="/documents">{text.document.title}</Link>
                    {` / ${document.number ?? (isNumbered(document.type) ? text.document.noNumber : type)}`}
                </>
            }
            title={document.title}
            actions={
                <>
                    <FollowUpButton document={document} />
                    <DocumentActions document={document} />
                </>
            }
            tag={<Tag status={DOCUMENT_STATUS[document.state]}>{text.document.states[document.state]}</Tag>}
            facts={
                <Line
                    of={[
                        document.title === type ? null : type,
                        document.number,
                        document.party !== null && (
                            <Link key="party" to="/parties/$id" params={{ id: document.party.id }}>
                                {document.party.name}
                            </Link>
                        ),
                        fill(text.document.written, {
                            writers: format.list(document.writers.map((each) => each.name)),
                            revision: document.revision,
                        }),
                        document.waitsFor !== null &&
                            `${text.document.waits}${format.brackets(text.document.waitsFor[document.waitsFor])}`,
                    ]}
                />
            }
        />
    );
}
