import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import {
    AbortMultipartUploadCommand,
    CompleteMultipartUploadCommand,
    CopyObjectCommand,
    CreateMultipartUploadCommand,
    UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { DomainError } from '@liuhen/domain';
import { checkedPart, isPart, PARTS } from './part-key.ts';
import { asOurs, type Bucket } from './s3-bucket.ts';
import { s3Source } from './s3-source.ts';
import { spansOf, uploadObject } from './s3-upload.ts';
import type { KeptPart, PartStore } from './store.ts';
import { verifiedRead } from './verified-read.ts';

const AT_ONCE = 3;

/**
 * Parts of unfinished uploads as objects of their own, `uploads/<organisation>/<upload>/<start>-<end>-<id>`, and not as parts of an open
 * multipart upload: those can be read by nobody before the end, so that nothing could be acknowledged as read back, and no other node
 * could go on. Each but the last is as long as a part of an object has to be (5 MiB at least, Amazon S3 User Guide, multipart limits).
 */
export function s3Parts(bucket: Bucket): Omit<PartStore, 'assemble'> & {
    copyInto(name: string, parts: readonly KeptPart[]): Promise<void>;
} {
    const pieces = (part: KeptPart) => {
        const size = part.end - part.start;
        return verifiedRead(s3Source(bucket, checkedPart(part.key), size), size, part.digests, 0n, size);
    };
    return {
        spans: spansOf,

        async keep({ orgId, uploadId }, { start, end, digests }, path) {
            const key = `${PARTS}${orgId}/${uploadId}/${start}-${end}-${randomUUID()}`;
            await uploadObject(bucket, key, end - start, (from, to) =>
                createReadStream(path, { start: Number(start + from), end: Number(start + to) - 1 }),
            );
            for await (const piece of pieces({ key, start, end, digests })) void piece;
            return key;
        },

        fetch: (part, path) => pipeline(pieces(part), createWriteStream(path, { flags: 'r+', start: Number(part.start) })),

        async remove(keys) {
            for (const key of keys) await bucket.remove(checkedPart(key));
        },

        async *list() {
            for await (const { key, changedAt } of bucket.list(PARTS)) if (isPart(key)) yield { key, changedAt };
        },

        /** The service copies within itself; nothing of it travels. */
        async copyInto(name, parts) {
            const [only] = parts;
            if (only !== undefined && parts.length === 1) {
                const one = { Bucket: bucket.name, Key: name, CopySource: `${bucket.name}/${checkedPart(only.key)}` };
                await bucket.client.send(new CopyObjectCommand(one)).catch(asOurs);
                return;
            }
            const at = { Bucket: bucket.name, Key: name };
            const { UploadId } = await bucket.client.send(new CreateMultipartUploadCommand(at)).catch(asOurs);
            try {
                const Parts = await copyParts(bucket, { ...at, UploadId }, parts);
                const done = new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } });
                await bucket.client.send(done).catch(asOurs);
            } catch (error) {
                await bucket.client.send(new AbortMultipartUploadCommand({ ...at, UploadId })).catch(() => undefined);
                throw error;
            }
        },
    };
}

async function copyParts(
    bucket: Bucket,
    upload: { Bucket: string; Key: string; UploadId: string | undefined },
    parts: readonly KeptPart[],
): Promise<{ ETag: string; PartNumber: number }[]> {
    const done: { ETag: string; PartNumber: number }[] = [];
    const waiting = parts.map((part, index) => ({ part, number: index + 1 }));
    const worker = async (): Promise<void> => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
            const CopySource = `${bucket.name}/${checkedPart(next.part.key)}`;
            const copy = new UploadPartCopyCommand({ ...upload, PartNumber: next.number, CopySource });
            const { CopyPartResult } = await bucket.client.send(copy).catch(asOurs);
            if (CopyPartResult?.ETag === undefined) throw new DomainError('storage.unavailable');
            done.push({ ETag: CopyPartResult.ETag, PartNumber: next.number });
        }
    };
    const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    return done.sort((a, b) => a.PartNumber - b.PartNumber);
}
