import { DAY } from '../../kernel/instant.ts';
import { type CaseDeadline, type CaseFacts, PUBLISHED_STEPS } from '../case.ts';
import { countdownFor, endOf } from '../case-deadlines.ts';
import { after, ever, lastStep, opened, reopenedAt, said, servedOr } from '../case-facts.ts';
import { endOfRemedy, overturned } from '../remedy.decide.ts';

/** From the breach or its end (处罚法 36), once. */
const breach = (grave: boolean) => (facts: CaseFacts) =>
    facts.breachAt !== null && facts.graveHarm === grave ? facts.breachAt : undefined;

/** Of a decision to penalise as of one not to: the party was told of it, and may contest it. */
const decisionServed = servedOr(['penaltyDecision', 'noPenaltyDecision'], 'serve');

const penalised = (facts: CaseFacts): boolean => lastStep(facts, 'decide') !== undefined;

/** Any of the two notices tells the party (处罚法 44, 63). */
const told = servedOr(['priorNotice', 'hearingRightNotice'], 'notify');

const REMEDIES: readonly CaseDeadline[] = [
    { key: 'deadline.review', kind: 'party', from: decisionServed, rollsOn: true, outlives: true },
    { key: 'deadline.litigation', kind: 'party', from: decisionServed, rollsOn: true, outlives: true },
];

/**
 * The later end of 复议 and 诉讼, from which the window for the court runs (强制法 53). It says so of a party that has begun neither: from
 * when it runs after a review or a lawsuit was not read, and no day is made up.
 */
function remediesEnd(facts: CaseFacts) {
    if (facts.remedies.length > 0) return undefined;
    const ends = REMEDIES.map(({ key }) => endOf(countdownFor({ deadlines: REMEDIES }, facts, key)));
    return ends.every((end) => end !== undefined) ? Math.max(...ends) - 1 : undefined;
}

/** 强制法 53: only against who has not complied by then. Who has performed before leaves nothing to apply for. */
function courtWindow(facts: CaseFacts) {
    const from = penalised(facts) ? remediesEnd(facts) : undefined;
    const performed = lastStep(facts, 'perform')?.at;
    return from === undefined || (performed !== undefined && performed <= from) ? undefined : from;
}

/**
 * 处罚法 48: a decision that was made public and is no longer there, from the day on which a review body or a court said so, else from the
 * reopening. What was made public and taken back before is done with.
 */
function annulledInPublic(facts: CaseFacts) {
    const last = overturned(facts, undefined);
    const ended = last === undefined ? undefined : endOfRemedy(last);
    const at = ended ?? reopenedAt(facts);
    if (at === undefined) return undefined;
    // A remedy ends on a day and at no moment: what was made public on that day is public as well.
    const until = ended === undefined ? at : ended + DAY - 1;
    const published = facts.steps.findLast((record) => record.step === 'publish' && record.at <= until);
    const takenBack = facts.steps.some(
        (record) => record.step === 'withdrawPublication' && record.at >= (published?.at ?? 0) && record.at <= at,
    );
    return published === undefined || takenBack ? undefined : at;
}

/** Terms of the ordinary procedure (处罚法 第36–72条, 强制法 第53、54条). */
export const PENALTY_TERMS: readonly CaseDeadline[] = [
    { key: 'deadline.limitation', kind: 'act', from: breach(false), until: ever('file', 'notFile', 'transfer') },
    { key: 'deadline.limitationGrave', kind: 'act', from: breach(true), until: ever('file', 'notFile', 'transfer') },
    { key: 'deadline.caseFiling', kind: 'act', from: opened, until: ever('file', 'notFile', 'transfer') },
    {
        key: 'deadline.penaltyDecision',
        kind: 'act',
        from: after('file', 'reopen'),
        until: after('decide', 'decideNone', 'drop', 'transfer'),
        excludable: true,
    },
    { key: 'deadline.defence', kind: 'wait', from: told, until: after('hearDefence', 'waiveDefence'), rollsOn: true },
    {
        key: 'deadline.hearingRequest',
        kind: 'party',
        from: (facts) => (said(facts, 'hearingDue') === true ? servedOr('hearingRightNotice', 'notify')(facts) : undefined),
        until: after('requestHearing', 'waiveHearing'),
        rollsOn: true,
    },
    { key: 'deadline.penaltyService', kind: 'act', from: after('decide', 'decideNone'), until: decisionServed },
    { key: 'deadline.publishDecision', kind: 'act', from: after(...PUBLISHED_STEPS), until: after('publish'), outlives: true },
    {
        key: 'deadline.withdrawPublication',
        kind: 'act',
        from: annulledInPublic,
        until: after('withdrawPublication'),
        outlives: true,
    },
    {
        key: 'deadline.finePayment',
        kind: 'party',
        // A warning, or what was taken away, leaves no sum to be paid within the term (处罚法 67).
        from: (facts) =>
            penalised(facts) && (said(facts, 'fine') ?? 0) > 0 ? servedOr('penaltyDecision', 'serve')(facts) : undefined,
        until: after('perform'),
        rollsOn: true,
    },
    ...REMEDIES,
    {
        key: 'deadline.demand',
        kind: 'wait',
        from: servedOr('demandLetter', 'demand'),
        until: after('applyCourt', 'perform'),
        rollsOn: true,
    },
    { key: 'deadline.courtWindow', kind: 'act', from: courtWindow, until: after('applyCourt', 'perform') },
];
