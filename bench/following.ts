import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Endpoints, ResponseOf } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import pg from 'pg';
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres/index.ts';
import { endProcess } from './child.ts';
import { fillJudging, ORGANISATIONS } from './judging-fill.ts';
import { post, prepareUploader, startServer } from './liuhen.ts';
import { printTable, type Row } from './table.ts';

const ACTS = Number(process.env.LIUHEN_BENCH_ACTS ?? 40_000);
const ROUNDS = Number(process.env.LIUHEN_BENCH_ROUNDS ?? 40);
const MOST_MS = 5_000;
const LOOKED_AT_MS = 25;
const HOUR = 3_600_000;

type Judgement = ResponseOf<Endpoints['finding.ofAct']>['judgement'];

/**
 * How long after the answer to a command the verdict of its act stands to be read by others: acts created and closed over HTTP on the real
 * server, once with nothing beside it, and once while it judges all acts of 17 other organisations for the first time, as after a night's
 * update.
 */
export async function benchFollowing(folder: string): Promise<void> {
    const postgres = await startEmbeddedPostgres({
        folder: join(folder, 'postgres'),
        log: () => undefined,
        extraSettings: { max_wal_size: '4GB' },
    });
    const data = join(folder, 'data');
    await mkdir(data);
    const server = await startServer(data, { DATABASE_URL: postgres.url });
    try {
        const cookie = await prepareUploader(server.url, 'officer');
        const of = await officerOf(server.url, cookie);
        const rows = [await changes(of, 'nothing beside it', async (round) => round < ROUNDS)];
        await fillJudging(postgres.url, ACTS);
        // The server may have come to an organisation before its acts were there.
        await nightBegins(postgres.url);
        const beside = `while ${ACTS.toLocaleString('en')} acts of ${ORGANISATIONS} organisations are judged for the first time`;
        rows.push(await changes(of, beside, async () => (await judgedIn(postgres.url)) < ACTS));
        printTable(
            `Acts created and closed: from the answer until the verdict stands (looked at every ${LOOKED_AT_MS} ms)`,
            rows,
        );
    } finally {
        await endProcess(server.child);
        await postgres.stop();
    }
}

type Officer = { readonly url: string; readonly cookie: string; readonly id: Id };

async function officerOf(url: string, cookie: string): Promise<Officer> {
    const answer = await fetch(`${url}/api/session`, { headers: { cookie } });
    const { person } = (await answer.json()) as { person: { id: Id } };
    return { url, cookie, id: person.id };
}

/** How many acts of the other organisations are judged. */
async function judgedIn(url: string): Promise<number> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(`select count(*)::int as judged from liuhen.act_judgement j
        join liuhen.organisation o on o.id = j.org_id where o.code like 'B%' and o.code <> 'BENCH'`);
    await client.end();
    return (rows[0] as { judged: number }).judged;
}

/** Everything is judged once more. */
async function nightBegins(url: string): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('update liuhen.judging_progress set nightly_on = null');
    await client.end();
}

async function changes(of: Officer, what: string, goesOn: (round: number) => Promise<boolean>): Promise<Row> {
    const times: number[] = [];
    for (let round = 0; await goesOn(round); round++) {
        // Not in step with the server, which looks every second.
        await sleep((round * 617) % 1_000);
        const act = await create(of);
        times.push(await until(of, act, (judgement) => judgement !== null));
        const before = (await judgementOf(of, act))?.count ?? 0;
        await post(of.url, `/api/acts/${act}/close`, { as: 'closed' }, of.cookie);
        times.push(await until(of, act, (judgement) => (judgement?.count ?? 0) > before));
    }
    times.sort((a, b) => a - b);
    const at = (part: number) => Math.round(times[Math.ceil(times.length * part) - 1] ?? Number.NaN);
    return {
        what,
        value: `${times.length} changes: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms`,
        wanted: `< ${MOST_MS} ms`,
        met: at(1) < MOST_MS,
    };
}

async function create({ url, cookie, id }: Officer): Promise<Id> {
    const now = Date.now();
    const answer = await post(
        url,
        '/api/acts',
        {
            ...{ scenario: 'routineInspection', place: '虚构地点', startsAt: now - HOUR, endsAt: now - HOUR / 2 },
            participants: [{ personId: id, part: 'assistant' }],
        },
        cookie,
    );
    return ((await answer.json()) as { id: Id }).id;
}

async function until(of: Officer, act: Id, isThere: (judgement: Judgement) => boolean): Promise<number> {
    const begun = performance.now();
    while (!isThere(await judgementOf(of, act))) await sleep(LOOKED_AT_MS);
    return performance.now() - begun;
}

async function judgementOf({ url, cookie }: Officer, act: Id): Promise<Judgement> {
    const answer = await fetch(`${url}/api/acts/${act}/findings`, { headers: { cookie } });
    if (!answer.ok) throw new Error(`findings: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { judgement: Judgement }).judgement;
}
