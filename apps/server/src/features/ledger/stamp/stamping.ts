import { DomainError, type Id, isTimeStampTrouble, MINUTE } from '@liuhen/domain';
import { keepLooking, type Looking } from '../../../platform/keep-looking.ts';
import type { Services } from '../../../platform/services.ts';
import { httpTimeStamper, readAnchors } from '../../../platform/time-stamp/http-time-stamper.ts';
import type { TimeStamper } from '../../../platform/time-stamp/time-stamper.ts';
import { AdvisoryLocker } from '../../../platform/uploads/advisory-locker.ts';
import { everyLog } from '../checkpoint/checkpoint.queries.ts';
import { newestUnstamped, type Unstamped, unstamped } from './stamp.queries.ts';
import { addTimeStamp, endStampTrouble, noteStampTrouble } from './stamp.store.ts';

/** An authority that was away is asked again after this. */
const LOOK_EVERY_MS = 5 * MINUTE;

/**
 * Has the checkpoints of one log stamped that are due. What an authority refuses, or answers wrongly, is kept as a reason and is no
 * failure: signing never waits for a time-stamp.
 */
export async function stampLog(services: Services, stamper: () => Promise<TimeStamper>, orgId: Id): Promise<void> {
    const { db, clock, config } = services;
    await stampAll(
        services,
        stamper,
        orgId,
        await db.read({ readOrgs: [orgId] }, (read) => unstamped(read, orgId, clock.now(), config.stampEvery)),
    );
}

/** Has the newest checkpoint of a log stamped now, for what is handed out under it; without an authority nothing is done. */
export async function stampNewest(services: Services, orgId: Id): Promise<void> {
    if (services.config.timeStampAuthority === undefined) return;
    const due = await services.db.read({ readOrgs: [orgId] }, (read) => newestUnstamped(read, orgId));
    await stampAll(services, () => stamperOf(services), orgId, due);
}

async function stampAll(
    services: Services,
    stamper: () => Promise<TimeStamper>,
    orgId: Id,
    due: readonly Unstamped[],
): Promise<void> {
    try {
        for (const { head, size, note } of due)
            await addTimeStamp(services, orgId, head, size, await (await stamper()).stamp(note));
        await endStampTrouble(services, orgId);
    } catch (error) {
        if (!(error instanceof DomainError) || !isTimeStampTrouble(error.code)) throw error;
        const params = error.params as Readonly<Record<string, string | number>>;
        await noteStampTrouble(services, orgId, error.code, params);
    }
}

/** The authority of this installation. Its anchors are read each time: a renewed file needs no new start. */
export const stamperOf = async (
    { config, clock }: Pick<Services, 'config' | 'clock'>,
    patienceMs?: number,
): Promise<TimeStamper> => {
    const { url, rootsFile } = config.timeStampAuthority ?? { url: '', rootsFile: '' };
    return httpTimeStamper({
        url,
        anchors: await readAnchors(rootsFile),
        now: clock.now,
        ...(patienceMs === undefined ? {} : { patienceMs }),
    });
};

/** All logs, one after the other; of several nodes one at a time. */
class Stamping implements Looking {
    readonly #services: Services;
    readonly #locker: AdvisoryLocker;
    readonly #patienceMs: number | undefined;
    #stopped = false;

    constructor(services: Services, patienceMs: number | undefined) {
        this.#patienceMs = patienceMs;
        this.#services = services;
        this.#locker = new AdvisoryLocker({ connectionString: services.urls.app, patienceMs: 0 });
    }

    async look(): Promise<void> {
        const lock = await this.#locker.lock('time-stamps', { mayBeTaken: () => false, release: () => undefined });
        try {
            for (const orgId of await everyLog(this.#services)) {
                if (this.#stopped) return;
                await stampLog(this.#services, () => stamperOf(this.#services, this.#patienceMs), orgId);
            }
        } finally {
            await lock.unlock();
        }
    }

    stop(): void {
        this.#stopped = true;
    }

    close(): Promise<void> {
        return this.#locker.close();
    }
}

/** Asks for time-stamps as long as the server runs; without an authority nothing is asked, and the pages say so. */
export function startStamping(
    services: Services,
    stops: (() => Promise<void>)[],
    { everyMs = LOOK_EVERY_MS, patienceMs }: { everyMs?: number; patienceMs?: number } = {},
): void {
    if (services.config.timeStampAuthority === undefined) return;
    keepLooking(services, new Stamping(services, patienceMs), { everyMs, failed: 'time-stamping failed' }, stops);
}
