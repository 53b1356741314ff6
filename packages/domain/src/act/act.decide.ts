import type { PersonKind } from '../identity/person.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import { type Duration, HOUR, type Instant } from '../kernel/instant.ts';
import type { ActState, Part } from './act.ts';

/** Parameters with which organisations may be stricter, never looser. */
export type ActParameters = {
    /** A longer act is a mistyped date: a long one is recorded as several. */
    readonly longestMs: Duration;
};

export const ACT_PARAMETERS: ActParameters = { longestMs: 24 * HOUR };

/** Start and end as the officers state them (附件1 第10条). */
export type ActTimes = { readonly startsAt: Instant; readonly endsAt: Instant };

/** Throws `act.endBeforeStart`, `act.tooLong` (hours) or `act.inFuture`. */
export function decideActTimes(
    { startsAt, endsAt }: ActTimes,
    now: Instant,
    { longestMs }: ActParameters = ACT_PARAMETERS,
): void {
    if (endsAt <= startsAt) throw new DomainError('act.endBeforeStart');
    if (endsAt - startsAt > longestMs) throw new DomainError('act.tooLong', { hours: Math.floor(longestMs / HOUR) });
    if (startsAt > now) throw new DomainError('act.inFuture');
}

/** Somebody who is to take part. */
export type CandidateFacts = {
    readonly personId: Id;
    readonly name: string;
    readonly kind: PersonKind;
    readonly certificateNumber: string | null;
    readonly leftAt: Instant | null;
    readonly part: Part;
};

/**
 * Who may take part, beside those who already do. Only certified officers take part as officers (附件1 第5条); an
 * assistant never does. Somebody who left afterwards did take part. Throws `person.hasLeft`, `act.assistantAsOfficer`,
 * `act.officerNeedsCertificate` or `act.participantTwice`, each with the name.
 */
export function decideParticipants(
    candidates: readonly CandidateFacts[],
    present: readonly Id[],
    { startsAt }: Pick<ActTimes, 'startsAt'>,
): void {
    const known = new Set(present);
    for (const { personId, name, kind, certificateNumber, leftAt, part } of candidates) {
        if (leftAt !== null && leftAt <= startsAt) throw new DomainError('person.hasLeft', { name });
        if (part === 'officer' && kind === 'assistant') throw new DomainError('act.assistantAsOfficer', { name });
        if (part === 'officer' && (kind !== 'officer' || certificateNumber === null))
            throw new DomainError('act.officerNeedsCertificate', { name });
        if (known.has(personId)) throw new DomainError('act.participantTwice', { name });
        known.add(personId);
    }
}

/** An act has at least one participant when it begins; throws `act.nobodyTakesPart`. */
export function decideFirstParticipants(candidates: readonly CandidateFacts[], times: Pick<ActTimes, 'startsAt'>): void {
    if (candidates.length === 0) throw new DomainError('act.nobodyTakesPart');
    decideParticipants(candidates, [], times);
}

/** A closed or cancelled act is not changed any more; throws `act.notOpen`. */
export function decideOpen(state: ActState): void {
    if (state !== 'open') throw new DomainError('act.notOpen');
}

/** Premises belong to the party of the act; throws `act.premisesNotOfParty`. */
export function decidePremises(premises: { readonly partyId: Id } | undefined, partyId: Id | undefined): void {
    if (premises === undefined || premises.partyId !== partyId) throw new DomainError('act.premisesNotOfParty');
}

/** Who has footage in the act was there; throws `act.participantHasRecordings`. */
export function decideRemoval(recordings: number): void {
    if (recordings > 0) throw new DomainError('act.participantHasRecordings');
}

/** Ends an act. Cancelling says it never took place: with a reason and without footage. Throws `act.notOpen`, `act.reasonMissing` or `act.hasRecordings`. */
export function decideClose(
    before: { readonly state: ActState; readonly recordings: number },
    command: { readonly as: 'closed' | 'cancelled'; readonly reason?: string | undefined },
): void {
    decideOpen(before.state);
    if (command.as === 'closed') return;
    if (command.reason === undefined) throw new DomainError('act.reasonMissing');
    if (before.recordings > 0) throw new DomainError('act.hasRecordings');
}

/** `<organisation code>-<year>-<six figures>`: the register of one organisation and year, without a hole. */
export const actNumber = (organisationCode: string, year: number, place: number): string =>
    `${organisationCode}-${year}-${String(place).padStart(6, '0')}`;
