import { fill } from '@liuhen/contract';
import { documentTypeFacts } from '@liuhen/domain';
import { Button } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Tag } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import type { DocumentDetail, Paper } from './document-types.ts';
import { PaperPart } from './paper-part.tsx';
import { pagesAt, usePrint } from './use-print.ts';

type Props = { document: DocumentDetail; prints: Paper['prints']; done: boolean };

/** Every print with who made it and when, each to be opened again; what was just printed is opened at once. */
export function DocumentPrints({ document, prints, done }: Props) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const { print, busy, error, opened } = usePrint(document.id);
    const isFinal = documentTypeFacts(document.type).flow === 'scene' || document.numberedAt !== null;
    return (
        <>
            <PaperPart title={text.documentPaper.prints} empty={text.documentPaper.printsEmpty} count={prints.length}>
                {prints.map((each) => (
                    <li key={each.id}>
                        {fill(text.documentPaper.print, { revision: each.revision, at: format.dateTime(each.printedAt) })}{' '}
                        {each.printedBy.name}
                        {each.pages !== null && ` · ${fill(text.documentPaper.pageCount, { count: each.pages })}`}{' '}
                        {each.kind === 'draft' && <Tag>{text.documentPaper.draftPrint}</Tag>}
                        {each.pdfSha256 !== null && !each.kept && <Tag status="judge">{text.documentPaper.digestOnly}</Tag>}
                        <a
                            href={pagesAt(document.id, each.id)}
                            target="_blank"
                            rel="noreferrer"
                            className="nowrap"
                            aria-label={`${text.document.printOpen} ${format.dateTime(each.printedAt)}`}
                        >
                            {text.document.printOpen}
                        </a>
                        <code className="digest" title={each.digest}>
                            {fill(text.documentPaper.printCode, { code: each.digest.slice(0, 16) })}
                        </code>
                    </li>
                ))}
            </PaperPart>
            <ErrorNote error={error} of="command" />
            {opened !== undefined && (
                <p className="note note-held printed-note" role="status">
                    {text.documentPaper.printed}{' '}
                    <a href={opened} target="_blank" rel="noreferrer">
                        {text.documentPaper.printedOpen}
                    </a>
                </p>
            )}
            {may('document.write') && !done && (
                <div className="paper-do">
                    <Button disabled={busy} onClick={() => print(isFinal ? 'final' : 'draft', document.version)}>
                        {busy
                            ? text.documentPaper.printing
                            : isFinal
                              ? text.documentPaper.printFinal
                              : text.documentPaper.printDraft}
                    </Button>
                </div>
            )}
        </>
    );
}
