import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    type ContentDigest,
    DOWNLOAD_OPEN_MS,
    DomainError,
    decideHandOver,
    decideReceiptPaper,
    type Id,
    MOST_SCAN_BYTES,
    mediaTypeOf,
    SYSTEM_ID,
    stepOfRetrieval,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import { derivedId } from '../../platform/derived-id.ts';
import type { Services } from '../../platform/services.ts';
import { blobFor } from '../../platform/storage/blob-rows.ts';
import { type KeptBytes, keepBytes } from '../../platform/storage/keep-bytes.ts';
import { countReceipts, packageOf } from './package.queries.ts';
import { objectsOf, retrievalFor } from './retrieval.commands.ts';
import {
    insertDownload,
    insertHandover,
    insertPackage,
    insertReceiptPaper,
    lockRetrieval,
    updateRetrieval,
} from './retrieval.store.ts';

type Done = Promise<Record<string, never>>;

export const PACK_TASK = 'retrieval.pack';

/** Nothing of a making that is over stays on the row but why the last one failed. */
const NO_PACKING = { packing_id: null, packing_by: null, packing_since: null } as const;

/** 由专门管理人员统一提供: whoever begins it is the maker and the one who takes the copies (制作人、提取人). */
export const startPacking = (services: Services, context: CommandContext, id: Id): Done =>
    runCommand(services.commands, context, 'retrieval.pack', async (tx) => {
        const retrieval = await retrievalFor(tx, id);
        const state = stepOfRetrieval(retrieval.state, 'pack');
        const packingId = tx.newId();
        const by = { packing_id: packingId, packing_by: tx.actor, packing_since: tx.now };
        await updateRetrieval(tx, retrieval, { state, ...by, packing_failed: null, packing_name: null });
        tx.enqueue({ task: PACK_TASK, payload: { retrievalId: id, packingId }, key: `${PACK_TASK}:${packingId}` });
        const body = bodyOf({ number: retrieval.number });
        return { result: {}, events: [{ kind: 'retrieval.packingStarted', objects: objectsOf(retrieval), body }] };
    });

export const stopPacking = (services: Services, context: CommandContext, id: Id): Done =>
    runCommand(services.commands, context, 'retrieval.stopPacking', async (tx) => {
        const retrieval = await retrievalFor(tx, id);
        const state = stepOfRetrieval(retrieval.state, 'stopPacking');
        await updateRetrieval(tx, retrieval, { state, ...NO_PACKING });
        const body = bodyOf({ number: retrieval.number });
        return { result: {}, events: [{ kind: 'retrieval.packingStopped', objects: objectsOf(retrieval), body }] };
    });

type Making = { readonly orgId: Id; readonly retrievalId: Id; readonly packingId: Id };

/** The consent stands: it may be begun again once what is said here is mended. */
export const failPacking = (
    services: Services,
    { orgId, retrievalId, packingId }: Making,
    { code, name }: { readonly code: string; readonly name: string | null },
): Promise<null> =>
    runCommand(
        services.commands,
        { actor: SYSTEM_ID, orgId, readOrgs: [orgId], commandId: derivedId('packing', packingId, 'failed') },
        'retrieval.failPacking',
        async (tx) => {
            const retrieval = await lockRetrieval(tx, retrievalId);
            if (retrieval?.packing_id !== packingId) throw new DomainError('conflict.changedMeanwhile');
            const state = stepOfRetrieval(retrieval.state, 'stopPacking');
            await updateRetrieval(tx, retrieval, { state, ...NO_PACKING, packing_failed: code, packing_name: name });
            const body = bodyOf({ number: retrieval.number, code, name });
            return { result: null, events: [{ kind: 'retrieval.packingFailed', objects: objectsOf(retrieval), body }] };
        },
    );

/** The package becomes part of the record: the entry vouches for its bytes and for its manifest. The object is the duplicate that is kept. */
export const finishPacking = (
    services: Services,
    context: CommandContext,
    { retrievalId, packingId }: Making,
    made: { readonly zip: KeptBytes; readonly manifest: KeptBytes; readonly files: number },
): Promise<null> =>
    runCommand(
        services.commands,
        context,
        'retrieval.finishPacking',
        async (tx) => {
            const retrieval = await lockRetrieval(tx, retrievalId);
            if (retrieval?.packing_id !== packingId || retrieval.packing_by === null)
                throw new DomainError('conflict.changedMeanwhile');
            const state = stepOfRetrieval(retrieval.state, 'finishPacking');
            const storeId = services.store.id;
            const blob = await blobFor(tx, made.zip.digest, { storeId, key: made.zip.key });
            const manifest = await blobFor(tx, made.manifest.digest, { storeId, key: made.manifest.key });
            const { number, packing_by: madeBy } = retrieval;
            await insertPackage(tx, {
                id: tx.newId(),
                retrieval_id: retrieval.id,
                blob_id: blob.id,
                file_name: `${number}.zip`,
                manifest_id: manifest.id,
                files: made.files,
                made_by: madeBy,
                made_at: tx.now,
            });
            await updateRetrieval(tx, retrieval, { state, ...NO_PACKING });
            const body = bodyOf({ number, manifestSha256: made.manifest.digest.sha256, files: made.files, madeBy });
            return {
                result: null,
                events: [
                    {
                        kind: 'retrieval.packaged',
                        objects: objectsOf(retrieval),
                        content: [made.manifest, made.zip].map(({ digest }) => vouched(digest)),
                        body,
                    },
                ],
            };
        },
        { retryOn: ['blob_content'] },
    );

const vouched = ({ sha256, sm3, size, chunkRoot }: ContentDigest) => ({ sha256, sm3, size: String(size), chunkRoot });

/** An entry before the first byte; the bytes may then be fetched for a while, also in parts. */
export const openDownload = (services: Services, context: CommandContext, id: Id): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'retrieval.openDownload', async (tx) => {
        const retrieval = await retrievalFor(tx, id);
        const kept = await packageOf(tx.read, id);
        if (kept === undefined) throw new DomainError('retrieval.notPackaged');
        const download = tx.newId();
        await insertDownload(tx, {
            ...{ id: download, retrieval_id: id, person_id: tx.actor },
            ...{ at: tx.now, until: tx.now + DOWNLOAD_OPEN_MS },
        });
        const body = bodyOf({ number: retrieval.number, sha256: kept.sha256 });
        return { result: { id: download }, events: [{ kind: 'retrieval.downloaded', objects: objectsOf(retrieval), body }] };
    });

export const handOver = (
    services: Services,
    context: CommandContext,
    id: Id,
    { receiver, medium, receivedAt }: BodyOf<Endpoints['retrieval.handOver']>,
): Done =>
    runCommand(services.commands, context, 'retrieval.handOver', async (tx) => {
        const retrieval = await retrievalFor(tx, id);
        const kept = await packageOf(tx.read, id);
        if (kept === undefined) throw new DomainError('retrieval.notPackaged');
        const state = decideHandOver({ state: retrieval.state, packagedAt: kept.madeAt }, receivedAt, tx.now);
        const given = { receiver, medium, received_at: receivedAt };
        await insertHandover(tx, { id: tx.newId(), retrieval_id: id, handed_by: tx.actor, ...given, noted_at: tx.now });
        await updateRetrieval(tx, retrieval, { state });
        const body = bodyOf({ number: retrieval.number, receiver, medium, receivedAt, sha256: kept.sha256 });
        return { result: {}, events: [{ kind: 'retrieval.handedOver', objects: objectsOf(retrieval), body }] };
    });

/** Puts the picture of the receipt that both sides signed beside the hand-over. */
export async function addReceiptPaper(
    services: Services,
    context: CommandContext,
    { retrievalId, name }: { readonly retrievalId: Id; readonly name: string },
    bytes: Readable,
): Promise<{ id: Id }> {
    let mediaType = '';
    const look = (head: Uint8Array) => {
        mediaType = mediaTypeOf(head);
    };
    const kept = await keepBytes(services, { orgId: context.orgId, name: 'receipt', most: MOST_SCAN_BYTES, look }, bytes);
    const fingerprint = createHash('sha256')
        .update(`${JSON.stringify([retrievalId, name])}\n${kept.digest.sha256}`)
        .digest('hex');
    return runCommand(
        services.commands,
        { ...context, fingerprint },
        'retrieval.addReceipt',
        async (tx) => {
            const retrieval = await retrievalFor(tx, retrievalId);
            decideReceiptPaper({ state: retrieval.state, papers: await countReceipts(tx.read, retrievalId) });
            const blob = await blobFor(tx, kept.digest, { storeId: services.store.id, key: kept.key });
            const id = tx.newId();
            await insertReceiptPaper(tx, {
                ...{ id, retrieval_id: retrievalId, blob_id: blob.id, file_name: name, media_type: mediaType },
                ...{ added_by: tx.actor, added_at: tx.now },
            });
            const content = [vouched(kept.digest)];
            const body = bodyOf({ number: retrieval.number, paper: id, name });
            return {
                result: { id },
                events: [{ kind: 'retrieval.receiptAdded', objects: objectsOf(retrieval), content, body }],
            };
        },
        { retryOn: ['blob_content'] },
    );
}
