import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { LogFollower } from '../apps/server/src/features/compliance/follow-log.ts';
import { JudgingThreads } from '../apps/server/src/features/compliance/judging-threads.ts';
import { systemClock } from '../apps/server/src/platform/clock.ts';
import type { CommandTools } from '../apps/server/src/platform/command/command.ts';
import { createRefusalLog } from '../apps/server/src/platform/command/refusals.ts';
import { openDatabase } from '../apps/server/src/platform/db/database.ts';
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres/index.ts';
import { introduceKey } from '../apps/server/src/platform/own-entries.ts';
import { openSigner } from '../apps/server/src/platform/signer.ts';
import { migrate } from '../apps/server/src/schema/migrate.ts';
import { changeActs, fillJudging, NOW, ORGANISATIONS, organisation } from './judging-fill.ts';
import { processorSeconds } from './processor-time.ts';
import { printTable, type Row } from './table.ts';

const ACTS = Number(process.env.LIUHEN_BENCH_ACTS ?? 100_000);
const WANTED_S = 60;

/**
 * The nightly run over acts with their recordings: all for the first time, all again after each of them had changed, and all again
 * after nothing had. It is the server's own run (reading the log, the facts, the rules, the entries), in one process with the threads that judge aside.
 */
export async function benchJudging(folder: string): Promise<void> {
    const server = await startEmbeddedPostgres({
        folder: join(folder, 'postgres'),
        log: () => undefined,
        extraSettings: { max_wal_size: '4GB' },
    });
    try {
        await migrate({ url: server.url, appPassword: 'bench-app' });
        await fillJudging(server.url, ACTS);
        const url = new URL(server.url);
        url.username = 'liuhen_app';
        url.password = 'bench-app';
        const db = openDatabase({ url: url.href, max: 12, onError: () => undefined });
        const clock = systemClock(() => NOW);
        await mkdir(join(folder, 'keys'), { recursive: true });
        const commands: CommandTools = {
            ...{ db, clock, signer: await openSigner(join(folder, 'keys')) },
            refusals: createRefusalLog({ now: clock.now, write: async () => undefined, onError: () => undefined }),
        };
        await introduceKey(commands);
        const organisations = Array.from({ length: ORGANISATIONS }, (_, n) => organisation(n + 1));
        const threads = new JudgingThreads(clock, { url: url.href, keyFolder: join(folder, 'keys') }, () => undefined);
        const follower = new LogFollower({ db, clock, commands, urls: { app: url.href } }, async () => organisations, threads);
        const rows: Row[] = [];
        const run = async (what: string, wanted?: number) => {
            const from = await counted(server.url);
            const [begun, used] = [performance.now(), await processorSeconds()];
            await follower.look();
            const [seconds, after] = [(performance.now() - begun) / 1_000, await processorSeconds()];
            const perAct = (part: 'own' | 'started') => (((after[part] - used[part]) * 1_000) / ACTS).toFixed(3);
            const to = await counted(server.url);
            const entries = `${(to.entries - from.entries).toLocaleString('en')} entries, ${to.open.toLocaleString('en')} findings open`;
            rows.push({
                what: `${what} (${entries})`,
                value: `${Math.round(ACTS / seconds).toLocaleString('en')} acts/s`,
                against: `${seconds.toFixed(1)} s for ${ACTS.toLocaleString('en')}; ${((seconds / ACTS) * 100_000).toFixed(1)} s for 100,000 at this rate; processors per act: server ${perAct('own')} ms, database ${perAct('started')} ms`,
                ...(wanted === undefined ? {} : { wanted: `< ${wanted} s`, met: (seconds / ACTS) * 100_000 < wanted }),
            });
        };
        await run('all for the first time');
        await changeActs(server.url);
        await night(server.url);
        await run('all after each had changed', WANTED_S);
        await night(server.url);
        await run('all, nothing changed', WANTED_S);
        await Promise.all([follower.close(), threads.close(), db.close()]);
        printTable(
            `Nightly run over ${ACTS.toLocaleString('en')} acts of ${ORGANISATIONS} organisations, 4.7 files each (rows made in SQL)`,
            rows,
        );
    } finally {
        await server.stop();
    }
}

async function counted(url: string): Promise<{ entries: number; open: number }> {
    const { rows } = await once(
        url,
        `select (select count(*) from ledger.entry)::int as entries, (select count(*) from liuhen.finding where state = 'open')::int as open`,
    );
    return rows[0] as { entries: number; open: number };
}

/** As if a day had gone by: everything is judged once more. The disk is quiet before it. */
async function night(url: string): Promise<void> {
    await once(url, 'update liuhen.judging_progress set nightly_on = null');
    await once(url, 'checkpoint');
}

async function once(url: string, statement: string): Promise<pg.QueryResult> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
        return await client.query(statement);
    } finally {
        await client.end();
    }
}
