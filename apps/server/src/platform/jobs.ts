import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Id, isId, SYSTEM_ID } from '@liuhen/domain';
import { Logger, run, type Task, type WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import type { CommandContext } from './command/command.ts';
import { derivedId } from './derived-id.ts';
import { failpoint } from './failpoint.ts';
import { openJobClaim } from './job-claim.ts';
import { JobPool } from './job-pool.ts';

/** One run of a job. `command` is the context for its effect: the same on every try, so that an effect happens once. */
export type JobRun = { orgId: Id; data: Readonly<Record<string, unknown>>; command: CommandContext };

/** Handlers by task name. Each is idempotent: it may run again after a crash at any point. */
export type JobHandlers = Readonly<Record<string, (job: JobRun) => Promise<void>>>;

export type JobOptions = {
    url: string;
    handlers: JobHandlers;
    concurrency: number;
    onError: (task: string, error: unknown) => void;
};

/** Pause before jobs are run again after the runner was lost, milliseconds. */
const RENEWAL_PAUSE = 1_000;

/** How often it is looked whether a runner elsewhere has died with jobs in its hands, milliseconds. */
const RESCUE_INTERVAL = 60_000;

/**
 * Runs queued jobs until stopped; a failed one is tried again with growing pauses and at last stays visible as failed.
 *
 * A runner that was cut off from the database is replaced: the library keeps the failure of its first question for ever,
 * and the jobs it held are given free by its end.
 */
export async function startJobs(options: JobOptions): Promise<{ stop(): Promise<void> }> {
    const pool = new JobPool({ connectionString: options.url, max: options.concurrency + 2, application_name: 'liuhen-jobs' });
    pool.on('error', (error) => options.onError('pool', error));
    pool.on('connect', (each) => each.on('error', () => undefined));
    const over = new AbortController();
    let renewal = Promise.resolve();
    const start = async (): Promise<ClaimedRunner> => {
        const started = await startRunner(pool, options);
        void started.lost.then(() => {
            if (!over.signal.aborted) renewal = renew(started);
        });
        return started;
    };
    async function renew(before: ClaimedRunner): Promise<void> {
        await before.stop();
        for (;;) {
            await sleep(RENEWAL_PAUSE, undefined, { signal: over.signal }).catch(() => undefined);
            if (over.signal.aborted) return;
            try {
                runner = await start();
                return;
            } catch (error) {
                options.onError('runner', error);
            }
        }
    }
    let runner = await start();
    const rescue = setInterval(() => {
        runner.rescue().catch((error: unknown) => options.onError('rescue', error));
    }, RESCUE_INTERVAL);
    rescue.unref();
    return {
        async stop() {
            clearInterval(rescue);
            over.abort();
            await renewal;
            await runner.stop();
            await pool.end();
        },
    };
}

/** `lost` resolves when the runner should be replaced. */
type ClaimedRunner = { readonly lost: Promise<void>; rescue(): Promise<number>; stop(): Promise<void> };

async function startRunner(pool: pg.Pool, { url, handlers, concurrency, onError }: JobOptions): Promise<ClaimedRunner> {
    const { promise: lost, resolve: lose } = Promise.withResolvers<void>();
    const events: WorkerEvents = new EventEmitter();
    let name = '';
    events.once('pool:create', ({ workerPool }) => {
        name = workerPool.id;
    });
    for (const event of ['worker:getJob:error', 'pool:fatalError'] as const) events.on(event, () => lose());
    const claim = await openJobClaim(url, lose);
    try {
        await claim.freeAbandoned();
        const runner = await run({
            pgPool: pool,
            concurrency,
            pollInterval: 2_000,
            noHandleSignals: true,
            taskList: Object.fromEntries(
                Object.entries(handlers).map(([task, handler]) => [task, taskOf(task, handler, onError)]),
            ),
            logger: new Logger(() => () => undefined),
            events,
            // In batches, even of one: else the end of a job that cannot be noted is an unhandled rejection, which ends the process.
            preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
        });
        await claim.claim(name).catch(() => lose());
        return {
            lost,
            rescue: claim.freeAbandoned,
            async stop() {
                await runner.stop().catch(() => undefined);
                await claim.close();
            },
        };
    } catch (error) {
        await claim.close();
        throw error;
    }
}

function taskOf(name: string, handler: JobHandlers[string], onError: (task: string, error: unknown) => void): Task {
    return async (payload, helpers) => {
        const { org, data } = payload as { org: unknown; data: unknown };
        if (!isId(org) || typeof data !== 'object' || data === null)
            throw new TypeError(`the job ${helpers.job.id} has no owner`);
        const command = { actor: SYSTEM_ID, orgId: org, readOrgs: [org], commandId: derivedId('job', name, helpers.job.id) };
        failpoint('job.begun');
        try {
            await handler?.({ orgId: org, data: data as Record<string, unknown>, command });
        } catch (error) {
            onError(name, error);
            throw error;
        }
    };
}
