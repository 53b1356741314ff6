import {
    type ConfirmedText,
    composeDocument,
    composeSigned,
    type DocumentContent,
    DomainError,
    dayOf,
    documentTypeFacts,
    type FieldValue,
    fieldsOf,
    type Id,
    type Instant,
    type PrintCorrection,
    type PrintFacts,
    type PrintModel,
    type PrintStanding,
    printCode,
    printStanding,
    type SignedPrint,
    statedContent,
    type Template,
    templateByVersion,
    toHex,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { isConfirmed, officialWords } from '../template/template.queries.ts';
import type { DocumentRow } from './document.store.ts';
import { saidBeside } from './document-said.queries.ts';

/** What is printed: the document itself or what it is instead, with the code that names this print. */
export type PrintKind = Pick<PrintFacts, 'draft' | 'code'> & Partial<PrintStanding> & { readonly at: Instant };

/** The template a document names, or `template.notFound` for one that came in whole. */
export function templateOfRow(row: Pick<DocumentRow, 'type' | 'template_version'>): Template {
    const template = templateByVersion(row.type, row.template_version);
    if (template === undefined) throw new DomainError('template.notFound');
    return template;
}

/** The content of a row with the start and end that stand beside it. */
export const contentOfRow = (
    template: Template,
    row: Pick<DocumentRow, 'content' | 'started_at' | 'ended_at'>,
): DocumentContent =>
    statedContent(template, JSON.parse(row.content) as DocumentContent, { startedAt: row.started_at, endedAt: row.ended_at });

/** The pages of a document as they are to be printed; of a signed copy with what was written on them. */
export async function pageOfDocument(db: ReadDb, row: DocumentRow, kind: PrintKind, signed?: SignedPrint): Promise<PrintModel> {
    const template = templateOfRow(row);
    const corrections = await correctionsUpTo(db, row);
    const content = contentOfRow(template, row);
    const { agencies, texts } = await officialWords(db, row.org_id, kind.at);
    const confirmed = await isConfirmed(db, row.org_id, row.type, row.template_version, kind.at);
    const named = String(content.agency ?? '');
    const facts: PrintFacts = {
        agency: agencies.includes(named) ? named : (agencies[0] ?? ''),
        number: row.number,
        day: typeof content.day === 'string' ? content.day : row.issued_at === null ? null : dayOf(row.issued_at),
        code: kind.code,
        draft: kind.draft,
        ...(kind.watermark === undefined ? {} : { watermark: kind.watermark }),
        corrections,
        ...(await saidBeside(db, row, kind.at)),
        marks: [
            ...(kind.marks ?? []),
            ...(confirmed ? [] : ['样张未核对']),
            ...unconfirmedTexts(template, content, texts).map((label) => `${label}未核实`),
        ],
    };
    return signed === undefined ? composeDocument(template, content, facts) : composeSigned(template, content, facts, signed);
}

/** What was corrected until a revision, as its pages say it. */
export async function correctionsUpTo(
    db: ReadDb,
    { id, revision }: Pick<DocumentRow, 'id' | 'revision'>,
): Promise<PrintCorrection[]> {
    const rows = await db
        .selectFrom('document_correction as c')
        .innerJoin('person as p', 'p.id', 'c.corrected_by')
        .select(['c.field', 'c.old_value', 'c.new_value', 'c.reason', 'c.at', 'c.needs_signature', 'p.name'])
        .where('c.document_id', '=', id)
        .where('c.revision', '<=', revision)
        // Written anew after that, it is no correction of anything any more.
        .where(({ not, exists, selectFrom }) =>
            not(
                exists(
                    selectFrom('document_step as s')
                        .select('s.id')
                        .whereRef('s.document_id', '=', 'c.document_id')
                        .where('s.step', '=', 'reopened')
                        .whereRef('s.at', '>=', 'c.at'),
                ),
            ),
        )
        .orderBy('c.revision')
        .execute();
    const value = (text: string) => (text === '' ? null : (JSON.parse(text) as FieldValue));
    return rows.map((row) => ({
        field: row.field,
        before: value(row.old_value),
        after: value(row.new_value),
        reason: row.reason,
        by: row.name,
        at: row.at,
        needsSignature: row.needs_signature,
    }));
}

/** Fields whose words are not those the organisation has confirmed. */
const unconfirmedTexts = (
    template: Template,
    content: DocumentContent,
    texts: Partial<Record<ConfirmedText, string>>,
): string[] =>
    fieldsOf(template)
        .filter((field) => field.prefill?.startsWith('text.') === true && content[field.key] !== undefined)
        .filter((field) => texts[field.prefill?.slice('text.'.length) as ConfirmedText] !== content[field.key])
        .map((field) => field.label);

/** A document as it stands now, saying on each page that it is not its final print. Reading it is what `document.get` is. */
export async function draftOfDocument(
    db: ReadDb,
    orgId: Id,
    id: Id,
    now: Instant,
    asTyped = (row: DocumentRow): DocumentRow => row,
): Promise<{ model: PrintModel; at: Instant; name: string }> {
    const found = await db.selectFrom('document').selectAll().where('id', '=', id).where('org_id', '=', orgId).executeTakeFirst();
    if (found === undefined) throw new DomainError('document.notFound');
    const row = asTyped(found);
    const standing = printStanding(row.state);
    const model = await pageOfDocument(db, row, { ...standing, code: null, at: now });
    return { model, at: row.saved_at, name: `${standing.watermark} ${documentTypeFacts(row.type).zh} ${row.title}`.trim() };
}

/** What is known of a print before its pages are: which content, when, and where its bytes lie if they are kept. */
export type PrintHead = Awaited<ReturnType<typeof printHead>>;

export async function printHead(db: ReadDb, orgId: Id, documentId: Id, printId: Id) {
    const print = await db
        .selectFrom('document_print as p')
        .innerJoin('document as d', 'd.id', 'p.document_id')
        .innerJoin('document_version as v', (join) =>
            join.onRef('v.document_id', '=', 'p.document_id').onRef('v.revision', '=', 'p.revision'),
        )
        .select(['p.id', 'p.revision', 'p.kind', 'p.digest', 'p.printed_at', 'p.pages', 'p.pdf_sha256', 'p.blob_id'])
        .select(['d.type', 'd.number', 'd.numbered_at', 'v.title'])
        .where('p.id', '=', printId)
        .where('p.document_id', '=', documentId)
        .where('p.org_id', '=', orgId)
        .executeTakeFirst();
    if (print === undefined) throw new DomainError('document.printNotFound');
    const number = print.numbered_at !== null && print.numbered_at <= print.printed_at ? print.number : null;
    const name = `${documentTypeFacts(print.type).zh} ${number ?? print.title}`.trim();
    return { ...print, number, name };
}

/** Where kept pages lie, so that what is read is compared with what the log vouches for. */
export async function keptObject(db: ReadDb, orgId: Id, blobId: Id): Promise<{ key: string; size: bigint; chunkRoot: string }> {
    const row = await db
        .selectFrom('blob as b')
        .innerJoin('blob_copy as c', 'c.blob_id', 'b.id')
        .select(['b.size', 'b.chunk_root', 'c.key'])
        .where('b.id', '=', blobId)
        .where('b.org_id', '=', orgId)
        .where('c.state', '<>', 'damaged')
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('storage.objectMissing');
    return { key: row.key, size: row.size, chunkRoot: toHex(row.chunk_root) };
}

/** The pages of a print as they were when it was made: its own revision, number and marks, so that it can be made again. */
export async function pagesOfPrint(
    db: ReadDb,
    orgId: Id,
    documentId: Id,
    printId: Id,
    signed?: SignedPrint,
): Promise<{ head: PrintHead; model: PrintModel; at: Instant }> {
    const head = await printHead(db, orgId, documentId, printId);
    const { revision, kind, printed_at: at, number } = head;
    const row = await db.selectFrom('document').selectAll().where('id', '=', documentId).executeTakeFirstOrThrow();
    const version = await db
        .selectFrom('document_version')
        .select(['content', 'started_at', 'ended_at', 'title', 'template_version'])
        .where('document_id', '=', documentId)
        .where('revision', '=', revision)
        .executeTakeFirstOrThrow();
    const issued_at = row.issued_at !== null && row.issued_at <= at ? row.issued_at : null;
    const then = { ...row, ...version, revision, number, issued_at };
    const model = await pageOfDocument(db, then, { draft: kind === 'draft', code: printCode(printId, head.digest), at }, signed);
    return { head, model, at };
}
