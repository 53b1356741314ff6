import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { DomainError, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import { derivedId } from '../../platform/derived-id.ts';
import type { Services } from '../../platform/services.ts';
import { blobFor } from '../../platform/storage/blob-rows.ts';
import { lockDocument } from './document.store.ts';
import { keepPages, keepPdf, loggedContent } from './document-pages.commands.ts';
import { insertSignedCopy } from './document-paper.store.ts';
import { pagesOfPrint, printHead } from './document-print.queries.ts';
import { readDocument } from './document-seen.ts';
import { copyWith, pagesOfSignedCopy, sameIds, signaturesOn } from './document-signed-copy.queries.ts';

type Made = ResponseOf<Endpoints['document.signedCopy']>;

/**
 * 签名件: what is handed to the party where it signed on the screen (正文二(三)). The print that was signed stays as it is; from
 * it and its signatures the copy follows, kept as an object that the log vouches for. While nobody signs again it is made once.
 */
export async function makeSignedCopy(services: Services, context: CommandContext, id: Id, printId: Id): Promise<Made> {
    const { orgId, actor } = context;
    const read = readDocument(services, { organisationId: orgId, personId: actor }, id);
    await keepSigned(services, context, id, printId);
    const { model, at, signatureIds } = await read((db) => pagesOfSignedCopy(db, orgId, id, printId));
    const there = await read((db) => copyWith(db, printId, signatureIds));
    if (there !== undefined) return there;
    const rendered = await services.renderer.render(model, at);
    const kept = await keepPdf(services, orgId, rendered);
    return runCommand(
        services.commands,
        context,
        'document.signedCopy',
        async (tx) => {
            if ((await lockDocument(tx, id)) === undefined) throw new DomainError('document.notFound');
            const now = (await signaturesOn(tx.read, printId)).map((each) => each.id);
            if (!sameIds(now, signatureIds)) throw new DomainError('conflict.changedMeanwhile');
            const blob = await blobFor(tx, kept.digest, { storeId: services.store.id, key: kept.key });
            const made = { pages: rendered.pages, sha256: rendered.sha256 };
            const before = await copyWith(tx.read, printId, signatureIds);
            const copy =
                before ??
                (await insertSignedCopy(tx, {
                    id: tx.newId(),
                    document_id: id,
                    print_id: printId,
                    blob_id: blob.id,
                    signature_ids: [...signatureIds],
                    pages: rendered.pages,
                    made_by: tx.actor,
                    made_at: tx.now,
                }));
            return {
                result: { id: copy.id, ...made },
                events: [
                    {
                        kind: 'document.signedCopyMade',
                        objects: [id],
                        content: loggedContent(kept),
                        body: { copy: copy.id, print: printId, signatures: [...signatureIds], ...made },
                    },
                ],
            };
        },
        { retryOn: ['blob_content', 'document_signed_copy_once'] },
    );
}

/** What was signed is kept before a copy of it is made: somebody may have signed on paper that came from elsewhere. */
async function keepSigned(services: Services, context: CommandContext, id: Id, printId: Id): Promise<void> {
    const { orgId, actor } = context;
    const read = readDocument(services, { organisationId: orgId, personId: actor }, id);
    const head = await read((db) => printHead(db, orgId, id, printId));
    if (head.blob_id !== null) return;
    const { model, at } = await read((db) => pagesOfPrint(db, orgId, id, printId));
    const commandId = derivedId('document.keepPages', printId, actor);
    await keepPages(services, { ...context, commandId }, id, printId, await services.renderer.render(model, at));
}
