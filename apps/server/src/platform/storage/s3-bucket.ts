import type { Readable } from 'node:stream';
import {
    DeleteObjectCommand,
    GetBucketVersioningCommand,
    GetObjectCommand,
    HeadObjectCommand,
    ListObjectsV2Command,
    type ListObjectsV2CommandOutput,
    ListObjectVersionsCommand,
    type ListObjectVersionsCommandOutput,
    PutBucketVersioningCommand,
    PutObjectCommand,
    S3Client,
    S3ServiceException,
} from '@aws-sdk/client-s3';
import { DomainError, type Instant } from '@liuhen/domain';

export type S3Access = {
    /** Absent: the endpoint of the region. */
    readonly endpoint?: string | undefined;
    readonly region: string;
    readonly bucket: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
};

/** `changedAt`: when these bytes came, by the service's clock. */
export type Listed = { readonly key: string; readonly size: bigint; readonly changedAt: Instant };

/** One bucket, in the words the store needs. Whatever the far end answers comes out as an error of ours. */
export type Bucket = {
    readonly client: S3Client;
    readonly name: string;
    head(key: string): Promise<bigint | undefined>;
    /** Bytes [from, to) as a stream; the whole object without a range. Throws `storage.objectMissing`. */
    get(key: string, range?: { from: bigint; to: bigint }): Promise<Readable>;
    putBytes(key: string, bytes: Uint8Array): Promise<void>;
    /** Every version of it. Throws `storage.locked` while one of them must not go. */
    remove(key: string): Promise<void>;
    /** What lies under a prefix now, in the order of names. */
    list(prefix: string): AsyncGenerator<Listed>;
    isEmpty(): Promise<boolean>;
    /** Whether what is overwritten or removed stays as an earlier version. */
    isVersioned(): Promise<boolean>;
    keepVersions(): Promise<void>;
    close(): void;
};

/**
 * Names of hosts are not put before the endpoint: gateways of one's own seldom have a name for each bucket. The library's
 * checksums are left to where the service demands them: every object is read back and compared with digests of ours.
 */
export function openBucket({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Access): Bucket {
    const client = new S3Client({
        region,
        ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
        credentials: { accessKeyId, secretAccessKey },
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
        maxAttempts: 4,
    });
    const at = (key: string) => ({ Bucket: bucket, Key: key });
    return {
        client,
        name: bucket,
        async head(key) {
            const found = await client.send(new HeadObjectCommand(at(key))).catch(missingAsNothing);
            return found === undefined ? undefined : BigInt(found.ContentLength ?? 0);
        },
        async get(key, range) {
            const Range = range === undefined ? {} : { Range: `bytes=${range.from}-${range.to - 1n}` };
            const found = await client.send(new GetObjectCommand({ ...at(key), ...Range })).catch(missingAsNothing);
            if (found?.Body === undefined) throw new DomainError('storage.objectMissing');
            return found.Body as Readable;
        },
        async putBytes(key, bytes) {
            await client.send(new PutObjectCommand({ ...at(key), Body: bytes, ContentLength: bytes.length })).catch(asOurs);
        },
        async remove(key) {
            for (const version of await versionsOf(client, bucket, key)) {
                await client.send(new DeleteObjectCommand({ ...at(key), VersionId: version })).catch(asOurs);
            }
        },
        list: (prefix) => listed(client, bucket, prefix),
        async isEmpty() {
            const found = await client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 })).catch(asOurs);
            return (found.KeyCount ?? 0) === 0;
        },
        async isVersioned() {
            const found = await client.send(new GetBucketVersioningCommand({ Bucket: bucket })).catch(asOurs);
            return found.Status === 'Enabled';
        },
        async keepVersions() {
            const VersioningConfiguration = { Status: 'Enabled' as const };
            await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration })).catch(asOurs);
        },
        close: () => client.destroy(),
    };
}

async function* listed(client: S3Client, bucket: string, prefix: string): AsyncGenerator<Listed> {
    let next: string | undefined;
    do {
        const from = next === undefined ? {} : { ContinuationToken: next };
        const ask = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...from });
        const page: ListObjectsV2CommandOutput = await client.send(ask).catch(asOurs);
        for (const { Key, Size, LastModified } of page.Contents ?? []) {
            if (Key !== undefined) yield { key: Key, size: BigInt(Size ?? 0), changedAt: LastModified?.getTime() ?? 0 };
        }
        next = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (next !== undefined);
}

/** Where nothing is versioned the only version is called `null`. */
async function versionsOf(client: S3Client, bucket: string, key: string): Promise<string[]> {
    const ids: string[] = [];
    let marker: { KeyMarker: string; VersionIdMarker?: string } | undefined;
    do {
        const ask = new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, ...marker });
        const page: ListObjectVersionsCommandOutput = await client.send(ask).catch(asOurs);
        const own = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].filter((each) => each.Key === key);
        ids.push(...own.map((each) => each.VersionId ?? 'null'));
        const { NextKeyMarker, NextVersionIdMarker } = page;
        const version = NextVersionIdMarker === undefined ? {} : { VersionIdMarker: NextVersionIdMarker };
        marker = page.IsTruncated === true && NextKeyMarker !== undefined ? { KeyMarker: NextKeyMarker, ...version } : undefined;
    } while (marker !== undefined);
    return ids;
}

const MISSING = new Set(['NotFound', 'NoSuchKey']);
/** What a lock answers with; the words differ by service, the status does not. */
const REFUSED = 403;

function missingAsNothing(error: unknown): undefined {
    if (error instanceof S3ServiceException && MISSING.has(error.name)) return undefined;
    return asOurs(error);
}

/**
 * The far end's errors name hosts, buckets and request ids: none of it is for a user. `storage.locked` where the service
 * says that a lock stands against it, `storage.badRange` is never asked for, everything else is `storage.unavailable`.
 */
export function asOurs(error: unknown): never {
    if (error instanceof DomainError) throw error;
    if (error instanceof S3ServiceException) {
        const locked =
            error.$metadata.httpStatusCode === REFUSED &&
            /lock|retention|legal hold|WORM/i.test(`${error.name} ${error.message}`);
        if (locked) throw new DomainError('storage.locked', {}, { cause: error });
    }
    throw new DomainError('storage.unavailable', {}, { cause: error });
}
