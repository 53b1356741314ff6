import { type ExplanationFacts, explanationOfAnswer, type FoundOfAct, type Id, interval } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

/** Explanations of gaps that were given as answers to findings and accepted by somebody else (附件1 第10条: 事后书面说明). */
export async function acceptedExplanationsOf(
    db: ReadDb,
    acts: readonly Id[],
): Promise<Map<Id, (ExplanationFacts & { readonly personId: Id })[]>> {
    if (acts.length === 0) return new Map();
    const rows = await db
        .selectFrom('finding_answer as n')
        .innerJoin('finding as f', 'f.id', 'n.finding_id')
        .select((of) => [of.ref('f.act_id').$notNull().as('act_id'), 'n.id', 'n.words', 'f.person_id', 'f.about_id'])
        // The stretch that was accepted: the one of the finding moves on with each fit of a clock.
        .select((of) => [
            of.fn.coalesce('n.from_at', 'f.from_at').as('from_at'),
            of.fn.coalesce('n.to_at', 'f.to_at').as('to_at'),
        ])
        .where('f.act_id', '=', (of) => of.fn.any(of.val(acts)))
        .where('f.rule', 'in', ['recordedThroughout', 'interruptionsExplained', 'roomRecorded'])
        .where('n.kind', '=', 'explain')
        .where('n.state', '=', 'accepted')
        .orderBy('n.id')
        .execute();
    const explanations = rows.flatMap((row) => {
        // Of a room it is the room that is named.
        const personId = row.person_id ?? row.about_id;
        const during = row.from_at === null || row.to_at === null ? undefined : interval(row.from_at, row.to_at);
        if (personId === null || during === undefined) return [];
        return [
            { actId: row.act_id, of: { id: explanationOfAnswer(row.id), personId, during, reason: row.words, accepted: true } },
        ];
    });
    const byAct = Map.groupBy(explanations, (each) => each.actId);
    return new Map([...byAct].map(([actId, of]) => [actId, of.map((each) => each.of)]));
}

export const NOT_JUDGED: FoundOfAct = { verdict: null, open: 0, waiting: 0, confirmed: 0 };

/** What was found about acts when they were judged last, and how far it has come. */
export async function foundOfActs(db: ReadDb, acts: readonly Id[]): Promise<Map<Id, FoundOfAct>> {
    if (acts.length === 0) return new Map();
    const rows = await db
        .selectFrom('act_judgement as j')
        .leftJoin('finding as f', 'f.act_id', 'j.act_id')
        .select(['j.act_id as actId', 'j.verdict'])
        .select([
            sql<number>`(count(*) filter (where f.state = 'open'))::int`.as('open'),
            sql<number>`(count(*) filter (where f.state = 'answered' or f.state = 'stands' and f.gone_since is not null))::int`.as(
                'waiting',
            ),
            sql<number>`(count(*) filter (where f.state = 'stands' and f.gone_since is null))::int`.as('confirmed'),
        ])
        .where('j.act_id', '=', (of) => of.fn.any(of.val(acts)))
        .groupBy(['j.act_id', 'j.verdict'])
        .execute();
    return new Map(rows.map(({ actId, ...found }) => [actId, found]));
}
