import type { PersonKind } from '../identity/person.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import { type Duration, HOUR, type Instant } from '../kernel/instant.ts';
import type { ActState, OwnPart, Part } from './act.ts';

/** Parameters with which organisations may be stricter, never looser. */
export type ActParameters = {
    /** A longer act is a mistyped date: a long one is recorded as several. */
    readonly longestMs: Duration;
};

export const ACT_PARAMETERS: ActParameters = { longestMs: 24 * HOUR };

/** Start and end as the officers state them (附件1 第10条). */
export type ActTimes = { readonly startsAt: Instant; readonly endsAt: Instant };

/**
 * Times of an act that is announced: it may lie ahead, and is as long as one that took place. Throws `act.endBeforeStart` or
 * `act.tooLong`.
 */
export function decidePlannedTimes({ startsAt, endsAt }: ActTimes, { longestMs }: ActParameters = ACT_PARAMETERS): void {
    if (endsAt <= startsAt) throw new DomainError('act.endBeforeStart');
    if (endsAt - startsAt > longestMs) throw new DomainError('act.tooLong', { hours: Math.floor(longestMs / HOUR) });
}

/** Throws `act.endBeforeStart`, `act.tooLong` (hours) or `act.inFuture`. */
export function decideActTimes(
    { startsAt, endsAt }: ActTimes,
    now: Instant,
    { longestMs }: ActParameters = ACT_PARAMETERS,
): void {
    decidePlannedTimes({ startsAt, endsAt }, { longestMs });
    if (startsAt > now) throw new DomainError('act.inFuture');
}

/** Somebody who is to take part. */
export type CandidateFacts = {
    readonly personId: Id;
    readonly name: string;
    readonly kind: PersonKind;
    readonly certificateNumber: string | null;
    readonly leftAt: Instant | null;
    readonly part: OwnPart;
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

/** Somebody who is not ours: known by name, and by the agency that sent them. */
export type NamedFacts = { readonly part: Exclude<Part, OwnPart>; readonly name: string; readonly agency: string | null };

/** A colleague of another agency is known by it; nobody is named twice in one part. Throws `act.agencyMissing` or `act.participantTwice`. */
export function decideNamed(named: NamedFacts, present: readonly Pick<NamedFacts, 'name' | 'part' | 'agency'>[]): void {
    const { part, name, agency } = named;
    if (part === 'otherAgency' && agency === null) throw new DomainError('act.agencyMissing', { name });
    if (present.some((each) => each.part === part && each.name === name && each.agency === agency))
        throw new DomainError('act.participantTwice', { name });
}

/** A closed or cancelled act is not changed any more, an announced one is; throws `act.notOpen`. */
export function decideOpen(state: ActState): void {
    if (state !== 'open' && state !== 'planned') throw new DomainError('act.notOpen');
}

/** An announced act begins once; what it begins with is stated, not foreseen. Throws `act.alreadyStarted` or as `decideActTimes`. */
export function decideStart(state: ActState, times: ActTimes, now: Instant): void {
    decideOpen(state);
    if (state !== 'planned') throw new DomainError('act.alreadyStarted');
    decideActTimes(times, now);
}

/** Premises belong to the party of the act; throws `act.premisesNotOfParty`. */
export function decidePremises(premises: { readonly partyId: Id } | undefined, partyId: Id | undefined): void {
    if (premises === undefined || premises.partyId !== partyId) throw new DomainError('act.premisesNotOfParty');
}

/** Who has footage in the act was there; throws `act.participantHasRecordings`. */
export function decideRemoval(recordings: number): void {
    if (recordings > 0) throw new DomainError('act.participantHasRecordings');
}

/**
 * Ends an act. Closing states its times for good: it has begun, and its end is not ahead. Cancelling says it never took
 * place: with a reason and without footage. Throws `act.notOpen`, `act.notStarted`, `act.endInFuture`, `act.reasonMissing` or
 * `act.hasRecordings`.
 */
export function decideClose(
    before: { readonly state: ActState; readonly endsAt: Instant; readonly recordings: number },
    command: { readonly as: 'closed' | 'cancelled'; readonly reason?: string | undefined },
    now: Instant,
): void {
    decideOpen(before.state);
    if (command.as === 'closed') {
        if (before.state === 'planned') throw new DomainError('act.notStarted');
        if (before.endsAt > now) throw new DomainError('act.endInFuture');
        return;
    }
    if (command.reason === undefined) throw new DomainError('act.reasonMissing');
    if (before.recordings > 0) throw new DomainError('act.hasRecordings');
}

/** `<organisation code>-<year>-<six figures>`: the register of one organisation and year, without a hole. */
export const actNumber = (organisationCode: string, year: number, place: number): string =>
    `${organisationCode}-${year}-${String(place).padStart(6, '0')}`;
