import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { ScanFinding } from './document-paper.ts';

/** What a scan may be, by its first bytes: nothing is believed of a name or a declared type. */
const SIGNATURES: readonly { readonly type: string; readonly bytes: readonly number[] }[] = [
    { type: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
    { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
    { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
];

/** A scan of forty pages in colour. */
export const MOST_SCAN_BYTES = 64 * 1024 * 1024;

/** Throws `document.scanWrongKind` for anything but PDF, JPEG and PNG. */
export function mediaTypeOf(head: Uint8Array): string {
    const known = SIGNATURES.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte));
    if (known === undefined) throw new DomainError('document.scanWrongKind');
    return known.type;
}

export type ScannedPrint = { readonly id: Id; readonly documentId: Id; readonly revision: number; readonly digest: string };

/** How a scan agrees with the print it names, by the digest read from the code on its pages. Stated, never refused. */
export function scanFinding(
    document: { readonly id: Id; readonly revision: number },
    print: ScannedPrint | undefined,
    digestRead: string | undefined,
): ScanFinding {
    if (print === undefined || digestRead === undefined) return 'notRead';
    if (print.documentId !== document.id) return 'otherDocument';
    if (print.digest !== digestRead) return 'digestDiffers';
    return print.revision === document.revision ? 'matches' : 'olderPrint';
}
