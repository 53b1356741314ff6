import { type BodyValue, clausesOfVerdict, type RuleId, type RuleVerdict } from '@liuhen/domain';

type Verdicts = readonly RuleVerdict<RuleId>[];

/** The same verdicts are the same words, in whatever order the database gives their members. */
export const wordsOf = (verdicts: Verdicts): string =>
    JSON.stringify(
        verdicts.map(({ rule, version, verdict, modal, missing, missingOf = [], params, counts, byClause = {} }) => [
            ...[rule, version, verdict, modal, missing, missingOf, counts],
            Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : 1)),
            Object.entries(byClause)
                .map(([clause, of]) => [clause, of.verdict, of.modal])
                .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1)),
        ]),
    );

/** As they stand in the row of what was judged: what was found has rows of its own. */
export const keptOf = (verdicts: Verdicts) => verdicts.map(({ findings: _, unsure: __, ...verdict }) => verdict);

/** As the entry of a judgement says them. */
export const rulesSaid = (verdicts: Verdicts): BodyValue[] =>
    verdicts.map(({ rule, version, verdict, modal, missing, missingOf, params, counts, byClause }) => ({
        ...{ rule, version, verdict, modal, counts, missing: [...missing], missingOf: [...missingOf] },
        params: { ...params },
        clauses: clausesOfVerdict({ rule, byClause }),
        byClause: { ...byClause },
    }));
