import type {
    DocumentOrigin,
    DocumentState,
    DocumentType,
    DocumentWaiting,
    Id,
    Instant,
    ServiceMode,
    SigningHead,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

/** What other nouns know of a document: who did what with it and when, never its content. */
export type DocumentSummary = {
    readonly id: Id;
    readonly type: DocumentType;
    readonly title: string;
    readonly number: string | null;
    readonly state: DocumentState;
    readonly origin: DocumentOrigin;
    readonly waitsFor: DocumentWaiting | null;
    readonly partyId: Id | null;
    readonly actId: Id | null;
    readonly segmentId: Id | null;
    readonly caseId: Id | null;
    readonly parentId: Id | null;
    readonly author: { readonly id: Id; readonly name: string };
    readonly madeAt: Instant;
    /** As the officers state them (附件1 第10条). */
    readonly startedAt: Instant | null;
    readonly endedAt: Instant | null;
    /** First wet or on-screen signature. */
    readonly signedAt: Instant | null;
    readonly legalReview: { readonly needed: boolean; readonly by: Id | null; readonly at: Instant | null } | null;
    readonly approval: { readonly by: Id; readonly as: SigningHead; readonly at: Instant } | null;
    readonly numberedAt: Instant | null;
    readonly sealedAt: Instant | null;
    readonly issuedAt: Instant | null;
    /** Coercion before approval in an urgent case, and until when approval must be made up for (行政强制法 第19条). */
    readonly urgent: { readonly regulariseBy: Instant; readonly regularisedAt: Instant | null } | null;
    readonly checkedAt: Instant | null;
    readonly served: { readonly at: Instant; readonly mode: ServiceMode } | null;
    readonly filedAt: Instant | null;
    readonly voidedAt: Instant | null;
};

const summaries = (db: ReadDb) =>
    db
        .selectFrom('document as d')
        .innerJoin('person as p', 'p.id', 'd.author_id')
        .select(['d.id', 'd.type', 'd.title', 'd.number', 'd.state', 'd.origin', 'd.waits_for', 'd.party_id', 'd.act_id'])
        .select(['d.segment_id', 'd.case_id', 'd.parent_id', 'd.author_id', 'p.name as author_name', 'd.made_at'])
        .select([
            'd.started_at',
            'd.ended_at',
            'd.first_signed_at',
            'd.legal_needed',
            'd.legal_reviewed_by',
            'd.legal_reviewed_at',
        ])
        .select(['d.approved_by', 'd.approved_as', 'd.approved_at', 'd.numbered_at', 'd.sealed_at', 'd.issued_at'])
        .select([
            'd.regularise_by',
            'd.regularised_at',
            'd.checked_at',
            'd.served_at',
            'd.served_mode',
            'd.filed_at',
            'd.voided_at',
        ])
        .orderBy('d.made_at', 'desc')
        .orderBy('d.id', 'desc');
type Row = Awaited<ReturnType<ReturnType<typeof summaries>['executeTakeFirstOrThrow']>>;

const summaryOf = (row: Row): DocumentSummary => ({
    id: row.id,
    type: row.type,
    title: row.title,
    number: row.number,
    state: row.state,
    origin: row.origin,
    waitsFor: row.waits_for,
    partyId: row.party_id,
    actId: row.act_id,
    segmentId: row.segment_id,
    caseId: row.case_id,
    parentId: row.parent_id,
    author: { id: row.author_id, name: row.author_name },
    madeAt: row.made_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    signedAt: row.first_signed_at,
    legalReview:
        row.legal_needed === null ? null : { needed: row.legal_needed, by: row.legal_reviewed_by, at: row.legal_reviewed_at },
    approval:
        row.approved_by === null || row.approved_as === null || row.approved_at === null
            ? null
            : { by: row.approved_by, as: row.approved_as, at: row.approved_at },
    numberedAt: row.numbered_at,
    sealedAt: row.sealed_at,
    issuedAt: row.issued_at,
    urgent: row.regularise_by === null ? null : { regulariseBy: row.regularise_by, regularisedAt: row.regularised_at },
    checkedAt: row.checked_at,
    served: row.served_at === null || row.served_mode === null ? null : { at: row.served_at, mode: row.served_mode },
    filedAt: row.filed_at,
    voidedAt: row.voided_at,
});

/** Documents of several acts in one read. */
export async function documentsOfActs(db: ReadDb, acts: readonly Id[]): Promise<Map<Id, DocumentSummary[]>> {
    if (acts.length === 0) return new Map();
    const rows = await summaries(db).where('d.act_id', 'in', acts).execute();
    return Map.groupBy(rows.map(summaryOf), (each) => each.actId ?? '');
}

/** What the guards of a case look at: every document in it. */
export const documentFactsOfCase = async (db: ReadDb, caseId: Id): Promise<DocumentSummary[]> =>
    (await summaries(db).where('d.case_id', '=', caseId).execute()).map(summaryOf);
