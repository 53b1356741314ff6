import { type Day, dayOf, endOfDay, startOfDay } from '../kernel/day.ts';
import type { Instant } from '../kernel/instant.ts';
import { latestNotice } from '../kernel/working-days.ts';
import type { CaseDocument, CaseFacts, DocumentNeed, Guard, Refusal, StepContext } from './case.ts';
import {
    documentAt,
    documentsAt,
    lastStep,
    provenOn,
    reopenedAt,
    said,
    sinceReopening,
    staleDocument,
    took,
} from './case-facts.ts';
import { isEnded } from './procedure-states.ts';
import { isUndone, overturned, pendingRemedy } from './remedy.decide.ts';

const refusal = (code: string, params?: Refusal['params']): Refusal => (params === undefined ? { code } : { code, params });

/** 处罚法 42, 强制法 18(2), 许可法 34(3): two certified officers. */
export const twoOfficers: Guard = ({ facts }) =>
    facts.handlers.length >= 2 ? undefined : refusal('case.needsTwoOfficers', { count: facts.handlers.length });

/** 处罚法 58, 正文二(一): who reviews or decides has not investigated. */
export const notInvestigator: Guard = ({ facts, actor }) =>
    facts.handlers.includes(actor.personId) || facts.parentHandlers.includes(actor.personId)
        ? refusal('case.investigatorReviews')
        : undefined;

/** 附件1 第20条, 强制法 19: the agency's head and the institute's are two persons in two posts. */
export const headsAreTwo: Guard = ({ actor, facts }) => {
    const reviewed = facts.steps.some((record) => record.as === 'reviewer' && record.actor === actor.personId);
    return actor.isInstituteHead || reviewed ? refusal('case.headsAreTwo') : undefined;
};

/**
 * Order of dates (处罚法 54–61): no step before the one that led here. One that leaves the case where it is may have been taken in
 * an earlier state from which it is possible too. Evidence and measures are cases of their own.
 */
export const inOrder: Guard = ({ facts, step, at }) => {
    const before = facts.steps.findLast(
        ({ from, to }) => from !== to && (step.to !== undefined || !step.from.includes(from) || !step.from.includes(to)),
    );
    if (at > facts.now) return refusal('case.dateInFuture');
    if (at < facts.openedAt) return refusal('case.dateBeforeOpening', { date: dayOf(facts.openedAt) });
    return before !== undefined && at < before.at ? refusal('case.dateBeforeStep', { date: dayOf(before.at) }) : undefined;
};

/** What a need lacks, named by its first type: it is not there, from before a reopening, or dated after the step it proves. */
export function lacks(facts: CaseFacts, { types, level }: DocumentNeed, at: Instant): Refusal | undefined {
    const found = documentsAt(facts, types, level);
    const [first] = found;
    const document = types[0] ?? '';
    if (first === undefined) {
        const code = staleDocument(facts, types, level) === undefined ? 'case.documentMissing' : 'case.documentStale';
        return refusal(code, { document, level });
    }
    // What was only begun after the step was not there at it, whenever it was finished.
    const dateOf = (of: CaseDocument) => provenOn(of, level) ?? (of.madeAt === null ? undefined : dayOf(of.madeAt));
    const isLater = (date: Day | undefined): date is Day => date !== undefined && date > dayOf(at);
    const date = dateOf(first);
    return isLater(date) && found.every((each) => isLater(dateOf(each)))
        ? refusal('case.documentLater', { document: first.type, date })
        : undefined;
}

/** The papers of a step are no older than the step they follow from: no notice before the panel, no seizure before its approval. */
export const papersAfter =
    (...ids: readonly string[]): Guard =>
    ({ facts, step, data }) => {
        const last = lastStep(facts, ...ids);
        if (last === undefined) return undefined;
        const since = dayOf(last.at);
        for (const { types, level, when } of step.documents ?? []) {
            const found = when === undefined || when(facts, data) ? documentsAt(facts, types, level) : [];
            const isEarlier = (date: Day | undefined): date is Day => date !== undefined && date < since;
            const [first] = found;
            const date = first === undefined ? undefined : provenOn(first, level);
            if (first !== undefined && isEarlier(date) && found.every((each) => isEarlier(provenOn(each, level))))
                return refusal('case.documentEarlier', { document: first.type, date, since });
        }
        return undefined;
    };

/** 处罚法 44: what was decided before the party was told of it is no decision, whatever day the steps say. */
export const decidedAfterTold: Guard = ({ facts }) => {
    const notice = documentAt(facts, ['hearingRightNotice', 'priorNotice'], 'served');
    const decision = documentAt(facts, ['penaltyDecision'], 'made');
    const told = notice === undefined ? undefined : provenOn(notice, 'served');
    const decided = decision === undefined ? undefined : provenOn(decision, 'made');
    return told !== undefined && decided !== undefined && decided < told
        ? refusal('case.decidedBeforeTold', { decided, told })
        : undefined;
};

/** 处罚法 44: nothing is decided before the party was told. */
export const toldBefore: Guard = ({ facts }) => (took(facts, 'notify', 'tell') ? undefined : refusal('case.notTold'));

/** 处罚法 45: a defence was reviewed by somebody else. */
export const defenceReviewed: Guard = ({ facts }) => {
    const last = lastStep(facts, 'hearDefence', 'reviewDefence');
    return last?.step === 'hearDefence' ? refusal('case.defenceNotReviewed') : undefined;
};

/** 处罚法 45: no heavier penalty because of a defence. */
export const notHeavier: Guard = ({ facts, data }) => {
    const proposed = said(facts, 'proposedFine');
    if (!took(facts, 'hearDefence') || proposed === undefined || data.fine === undefined || data.fine <= proposed)
        return undefined;
    return refusal('case.heavierAfterDefence', { fine: data.fine / 100, proposed: proposed / 100 });
};

/** 处罚法 63–65: a hearing that was asked for has been held, or the party let it go. */
export const hearingDone: Guard = ({ facts }) => {
    if (!took(facts, 'requestHearing')) return undefined;
    return facts.children.some(
        ({ procedure, state, openedAt }) =>
            procedure === 'hearing' && isEnded('hearing', state) && sinceReopening(facts, openedAt),
    )
        ? undefined
        : refusal('case.hearingNotHeld');
};

/** 处罚法 58: public interest, major rights after a hearing, complex cases, and where a law says so. */
export const legalReviewDone: Guard = ({ facts }) => {
    const due = said(facts, 'legalReviewDue') === true || took(facts, 'requestHearing');
    if (!due) return undefined;
    const review = lastStep(facts, 'legalReview');
    if (review === undefined) return refusal('case.legalReviewMissing');
    return review.data.passed === true ? undefined : refusal('case.legalReviewRefused');
};

/** 处罚法 57(2): complex cases and grave breaches are discussed by the agency's heads. */
export const discussed: Guard = ({ facts }) =>
    said(facts, 'grave') === true && !took(facts, 'discuss') ? refusal('case.discussionMissing') : undefined;

/** 合议: the number of people, of which the rule's text was not seen. */
export const panelLarge: Guard = ({ facts, data, at }) => {
    const least = facts.parameters('penalty.panelLeast', at).value ?? 1;
    if ((data.people ?? 0) < least) return refusal('case.panelTooSmall', { least });
    return (data.people ?? 0) % 2 === 0 ? refusal('case.panelEven') : undefined;
};

/** 处罚法 51. */
export const spotFine: Guard = ({ facts, data, at }) => {
    const key = facts.partyIsPerson ? 'penalty.spotFinePerson' : 'penalty.spotFineOrganisation';
    const limit = facts.parameters(key, at).value ?? 0;
    return (data.fine ?? 0) > limit ? refusal('case.fineTooHigh', { limit: limit / 100 }) : undefined;
};

/** 处罚法 68: on the spot only small sums, or what could not be collected later. */
export const spotCash: Guard = ({ facts, data, at }) => {
    const limit = facts.parameters('penalty.spotCash', at).value ?? 0;
    const fine = said(facts, 'fine') ?? 0;
    return fine > limit && data.hardToCollect !== true ? refusal('case.cashTooHigh', { limit: limit / 100 }) : undefined;
};

/** 强制法 25(1): once. */
export const extendedOnce: Guard = ({ facts }) => (took(facts, 'extend') ? refusal('case.extendedOnce') : undefined);

/** 许可法 32(4): what is missing is said once. */
export const supplementedOnce: Guard = ({ facts }) => (took(facts, 'supplement') ? refusal('case.supplementedOnce') : undefined);

/** 处罚法 48: taken back is what was made public before, and only once. */
export const published: Guard = ({ facts, at }) => {
    const last = facts.steps.findLast((record) => ['publish', 'withdrawPublication'].includes(record.step));
    if (last?.step !== 'publish') return refusal('case.notPublished');
    return at < last.at ? refusal('case.dateBeforeStep', { date: dayOf(last.at) }) : undefined;
};

/** Measures and preservations that serve this case have ended before it is closed. */
export const nothingOpen: Guard = ({ facts }) => {
    const open = facts.children.find((child) => !isEnded(child.procedure, child.state));
    return open === undefined ? undefined : refusal('case.childOpen', { number: open.number });
};

const answeredUrgency = (facts: CaseFacts): boolean =>
    !took(facts, 'executeUrgently') || took(facts, 'regularise', 'regulariseLater', 'refuseUrgent', 'refuseLater');

/** 强制法 19: what was lifted before anybody answered for it is still reported to the head, who approves it afterwards or does not. */
export const urgencyOpen: Guard = ({ facts }) => (answeredUrgency(facts) ? refusal('case.urgencyAnswered') : undefined);
export const urgencyAnswered: Guard = ({ facts }) => (answeredUrgency(facts) ? undefined : refusal('case.urgencyUnanswered'));

/** A case whose decision is before a review body or a court is not done with (our reading: no text that was read says when it is). */
export const notContested: Guard = ({ facts }) => {
    const pending = pendingRemedy(facts);
    return pending === undefined ? undefined : refusal('case.remedyPending', { authority: pending.authority });
};

/** What was annulled, or found void, is enforced by nobody. */
export const notUndone: Guard = ({ facts }) => {
    const last = overturned(facts, reopenedAt(facts));
    return last !== undefined && isUndone(last) ? refusal('case.decisionUndone', { authority: last.authority }) : undefined;
};

/** 处罚法 64(4). */
export const presiderApart: Guard = ({ facts, data }) =>
    data.presiderId !== undefined && [...facts.handlers, ...facts.parentHandlers].includes(data.presiderId)
        ? refusal('case.presiderInvestigates')
        : undefined;

/** 处罚法 64(2), 许可法 48(1): whole working days lie between notice and hearing. */
export const noticeEarly: Guard = ({ facts, data, at }) => {
    const key = facts.parentProcedure === 'licence' ? 'deadline.licenceHearingNotice' : 'deadline.hearingNotice';
    const { value } = facts.parameters(key, at);
    if (data.day === undefined || value === null) return undefined;
    const latest: Day = latestNotice(facts.calendar, data.day, value.length);
    return dayOf(at) > latest ? refusal('case.noticeTooLate', { latest, day: data.day }) : undefined;
};

export const onHearingDay: Guard = ({ facts, at }) => {
    const day = said(facts, 'day');
    return day !== undefined && (at < startOfDay(day) || at >= endOfDay(day))
        ? refusal('case.otherHearingDay', { day })
        : undefined;
};

/** A step before the end of a term, said with its date. */
export const before = (end: Instant, { at }: StepContext, code: string): Refusal | undefined =>
    at < end ? refusal(code, { until: dayOf(end - 1) }) : undefined;
