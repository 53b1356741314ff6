import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type DocumentContent, DomainError, type Id } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { contentFindings } from './document-findings.ts';
import { itemOf, selectItems } from './document-list.queries.ts';

export * from './document-facts.queries.ts';
export * from './document-roles.queries.ts';

type Detail = ResponseOf<Endpoints['document.get']>;
type Versions = ResponseOf<Endpoints['document.versions']>;

const parse = (content: string): DocumentContent => JSON.parse(content) as DocumentContent;

/** One document with its content and its way so far. */
export async function getDocument(db: ReadDb, orgId: Id, id: Id): Promise<Detail> {
    const item = await selectItems(db, orgId).where('d.id', '=', id).executeTakeFirst();
    const row = await db.selectFrom('document').selectAll().where('id', '=', id).where('org_id', '=', orgId).executeTakeFirst();
    if (row === undefined || item === undefined) throw new DomainError('document.notFound');
    const people = await peopleOf(db, [
        ...row.writer_ids,
        row.saved_by,
        ...[row.approved_by, row.legal_reviewed_by].filter((each) => each !== null),
    ]);
    const person = (personId: Id | null) => (personId === null ? null : (people.get(personId) ?? null));
    const plain = (personId: Id) => ({ id: personId, name: people.get(personId)?.name ?? '' });
    const approver = person(row.approved_by);
    return {
        ...itemOf(item),
        templateVersion: row.template_version,
        content: parse(row.content),
        revision: row.revision,
        version: row.version,
        savedBy: plain(row.saved_by),
        writers: row.writer_ids.map(plain),
        enteredAt: row.entered_at,
        segmentId: row.segment_id,
        act: row.act_id === null ? null : await actOf(db, row.act_id),
        case: row.case_id === null ? null : await caseOf(db, row.case_id),
        parent: row.parent_id === null ? null : await parentOf(db, row.parent_id),
        children: await childrenOf(db, id),
        startedAt: row.started_at,
        endedAt: row.ended_at,
        legalReview:
            row.legal_needed === null
                ? null
                : {
                      needed: row.legal_needed,
                      reason: row.legal_reason,
                      reviewer: person(row.legal_reviewed_by),
                      qualification: row.legal_qualification,
                      at: row.legal_reviewed_at,
                  },
        approval:
            approver === null || row.approved_as === null || row.approved_at === null
                ? null
                : { by: approver, as: row.approved_as, at: row.approved_at },
        urgent:
            row.urgent_reason === null || row.regularise_by === null
                ? null
                : { reason: row.urgent_reason, regulariseBy: row.regularise_by, regularisedAt: row.regularised_at },
        firstSignedAt: row.first_signed_at,
        numberedAt: row.numbered_at,
        sealedAt: row.sealed_at,
        issuedTo: row.issued_to,
        checkedAt: row.checked_at,
        checkFault: row.check_fault,
        served: row.served_at === null || row.served_mode === null ? null : { at: row.served_at, mode: row.served_mode },
        filedAt: row.filed_at,
        voided: row.voided_at === null ? null : { at: row.voided_at, reason: row.void_reason ?? '' },
        originalPlace: row.original_place,
        imported:
            row.imported_from === null
                ? null
                : { from: row.imported_from, date: row.document_date, signers: row.imported_signers },
        steps: await stepsOf(db, id),
    };
}

async function peopleOf(db: ReadDb, ids: readonly Id[]) {
    const rows = await db
        .selectFrom('person')
        .select(['id', 'name', 'certificate_number as certificateNumber'])
        .where('id', 'in', [...new Set(ids)])
        .execute();
    return new Map(rows.map((row) => [row.id, row]));
}

const actOf = async (db: ReadDb, id: Id): Promise<Detail['act']> =>
    (await db.selectFrom('act').select(['id', 'number']).where('id', '=', id).executeTakeFirst()) ?? null;

const caseOf = async (db: ReadDb, id: Id): Promise<Detail['case']> =>
    (await db.selectFrom('case').select(['id', 'number']).where('id', '=', id).executeTakeFirst()) ?? null;

const parentOf = async (db: ReadDb, id: Id): Promise<Detail['parent']> =>
    (await db.selectFrom('document').select(['id', 'type', 'title', 'number']).where('id', '=', id).executeTakeFirst()) ?? null;

const childrenOf = (db: ReadDb, id: Id): Promise<Detail['children']> =>
    db
        .selectFrom('document')
        .select(['id', 'type', 'title', 'state'])
        .where('parent_id', '=', id)
        .orderBy('made_at')
        .orderBy('id')
        .execute();

async function stepsOf(db: ReadDb, id: Id): Promise<Detail['steps']> {
    const rows = await db
        .selectFrom('document_step as s')
        .innerJoin('person as p', 'p.id', 's.person_id')
        .select(['s.step', 's.person_id', 'p.name', 's.at', 's.revision', 's.from_state', 's.to_state', 's.note'])
        .where('s.document_id', '=', id)
        .orderBy('s.at')
        .orderBy('s.id')
        .execute();
    return rows.map(({ step, person_id, name, at, revision, from_state: from, to_state: to, note }) => ({
        step,
        person: { id: person_id, name },
        at,
        revision,
        from,
        to,
        note,
    }));
}

/** The content as it stands, for somebody whose own came too late. */
export async function savedContent(db: ReadDb, orgId: Id, id: Id) {
    const row = await db
        .selectFrom('document as d')
        .innerJoin('person as p', 'p.id', 'd.saved_by')
        .select(['d.revision', 'd.content', 'd.saved_at', 'd.saved_by', 'p.name'])
        .where('d.id', '=', id)
        .where('d.org_id', '=', orgId)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('document.notFound');
    return {
        revision: row.revision,
        content: parse(row.content),
        savedAt: row.saved_at,
        savedBy: { id: row.saved_by, name: row.name },
    };
}

export async function listVersions(db: ReadDb, orgId: Id, id: Id): Promise<Versions> {
    const known = await db
        .selectFrom('document')
        .select('id')
        .where('id', '=', id)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (known === undefined) throw new DomainError('document.notFound');
    const rows = await db
        .selectFrom('document_version as v')
        .innerJoin('person as p', 'p.id', 'v.saved_by')
        .select(['v.revision', 'v.saved_at', 'v.saved_by', 'p.name', 'v.title', 'v.started_at', 'v.ended_at', 'v.content'])
        .where('v.document_id', '=', id)
        .orderBy('v.revision', 'desc')
        .execute();
    return {
        items: rows.map((row) => ({
            revision: row.revision,
            savedAt: row.saved_at,
            savedBy: { id: row.saved_by, name: row.name },
            title: row.title,
            startedAt: row.started_at,
            endedAt: row.ended_at,
            content: parse(row.content),
        })),
    };
}

export async function findingsOf(db: ReadDb, orgId: Id, id: Id): Promise<ResponseOf<Endpoints['document.findings']>> {
    const row = await db.selectFrom('document').selectAll().where('id', '=', id).where('org_id', '=', orgId).executeTakeFirst();
    if (row === undefined) throw new DomainError('document.notFound');
    return { revision: row.revision, findings: await contentFindings(db, row) };
}
