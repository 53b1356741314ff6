import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    caseAnswers,
    countdownsOf,
    DomainError,
    figuresOf,
    type Id,
    nextSteps,
    PROCEDURE_TABLES,
    type SecrecySubject,
    type ServerTime,
    stepPapers,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { seesAct } from '../act/act-visibility.queries.ts';
import { itemsOf } from './case.queries.ts';
import { caseFactsOf, countingBy, remediesOf, wireCountdown } from './case-facts.queries.ts';

type Detail = ResponseOf<Endpoints['case.get']>;

/** Everything about one case. */
export async function getCase(
    db: ReadDb,
    subject: SecrecySubject & { organisationId: Id },
    id: Id,
    clock: ServerTime,
): Promise<Detail> {
    const orgId = subject.organisationId;
    const row = await db
        .selectFrom('case as c')
        .leftJoin('party as y', 'y.id', 'c.party_id')
        .select(['c.id', 'c.number', 'c.procedure', 'c.state', 'c.title', 'c.source', 'c.opened_at as openedAt'])
        .select(['c.ended_at as endedAt', 'y.id as partyId', 'y.name as partyName', 'c.version', 'c.parent_id'])
        .select(['c.source_note as sourceNote', 'c.summary', 'c.breach_at as breachAt', 'c.grave_harm as graveHarm'])
        .select(['c.imported_from as importedFrom', 'c.external_number as externalNumber'])
        .where('c.org_id', '=', orgId)
        .where('c.id', '=', id)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('case.notFound');
    const { version, parent_id, sourceNote, summary, breachAt, graveHarm, importedFrom, externalNumber, ...listed } = row;
    const [item] = await itemsOf(db, orgId, [listed], clock);
    const facts = (await caseFactsOf(db, [id], await countingBy(db, orgId, clock))).get(id);
    if (item === undefined || facts === undefined) throw new DomainError('case.notFound');
    const countdowns = countdownsOf(PROCEDURE_TABLES[facts.procedure], facts);
    const evidence = await evidenceOf(db, id);
    return {
        ...item,
        version,
        sourceNote,
        summary,
        breachAt,
        graveHarm,
        imported: importedFrom === null || externalNumber === null ? null : { from: importedFrom, number: externalNumber },
        parent: parent_id === null ? null : ((await refsOf(db, 'id', parent_id))[0] ?? null),
        children: await refsOf(db, 'parent_id', id),
        people: await peopleOf(db, id),
        steps: await stepsOf(db, id),
        nextSteps: nextSteps(facts).map(({ step, refusals }) => ({
            step,
            refusals: refusals.map(({ code, params }) => ({ code, ...(params === undefined ? {} : { params: { ...params } }) })),
        })),
        documents: await documentsOf(db, id),
        papers: stepPapers(facts).map(({ types, documents, ...paper }) => ({
            ...paper,
            types: [...types],
            documents: [...documents],
        })),
        acts: await actsOf(db, subject, id),
        exclusions: await exclusionsOf(db, id),
        remedies: (await remediesOf(db, [id])).map((each) => ({
            id: each.id,
            kind: each.kind,
            authority: each.authority,
            number: each.number,
            begunOn: each.begun_on,
            suspendedWhy: each.suspended_why,
            endedOn: each.ended_on,
            result: each.result,
            note: each.note,
            version: each.version,
        })),
        evidence,
        countdowns: countdowns.map(wireCountdown),
        figures: figuresOf(facts),
        answers: caseAnswers(facts, countdowns, evidence.filter((each) => each.withdrawnAt === null).length).map(
            ({ params, ...answer }) => ({ ...answer, params: { ...params } }),
        ),
    };
}

const refsOf = (db: ReadDb, column: 'id' | 'parent_id', value: Id) =>
    db
        .selectFrom('case')
        .select(['id', 'number', 'procedure', 'state', 'title'])
        .where(column, '=', value)
        .orderBy('id')
        .execute();

async function peopleOf(db: ReadDb, caseId: Id): Promise<Detail['people']> {
    const rows = await db
        .selectFrom('case_person as cp')
        .innerJoin('person as p', 'p.id', 'cp.person_id')
        .select(['cp.id', 'cp.part', 'cp.since', 'p.id as personId', 'p.name', 'p.certificate_number as certificateNumber'])
        .where('cp.case_id', '=', caseId)
        .where('cp.removed_at', 'is', null)
        .orderBy('cp.id')
        .execute();
    return rows.map(({ id, part, since, personId, name, certificateNumber }) => ({
        id,
        part,
        since,
        person: { id: personId, name, certificateNumber },
    }));
}

async function stepsOf(db: ReadDb, caseId: Id): Promise<Detail['steps']> {
    const rows = await db
        .selectFrom('case_step as s')
        .innerJoin('person as p', 'p.id', 's.person_id')
        .select(['s.id', 's.step', 's.at', 's.entered_at as enteredAt', 's.as_post as as', 's.from_state as from'])
        .select([
            's.to_state as to',
            's.data',
            's.note',
            's.origin',
            's.paper_number',
            's.paper_date',
            's.unstated',
            'p.id as personId',
            'p.name',
            'p.certificate_number as certificateNumber',
        ])
        .where('s.case_id', '=', caseId)
        .orderBy('s.place')
        .execute();
    return rows.map(({ personId, name, certificateNumber, data, paper_number: number, paper_date: date, unstated, ...row }) => ({
        ...row,
        paper: number === null && date === null ? null : { number, date },
        unstated: unstated ?? [],
        person: { id: personId, name, certificateNumber },
        data: data as Detail['steps'][number]['data'],
    }));
}

const documentsOf = (db: ReadDb, caseId: Id): Promise<Detail['documents']> =>
    db
        .selectFrom('document')
        .select(['id', 'type', 'title', 'number', 'state', 'made_at as madeAt', 'served_at as servedAt'])
        .where('case_id', '=', caseId)
        .orderBy('made_at')
        .orderBy('id')
        .execute();

/** 附件1 第12条: of an act that the reader may not see only its number is told. */
const actsOf = (db: ReadDb, subject: SecrecySubject, caseId: Id): Promise<Detail['acts']> =>
    db
        .selectFrom('case_act as ca')
        .innerJoin('act as a', 'a.id', 'ca.act_id')
        .select(['ca.id as linkId', 'a.id', 'a.number', 'a.starts_at as startsAt'])
        .select(sql<string | null>`case when ${seesAct(subject)} then a.place end`.as('place'))
        .where('ca.case_id', '=', caseId)
        .where('ca.removed_at', 'is', null)
        .orderBy('a.starts_at')
        .execute();

async function exclusionsOf(db: ReadDb, caseId: Id): Promise<Detail['exclusions']> {
    const rows = await db
        .selectFrom('case_exclusion')
        .select(['id', 'reason', 'keys', 'from_at', 'until_at', 'document_id', 'notice', 'version'])
        .where('case_id', '=', caseId)
        .orderBy('from_at')
        .execute();
    return rows.map(({ from_at, until_at, document_id, keys, ...row }) => ({
        ...row,
        // Checked by the command that wrote them.
        keys: keys as Detail['exclusions'][number]['keys'],
        from: from_at,
        until: until_at,
        documentId: document_id,
    }));
}

async function evidenceOf(db: ReadDb, caseId: Id): Promise<Detail['evidence']> {
    const rows = await db
        .selectFrom('case_evidence as e')
        .leftJoin('person as p', 'p.id', 'e.extracted_by')
        .leftJoin('recording as r', 'r.id', 'e.target_id')
        .leftJoin('document as d', 'd.id', 'e.target_id')
        .select(['e.id', 'e.place', 'e.kind', 'e.target_id', 'e.from_ms', 'e.to_ms', 'e.title', 'e.proves', 'e.extracted_at'])
        .select([
            'e.method',
            'e.carrier',
            'e.kept_at',
            'e.withdrawn_at',
            'e.withdrawn_why',
            'r.display_name',
            'd.title as document',
        ])
        .select(['p.id as personId', 'p.name', 'p.certificate_number as certificateNumber'])
        .where('e.case_id', '=', caseId)
        .orderBy('e.place')
        .execute();
    return rows.map((row) => ({
        id: row.id,
        place: row.place,
        kind: row.kind,
        target: row.target_id === null ? null : { id: row.target_id, name: row.display_name ?? row.document ?? row.title },
        fromMs: row.from_ms,
        toMs: row.to_ms,
        title: row.title,
        proves: row.proves,
        extractedBy:
            row.personId === null || row.name === null
                ? null
                : { id: row.personId, name: row.name, certificateNumber: row.certificateNumber },
        extractedAt: row.extracted_at,
        method: row.method,
        carrier: row.carrier,
        keptAt: row.kept_at,
        withdrawnAt: row.withdrawn_at,
        withdrawnWhy: row.withdrawn_why,
    }));
}
