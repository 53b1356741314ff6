import { coverageOf, type PersonCoverage } from '../../act/coverage.ts';
import type { Gap } from '../../act/coverage-gaps.ts';
import type { Instant } from '../../kernel/instant.ts';
import { interruptionsExplained, recordedThroughout, roomRecorded } from './gaps.ts';
import { checkedBeforeUse, exemptionsWritten, partyLinked } from './papers-and-checks.ts';
import {
    type ActRule,
    type ActRuleFacts,
    type ActRuleId,
    type ActToJudge,
    type RuleId,
    type RuleVerdict,
    unjudged,
    type Verdict,
    verdictBy,
} from './rule.ts';
import { documentTimes, storedInTime } from './times.ts';
import { twoOfficers } from './two-officers.ts';
import { keyFootage, spokenWords } from './what-people-say.ts';

/** Every rule that judges an act, in the order in which a reviewer reads. */
export const ACT_RULES: Readonly<Record<ActRuleId, ActRule>> = {
    twoOfficers,
    recordedThroughout,
    interruptionsExplained,
    roomRecorded,
    documentTimes,
    storedInTime,
    spokenWords,
    keyFootage,
    exemptionsWritten,
    partyLinked,
    checkedBeforeUse,
};

/** Where the reason of a gap stands. `answer`: given to a finding and accepted by somebody else. */
export const GAP_SOURCES = ['paper', 'spoken', 'answer', 'exemption'] as const;
export type GapSource = (typeof GAP_SOURCES)[number];

export type JudgedGap = Pick<Gap, 'start' | 'end' | 'place' | 'state' | 'modal' | 'words'> & {
    readonly kind: 'officer' | 'room';
    readonly carrierId: string;
    readonly source: GapSource | null;
    /** The exemption, paper, mark or answer. */
    readonly sourceId: string | null;
};

/** An act judged by every rule at a moment. */
export type ActJudgement = {
    readonly verdicts: readonly RuleVerdict[];
    readonly verdict: Verdict;
    /** What had to be recorded, of it recorded and exempt, of all officers and rooms together, ms. */
    readonly requiredMs: number;
    readonly coveredMs: number;
    readonly exemptMs: number;
    /** Interruptions of footage that is there, whether explained or not. */
    readonly interruptions: number;
    /** Every gap, whatever its state: the ledger of interruptions (附件1 第10条). */
    readonly gaps: readonly JudgedGap[];
    /** When the same facts lead to another verdict only because time went by; null: never. */
    readonly judgeAgainAt: Instant | null;
};

/**
 * Throws nothing: a rule that throws needs review, by its name, and takes no other rule's verdict with it; so do all of them where their
 * common ground, what was recorded of what had to be, cannot be worked out.
 */
export function judgeAct(facts: ActRuleFacts, now: Instant, rules: readonly ActRule[] = Object.values(ACT_RULES)): ActJudgement {
    const input = { ...facts.statement, now };
    const found = coverageIn(input);
    const coverage = found ?? [];
    const ended = facts.closed || (input.stated !== null && now >= input.stated.end);
    const of: ActToJudge = { ...facts, input, coverage, now, ended };
    const verdicts = rules.map((rule) => (found === undefined ? unjudged(rule) : verdictBy(rule, of)));
    const sum = (part: 'requiredMs' | 'coveredMs' | 'exemptMs') => coverage.reduce((total, each) => total + each[part], 0);
    return {
        verdicts,
        verdict: worstVerdict(verdicts),
        requiredMs: sum('requiredMs'),
        coveredMs: sum('coveredMs'),
        exemptMs: sum('exemptMs'),
        interruptions: coverage.flatMap((each) => each.gaps).filter((gap) => gap.place === 'between').length,
        gaps: coverage.flatMap(({ kind, gaps }) => gaps.map((gap) => judgedGap(kind, gap, facts))),
        judgeAgainAt: judgeAgainAt(of),
    };
}

function coverageIn(input: ActToJudge['input']): readonly PersonCoverage[] | undefined {
    try {
        return coverageOf(input);
    } catch {
        return undefined;
    }
}

function judgedGap(kind: 'officer' | 'room', gap: Gap, { statement }: ActRuleFacts): JudgedGap {
    const { start, end, place, state, modal, words, personId: carrierId, sourceId } = gap;
    return { kind, carrierId, start, end, place, state, modal, words, ...sourceOf(gap, sourceId, statement.spoken) };
}

function sourceOf(
    { state }: Gap,
    id: string | null,
    spoken: readonly { readonly id: string }[],
): Pick<JudgedGap, 'source' | 'sourceId'> {
    if (id === null) return { source: null, sourceId: null };
    if (state === 'exempt' || state === 'exemptWaiting') return { source: 'exemption', sourceId: id };
    if (spoken.some((each) => each.id === id)) return { source: 'spoken', sourceId: id };
    const answer = answerOfExplanation(id);
    if (answer !== undefined) return { source: 'answer', sourceId: answer };
    // A paper explains for each of those it names.
    return { source: 'paper', sourceId: id.split(' ')[0] ?? id };
}

const ANSWER_PREFIX = 'answer/';

/** An accepted answer explains a gap as a paper does; its explanation is told from theirs by its id. */
export const explanationOfAnswer = (answerId: string): string => `${ANSWER_PREFIX}${answerId}`;
export const answerOfExplanation = (id: string): string | undefined =>
    id.startsWith(ANSWER_PREFIX) ? id.slice(ANSWER_PREFIX.length) : undefined;

const RANK: Readonly<Record<Verdict, number>> = { notApplicable: 0, pass: 1, needsReview: 2, fail: 3 };

/** How an act stands: the worst that counts. What is only wanted (应当 elsewhere than in the nine scenarios) needs review, it does not fail an act. */
export const worstVerdict = (of: readonly Pick<RuleVerdict<RuleId>, 'verdict' | 'modal' | 'counts'>[]): Verdict =>
    of
        .filter((each) => each.counts)
        .map((each): Verdict => (each.verdict === 'fail' && each.modal === 'should' ? 'needsReview' : each.verdict))
        .reduce<Verdict>((worst, next) => (RANK[next] > RANK[worst] ? next : worst), 'notApplicable');

/** The next moment at which something becomes due, or at which the act is over. */
function judgeAgainAt({ input, coverage, now, ended }: ActToJudge): Instant | null {
    const due = coverage.flatMap((each) => each.gaps).flatMap((gap) => gap.dueAt ?? []);
    const end = ended || input.stated === null ? [] : [input.stated.end];
    const later = [...due, ...end].filter((at) => at > now);
    return later.length === 0 ? null : Math.min(...later);
}
