import { requestErrorOf } from '@liuhen/contract';
import { useRef, useState } from 'react';
import { refreshAll } from '../../app/query.ts';
import { useCommand } from '../../app/use-command.ts';
import { versionOnceSaved } from './open-drafts.ts';

export const pagesAt = (documentId: string, printId: string) => `/api/documents/${documentId}/prints/${printId}.pdf`;

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
 * shows no PDF in its browser saves the file instead. Where the print is looked at on the page, none is opened.
 */
export function usePrint(documentId: string, { open = true } = {}) {
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
            if (!open) return;
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
        print(kind: 'draft' | 'final', read: number) {
            setUnset(undefined);
            setOpened(undefined);
            tab.current = open && navigator.pdfViewerEnabled ? window.open('', '_blank') : null;
            void versionOnceSaved({ id: documentId, version: read }).then((version) =>
                command.mutate({ params: { id: documentId }, body: { kind, version } }, { onError: () => tab.current?.close() }),
            );
        },
    };
}
