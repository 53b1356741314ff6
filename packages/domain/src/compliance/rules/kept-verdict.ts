import type { ClauseVerdict, RuleId, RuleVerdict } from './rule.ts';

/** A verdict without what was found, which is kept by itself. */
export type SaidVerdict<R extends RuleId = RuleId> = Omit<RuleVerdict<R>, 'findings' | 'unsure'>;

/**
 * A verdict as it stands in the row and in the entry of a judgement: what mostly is the case is left out. Modal `must`; it counts; nothing
 * missing; no figures; no clauses about a part. A clause that stands as the whole rule does is named and says no more. What was kept before
 * it was shortened says all of it, and is read in the same way.
 */
export type KeptVerdict = Pick<RuleVerdict<RuleId>, 'rule' | 'version' | 'verdict'> &
    Partial<Pick<RuleVerdict<RuleId>, 'modal' | 'counts' | 'missing' | 'missingOf' | 'params'>> & {
        readonly byClause?: Readonly<Record<string, Partial<ClauseVerdict>>>;
    };

export function keptVerdict(of: SaidVerdict): KeptVerdict {
    const kept: { -readonly [Member in keyof KeptVerdict]: KeptVerdict[Member] } = {
        ...{ rule: of.rule, version: of.version, verdict: of.verdict },
    };
    if (of.modal !== 'must') kept.modal = of.modal;
    if (!of.counts) kept.counts = false;
    if (of.missing.length > 0) kept.missing = of.missing;
    if (of.missingOf.length > 0) kept.missingOf = of.missingOf;
    if (!isEmpty(of.params)) kept.params = of.params;
    if (!isEmpty(of.byClause)) kept.byClause = shorter(of);
    return kept;
}

function shorter({ verdict, modal, byClause }: SaidVerdict): Record<string, Partial<ClauseVerdict>> {
    const clauses: Record<string, Partial<ClauseVerdict>> = {};
    for (const clause of Object.keys(byClause)) {
        const of = byClause[clause];
        clauses[clause] = of === undefined || (of.verdict === verdict && of.modal === modal) ? AS_THE_RULE : of;
    }
    return clauses;
}

const AS_THE_RULE = {};

function isEmpty(of: object): boolean {
    for (const _ in of) return false;
    return true;
}

/** What was kept, with all that was left out. */
export function readVerdict(kept: KeptVerdict): SaidVerdict {
    const { rule, version, verdict, modal = 'must', counts = true } = kept;
    const { missing = [], missingOf = [], params = {}, byClause = {} } = kept;
    return {
        ...{ rule, version, verdict, modal, counts, missing, missingOf, params },
        byClause: Object.fromEntries(Object.entries(byClause).map(([clause, of]) => [clause, { verdict, modal, ...of }])),
    };
}
