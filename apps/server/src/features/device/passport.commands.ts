import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type Annex2Id, bodyOf, DomainError, type Id, mediaTypeOf, type PaperKind } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { blobFor } from '../../platform/storage/blob-rows.ts';
import { keepBytes } from '../../platform/storage/keep-bytes.ts';
import { insertPaper, lockPaper, updatePaper } from './passport.store.ts';

export const MOST_PAPER_BYTES = 32 << 20;

export type PaperWish = {
    readonly deviceId: Id;
    readonly kind: PaperKind;
    readonly requirements: readonly Annex2Id[];
    readonly forModel: boolean;
    readonly number: string;
    readonly issuer: string;
    readonly issuedOn: string | null;
    readonly expiresOn: string | null;
    readonly note: string | null;
    readonly fileName: string;
};

/** Records what rests on a certificate or data sheet: nothing of it counts without the document. */
export async function recordPaper(
    services: Services,
    context: CommandContext,
    wish: PaperWish,
    bytes: Readable,
): Promise<{ id: Id }> {
    let mediaType = '';
    const look = (head: Uint8Array) => {
        try {
            mediaType = mediaTypeOf(head);
        } catch {
            throw new DomainError('device.paperKindUnknown');
        }
    };
    const kept = await keepBytes(services, { orgId: context.orgId, name: 'paper', most: MOST_PAPER_BYTES, look }, bytes);
    const { sha256, sm3, size, chunkRoot } = kept.digest;
    const fingerprint = createHash('sha256')
        .update(`${JSON.stringify(wish)}\n${sha256}`)
        .digest('hex');
    return runCommand(services.commands, { ...context, fingerprint }, 'device.recordPaper', async (tx) => {
        const device = await tx.db
            .selectFrom('device')
            .select(['id', 'model'])
            .where('id', '=', wish.deviceId)
            .where('org_id', '=', tx.orgId)
            .executeTakeFirst();
        if (device === undefined) throw new DomainError('device.notFound');
        if (wish.forModel && device.model === null) throw new DomainError('device.modelMissing');
        const blob = await blobFor(tx, kept.digest, { storeId: services.store.id, key: kept.key });
        const paper = await insertPaper(tx, {
            id: tx.newId(),
            model: wish.forModel ? device.model : null,
            device_id: wish.forModel ? null : device.id,
            requirements: [...wish.requirements],
            kind: wish.kind,
            number: wish.number,
            issuer: wish.issuer,
            issued_on: wish.issuedOn,
            expires_on: wish.expiresOn,
            note: wish.note,
            blob_id: blob.id,
            media_type: mediaType,
            file_name: wish.fileName,
            recorded_by: tx.actor,
            recorded_at: tx.now,
        });
        const { kind, number, issuer, expiresOn, requirements } = wish;
        return {
            result: { id: paper.id },
            events: [
                {
                    kind: 'device.paperRecorded',
                    creates: [paper.id],
                    objects: [device.id],
                    content: [{ sha256, sm3, size: String(size), chunkRoot }],
                    body: bodyOf({ kind, number, issuer, expiresOn, requirements: [...requirements], forModel: wish.forModel }),
                },
            ],
        };
    });
}

/** Takes a mistaken one back; it stays in the register. */
export const withdrawPaper = (
    services: Services,
    context: CommandContext,
    at: { id: Id; paperId: Id },
    reason: string,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'device.withdrawPaper', async (tx) => {
        const paper = await lockPaper(tx, at.paperId);
        if (paper === undefined) throw new DomainError('device.paperNotFound');
        if (paper.withdrawn_at !== null) throw new DomainError('device.paperWithdrawn');
        await updatePaper(tx, paper, { withdrawn_at: tx.now, withdrawn_by: tx.actor, withdrawn_why: reason });
        return { result: {}, events: [{ kind: 'device.paperWithdrawn', objects: [at.paperId, at.id], body: { reason } }] };
    });
