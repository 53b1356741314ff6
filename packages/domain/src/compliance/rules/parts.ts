import type { Scenario } from '../../act/act.ts';
import { coverageOf } from '../../act/coverage.ts';
import type { ActSegmentFacts } from '../../act/coverage-facts.ts';
import type { ActToJudge, ClauseVerdict, Outcome } from './rule.ts';

/** 正文二(二)1: recording throughout in nine kinds of act, each a clause of its own. */
export const CLAUSE_OF_KIND = {
    licenceSiteReview: 'Z2.2.1-1',
    afterNotificationCommitment: 'Z2.2.1-2',
    doubleRandomInspection: 'Z2.2.1-3',
    coerciveMeasure: 'Z2.2.1-4',
    evidencePreservation: 'Z2.2.1-5',
    lienService: 'Z2.2.1-6',
    publicService: 'Z2.2.1-7',
    simpleProcedurePenalty: 'Z2.2.1-8',
    hearing: 'Z2.2.1-9',
} as const satisfies Partial<Record<Scenario, string>>;

const KIND_OF_CLAUSE: ReadonlyMap<string, Scenario> = new Map(
    (Object.keys(CLAUSE_OF_KIND) as (keyof typeof CLAUSE_OF_KIND)[]).map((kind) => [CLAUSE_OF_KIND[kind], kind]),
);

/** The kind of act that a clause is about; `undefined`: it is about none in particular. */
export const kindOfClause = (clause: string): Scenario | undefined => KIND_OF_CLAUSE.get(clause);

/** The eight kinds that are recorded by those who take part; of hearings the room's camera is asked (正文二(二)3). */
export const KINDS_BY_RECORDER: readonly string[] = Object.values(CLAUSE_OF_KIND).filter(
    (clause) => clause !== CLAUSE_OF_KIND.hearing,
);

/** 附件1 第17条(一): what has to be recorded throughout and is not. What is only wanted is no violation. */
export const AS_DEMANDED = 'A1-17-1';
/** 附件1 第5条: of several places each is a unit of its own. */
export const BY_PLACE = 'A1-5-3';

const PARTS = {
    [AS_DEMANDED]: (of: ActToJudge) => of.input.segments.filter((each) => each.recording === 'must'),
    [BY_PLACE]: (of: ActToJudge) => {
        const onSite = of.input.segments.filter((each) => each.onSite);
        return onSite.length > 1 ? onSite : [];
    },
};

function partOf(clause: string, of: ActToJudge): readonly ActSegmentFacts[] {
    if (clause === AS_DEMANDED || clause === BY_PLACE) return PARTS[clause](of);
    const kind = kindOfClause(clause);
    return kind === undefined ? [] : of.input.segments.filter((each) => of.scenarios[each.id] === kind);
}

/**
 * The whole with how each of these clauses stands: the same rule asked of only those segments that the clause is about. Where there are
 * none, or nothing is owed there, the clause has nothing to be judged and is left out.
 */
export function withParts(of: ActToJudge, clauses: readonly string[], judge: (of: ActToJudge) => Outcome): Outcome {
    const whole = judge(of);
    const byClause: Record<string, ClauseVerdict> = {};
    for (const clause of clauses) {
        const segments = partOf(clause, of);
        if (segments.length === 0) continue;
        const { verdict, modal } = segments.length === of.input.segments.length ? whole : judge(only(of, segments));
        if (verdict !== 'notApplicable') byClause[clause] = { verdict, modal };
    }
    return { ...whole, byClause };
}

function only(of: ActToJudge, segments: readonly ActSegmentFacts[]): ActToJudge {
    const input = { ...of.input, segments };
    return { ...of, input, coverage: coverageOf(input) };
}
