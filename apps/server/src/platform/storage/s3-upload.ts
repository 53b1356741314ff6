import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
    AbortMultipartUploadCommand,
    CompleteMultipartUploadCommand,
    CreateMultipartUploadCommand,
    ListMultipartUploadsCommand,
    type ListMultipartUploadsCommandOutput,
    PutObjectCommand,
    UploadPartCommand,
} from '@aws-sdk/client-s3';
import { CHUNK_SIZE, DomainError, type Instant } from '@liuhen/domain';
import { failpoint } from '../failpoint.ts';
import { asOurs, type Bucket } from './s3-bucket.ts';

const CHUNK = BigInt(CHUNK_SIZE);
/** Bytes of a part, in whole chunks; more where 10,000 parts, the most there may be, would not do (Amazon S3 User Guide, multipart limits). */
const PART = 4n * CHUNK;
const MOST_PARTS = 10_000n;
const AT_ONCE = 3;
const TRIES = 4;
const PAUSE_MS = 250;
/** What nobody has finished for so long was left by a process that ended. */
const STALE_MS = 24 * 60 * 60_000;

type Span = { readonly number: number; readonly start: bigint; readonly end: bigint };

/** Gives bytes [start, end) of the content anew each time it is asked: a stream that has been read cannot be sent again. */
export type ReadSpan = (start: bigint, end: bigint) => Promise<Readable> | Readable;

/**
 * Makes content an object: in one request when it is small, else in parts of which several are under way at once. What reading
 * throws comes out as it is.
 */
export async function uploadObject(bucket: Bucket, key: string, size: bigint, read: ReadSpan): Promise<void> {
    if (size <= PART) {
        const at = { Bucket: bucket.name, Key: key, ContentLength: Number(size) };
        if (size === 0n) {
            await again(() => bucket.client.send(new PutObjectCommand({ ...at, Body: Buffer.alloc(0) })));
            return;
        }
        await sendSpan(read, 0n, size, (Body, abortSignal) =>
            bucket.client.send(new PutObjectCommand({ ...at, Body }), { abortSignal }),
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
                tags[span.number - 1] = await uploadPart(bucket, upload, read, span);
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
    const length = least <= PART ? PART : ((least + CHUNK - 1n) / CHUNK) * CHUNK;
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
    read: ReadSpan,
    { number, start, end }: Span,
): Promise<string> {
    const { ETag } = await sendSpan(read, start, end, (Body, abortSignal) =>
        bucket.client.send(new UploadPartCommand({ ...upload, PartNumber: number, Body, ContentLength: Number(end - start) }), {
            abortSignal,
        }),
    );
    if (ETag === undefined) throw new DomainError('storage.unavailable');
    failpoint('storage.partSent');
    return ETag;
}

/**
 * Sends a span as a stream. Where reading it fails in the middle the request is given up, which nothing would end otherwise, and
 * what reading threw is thrown: damage here is no fault of the service.
 */
function sendSpan<T>(
    read: ReadSpan,
    start: bigint,
    end: bigint,
    send: (body: Readable, abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
    return again(async () => {
        const body = await read(start, end);
        const stop = new AbortController();
        let failure: unknown;
        body.on('error', (error) => {
            failure ??= error;
            stop.abort();
        });
        try {
            return await send(body, stop.signal);
        } catch (error) {
            throw failure ?? error;
        } finally {
            body.destroy();
        }
    });
}

async function again<T>(send: () => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried += 1) {
        try {
            return await send();
        } catch (error) {
            if (tried === TRIES || error instanceof DomainError) return asOurs(error);
            await sleep(PAUSE_MS * 2 ** (tried - 1));
        }
    }
}

/** Ends uploads in parts that were begun before `now` minus a day; gives how many. */
export async function abortStaleUploads(bucket: Bucket, now: Instant): Promise<number> {
    let aborted = 0;
    let after: { KeyMarker: string; UploadIdMarker: string } | undefined;
    do {
        const ask = new ListMultipartUploadsCommand({ Bucket: bucket.name, ...after });
        const page: ListMultipartUploadsCommandOutput = await bucket.client.send(ask).catch(asOurs);
        for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
            if (Initiated === undefined || now - Initiated.getTime() < STALE_MS) continue;
            await bucket.client.send(new AbortMultipartUploadCommand({ Bucket: bucket.name, Key, UploadId })).catch(asOurs);
            aborted += 1;
        }
        const { NextKeyMarker, NextUploadIdMarker } = page;
        const goesOn = page.IsTruncated === true && NextKeyMarker !== undefined && NextUploadIdMarker !== undefined;
        after = goesOn ? { KeyMarker: NextKeyMarker, UploadIdMarker: NextUploadIdMarker } : undefined;
    } while (after !== undefined);
    return aborted;
}
