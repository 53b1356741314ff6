import { join, relative } from 'node:path';
import { DomainError, type Id, isId, parseEntry, SYSTEM_ID, toHex } from '@liuhen/domain';
import type { LoggedContent } from '../features/ledger/verify-report.ts';
import type { HashPool } from '../platform/hashing/hash-pool.ts';
import { diskStoreId } from '../platform/storage/sentinel.ts';
import type { BucketCopies } from './bucket-copies.ts';
import { checkFile, type FileToCheck } from './check-file.ts';
import { eachLimited } from './each-limited.ts';
import type { InstallationFolder } from './installation-folder.ts';
import {
    type Account,
    type DocumentRef,
    type FileSummary,
    NO_USE,
    type Progress,
    type RecordingRef,
    type Uses,
} from './report.ts';
import type { Snapshot, VerifiedDatabase } from './snapshot.ts';
import { findUnreferenced, findUnreferencedInBucket } from './unreferenced.ts';

export type FileCheck = {
    readonly snapshot: Snapshot;
    readonly database: VerifiedDatabase;
    readonly dataFolder: string;
    readonly folder: InstallationFolder;
    /** Where content lies in a bucket that could be reached. */
    readonly bucket: BucketCopies | undefined;
    /** What the logs vouch for. Read after the snapshot: it knows every entry that the snapshot's rows came with. */
    readonly contents: readonly LoggedContent[];
    readonly account: Account;
    readonly files: FileSummary;
    readonly hashes: HashPool;
    readonly inSample: () => boolean;
    readonly onProgress: (progress: Progress) => void;
    readonly signal: AbortSignal | undefined;
};

type Copy = { store: string; key: string };
type BlobRow = { id: Id; org_id: Id; sha256: Uint8Array; copies: Copy[]; recordings: RecordingRef[]; documents: DocumentRef[] };

/** As the disk store gives them; anything else must not become a path. */
const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64}$/;
const PAGE = 100;
/** Two at a time keep both lanes of hashing busy while the next file is being opened. */
const AT_ONCE = 2;

/** Compares every stored file with the logs, both ways: each logged content has its file, each file its entry. */
export async function checkFiles(check: FileCheck): Promise<void> {
    const expected = new Map(check.contents.map((content) => [nameOf(content.org, content.sha256), content]));
    check.files.contents = expected.size;
    const readable = await storeIsThere(check);
    const unseen = new Map(expected);
    const progress = await openProgress(check);
    await eachLimited(blobs(check), AT_ONCE, async (blob) => {
        const name = nameOf(blob.org_id, toHex(blob.sha256));
        unseen.delete(name);
        await checkBlob(check, blob, expected.get(name), readable);
        progress();
    });
    const quarantined = await quarantinedUploads(check);
    for (const { org, content } of quarantined) unseen.delete(nameOf(org, content.sha256));
    await reportUnseen(check, unseen.values());
    if (check.bucket !== undefined) await findUnreferencedInBucket({ ...check, bucket: check.bucket });
    if (!readable) return;
    for (const upload of quarantined) await checkQuarantined(check, upload);
    await findUnreferenced(check);
}

const nameOf = (org: Id, sha256: string): string => `${org} ${sha256}`;

/** An unmounted volume looks like a store whose files are all gone: its id has to be there. */
async function storeIsThere({ folder, account }: FileCheck): Promise<boolean> {
    const found = await diskStoreId(folder.storeRoot).catch(() => undefined);
    if (found === undefined) account.gap('gap.storeNotMounted', { folder: folder.storeRoot });
    else if (folder.storeId === undefined) account.gap('gap.storeUnknown', { folder: folder.storeRoot });
    else if (found !== folder.storeId) account.gap('gap.wrongStore', { folder: folder.storeRoot });
    return found !== undefined && (folder.storeId === undefined || found === folder.storeId);
}

async function* blobs({ snapshot, signal }: FileCheck): AsyncGenerator<BlobRow> {
    for (let last: Id = SYSTEM_ID; ; ) {
        signal?.throwIfAborted();
        const rows = await snapshot.query<BlobRow>(
            `select b.id, b.org_id, b.sha256,
                 array(select json_build_object('store', c.store, 'key', c.key) from liuhen.blob_copy c
                       where c.blob_id = b.id order by c.id) as copies,
                 array(select json_build_object('id', r.id, 'name', r.display_name) from liuhen.recording r
                       where r.blob_id = b.id order by r.id limit 20) as recordings,
                 array(select json_build_object('id', d.id, 'name', d.name) from (
                       select id, concat_ws(' ', title, number) as name from liuhen.document where id in (select s.document_id from liuhen.document_scan s where s.blob_id = b.id
                               union all select p.document_id from liuhen.document_print p where p.blob_id = b.id
                               union all select c.document_id from liuhen.document_signed_copy c where c.blob_id = b.id)
                       union all select id, file_name from liuhen.attestation_paper where blob_id = b.id
                       union all select id, file_name from liuhen.conformity_paper where blob_id = b.id) d
                       order by d.id limit 20) as documents
             from liuhen.blob b where b.id > $1 order by b.id limit ${PAGE}`,
            [last],
        );
        yield* rows;
        const end = rows.at(-1);
        if (end === undefined || rows.length < PAGE) return;
        last = end.id;
    }
}

async function checkBlob(check: FileCheck, blob: BlobRow, expected: LoggedContent | undefined, readable: boolean): Promise<void> {
    const { account, files, folder } = check;
    const uses: Uses = { recordings: blob.recordings, documents: blob.documents };
    const about = { about: 'file', org: blob.org_id, path: '', ...uses } as const;
    if (blob.copies.length === 0) account.find({ ...about, code: 'content.noCopy', params: { sha256: toHex(blob.sha256) } });
    const file = {
        org: blob.org_id,
        expected,
        uses,
        otherChunkDigests: () => chunkDigestsOf(check.snapshot, blob.id),
    };
    for (const { store, key } of blob.copies) {
        check.signal?.throwIfAborted();
        files.copies++;
        const inBucket = store === check.bucket?.id;
        const elsewhere = !inBucket && folder.storeId !== undefined && store !== folder.storeId;
        if (elsewhere) account.gap('gap.unknownStore', { store });
        else if (!KEY.test(key)) account.find({ ...about, code: 'file.badKey', params: { key: key.slice(0, 200) } });
        else if (inBucket) await checkInBucket(check, key, { ...file, whole: check.inSample() });
        else if (readable) {
            const path = place(check, join(folder.storeRoot, 'objects', key));
            await checkOne(check, { ...path, ...file, whole: check.inSample() });
        }
    }
}

async function checkInBucket(check: FileCheck, key: string, file: Omit<FileToCheck, 'path' | 'shownPath'>): Promise<void> {
    const shownPath = `s3:objects/${key}`;
    try {
        await check.bucket?.fetch(key, (path) => checkOne(check, { ...file, path, shownPath }));
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        check.account.gap('gap.fileUnreadable', { path: shownPath, reason: error.code });
    }
}

async function checkOne(check: FileCheck, file: FileToCheck): Promise<void> {
    const { hashed, bytes } = await checkFile(file, check);
    if (hashed) check.files.hashed++;
    check.files.bytes += bytes;
}

const place = ({ dataFolder }: FileCheck, path: string) => ({ path, shownPath: relative(dataFolder, path) });

async function chunkDigestsOf(snapshot: Snapshot, blob: Id): Promise<Uint8Array | undefined> {
    const sql = 'select chunk_digests from liuhen.blob where id = $1';
    return (await snapshot.query<{ chunk_digests: Uint8Array }>(sql, [blob]))[0]?.chunk_digests;
}

type Quarantined = { org: Id; uploadId: Id; content: LoggedContent };

/** Uploads whose bytes were not those declared; their content has no blob, only a file under the upload's id. */
async function quarantinedUploads({ snapshot }: FileCheck): Promise<Quarantined[]> {
    const rows = await snapshot.query<{ org_id: Id; idx: number; entry: Uint8Array }>(
        `select org_id, idx, entry from ledger.entry where kind = 'upload.quarantined' order by org_id, idx`,
    );
    return rows.flatMap(({ org_id: org, idx, entry }) => {
        try {
            const { objects, content } = parseEntry(entry);
            const [upload, first] = [objects[0]?.id, content[0]];
            if (!isId(upload) || first === undefined) return [];
            return [{ org, uploadId: upload, content: { ...first, idx: BigInt(idx), org } }];
        } catch {
            // The check of the log names it.
            return [];
        }
    });
}

async function checkQuarantined(check: FileCheck, { org, uploadId, content }: Quarantined): Promise<void> {
    check.signal?.throwIfAborted();
    check.files.quarantined++;
    const file = place(check, join(check.folder.quarantineFolder, uploadId));
    await checkOne(check, { ...file, org, expected: content, uses: NO_USE, whole: check.inSample() });
}

/** Content of entries that came after the snapshot has its row now; what has none even now is missing. */
async function reportUnseen({ database, account }: FileCheck, unseen: Iterable<LoggedContent>): Promise<void> {
    for (const { org, sha256, idx } of unseen) {
        const { rows } = await database.pool.query<{ known: boolean }>(
            `select exists (select from liuhen.blob where org_id = $1 and sha256 = $2)
                 or exists (select from ledger.entry where org_id = $1 and idx = $3 and kind = 'upload.quarantined') as known`,
            [org, Buffer.from(sha256, 'hex'), String(idx)],
        );
        if (rows[0]?.known === true) continue;
        const params = { sha256, index: String(idx) };
        account.find({ about: 'file', code: 'content.noBlob', org, path: '', ...NO_USE, params });
    }
}

async function openProgress({ snapshot, files, onProgress }: FileCheck): Promise<() => void> {
    const [row] = await snapshot.query<{ size: unknown }>('select sum(size) as size from liuhen.blob');
    const size = typeof row?.size === 'bigint' ? row.size : 0n;
    return () => onProgress({ step: 'files', read: files.bytes, size });
}
