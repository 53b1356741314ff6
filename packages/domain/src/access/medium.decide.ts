import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import { type Instant, MINUTE } from '../kernel/instant.ts';
import type { MediumResult } from './medium.ts';

type Source = {
    readonly actId?: Id | undefined;
    readonly caseId?: Id | undefined;
    readonly retrievalId?: Id | undefined;
    readonly recordingIds?: readonly Id[] | undefined;
};

/**
 * What is on a medium: recordings of one act or of one case, named one by one, or the package of one retrieval, which names them itself.
 * Throws `medium.sourceUnclear`.
 */
export function decideMediumSource({ actId, caseId, retrievalId, recordingIds }: Source): void {
    const one = [actId, caseId, retrievalId].filter((each) => each !== undefined).length === 1;
    if (!one || (retrievalId === undefined) === (recordingIds === undefined)) throw new DomainError('medium.sourceUnclear');
}

/**
 * A writing is entered after it happened. `packagedAt`: when the package that is on it was there, undefined where it holds recordings that
 * were chosen; these have only the time of a recorder, which may be wrong, so it is not compared. Throws `medium.writtenInFuture`,
 * `medium.writtenBefore`.
 */
export function decideMedium(writtenAt: Instant, packagedAt: Instant | undefined, now: Instant): void {
    if (writtenAt > now) throw new DomainError('medium.writtenInFuture');
    if (packagedAt !== undefined && writtenAt < minuteOf(packagedAt)) throw new DomainError('medium.writtenBefore');
}

type Kept = { readonly withdrawnAt: Instant | null };

/** Nothing more is entered about a medium that was taken back. Throws `medium.ended`. */
export function decideStandingMedium({ withdrawnAt }: Kept): void {
    if (withdrawnAt !== null) throw new DomainError('medium.ended');
}

/** Throws `medium.ended`, `medium.keptThere` where it lies there already. */
export function decideMediumMove(medium: Kept & { readonly keptAt: string }, keptAt: string): void {
    decideStandingMedium(medium);
    if (medium.keptAt === keptAt) throw new DomainError('medium.keptThere');
}

/**
 * Throws `medium.ended`, `medium.noSuchCopy {copies}`, `medium.checkedInFuture`, `medium.checkedBefore` where the check is said to lie
 * before the writing, `medium.doneMissing` where damage was found and nothing says what was done.
 */
export function decideMediumCheck(
    medium: Kept & { readonly writtenAt: Instant; readonly copies: number },
    check: { readonly copy: number; readonly checkedAt: Instant; readonly result: MediumResult; readonly done: string | null },
    now: Instant,
): void {
    decideStandingMedium(medium);
    if (check.copy > medium.copies) throw new DomainError('medium.noSuchCopy', { copies: medium.copies });
    if (check.checkedAt > now) throw new DomainError('medium.checkedInFuture');
    if (check.checkedAt < minuteOf(medium.writtenAt)) throw new DomainError('medium.checkedBefore');
    if (check.result === 'damaged' && check.done === null) throw new DomainError('medium.doneMissing');
}

/** Whoever writes a time down writes minutes. */
const minuteOf = (at: Instant): Instant => at - (at % MINUTE);
