import pg from 'pg';

/** A runner's sign of life: an advisory lock under its name that ends with its process, however that ends. */
export type JobClaim = {
    claim(runner: string): Promise<void>;
    /** Gives free the jobs that runners without a sign of life hold, on any node; gives the number of such runners. */
    freeAbandoned(): Promise<number>;
    close(): Promise<void>;
};

const KEY = `hashtextextended('liuhen.jobs:' || $1, 0)`;

/**
 * Connects for one runner. A job is locked by its runner's name; without this the library gives the jobs of a killed server
 * free only after four hours. `onLost` is called when the connection ends, and with it the claim.
 */
export async function openJobClaim(url: string, onLost: () => void): Promise<JobClaim> {
    const client = new pg.Client({ connectionString: url, application_name: 'liuhen-job-claim', keepAlive: true });
    let closing = false;
    let own: string | undefined;
    client.on('error', () => undefined);
    client.on('end', () => {
        if (!closing) onLost();
    });
    await client.connect();
    return {
        async claim(runner) {
            own = runner;
            await client.query(`select pg_advisory_lock(${KEY})`, [runner]);
        },
        async freeAbandoned() {
            const { rows } = await client.query<{ runner: string }>(
                `select distinct locked_by as runner from graphile_worker._private_jobs where locked_by is not null`,
            );
            let freed = 0;
            for (const { runner } of rows) {
                // The own lock would be had again at once.
                if (runner === own) continue;
                const { rows: tried } = await client.query<{ free: boolean }>(`select pg_try_advisory_lock(${KEY}) as free`, [
                    runner,
                ]);
                if (tried[0]?.free !== true) continue;
                await client.query('select graphile_worker.force_unlock_workers($1)', [[runner]]);
                await client.query(`select pg_advisory_unlock(${KEY})`, [runner]);
                freed++;
            }
            return freed;
        },
        async close() {
            closing = true;
            await client.end().catch(() => undefined);
        },
    };
}
