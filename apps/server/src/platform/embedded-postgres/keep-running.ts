import { setTimeout as sleep } from 'node:timers/promises';
import type { Postmaster } from './postmaster.ts';

/** Pause before a start after one that failed or did not last, milliseconds: doubled each time. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/** The end of a server that ran so long is no repetition of the one before, milliseconds. */
const LASTING = 60_000;

export type Keeping = {
    /** Starts the server again; without it an end is only told. */
    restart: (() => Promise<Postmaster>) | undefined;
    log: (line: string) => void;
    onEnd: () => void;
};

export type Kept = {
    current(): Postmaster;
    /** From now on the server's end is wanted. Resolves with the last server once no start is under way. */
    letGo(): Promise<Postmaster>;
};

/**
 * Looks after a server until it is let go. One that ends by itself is started again, with growing pauses and without giving
 * up: a full disk or a lack of memory passes, and until then the application answers that it is unavailable.
 */
export function keepRunning(first: Postmaster, { restart, log, onEnd }: Keeping): Kept {
    const over = new AbortController();
    let current = first;
    let begun = performance.now();
    let pause = 0;
    let starting: Promise<void> = Promise.resolve();

    async function startAgain(again: () => Promise<Postmaster>): Promise<void> {
        for (;;) {
            await sleep(pause, undefined, { signal: over.signal }).catch(() => undefined);
            if (over.signal.aborted) return;
            pause = Math.min(Math.max(pause * 2, FIRST_PAUSE), LONGEST_PAUSE);
            try {
                current = await again();
                break;
            } catch (error) {
                log(`PostgreSQL could not be started again: ${error instanceof Error ? error.message : error}`);
            }
        }
        log(`PostgreSQL started again (pid ${current.identity.pid}, port ${current.port})`);
        watch();
    }

    function watch(): void {
        begun = performance.now();
        void current.ended.then(() => {
            if (over.signal.aborted) return;
            log(`PostgreSQL ended unexpectedly (pid ${current.identity.pid})`);
            onEnd();
            if (performance.now() - begun > LASTING) pause = 0;
            if (restart !== undefined) starting = startAgain(restart);
        });
    }

    watch();
    return {
        current: () => current,
        async letGo() {
            over.abort();
            await starting;
            return current;
        },
    };
}
