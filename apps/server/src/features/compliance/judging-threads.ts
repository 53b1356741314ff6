import type { Id } from '@liuhen/domain';
import { Piscina } from 'piscina';
import type { Clock } from '../../platform/clock.ts';
import { CHUNK, inChunks } from './judging.ts';
import type { ThreadAnswer, ThreadFailure, ThreadSetup, ThreadTask } from './judging-thread.ts';

const THREADS = 2;
/** Chunks of one thread on their way at once, and its connections. */
const AT_ONCE = 3;
/** A thread that had nothing to do for so long ends, milliseconds: it holds memory and connections. */
const IDLE_MS = 30_000;

/**
 * Threads that judge what is much: a night over all acts keeps one processor busy with facts, digests and signatures, and whoever works at
 * night would wait for it. They begin with the first task and end when there is nothing to do.
 */
export class JudgingThreads {
    readonly #clock: Pick<Clock, 'now'>;
    readonly #pool: Piscina<ThreadTask, ThreadAnswer>;

    constructor(clock: Pick<Clock, 'now'>, setup: Omit<ThreadSetup, 'connections'>, onError: (error: Error) => void) {
        this.#clock = clock;
        this.#pool = new Piscina<ThreadTask, ThreadAnswer>({
            filename: new URL('./judging-thread.ts', import.meta.url).href,
            workerData: { ...setup, connections: AT_ONCE } satisfies ThreadSetup,
            minThreads: 0,
            maxThreads: THREADS,
            concurrentTasksPerWorker: AT_ONCE,
            idleTimeout: IDLE_MS,
            // A thread waits for the database while it has nothing to compute, and must not stand still for the next task meanwhile.
            atomics: 'disabled',
            execArgv: [],
        });
        // Of a thread that ends while it has nothing to do; a task it had is rejected.
        this.#pool.on('error', onError);
    }

    /** As `judgeActs`, aside. A failure is thrown with the name and code that it had there. */
    judge(orgId: Id, ids: readonly Id[]): Promise<number> {
        return inChunks(ids, CHUNK, async (chunk) => {
            const answer = await this.#pool.run({ orgId, ids: chunk, now: this.#clock.now() });
            if ('failed' in answer) throw asError(answer.failed);
            return answer.changed;
        });
    }

    /** What runs comes to its end first. */
    close(): Promise<void> {
        return this.#pool.close();
    }
}

const asError = ({ name, message, code }: ThreadFailure): Error => Object.assign(new Error(message), { name, code });
