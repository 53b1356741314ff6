import { canonicalBytes } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { toHex } from '../kernel/hex.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Digest } from '../ledger/digest.ts';
import { type DocumentStanding, lacksNumber } from './document.decide.ts';
import { isBeforeApproval } from './document-flow.ts';
import type { PrintKind } from './document-paper.ts';
import { type DocumentType, documentTypeFacts } from './document-type.ts';
import type { DocumentContent } from './template.ts';

type Said = { readonly [name: string]: string | number | boolean };

/** Everything a printed page says: its digest is what signatures, seals and scans are bound to. */
export type PrintedFacts = {
    readonly document: Id;
    readonly type: DocumentType;
    readonly templateVersion: number;
    readonly revision: number;
    readonly title: string;
    readonly number: string | null;
    readonly content: DocumentContent;
    readonly startedAt: Instant | null;
    readonly endedAt: Instant | null;
    /** Of what was signed already; null while there is none. */
    readonly corrections: readonly Said[] | null;
    /** Of what was said of it in the system and is printed on it; null while there is none. */
    readonly opinions: readonly Said[] | null;
    /** The document it belongs to, where its pages name that; null otherwise. */
    readonly parent: Said | null;
};

/** SHA-256 over the canonical bytes; what is missing is left out. */
export function printDigest(digest: Digest, facts: PrintedFacts): Uint8Array {
    const given = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
    return digest.sha256(canonicalBytes({ v: 1, print: given }));
}

/** What handwriting on one page is bound to: the print, its digest and the page. */
export const pageDigest = (digest: Digest, print: Id, printedDigest: Uint8Array, page: number): string =>
    toHex(digest.sha256(canonicalBytes({ v: 1, print, digest: toHex(printedDigest), page })));

/**
 * A final print is for signatures and the seal: of a scene document once it lacks nothing, of an office document once its
 * head has signed and it has its number. Throws `document.isDone`, `document.incomplete`, `document.notApproved` or
 * `document.numberFirst`.
 */
export function decidePrint(document: DocumentStanding, kind: PrintKind, faults: number): void {
    if (document.state === 'voided') throw new DomainError('document.isDone');
    if (kind === 'draft') return;
    const { flow } = documentTypeFacts(document.type);
    if (flow === 'scene' && document.state === 'draft' && faults > 0)
        throw new DomainError('document.incomplete', { count: faults });
    if (flow === 'office' && isBeforeApproval(document.state)) throw new DomainError('document.notApproved');
    if (lacksNumber(document)) throw new DomainError('document.numberFirst');
}
