import type { Instant } from '../kernel/instant.ts';
import type { BoundedInstant, CoverageInput } from './coverage-facts.ts';

/**
 * `held`: so it is · `act`: somebody must do something · `judge`: a person must judge, or a fact is missing ·
 * `broken`: a duty was not met and cannot be met any more.
 */
export type StatementStatus = 'held' | 'act' | 'judge' | 'broken';

export const STATEMENT_CODES = [
    'twoOfficers.present',
    'twoOfficers.partly',
    'twoOfficers.fewer',
    'twoOfficers.certificateUnknown',
    'twoOfficers.noTimes',
    'twoOfficers.notOnSite',
    'coverage.full',
    'coverage.answered',
    'coverage.exempt',
    'coverage.gapsOpen',
    'coverage.unexcused',
    'coverage.noteMissing',
    'coverage.roomReason',
    'coverage.exemptWaiting',
    'coverage.wanted',
    'coverage.notDue',
    'coverage.uncertain',
    'coverage.openEnded',
    'coverage.deviceClock',
    'coverage.none',
    'coverage.noTimes',
    'documentTimes.agree',
    'documentTimes.differ',
    'documentTimes.unknown',
    'documentTimes.exempt',
    'documentTimes.noDocument',
    'stored.inTime',
    'stored.damaged',
    'stored.late',
    'stored.waiting',
    'stored.byDeviceClock',
    'stored.endUnknown',
    'stored.unsure',
    'stored.nothing',
    'stored.exempt',
    'speech.confirmed',
    'speech.waiting',
] as const;
export type StatementCode = (typeof STATEMENT_CODES)[number];

export const DETAIL_CODES = [
    'certificates.valid',
    'certificates.invalid',
    'certificates.unknown',
    'recorders.all',
    'recorders.missing',
    'recorders.exempt',
    'gaps.none',
    'gaps.open',
    'gaps.wanted',
    'gaps.spokenFar',
    'gaps.confirmed',
    'gaps.disputed',
    'gaps.unexcused',
    'gaps.saidOfOther',
    'gaps.answered',
    'gaps.exempt',
    'gaps.exemptWaiting',
    'exemption.noteMissing',
    'room.reasonMissing',
    'room.substitute',
    'gaps.tolerated',
    'gaps.due',
    'clock.device',
    'recordings.untimed',
    'recordings.openEnded',
    'start.agrees',
    'start.differs',
    'start.encloses',
    'start.short',
    'start.unknown',
    'end.agrees',
    'end.differs',
    'end.encloses',
    'end.short',
    'end.unknown',
    'stored.limit',
    'speech.opening.confirmed',
    'speech.opening.proposed',
    'speech.opening.missing',
    'speech.closing.confirmed',
    'speech.closing.proposed',
    'speech.closing.missing',
] as const;
export type DetailCode = (typeof DETAIL_CODES)[number];

/** Parameters are integers: counts, milliseconds (`…Ms`), per-mille (`permille`) or instants (`…At`). */
export type Params = Readonly<Record<string, number>>;

/** One answer a reviewer came for, as codes: the words are the caller's. */
export type Statement = {
    readonly id: 'twoOfficers' | 'coverage' | 'documentTimes' | 'stored' | 'speech';
    readonly status: StatementStatus;
    readonly code: StatementCode;
    readonly params: Params;
    readonly details: readonly { readonly code: DetailCode; readonly params: Params }[];
    /** `false`: shown, but never colours the whole act (verdicts only a person can give, where nobody asked for them). */
    readonly counts: boolean;
};

/** A document that states when the act began and ended. */
export type DocumentFacts = {
    readonly id: string;
    readonly title: string;
    readonly start: Instant | null;
    readonly end: Instant | null;
};

/** The opening or closing words as found in a recording: proposed by a machine or confirmed by a person. */
export type SpeechMark = {
    readonly kind: 'opening' | 'closing';
    readonly state: 'confirmed' | 'proposed';
    readonly corrected: BoundedInstant | null;
};

export type StatementInput = CoverageInput & {
    readonly documents: readonly DocumentFacts[];
    readonly speech: readonly SpeechMark[];
    /** Acts in a case and drawn samples need the spoken words confirmed. */
    readonly speechRequired: boolean;
};

const RANK: Record<StatementStatus, number> = { held: 0, judge: 1, act: 2, broken: 3 };

/** How the act stands as a whole: the worst of the statements that count. */
export const worstStatus = (of: readonly Pick<Statement, 'status' | 'counts'>[]): StatementStatus =>
    of.filter((each) => each.counts).reduce<StatementStatus>((worst, { status }) => worse(worst, status), 'held');

export const worse = (a: StatementStatus, b: StatementStatus): StatementStatus => (RANK[b] > RANK[a] ? b : a);
