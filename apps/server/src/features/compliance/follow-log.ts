import { dayOf, HOUR, type Id, startOfDay } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import type { Services } from '../../platform/services.ts';
import { AdvisoryLocker } from '../../platform/uploads/advisory-locker.ts';
import { actsAfter, actsDrawnSince, actsDue, changedSince } from './changed-acts.queries.ts';
import { SubjectFollower } from './follow-subjects.ts';
import { judgeActs } from './judging.ts';
import { eachOrganisation, keepLooking, NIGHT_FROM_HOUR, noteProgress, progressOf } from './log-progress.ts';

/** Facts that change are judged within this, milliseconds, and what the judging itself takes. */
const LOOK_MS = 1_000;
/** The same for units and recorders: the passport of a recorder is read from hundreds of files, and at the dock they come by the second. */
const LOOK_AT_SUBJECTS_MS = 3_000;
/** Acts judged between two looks at whether the server stops. */
const MOST = 2_000;

type Tools = Pick<Services, 'db' | 'clock' | 'commands' | 'urls'>;

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
            await eachOrganisation(await this.#organisations(), async (orgId) => {
                if (!this.#stopped) await this.#follow(orgId);
            });
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
        let { next, nightlyOn } = await progressOf(this.#services, 'judging_progress', orgId);
        const today = dayOf(this.#services.clock.now());
        const isNight = this.#services.clock.now() - startOfDay(today) >= NIGHT_FROM_HOUR * HOUR;
        for (let more = true; more && !this.#stopped; ) {
            const found = await this.#read(orgId, (db) => changedSince(db, orgId, next));
            if (found.everything) nightlyOn = null;
            await judgeActs(this.#services, orgId, found.acts);
            if (found.next !== next)
                await noteProgress(this.#services, 'judging_progress', orgId, { next: found.next, nightlyOn });
            ({ next, more } = found);
        }
        await judgeActs(
            this.#services,
            orgId,
            await this.#read(orgId, (db) => actsDue(db, orgId, this.#services.clock.now(), MOST)),
        );
        await judgeActs(this.#services, orgId, await this.#read(orgId, (db) => actsDrawnSince(db, orgId, MOST)));
        if (nightlyOn === null || (isNight && nightlyOn !== today)) await this.#everything(orgId, next, today);
    }

    async #everything(orgId: Id, next: number, today: string): Promise<void> {
        for (let after: Id | null = null; !this.#stopped; ) {
            const ids: Id[] = await this.#read(orgId, (db) => actsAfter(db, orgId, after, MOST));
            await judgeActs(this.#services, orgId, ids);
            after = ids.at(-1) ?? null;
            if (after === null) return noteProgress(this.#services, 'judging_progress', orgId, { next, nightlyOn: today });
        }
    }

    #read<T>(orgId: Id, work: (db: ReadDb) => Promise<T>): Promise<T> {
        return this.#services.db.read({ readOrgs: [orgId] }, work);
    }
}

/** Looks as long as the server runs. Acts do not wait for units and devices: those have a reader of their own. */
export function startJudging(
    services: Services,
    organisations: () => Promise<readonly Id[]>,
    stops: (() => Promise<void>)[],
): void {
    keepLooking(services, new LogFollower(services, organisations), LOOK_MS, stops);
    keepLooking(services, new SubjectFollower(services, organisations), LOOK_AT_SUBJECTS_MS, stops);
}
