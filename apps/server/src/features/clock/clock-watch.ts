import { aheadOfWitnesses, confirmedUntil, type Id, isConfirmed, SECOND, type ServerClockDoubt, SYSTEM_ID } from '@liuhen/domain';
import { keepLooking, type Looking } from '../../platform/keep-looking.ts';
import type { Services } from '../../platform/services.ts';
import { confirmedDoubts, keptDoubt, otherClocks } from './clock.queries.ts';
import { endDoubt, keepDoubt } from './clock.store.ts';

type Tools = Pick<Services, 'db' | 'clock' | 'clockGuard'>;

const LOOK_EVERY_MS = 5 * SECOND;

/** What was known before this server started: a new start makes no clock right. */
export async function recallDoubt({ db, clockGuard }: Tools): Promise<void> {
    const known = await db.read({ readOrgs: [SYSTEM_ID] }, keptDoubt);
    if (known !== undefined) clockGuard.raise(known);
}

/**
 * Compares the clock of this server with the one that nobody can set, with that of the database, with the last entries and with what
 * witnesses say, and keeps what it finds where every server sees it.
 */
export class ClockWatch implements Looking {
    readonly #tools: Tools;
    readonly #others: typeof otherClocks;
    readonly #organisations: () => Promise<readonly Id[]>;
    /** Whether the doubt of this server stands in the database. */
    #kept: boolean;
    #stopped = false;

    constructor(tools: Tools, organisations: () => Promise<readonly Id[]>, others = otherClocks) {
        this.#others = others;
        this.#tools = tools;
        this.#organisations = organisations;
        // Recalled at the start.
        this.#kept = tools.clockGuard.doubt() !== undefined;
    }

    async look(): Promise<void> {
        if (this.#stopped) return;
        const { db, clock, clockGuard } = this.#tools;
        const orgs = [SYSTEM_ID, ...(await this.#organisations())];
        const { known, confirmed, others } = await db.read({ readOrgs: orgs }, async (read) => ({
            known: await keptDoubt(read),
            confirmed: await confirmedDoubts(read, orgs),
            others: await this.#others(read, orgs),
        }));
        // Somebody confirmed the clock, here or at another server.
        if (this.#kept && known === undefined) clockGuard.confirm();
        const now = clock.now();
        const differences = {
            'serverClock.database': now - others.database,
            'serverClock.behindLog': Math.min(0, now - others.lastEntry),
        } as const;
        for (const code of ['serverClock.database', 'serverClock.behindLog'] as const) {
            const ahead = differences[code];
            const answered = isConfirmed(code, { ahead, now }, confirmed, clockGuard.limitMs);
            this.#compare(code, answered ? 0 : ahead, now);
        }
        const until = confirmedUntil(confirmed);
        const ahead = aheadOfWitnesses(others.witnessed.filter(({ ours }) => ours > until));
        if (ahead !== undefined) this.#compare('serverClock.witness', ahead, now);
        const doubt = clockGuard.doubt();
        if (doubt === undefined && known !== undefined && this.#kept) await endDoubt(this.#tools);
        if (doubt !== undefined && known === undefined) await keepDoubt(this.#tools, doubt);
        this.#kept = doubt !== undefined;
    }

    #compare(code: ServerClockDoubt['code'], ahead: number, since: number): void {
        const { clockGuard } = this.#tools;
        if (Math.abs(ahead) <= clockGuard.limitMs) clockGuard.end(code);
        else clockGuard.raise({ code, params: { seconds: String(Math.round(ahead / SECOND)) }, since });
    }

    stop(): void {
        this.#stopped = true;
    }

    close(): Promise<void> {
        return Promise.resolve();
    }
}

export const startClockWatch = (
    services: Services,
    organisations: () => Promise<readonly Id[]>,
    stops: (() => Promise<void>)[],
): void =>
    keepLooking(
        services,
        new ClockWatch(services, organisations),
        { everyMs: LOOK_EVERY_MS, failed: 'watching the clock failed' },
        stops,
    );
