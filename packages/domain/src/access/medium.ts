import type { Instant } from '../kernel/instant.ts';

/** What recordings that are evidence are written to, to be kept as long as the file of the case (附件1 第18条). */
export const MEDIUM_KINDS = ['cd', 'dvd', 'bd', 'disk', 'flash', 'card', 'tape'] as const;
export type MediumKind = (typeof MEDIUM_KINDS)[number];

/**
 * What a check gave. `equal`: read back, and every digest compared and found equal; `readable`: it can be read, digests were not
 * compared; `damaged`: something on it cannot be read, or differs.
 */
export const MEDIUM_RESULTS = ['equal', 'readable', 'damaged'] as const;
export type MediumResult = (typeof MEDIUM_RESULTS)[number];

/** Discs or disks that make up one copy, and copies of one writing. */
export const MOST_PIECES = 500;
export const MOST_COPIES = 20;

/**
 * How a medium stands by its checks. `unread`: some copy of it was never read back with its digests compared, and none is damaged;
 * `whole`: each was; `partly`: some copies are damaged, but not all; `damaged`: all are.
 */
export const MEDIUM_STANDINGS = ['unread', 'whole', 'partly', 'damaged'] as const;
export type MediumStanding = (typeof MEDIUM_STANDINGS)[number];

type Check = { readonly copy: number; readonly result: MediumResult; readonly checkedAt: Instant };

/**
 * Of each copy its last check says whether it is damaged; a copy that was damaged and mended has to be read back again. `checks`: those
 * that stand, in any order; of two at the same moment the worse counts, because both were seen.
 */
export function mediumStanding(copies: number, checks: readonly Check[]): MediumStanding {
    const each = Array.from({ length: copies }, (_, index) => standingOfCopy(checks.filter(({ copy }) => copy === index + 1)));
    const damaged = each.filter((standing) => standing === 'damaged').length;
    if (damaged > 0) return damaged === copies ? 'damaged' : 'partly';
    return each.includes('unread') ? 'unread' : 'whole';
}

function standingOfCopy(checks: readonly Check[]): 'unread' | 'whole' | 'damaged' {
    const damaged = lastOf(checks, ['damaged']);
    if (damaged !== undefined && damaged >= (lastOf(checks, ['equal', 'readable']) ?? 0)) return 'damaged';
    const equal = lastOf(checks, ['equal']);
    return equal === undefined || (damaged !== undefined && equal < damaged) ? 'unread' : 'whole';
}

function lastOf(checks: readonly Check[], results: readonly MediumResult[]): Instant | undefined {
    const at = checks.filter(({ result }) => results.includes(result)).map(({ checkedAt }) => checkedAt);
    return at.length === 0 ? undefined : Math.max(...at);
}

/** Whether what is on it can still be had from it. */
export const isMediumOfUse = (standing: MediumStanding): boolean => standing !== 'damaged';
