import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';

/**
 * Why something came late. The notice has no clause that lets anybody waive the 24 hours: a reason explains, it is confirmed
 * or not, and the mark of lateness stays. `clause`: where the notice speaks of such a reason; null where it does not.
 */
export const LATE_GROUNDS = {
    fault: '附件1 第15条',
    forceMajeure: '附件1 第13条',
    interruption: '附件1 第10条',
    duty: null,
    network: null,
    other: null,
} as const satisfies Record<string, string | null>;
export type LateGround = keyof typeof LATE_GROUNDS;
export const LATE_GROUND_KEYS = Object.keys(LATE_GROUNDS) as [LateGround, ...LateGround[]];

export const EXCUSE_STATES = ['waiting', 'accepted', 'refused', 'withdrawn'] as const;
export type ExcuseState = (typeof EXCUSE_STATES)[number];

/** Whoever it concerns gives the reason, or the manager of recordings for them; throws `late.notYours` or `late.excusedAlready`. */
export function decideExcuse(
    of: { readonly personId: Id | null; readonly open: ExcuseState | null },
    by: { readonly personId: Id; readonly manages: boolean },
): void {
    if (of.open !== null) throw new DomainError('late.excusedAlready');
    if (!by.manages && of.personId !== by.personId) throw new DomainError('late.notYours');
}

/** Nobody confirms what they gave or what is their own; throws `late.excuseSettled`, `late.ownExcuse` or `late.reasonMissing`. */
export function decideExcuseDecision(
    excuse: { readonly state: ExcuseState; readonly statedBy: Id; readonly personId: Id | null },
    by: Id,
    as: 'accepted' | 'refused',
    words: string | undefined,
): void {
    if (excuse.state !== 'waiting') throw new DomainError('late.excuseSettled');
    if (excuse.statedBy === by || excuse.personId === by) throw new DomainError('late.ownExcuse');
    if (as === 'refused' && words === undefined) throw new DomainError('late.reasonMissing');
}

/** Whoever gave it takes it back while nobody has decided; throws `late.excuseSettled` or `late.notYours`. */
export function decideExcuseWithdrawal(excuse: { readonly state: ExcuseState; readonly statedBy: Id }, by: Id): void {
    if (excuse.state !== 'waiting') throw new DomainError('late.excuseSettled');
    if (excuse.statedBy !== by) throw new DomainError('late.notYours');
}
