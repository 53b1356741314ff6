import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
    bodyOf,
    type ContentDigest,
    DomainError,
    type Id,
    MOST_SCAN_BYTES,
    mediaTypeOf,
    type ScanFinding,
    type ScanRole,
    scanFinding,
    toHex,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { blobFor } from '../../platform/storage/blob-rows.ts';
import { lockDocument } from './document.store.ts';
import { anyPrint, insertScan, noteSealScan } from './document-paper.store.ts';

export type ScanWish = {
    documentId: Id;
    role: ScanRole;
    printId: Id | undefined;
    digestRead: string | undefined;
    name: string;
};

/**
 * A picture of the paper: first the bytes, durable and hashed, then the row that names them. It is bound to the print whose
 * code stands on it; what does not agree is stated as a finding and kept all the same.
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
            const print = wish.printId === undefined ? undefined : await anyPrint(tx, wish.printId);
            if (wish.printId !== undefined && print === undefined) throw new DomainError('document.printNotFound');
            const facts =
                print === undefined
                    ? undefined
                    : { id: print.id, documentId: print.document_id, revision: print.revision, digest: toHex(print.digest) };
            const finding = scanFinding({ id: row.id, revision: row.revision }, facts, wish.digestRead);
            const blob = await blobFor(tx, digest, { storeId: services.store.id, key });
            const scan = await insertScan(tx, {
                id: tx.newId(),
                document_id: row.id,
                blob_id: blob.id,
                role: wish.role,
                print_id: print?.id ?? null,
                digest_read: wish.digestRead ?? null,
                finding,
                display_name: wish.name,
                media_type: mediaType,
                added_by: tx.actor,
                added_at: tx.now,
            });
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
                            digestRead: wish.digestRead,
                            finding,
                        }),
                    },
                ],
            };
        },
        { retryOn: ['blob_content'] },
    );
}

async function storeBytes(
    services: Services,
    context: CommandContext,
    bytes: Readable,
): Promise<{ digest: ContentDigest; mediaType: string; key: string }> {
    const { store, hashes, clock } = services;
    await store.assertWritable();
    const reservation = await store.reserve(BigInt(MOST_SCAN_BYTES));
    const path = join(store.stagingFolder, `scan-${clock.newId()}`);
    try {
        const head = await writeDurably(path, bytes);
        const mediaType = mediaTypeOf(head);
        const digest = await hashes.hashFile(path);
        const { key } = await store.put({ orgId: context.orgId, path, digest });
        return { digest, mediaType, key };
    } finally {
        reservation.release();
        await rm(path, { force: true });
    }
}

/** Writes and syncs a bounded file; gives its first bytes. */
async function writeDurably(path: string, bytes: Readable): Promise<Uint8Array> {
    const file = await open(path, 'wx');
    let size = 0;
    let head = Buffer.alloc(0);
    try {
        await pipeline(bytes, async (source: AsyncIterable<Buffer>) => {
            for await (const piece of source) {
                size += piece.length;
                if (size > MOST_SCAN_BYTES) throw new DomainError('request.tooLarge', { limit: MOST_SCAN_BYTES });
                if (head.length < 8) head = Buffer.concat([head, piece]).subarray(0, 8);
                await file.writeFile(piece);
            }
        });
        await file.sync();
        return head;
    } finally {
        await file.close();
    }
}
