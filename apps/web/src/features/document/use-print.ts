import { requestErrorOf } from '@liuhen/contract';
import { useRef, useState } from 'react';
import { refreshAll } from '../../app/query.ts';
import { useCommand } from '../../app/use-command.ts';
import { versionOnceSaved } from './open-drafts.ts';
import { type PdfTab, pdfTab } from './pdf-tab.ts';

export const pagesAt = (documentId: string, printId: string) => `/api/documents/${documentId}/prints/${printId}.pdf`;

/**
 * Notes the print, then fetches its pages: what cannot be set is said here in words, and the number of pages is known from
 * then on. Where the print is looked at on the page, no tab is opened.
 */
export function usePrint(documentId: string, { open = true } = {}) {
    const [fetching, setFetching] = useState(false);
    const [unset, setUnset] = useState<unknown>();
    const [opened, setOpened] = useState<string>();
    const tab = useRef<PdfTab>(undefined);
    const show = async (printId: string) => {
        setFetching(true);
        try {
            const response = await fetch(pagesAt(documentId, printId));
            if (!response.ok) throw await requestErrorOf(response);
            await response.blob();
            setOpened(pagesAt(documentId, printId));
            tab.current?.show(pagesAt(documentId, printId));
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
            tab.current = open ? pdfTab() : undefined;
            void versionOnceSaved({ id: documentId, version: read }).then((version) =>
                command.mutate({ params: { id: documentId }, body: { kind, version } }, { onError: () => tab.current?.close() }),
            );
        },
    };
}
