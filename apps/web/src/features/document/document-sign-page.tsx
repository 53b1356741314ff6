import { fill, isErrorCode } from '@liuhen/contract';
import {
    isPartySigner,
    SIGNATURE_READINGS,
    SIGNERS,
    type SignatureOutcome,
    type SignatureReading,
    type Signer,
    templateByVersion,
} from '@liuhen/domain';
import { Link, useParams } from '@tanstack/react-router';
import { AutoComplete, Button, Form, Radio, Select } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { LongText } from '../../app/long-text.tsx';
import { Card, Line, PageHead, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import type { DocumentDetail, Paper } from './document-types.ts';
import { SignPages } from './sign-pages.tsx';
import { SignedCard } from './signed-card.tsx';
import { signerNamesOf } from './signer-names.ts';
import { usePrint } from './use-print.ts';

/** Handwriting on the screen, page by page, where the organisation and the act allow it (正文二(三)). */
export function DocumentSignPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/documents/$id/sign' });
    const document = useAsk('document.get', { params: { id } });
    const paper = useAsk('document.paper', { params: { id } });
    if (document.isPending || paper.isPending) return <Waiting />;
    if (document.data === undefined || paper.data === undefined) {
        const back = <Link to="/documents">{text.document.title}</Link>;
        const retry = () => void Promise.all([document.refetch(), paper.refetch()]);
        return <Unreadable error={document.error ?? paper.error} onRetry={retry} back={back} />;
    }
    return <Loaded document={document.data} paper={paper.data} />;
}

function Loaded({ document, paper }: { document: DocumentDetail; paper: Paper }) {
    const text = useText();
    const format = useFormat();
    const print = paper.prints.findLast((each) => each.kind === 'final' && each.revision === document.revision);
    return (
        <>
            <PageHead
                crumb={
                    <>
                        <Link to="/documents">{text.document.title}</Link> /{' '}
                        <Link to="/documents/$id" params={{ id: document.id }}>
                            {document.title}
                        </Link>
                    </>
                }
                title={text.documentSign.title}
                facts={
                    <Line
                        of={[
                            document.title,
                            document.party?.name,
                            print !== undefined &&
                                fill(text.documentPaper.print, {
                                    revision: print.revision,
                                    at: format.dateTime(print.printedAt),
                                }),
                            print !== undefined && fill(text.documentPaper.printCode, { code: print.digest.slice(0, 16) }),
                        ]}
                    />
                }
                actions={
                    <LinkButton to="/documents/$id" params={{ id: document.id }}>
                        {text.documentSign.back}
                    </LinkButton>
                }
            />
            {!paper.onScreen.allowed ? (
                <NotHere because={paper.onScreen.because} />
            ) : print === undefined || print.pages === null ? (
                <Prepare document={document} />
            ) : (
                <div className="sign-columns">
                    <SignForm key={paper.signatures.length} document={document} print={print} pages={print.pages} />
                    <SignedCard document={document} paper={paper} />
                </div>
            )}
        </>
    );
}

/** Why paper is the way here, in the words of the refusal. */
function NotHere({ because }: { because: string | null }) {
    const text = useText();
    const format = useFormat();
    return (
        <div className="note note-act" role="alert">
            <strong>{because !== null && isErrorCode(because) ? format.error(because, {}) : text.documentSign.notHere}</strong>
            <p>{text.documentSign.notHereWhat}</p>
        </div>
    );
}

/** Signed is what was fixed as a print: its digest binds every signature. */
function Prepare({ document }: { document: DocumentDetail }) {
    const text = useText();
    const { print, busy, error } = usePrint(document.id, { open: false });
    return (
        <Card title={text.documentSign.prepare}>
            <div className="body">
                <p className="step-what">{text.documentSign.prepareWhat}</p>
                <ErrorNote error={error} of="command" />
                <Button type="primary" disabled={busy} onClick={() => print('final', document.version)}>
                    {busy ? text.documentPaper.printing : text.documentSign.prepareDo}
                </Button>
            </div>
        </Card>
    );
}

type FormProps = { document: DocumentDetail; print: Paper['prints'][number]; pages: number };

/** One signer at a time: who it is, then every page, or the reason why not. */
function SignForm({ document, print, pages }: FormProps) {
    const text = useText();
    const template = templateByVersion(document.type, document.templateVersion);
    const [signer, setSigner] = useState<Signer>();
    const [name, setName] = useState('');
    const [outcome, setOutcome] = useState<SignatureOutcome>('signed');
    const [reason, setReason] = useState('');
    const [witness, setWitness] = useState('');
    const [reading, setReading] = useState<SignatureReading>();
    const [statement, setStatement] = useState('');
    const [missing, setMissing] = useState(false);
    const sign = useCommand('document.signOnScreen');
    const refuse = useCommand('document.recordSignature');
    const names = signerNamesOf(document, template, signer);
    const who = signer === undefined || name.trim() === '' ? undefined : { printId: print.id, signer, name: name.trim() };
    const personId = names.find((each) => each.name === name.trim())?.personId;
    const person = personId === undefined ? {} : { personId };
    // Of a record: read by the party or to it, and “以上笔录属实” by its own hand.
    const isRead = template?.rules.includes('trueRecord') === true && signer !== undefined && isPartySigner(signer);
    const read = reading !== undefined && statement.trim() !== '' ? { reading, statement: statement.trim() } : undefined;
    const params = { id: document.id };
    const note = () => {
        setMissing(who === undefined || reason.trim() === '');
        if (who === undefined || reason.trim() === '') return;
        const all = Array.from({ length: pages }, (_, at) => at + 1);
        const seen = witness.trim() === '' ? {} : { witness: witness.trim() };
        refuse.mutate({ params, body: { ...who, ...person, ...seen, outcome, pages: all, reason } });
    };
    return (
        <Card title={text.documentSign.who}>
            <div className="body sign-form">
                <Form layout="vertical" requiredMark={false} component="div">
                    <div className="sign-who">
                        <Form.Item label={text.documentPaper.signer}>
                            <Select<Signer>
                                aria-label={text.documentPaper.signer}
                                value={signer ?? null}
                                options={(template?.signers ?? SIGNERS).map((value) => ({
                                    value,
                                    label: text.documentPaper.signers[value],
                                }))}
                                onChange={setSigner}
                            />
                        </Form.Item>
                        <Form.Item label={text.documentPaper.signerName}>
                            <AutoComplete
                                aria-label={text.documentPaper.signerName}
                                value={name}
                                options={names.map((each) => ({ value: each.name }))}
                                onChange={(next: string) => setName(next)}
                            />
                        </Form.Item>
                    </div>
                    <Form.Item>
                        <Radio.Group
                            aria-label={text.documentPaper.outcome}
                            value={outcome}
                            options={(['signed', 'refused', 'absent'] as const).map((value) => ({
                                value,
                                label: value === 'signed' ? text.documentSign.signs : text.documentPaper.outcomes[value],
                            }))}
                            onChange={({ target }) => setOutcome(target.value as SignatureOutcome)}
                        />
                    </Form.Item>
                    {outcome === 'signed' && isRead && (
                        <>
                            <Form.Item label={text.documentPaper.reading}>
                                <Radio.Group
                                    aria-label={text.documentPaper.reading}
                                    value={reading ?? null}
                                    options={SIGNATURE_READINGS.map((value) => ({
                                        value,
                                        label: text.documentPaper.readings[value],
                                    }))}
                                    onChange={({ target }) => setReading(target.value as SignatureReading)}
                                />
                            </Form.Item>
                            <Form.Item label={text.documentPaper.statement}>
                                <LongText
                                    label={text.documentPaper.statement}
                                    most={100}
                                    value={statement}
                                    onChange={setStatement}
                                />
                            </Form.Item>
                        </>
                    )}
                    {outcome !== 'signed' && (
                        <>
                            <Form.Item label={text.documentFields.reason}>
                                <LongText
                                    label={text.documentFields.reason}
                                    rows={{ minRows: 2 }}
                                    most={1_000}
                                    value={reason}
                                    onChange={setReason}
                                />
                            </Form.Item>
                            <Form.Item label={`${text.documentPaper.witnessName}${text.common.optional}`}>
                                <LongText
                                    label={text.documentPaper.witnessName}
                                    most={200}
                                    value={witness}
                                    onChange={setWitness}
                                />
                            </Form.Item>
                        </>
                    )}
                </Form>
                {missing && (
                    <p className="fault" role="alert">
                        {text.documentSign.whoMissing}
                    </p>
                )}
                {outcome === 'signed' ? (
                    <SignPages
                        documentId={document.id}
                        printId={print.id}
                        pages={pages}
                        busy={sign.isPending}
                        error={sign.error}
                        onSign={(strokes) => {
                            const complete = who !== undefined && (!isRead || read !== undefined);
                            setMissing(!complete);
                            if (complete) sign.mutate({ params, body: { ...who, ...person, ...(isRead ? read : {}), strokes } });
                        }}
                    />
                ) : (
                    <>
                        <ErrorNote error={refuse.error} of="command" onRetry={note} />
                        <Button type="primary" disabled={refuse.isPending} onClick={note}>
                            {text.documentSign.noteRefusal}
                        </Button>
                    </>
                )}
            </div>
        </Card>
    );
}
