import { dayOf, HOUR, type Id, startOfDay } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import type { Services } from '../../platform/services.ts';
import { AdvisoryLocker } from '../../platform/uploads/advisory-locker.ts';
import { changedSubjects, recordersAfter, subjectsDue } from './changed-subjects.queries.ts';
import { judgeSubjects, type SubjectId } from './judging-subjects.ts';
import { eachOrganisation, NIGHT_FROM_HOUR, noteProgress, progressOf } from './log-progress.ts';

/** Recorders judged between two looks at whether the server stops. */
const MOST = 100;

/**
 * Judges units and their recorders as their facts change: follows the log of each organisation from where it stopped, apart from the
 * reader for acts, because the passport of a recorder is read from hundreds of files. Of several nodes one at a time.
 */
export class SubjectFollower {
    readonly #services: Services;
    readonly #locker: AdvisoryLocker;
    readonly #organisations: () => Promise<readonly Id[]>;
    #stopped = false;

    constructor(services: Services, organisations: () => Promise<readonly Id[]>) {
        this.#services = services;
        this.#organisations = organisations;
        this.#locker = new AdvisoryLocker({ connectionString: services.urls.app, patienceMs: 0 });
    }

    /** One look at every organisation. Throws `upload.busy` where another node is at it. */
    async look(): Promise<void> {
        const lock = await this.#locker.lock('judgingSubjects', { mayBeTaken: () => false, release: () => undefined });
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
        let { next, nightlyOn } = await progressOf(this.#services, 'subject_progress', orgId);
        const now = this.#services.clock.now();
        const today = dayOf(now);
        const isNight = now - startOfDay(today) >= NIGHT_FROM_HOUR * HOUR;
        for (let more = true; more && !this.#stopped; ) {
            const found = await this.#read(orgId, (db) => changedSubjects(db, orgId, next));
            if (found.everything) nightlyOn = null;
            await this.#judge(orgId, [...(found.unit ? [null] : []), ...found.devices]);
            if (found.next !== next)
                await noteProgress(this.#services, 'subject_progress', orgId, { next: found.next, nightlyOn });
            ({ next, more } = found);
        }
        await this.#judge(orgId, await this.#read(orgId, (db) => subjectsDue(db, orgId, now, MOST)));
        if (nightlyOn === null || (isNight && nightlyOn !== today)) await this.#everything(orgId, next, today);
    }

    async #everything(orgId: Id, next: number, today: string): Promise<void> {
        await this.#judge(orgId, [null]);
        for (let after: Id | null = null; !this.#stopped; ) {
            const ids: Id[] = await this.#read(orgId, (db) => recordersAfter(db, orgId, after, MOST));
            await this.#judge(orgId, ids);
            after = ids.at(-1) ?? null;
            if (after === null) return noteProgress(this.#services, 'subject_progress', orgId, { next, nightlyOn: today });
        }
    }

    async #judge(orgId: Id, ids: readonly SubjectId[]): Promise<void> {
        if (ids.length > 0) await judgeSubjects(this.#services, orgId, ids);
    }

    #read<T>(orgId: Id, work: (db: ReadDb) => Promise<T>): Promise<T> {
        return this.#services.db.read({ readOrgs: [orgId] }, work);
    }
}
