import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Id, RULE_IDS, RULES } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { unansweredOfParts } from './clause-parts.queries.ts';

type Sum = { readonly verdict: string; readonly modal: string; readonly subjects: number };

/** How the organisation stands by each rule, from sums that are kept with every judgement; and what waits for an answer. */
export async function ruleStanding(db: ReadDb, orgId: Id): Promise<ResponseOf<Endpoints['finding.standing']>> {
    const sums = await db
        .selectFrom('rule_standing')
        .select(['rule', 'clause', 'verdict', 'modal', 'subjects'])
        .where('org_id', '=', orgId)
        .where('subjects', '>', 0)
        .execute();
    const unanswered = await db
        .selectFrom('finding')
        .select((of) => ['rule', 'clause', of.fn.countAll<number>().as('count')])
        .where('org_id', '=', orgId)
        .where('state', 'in', ['open', 'answered'])
        .groupBy(['rule', 'clause'])
        .execute();
    return {
        rules: RULE_IDS.map((rule) => {
            const of = (clause: string) => countsOf(sums.filter((each) => each.rule === rule && each.clause === clause));
            const { subject, partClauses } = RULES[rule];
            return { rule, subject, ...of(''), parts: partClauses.map((clause) => ({ clause, ...of(clause) })) };
        }),
        unanswered: [...unanswered, ...(await unansweredOfParts(db, orgId))],
    };
}

function countsOf(sums: readonly Sum[]) {
    const sum = (of: (row: Sum) => boolean) => sums.filter(of).reduce((all, each) => all + each.subjects, 0);
    return {
        pass: sum(({ verdict }) => verdict === 'pass'),
        fail: sum(({ verdict, modal }) => verdict === 'fail' && modal === 'must'),
        wanted: sum(({ verdict, modal }) => verdict === 'fail' && modal === 'should'),
        needsReview: sum(({ verdict }) => verdict === 'needsReview'),
    };
}
