import { AS_DEMANDED, BY_PLACE, type Id, kindOfClause, RULES, type RuleId, rulesOfClause } from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

/** Of acts in parts those that a finding `f` about a stretch of time falls into; an act that is not divided is one part. */
const partsOfAct = sql`(
    select s.scenario from act_segment s
    where s.act_id = f.act_id and s.removed_at is null
        and (f.from_at is null or f.to_at is null or s.starts_at < f.to_at and s.ends_at > f.from_at)
    union select a.scenario from act a
    where a.id = f.act_id and not exists (select from act_segment s where s.act_id = a.id and s.removed_at is null)
) as part (kind)`;

const hasSeveralPlaces = sql<SqlBool>`(select count(*) from act_segment s where s.act_id = f.act_id and s.removed_at is null
    and s.site_kind <> 'room' and s.scenario <> 'hearing') > 1`;

/** Whether a finding `f` is about this clause: one that names a clause is about that one only, and so is what a clause is about a part of. */
export function isOfClause(clause: string) {
    const rules = rulesOfClause(clause);
    const whole = rules.filter((rule) => RULES[rule].clauses.includes(clause));
    const part = rules.filter((rule) => RULES[rule].partClauses.includes(clause));
    return sql<SqlBool>`(f.rule = any (${whole}::text[]) and (f.clause is null or f.clause = ${clause})
        or f.rule = any (${part}::text[]) and (f.clause = ${clause} or f.clause is null and f.act_id is not null and ${isAboutPart(clause)}))`;
}

function isAboutPart(clause: string) {
    const kind = kindOfClause(clause);
    if (kind !== undefined) return sql<SqlBool>`exists (select from ${partsOfAct} where kind = ${kind})`;
    if (clause === AS_DEMANDED) return sql<SqlBool>`f.modal = 'must'`;
    return clause === BY_PLACE ? hasSeveralPlaces : sql<SqlBool>`false`;
}

export type Unanswered = { readonly rule: RuleId; readonly clause: string | null; readonly count: number };

/** Findings about acts that wait, by the clauses about a part only. */
export async function unansweredOfParts(db: ReadDb, orgId: Id): Promise<Unanswered[]> {
    const clauses = [
        ...new Set(Object.values(RULES).flatMap(({ subject, partClauses }) => (subject === 'act' ? partClauses : []))),
    ];
    const rules = [...new Set(clauses.flatMap(rulesOfClause))];
    const waiting = sql`finding f where f.org_id = ${orgId} and f.state in ('open', 'answered') and f.act_id is not null
        and f.clause is null and f.rule = any (${rules}::text[])`;
    const byKind = sql<{ rule: RuleId; kind: string; count: number }>`(
        select f.rule, part.kind, count(*)::int as count from (select f.* from ${waiting}) f cross join lateral ${partsOfAct} group by 1, 2)`;
    const others = sql<{ rule: RuleId; demanded: number; several: number }>`(
        select f.rule, count(*) filter (where f.modal = 'must')::int as demanded,
            count(*) filter (where ${hasSeveralPlaces})::int as several from ${waiting} group by 1)`;
    const kinds = await db.selectFrom(byKind.as('by_kind')).selectAll().execute();
    const rest = await db.selectFrom(others.as('others')).selectAll().execute();
    const counted = [
        ...kinds.map(({ rule, kind, count }) => ({ rule, clause: clauses.find((each) => kindOfClause(each) === kind), count })),
        ...rest.flatMap(({ rule, demanded, several }) => [
            { rule, clause: AS_DEMANDED, count: demanded },
            { rule, clause: BY_PLACE, count: several },
        ]),
    ];
    return counted.flatMap(({ rule, clause, count }) =>
        clause !== undefined && count > 0 && RULES[rule].partClauses.includes(clause) ? [{ rule, clause, count }] : [],
    );
}
