import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { DomainError, type Id, type Subject, toHex } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import { derivedId } from '../../platform/derived-id.ts';
import type { Services } from '../../platform/services.ts';
import { blobFor } from '../../platform/storage/blob-rows.ts';
import { type KeptBytes, keepBytes } from '../../platform/storage/keep-bytes.ts';
import type { RenderedDocument } from '../../platform/typst/document-renderer.ts';
import { keepPrintedPages } from './document-paper.store.ts';
import type { PrintHead } from './document-print.queries.ts';

type Keeper = Pick<Services, 'commands' | 'store' | 'hashes' | 'clock'>;

/** Far above the longest content there may be; a promise of space, not a limit anybody meets. */
const MOST_PDF_BYTES = 64 * 1024 * 1024;

/** Makes the bytes of a PDF a durable object. The row that names it comes after. */
export async function keepPdf(services: Keeper, orgId: Id, { pdf, sha256 }: RenderedDocument): Promise<KeptBytes> {
    const kept = await keepBytes(services, { orgId, name: 'print', most: MOST_PDF_BYTES }, Readable.from([pdf]));
    if (kept.digest.sha256 !== sha256) throw new DomainError('storage.objectDamaged', { chunk: -1 });
    return kept;
}

/** The whole file, compared with what the log vouches for before a byte of it is passed on. Throws `document.printDamaged`. */
export async function keptPdf(
    { store }: Pick<Services, 'store'>,
    { key, size, chunkRoot }: { key: string; size: bigint; chunkRoot: string },
): Promise<Buffer> {
    try {
        return await buffer(await store.open(key, { start: 0n, end: size, chunkRoot }));
    } catch (cause) {
        const code = cause instanceof DomainError ? cause.code : '';
        if (code !== 'storage.objectDamaged' && code !== 'storage.objectMissing') throw cause;
        throw new DomainError('document.printDamaged', {}, { cause });
    }
}

/** What an entry says of kept bytes, so that the log vouches for the object. */
export const loggedContent = ({ digest: { sha256, sm3, size, chunkRoot } }: KeptBytes) => [
    { sha256, sm3, size: String(size), chunkRoot },
];

/**
 * The pages of a print become part of the record: whatever layout or type-setter comes later, these bytes are what was handed
 * out, signed and sealed. First the object, then the row; the first answer stands.
 */
export async function keepPages(
    services: Keeper,
    context: CommandContext,
    documentId: Id,
    printId: Id,
    rendered: RenderedDocument,
): Promise<void> {
    const kept = await keepPdf(services, context.orgId, rendered);
    await runCommand(
        services.commands,
        context,
        'document.keepPages',
        async (tx) => {
            const blob = await blobFor(tx, kept.digest, { storeId: services.store.id, key: kept.key });
            const made = { pages: rendered.pages, pdfSha256: rendered.sha256 };
            await keepPrintedPages(tx, documentId, printId, { ...made, blobId: blob.id });
            return {
                result: null,
                events: [
                    {
                        kind: 'document.printed',
                        objects: [documentId],
                        content: loggedContent(kept),
                        body: { print: printId, ...made },
                    },
                ],
            };
        },
        { retryOn: ['blob_content'] },
    );
}

/** Looks at pages that were set now: those that differ from the ones noted are refused, those that nobody kept yet are kept. */
export async function keepOrCompare(
    services: Keeper,
    { organisationId: orgId, personId: actor }: Pick<Subject, 'organisationId' | 'personId'>,
    documentId: Id,
    { id: printId, blob_id: blobId, pdf_sha256: known }: PrintHead,
    rendered: RenderedDocument,
): Promise<void> {
    if (known !== null && toHex(known) !== rendered.sha256) throw new DomainError('document.printDiffers');
    if (blobId !== null) return;
    // Two people who ask at once make the same pages: they are kept once.
    const commandId = derivedId('document.keepPages', printId, actor);
    await keepPages(services, { actor, orgId, readOrgs: [orgId], commandId }, documentId, printId, rendered);
}
