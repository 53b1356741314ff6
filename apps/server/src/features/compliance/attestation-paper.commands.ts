import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
    attestableFor,
    bodyOf,
    DomainError,
    decidePaperOfAttestation,
    type Id,
    MOST_SCAN_BYTES,
    mediaTypeOf,
    type Role,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { blobFor } from '../../platform/storage/blob-rows.ts';
import { keepBytes } from '../../platform/storage/keep-bytes.ts';
import { ownKind } from './attestation.commands.ts';
import { papersOf } from './attestation.queries.ts';
import { insertPaper, lockAttestation } from './attestation.store.ts';

/** Puts the picture of a paper beside the confirmation that rests on it; it stays there, as the confirmation does. */
export async function addAttestationPaper(
    services: Services,
    context: CommandContext,
    roles: readonly Role[],
    { attestationId, name }: { attestationId: Id; name: string },
    bytes: Readable,
): Promise<{ id: Id }> {
    let mediaType = '';
    const look = (head: Uint8Array) => {
        mediaType = mediaTypeOf(head);
    };
    const kept = await keepBytes(services, { orgId: context.orgId, name: 'paper', most: MOST_SCAN_BYTES, look }, bytes);
    const { sha256, sm3, size, chunkRoot } = kept.digest;
    const fingerprint = createHash('sha256')
        .update(`${JSON.stringify([attestationId, name])}\n${sha256}`)
        .digest('hex');
    return runCommand(
        services.commands,
        { ...context, fingerprint },
        'attestation.addPaper',
        async (tx) => {
            const found = await lockAttestation(tx, attestationId);
            if (found === undefined) throw new DomainError('attestation.entryNotFound');
            attestableFor(found.clause, { roles, kind: await ownKind(tx) });
            decidePaperOfAttestation({ withdrawnAt: found.withdrawn_at, papers: (await papersOf(tx.read, [found.id])).length });
            const blob = await blobFor(tx, kept.digest, { storeId: services.store.id, key: kept.key });
            const paper = await insertPaper(tx, {
                id: tx.newId(),
                attestation_id: found.id,
                blob_id: blob.id,
                file_name: name,
                media_type: mediaType,
                added_by: tx.actor,
                added_at: tx.now,
            });
            return {
                result: { id: paper.id },
                events: [
                    {
                        kind: 'attestation.paperAdded',
                        objects: [found.id],
                        content: [{ sha256, sm3, size: String(size), chunkRoot }],
                        body: bodyOf({ paper: paper.id, name }),
                    },
                ],
            };
        },
        { retryOn: ['blob_content'] },
    );
}
