import {
    type BodyValue,
    type KeptVerdict,
    keptVerdict,
    type RuleId,
    type RuleVerdict,
    readVerdict,
    type SaidVerdict,
} from '@liuhen/domain';

/** The same verdicts are the same words, in whatever order the database gives their members. */
export const wordsOf = (kept: readonly KeptVerdict[]): string =>
    JSON.stringify(
        kept.map(({ rule, version, verdict, modal, missing, missingOf, params, counts, byClause }) => [
            ...[rule, version, verdict, modal, missing, missingOf, counts],
            params === undefined ? null : Object.entries(params).toSorted(inOrder),
            byClause === undefined
                ? null
                : Object.entries(byClause)
                      .map(([clause, of]) => [clause, of.verdict, of.modal])
                      .toSorted(inOrder),
        ]),
    );

const inOrder = ([a]: readonly unknown[], [b]: readonly unknown[]): number => (String(a) < String(b) ? -1 : 1);

/** As they stand in the row of what was judged: what was found has rows of its own. */
export const keptOf = (verdicts: readonly RuleVerdict<RuleId>[]): KeptVerdict[] => verdicts.map(keptVerdict);

/** What `keptOf` kept. */
export const readKept = (verdicts: unknown): SaidVerdict[] => (verdicts as readonly KeptVerdict[]).map(readVerdict);

/** As the entry of a judgement says them; which clauses a rule rests on the catalogue says, by the version of the rule. */
export const rulesSaid = (kept: readonly KeptVerdict[]): BodyValue[] => kept as unknown as BodyValue[];
