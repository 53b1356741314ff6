import {
    documentTypeFacts,
    type GivenOpinion,
    type Instant,
    type OfficeDocumentType,
    OPINION_PLACES,
    opinionsInForce,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import type { DocumentRow } from './document.store.ts';

/** What the pages of a document say beside its content, as it stood at a moment. */
export type SaidBeside = {
    readonly opinions: readonly GivenOpinion[];
    readonly parent: { readonly title: string; readonly number: string | null } | null;
};

export async function saidBeside(db: ReadDb, row: DocumentRow, at: Instant): Promise<SaidBeside> {
    return { opinions: await opinionsOn(db, row, at), parent: await parentNamed(db, row, at) };
}

/** What was said of it in the system, where its form has fields for that. */
async function opinionsOn(db: ReadDb, row: DocumentRow, at: Instant): Promise<GivenOpinion[]> {
    const places = OPINION_PLACES[row.type as OfficeDocumentType];
    if (places === undefined) return [];
    const own = await opinionsOf(db, row.id, at);
    if (places.legallyReviewed === undefined || row.parent_id === null) return own;
    // 行政处罚法 第58条: the opinion on paper is of the document that was reviewed.
    const reviewed = await opinionsOf(db, row.parent_id, at);
    return [...reviewed.filter((each) => each.step === 'legallyReviewed'), ...own];
}

async function opinionsOf(db: ReadDb, documentId: DocumentRow['id'], at: Instant): Promise<GivenOpinion[]> {
    const steps = await db
        .selectFrom('document_step as s')
        .innerJoin('person as p', 'p.id', 's.person_id')
        .select(['s.step', 's.note as opinion', 'p.name as by', 's.at'])
        .where('s.document_id', '=', documentId)
        .where('s.at', '<=', at)
        .orderBy('s.at')
        .orderBy('s.id')
        .execute();
    return opinionsInForce(steps);
}

/** A list names the document it belongs to, with the number that had by then. */
async function parentNamed(db: ReadDb, row: DocumentRow, at: Instant): Promise<SaidBeside['parent']> {
    if (row.parent_id === null || documentTypeFacts(row.type).numbering !== 'parent') return null;
    const parent = await db
        .selectFrom('document')
        .select(['type', 'number', 'numbered_at'])
        .where('id', '=', row.parent_id)
        .where('org_id', '=', row.org_id)
        .executeTakeFirst();
    if (parent === undefined) return null;
    const numbered = parent.numbered_at !== null && parent.numbered_at <= at;
    return { title: documentTypeFacts(parent.type).zh, number: numbered ? parent.number : null };
}
