import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { holdCommands } from './hold-commands.ts';

/**
 * Begins all of it while no command can end, and lets go once each has come as far as it gets: none sees what another has written. Two
 * that are only begun together mostly run one after the other. `url` is a superuser's; each piece of work is one command. Throws where
 * one of them does not come to a lock within five seconds.
 */
export async function atTheSameTime<T>(url: string, begin: readonly (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
        // In a list, since a promise would be awaited here, before anything can end.
        const [running] = await holdCommands(url, async () => {
            const begun = Promise.allSettled(begin.map((each) => each()));
            for (let tries = 0; (await waitingForLocks(client)) < begin.length; tries++) {
                if (tries === 250) throw new Error('not all of the commands wait for each other');
                await pause(20);
            }
            return [begun] as const;
        });
        return await running;
    } finally {
        await client.end();
    }
}

async function waitingForLocks(client: pg.Client): Promise<number> {
    const { rowCount } = await client.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rowCount ?? 0;
}
