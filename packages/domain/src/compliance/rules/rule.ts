import type { ScenarioKey } from '../../act/act.ts';
import type { PersonCoverage } from '../../act/coverage.ts';
import type { Modal } from '../../act/coverage-facts.ts';
import type { Params, StatementInput } from '../../act/coverage-statement.ts';
import type { Role } from '../../identity/roles.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Duration, Instant } from '../../kernel/instant.ts';
import type { RecordingMarkKind } from '../../recording/recording-mark.ts';

/** A verdict is one of four. `needsReview`: a fact is missing, or only a person can say; it is never silently a `fail`, and never a `pass`. */
export const VERDICTS = ['pass', 'fail', 'notApplicable', 'needsReview'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a verdict waits for. `notDue`: it may still come in time. `person`: somebody has to look. `rule`: the rule itself failed. */
export const MISSING_FACTS = [
    'actEnd',
    'actTimes',
    'certificate',
    'clock',
    'document',
    'exemptionDecision',
    'handIn',
    'handInTerm',
    'holder',
    'measurement',
    'notDue',
    'paper',
    'person',
    'recordingLength',
    'recordingTime',
    'rule',
    'user',
] as const;
export type MissingFact = (typeof MISSING_FACTS)[number];

/** What a finding of an act says; the words are the caller's. */
export const ACT_FINDING_CODES = [
    'officers.fewer',
    'officers.alone',
    'recording.none',
    'recording.gap',
    'beginning.late',
    'room.none',
    'room.gap',
    'room.reasonMissing',
    'document.startDiffers',
    'document.endDiffers',
    'stored.late',
    'stored.damaged',
    'speech.openingMissing',
    'speech.closingMissing',
    'footage.unmarked',
    'exemption.noteMissing',
    'party.missing',
    'check.missing',
    'check.failed',
] as const;

/** What a finding of a unit says, or of a recorder. */
export const SUBJECT_FINDING_CODES = [
    'role.noRecordingManager',
    'role.noArchivist',
    'recorder.none',
    'recorder.inRepair',
    'recorder.unusable',
    'recorder.several',
    'lent.used',
    'lent.checked',
    'lent.notReturned',
    'fault.notHandedIn',
    'fault.handedInLate',
    'conformity.below',
    'conformity.mixed',
    'conformity.statedBelow',
    'conformity.expired',
] as const;
export const FINDING_CODES = [...ACT_FINDING_CODES, ...SUBJECT_FINDING_CODES] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/**
 * One thing that somebody has to answer. `key` is the same as long as it is the same thing: a rule judged again finds its findings by it.
 * Of a stretch of time it is the stretch that counts, whose edges move with the fit of a clock: see `sameFinding`.
 */
export type RuleFinding = {
    readonly key: string;
    readonly code: FindingCode;
    readonly params: Params;
    /** Whether a must was not met, or only what is wanted. */
    readonly modal: Modal;
    /** Whose matter it is; null: whoever leads the act answers. */
    readonly personId: Id | null;
    /** Of a unit or a recorder: whoever holds this role in the unit answers, whoever that is. */
    readonly role: Role | null;
    /** Of the clauses of the rule the one that it is about, where it is not about all of them. */
    readonly clause: string | null;
    /** The recording, document or exemption it is about. */
    readonly aboutId: Id | null;
    readonly from: Instant | null;
    readonly to: Instant | null;
};

/** A check of a recorder before use (附件1 第7条). */
export type BeforeUseCheck = {
    readonly id: Id;
    readonly deviceId: Id;
    readonly checkedAt: Instant;
    readonly passed: boolean;
};

/** A reason for lateness that somebody else confirmed (附件1 第15条): it explains, the recording stays late. */
export type AcceptedExcuse = { readonly id: Id; readonly recordingId: Id; readonly words: string };

/**
 * All that the rules of an act look at, put together by queries, never by rules. It is kept with the verdict as it was, so that anybody
 * can judge again what was judged.
 */
export type ActRuleFacts = {
    readonly statement: Omit<StatementInput, 'now'>;
    /** Somebody closed the act: nobody can still come. */
    readonly closed: boolean;
    /** Of which kind each of its parts is, by the id of the part. */
    readonly scenarios: Readonly<Record<string, ScenarioKey>>;
    readonly partyId: Id | null;
    /** In a case or a drawn sample: what only a person can say is asked for (附件1 第8、9、11条). */
    readonly speechRequired: boolean;
    /** Kinds of marks that stand in its recordings. */
    readonly marked: readonly RecordingMarkKind[];
    /** Of the recorders that recorded it, on its days. */
    readonly checks: readonly BeforeUseCheck[];
    readonly excuses: readonly AcceptedExcuse[];
};

/** The facts with what follows from them, worked out once for all rules. */
export type ActToJudge = ActRuleFacts & {
    readonly input: StatementInput;
    readonly coverage: readonly PersonCoverage[];
    readonly now: Instant;
    /** It is closed, or its stated end is over. */
    readonly ended: boolean;
};

/** How a clause stands that is about a part only of what a rule looks at: one kind of act, what is a must, one requirement. */
export type ClauseVerdict = { readonly verdict: Verdict; readonly modal: Modal };

export type Outcome = {
    readonly verdict: Verdict;
    readonly modal: Modal;
    /** What it waits for; empty unless it needs review. */
    readonly missing: readonly MissingFact[];
    /** Of which recordings something is missing: when or how long they ran, what their clock was worth. Empty where it is of none. */
    readonly missingOf: readonly Id[];
    /** Figures it rests on: counts, milliseconds (`…Ms`), per mille, instants (`…At`). */
    readonly params: Params;
    readonly findings: readonly RuleFinding[];
    /** What would be found, or would not, if a fact were known that is missing: of a finding that was raised before nobody can say that it is gone. */
    readonly unsure: readonly RuleFinding[];
    /** Of the rule's `partClauses` those that have something here to be judged. */
    readonly byClause: Readonly<Record<string, ClauseVerdict>>;
};

/** A pure function over one kind of facts. */
export type Rule<R extends RuleId, F> = {
    readonly id: R;
    /** Grows when the same facts may lead to another verdict. */
    readonly version: number;
    /** Of the notice, by their ids: what the rule judges as a whole. */
    readonly clauses: readonly string[];
    /** Clauses that are about a part only of what it looks at; how each stands it says by itself (`byClause`). */
    readonly partClauses?: readonly string[];
    /** False: shown, but never colours what it is about, because only a person can give it and nobody asked for it. */
    readonly counts: (of: F) => boolean;
    readonly judge: (of: F) => Outcome;
};
export type ActRule = Rule<ActRuleId, ActToJudge>;

export const ACT_RULE_IDS = [
    'twoOfficers',
    'recordedThroughout',
    'interruptionsExplained',
    'roomRecorded',
    'documentTimes',
    'storedInTime',
    'spokenWords',
    'keyFootage',
    'exemptionsWritten',
    'partyLinked',
    'checkedBeforeUse',
] as const;
export type ActRuleId = (typeof ACT_RULE_IDS)[number];

/** What is judged of a unit, and of each of its recorders. */
export const UNIT_RULE_IDS = ['rolesFilled', 'ownRecorder'] as const;
export type UnitRuleId = (typeof UNIT_RULE_IDS)[number];
export const DEVICE_RULE_IDS = ['notLent', 'faultHandedIn', 'conforms'] as const;
export type DeviceRuleId = (typeof DEVICE_RULE_IDS)[number];

export const RULE_IDS = [...ACT_RULE_IDS, ...UNIT_RULE_IDS, ...DEVICE_RULE_IDS] as const;
export type RuleId = (typeof RULE_IDS)[number];

/** What a rule judges. */
export const SUBJECT_KINDS = ['act', 'unit', 'device'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** A verdict as it is kept. */
export type RuleVerdict<R extends RuleId = ActRuleId> = Outcome & {
    readonly rule: R;
    readonly version: number;
    readonly counts: boolean;
};

/** Throws nothing: a rule that throws needs review, by its name, and takes no other rule's verdict with it. */
export function verdictBy<R extends RuleId, F>(rule: Rule<R, F>, of: F): RuleVerdict<R> {
    try {
        return { ...rule.judge(of), rule: rule.id, version: rule.version, counts: rule.counts(of) };
    } catch {
        return unjudged(rule);
    }
}

/** What is said where a rule failed, or what it rests on could not be worked out. */
export const unjudged = <R extends RuleId>({ id, version }: { readonly id: R; readonly version: number }): RuleVerdict<R> => ({
    ...needsReview(['rule']),
    ...{ rule: id, version, counts: true },
});

const outcome = (verdict: Verdict, more: Partial<Outcome> = {}): Outcome => ({
    verdict,
    modal: 'must',
    missing: [],
    missingOf: [],
    params: {},
    findings: [],
    unsure: [],
    byClause: {},
    ...more,
});

export const pass = (params: Params = {}): Outcome => outcome('pass', { params });
export const notApplicable: Outcome = outcome('notApplicable');
export const needsReview = (missing: readonly MissingFact[], more: Partial<Outcome> = {}): Outcome =>
    outcome('needsReview', {
        ...more,
        missing: [...new Set(missing)].toSorted(),
        missingOf: [...new Set(more.missingOf)].toSorted(),
    });

/** Fails as strongly as the strongest of what was found. */
export const failWith = (findings: readonly RuleFinding[], params: Params = {}, unsure: readonly RuleFinding[] = []): Outcome =>
    outcome('fail', {
        findings,
        unsure,
        params,
        modal: findings.some((each) => each.modal === 'must') ? 'must' : 'should',
    });

/** A finding of which only what differs is said. */
export const finding = (code: FindingCode, key: string, more: Partial<RuleFinding> = {}): RuleFinding => ({
    code,
    key,
    params: {},
    modal: 'must',
    personId: null,
    role: null,
    clause: null,
    aboutId: null,
    from: null,
    to: null,
    ...more,
});

type Placed = Pick<RuleFinding, 'key' | 'code' | 'personId' | 'from' | 'to'>;

/**
 * Whether a finding is the one that was there before. A stretch of time is the same one while more than half of the shorter lies in the
 * other: the fit of a clock moves its edges, and what arrives makes it shorter.
 */
export function sameFinding(a: Placed, b: Placed): boolean {
    if (a.key === b.key) return true;
    if (a.from === null || a.to === null || b.from === null || b.to === null) return false;
    if (a.personId !== b.personId || a.code.split('.')[0] !== b.code.split('.')[0]) return false;
    const met = Math.min(a.to, b.to) - Math.max(a.from, b.from);
    const shorter: Duration = Math.min(a.to - a.from, b.to - b.from);
    return met * 2 > shorter;
}
