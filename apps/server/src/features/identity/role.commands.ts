import { type DomainEvent, DUTY_OF, decideEnd, decideGrant, type Id, type Role } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { loadPerson, stateOf } from './person.store.ts';
import { heldRole, insertRole, loadOpenRole, lockAdministrators, markEnded, openRolesOf, type RoleRow } from './role.store.ts';

/** `person.notFound`, `person.self`, `person.hasLeft`, `role.held`, `role.dutiesExclude`, `role.needsCertificate` */
export function grantRole(services: Services, context: CommandContext, personId: Id, role: Role): Promise<{ id: Id }> {
    return runCommand(services.commands, context, 'role.grant', async (tx) => {
        const person = await loadPerson(tx, personId);
        const held = await openRolesOf(tx, personId);
        decideGrant(
            stateOf(person),
            tx.actor,
            role,
            held.map((each) => each.role),
        );
        const id = await insertRole(tx, personId, role);
        const body = { role, duty: DUTY_OF[role], name: person.name };
        return { result: { id }, events: [{ kind: 'role.granted', creates: [id], objects: [personId], body }] };
    });
}

/** `role.notFound`, `person.self`, `role.lastAdministrator`. Takes effect with the person's next request. */
export function endRole(services: Services, context: CommandContext, id: Id): Promise<null> {
    return runCommand(services.commands, context, 'role.end', async (tx) => {
        const administrators = await lockAdministrators(tx);
        const row = await loadOpenRole(tx, id);
        decideEnd(heldRole(row), tx.actor, administrators);
        return { result: null, events: [await endOpenRole(tx, row)] };
    });
}

export async function endOpenRole(tx: Tx, row: RoleRow): Promise<DomainEvent> {
    await markEnded(tx, row);
    return { kind: 'role.ended', objects: [row.id, row.person_id], body: { role: row.role } };
}
