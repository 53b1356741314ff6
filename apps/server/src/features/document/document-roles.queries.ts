import type { Id, Role } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

/** Roles that a person holds at this moment; which head somebody is, is looked up when it matters. */
export async function rolesOf(db: ReadDb, orgId: Id, personId: Id): Promise<Role[]> {
    const rows = await db
        .selectFrom('role_grant')
        .select('role')
        .where('org_id', '=', orgId)
        .where('person_id', '=', personId)
        .where('ended_at', 'is', null)
        .execute();
    return rows.map((row) => row.role);
}
