import { isCommission, type OrganisationKind } from '../identity/person.ts';
import type { Id } from '../kernel/ids.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Clause } from './clause.ts';
import { type Confirmation, confirmationOf } from './treatment.ts';

/** A clause about which people confirm something, with what they are asked. */
export type Attestable = Confirmation & { readonly clause: Clause };

/** All of them, in the order of the notice. */
export const ATTESTABLES: readonly Attestable[] = CATALOGUE.flatMap(({ clause, treatment }) => {
    const confirmation = confirmationOf(treatment);
    return confirmation === undefined ? [] : [{ clause, ...confirmation }];
});

export const attestableOf = (clauseId: string): Attestable | undefined =>
    ATTESTABLES.find(({ clause }) => clause.id === clauseId);

/** Whether an organisation is asked: by whom the clause binds. */
export function isAsked({ clause }: Attestable, kind: OrganisationKind): boolean {
    const commission = isCommission(kind);
    switch (clause.bound) {
        case 'commissions':
            return commission;
        case 'institutes':
        case 'officers':
        case 'assistants':
            return !commission;
        default:
            return true;
    }
}

/** `none`: nobody has confirmed, or whoever did took it back. */
export const ATTESTATION_STATES = ['none', 'expired', 'confirmed'] as const;
export type AttestationState = (typeof ATTESTATION_STATES)[number];

/** By the last day on which the latest confirmation that stands holds; that day still counts. */
export const attestationState = (untilDay: string | undefined, today: string): AttestationState =>
    untilDay === undefined ? 'none' : untilDay < today ? 'expired' : 'confirmed';

/** How a clause of an organisation is named as one thing: `A1-14-1_` and the id of the organisation. */
export const attestationId = (clauseId: string, organisationId: Id): string => `${clauseId}_${organisationId}`;
