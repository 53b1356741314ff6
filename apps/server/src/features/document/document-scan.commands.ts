import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
    bodyOf,
    type ContentDigest,
    DomainError,
    hasCodes,
    type Id,
    MOST_SCAN_BYTES,
    mediaTypeOf,
    type ScanFinding,
    type ScanRole,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { blobFor } from '../../platform/storage/blob-rows.ts';
import { keepBytes } from '../../platform/storage/keep-bytes.ts';
import { lockDocument } from './document.store.ts';
import { noteSealScan, printOf } from './document-paper.store.ts';
import { healScans, insertScan } from './document-scan.store.ts';
import { SCAN_TASK } from './document-scan-task.ts';

export type ScanWish = {
    documentId: Id;
    role: ScanRole;
    printId: Id | undefined;
    name: string;
};

/**
 * A picture of the paper: first the bytes, durable and hashed, then the row that names them. Which print it is of is read from the
 * codes on its sheets afterwards, by a job; `printId` is what whoever scanned it believes. The same bytes, come again after what was
 * stored was damaged, make earlier scans whole.
 */
export async function addScan(
    services: Services,
    context: CommandContext,
    wish: ScanWish,
    bytes: Readable,
): Promise<{ id: Id; finding: ScanFinding; sha256: string }> {
    const { digest, mediaType, key } = await storeBytes(services, context, bytes);
    return runCommand(
        services.commands,
        // The bytes belong to what was asked for: the same command id with another file is another command.
        {
            ...context,
            fingerprint: createHash('sha256')
                .update(`${JSON.stringify(wish)}\n${digest.sha256}`)
                .digest('hex'),
        },
        'document.addScan',
        async (tx) => {
            const row = await lockDocument(tx, wish.documentId);
            if (row === undefined) throw new DomainError('document.notFound');
            const print = wish.printId === undefined ? undefined : await printOf(tx, row.id, wish.printId);
            if (wish.printId !== undefined && print === undefined) throw new DomainError('document.printNotFound');
            const finding: ScanFinding = hasCodes(wish.role) ? 'waiting' : 'notRead';
            const blob = await blobFor(tx, digest, { storeId: services.store.id, key });
            const scan = await insertScan(tx, {
                id: tx.newId(),
                document_id: row.id,
                blob_id: blob.id,
                role: wish.role,
                print_id: print?.id ?? null,
                finding,
                display_name: wish.name,
                media_type: mediaType,
                added_by: tx.actor,
                added_at: tx.now,
            });
            const restored = blob.isNew ? [] : await healScans(tx, blob.id);
            for (const scanId of [scan.id, ...restored.map((each) => each.id)])
                tx.enqueue({ task: SCAN_TASK, payload: { scanId } });
            if (wish.role === 'sealed') await noteSealScan(tx, row.id, scan.id);
            const { sha256, sm3, size, chunkRoot } = digest;
            return {
                result: { id: scan.id, finding, sha256 },
                events: [
                    {
                        kind: 'document.scanBound',
                        objects: [row.id],
                        content: [{ sha256, sm3, size: String(size), chunkRoot }],
                        body: bodyOf({
                            scan: scan.id,
                            role: wish.role,
                            name: wish.name,
                            print: print?.id,
                            finding,
                        }),
                    },
                    ...restored.map((each) => ({
                        kind: 'document.scanRestored' as const,
                        objects: [each.document_id],
                        body: { scan: each.id },
                    })),
                ],
            };
        },
        { retryOn: ['blob_content'] },
    );
}

async function storeBytes(
    services: Services,
    { orgId }: CommandContext,
    bytes: Readable,
): Promise<{ digest: ContentDigest; mediaType: string; key: string }> {
    let mediaType = '';
    const look = (head: Uint8Array) => {
        mediaType = mediaTypeOf(head);
    };
    const kept = await keepBytes(services, { orgId, name: 'scan', most: MOST_SCAN_BYTES, look }, bytes);
    return { ...kept, mediaType };
}
