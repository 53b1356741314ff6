import { isCustodian } from '../identity/access.decide.ts';
import type { Role } from '../identity/roles.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import { type Instant, MINUTE } from '../kernel/instant.ts';
import type { RecordingState } from '../recording/recording.ts';
import { MOST_RECEIPT_PAPERS, MOST_RETRIEVED, RETRIEVAL_TABLE, type RetrievalState, type RetrievalStep } from './retrieval.ts';

/** `<organisation code>-DQ-<year>-<four figures>`, without a hole. */
export const retrievalNumber = (organisationCode: string, year: number, place: number): string =>
    `${organisationCode}-DQ-${year}-${String(place).padStart(4, '0')}`;

type Wanted = { readonly name: string; readonly state: RecordingState; readonly concerned: readonly Id[] };

/**
 * Who may ask: the recordings manager for any, others for what they work on, `working` on the act or case itself or concerned by each
 * recording. Only what is whole can be evidence. Throws `retrieval.nothing`, `retrieval.tooMany {most}`, `retrieval.notYours`,
 * `retrieval.recordingUnusable {name}`.
 */
export function decideRetrievalRequest(
    by: { readonly personId: Id; readonly roles: readonly Role[]; readonly working: boolean },
    recordings: readonly Wanted[],
): void {
    if (recordings.length === 0) throw new DomainError('retrieval.nothing');
    if (recordings.length > MOST_RETRIEVED) throw new DomainError('retrieval.tooMany', { most: MOST_RETRIEVED });
    const may = by.working || by.roles.includes('recordingManager');
    if (!may && !recordings.every(({ concerned }) => concerned.includes(by.personId)))
        throw new DomainError('retrieval.notYours');
    const unusable = recordings.find(({ state }) => state !== 'sealed');
    if (unusable !== undefined) throw new DomainError('retrieval.recordingUnusable', { name: unusable.name });
}

/** The state a step leads to. Throws `retrieval.wrongState {state}`. */
export function stepOfRetrieval(state: RetrievalState, step: RetrievalStep): RetrievalState {
    const { from, to } = RETRIEVAL_TABLE[step];
    if (!from.includes(state)) throw new DomainError('retrieval.wrongState', { state });
    return to;
}

type Asked = { readonly state: RetrievalState; readonly requestedBy: Id };

/**
 * 附件1 第20条: the head of the institution consents, never to a request of their own; the person counts, not the account.
 * Throws `retrieval.wrongState`, `retrieval.ownRequest`.
 */
export function decideRetrievalConsent({ state, requestedBy }: Asked, step: 'consent' | 'refuse', personId: Id): RetrievalState {
    const to = stepOfRetrieval(state, step);
    if (requestedBy === personId) throw new DomainError('retrieval.ownRequest');
    return to;
}

/** Whoever asked takes it back, or the recordings manager. Throws `retrieval.wrongState`, `retrieval.notYours`. */
export function decideRetrievalWithdrawal(
    { state, requestedBy }: Asked,
    by: { personId: Id; roles: readonly Role[] },
): RetrievalState {
    if (requestedBy !== by.personId && !by.roles.includes('recordingManager')) throw new DomainError('retrieval.notYours');
    return stepOfRetrieval(state, 'withdraw');
}

/** Whoever looks after all recordings sees the whole register, others what they asked for (附件1 第20条: 严格限定使用权限). */
export const seesAllRetrievals = (roles: readonly Role[]): boolean => isCustodian(roles);

/**
 * A hand-over is noted after it happened. Throws `retrieval.wrongState`, `retrieval.receivedBefore` where it is said to lie before the
 * package was there, `retrieval.receivedInFuture`.
 */
export function decideHandOver(
    { state, packagedAt }: { readonly state: RetrievalState; readonly packagedAt: Instant },
    receivedAt: Instant,
    now: Instant,
): RetrievalState {
    const to = stepOfRetrieval(state, 'handOver');
    // Whoever writes the time down writes minutes.
    if (receivedAt < packagedAt - (packagedAt % MINUTE)) throw new DomainError('retrieval.receivedBefore');
    if (receivedAt > now) throw new DomainError('retrieval.receivedInFuture');
    return to;
}

/** Signed receipts belong to what was handed over. Throws `retrieval.wrongState`, `retrieval.tooManyPapers {most}`. */
export function decideReceiptPaper({ state, papers }: { readonly state: RetrievalState; readonly papers: number }): void {
    if (state !== 'handedOver') throw new DomainError('retrieval.wrongState', { state });
    if (papers >= MOST_RECEIPT_PAPERS) throw new DomainError('retrieval.tooManyPapers', { most: MOST_RECEIPT_PAPERS });
}
