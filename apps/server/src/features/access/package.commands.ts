import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    type ContentDigest,
    type DiscMedium,
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
import type { Tx } from '../../platform/command/tx.ts';
import { derivedId } from '../../platform/derived-id.ts';
import type { Services } from '../../platform/services.ts';
import { blobFor } from '../../platform/storage/blob-rows.ts';
import { type KeptBytes, keepBytes } from '../../platform/storage/keep-bytes.ts';
import { beginDiscs, refuseWithoutProgram } from './discs.commands.ts';
import { discImage } from './discs.queries.ts';
import { countReceipts, packageOf } from './package.queries.ts';
import { objectsOf, retrievalFor } from './retrieval.commands.ts';
import {
    insertDownload,
    insertHandover,
    insertReceiptPaper,
    lockRetrieval,
    putPackage,
    setPackageBlob,
    updateRetrieval,
} from './retrieval.store.ts';

type Done = Promise<Record<string, never>>;

export const PACK_TASK = 'retrieval.pack';

/** Nothing of a making that is over stays on the row but why the last one failed. */
const NO_PACKING = { packing_id: null, packing_by: null, packing_since: null, packing_medium: null } as const;

/** 由专门管理人员统一提供: whoever begins it is the maker and the one who takes the copies (制作人、提取人). */
export async function startPacking(
    services: Services,
    context: CommandContext,
    { id, medium }: { readonly id: Id; readonly medium: DiscMedium | undefined },
): Done {
    // Said before the work, not after it.
    if (medium !== undefined) await refuseWithoutProgram();
    return runCommand(services.commands, context, 'retrieval.pack', async (tx) => {
        const retrieval = await retrievalFor(tx, id);
        const state = stepOfRetrieval(retrieval.state, 'pack');
        const packingId = tx.newId();
        const by = { packing_id: packingId, packing_by: tx.actor, packing_since: tx.now, packing_medium: medium ?? null };
        await updateRetrieval(tx, retrieval, { state, ...by, packing_failed: null, packing_name: null });
        tx.enqueue({ task: PACK_TASK, payload: { retrievalId: id, packingId }, key: `${PACK_TASK}:${packingId}` });
        const body = bodyOf({ number: retrieval.number, medium });
        return { result: {}, events: [{ kind: 'retrieval.packingStarted', objects: objectsOf(retrieval), body }] };
    });
}

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
    about: Making,
    { code, name }: { readonly code: string; readonly name: string | null },
): Promise<null> =>
    runCommand(services.commands, systemContext(about, 'failed'), 'retrieval.failPacking', async (tx) => {
        const retrieval = await making(tx, about);
        const state = stepOfRetrieval(retrieval.state, 'stopPacking');
        await updateRetrieval(tx, retrieval, { state, ...NO_PACKING, packing_failed: code, packing_name: name });
        const body = bodyOf({ number: retrieval.number, code, name });
        return { result: null, events: [{ kind: 'retrieval.packingFailed', objects: objectsOf(retrieval), body }] };
    });

/** Rows and entries of a making that is going on. Throws `conflict.changedMeanwhile` where it is over. */
async function making(tx: Tx, { retrievalId, packingId }: Making) {
    const retrieval = await lockRetrieval(tx, retrievalId);
    if (retrieval?.packing_id !== packingId || retrieval.packing_by === null) throw new DomainError('conflict.changedMeanwhile');
    return { ...retrieval, packing_by: retrieval.packing_by };
}

const systemContext = ({ orgId, packingId }: Making, ...what: ['issued', string] | ['kept'] | ['failed']): CommandContext => ({
    actor: SYSTEM_ID,
    orgId,
    readOrgs: [orgId],
    commandId: derivedId('packing', packingId, ...what),
});

/**
 * Issues a package: the entry vouches for its list, and is put into it afterwards. Done once for a list, however often the making is begun
 * again; a node that cannot go on with what another wrote makes another list, which is issued in its place.
 */
export const issuePackage = (
    services: Services,
    about: Making,
    made: { readonly manifest: KeptBytes; readonly files: number },
): Promise<null> =>
    runCommand(
        services.commands,
        systemContext(about, 'issued', made.manifest.digest.sha256),
        'retrieval.issuePackage',
        async (tx) => {
            const retrieval = await making(tx, about);
            const { digest, key } = made.manifest;
            const manifest = await blobFor(tx, digest, { storeId: services.store.id, key });
            const { id, number, packing_by: madeBy } = retrieval;
            await putPackage(tx, {
                ...{ id: about.packingId, retrieval_id: id, blob_id: null, file_name: `${number}.zip`, files: made.files },
                ...{ manifest_id: manifest.id, made_by: madeBy, made_at: tx.now },
            });
            const body = bodyOf({ number, manifestSha256: digest.sha256, files: made.files, madeBy });
            const content = [vouched(digest)];
            return {
                result: null,
                events: [{ kind: 'retrieval.packaged', objects: [...objectsOf(retrieval), about.packingId], content, body }],
            };
        },
        { retryOn: ['blob_content'] },
    );

/** The whole package lies in storage, the entry of its issuing in it: what is handed out, and the duplicate that is kept (复制留存). */
export const keepPackage = (services: Services, about: Making, zip: KeptBytes): Promise<null> =>
    runCommand(
        services.commands,
        systemContext(about, 'kept'),
        'retrieval.keepPackage',
        async (tx) => {
            const retrieval = await making(tx, about);
            const state = stepOfRetrieval(retrieval.state, 'finishPacking');
            const blob = await blobFor(tx, zip.digest, { storeId: services.store.id, key: zip.key });
            await setPackageBlob(tx, about.packingId, blob.id);
            await updateRetrieval(tx, retrieval, { state, ...NO_PACKING });
            const { packing_medium: medium, packing_by: by } = retrieval;
            const discs =
                medium === null
                    ? undefined
                    : await beginDiscs(services, tx, retrieval, { packageId: about.packingId, medium, by });
            const content = [vouched(zip.digest)];
            const body = bodyOf({ number: retrieval.number });
            return {
                result: null,
                events: [
                    { kind: 'retrieval.packageKept', objects: [...objectsOf(retrieval), about.packingId], content, body },
                    ...(discs === undefined ? [] : [discs.event]),
                ],
            };
        },
        { retryOn: ['blob_content'] },
    );

const vouched = ({ sha256, sm3, size, chunkRoot }: ContentDigest) => ({ sha256, sm3, size: String(size), chunkRoot });

/** An entry before the first byte; the bytes may then be fetched for a while, also in parts. */
export const openDownload = (
    services: Services,
    context: CommandContext,
    { id, discId }: { readonly id: Id; readonly discId: Id | undefined },
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'retrieval.openDownload', async (tx) => {
        const retrieval = await retrievalFor(tx, id);
        const kept = await packageOf(tx.read, id);
        if (kept === undefined) throw new DomainError('retrieval.notPackaged');
        const disc = discId === undefined ? undefined : await discImage(tx.read, id, discId);
        if (discId !== undefined && disc === undefined) throw new DomainError('retrieval.discsNotFound');
        const download = tx.newId();
        await insertDownload(tx, {
            ...{ id: download, retrieval_id: id, person_id: tx.actor, disc_id: discId ?? null },
            ...{ at: tx.now, until: tx.now + DOWNLOAD_OPEN_MS },
        });
        const body = bodyOf({ number: retrieval.number, sha256: disc?.sha256 ?? kept.sha256, disc: disc?.fileName });
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
