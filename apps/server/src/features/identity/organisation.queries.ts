import type { Endpoints, ResponseOf } from '@liuhen/contract';
import type { Id, OrganisationKind } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

type Tree = ResponseOf<Endpoints['organisation.tree']>;

/** The whole tree; departments and numbers of people only of the own organisation, elsewhere none and 0. */
export async function organisationTree(db: ReadDb, own: Id): Promise<Tree> {
    const byName = sql`name collate "zh-Hans-CN-x-icu"`;
    const organisations = await db
        .selectFrom('organisation')
        .select(['id', 'parent_id as parentId', 'code', 'name', 'kind'])
        .orderBy('code')
        .execute();
    const departments = await db
        .selectFrom('department')
        .select(['id', 'name'])
        .where('org_id', '=', own)
        .orderBy(byName)
        .execute();
    const people = await db
        .selectFrom('person')
        .select(['department_id', (each) => each.fn.countAll<number>().as('count')])
        .where('org_id', '=', own)
        .where('left_at', 'is', null)
        .groupBy('department_id')
        .execute();
    const inDepartment = new Map(people.map((row) => [row.department_id, row.count]));
    const all = people.reduce((sum, row) => sum + row.count, 0);
    return {
        organisations: organisations.map((each) => ({
            ...each,
            own: each.id === own,
            departments: each.id === own ? departments.map((one) => ({ ...one, people: inDepartment.get(one.id) ?? 0 })) : [],
            people: each.id === own ? all : 0,
        })),
    };
}

export type OrganisationBelow = { readonly id: Id; readonly name: string; readonly kind: OrganisationKind };

/**
 * An organisation and all below it in the tree, itself first: whose registers it sees (附件3 第3条, 统一领导、分级管理). Names and places
 * in the tree are open to everybody; rows of the others are seen by whoever reads with their ids.
 */
export async function organisationsBelow(db: ReadDb, own: Id): Promise<OrganisationBelow[]> {
    const all = await db.selectFrom('organisation').select(['id', 'parent_id', 'name', 'kind']).orderBy('code').execute();
    const below = (id: Id): typeof all =>
        all.filter((each) => each.parent_id === id).flatMap((each) => [each, ...below(each.id)]);
    return [...all.filter((each) => each.id === own), ...below(own)].map(({ id, name, kind }) => ({ id, name, kind }));
}

export type City = {
    readonly root: Id;
    readonly organisations: Id[];
    /** The highest below the city that an organisation stands under, or is; the city itself is its own. */
    readonly districtOf: ReadonlyMap<Id, Id>;
};

/** The organisation at the head of the tree that one stands in, with all below it: the city (统一领导). */
export async function cityOf(db: ReadDb, own: Id): Promise<City> {
    const all = await db.selectFrom('organisation').select(['id', 'parent_id']).execute();
    const above = new Map(all.map(({ id, parent_id }) => [id, parent_id]));
    const path = (id: Id): Id[] => {
        const next = above.get(id);
        return next === null || next === undefined ? [id] : [...path(next), id];
    };
    const root = path(own)[0] ?? own;
    const organisations = (await organisationsBelow(db, root)).map(({ id }) => id);
    return { root, organisations, districtOf: new Map(organisations.map((id) => [id, path(id)[1] ?? id])) };
}
