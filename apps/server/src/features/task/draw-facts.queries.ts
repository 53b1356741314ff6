import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    type Avoidance,
    addMonths,
    CAPPED_SCENARIOS,
    dayOf,
    gradedWeight,
    type Id,
    type Instant,
    MOST_DRAW_OBJECTS,
    PENDING_TASK_STATES,
    startOfDay,
    UNCAPPED_ORIGINS,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { containing, searchWords } from '../../platform/search.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { weightsOn } from '../party/grade.queries.ts';

type Candidates = ResponseOf<Endpoints['draw.candidates']>;

/** What decides whether a party may be drawn, as it is at this moment. */
export type ObjectFacts = {
    id: Id;
    name: string;
    creditCode: string | null;
    address: string | null;
    closed: boolean;
    merged: boolean;
    openTask: boolean;
    inspections: number;
};

/**
 * Facts of parties for a draw of a year. An inspection counts against the cap when its scenario does and it was not made
 * for a complaint, a follow-up check or a licence (law: what 国办发〔2024〕54号 leaves out of the cap).
 */
export async function factsOf(db: ReadDb, orgId: Id, partyIds: readonly Id[], year: number): Promise<ObjectFacts[]> {
    const first = `${year}-01-01`;
    const [from, to] = [startOfDay(first), startOfDay(addMonths(first, 12))];
    const rows = await db
        .selectFrom('party as y')
        .select(['y.id', 'y.name', 'y.credit_code as creditCode', 'y.address', 'y.state'])
        .select(
            sql<boolean>`exists (select from task t where t.party_id = y.id and t.state = any (${[...PENDING_TASK_STATES]}::text[]))`.as(
                'openTask',
            ),
        )
        .select(
            sql<number>`(select count(*)::int from act a where a.party_id = y.id and a.state <> 'cancelled'
                and a.starts_at >= ${from} and a.starts_at < ${to} and a.scenario = any (${[...CAPPED_SCENARIOS]}::text[])
                and not exists (select from task_act ta join task t on t.id = ta.task_id
                    where ta.act_id = a.id and t.origin = any (${[...UNCAPPED_ORIGINS]}::text[])))`.as('inspections'),
        )
        .where('y.org_id', '=', orgId)
        .where(sql<boolean>`y.id = any (${partyIds}::uuid[])`)
        .execute();
    return rows.map(({ state, ...row }) => ({ ...row, closed: state !== 'active', merged: state === 'merged' }));
}

/** Parties that could be drawn, as the filters leave them; at most one draw's worth. */
export async function drawCandidates(
    db: ReadDb,
    orgId: Id,
    { q, speciality, year }: QueryOf<Endpoints['draw.candidates']>,
    now: Instant,
): Promise<Candidates> {
    let asked = db.selectFrom('party as y').where('y.org_id', '=', orgId).where('y.state', '<>', 'merged');
    for (const word of searchWords(q)) asked = asked.where(containing('y.search_text', word));
    if (speciality !== undefined)
        asked = asked.where((any) =>
            any.exists(
                any
                    .selectFrom('licence as l')
                    .select('l.id')
                    .whereRef('l.party_id', '=', 'y.id')
                    .where('l.speciality', '=', speciality)
                    .where('l.state', '=', 'valid'),
            ),
        );
    const found = await asked
        .select('y.id')
        .orderBy(sql`y.name collate "zh-Hans-CN-x-icu"`)
        .orderBy('y.id')
        .limit(MOST_DRAW_OBJECTS + 1)
        .execute();
    const ids = found.slice(0, MOST_DRAW_OBJECTS).map((row) => row.id);
    const facts = new Map((await factsOf(db, orgId, ids, year)).map((each) => [each.id, each]));
    const { graded } = await weightsOn(db, orgId, ids, { day: dayOf(now), at: now });
    const cap = await parameterAt(db, orgId, 'inspection.capPerYear', now);
    return {
        items: ids.flatMap((id) => {
            const fact = facts.get(id);
            if (fact === undefined) return [];
            const { name, merged: _, ...rest } = fact;
            const own = graded.get(id) ?? [];
            return [{ party: { id, name }, ...rest, graded: own, weight: gradedWeight(own) }];
        }),
        tooMany: found.length > MOST_DRAW_OBJECTS,
        capPerYear: cap.value,
    };
}

/**
 * Who keeps away from whom: as declared, by area (the officer's own, found in the address), and where wanted whoever made
 * the last visit.
 */
export async function avoidancesFor(
    db: ReadDb,
    orgId: Id,
    objects: readonly ObjectFacts[],
    officerIds: readonly Id[],
    avoidLastVisit: boolean,
): Promise<Avoidance[]> {
    const declared = await db
        .selectFrom('officer_avoidance')
        .select(['person_id as officer', 'party_id', 'area', 'reason'])
        .where('org_id', '=', orgId)
        .where('ended_at', 'is', null)
        .where('person_id', 'in', officerIds)
        .execute();
    const known = new Set(objects.map((each) => each.id));
    const found = declared.flatMap(({ officer, party_id, area, reason }): Avoidance[] => {
        if (party_id !== null) return known.has(party_id) ? [{ officer, object: party_id, reason }] : [];
        const there = objects.filter((each) => area !== null && each.address?.includes(area) === true);
        return there.map(({ id: object }) => ({ officer, object, reason }));
    });
    if (!avoidLastVisit) return found;
    const visits = await db
        .selectFrom((inner) =>
            inner
                .selectFrom('act as a')
                .distinctOn('a.party_id')
                .select(['a.id', 'a.party_id'])
                .where('a.org_id', '=', orgId)
                .where('a.state', '<>', 'cancelled')
                .where(sql<boolean>`a.party_id = any (${[...known]}::uuid[])`)
                .orderBy('a.party_id')
                .orderBy('a.starts_at', 'desc')
                .orderBy('a.id', 'desc')
                .as('last'),
        )
        .innerJoin('act_participant as p', 'p.act_id', 'last.id')
        .select(['last.party_id as object', 'p.person_id as officer'])
        .where('p.removed_at', 'is', null)
        .where('p.person_id', 'in', officerIds)
        .execute();
    for (const { object, officer } of visits)
        if (object !== null && officer !== null) found.push({ object, officer, reason: 'lastVisit' });
    return found;
}
