import { dayOf, HOUR, type Id, startOfDay } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import type { Services } from '../../platform/services.ts';
import { AdvisoryLocker } from '../../platform/uploads/advisory-locker.ts';
import { eachOrganisation, NIGHT_FROM_HOUR, noteProgress, type ProgressTable, progressOf } from './log-progress.ts';

export type FollowerTools = Pick<Services, 'db' | 'clock' | 'urls'>;

/** What is judged as the log of an organisation goes on; `Subject` names one of it. */
export type Followed<Subject> = {
    /** Of several nodes one at a time holds it. */
    readonly lock: string;
    readonly progress: ProgressTable;
    /** What the entries from `next` on may have changed; `everything`: no entry says what. */
    readonly changed: (
        db: ReadDb,
        orgId: Id,
        next: number,
    ) => Promise<{
        readonly next: number;
        readonly more: boolean;
        readonly everything: boolean;
        readonly subjects: readonly Subject[];
    }>;
    /** What no entry of this log names: what time alone changes, and the like. One after the other is judged. */
    readonly due: readonly ((db: ReadDb, orgId: Id) => Promise<readonly Subject[]>)[];
    /** Judged once more each night before the pages of all others. */
    readonly first: readonly Subject[];
    readonly after: (db: ReadDb, orgId: Id, after: Id | null) => Promise<readonly (Id & Subject)[]>;
    readonly judge: (orgId: Id, subjects: readonly Subject[]) => Promise<unknown>;
};

/**
 * Judges as facts change: follows the log of each organisation from where it stopped, so that nothing is missed whoever wrote it and
 * whenever the server was down; everything once more each night. Of several nodes one at a time.
 */
export class Follower<Subject> {
    readonly #tools: FollowerTools;
    readonly #locker: AdvisoryLocker;
    readonly #organisations: () => Promise<readonly Id[]>;
    readonly #of: Followed<Subject>;
    #stopped = false;

    constructor(tools: FollowerTools, organisations: () => Promise<readonly Id[]>, of: Followed<Subject>) {
        this.#tools = tools;
        this.#organisations = organisations;
        this.#of = of;
        this.#locker = new AdvisoryLocker({ connectionString: tools.urls.app, patienceMs: 0 });
    }

    /** One look at every organisation. Throws `upload.busy` where another node is at it. */
    async look(): Promise<void> {
        const lock = await this.#locker.lock(this.#of.lock, { mayBeTaken: () => false, release: () => undefined });
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
        let { next, nightlyOn } = await progressOf(this.#tools, this.#of.progress, orgId);
        const now = this.#tools.clock.now();
        const today = dayOf(now);
        const isNight = now - startOfDay(today) >= NIGHT_FROM_HOUR * HOUR;
        for (let more = true; more && !this.#stopped; ) {
            const found = await this.#read(orgId, (db) => this.#of.changed(db, orgId, next));
            if (found.everything) nightlyOn = null;
            await this.#judge(orgId, found.subjects);
            if (found.next !== next) await noteProgress(this.#tools, this.#of.progress, orgId, { next: found.next, nightlyOn });
            ({ next, more } = found);
        }
        for (const due of this.#of.due) await this.#judge(orgId, await this.#read(orgId, (db) => due(db, orgId)));
        if (nightlyOn === null || (isNight && nightlyOn !== today)) await this.#everything(orgId, next, today);
    }

    async #everything(orgId: Id, next: number, today: string): Promise<void> {
        await this.#judge(orgId, this.#of.first);
        for (let after: Id | null = null; !this.#stopped; ) {
            const from: Id | null = after;
            const page: readonly (Id & Subject)[] = await this.#read(orgId, (db) => this.#of.after(db, orgId, from));
            await this.#judge(orgId, page);
            after = page.at(-1) ?? null;
            if (after === null) return noteProgress(this.#tools, this.#of.progress, orgId, { next, nightlyOn: today });
        }
    }

    async #judge(orgId: Id, subjects: readonly Subject[]): Promise<void> {
        if (subjects.length > 0) await this.#of.judge(orgId, subjects);
    }

    #read<T>(orgId: Id, work: (db: ReadDb) => Promise<T>): Promise<T> {
        return this.#tools.db.read({ readOrgs: [orgId] }, work);
    }
}
