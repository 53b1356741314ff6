import type { OrganisationKind } from '../identity/person.ts';
import type { Role } from '../identity/roles.ts';
import type { Day } from '../kernel/day.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { type Attestable, attestableOf, isAsked } from './attestation.ts';

/** Who wants to confirm or take back: with the roles and the kind of organisation of this moment. */
export type Attesting = { readonly roles: readonly Role[]; readonly kind: OrganisationKind };

/** `attestation.notFound`, `attestation.notAsked`, `attestation.notYours` */
export function attestableFor(clauseId: string, { roles, kind }: Attesting): Attestable {
    const attestable = attestableOf(clauseId);
    if (attestable === undefined) throw new DomainError('attestation.notFound');
    if (!isAsked(attestable, kind)) throw new DomainError('attestation.notAsked');
    if (!mayAttest(attestable, roles)) throw new DomainError('attestation.notYours');
    return attestable;
}

export const mayAttest = ({ by }: Attestable, roles: readonly Role[]): boolean => by.some((role) => roles.includes(role));

/**
 * What is confirmed holds from a day that has come, and rests on a paper that exists: nothing is promised here.
 * `attestation.inFuture`, `attestation.paperLater`
 */
export function decideAttestation({ fromDay, paperDay }: { fromDay: Day; paperDay: Day | null }, today: Day): void {
    if (fromDay > today) throw new DomainError('attestation.inFuture');
    if (paperDay !== null && paperDay > today) throw new DomainError('attestation.paperLater');
}

/** A confirmation rests on a few papers, not on an archive. */
export const MOST_ATTESTATION_PAPERS = 10;

/** `attestation.withdrawn`, `attestation.papersTooMany` */
export function decidePaperOfAttestation({ withdrawnAt, papers }: { withdrawnAt: number | null; papers: number }): void {
    decideAttestationWithdrawal({ withdrawnAt });
    if (papers >= MOST_ATTESTATION_PAPERS) throw new DomainError('attestation.papersTooMany', { most: MOST_ATTESTATION_PAPERS });
}

/** `attestation.withdrawn` */
export function decideAttestationWithdrawal({ withdrawnAt }: { withdrawnAt: number | null }): void {
    if (withdrawnAt !== null) throw new DomainError('attestation.withdrawn');
}
