import type { ActState } from '../act/act.ts';
import { type DocumentState, ISSUED_STATES } from '../document/document.ts';
import type { DocumentType } from '../document/document-type.ts';
import type { PersonKind } from '../identity/person.ts';
import type { Day } from '../kernel/day.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import { PENDING_TASK_STATES, type TaskOrigin, type TaskState } from './task.ts';

function decideIn(state: TaskState, allowed: readonly TaskState[]): void {
    if (!allowed.includes(state)) throw new DomainError('task.wrongState', { state });
}

/** A task says whom or where to inspect, and a day that is not over. Throws `task.nothingToInspect`, `task.dueInPast`. */
export function decideTaskFields(
    fields: { readonly partyId?: Id | undefined; readonly place?: string | undefined; readonly dueDay: Day },
    today: Day,
): void {
    if (fields.partyId === undefined && fields.place === undefined) throw new DomainError('task.nothingToInspect');
    if (fields.dueDay < today) throw new DomainError('task.dueInPast');
}

/** Documents that ask for something by a day, so that somebody looks again: 卫生监督意见书. */
export const FOLLOWED_UP: readonly DocumentType[] = ['supervisionOpinion'];

/** 复查: of what was handed over and asks for something. */
export const isFollowedUp = (document: { readonly type: DocumentType; readonly state: DocumentState }): boolean =>
    FOLLOWED_UP.includes(document.type) && ISSUED_STATES.includes(document.state);

/** Throws `task.nothingToFollow`. */
export function decideFollowUp(document: Parameters<typeof isFollowedUp>[0]): void {
    if (!isFollowedUp(document)) throw new DomainError('task.nothingToFollow');
}

/** What ended is not changed any more. */
export const decideTaskUpdate = (state: TaskState): void => decideIn(state, PENDING_TASK_STATES);

export type AssigneeFacts = {
    readonly personId: Id;
    readonly name: string;
    readonly kind: PersonKind;
    readonly certificateNumber: string | null;
    readonly leftAt: Instant | null;
};

/**
 * Gives a task to people: two certified officers at least (行政处罚法 第42条, 附件1 第5条). Whom chance chose is replaced
 * with a reason only, and so is nobody where the rules left too few. Throws `task.wrongState`, `task.needsTwoOfficers`,
 * `person.hasLeft`, `act.officerNeedsCertificate`, `task.notAssistant`, `task.officerTwice` or `task.reasonMissing`.
 */
export function decideAssign(
    task: { readonly state: TaskState; readonly origin: TaskOrigin },
    officers: readonly AssigneeFacts[],
    reason: string | undefined,
    assistants: readonly AssigneeFacts[] = [],
): void {
    decideIn(task.state, PENDING_TASK_STATES);
    const seen = new Set<Id>();
    for (const { personId, name, kind, certificateNumber, leftAt } of officers) {
        if (leftAt !== null) throw new DomainError('person.hasLeft', { name });
        if (kind !== 'officer' || certificateNumber === null) throw new DomainError('act.officerNeedsCertificate', { name });
        if (seen.has(personId)) throw new DomainError('task.officerTwice', { name });
        seen.add(personId);
    }
    const certified = seen.size;
    for (const { personId, name, kind, leftAt } of assistants) {
        if (leftAt !== null) throw new DomainError('person.hasLeft', { name });
        if (kind !== 'assistant') throw new DomainError('task.notAssistant', { name });
        if (seen.has(personId)) throw new DomainError('task.officerTwice', { name });
        seen.add(personId);
    }
    if (certified < 2) throw new DomainError('task.needsTwoOfficers');
    if (task.origin === 'doubleRandom' && reason === undefined) throw new DomainError('task.reasonMissing');
}

/** An act is begun from the task, or joined to it: at the same party. Throws `task.wrongState`, `act.cancelled`, `task.otherParty`. */
export function decideTaskStart(
    task: { readonly state: TaskState; readonly partyId: Id | null },
    act: { readonly state: ActState; readonly partyId: Id | null },
): void {
    decideIn(task.state, ['assigned', 'started']);
    if (act.state === 'cancelled') throw new DomainError('act.cancelled');
    if (task.partyId !== null && act.partyId !== task.partyId) throw new DomainError('task.otherParty');
}

/** Done is what an act shows; a task without one is returned with a reason instead. Throws `task.wrongState`, `task.noAct`. */
export function decideFinish(state: TaskState, acts: readonly ActState[]): void {
    decideIn(state, ['started']);
    if (!acts.some((each) => each !== 'cancelled')) throw new DomainError('task.noAct');
}

export const decideReturn = (state: TaskState): void => decideIn(state, PENDING_TASK_STATES);
export const decideReopen = (state: TaskState): void => decideIn(state, ['returned']);

/** What has to be done still, and whose day is over. */
export const taskIsLate = (state: TaskState, dueDay: Day, today: Day): boolean =>
    (PENDING_TASK_STATES as readonly TaskState[]).includes(state) && dueDay < today;

/** `<organisation code>-RW-<year>-<six figures>`, without a hole. */
export const taskNumber = (organisationCode: string, year: number, place: number): string =>
    `${organisationCode}-RW-${year}-${String(place).padStart(6, '0')}`;
