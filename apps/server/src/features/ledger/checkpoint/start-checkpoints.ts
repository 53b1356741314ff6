import type { Id } from '@liuhen/domain';
import { keepLooking, type Looking } from '../../../platform/keep-looking.ts';
import type { Services } from '../../../platform/services.ts';
import { AdvisoryLocker } from '../../../platform/uploads/advisory-locker.ts';
import { everyLog } from './checkpoint.queries.ts';
import { Checkpointer } from './checkpointer.ts';
import { LogKeys } from './log-keys.ts';
import { SignedState } from './signed-state.ts';

/** The signer of this installation. */
export const checkpointerOf = (services: Services): Checkpointer =>
    new Checkpointer(services, {
        keys: new LogKeys(services, {
            keyFolder: services.installation.keyFolder,
            base: services.config.logName ?? `liuhen.invalid/${services.installation.storeId}`,
            token: services.config.logToken,
        }),
        signed: new SignedState(services.installation.keyFolder),
    });

/** Signs every log, one after the other; of several nodes one at a time. One that fails is thrown once all were looked at. */
class Signing implements Looking {
    readonly #services: Services;
    readonly #checkpointer: Checkpointer;
    readonly #locker: AdvisoryLocker;
    #stopped = false;

    constructor(services: Services) {
        this.#services = services;
        this.#checkpointer = checkpointerOf(services);
        this.#locker = new AdvisoryLocker({ connectionString: services.urls.app, patienceMs: 0 });
    }

    async look(): Promise<void> {
        const lock = await this.#locker.lock('checkpoints', { mayBeTaken: () => false, release: () => undefined });
        const failures: unknown[] = [];
        try {
            for (const orgId of await everyLog(this.#services)) {
                if (this.#stopped) return;
                await this.#checkpointer.sign(orgId).catch((failure: unknown) => failures.push(failure));
            }
        } finally {
            await lock.unlock();
        }
        if (failures.length > 0) throw failures[0];
    }

    stop(): void {
        this.#stopped = true;
    }

    close(): Promise<void> {
        return this.#locker.close();
    }
}

/** Signs as long as the server runs; what fails is said and tried again. */
export const startCheckpoints = (services: Services, stops: (() => Promise<void>)[]): void =>
    keepLooking(
        services,
        new Signing(services),
        { everyMs: services.config.checkpointMs, failed: 'signing of checkpoints failed' },
        stops,
    );

/**
 * Signs one log now, for what needs its newest entries under a checkpoint. Waits for whoever signs at the moment. Throws `upload.busy` where
 * that takes too long.
 */
export async function signNow(services: Services, orgId: Id): Promise<void> {
    const locker = new AdvisoryLocker({ connectionString: services.urls.app, patienceMs: 60_000 });
    try {
        const lock = await locker.lock('checkpoints', { mayBeTaken: () => false, release: () => undefined });
        try {
            await checkpointerOf(services).sign(orgId);
        } finally {
            await lock.unlock();
        }
    } finally {
        await locker.close();
    }
}
