import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    type Day,
    DomainError,
    decideGrade,
    endOfDay,
    GRADE_SCHEMES,
    type GradeScheme,
    type GradeWeight,
    gradesOn,
    gradeWeights,
    type Id,
    type Instant,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';

type Tables = Readonly<Record<GradeScheme, readonly GradeWeight[]>>;
/** A day, and the moment on it by which parameters are read. */
type When = { readonly day: Day; readonly at: Instant };

/** What grades weigh at a moment, by the organisation's dated tables; empty where none is set. */
export async function gradeTables(db: ReadDb, orgId: Id, at: Instant): Promise<Tables> {
    const risk = await parameterAt(db, orgId, 'inspection.riskWeights', at);
    const credit = await parameterAt(db, orgId, 'inspection.creditWeights', at);
    return { risk: gradeWeights(risk.value ?? []), credit: gradeWeights(credit.value ?? []) };
}

/** Every grade of the parties, whenever it began. */
export async function gradesOf(db: ReadDb, partyIds: readonly Id[]) {
    if (partyIds.length === 0) return [];
    return db
        .selectFrom('party_grade')
        .select(['party_id as partyId', 'scheme', 'grade', 'from_day as fromDay', 'decided_at as decidedAt'])
        .where('party_id', '=', sql<Id>`any (${partyIds}::uuid[])`)
        .execute();
}

/** Grades in force on a day that the tables know, by party: what a draw weighs by. */
export async function weightsOn(db: ReadDb, orgId: Id, partyIds: readonly Id[], { day, at }: When) {
    const tables = await gradeTables(db, orgId, at);
    const grades = await gradesOf(db, partyIds);
    const graded = new Map<Id, { scheme: GradeScheme; grade: string; fromDay: Day; weight: number }[]>();
    for (const scheme of GRADE_SCHEMES)
        for (const [partyId, { grade, fromDay }] of gradesOn(grades, scheme, day)) {
            const weight = tables[scheme].find((each) => each.grade === grade)?.weight;
            if (weight !== undefined) graded.set(partyId, [...(graded.get(partyId) ?? []), { scheme, grade, fromDay, weight }]);
        }
    return { tables, graded };
}

export async function partyGrades(
    db: ReadDb,
    orgId: Id,
    partyId: Id,
    { day, at }: When,
): Promise<ResponseOf<Endpoints['party.grades']>> {
    const party = await db
        .selectFrom('party')
        .select('id')
        .where('id', '=', partyId)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (party === undefined) throw new DomainError('party.notFound');
    const rows = await db
        .selectFrom('party_grade as g')
        .innerJoin('person as p', 'p.id', 'g.decided_by')
        .select(['g.id', 'g.party_id as partyId', 'g.scheme', 'g.grade', 'g.from_day as fromDay', 'g.source', 'g.reason'])
        .select(['g.decided_at as decidedAt', 'p.id as personId', 'p.name', 'p.certificate_number as certificateNumber'])
        .where('g.party_id', '=', partyId)
        .orderBy('g.from_day', 'desc')
        .orderBy('g.decided_at', 'desc')
        .execute();
    const current = new Set(GRADE_SCHEMES.map((scheme) => gradesOn(rows, scheme, day).get(partyId)?.id));
    const tables = await gradeTables(db, orgId, at);
    return {
        items: rows.map(({ partyId: _, personId, name, certificateNumber, ...row }) => ({
            ...row,
            decidedBy: { id: personId, name, certificateNumber },
            current: current.has(row.id),
        })),
        known: { risk: tables.risk.map((each) => each.grade), credit: tables.credit.map((each) => each.grade) },
    };
}

export type Decided = { readonly scheme: GradeScheme; readonly grade: string; readonly fromDay: Day };

/** Throws as `decideGrade`. */
export async function checkGrade(
    db: ReadDb,
    orgId: Id,
    partyId: Id,
    { scheme, grade, fromDay }: Decided,
    today: Day,
): Promise<void> {
    const tables = await gradeTables(db, orgId, endOfDay(fromDay) - 1);
    const current = gradesOn(await gradesOf(db, [partyId]), scheme, fromDay).get(partyId)?.grade;
    decideGrade({ grade, fromDay }, { known: tables[scheme].map((each) => each.grade), current, today });
}
