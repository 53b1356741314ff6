import { fill } from '@liuhen/contract';
import { isFinished, templateByVersion } from '@liuhen/domain';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { DocumentCopies } from './document-copies.tsx';
import { DocumentCorrections } from './document-corrections.tsx';
import { DocumentPrints } from './document-prints.tsx';
import type { DocumentDetail, Paper } from './document-types.ts';
import { PaperPart } from './paper-part.tsx';
import { ScanButton } from './scan-button.tsx';
import { ScanLine } from './scan-line.tsx';
import { SealDialogue } from './seal-dialogue.tsx';
import { SignatureDialogue } from './signature-dialogue.tsx';
import { SignatureLine } from './signature-line.tsx';

/** What exists on paper: prints with their digest, signatures by page, scans, uses of the seal, the place of the original. */
export function DocumentPaper({ document }: { document: DocumentDetail }) {
    const text = useText();
    const known = useAsk('document.paper', { params: { id: document.id } });
    // Codes of a scan are read within seconds; until then the page looks again.
    const reading = known.data?.scans.some(({ standing }) => standing === 'waiting') === true;
    const { data, error, isPending, refetch } = useAsk(
        'document.paper',
        { params: { id: document.id } },
        { refetchInterval: reading ? 2_000 : false },
    );
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
    const [open, setOpen] = useState<'signature' | 'seal' | 'original'>();
    const template = templateByVersion(document.type, document.templateVersion);
    const latest = paper.prints.findLast((each) => each.kind === 'final' && each.revision === document.revision);
    const done = isFinished(document.state);
    return (
        <>
            <DocumentCopies document={document} paper={paper} />
            <DocumentPrints document={document} prints={paper.prints} done={done} />
            <PaperPart
                title={text.documentPaper.signatures}
                empty={text.documentPaper.signaturesEmpty}
                count={paper.signatures.length}
                note={
                    paper.missingSignatures > 0 ? fill(text.documentPaper.missing, { count: paper.missingSignatures }) : undefined
                }
            >
                {paper.signatures.map((each) => (
                    <SignatureLine key={each.id} signature={each} />
                ))}
            </PaperPart>
            {may('document.write') && !done && latest !== undefined && (
                <div className="paper-do">
                    {paper.onScreen.allowed && (
                        <LinkButton to="/documents/$id/sign" params={{ id: document.id }}>
                            {text.documentSign.title}
                        </LinkButton>
                    )}
                    <Button onClick={() => setOpen('signature')}>{text.documentPaper.recordSignature}</Button>
                </div>
            )}
            {(paper.corrections.length > 0 || document.firstSignedAt !== null) && (
                <DocumentCorrections document={document} paper={paper} done={done} />
            )}
            <PaperPart title={text.documentPaper.scans} empty={text.documentPaper.scansEmpty} count={paper.scans.length}>
                {paper.scans.map((each) => (
                    <ScanLine key={each.id} document={document} scan={each} done={done} />
                ))}
            </PaperPart>
            {may('document.write') && !done && (
                <div className="paper-do">
                    <ScanButton document={document} latest={latest} />
                </div>
            )}
            {(paper.seals.length > 0 || template?.sealed === true) && (
                <PaperPart title={text.documentPaper.seals} empty={text.documentPaper.sealsEmpty} count={paper.seals.length}>
                    {paper.seals.map((each) => (
                        <li key={each.id}>
                            {format.dateTime(each.usedAt)} {each.usedBy.name} · {each.purpose} ·{' '}
                            {fill(text.documentPaper.copies, { count: each.copies })}
                        </li>
                    ))}
                </PaperPart>
            )}
            {may('document.seal') && document.waitsFor === 'seal' && (
                <div className="paper-do">
                    <Button type="primary" onClick={() => setOpen('seal')}>
                        {text.documentPaper.useSeal}
                    </Button>
                </div>
            )}
            {document.originalPlace !== null && (
                <p className="soft">
                    {text.documentFields.originalPlace} · {document.originalPlace}
                </p>
            )}
            {may('document.write') && !done && (paper.scans.length > 0 || paper.signatures.length > 0) && (
                <div className="paper-do">
                    <Button onClick={() => setOpen('original')}>{text.documentPaper.placeOriginal}</Button>
                </div>
            )}
            {open === 'signature' && latest !== undefined && (
                <SignatureDialogue document={document} print={latest} onClose={() => setOpen(undefined)} />
            )}
            {open === 'original' && <PlaceOriginal document={document} onClose={() => setOpen(undefined)} />}
            {open === 'seal' && <SealDialogue document={document} onClose={() => setOpen(undefined)} />}
        </>
    );
}

function PlaceOriginal({ document, onClose }: { document: DocumentDetail; onClose: () => void }) {
    const text = useText();
    const place = useCommand('document.placeOriginal', { onDone: onClose });
    return (
        <ReasonDialogue
            title={text.documentPaper.placeOriginal}
            label={text.documentFields.originalPlace}
            error={place.error}
            busy={place.isPending}
            onClose={onClose}
            onSubmit={(where) => place.mutate({ params: { id: document.id }, body: { place: where } })}
        />
    );
}
