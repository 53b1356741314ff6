import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { DomainError, endOfDay, type Id, type Instant, SYSTEM_ID, startOfDay } from '@liuhen/domain';
import { type ExpressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../../platform/page-cursor.ts';
import type { DB } from '../../../schema/db.generated.ts';
import { parameterAt } from '../../parameter/parameter.queries.ts';
import { diskStanding } from '../checkpoint/second-disk.queries.ts';

type Query = QueryOf<Endpoints['logCheck.list']>;
type List = ResponseOf<Endpoints['logCheck.list']>;
type Item = List['items'][number];
type Findings = ResponseOf<Endpoints['logCheck.findings']>;

const cursorShape = z.tuple([z.int(), z.string()]);
const placeShape = z.tuple([z.int()]);

const COLUMNS = [
    ...(['c.id', 'c.org_id', 'c.log', 'c.night', 'c.state', 'c.reason', 'c.attempt', 'c.started_at', 'c.ended_at'] as const),
    ...(['c.read', 'c.size', 'c.row_count', 'c.signatures', 'c.findings', 'c.digest'] as const),
] as const;

/** What an organisation may see: its own log and the system's. */
const checksFor = (db: ReadDb, orgId: Id) => db.selectFrom('log_check as c').where('c.org_id', 'in', [orgId, SYSTEM_ID]);

type Check = { c: DB['log_check'] };

const isOf = (is: ExpressionBuilder<DB & Check, 'c'>, log: NonNullable<Query['log']>, orgId: Id) => {
    if (log === 'own') return is('c.log', '=', orgId);
    return log === 'system' ? is('c.log', '=', SYSTEM_ID) : is('c.log', 'not in', [orgId, SYSTEM_ID]);
};

/** Who asks, and what is set up. */
type Asking = { readonly orgId: Id; readonly now: Instant; readonly disk: { readonly bodies: boolean } | null };

/** One page of the checks that concern an organisation, newest first. */
export async function listChecks(db: ReadDb, { orgId, now, disk }: Asking, query: Query): Promise<List> {
    const { state, log, from, to } = query;
    const asked = checksFor(db, orgId)
        .$if(state !== undefined, (some) => some.where('c.state', '=', state ?? 'sound'))
        .$if(log !== undefined, (some) => some.where((is) => isOf(is, log ?? 'own', orgId)))
        .$if(from !== undefined, (some) => some.where('c.started_at', '>=', startOfDay(from ?? '')))
        .$if(to !== undefined, (some) => some.where('c.started_at', '<', endOfDay(to ?? '')));
    const after = cursorKeys(cursorShape, query.cursor);
    const found = await asked
        .$if(after !== undefined, (some) => some.where(sql<boolean>`(c.started_at, c.id) < (${after?.[0]}, ${after?.[1]}::uuid)`))
        .select(COLUMNS)
        .orderBy('c.started_at', 'desc')
        .orderBy('c.id', 'desc')
        .limit(query.limit + 1)
        .execute();
    const { total } = await asked.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.started_at, row.id]);
    return { items: await itemsOf(db, orgId, rows), next, total, standing: await standingOf(db, { orgId, now, disk }) };
}

type Row = Awaited<ReturnType<ReturnType<typeof rowsFor>['execute']>>[number];
const rowsFor = (db: ReadDb, orgId: Id) => checksFor(db, orgId).select(COLUMNS);

/** With what the organisation said of the findings, which may be an answer of an earlier night. */
async function itemsOf(db: ReadDb, orgId: Id, rows: readonly Row[]): Promise<Item[]> {
    const digests = rows.flatMap(({ digest }) => (digest === null ? [] : [digest]));
    const answers =
        digests.length === 0
            ? []
            : await db
                  .selectFrom('log_check_answer as a')
                  .leftJoin('person as p', 'p.id', 'a.answered_by')
                  .where('a.org_id', '=', orgId)
                  .where('a.digest', 'in', digests)
                  .select(['a.log', 'a.digest', 'a.reason', 'a.answered_at', 'p.name'])
                  .orderBy('a.answered_at')
                  .execute();
    return rows.map((row) => {
        const answer = answers.find((each) => each.digest === row.digest && each.log === row.log);
        return {
            ...{ id: row.id, logId: row.log, night: row.night, state: row.state, reason: row.reason, attempt: row.attempt },
            log: row.log === orgId ? 'own' : row.log === SYSTEM_ID ? 'system' : 'other',
            ...{ startedAt: row.started_at, endedAt: row.ended_at, rows: row.row_count, findings: row.findings },
            ...{ read: String(row.read), size: String(row.size), signatures: String(row.signatures) },
            answer: answer === undefined ? null : { reason: answer.reason, by: answer.name, at: answer.answered_at },
        } satisfies Item;
    });
}

async function standingOf(db: ReadDb, { orgId, now, disk }: Asking): Promise<List['standing']> {
    const unanswered = await rowsFor(db, orgId)
        .where('c.state', '=', 'wrong')
        .where((is) =>
            is.not(
                is.exists(
                    is
                        .selectFrom('log_check_answer as a')
                        .select('a.id')
                        .where('a.org_id', '=', orgId)
                        .whereRef('a.log', '=', 'c.log')
                        .whereRef('a.digest', '=', 'c.digest'),
                ),
            ),
        )
        .distinctOn(['c.log', 'c.digest'])
        .orderBy('c.log')
        .orderBy('c.digest')
        .orderBy('c.started_at', 'desc')
        .execute();
    const running = await rowsFor(db, orgId).where('c.state', '=', 'running').execute();
    const sound = await checksFor(db, orgId)
        .where('c.log', '=', orgId)
        .where('c.state', '=', 'sound')
        .select((of) => of.fn.max('c.started_at').as('at'))
        .executeTakeFirst();
    return {
        alarms: await itemsOf(
            db,
            orgId,
            [...unanswered].sort((a, b) => b.started_at - a.started_at),
        ),
        running: await itemsOf(db, orgId, running),
        soundAt: sound?.at ?? null,
        signatureNights: await signatureNights(db, orgId, now),
        disk: disk === null ? null : { ...(await diskOf(db, orgId)), ...disk },
    };
}

async function diskOf(db: ReadDb, orgId: Id) {
    const { size, at, trouble } = await diskStanding(db, orgId);
    return { size: String(size), at, trouble };
}

/** In how many nights every signature of a log is looked at once more. */
export const signatureNights = async (db: ReadDb, orgId: Id, now: Instant): Promise<number> =>
    Math.max(1, (await parameterAt(db, orgId, 'work.signatureNights', now)).value ?? 30);

/** Throws `logCheck.notFound`. */
export async function checkRow(db: ReadDb, orgId: Id, id: Id): Promise<Row> {
    const row = await rowsFor(db, orgId).where('c.id', '=', id).executeTakeFirst();
    if (row === undefined) throw new DomainError('logCheck.notFound');
    return row;
}

export const isAnswered = async (db: ReadDb, orgId: Id, { log, digest }: Pick<Row, 'log' | 'digest'>): Promise<boolean> =>
    (await db
        .selectFrom('log_check_answer')
        .select('id')
        .where('org_id', '=', orgId)
        .where('log', '=', log)
        .where('digest', '=', digest ?? '')
        .executeTakeFirst()) !== undefined;

export const runningCheck = (db: ReadDb, orgId: Id): Promise<Row | undefined> =>
    rowsFor(db, orgId).where('c.log', '=', orgId).where('c.state', '=', 'running').executeTakeFirst();

/** What differed, as it was found; throws `logCheck.notFound`. */
export async function listFindings(
    db: ReadDb,
    orgId: Id,
    { checkId: id, ...query }: QueryOf<Endpoints['logCheck.findings']>,
): Promise<Findings> {
    const check = await checkRow(db, orgId, id);
    const asked = db.selectFrom('log_check_finding').where('check_id', '=', id);
    const after = cursorKeys(placeShape, query.cursor);
    const found = await asked
        .$if(after !== undefined, (some) => some.where('place', '>', after?.[0] ?? 0))
        .select(['place', 'code', 'idx', 'table_name', 'row_id', 'params'])
        .orderBy('place')
        .limit(query.limit + 1)
        .execute();
    const { total } = await asked.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.place]);
    const items = rows.map(({ place, code, idx, table_name: table, row_id: row, params }) => ({
        ...{ place, code, table, row, params: JSON.parse(params) },
        index: idx === null ? null : String(idx),
    }));
    const [item] = await itemsOf(db, orgId, [check]);
    if (item === undefined) throw new DomainError('logCheck.notFound');
    return { items, next, total, check: item };
}
