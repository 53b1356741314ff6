/** Hands the file to the device, which opens it with what it has. */
function save(href: string): void {
    const link = document.createElement('a');
    link.href = href;
    link.download = '';
    link.click();
}

export type PdfTab = { readonly show: (href: string) => void; readonly close: () => void };

/**
 * A tab for a PDF that is still to be made, opened while the press still counts as one, or browsers take it for an unwanted
 * window; a phone that shows no PDF in its browser saves the file instead.
 */
export function pdfTab(): PdfTab {
    const tab = navigator.pdfViewerEnabled ? window.open('', '_blank') : null;
    return {
        show(href) {
            if (tab === null) save(href);
            else tab.location.href = href;
        },
        close: () => tab?.close(),
    };
}
