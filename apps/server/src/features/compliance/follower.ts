import { setTimeout as sleep } from 'node:timers/promises';
import { dayOf, HOUR, type Id, startOfDay } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import type { Services } from '../../platform/services.ts';
import { AdvisoryLocker } from '../../platform/uploads/advisory-locker.ts';
import {
    eachOrganisation,
    NIGHT_FROM_HOUR,
    noteProgress,
    type Progress,
    type ProgressTable,
    progressOf,
} from './log-progress.ts';

export type FollowerTools = Pick<Services, 'db' | 'clock' | 'urls'>;

/** What is judged as the log of an organisation goes on; `Subject` names one of it. */
export type Followed<Subject> = {
    /** Of several nodes one at a time holds it. */
    readonly lock: string;
    readonly progress: ProgressTable;
    /**
     * What the entries from `next` on may have changed. `later`: what may be many and waits for the rest, the newest first; `everything`: no
     * entry says what.
     */
    readonly changed: (
        db: ReadDb,
        orgId: Id,
        next: number,
    ) => Promise<{
        readonly next: number;
        readonly more: boolean;
        readonly everything: boolean;
        readonly subjects: readonly Subject[];
        readonly later: readonly Subject[];
    }>;
    /** Between two looks at what changes while everything of other organisations is judged, milliseconds. */
    readonly everyMs: number;
    /** How many of those that wait are judged before it is looked at what else changed. */
    readonly slice: number;
    /** What no entry of this log names: what time alone changes, and the like. One after the other is judged. */
    readonly due: readonly ((db: ReadDb, orgId: Id) => Promise<readonly Subject[]>)[];
    /** Judged once more each night before the pages of all others. */
    readonly first: readonly Subject[];
    readonly before: (db: ReadDb, orgId: Id, before: Id | null) => Promise<readonly (Id & Subject)[]>;
    readonly judge: (orgId: Id, subjects: readonly Subject[]) => Promise<unknown>;
};

/**
 * How far a log was read. `done`: all that entries before it may have changed was judged, also what waits; so far it is noted, so that
 * nothing is lost where the server ends meanwhile.
 */
type Place<Subject> = { next: number; done: number; readonly later: Set<Subject> };

/** Slices of what waits in one look at an organisation: others wait for their turn. */
const SLICES = 4;

/**
 * Judges as facts change: follows the log of each organisation from where it stopped, so that nothing is missed whoever wrote it and
 * whenever the server was down; everything once more each night. Of several nodes one at a time. What one entry changes for thousands is
 * judged in slices, and between two of them what else changed, so that nothing waits behind it.
 */
export class Follower<Subject> {
    readonly #tools: FollowerTools;
    readonly #locker: AdvisoryLocker;
    readonly #organisations: () => Promise<readonly Id[]>;
    readonly #of: Followed<Subject>;
    readonly #places = new Map<Id, Place<Subject>>();
    /** The last look at each organisation, as it ends. */
    readonly #following = new Map<Id, Promise<unknown>>();
    #stopped = false;

    constructor(tools: FollowerTools, organisations: () => Promise<readonly Id[]>, of: Followed<Subject>) {
        this.#tools = tools;
        this.#organisations = organisations;
        this.#of = of;
        this.#locker = new AdvisoryLocker({ connectionString: tools.urls.app, patienceMs: 0 });
    }

    /** One look at every organisation, and everything of those whose night it is. Throws `upload.busy` where another node is at it. */
    async look(): Promise<void> {
        const lock = await this.#locker.lock(this.#of.lock, { mayBeTaken: () => false, release: () => undefined });
        try {
            const organisations = await this.#organisations();
            const nights: Id[] = [];
            const looked = eachOrganisation(organisations, async (orgId) => {
                if (!this.#stopped && (await this.#follow(orgId))) nights.push(orgId);
            });
            // What fails keeps no other organisation from its night.
            const failures = await failuresOf(looked);
            if (nights.length > 0) failures.push(...(await this.#nights(nights, organisations)));
            if (failures.length > 0) throw failures[0];
        } finally {
            await lock.unlock();
        }
    }

    /**
     * Judges everything of some organisations, two at a time; what changes meanwhile in all others waits no longer for it than between two
     * looks. Gives what failed, once neither runs any more.
     */
    async #nights(nights: readonly Id[], organisations: readonly Id[]): Promise<unknown[]> {
        const inNight = new Set<Id>();
        const over = new AbortController();
        const judging = eachOrganisation(nights, async (orgId) => {
            inNight.add(orgId);
            try {
                // Whoever looks at it just now comes to the end first.
                await this.#following.get(orgId);
                if (!this.#stopped) await this.#everything(orgId);
            } finally {
                inNight.delete(orgId);
            }
        });
        const watching = this.#watch(organisations, inNight, over.signal);
        const failures = await failuresOf(judging);
        over.abort();
        return [...failures, ...(await watching)];
    }

    async #watch(organisations: readonly Id[], except: ReadonlySet<Id>, over: AbortSignal): Promise<unknown[]> {
        const failures: unknown[] = [];
        const wait = () => sleep(this.#of.everyMs, undefined, { signal: over }).catch(() => undefined);
        for (await wait(); !over.aborted; await wait()) {
            const looked = eachOrganisation(organisations, async (orgId) => {
                if (!this.#stopped && !over.aborted && !except.has(orgId)) await this.#follow(orgId);
            });
            failures.push(...(await failuresOf(looked)));
        }
        return failures.slice(0, 1);
    }

    /** Nothing more is begun; what runs ends by itself. */
    stop(): void {
        this.#stopped = true;
    }

    close(): Promise<void> {
        return this.#locker.close();
    }

    /** Judges what changed since the last look; gives whether it is time for everything. */
    #follow(orgId: Id): Promise<boolean> {
        const following = this.#followLog(orgId);
        this.#following.set(
            orgId,
            following.catch(() => undefined),
        );
        return following;
    }

    async #followLog(orgId: Id): Promise<boolean> {
        const noted = await progressOf(this.#tools, this.#of.progress, orgId);
        const now = this.#tools.clock.now();
        const today = dayOf(now);
        const isNight = now - startOfDay(today) >= NIGHT_FROM_HOUR * HOUR;
        const place = this.#placeOf(orgId, noted);
        let everything = await this.#catchUp(orgId, place);
        for (let slices = 0; place.later.size > 0 && slices < SLICES && !everything && !this.#stopped; slices++) {
            await this.#judge(orgId, take(place.later, this.#of.slice));
            everything = await this.#catchUp(orgId, place);
        }
        const nightlyOn = everything ? null : noted.nightlyOn;
        await this.#note(orgId, place, noted, nightlyOn);
        for (const due of this.#of.due) await this.#judge(orgId, await this.#read(orgId, (db) => due(db, orgId)));
        return nightlyOn === null || (isNight && nightlyOn !== today);
    }

    /** Where this node is, or whichever noted that it is further. */
    #placeOf(orgId: Id, { next }: Progress): Place<Subject> {
        const known = this.#places.get(orgId);
        if (known !== undefined && known.done >= next) return known;
        const place = { next, done: next, later: new Set<Subject>() };
        this.#places.set(orgId, place);
        return place;
    }

    /** Judges what entries name, to the end of the log; gives whether anything was decided that holds for all. */
    async #catchUp(orgId: Id, place: Place<Subject>): Promise<boolean> {
        let everything = false;
        for (let more = true; more && !this.#stopped; ) {
            const found = await this.#read(orgId, (db) => this.#of.changed(db, orgId, place.next));
            await this.#judge(orgId, found.subjects);
            for (const each of found.later) place.later.add(each);
            everything ||= found.everything;
            ({ next: place.next, more } = found);
        }
        return everything;
    }

    async #note(orgId: Id, place: Place<Subject>, noted: Progress, nightlyOn: string | null): Promise<void> {
        if (place.later.size === 0) place.done = place.next;
        if (place.done === noted.next && nightlyOn === noted.nightlyOn) return;
        await noteProgress(this.#tools, this.#of.progress, orgId, { next: place.done, nightlyOn });
    }

    /** What waits is among all, and what changes meanwhile is judged between two pages. */
    async #everything(orgId: Id): Promise<void> {
        const today = dayOf(this.#tools.clock.now());
        const place = this.#placeOf(orgId, await progressOf(this.#tools, this.#of.progress, orgId));
        const waiting = [...place.later];
        let again = false;
        await this.#judge(orgId, this.#of.first);
        for (let before: Id | null = null; !this.#stopped; ) {
            const from: Id | null = before;
            const page: readonly (Id & Subject)[] = await this.#read(orgId, (db) => this.#of.before(db, orgId, from));
            await this.#judge(orgId, page);
            if (await this.#catchUp(orgId, place)) again = true;
            before = page.at(-1) ?? null;
            if (before !== null) continue;
            for (const each of waiting) place.later.delete(each);
            if (place.later.size === 0) place.done = place.next;
            return noteProgress(this.#tools, this.#of.progress, orgId, { next: place.done, nightlyOn: again ? null : today });
        }
    }

    async #judge(orgId: Id, subjects: readonly Subject[]): Promise<void> {
        if (subjects.length > 0) await this.#of.judge(orgId, subjects);
    }

    #read<T>(orgId: Id, work: (db: ReadDb) => Promise<T>): Promise<T> {
        return this.#tools.db.read({ readOrgs: [orgId] }, work);
    }
}

const failuresOf = (work: Promise<void>): Promise<unknown[]> =>
    work.then(
        () => [],
        (failure: unknown) => [failure],
    );

/** The first so many of them, which are in it no more. */
function take<T>(of: Set<T>, most: number): T[] {
    const taken = [...of].slice(0, most);
    for (const each of taken) of.delete(each);
    return taken;
}
