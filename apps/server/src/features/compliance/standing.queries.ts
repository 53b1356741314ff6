import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Id, RULE_IDS, RULES } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

/** How the organisation stands by each rule, from sums that are kept with every judgement; and what waits for an answer. */
export async function ruleStanding(db: ReadDb, orgId: Id): Promise<ResponseOf<Endpoints['finding.standing']>> {
    const sums = await db
        .selectFrom('rule_standing')
        .select(['rule', 'verdict', 'modal', 'subjects'])
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
            const own = sums.filter((each) => each.rule === rule);
            const sum = (of: (row: (typeof own)[number]) => boolean) =>
                own.filter(of).reduce((all, each) => all + each.subjects, 0);
            return {
                ...{ rule, subject: RULES[rule].subject },
                pass: sum(({ verdict }) => verdict === 'pass'),
                fail: sum(({ verdict, modal }) => verdict === 'fail' && modal === 'must'),
                wanted: sum(({ verdict, modal }) => verdict === 'fail' && modal === 'should'),
                needsReview: sum(({ verdict }) => verdict === 'needsReview'),
            };
        }),
        unanswered,
    };
}
