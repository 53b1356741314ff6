import type { DocumentDetail, Paper } from './document-types.ts';
import { pagesAt } from './use-print.ts';

/**
 * `scan` the signed and sealed paper, `signed` what was signed on the screen, `printed` for signing, `draft` for reading; `voided` says on
 * every page that it is void.
 */
export type CopyKind = 'scan' | 'signed' | 'printed' | 'draft' | 'voided';

/** Either there to be opened, or still to be made from what was signed. */
export type Copy = { readonly kind: CopyKind; readonly at: number | null } & (
    | { readonly href: string }
    | { readonly makeFrom: string }
);

type Of = Pick<DocumentDetail, 'id' | 'revision' | 'origin' | 'state'>;

export const signedCopyAt = (documentId: string, copyId: string) => `/api/documents/${documentId}/signed-copies/${copyId}.pdf`;

/** What of a document can be printed or handed out as it stands now; the first is the one to take. */
export function copiesOf(document: Of, paper: Pick<Paper, 'prints' | 'signatures' | 'signedCopies' | 'scans'>): readonly Copy[] {
    const { id } = document;
    const draft = `/api/documents/${id}/draft.pdf`;
    // Its print, scan and signed copy stay where they are kept; none of them says that it is void, and nobody should hand one out.
    if (document.state === 'voided') return document.origin === 'imported' ? [] : [{ kind: 'voided', at: null, href: draft }];
    const print = paper.prints.findLast((each) => each.kind === 'final' && each.revision === document.revision);
    // Paper from before a correction is no longer what the document says.
    const isOfNow = (printId: string | null) =>
        paper.prints.some((each) => each.id === printId && each.revision === document.revision);
    const ofPaper = paper.scans.filter(({ role, finding, printId }) =>
        role === 'imported'
            ? document.origin === 'imported'
            : (role === 'signed' || role === 'sealed') && finding === 'matches' && isOfNow(printId),
    );
    const scan = ofPaper.findLast(({ role }) => role === 'sealed') ?? ofPaper.at(-1);
    return [
        ...(scan === undefined
            ? []
            : [{ kind: 'scan' as const, at: scan.addedAt, href: `/api/documents/${id}/scans/${scan.id}` }]),
        ...(print === undefined ? [] : signedOf(id, print.id, paper)),
        ...(print === undefined ? [] : [{ kind: 'printed' as const, at: print.printedAt, href: pagesAt(id, print.id) }]),
        // Once there is a print to sign, nobody takes the draft for it.
        ...(print !== undefined || document.origin === 'imported' ? [] : [{ kind: 'draft' as const, at: null, href: draft }]),
    ];
}

function signedOf(id: string, printId: string, { signatures, signedCopies }: Pick<Paper, 'signatures' | 'signedCopies'>): Copy[] {
    const there = signedCopies.findLast((each) => each.printId === printId && each.current);
    if (there !== undefined) return [{ kind: 'signed', at: there.madeAt, href: signedCopyAt(id, there.id) }];
    const written = signatures.some(
        (each) => each.printId === printId && each.strokes !== null && each.correctionId === null && each.supersededAt === null,
    );
    return written ? [{ kind: 'signed', at: null, makeFrom: printId }] : [];
}
