import { fill } from '@liuhen/contract';
import { documentTypeFacts, templateByVersion } from '@liuhen/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import type { DocumentDetail, Paper } from './document-types.ts';
import { ScanButton } from './scan-button.tsx';
import { SealDialogue } from './seal-dialogue.tsx';
import { SignatureDialogue } from './signature-dialogue.tsx';

/** What exists on paper: prints with their digest, signatures by page, scans, uses of the seal, the place of the original. */
export function DocumentPaper({ document }: { document: DocumentDetail }) {
    const text = useText();
    const { data, error, isPending, refetch } = useAsk('document.paper', { params: { id: document.id } });
    return (
        <Card title={text.documentPaper.title} small={text.documentPaper.sub}>
            {isPending && <Waiting />}
            <div className="body">
                <ErrorNote error={error} of="read" onRetry={() => void refetch()} />
                {data !== undefined && <Loaded document={document} paper={data} />}
            </div>
        </Card>
    );
}

function Loaded({ document, paper }: { document: DocumentDetail; paper: Paper }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [open, setOpen] = useState<'signature' | 'seal'>();
    const print = useCommand('document.print');
    const template = templateByVersion(document.type, document.templateVersion);
    const latest = paper.prints.find((each) => each.kind === 'final' && each.revision === document.revision);
    const isFinal = documentTypeFacts(document.type).flow === 'scene' || document.numberedAt !== null;
    const done = ['filed', 'voided'].includes(document.state);
    return (
        <>
            <Part title={text.documentPaper.prints} empty={text.documentPaper.printsEmpty} count={paper.prints.length}>
                {paper.prints.map((each) => (
                    <li key={each.id}>
                        {fill(text.documentPaper.print, { revision: each.revision, at: format.dateTime(each.printedAt) })}{' '}
                        {each.printedBy.name} {each.kind === 'draft' && <Tag>{text.documentPaper.draftPrint}</Tag>}
                        <code className="digest" title={each.digest}>
                            {each.digest.slice(0, 16)}
                        </code>
                    </li>
                ))}
            </Part>
            <ErrorNote error={print.error} of="command" />
            {may('document.write') && !done && (
                <p className="paper-do">
                    <Button
                        disabled={print.isPending}
                        onClick={() =>
                            print.mutate({
                                params: { id: document.id },
                                body: { kind: isFinal ? 'final' : 'draft', version: document.version },
                            })
                        }
                    >
                        {isFinal ? text.documentPaper.printFinal : text.documentPaper.printDraft}
                    </Button>
                </p>
            )}
            <Part
                title={text.documentPaper.signatures}
                empty={text.documentPaper.signaturesEmpty}
                count={paper.signatures.length}
                note={
                    paper.missingSignatures > 0 ? fill(text.documentPaper.missing, { count: paper.missingSignatures }) : undefined
                }
            >
                {paper.signatures.map((each) => (
                    <li key={each.id} className={each.supersededAt === null ? undefined : 'gone'}>
                        <strong>{text.documentPaper.signers[each.signer]}</strong> {each.name} ·{' '}
                        {text.documentPaper.outcomes[each.outcome]} · {format.dateTime(each.at)} ·{' '}
                        {fill(text.documentPaper.pages, { pages: each.pages.join('、') })}
                        {each.reason !== null && <span className="soft"> {each.reason}</span>}
                        {each.witness !== null && (
                            <span className="soft"> {fill(text.documentPaper.witness, { name: each.witness })}</span>
                        )}
                    </li>
                ))}
            </Part>
            {may('document.write') && !done && latest !== undefined && (
                <p className="paper-do">
                    <Button onClick={() => setOpen('signature')}>{text.documentPaper.recordSignature}</Button>
                </p>
            )}
            {(paper.corrections.length > 0 || document.firstSignedAt !== null) && (
                <Part
                    title={text.documentPaper.corrections}
                    empty={text.documentPaper.correctionsEmpty}
                    count={paper.corrections.length}
                >
                    {paper.corrections.map((each) => (
                        <li key={each.id}>
                            {format.dateTime(each.at)} {each.by.name} · <span lang="zh-CN">{each.field}</span> · {each.reason}
                            {each.needsSignature && each.signedAt === null && (
                                <Tag status="act">{text.documentPaper.correctionUnsigned}</Tag>
                            )}
                        </li>
                    ))}
                </Part>
            )}
            <Part title={text.documentPaper.scans} empty={text.documentPaper.scansEmpty} count={paper.scans.length}>
                {paper.scans.map((each) => (
                    <li key={each.id}>
                        <a href={`/api/documents/${document.id}/scans/${each.id}`} target="_blank" rel="noreferrer">
                            {each.name}
                        </a>{' '}
                        {text.documentPaper.scanRoles[each.role]} · {format.bytes(BigInt(each.size))} ·{' '}
                        <Tag status={each.finding === 'matches' ? 'held' : each.finding === 'notRead' ? 'judge' : 'broken'}>
                            {text.documentPaper.scanFindings[each.finding]}
                        </Tag>
                    </li>
                ))}
            </Part>
            {may('document.write') && !done && (
                <p className="paper-do">
                    <ScanButton documentId={document.id} latest={latest} />
                </p>
            )}
            {(paper.seals.length > 0 || template?.sealed === true) && (
                <Part title={text.documentPaper.seals} empty={text.documentPaper.sealsEmpty} count={paper.seals.length}>
                    {paper.seals.map((each) => (
                        <li key={each.id}>
                            {format.dateTime(each.usedAt)} {each.usedBy.name} · {each.purpose} ·{' '}
                            {fill(text.documentPaper.copies, { count: each.copies })}
                        </li>
                    ))}
                </Part>
            )}
            {may('document.seal') && document.waitsFor === 'seal' && (
                <p className="paper-do">
                    <Button type="primary" onClick={() => setOpen('seal')}>
                        {text.documentPaper.useSeal}
                    </Button>
                </p>
            )}
            {document.originalPlace !== null && (
                <p className="soft">
                    {text.documentFields.originalPlace} · {document.originalPlace}
                </p>
            )}
            {open === 'signature' && latest !== undefined && (
                <SignatureDialogue document={document} print={latest} onClose={() => setOpen(undefined)} />
            )}
            {open === 'seal' && <SealDialogue document={document} onClose={() => setOpen(undefined)} />}
        </>
    );
}

type PartProps = {
    title: string;
    empty: string;
    count: number;
    note?: string | undefined;
    children: React.ReactNode;
};

const Part = ({ title, empty, count, note, children }: PartProps) => (
    <section className="paper-part" aria-label={title}>
        <h3>
            {title} {note !== undefined && <Tag status="act">{note}</Tag>}
        </h3>
        {count === 0 ? <p className="faint">{empty}</p> : <ul>{children}</ul>}
    </section>
);
