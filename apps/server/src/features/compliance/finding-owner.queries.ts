import { type Id, type Instant, type Role, STAND_INS, type Subject, standInFor } from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

/** Whoever should answer has left, or nobody was named: the condition of `standInFor`, for a query over findings `f`. */
const isOrphaned = (organisationId: Id) =>
    sql<SqlBool>`(f.owner_role is null and (f.owner_id is null
        or f.owner_id in (select id from liuhen.person where org_id = ${organisationId} and left_at is not null)))`;

/** In person, by a role of theirs, or in place of somebody who is gone; a role is one of the own organisation. */
export function isAnsweredBy({ personId, roles, organisationId }: Subject) {
    const inPlace = [
        ...(roles.includes(STAND_INS.act) ? [sql<SqlBool>`f.act_id is not null and ${isOrphaned(organisationId)}`] : []),
        ...(roles.includes(STAND_INS.other) ? [sql<SqlBool>`f.act_id is null and ${isOrphaned(organisationId)}`] : []),
    ];
    const own = [sql<SqlBool>`f.owner_id = ${personId}`, sql<SqlBool>`f.owner_role = any (${[...roles]}::text[])`];
    return sql<SqlBool>`f.org_id = ${organisationId} and (${sql.join([...own, ...inPlace], sql` or `)})`;
}

type Owned = { act_id: Id | null; owner_id: Id | null; owner_role: Role | null };

/** Whether somebody stands in for whoever should answer this finding. */
export async function standsIn(db: ReadDb, orgId: Id, personId: Id, { act_id, owner_id, owner_role }: Owned): Promise<boolean> {
    const role = standInFor({
        ...{ ofAct: act_id !== null, ownerId: owner_id, ownerRole: owner_role },
        ownerLeftAt: owner_id === null ? null : await leftAt(db, owner_id),
    });
    return role !== null && (await holdsRole(db, orgId, personId, role));
}

async function leftAt(db: ReadDb, id: Id): Promise<Instant | null> {
    const row = await db.selectFrom('person').select('left_at').where('id', '=', id).executeTakeFirst();
    return row?.left_at ?? null;
}

/** Whether somebody holds a role in the organisation now. */
export async function holdsRole(db: ReadDb, orgId: Id, personId: Id, role: Role): Promise<boolean> {
    const row = await db
        .selectFrom('role_grant')
        .select('id')
        .where('org_id', '=', orgId)
        .where('person_id', '=', personId)
        .where('role', '=', role)
        .where('ended_at', 'is', null)
        .limit(1)
        .executeTakeFirst();
    return row !== undefined;
}
