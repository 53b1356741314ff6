import { COVERAGE_PARAMETERS } from '../act/coverage-facts.ts';
import { explains } from '../act/coverage-written.ts';
import type { Role } from '../identity/roles.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { Duration, Instant } from '../kernel/instant.ts';
import { interval } from '../kernel/interval.ts';
import { type FindingCode, type RuleId, type RuleVerdict, sameFinding } from './rules/rule.ts';

/**
 * `open`: somebody has to answer · `answered`: an answer waits for somebody else · `explained`: an explanation was accepted ·
 * `disputed`: a dispute was accepted, the facts as they are kept are wrong · `stands`: a violation, confirmed · `settled`: the rule no
 * longer finds it, because facts came. No state takes a finding away, and nobody can waive one.
 */
export const FINDING_STATES = ['open', 'answered', 'explained', 'disputed', 'stands', 'settled'] as const;
export type FindingState = (typeof FINDING_STATES)[number];

export const ANSWER_KINDS = ['explain', 'dispute'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];
export const ANSWER_STATES = ['waiting', 'accepted', 'refused', 'withdrawn'] as const;
export type AnswerState = (typeof ANSWER_STATES)[number];

/** What somebody rules on a finding by themselves: that it is a violation, and that by facts which came later it is none. */
export const RULING_KINDS = ['confirmed', 'revised'] as const;
export type RulingKind = (typeof RULING_KINDS)[number];

/** How the finding stands on which an outcome rests. `overtaken`: by facts that came it is no longer found · `revised`: and somebody settled that. */
export const FINDING_BASES = ['confirmed', 'overtaken', 'revised'] as const;
export type FindingBasis = (typeof FINDING_BASES)[number];

export function findingBasis(finding: { readonly state: FindingState; readonly goneSince: Instant | null }): FindingBasis {
    if (finding.state !== 'stands') return 'revised';
    return finding.goneSince === null ? 'confirmed' : 'overtaken';
}

/** A file that came late is explained on the 24-hour board, where the ground is asked for (附件1 第15条): there is one way. */
export const isAnsweredOnBoard = (code: FindingCode): boolean => code === 'stored.late';

/**
 * Nothing was recorded, or it was begun late: an explanation that is accepted says why and makes nothing good (附件1 第5、8条); the rule goes on
 * finding it, and whoever may can still confirm it as a violation.
 */
export const isUnexcusable = (code: FindingCode): boolean =>
    code === 'recording.none' || code === 'beginning.late' || code === 'room.none';

/** An explanation was accepted, and what it explains is still not met. */
export const isInVain = ({ state, code }: Pick<Finding, 'state' | 'code'>): boolean =>
    state === 'explained' && isUnexcusable(code);

/** 附件2 is there for reference (供参考): what falls short of it is looked into and answered, and is no violation. */
export const isForReference = (code: FindingCode): boolean => code.startsWith('conformity.');

type Finding = { readonly state: FindingState; readonly code: FindingCode; readonly ownerId: Id | null };
/** With the stretch of time it is about, as that stood when it was given. */
type Answer = FoundStretch & { readonly state: AnswerState; readonly statedBy: Id };

/** Who answers where nobody can any more: of an act the head of a section, of a recorder or the unit whoever manages the recordings. */
export const STAND_INS = { act: 'sectionHead', other: 'recordingManager' } as const satisfies Record<string, Role>;

/**
 * Every finding has an owner. Where whoever should answer has left, or nobody was named, that is whoever holds a role in the unit; null where
 * somebody can answer.
 */
export function standInFor(of: {
    readonly ofAct: boolean;
    readonly ownerId: Id | null;
    readonly ownerRole: Role | null;
    readonly ownerLeftAt: Instant | null;
}): Role | null {
    if (of.ownerRole !== null || (of.ownerId !== null && of.ownerLeftAt === null)) return null;
    return of.ofAct ? STAND_INS.act : STAND_INS.other;
}

/** Whose matter it is answers, any officer of the act, or whoever stands in. Throws `finding.settled`, `finding.onBoard`, `finding.answeredAlready`, `finding.notYours`. */
export function decideFindingAnswer(finding: Finding, by: { readonly personId: Id; readonly takesPart: boolean }): void {
    if (finding.state === 'answered') throw new DomainError('finding.answeredAlready');
    if (finding.state !== 'open') throw new DomainError('finding.notOpen');
    if (isAnsweredOnBoard(finding.code)) throw new DomainError('finding.onBoard');
    if (finding.ownerId !== by.personId && !by.takesPart) throw new DomainError('finding.notYours');
}

/**
 * What was spoken stands at a moment of an original of the same act, inside its length (附件1 第10条). `recording` is undefined where the
 * act has none such. Throws `finding.momentUnknown`.
 */
export function decideAnswerMoment(mediaMs: Duration, recording: { readonly durationMs: Duration | null } | undefined): void {
    const length = recording?.durationMs ?? null;
    if (length === null || mediaMs > length) throw new DomainError('finding.momentUnknown');
}

/**
 * Somebody decides who is not concerned: whose matter it is not, and who never took part, taken off the list since or not. Words about one
 * stretch of time are not accepted for another that grew out of it meanwhile.
 * Throws `finding.answerSettled`, `finding.ownAct`, `finding.reasonMissing`, `finding.outgrown`.
 */
export function decideOnFindingAnswer(
    answer: Answer,
    found: FoundStretch,
    by: { readonly personId: Id; readonly isConcerned: boolean },
    as: 'accepted' | 'refused',
    words: string | undefined,
): void {
    if (answer.state !== 'waiting') throw new DomainError('finding.answerSettled');
    if (answer.statedBy === by.personId || by.isConcerned) throw new DomainError('finding.ownAct');
    if (as === 'refused' && words === undefined) throw new DomainError('finding.reasonMissing');
    if (as === 'accepted' && outgrows(found, answer)) throw new DomainError('finding.outgrown');
}

/** What an answer makes of its finding: refused, it is open again and can be answered better. */
export const stateAfter = (kind: AnswerKind, as: 'accepted' | 'refused'): FindingState => {
    if (as === 'refused') return 'open';
    return kind === 'explain' ? 'explained' : 'disputed';
};

/** Whoever gave an answer takes it back while nobody has decided. Throws `finding.answerSettled` or `finding.notYours`. */
export function decideFindingAnswerWithdrawal(answer: Pick<Answer, 'state' | 'statedBy'>, by: Id): void {
    if (answer.state !== 'waiting') throw new DomainError('finding.answerSettled');
    if (answer.statedBy !== by) throw new DomainError('finding.notYours');
}

/**
 * A violation is confirmed by somebody who did not take part, with the reason (正文三(四)). An answer that waits is decided on first.
 * Throws `finding.forReference`, `finding.notOpen`, `finding.answerWaits` or `finding.ownAct`.
 */
export function decideFindingConfirmation(finding: Pick<Finding, 'state' | 'code'>, isConcerned: boolean): void {
    if (isForReference(finding.code)) throw new DomainError('finding.forReference');
    if (finding.state === 'answered') throw new DomainError('finding.answerWaits');
    if (!isConfirmable(finding)) throw new DomainError('finding.notOpen');
    if (isConcerned) throw new DomainError('finding.ownAct');
}

/** Whether a finding can be confirmed as a violation as it stands: it is open, or explained where no explanation makes it good. */
export const isConfirmable = ({ state, code }: Pick<Finding, 'state' | 'code'>): boolean =>
    !isForReference(code) && (state === 'open' || isInVain({ state, code }));

/**
 * How something that was found before stands when it is judged again. `found`: it is there · `unknown`: a fact is missing, and nobody can
 * say · `gone`: the rule knows all that it asks for and does not find it.
 */
export type FoundAgain = 'found' | 'unknown' | 'gone';

type Kept = FoundStretch & {
    readonly rule: RuleId;
    readonly key: string;
    readonly code: FindingCode;
    readonly personId: Id | null;
};

/**
 * What became of something that a judgement does not find again. That a fact is missing now settles nothing: of a clock that is doubted, of
 * a ground that nobody confirmed, of a rule that failed nobody learns that a recording is there. What only a person can say is known
 * once they said it.
 */
export function foundAgain(lost: Kept, verdicts: readonly RuleVerdict<RuleId>[]): FoundAgain {
    const verdict = verdicts.find((each) => each.rule === lost.rule);
    if (verdict === undefined) return 'gone';
    if (verdict.unsure.some((each) => sameFinding(lost, each))) return 'unknown';
    const isTold = verdict.verdict !== 'needsReview' || verdict.unsure.length > 0;
    return isTold || verdict.missing.every((each) => each === 'person') ? 'gone' : 'unknown';
}

/**
 * The state after it was judged again. What is gone is settled, unless somebody had answered it: an accepted explanation is often why. What
 * is found again after it was settled is open again.
 */
export function stateAfterJudging(state: FindingState, again: FoundAgain, excused: boolean): FindingState {
    if (excused && (state === 'open' || state === 'settled')) return 'explained';
    if (again === 'found') return state === 'settled' ? 'open' : state;
    return again === 'gone' && (state === 'open' || state === 'answered') ? 'settled' : state;
}

/**
 * Since when a violation that was confirmed is no longer found, because facts came after that; null: it is found, or nobody can say.
 * The confirmation stands until somebody settles it.
 */
export const goneSince = (state: FindingState, again: FoundAgain, before: Instant | null, now: Instant): Instant | null =>
    state === 'stands' && again === 'gone' ? (before ?? now) : null;

/**
 * Somebody who is not concerned settles a violation that was confirmed, once facts came by which it is none, and says why. The
 * confirmation stays in its history. Throws `finding.notConfirmed`, `finding.stillFound` or `finding.ownAct`.
 */
export function decideFindingRevision(
    finding: { readonly state: FindingState; readonly goneSince: Instant | null },
    isConcerned: boolean,
): void {
    if (finding.state !== 'stands') throw new DomainError('finding.notConfirmed');
    if (finding.goneSince === null) throw new DomainError('finding.stillFound');
    if (isConcerned) throw new DomainError('finding.ownAct');
}

export type FoundStretch = { readonly from: Instant | null; readonly to: Instant | null };

/**
 * Whether what is found is no longer what somebody spoke of: a stretch of time of which that explains too little, or too little of that. `said` is the stretch as
 * it stood when it was said, or when somebody else accepted it, however often it was judged since: small steps of a clock add up.
 */
export function outgrows(found: FoundStretch, said: FoundStretch): boolean {
    const [now, then] = [stretchOf(found), stretchOf(said)];
    return now !== undefined && then !== undefined && !explains(then, now, COVERAGE_PARAMETERS.toleranceMs);
}

const stretchOf = ({ from, to }: FoundStretch) => (from === null || to === null ? undefined : interval(from, to));
