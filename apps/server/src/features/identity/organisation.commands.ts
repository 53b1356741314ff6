import { bodyOf, type DomainEvent, DUTY_OF, type Role } from '@liuhen/domain';
import type { NonEmpty, Tx } from '../../platform/command/tx.ts';
import { insertAccount } from './account.store.ts';
import { insertOrganisation, type NewOrganisation } from './organisation.store.ts';
import { insertPerson } from './person.store.ts';
import { insertRole } from './role.store.ts';

export type FirstAdministrator = { role: Role; name: string; login: string; passwordHash: string };

/**
 * The rows and entries of a new organisation with its first administrators. The command's organisation is the new one: its
 * log begins with these entries.
 */
export async function foundOrganisation(
    tx: Tx,
    organisation: NewOrganisation,
    administrators: readonly FirstAdministrator[],
): Promise<NonEmpty<DomainEvent>> {
    const { code, name, kind, parentId } = organisation;
    await insertOrganisation(tx, organisation);
    const people: DomainEvent[] = [];
    for (const administrator of administrators) people.push(...(await addAdministrator(tx, administrator)));
    return [{ kind: 'organisation.created', creates: [tx.orgId], body: bodyOf({ code, name, kind, parentId }) }, ...people];
}

async function addAdministrator(tx: Tx, { role, name, login, passwordHash }: FirstAdministrator): Promise<DomainEvent[]> {
    const fields = { name, kind: 'staff', certificateNumber: null, departmentId: null, posts: [] } as const;
    const person = await insertPerson(tx, fields);
    await insertAccount(tx, { personId: person.id, login, passwordHash, mustChangePassword: false });
    const grantId = await insertRole(tx, person.id, role);
    return [
        { kind: 'person.created', creates: [person.id], body: { name, kind: 'staff' } },
        { kind: 'account.created', objects: [person.id], body: { login } },
        { kind: 'role.granted', creates: [grantId], objects: [person.id], body: { role, duty: DUTY_OF[role] } },
    ];
}
