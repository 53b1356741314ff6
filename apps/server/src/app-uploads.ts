import { dayOf, HOUR, type Id, MINUTE, startOfDay } from '@liuhen/domain';
import { seekBeside } from './features/recording/docking-positions.jobs.ts';
import { uploadHooks } from './features/recording/intake.commands.ts';
import { SCRUB_STEP_MS, scrubStep } from './features/recording/scrub.jobs.ts';
import { endAbandonedViewings } from './features/recording/viewing.jobs.ts';
import { clearLeftovers } from './features/storage/clearing.jobs.ts';
import { lockKept } from './features/storage/lock.jobs.ts';
import { principalOf, requestIdOf } from './platform/http/upload-route.ts';
import type { Services } from './platform/services.ts';
import { AdvisoryLocker } from './platform/uploads/advisory-locker.ts';
import { pgPartRows } from './platform/uploads/part-rows.ts';
import { pgUploadRows } from './platform/uploads/pg-upload-rows.ts';
import { type UploadServer, uploadServer } from './platform/uploads/upload-server.ts';

export const organisationsOf = (services: Services): Promise<Id[]> =>
    services.db.read({ readOrgs: [] }, async (db) =>
        (await db.selectFrom('organisation').select('id').execute()).map((row) => row.id),
    );

/** The upload server with what uploads mean here. */
export function openUploads(services: Services, stops: (() => Promise<void>)[]): UploadServer {
    const locker = new AdvisoryLocker({ connectionString: services.urls.app });
    const uploads = uploadServer({
        rows: pgUploadRows(services.db.pool),
        partRows: pgPartRows(services.db.pool),
        store: services.store,
        quarantineFolder: services.quarantineFolder,
        hashes: services.hashes,
        locker,
        hooks: uploadHooks(services),
        clock: services.clock,
        authenticate: async (request) => principalOf(request),
        requestId: requestIdOf,
        organisations: () => organisationsOf(services),
        onError: (error) =>
            services.log.error({ name: (error as Error).name, code: (error as { code?: string }).code }, 'upload failed'),
        keepFor: services.config.uploadExpiryMs,
    });
    stops.push(async () => {
        await uploads.close();
        await locker.close();
    });
    return uploads;
}

type Maintained = { uploads: UploadServer; sessions: { endExpired(): Promise<unknown> } };

/** What nobody asks for and must happen all the same, once a minute; the first round finishes what a crash interrupted. */
export function startMaintenance(services: Services, parts: Maintained, stops: (() => Promise<void>)[]): void {
    const rounds: Readonly<Record<string, () => Promise<unknown>>> = {
        recoverUploads: () => parts.uploads.recover(),
        // Time alone removes an upload that nobody finished: not by a clock that jumped.
        sweepUploads: async () => services.clockGuard.doubt() === undefined && parts.uploads.sweep(services.clock.now()),
        endSessions: () => parts.sessions.endExpired(),
        endViewings: async () => endAbandonedViewings(services, await organisationsOf(services)),
        summariseRefusals: () => services.commands.refusals.flush(),
    };
    let running: Promise<void> = Promise.resolve();
    let stopped = false;
    const round = async () => {
        for (const [name, work] of Object.entries(rounds)) {
            if (stopped) return;
            await work().catch((error: unknown) =>
                services.log.error(
                    { round: name, code: (error as { code?: string }).code, name: (error as Error).name },
                    'maintenance failed',
                ),
            );
        }
    };
    const next = () => {
        running = running.then(round);
    };
    const timer = setInterval(next, MINUTE);
    timer.unref();
    next();
    stops.push(async () => {
        stopped = true;
        clearInterval(timer);
        await running;
    });
}

/** Everything stored is read once more, a little each minute; at the same time as everything else, so that nothing waits for it. */
export function startScrub(services: Services, stops: (() => Promise<void>)[]): void {
    let running: Promise<void> = Promise.resolve();
    let busy = false;
    const stop = new AbortController();
    const step = async () => {
        for (const orgId of await organisationsOf(services)) {
            await seekBeside(services, orgId);
            await scrubStep(services, orgId, stop.signal);
        }
    };
    const timer = setInterval(() => {
        if (busy) return;
        busy = true;
        running = step()
            .catch((error: unknown) =>
                services.log.error({ code: (error as { code?: string }).code, name: (error as Error).name }, 'scrub failed'),
            )
            .finally(() => {
                busy = false;
            });
    }, SCRUB_STEP_MS);
    timer.unref();
    stops.push(async () => {
        stop.abort();
        clearInterval(timer);
        await running;
    });
}

/** Once a day, from this hour in Shanghai on: at night where the server runs at night, else as soon as it does. */
const NIGHT_FROM = 2 * HOUR;
const NIGHT_LOOK_MS = 10 * MINUTE;

/**
 * What a store needs once a day: leftovers go, strays are found, and what is kept is locked where that is wanted. Of several nodes one
 * at a time, and a second time does nothing. What fails is said and tried again ten minutes later.
 */
export function startNights(services: Services, stops: (() => Promise<void>)[]): void {
    const locker = new AdvisoryLocker({ connectionString: services.urls.app, patienceMs: 0 });
    let done: string | undefined;
    let running: Promise<void> | undefined;
    let stopped = false;
    const night = async (day: string) => {
        const lock = await locker.lock('storage-night', { mayBeTaken: () => false, release: () => undefined });
        try {
            const orgs = await organisationsOf(services);
            await clearLeftovers(services, orgs);
            for (const orgId of services.config.lockKept ? orgs : []) if (!stopped) await lockKept(services, orgId);
            done = day;
        } finally {
            await lock.unlock();
        }
    };
    const timer = setInterval(() => {
        const now = services.clock.now();
        const day = dayOf(now);
        if (running !== undefined || done === day || now - startOfDay(day) < NIGHT_FROM) return;
        // What is removed or locked for so long goes by the clock.
        if (services.clockGuard.doubt() !== undefined) return;
        running = night(day)
            .catch((error: unknown) => {
                const { code, name } = error as { code?: string; name: string };
                // Another node is at it.
                if (code !== 'upload.busy') services.log.error({ code, name }, 'night failed');
            })
            .finally(() => {
                running = undefined;
            });
    }, NIGHT_LOOK_MS);
    timer.unref();
    stops.push(async () => {
        stopped = true;
        clearInterval(timer);
        await running;
        await locker.close();
    });
}
