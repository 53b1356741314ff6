import { useRef } from 'react';
import { useCommand } from '../../app/use-command.ts';
import { signedCopyAt } from './copies.ts';
import { type PdfTab, pdfTab } from './pdf-tab.ts';

/** Makes the signed copy of a print and opens it. */
export function useSignedCopy(documentId: string) {
    const tab = useRef<PdfTab>(undefined);
    const command = useCommand('document.signedCopy', { onDone: ({ id }) => tab.current?.show(signedCopyAt(documentId, id)) });
    return {
        busy: command.isPending,
        error: command.error,
        make(printId: string) {
            tab.current = pdfTab();
            command.mutate({ params: { id: documentId, printId } }, { onError: () => tab.current?.close() });
        },
    };
}
