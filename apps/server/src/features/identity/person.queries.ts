import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { DomainError, type Id, type Instant, isId } from '@liuhen/domain';
import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, searchWords } from '../../platform/search.ts';
import type { DB } from '../../schema/db.generated.ts';

type ListQuery = QueryOf<Endpoints['person.list']>;
type Page = ResponseOf<Endpoints['person.list']>;
type Item = Page['items'][number];
type Detail = ResponseOf<Endpoints['person.get']>;

const CURSOR = z.tuple([z.string().refine((name) => !name.includes('\0')), z.string().refine(isId)]);
const BY_NAME = sql`person.name collate "zh-Hans-CN-x-icu"`;

/** Persons of one organisation in pinyin order, by keyset. */
export async function listPersons(db: ReadDb, own: Id, query: ListQuery): Promise<Page> {
    const [name, id] = cursorKeys(CURSOR, query.cursor) ?? [];
    const matching = db.selectFrom('person').where((each) => filter(each, own, query));
    const { total } = await matching.select((each) => each.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const rows = await matching
        .select(PERSON_COLUMNS)
        .$if(id !== undefined, (some) => some.where(sql<SqlBool>`(${BY_NAME}, person.id) > (${name}, ${id}::uuid)`))
        .orderBy(BY_NAME)
        .orderBy('person.id')
        .limit(query.limit + 1)
        .execute();
    const page = pageOf(rows, query.limit, (row) => [row.name, row.id]);
    return { items: await describe(db, page.rows), next: page.next, total };
}

function filter(each: ExpressionBuilder<DB, 'person'>, own: Id, query: ListQuery) {
    const conditions = [each('person.org_id', '=', own)];
    if (query.left !== 'all') conditions.push(each('person.left_at', query.left === 'no' ? 'is' : 'is not', null));
    if (query.kind !== undefined) conditions.push(each('person.kind', '=', query.kind));
    if (query.departmentId !== undefined) conditions.push(each('person.department_id', '=', query.departmentId));
    if (query.role !== undefined)
        conditions.push(
            each('person.id', 'in', (some) =>
                some
                    .selectFrom('role_grant')
                    .select('role_grant.person_id')
                    .where('role_grant.role', '=', query.role ?? 'officer')
                    .where('role_grant.ended_at', 'is', null),
            ),
        );
    for (const word of searchWords(query.q))
        conditions.push(
            each.or([
                containing('person.search_text', word),
                each('person.id', 'in', (some) =>
                    some.selectFrom('account').select('account.id').where(containing('account.login', word)),
                ),
            ]),
        );
    return each.and(conditions);
}

const PERSON_COLUMNS = [
    'person.id',
    'person.name',
    'person.kind',
    'person.certificate_number as certificateNumber',
    'person.department_id as departmentId',
    'person.posts',
    'person.left_at as leftAt',
    'person.version',
] as const;

type Row = Pick<Item, 'id' | 'name' | 'kind' | 'certificateNumber' | 'posts' | 'leftAt' | 'version'> & {
    departmentId: Id | null;
};

/** Adds what stands in other tables, with one query for each and all of the page. */
async function describe(db: ReadDb, rows: readonly Row[]): Promise<Item[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const roles = await db
        .selectFrom('role_grant')
        .select(['person_id', 'role'])
        .where('person_id', 'in', ids)
        .where('ended_at', 'is', null)
        .orderBy('valid_from')
        .execute();
    const devices = await db
        .selectFrom('device_issue')
        .innerJoin('device', 'device.id', 'device_issue.device_id')
        .select(['device_issue.person_id', 'device.id', 'device.number'])
        .where('device_issue.person_id', 'in', ids)
        .where('device_issue.returned_at', 'is', null)
        .orderBy('device.number')
        .execute();
    const accounts = await db
        .selectFrom('account')
        .select(['id', 'login'])
        .where('id', 'in', ids)
        .where('ended_at', 'is', null)
        .execute();
    const departments = await db.selectFrom('department').select(['id', 'name']).execute();
    const logins = new Map(accounts.map((each) => [each.id, each.login]));
    const names = new Map(departments.map((each) => [each.id, each]));
    return rows.map(({ departmentId, ...row }) => ({
        ...row,
        department: departmentId === null ? null : (names.get(departmentId) ?? null),
        roles: roles.filter((each) => each.person_id === row.id).map((each) => each.role),
        devices: devices.filter((each) => each.person_id === row.id).map(({ id, number }) => ({ id, number })),
        login: logins.get(row.id) ?? null,
    }));
}

/** `person.notFound` */
export async function getPerson(db: ReadDb, id: Id, times: { now: Instant; idle: number }): Promise<Detail> {
    const row = await db
        .selectFrom('person')
        .innerJoin('organisation', 'organisation.id', 'person.org_id')
        .select(PERSON_COLUMNS)
        .select(['organisation.id as organisationId', 'organisation.name as organisationName'])
        .where('person.id', '=', id)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('person.notFound');
    const { organisationId, organisationName, ...person } = row;
    const [item] = await describe(db, [person]);
    if (item === undefined) throw new DomainError('person.notFound');
    return {
        ...item,
        organisation: { id: organisationId, name: organisationName },
        account: await accountState(db, id, times),
        roleHistory: await roleHistory(db, id),
    };
}

async function accountState(db: ReadDb, id: Id, { now, idle }: { now: Instant; idle: number }): Promise<Detail['account']> {
    const account = await db
        .selectFrom('account')
        .selectAll()
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
    if (account === undefined) return null;
    const sessions = await db
        .selectFrom('session')
        .select((each) => each.fn.countAll<number>().as('open'))
        .where('person_id', '=', id)
        .where('ended_at', 'is', null)
        .where('ends_at', '>', now)
        .where('last_seen_at', '>', now - idle)
        .executeTakeFirstOrThrow();
    return {
        login: account.login,
        locked: account.locked_until !== null && account.locked_until > now,
        mustChangePassword: account.must_change_password,
        secondFactor: account.totp_confirmed,
        lastSignInAt: account.last_sign_in_at,
        openSessions: sessions.open,
    };
}

/** Newest first. `grantedBy` is empty for what the system itself granted (the first administrators). */
async function roleHistory(db: ReadDb, id: Id): Promise<Detail['roleHistory']> {
    const rows = await db
        .selectFrom('role_grant')
        .leftJoin('person as granter', 'granter.id', 'role_grant.granted_by')
        .select([
            'role_grant.id',
            'role_grant.role',
            'role_grant.valid_from as from',
            'role_grant.ended_at as until',
            'granter.name',
        ])
        .where('role_grant.person_id', '=', id)
        .orderBy('role_grant.valid_from', 'desc')
        .orderBy('role_grant.id', 'desc')
        .execute();
    return rows.map(({ name, ...row }) => ({ ...row, grantedBy: name ?? '' }));
}
