import { type Id, PACKAGE_PATHS, toHex } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

/** Content in storage as it goes into a package: where it lies, and what it must be. */
export type PlannedContent = {
    readonly id: Id;
    /** Inside the package. */
    readonly path: string;
    readonly key: string;
    readonly size: string;
    readonly sha256: string;
    readonly sm3: string;
    readonly chunkRoot: string;
    /** What people call it. */
    readonly name: string;
};
type Stored = { key: string; size: bigint; sha256: Uint8Array; sm3: Uint8Array; chunk_root: Uint8Array };

export const contentOf = (row: Stored) => ({
    key: row.key,
    size: String(row.size),
    sha256: toHex(row.sha256),
    sm3: toHex(row.sm3),
    chunkRoot: toHex(row.chunk_root),
});

/** Which documents: those of the act or of the case that recordings are retrieved from; of chosen recordings none. */
export type Source = { readonly actId: Id | null; readonly caseId: Id | null };

/**
 * The papers of each document that was not voided: the newest pages that were handed out, the newest signed copy, and every scan that was
 * not found to be of another document. Their very bytes.
 */
export async function documentsOf(db: ReadDb, orgId: Id, of: Source): Promise<PlannedContent[]> {
    if (of.actId === null && of.caseId === null) return [];
    return [...(await printsOf(db, orgId, of)), ...(await signedCopiesOf(db, orgId, of)), ...(await scansOf(db, orgId, of))];
}

const documents = (db: ReadDb, orgId: Id, { actId, caseId }: Source) =>
    db
        .selectFrom('document as d')
        .where('d.org_id', '=', orgId)
        .where('d.state', '<>', 'voided')
        .where((each) => (actId === null ? each('d.case_id', '=', caseId) : each('d.act_id', '=', actId)))
        .orderBy('d.id');

async function printsOf(db: ReadDb, orgId: Id, of: Source): Promise<PlannedContent[]> {
    const rows = await documents(db, orgId, of)
        .innerJoin('document_print as t', 't.document_id', 'd.id')
        .innerJoin('blob as b', 'b.id', 't.blob_id')
        .innerJoin('blob_copy as k', 'k.blob_id', 'b.id')
        .select(['d.id', 'd.title', 'd.number', 'k.key', 'b.size', 'b.sha256', 'b.sm3', 'b.chunk_root'])
        .distinctOn('d.id')
        .where('t.kind', '=', 'final')
        .orderBy('t.printed_at', 'desc')
        .orderBy('k.id')
        .execute();
    return rows.map((row) => paper(row, '打印件', 'pdf'));
}

async function signedCopiesOf(db: ReadDb, orgId: Id, of: Source): Promise<PlannedContent[]> {
    const rows = await documents(db, orgId, of)
        .innerJoin('document_signed_copy as t', 't.document_id', 'd.id')
        .innerJoin('blob as b', 'b.id', 't.blob_id')
        .innerJoin('blob_copy as k', 'k.blob_id', 'b.id')
        .select(['d.id', 'd.title', 'd.number', 'k.key', 'b.size', 'b.sha256', 'b.sm3', 'b.chunk_root'])
        .distinctOn('d.id')
        .orderBy('t.made_at', 'desc')
        .orderBy('k.id')
        .execute();
    return rows.map((row) => paper(row, '签名件', 'pdf'));
}

async function scansOf(db: ReadDb, orgId: Id, of: Source): Promise<PlannedContent[]> {
    const rows = await documents(db, orgId, of)
        .innerJoin('document_scan as t', 't.document_id', 'd.id')
        .innerJoin('blob as b', 'b.id', 't.blob_id')
        .innerJoin('blob_copy as k', 'k.blob_id', 'b.id')
        .select(['d.id', 'd.title', 'd.number', 'k.key', 'b.size', 'b.sha256', 'b.sm3', 'b.chunk_root', 't.media_type'])
        .distinctOn(['d.id', 't.blob_id'])
        .where('t.finding', '<>', 'otherDocument')
        .orderBy('t.blob_id')
        .orderBy('k.id')
        .execute();
    return rows.map((row) => paper(row, '扫描件', EXTENSIONS[row.media_type] ?? 'bin'));
}

const EXTENSIONS: Readonly<Record<string, string>> = { 'application/pdf': 'pdf', 'image/jpeg': 'jpg', 'image/png': 'png' };

function paper(row: Stored & { id: Id; title: string; number: string | null }, kind: string, extension: string): PlannedContent {
    const content = contentOf(row);
    const name = [row.title, row.number, kind].filter((each) => each !== null).join(' ');
    return { ...content, id: row.id, name, path: PACKAGE_PATHS.content(content.sha256, extension) };
}
