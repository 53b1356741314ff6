import type { Role } from '../identity/roles.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import { SECRECIES, type Secrecy, type SecrecyMark } from './act.ts';

/** Heads see what their people work on (附件1 第12条: by the authority for secrets). */
export const SECRECY_HEADS: readonly Role[] = ['sectionHead', 'instituteHead', 'agencyHead'];

export type SecrecySubject = { readonly personId: Id; readonly roles: readonly Role[] };

export const isSecrecyHead = ({ roles }: Pick<SecrecySubject, 'roles'>): boolean =>
    roles.some((role) => SECRECY_HEADS.includes(role));

/** Whether somebody sees more of an act than its number and kind: whoever takes part in it, and the heads. */
export const maySeeAct = (
    act: { readonly secrecy: SecrecyMark | null; readonly participants: readonly (Id | null)[] },
    subject: SecrecySubject,
): boolean => act.secrecy === null || act.participants.includes(subject.personId) || isSecrecyHead(subject);

/**
 * The mark as it is kept; `null` is 公开. State secrets have no place in this system and are refused in so many words, before
 * anything about them is written. Throws `act.stateSecret`.
 */
export function decideSecrecy(asked: Secrecy | 'state'): SecrecyMark | null {
    if (asked === 'state') throw new DomainError('act.stateSecret');
    return asked === 'open' || !SECRECIES.includes(asked) ? null : asked;
}
