import { connect as connectTo, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../testing/database.ts';
import { rollback } from './database.ts';
import { goAhead, inOneTrip, type Statement, takeBack } from './round-trip.ts';
import { isUnavailable } from './unavailable.ts';

let database: TestDatabase;
let client: pg.Client;
let observer: pg.Client;

const connect = async (connectionString: string): Promise<pg.Client> => {
    const made = new pg.Client({ connectionString });
    made.on('error', () => undefined);
    await made.connect();
    return made;
};

beforeAll(async () => {
    database = await testDatabase();
    observer = await connect(database.superUrl);
    await observer.query('create table public.trip (n int primary key, bytes bytea)');
});
afterAll(async () => {
    await observer.end();
    await database.drop();
});
beforeEach(async () => {
    await observer.query('truncate public.trip');
    client = await connect(database.superUrl);
});
afterEach(() => client.end().catch(() => undefined));

const BEGIN: Statement = { name: 'begin', text: 'begin' };
const COMMIT: Statement = { name: 'commit', text: 'commit' };
const insert = (n: number): Statement => ({ name: 'insert', text: 'insert into public.trip (n) values ($1)', values: [n] });
const read = (n: number): Statement => ({
    name: 'read',
    text: 'select $1::int as n, $2::text as text',
    values: [n, null],
    rows: true,
});
const kept = async (): Promise<number[]> =>
    (await observer.query('select n from public.trip order by n')).rows.map((row) => row.n);

describe('one trip', () => {
    it('answers every statement in order, with rows where they are wanted', async () => {
        const list: Statement = { name: 'list', text: 'select n, n::int8 * 2 as twice from public.trip order by n', rows: true };
        const answers = await inOneTrip(client, [
            BEGIN,
            read(7),
            insert(1),
            insert(2),
            list,
            { ...read(8), name: 'again' },
            COMMIT,
        ]);
        expect(answers).toEqual([
            { command: 'BEGIN', count: 0, rows: [] },
            { command: 'SELECT', count: 1, rows: [{ n: 7, text: null }] },
            { command: 'INSERT', count: 1, rows: [] },
            { command: 'INSERT', count: 1, rows: [] },
            {
                command: 'SELECT',
                count: 2,
                rows: [
                    { n: 1, twice: 2 },
                    { n: 2, twice: 4 },
                ],
            },
            { command: 'SELECT', count: 1, rows: [{ n: 8, text: null }] },
            { command: 'COMMIT', count: 0, rows: [] },
        ]);
    });

    it('leaves out rows that nobody asked for', async () => {
        const { rows: _, ...unread } = read(1);
        expect(await inOneTrip(client, [unread, read(2)])).toEqual([
            { command: 'SELECT', count: 1, rows: [] },
            { command: 'SELECT', count: 1, rows: [{ n: 2, text: null }] },
        ]);
    });

    it('prepares a text once per connection', async () => {
        const prepared = () =>
            inOneTrip(client, [{ name: 'count', text: 'select count(*) from pg_prepared_statements', rows: true }]);
        await inOneTrip(client, [read(1)]);
        await prepared();
        const before = (await prepared())[0]?.rows;
        for (let round = 0; round < 5; round++) await inOneTrip(client, [read(round), read(round)]);
        expect((await prepared())[0]?.rows).toEqual(before);
    });

    it('brings values whole, whatever stands in them', async () => {
        const statement: Statement = {
            name: 'echo',
            text: 'select $1::text[] as texts, $2::bytea[] as bytes, $3::text as text, $4::bytea as blob, $5::int8[] as numbers',
            rows: true,
        };
        const text = fc.oneof(
            fc.string({ unit: 'binary' }).map((each) => each.replaceAll('\0', '')),
            fc.constantFrom(
                '',
                'NULL',
                'null',
                '"',
                '\\',
                "'",
                '{}',
                ',',
                '{"a","b"}',
                '\\x00',
                ' ',
                '\n\t',
                '𠮷野家',
                'é',
                "''; drop table x; --",
                '$1',
            ),
        );
        const bytes = fc.uint8Array({ maxLength: 40 });
        await fc.assert(
            fc.asyncProperty(
                fc.array(text),
                fc.array(bytes),
                text,
                bytes,
                fc.array(fc.maxSafeInteger()),
                async (texts, blobs, one, blob, numbers) => {
                    // A view into a larger buffer, as slices are.
                    const sliced = Buffer.concat([Buffer.from('before'), blob, Buffer.from('after')]).subarray(
                        6,
                        6 + blob.length,
                    );
                    const [answer] = await inOneTrip(client, [{ ...statement, values: [texts, blobs, one, sliced, numbers] }]);
                    expect(answer?.rows).toEqual([
                        { texts, bytes: blobs.map((each) => Buffer.from(each)), text: one, blob: Buffer.from(blob), numbers },
                    ]);
                },
            ),
            { numRuns: 150 },
        );
    });

    it('refuses a NUL in a text, which PostgreSQL cannot keep, and goes on', async () => {
        const text: Statement = { name: 'nul', text: 'select $1::text as text', values: ['a\0b'], rows: true };
        await expect(inOneTrip(client, [BEGIN, text, COMMIT])).rejects.toBeInstanceOf(Error);
        await rollback(client);
        expect((await inOneTrip(client, [read(3)]))[0]?.rows).toEqual([{ n: 3, text: null }]);
    });
});

describe('statements that go ahead', () => {
    it('travel in front of the next trip, and only their own reader gets their answers', async () => {
        const seen: unknown[] = [];
        goAhead(client, [BEGIN, read(1)], (answers) => seen.push(answers.map((answer) => answer.rows)));
        expect(await kept()).toEqual([]);
        expect((await inOneTrip(client, [insert(1), read(2)])).map((answer) => answer.rows)).toEqual([
            [],
            [{ n: 2, text: null }],
        ]);
        expect(seen).toEqual([[[], [{ n: 1, text: null }]]]);
        expect((await inOneTrip(client, [COMMIT])).map((answer) => answer.command)).toEqual(['COMMIT']);
        expect(await kept()).toEqual([1]);
    });

    it('go alone when nothing follows, and nowhere when they are taken back', async () => {
        goAhead(client, [insert(1)]);
        expect(await inOneTrip(client, [])).toEqual([]);
        expect(takeBack(client)).toBe(false);
        goAhead(client, [insert(2)]);
        expect(takeBack(client)).toBe(true);
        await inOneTrip(client, [read(1)]);
        expect(await kept()).toEqual([1]);
    });

    it('let whoever asks next fail with them', async () => {
        goAhead(client, [BEGIN, insert(1), insert(1)]);
        await expect(inOneTrip(client, [read(1)])).rejects.toMatchObject({ code: '23505' });
        await rollback(client);
        goAhead(client, [BEGIN, insert(1)], () => {
            throw new RangeError('enough');
        });
        await expect(inOneTrip(client, [insert(2)])).rejects.toBeInstanceOf(RangeError);
        await rollback(client);
        expect(await kept()).toEqual([]);
    });
});

describe('a failure on the way', () => {
    it('takes the transaction with it, throws the first error and leaves the connection usable', async () => {
        const divide: Statement = { name: 'divide', text: 'select 1 / $1::int', values: [0], rows: true };
        const second: Statement = { name: 'never', text: 'select * from public.not_there', rows: true };
        await expect(inOneTrip(client, [BEGIN, insert(1), divide, insert(2), second, COMMIT])).rejects.toMatchObject({
            code: '22012',
        });
        expect(
            (await client.query('select 1 as one').catch((error: { code: string }) => error)) as { code?: string },
        ).toMatchObject({
            code: '25P02',
        });
        expect(await rollback(client)).toBeUndefined();
        expect(await kept()).toEqual([]);
        await inOneTrip(client, [BEGIN, insert(5), COMMIT]);
        expect(await kept()).toEqual([5]);
    });

    it('without a transaction takes back what the same trip did before', async () => {
        await expect(inOneTrip(client, [insert(1), insert(1), insert(2)])).rejects.toMatchObject({
            code: '23505',
            constraint: 'trip_pkey',
        });
        expect(await kept()).toEqual([]);
    });

    it('forgets no name that was skipped, nor one whose text was wrong', async () => {
        const broken: Statement = { name: 'broken', text: 'select nothing from public.trip' };
        const later: Statement = { name: 'later', text: 'select 4 as four', rows: true };
        for (let round = 0; round < 3; round++) {
            await expect(inOneTrip(client, [BEGIN, broken, later, COMMIT])).rejects.toMatchObject({ code: '42703' });
            await rollback(client);
        }
        await observer.query('alter table public.trip add column nothing int');
        try {
            const answers = await inOneTrip(client, [BEGIN, broken, later, COMMIT]);
            expect(answers.map((answer) => answer.command)).toEqual(['BEGIN', 'SELECT', 'SELECT', 'COMMIT']);
            expect(answers[2]?.rows).toEqual([{ four: 4 }]);
        } finally {
            await observer.query('alter table public.trip drop column nothing');
        }
    });

    it('at COMMIT, where deferred conditions are asked, is thrown', async () => {
        await observer.query('create table public.deferred (n int unique deferrable initially deferred)');
        const twice: Statement = { name: 'twice', text: 'insert into public.deferred values (1), (1)' };
        await expect(inOneTrip(client, [BEGIN, twice, COMMIT])).rejects.toMatchObject({ code: '23505' });
        expect((await observer.query('select count(*)::int as n from public.deferred')).rows).toEqual([{ n: 0 }]);
        await inOneTrip(client, [BEGIN, insert(1), COMMIT]);
        expect(await kept()).toEqual([1]);
    });

    it('of a value that cannot be read is thrown once everything is answered', async () => {
        const beyond: Statement = { name: 'beyond', text: 'select 9007199254740993::int8 as n', rows: true };
        await expect(inOneTrip(client, [beyond, read(1)])).rejects.toBeInstanceOf(RangeError);
        expect((await inOneTrip(client, [read(2)]))[0]?.rows).toEqual([{ n: 2, text: null }]);
    });

    it('before is told by the answer to COMMIT', async () => {
        await client.query('begin');
        await client.query('select 1 / 0').catch(() => undefined);
        expect((await inOneTrip(client, [COMMIT])).map((answer) => answer.command)).toEqual(['ROLLBACK']);
    });
});

describe('a lost connection', () => {
    it('ended by the server is thrown as such', async () => {
        const pid = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
        const sleeping = inOneTrip(client, [BEGIN, insert(1), { name: 'sleep', text: 'select pg_sleep(30)' }, COMMIT]);
        const lost = expect(sleeping).rejects.toSatisfy(isUnavailable);
        await expect.poll(() => sleepers(pid)).toBe(1);
        await observer.query('select pg_terminate_backend($1)', [pid]);
        await lost;
        await expect(inOneTrip(client, [read(1)])).rejects.toSatisfy(isUnavailable);
        expect(await kept()).toEqual([]);
    });

    it('cut by the network is thrown as such', async () => {
        const proxy = await startProxy(new URL(database.superUrl));
        const far = await connect(proxy.url);
        try {
            await inOneTrip(far, [read(1)]);
            const sleeping = inOneTrip(far, [BEGIN, { name: 'sleep', text: 'select pg_sleep(2)' }, COMMIT]);
            const lost = expect(sleeping).rejects.toSatisfy(isUnavailable);
            proxy.cut();
            await lost;
            await expect(inOneTrip(far, [read(1)])).rejects.toSatisfy(isUnavailable);
        } finally {
            await proxy.close();
        }
    });
});

const sleepers = async (pid: number | undefined): Promise<number> =>
    (await observer.query(`select from pg_stat_activity where pid = $1 and wait_event = 'PgSleep'`, [pid])).rowCount ?? 0;

/** Passes bytes on to the database until it is told to cut every connection. */
async function startProxy(to: URL): Promise<{ url: string; cut(): void; close(): Promise<void> }> {
    const sockets = new Set<Socket>();
    const server: Server = createServer((near) => {
        const far = connectTo({ host: to.hostname, port: Number(to.port) });
        for (const [socket, other] of [
            [near, far],
            [far, near],
        ] as const) {
            sockets.add(socket);
            socket.on('error', () => undefined).on('close', () => other.destroy());
            socket.pipe(other);
        }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(to);
    url.hostname = '127.0.0.1';
    url.port = String((server.address() as { port: number }).port);
    const cut = () => {
        for (const socket of sockets) socket.destroy();
    };
    return {
        url: url.href,
        cut,
        close: () => {
            cut();
            return new Promise((resolve) => server.close(() => resolve()));
        },
    };
}
