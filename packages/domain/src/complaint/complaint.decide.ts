import { type Day, dayOf } from '../kernel/day.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Instant } from '../kernel/instant.ts';
import type { ComplainantIdentity, ComplaintDueBasis, ComplaintState, TriageOutcome } from './complaint.ts';

/** Which state may follow which. What was sent on or not taken up is answered, too: the complainant hears where it went. */
const NEXT: Readonly<Record<ComplaintState, readonly ComplaintState[]>> = {
    registered: ['accepted', 'transferred', 'refused'],
    accepted: ['inChecking', 'answered', 'closed'],
    transferred: ['answered', 'closed'],
    refused: ['answered', 'closed'],
    inChecking: ['answered', 'closed'],
    answered: ['closed'],
    closed: [],
};

function decideStep(from: ComplaintState, to: ComplaintState): void {
    if (!NEXT[from].includes(to)) throw new DomainError('complaint.wrongState', { state: from });
}

/** It cannot have come in after it is written down; throws `complaint.inFuture`. */
export function decideReceived(receivedAt: Instant, now: Instant): void {
    if (receivedAt > now) throw new DomainError('complaint.inFuture');
}

/** A text shorter than this is found in any sentence by chance. */
const SHORTEST_TELLING = 2;

/**
 * Who complained does not stand in what everybody reads: refuses a statement that names the complainant, without
 * repeating the name. Throws `complaint.identityInText` with the field.
 */
export function decideApart(texts: Readonly<Record<string, string | undefined>>, identity: ComplainantIdentity): void {
    const fold = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
    const telling = [identity.name, identity.phone, identity.idNumber]
        .map((each) => fold(each ?? ''))
        .filter((each) => [...each].length >= SHORTEST_TELLING);
    for (const [field, text] of Object.entries(texts)) {
        const folded = fold(text ?? '');
        if (telling.some((each) => folded.includes(each))) throw new DomainError('complaint.identityInText', { field });
    }
}

/** Whether anything was said about who complained. */
export const isAnonymous = (identity: ComplainantIdentity): boolean =>
    Object.values(identity).every((each) => each === undefined || each.trim() === '');

export type Triage = {
    readonly outcome: TriageOutcome;
    readonly reason?: string | undefined;
    readonly transferredTo?: string | undefined;
};

/** Takes a complaint up, sends it on or does not take it up: the last two with a reason. */
export function decideTriage(state: ComplaintState, { outcome, reason, transferredTo }: Triage): void {
    decideStep(state, outcome);
    if (outcome === 'accepted') return;
    if (reason === undefined) throw new DomainError('complaint.reasonMissing');
    if (outcome === 'transferred' && transferredTo === undefined) throw new DomainError('complaint.receiverMissing');
}

/** What an act, case or document linked to a complaint makes of its state: the first one begins the checking. */
export function decideLink(state: ComplaintState): ComplaintState {
    if (state === 'registered' || state === 'closed') throw new DomainError('complaint.wrongState', { state });
    return state === 'accepted' ? 'inChecking' : state;
}

export const decideAnswer = (state: ComplaintState): void => decideStep(state, 'answered');

/** Nobody who asked for an answer is left without one: throws `complaint.replyOwed`. */
export function decideComplaintClose({ state, replyRequested }: { state: ComplaintState; replyRequested: boolean }): void {
    decideStep(state, 'closed');
    if (replyRequested && state !== 'answered') throw new DomainError('complaint.replyOwed');
}

/** Facts that may still be corrected: which party it is about, the number of the sheet it came with, the day it is due. */
export function decideComplaintUpdate(state: ComplaintState): void {
    if (state === 'closed') throw new DomainError('complaint.wrongState', { state });
}

/**
 * By when an answer is due. The day that the paper names goes first; else the organisation's own term for the channel;
 * where it has none, nothing is made up. Throws `complaint.dueBeforeReceived`.
 */
export function complaintDue(
    { receivedAt, stated }: { receivedAt: Instant; stated?: Day | undefined },
    byTerm: Day | undefined,
): { day: Day | null; basis: ComplaintDueBasis } {
    if (stated !== undefined) {
        if (stated < dayOf(receivedAt)) throw new DomainError('complaint.dueBeforeReceived');
        return { day: stated, basis: 'stated' };
    }
    return byTerm === undefined ? { day: null, basis: 'none' } : { day: byTerm, basis: 'term' };
}

/** Complaints still waiting for something: the ones a due day says something about. */
export const OPEN_COMPLAINT_STATES = ['registered', 'accepted', 'inChecking'] as const satisfies readonly ComplaintState[];

/** `<organisation code>-TS-<year>-<six figures>`, without a hole. */
export const complaintNumber = (organisationCode: string, year: number, place: number): string =>
    `${organisationCode}-TS-${year}-${String(place).padStart(6, '0')}`;
