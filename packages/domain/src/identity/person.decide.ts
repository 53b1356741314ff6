import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { PersonKind } from './person.ts';
import { DUTY_OF, type Duty, type Role } from './roles.ts';

/** The facts about a person that decisions need. */
export type PersonState = {
    readonly id: Id;
    readonly kind: PersonKind;
    readonly certificateNumber: string | null;
    readonly leftAt: Instant | null;
};

/** A role a person holds now. */
export type HeldRole = { readonly id: Id; readonly personId: Id; readonly role: Role };

/** Duties that always need somebody (GB/T 22239-2019 8.1.5): an organisation never loses its last one. */
const ADMINISTRATION: readonly Duty[] = ['system', 'security', 'audit'];
export const isAdministrator = (role: Role): boolean => ADMINISTRATION.includes(DUTY_OF[role]);

/** 监督员 have a 监督员证号; `person.certificateMissing`. `heldRoles` are the roles the person keeps. */
export function checkCertificate(kind: PersonKind, certificateNumber: string | null, heldRoles: readonly Role[]): void {
    if (certificateNumber === null && (kind === 'officer' || heldRoles.includes('officer')))
        throw new DomainError('person.certificateMissing');
}

/** `person.hasLeft` */
export function checkStillHere(person: PersonState): void {
    if (person.leftAt !== null) throw new DomainError('person.hasLeft');
}

/** Nobody acts on the own person where a second pair of eyes is the point; `person.self`. */
export function checkNotSelf(personId: Id, actor: Id): void {
    if (personId === actor) throw new DomainError('person.self');
}

/** Whether a person may leave: `person.self`, `person.hasLeft`, `person.holdsDevices {numbers}`, `role.lastAdministrator`. */
export function decideLeave(
    person: PersonState,
    actor: Id,
    heldDevices: readonly string[],
    administrators: readonly HeldRole[],
): void {
    checkNotSelf(person.id, actor);
    checkStillHere(person);
    if (heldDevices.length > 0) throw new DomainError('person.holdsDevices', { numbers: heldDevices.join('、') });
    for (const held of administrators.filter((each) => each.personId === person.id)) checkNotLast(held, administrators);
}

/**
 * Whether a role may be granted: `person.self`, `person.hasLeft`, `role.held`, `role.dutiesExclude`,
 * `role.needsCertificate`. `held` are the roles the person holds now.
 */
export function decideGrant(person: PersonState, actor: Id, role: Role, held: readonly Role[]): void {
    checkNotSelf(person.id, actor);
    checkStillHere(person);
    if (held.includes(role)) throw new DomainError('role.held');
    if (held.some((each) => DUTY_OF[each] !== DUTY_OF[role])) throw new DomainError('role.dutiesExclude');
    if (role === 'officer' && person.certificateNumber === null) throw new DomainError('role.needsCertificate');
}

/** Whether a role may be ended: `person.self`, `role.lastAdministrator`. */
export function decideEnd(held: HeldRole, actor: Id, administrators: readonly HeldRole[]): void {
    checkNotSelf(held.personId, actor);
    checkNotLast(held, administrators);
}

function checkNotLast(held: HeldRole, administrators: readonly HeldRole[]): void {
    if (!isAdministrator(held.role)) return;
    const others = administrators.some((each) => each.role === held.role && each.id !== held.id);
    if (!others) throw new DomainError('role.lastAdministrator');
}
