import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
    AbortMultipartUploadCommand,
    CompleteMultipartUploadCommand,
    CreateMultipartUploadCommand,
    ListMultipartUploadsCommand,
    PutObjectCommand,
    UploadPartCommand,
} from '@aws-sdk/client-s3';
import { DomainError, type Instant } from '@liuhen/domain';
import { asOurs, type Bucket } from './s3-bucket.ts';

const MIB = 1n << 20n;
/** Bytes of a part; more where 10,000 parts, the most there may be, would not do (Amazon S3 User Guide, multipart limits). */
const PART = 16n * MIB;
const MOST_PARTS = 10_000n;
const AT_ONCE = 3;
const TRIES = 4;
const PAUSE_MS = 250;
/** What nobody has finished for so long was left by a process that ended. */
const STALE_MS = 24 * 60 * 60_000;

type Span = { readonly number: number; readonly start: bigint; readonly end: bigint };

/** Makes a file an object: in one request when it is small, else in parts of which several are under way at once. */
export async function uploadFile(bucket: Bucket, key: string, path: string, size: bigint): Promise<void> {
    if (size <= PART) {
        await again(() =>
            bucket.client.send(
                new PutObjectCommand({
                    Bucket: bucket.name,
                    Key: key,
                    Body: size === 0n ? Buffer.alloc(0) : createReadStream(path),
                    ContentLength: Number(size),
                }),
            ),
        );
        return;
    }
    const { UploadId } = await bucket.client
        .send(new CreateMultipartUploadCommand({ Bucket: bucket.name, Key: key }))
        .catch(asOurs);
    const upload = { Bucket: bucket.name, Key: key, UploadId };
    try {
        const spans = spansOf(size);
        const waiting = [...spans];
        const tags: string[] = [];
        const worker = async (): Promise<void> => {
            for (let span = waiting.shift(); span !== undefined; span = waiting.shift()) {
                tags[span.number - 1] = await uploadPart(bucket, upload, path, span);
            }
        };
        const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
        for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
        const Parts = tags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
        await bucket.client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } })).catch(asOurs);
    } catch (error) {
        // Parts that nobody completes are paid for, but are no object; the next clearing takes what cannot be taken now.
        await bucket.client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
        throw error;
    }
}

export function spansOf(size: bigint): Span[] {
    const least = (size + MOST_PARTS - 1n) / MOST_PARTS;
    const length = least <= PART ? PART : ((least + MIB - 1n) / MIB) * MIB;
    const spans: Span[] = [];
    for (let start = 0n; start < size; start += length) {
        const end = start + length;
        spans.push({ number: spans.length + 1, start, end: end < size ? end : size });
    }
    return spans;
}

async function uploadPart(
    bucket: Bucket,
    upload: { Bucket: string; Key: string; UploadId: string | undefined },
    path: string,
    { number, start, end }: Span,
): Promise<string> {
    const { ETag } = await again(() =>
        bucket.client.send(
            new UploadPartCommand({
                ...upload,
                PartNumber: number,
                // A new stream for each try: one that has been read cannot be sent again.
                Body: createReadStream(path, { start: Number(start), end: Number(end) - 1 }),
                ContentLength: Number(end - start),
            }),
        ),
    );
    if (ETag === undefined) throw new DomainError('storage.unavailable');
    return ETag;
}

async function again<T>(send: () => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried += 1) {
        try {
            return await send();
        } catch (error) {
            if (tried === TRIES) return asOurs(error);
            await sleep(PAUSE_MS * 2 ** (tried - 1));
        }
    }
}

/** Removes uploads in parts that were begun before `now` minus a day; gives how many. */
export async function abortStaleUploads(bucket: Bucket, now: Instant): Promise<number> {
    let aborted = 0;
    const found = await bucket.client.send(new ListMultipartUploadsCommand({ Bucket: bucket.name })).catch(asOurs);
    for (const { Key, UploadId, Initiated } of found.Uploads ?? []) {
        if (Initiated === undefined || now - Initiated.getTime() < STALE_MS) continue;
        await bucket.client.send(new AbortMultipartUploadCommand({ Bucket: bucket.name, Key, UploadId })).catch(asOurs);
        aborted += 1;
    }
    return aborted;
}
