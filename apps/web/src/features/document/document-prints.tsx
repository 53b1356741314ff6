import { fill, requestErrorOf } from '@liuhen/contract';
import { documentTypeFacts } from '@liuhen/domain';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Tag } from '../../app/page.tsx';
import { refreshAll } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import type { DocumentDetail, Paper } from './document-types.ts';
import { PaperPart } from './paper-part.tsx';

const pagesAt = (documentId: string, printId: string) => `/api/documents/${documentId}/prints/${printId}.pdf`;

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
                            {each.digest.slice(0, 16)}
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

/** Hands the file to the device, which opens it with what it has. */
function save(href: string): void {
    const link = document.createElement('a');
    link.href = href;
    link.download = '';
    link.click();
}

/**
 * Notes the print, then fetches its pages: what cannot be set is said here in words, and the number of pages is known from
 * then on. The tab is opened while the press still counts as one, or browsers take it for an unwanted window; a phone that
 * shows no PDF in its browser saves the file instead.
 */
function usePrint(documentId: string) {
    const [fetching, setFetching] = useState(false);
    const [unset, setUnset] = useState<unknown>();
    const [opened, setOpened] = useState<string>();
    const tab = useRef<Window | null>(null);
    const show = async (printId: string) => {
        setFetching(true);
        try {
            const response = await fetch(pagesAt(documentId, printId));
            if (!response.ok) throw await requestErrorOf(response);
            await response.blob();
            setOpened(pagesAt(documentId, printId));
            if (tab.current === null) save(pagesAt(documentId, printId));
            else tab.current.location.href = pagesAt(documentId, printId);
        } catch (failure) {
            tab.current?.close();
            setUnset(failure);
        } finally {
            setFetching(false);
            void refreshAll();
        }
    };
    const command = useCommand('document.print', { onDone: ({ id }) => void show(id) });
    return {
        busy: command.isPending || fetching,
        error: command.error ?? unset,
        opened,
        print(kind: 'draft' | 'final', version: number) {
            setUnset(undefined);
            setOpened(undefined);
            tab.current = navigator.pdfViewerEnabled ? window.open('', '_blank') : null;
            command.mutate({ params: { id: documentId }, body: { kind, version } }, { onError: () => tab.current?.close() });
        },
    };
}
