import { type Id, SYSTEM_ID } from '@liuhen/domain';
import type { Services } from '../../../platform/services.ts';
import { AdvisoryLocker } from '../../../platform/uploads/advisory-locker.ts';
import { Checkpointer } from './checkpointer.ts';
import { LogKeys } from './log-keys.ts';
import { SignedState } from './signed-state.ts';

/** The signer of this installation. */
export const checkpointerOf = (services: Services): Checkpointer =>
    new Checkpointer(services, {
        keys: new LogKeys(services, {
            keyFolder: services.installation.keyFolder,
            base: services.config.logName ?? `liuhen.invalid/${services.installation.storeId}`,
        }),
        signed: new SignedState(services.installation.keyFolder),
    });

/** Signs as long as the server runs, one log after the other; of several nodes one at a time. What fails is said and tried again. */
export function startCheckpoints(
    services: Services,
    organisations: () => Promise<readonly Id[]>,
    stops: (() => Promise<void>)[],
): void {
    const checkpointer = checkpointerOf(services);
    const locker = new AdvisoryLocker({ connectionString: services.urls.app, patienceMs: 0 });
    let running: Promise<void> | undefined;
    let stopped = false;
    const round = async () => {
        const lock = await locker.lock('checkpoints', { mayBeTaken: () => false, release: () => undefined });
        try {
            for (const orgId of [SYSTEM_ID, ...(await organisations())]) {
                if (stopped) return;
                await checkpointer.sign(orgId).catch((error: unknown) => said(error));
            }
        } finally {
            await lock.unlock();
        }
    };
    const said = (error: unknown) => {
        const { code, name } = error as { code?: string; name: string };
        // Another node is at it.
        if (code !== 'upload.busy') services.log.error({ code, name }, 'signing of checkpoints failed');
    };
    const timer = setInterval(() => {
        running ??= round()
            .catch(said)
            .finally(() => {
                running = undefined;
            });
    }, services.config.checkpointMs);
    timer.unref();
    stops.push(async () => {
        stopped = true;
        clearInterval(timer);
        await running;
        await locker.close();
    });
}
