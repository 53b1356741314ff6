import { dayOf, HOUR, type Id, startOfDay } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { operate } from '../../platform/db/operational.ts';
import type { Services } from '../../platform/services.ts';
import { AdvisoryLocker } from '../../platform/uploads/advisory-locker.ts';
import { actsAfter, actsDue, changedSince } from './changed-acts.queries.ts';
import { judgeActs } from './judging.ts';

/** Facts that change are judged within this, milliseconds, and what the judging itself takes. */
const LOOK_MS = 1_000;
/** Acts judged between two looks at whether the server stops. */
const MOST = 2_000;
/** From this hour in Shanghai on everything is judged once more, where the server runs at night; else as soon as it does. */
const NIGHT_FROM = 3 * HOUR;

type Tools = Pick<Services, 'db' | 'clock' | 'commands' | 'urls'>;
type Progress = { readonly next: number; readonly nightlyOn: string | null };

/**
 * Judges acts as their facts change: follows the log of each organisation from where it stopped, so that nothing is missed whoever wrote
 * it and whenever the server was down. Of several nodes one at a time.
 */
export class LogFollower {
    readonly #services: Tools;
    readonly #locker: AdvisoryLocker;
    readonly #organisations: () => Promise<readonly Id[]>;
    #stopped = false;

    constructor(services: Tools, organisations: () => Promise<readonly Id[]>) {
        this.#services = services;
        this.#organisations = organisations;
        this.#locker = new AdvisoryLocker({ connectionString: services.urls.app, patienceMs: 0 });
    }

    /** One look at every organisation. Throws `upload.busy` where another node is at it. */
    async look(): Promise<void> {
        const lock = await this.#locker.lock('judging', { mayBeTaken: () => false, release: () => undefined });
        try {
            for (const orgId of await this.#organisations()) if (!this.#stopped) await this.#follow(orgId);
        } finally {
            await lock.unlock();
        }
    }

    /** Nothing more is begun; what runs ends by itself. */
    stop(): void {
        this.#stopped = true;
    }

    close(): Promise<void> {
        return this.#locker.close();
    }

    async #follow(orgId: Id): Promise<void> {
        let { next, nightlyOn } = await this.#progress(orgId);
        const today = dayOf(this.#services.clock.now());
        const isNight = this.#services.clock.now() - startOfDay(today) >= NIGHT_FROM;
        for (let more = true; more && !this.#stopped; ) {
            const found = await this.#read(orgId, (db) => changedSince(db, orgId, next));
            if (found.everything) nightlyOn = null;
            await judgeActs(this.#services, orgId, found.acts);
            if (found.next !== next) await this.#note(orgId, { next: found.next, nightlyOn });
            ({ next, more } = found);
        }
        await judgeActs(
            this.#services,
            orgId,
            await this.#read(orgId, (db) => actsDue(db, orgId, this.#services.clock.now(), MOST)),
        );
        if (nightlyOn === null || (isNight && nightlyOn !== today)) await this.#everything(orgId, next, today);
    }

    async #everything(orgId: Id, next: number, today: string): Promise<void> {
        for (let after: Id | null = null; !this.#stopped; ) {
            const ids: Id[] = await this.#read(orgId, (db) => actsAfter(db, orgId, after, MOST));
            await judgeActs(this.#services, orgId, ids);
            after = ids.at(-1) ?? null;
            if (after === null) return this.#note(orgId, { next, nightlyOn: today });
        }
    }

    #read<T>(orgId: Id, work: (db: ReadDb) => Promise<T>): Promise<T> {
        return this.#services.db.read({ readOrgs: [orgId] }, work);
    }

    async #progress(orgId: Id): Promise<Progress> {
        const { rows } = await operate<{ next: string; night: string | null }>(
            this.#services.db.pool,
            orgId,
            'select next_idx::text as next, nightly_on::text as night from liuhen.judging_progress where org_id = $1',
            [orgId],
        );
        // Whoever was never followed has acts that were never judged.
        return { next: Number(rows[0]?.next ?? 0), nightlyOn: rows[0]?.night ?? null };
    }

    async #note(orgId: Id, { next, nightlyOn }: Progress): Promise<void> {
        await operate(
            this.#services.db.pool,
            orgId,
            `insert into liuhen.judging_progress (org_id, next_idx, nightly_on) values ($1, $2, $3)
             on conflict (org_id) do update set next_idx = excluded.next_idx, nightly_on = excluded.nightly_on`,
            [orgId, next, nightlyOn],
        );
    }
}

/** Looks as long as the server runs; what fails is said and looked at again. */
export function startJudging(
    services: Services,
    organisations: () => Promise<readonly Id[]>,
    stops: (() => Promise<void>)[],
): void {
    const follower = new LogFollower(services, organisations);
    let running: Promise<void> | undefined;
    const timer = setInterval(() => {
        running ??= follower
            .look()
            .catch((error: unknown) => {
                const { code, name } = error as { code?: string; name: string };
                // Another node is at it.
                if (code !== 'upload.busy') services.log.error({ code, name }, 'judging failed');
            })
            .finally(() => {
                running = undefined;
            });
    }, LOOK_MS);
    timer.unref();
    stops.push(async () => {
        clearInterval(timer);
        follower.stop();
        await running;
        await follower.close();
    });
}
