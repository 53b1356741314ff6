import { type Id, isId, SYSTEM_ID } from '@liuhen/domain';
import { Logger, type Runner, run, type Task } from 'graphile-worker';
import pg from 'pg';
import type { CommandContext } from './command/command.ts';
import { derivedId } from './derived-id.ts';

/** One run of a job. `command` is the context for its effect: the same on every try, so that an effect happens once. */
export type JobRun = { orgId: Id; data: Readonly<Record<string, unknown>>; command: CommandContext };

/** Handlers by task name. Each is idempotent: it may run again after a crash at any point. */
export type JobHandlers = Readonly<Record<string, (job: JobRun) => Promise<void>>>;

/** Runs queued jobs until stopped; a failed one is tried again with growing pauses and at last stays visible as failed. */
export async function startJobs(options: {
    url: string;
    handlers: JobHandlers;
    concurrency: number;
    onError: (task: string, error: unknown) => void;
}): Promise<{ stop(): Promise<void> }> {
    const pool = new pg.Pool({ connectionString: options.url, max: options.concurrency + 2, application_name: 'liuhen-jobs' });
    pool.on('error', (error) => options.onError('pool', error));
    pool.on('connect', (each) => each.on('error', () => undefined));
    const taskList = Object.fromEntries(
        Object.entries(options.handlers).map(([name, handler]) => [name, taskOf(name, handler, options.onError)]),
    );
    const runner: Runner = await run({
        pgPool: pool,
        concurrency: options.concurrency,
        pollInterval: 2_000,
        noHandleSignals: true,
        taskList,
        logger: new Logger(() => () => undefined),
    });
    return {
        async stop() {
            await runner.stop();
            await pool.end();
        },
    };
}

function taskOf(name: string, handler: JobHandlers[string], onError: (task: string, error: unknown) => void): Task {
    return async (payload, helpers) => {
        const { org, data } = payload as { org: unknown; data: unknown };
        if (!isId(org) || typeof data !== 'object' || data === null)
            throw new TypeError(`the job ${helpers.job.id} has no owner`);
        const command = { actor: SYSTEM_ID, orgId: org, readOrgs: [org], commandId: derivedId('job', name, helpers.job.id) };
        try {
            await handler?.({ orgId: org, data: data as Record<string, unknown>, command });
        } catch (error) {
            onError(name, error);
            throw error;
        }
    };
}
