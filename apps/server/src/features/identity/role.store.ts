import { DomainError, DUTY_OF, type HeldRole, type Id, isAdministrator, ROLES, type Role } from '@liuhen/domain';
import type { Selectable } from 'kysely';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { RoleGrant } from '../../schema/db.generated.ts';
import { constraintOf } from './constraint.ts';

export type RoleRow = Selectable<RoleGrant>;
const ADMINISTRATORS = ROLES.filter(isAdministrator);

/** `role.dutiesExclude`, `role.held`: the constraints hold even when two commands grant at once. */
export async function insertRole(tx: Tx, personId: Id, role: Role): Promise<Id> {
    const id = tx.newId();
    try {
        await insertRow(tx, 'role_grant', {
            id,
            person_id: personId,
            role,
            duty: DUTY_OF[role],
            granted_by: tx.actor,
            valid_from: tx.now,
        });
    } catch (error) {
        const constraint = constraintOf(error);
        if (constraint === 'one_duty_per_person') throw new DomainError('role.dutiesExclude');
        if (constraint === 'role_once') throw new DomainError('role.held');
        throw error;
    }
    return id;
}

/** Locks the roles a person holds now. */
export const openRolesOf = (tx: Tx, personId: Id): Promise<RoleRow[]> =>
    tx.db
        .selectFrom('role_grant')
        .selectAll()
        .where('org_id', '=', tx.orgId)
        .where('person_id', '=', personId)
        .where('ended_at', 'is', null)
        .orderBy('id')
        .forUpdate()
        .execute();

/**
 * Locks all administrators' roles of the organisation, always in the same order: of two commands that would each end one
 * of the last two, the second waits here and then no longer sees the first one's.
 */
export async function lockAdministrators(tx: Tx): Promise<HeldRole[]> {
    const rows = await tx.db
        .selectFrom('role_grant')
        .selectAll()
        .where('org_id', '=', tx.orgId)
        .where('role', 'in', ADMINISTRATORS)
        .where('ended_at', 'is', null)
        .orderBy('id')
        .forUpdate()
        .execute();
    return rows.map(heldRole);
}

/** A role held now; `role.notFound` for one that ended or never was. */
export async function loadOpenRole(tx: Tx, id: Id): Promise<RoleRow> {
    const row = await tx.db
        .selectFrom('role_grant')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .where('ended_at', 'is', null)
        .forUpdate()
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('role.notFound');
    return row;
}

export const heldRole = (row: RoleRow): HeldRole => ({ id: row.id, personId: row.person_id, role: row.role });

export const markEnded = (tx: Tx, row: RoleRow): Promise<RoleRow> => updateRow(tx, 'role_grant', row, { ended_at: tx.now });
