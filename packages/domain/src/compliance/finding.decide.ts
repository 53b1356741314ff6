import { COVERAGE_PARAMETERS } from '../act/coverage-facts.ts';
import { explains } from '../act/coverage-gaps.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { Duration, Instant } from '../kernel/instant.ts';
import { interval } from '../kernel/interval.ts';
import type { FindingCode } from './rules/rule.ts';

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

/** A file that came late is explained on the 24-hour board, where the ground is asked for (附件1 第15条): there is one way. */
export const isAnsweredOnBoard = (code: FindingCode): boolean => code === 'stored.late';

/** 附件2 is there for reference (供参考): what falls short of it is looked into and answered, and is no violation. */
export const isForReference = (code: FindingCode): boolean => code.startsWith('conformity.');

type Finding = { readonly state: FindingState; readonly code: FindingCode; readonly ownerId: Id | null };
type Answer = { readonly state: AnswerState; readonly statedBy: Id };

/** Whose matter it is answers, or any officer of the act. Throws `finding.settled`, `finding.onBoard`, `finding.answeredAlready`, `finding.notYours`. */
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
 * Somebody decides who is not concerned: whose matter it is not, and who never took part, taken off the list since or not.
 * Throws `finding.answerSettled`, `finding.ownAct`, `finding.reasonMissing`.
 */
export function decideOnFindingAnswer(
    answer: Answer,
    by: { readonly personId: Id; readonly isConcerned: boolean },
    as: 'accepted' | 'refused',
    words: string | undefined,
): void {
    if (answer.state !== 'waiting') throw new DomainError('finding.answerSettled');
    if (answer.statedBy === by.personId || by.isConcerned) throw new DomainError('finding.ownAct');
    if (as === 'refused' && words === undefined) throw new DomainError('finding.reasonMissing');
}

/** What an answer makes of its finding: refused, it is open again and can be answered better. */
export const stateAfter = (kind: AnswerKind, as: 'accepted' | 'refused'): FindingState => {
    if (as === 'refused') return 'open';
    return kind === 'explain' ? 'explained' : 'disputed';
};

/** Whoever gave an answer takes it back while nobody has decided. Throws `finding.answerSettled` or `finding.notYours`. */
export function decideFindingAnswerWithdrawal(answer: Answer, by: Id): void {
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
    if (finding.state !== 'open') throw new DomainError('finding.notOpen');
    if (isConcerned) throw new DomainError('finding.ownAct');
}

/**
 * The state after it was judged again. What is no longer found is settled, unless somebody had answered it: an accepted explanation
 * is often why. What is found again after it was settled is open again.
 */
export function stateAfterJudging(state: FindingState, found: boolean, excused: boolean): FindingState {
    if (excused && (state === 'open' || state === 'settled')) return 'explained';
    if (found) return state === 'settled' ? 'open' : state;
    return state === 'open' || state === 'answered' ? 'settled' : state;
}

type Stretch = { readonly from: Instant | null; readonly to: Instant | null };

/**
 * Whether what was found has outgrown what somebody said of it and somebody else accepted: a stretch of time of which that explains too
 * little. Then it is another finding, because nobody accepted anything about the rest.
 */
export function outgrows(found: Stretch, answered: Stretch & { readonly state: FindingState }): boolean {
    if (answered.state !== 'explained' && answered.state !== 'disputed') return false;
    const [now, then] = [stretchOf(found), stretchOf(answered)];
    return now !== undefined && then !== undefined && !explains(then, now, COVERAGE_PARAMETERS.toleranceMs);
}

const stretchOf = ({ from, to }: Stretch) => (from === null || to === null ? undefined : interval(from, to));
