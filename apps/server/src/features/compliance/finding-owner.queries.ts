import { type Id, type Instant, permissionsOf, type Role, STAND_INS, type Subject, standInFor } from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { rolesOf } from '../document/document-roles.queries.ts';

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

/**
 * An answer waits that this reader may decide on: not their own matter by name, role or part in the act, and not their own words; the
 * condition of `decideOnFindingAnswer`, for a query over findings `f`.
 */
export function isDecidedBy({ personId, roles, organisationId }: Subject) {
    if (!permissionsOf(roles).includes('finding.decide')) return sql<SqlBool>`false`;
    return sql<SqlBool>`(f.org_id = ${organisationId} and f.state = 'answered'
        and f.owner_id is distinct from ${personId}::uuid
        and (f.owner_role is null or f.owner_role <> all (${[...roles]}::text[]))
        and (f.act_id is not null or f.person_id is distinct from ${personId}::uuid)
        and not exists (select from liuhen.act_participant t where t.act_id = f.act_id and t.person_id = ${personId})
        and not exists (select from liuhen.finding_answer w
            where w.finding_id = f.id and w.state = 'waiting' and w.stated_by = ${personId}))`;
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
export const holdsRole = async (db: ReadDb, orgId: Id, personId: Id, role: Role): Promise<boolean> =>
    (await rolesOf(db, orgId, personId)).includes(role);
