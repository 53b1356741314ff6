import type { DeviceKind, DeviceState, IssueBasis } from '../../device/device.ts';
import { type CheckPlace, isByOther } from '../../device/device-check.ts';
import { type FaultReport, isHandedInLate } from '../../device/fault-report.ts';
import type { PassportVerdict } from '../../device/passport.ts';
import { addDays, startOfDay } from '../../kernel/day.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/instant.ts';
import {
    type ClauseVerdict,
    type DeviceRuleId,
    type FindingCode,
    failWith,
    finding,
    type MissingFact,
    needsReview,
    notApplicable,
    type Outcome,
    pass,
    type Rule,
    type RuleFinding,
    type RuleVerdict,
    verdictBy,
} from './rule.ts';

/** Who has the recorder now, and until when. `instead`: how the recorder it stands in for is now. */
export type OpenIssue = {
    readonly id: Id;
    readonly personId: Id;
    readonly basis: IssueBasis;
    readonly dueBackAt: Instant | null;
    readonly instead: { readonly id: Id; readonly state: DeviceState } | null;
};

/**
 * Recordings that somebody made whom the register did not know as the holder then: one for each issue and person. `holderId` null:
 * the register knows no holder of that time. Recordings of the holder change nothing and are not facts here.
 */
export type OtherUse = {
    readonly issueId: Id | null;
    readonly holderId: Id | null;
    readonly userId: Id;
    readonly recordings: number;
    readonly firstId: Id;
    readonly firstAt: Instant;
    readonly lastAt: Instant;
};

/** Checks before use by somebody else than the holder, one for each holder and person (附件1 第7条). */
export type OtherCheck = {
    readonly holderId: Id | null;
    readonly personId: Id;
    readonly place: CheckPlace;
    readonly checks: number;
    readonly firstId: Id;
    readonly firstAt: Instant;
};

/** A requirement of 附件2 as the passport of the recorder shows it. `sources`: files, or else papers, that it rests on. */
export type Requirement = { readonly id: string; readonly verdict: PassportVerdict; readonly sources: readonly Id[] };

/** All that the rules of a device look at, put together by queries and kept with the verdict. */
export type DeviceRuleFacts = {
    readonly kind: DeviceKind;
    readonly issue: OpenIssue | null;
    readonly otherUses: readonly OtherUse[];
    readonly otherChecks: readonly OtherCheck[];
    /** All there ever were, in the order in which they were reported. */
    readonly faults: readonly FaultReport[];
    /** Recordings of it that do not say when they were made, and those of which nobody is known. */
    readonly withoutTime: number;
    readonly withoutPerson: number;
    readonly requirements: readonly Requirement[];
    /** Last days of papers in force. */
    readonly paperEnds: readonly string[];
};

export type DeviceToJudge = DeviceRuleFacts & { readonly now: Instant };
export type DeviceRule = Rule<DeviceRuleId, DeviceToJudge>;

const managers: Partial<RuleFinding> = { role: 'recordingManager' };

function isNotReturned({ dueBackAt, basis, instead }: OpenIssue, now: Instant): boolean {
    return (dueBackAt !== null && dueBackAt < now) || (basis === 'spare' && instead?.state === 'inService');
}

/**
 * 附件1 第15条: 不得擅自转借他人使用. Whoever records with it is whom it was issued to; what was handed out for a shift, or instead of one in
 * repair, came back. A check by somebody else, and what is to come back by the unit's own date, are looked into and no must.
 */
export const notLent: DeviceRule = {
    id: 'notLent',
    version: 1,
    clauses: ['A1-15-1'],
    counts: () => true,
    judge(of) {
        if (of.kind !== 'recorder') return notApplicable;
        const { issue, otherUses, otherChecks, now } = of;
        const lent = otherUses.flatMap((use) => (use.holderId === null || use.holderId === use.userId ? [] : [use]));
        const checked = otherChecks.filter((each) => each.holderId !== null && isByOther(each));
        const late = issue !== null && isNotReturned(issue, now) ? [issue] : [];
        const params = { uses: lent.length, checks: checked.length, notReturned: late.length };
        const findings = [
            ...lent.map(({ issueId, holderId, userId, recordings, firstId, firstAt, lastAt }) =>
                finding('lent.used', `used/${issueId}/${userId}`, {
                    ...managers,
                    personId: holderId,
                    aboutId: firstId,
                    params: { recordings, firstAt, lastAt },
                }),
            ),
            ...checked.map(({ holderId, personId, checks, firstId, firstAt }) =>
                finding('lent.checked', `checked/${holderId}/${personId}`, {
                    ...managers,
                    modal: 'should',
                    personId: holderId,
                    aboutId: firstId,
                    params: { checks, firstAt },
                }),
            ),
            ...late.map(({ id, personId }) =>
                finding('lent.notReturned', `due/${id}`, { ...managers, modal: 'should', personId, aboutId: id }),
            ),
        ];
        if (findings.length > 0) return failWith(findings, params);
        const missing: MissingFact[] = [
            ...(otherUses.some((use) => use.holderId === null) ? (['holder'] as const) : []),
            ...(of.withoutTime > 0 ? (['recordingTime'] as const) : []),
            ...(of.withoutPerson > 0 ? (['user'] as const) : []),
        ];
        return missing.length > 0 ? needsReview(missing, { params }) : pass(params);
    },
};

/**
 * 附件1 第15条: 发现记录仪无法正常使用的，应当立即交管理部门进行维修. How soon 立即 is the notice does not say: time is judged by the term that the unit had
 * set itself when the fault was reported, and by none where it had set none. What is still in hand then needs a person to look. It
 * is the holder's duty, so the holder answers.
 */
export const faultHandedIn: DeviceRule = {
    id: 'faultHandedIn',
    version: 1,
    clauses: ['A1-15-2'],
    counts: () => true,
    judge({ kind, faults, now }) {
        if (kind !== 'recorder') return notApplicable;
        const late = faults.filter((each) => isHandedInLate(each, now));
        const termed = faults.filter((each) => each.dueAt !== null);
        const params = { faults: faults.length, withoutTerm: faults.length - termed.length, late: late.length };
        const findings = late.map(({ id, issueId, holderId, reportedAt, dueAt, ended, endedAt }) => {
            const code = ended === 'handedIn' ? ('fault.handedInLate' as const) : ('fault.notHandedIn' as const);
            return finding(code, `fault/${id}`, {
                personId: holderId,
                aboutId: issueId,
                params: { reportedAt, dueAt: dueAt ?? now, ...(ended === 'handedIn' ? { handedInAt: endedAt ?? now } : {}) },
            });
        });
        if (findings.length > 0) return failWith(findings, params);
        const inHand = faults.filter((each) => each.ended === null);
        const missing = inHand.map(({ dueAt }) => (dueAt === null ? ('handInTerm' as const) : ('handIn' as const)));
        if (missing.length > 0) return needsReview(missing, { params });
        return termed.length > 0 ? pass(params) : notApplicable;
    },
};

const FAILS: Readonly<Partial<Record<PassportVerdict, FindingCode>>> = {
    below: 'conformity.below',
    mixed: 'conformity.mixed',
    statedBelow: 'conformity.statedBelow',
    expired: 'conformity.expired',
};

const REACHED: ClauseVerdict = { verdict: 'pass', modal: 'should' };
const SHORT_OF_IT: ClauseVerdict = { verdict: 'fail', modal: 'should' };
const NOT_SHOWN: ClauseVerdict = { verdict: 'needsReview', modal: 'should' };
/** How one requirement stands. */
const STANDING: Readonly<Record<PassportVerdict, ClauseVerdict>> = {
    ...{ met: REACHED, certified: REACHED, stated: REACHED },
    ...{ below: SHORT_OF_IT, mixed: SHORT_OF_IT, statedBelow: SHORT_OF_IT, expired: SHORT_OF_IT },
    ...{ unknown: NOT_SHOWN, paperOnly: NOT_SHOWN, statedOpen: NOT_SHOWN },
};

/** The clauses of 附件2, one for each requirement. */
const ANNEX_2_CLAUSES: readonly string[] = Array.from({ length: 32 }, (_, at) => `A2-${at + 1}`);

/**
 * 附件2 (供参考): what was measured reaches the reference; what cannot be measured rests on a certificate that is in force, or on what maker
 * and register of models state of it, where that can be compared. Nothing of it is
 * a must, so nothing of it is ever a violation.
 */
export const conforms: DeviceRule = {
    id: 'conforms',
    version: 2,
    clauses: ['Z2.2.2-9'],
    partClauses: ANNEX_2_CLAUSES,
    counts: () => true,
    judge({ kind, requirements }): Outcome {
        if (kind !== 'recorder') return notApplicable;
        const count = (...of: PassportVerdict[]) => requirements.filter((each) => of.includes(each.verdict)).length;
        const params = {
            reached: count('met', 'certified', 'stated'),
            below: count('below', 'mixed', 'statedBelow'),
            expired: count('expired'),
            open: count('unknown', 'paperOnly', 'statedOpen'),
        };
        const findings = requirements.flatMap(({ id, verdict, sources }): RuleFinding[] => {
            const code = FAILS[verdict];
            if (code === undefined) return [];
            return [finding(code, id, { ...managers, modal: 'should', clause: id, aboutId: sources[0] ?? null })];
        });
        const byClause = Object.fromEntries(requirements.map(({ id, verdict }) => [id, STANDING[verdict]]));
        if (findings.length > 0) return { ...failWith(findings, params), byClause };
        const missing: MissingFact[] = [
            ...(count('unknown') > 0 ? (['measurement'] as const) : []),
            ...(count('paperOnly') > 0 ? (['paper'] as const) : []),
            ...(count('statedOpen') > 0 ? (['person'] as const) : []),
        ];
        return { ...(missing.length > 0 ? needsReview(missing, { params }) : pass(params)), byClause };
    },
};

export const DEVICE_RULES: Readonly<Record<DeviceRuleId, DeviceRule>> = { notLent, faultHandedIn, conforms };

export type DeviceJudgement = { readonly verdicts: readonly RuleVerdict<DeviceRuleId>[]; readonly judgeAgainAt: Instant | null };

/** Throws nothing. `judgeAgainAt`: when it is to be back or handed in, or the first paper in force runs out; null: time alone changes nothing. */
export function judgeDevice(
    facts: DeviceRuleFacts,
    now: Instant,
    rules: readonly DeviceRule[] = Object.values(DEVICE_RULES),
): DeviceJudgement {
    const back = facts.issue?.dueBackAt ?? null;
    const later = [
        // Late is whoever still has it a moment after it was due.
        ...(back === null ? [] : [back + 1]),
        ...facts.faults.flatMap(({ dueAt, ended }) => (dueAt === null || ended !== null ? [] : [dueAt + 1])),
        ...facts.paperEnds.map((day) => startOfDay(addDays(day, 1))),
    ].filter((at) => at > now);
    return {
        verdicts: rules.map((rule) => verdictBy(rule, { ...facts, now })),
        judgeAgainAt: later.length === 0 ? null : Math.min(...later),
    };
}
