import type { Services } from './services.ts';

/** Work that is done again and again; `stop`: nothing more is begun. */
export type Looking = { look: () => Promise<void>; stop: () => void; close: () => Promise<void> };

/** Looks as long as the server runs; what fails is said in the technical log as `failed` and looked at again. */
export function keepLooking(
    { log }: Pick<Services, 'log'>,
    looking: Looking,
    { everyMs, failed }: { everyMs: number; failed: string },
    stops: (() => Promise<void>)[],
): void {
    let running: Promise<void> | undefined;
    const timer = setInterval(() => {
        running ??= looking
            .look()
            .catch((error: unknown) => {
                const { code, name } = error as { code?: string; name: string };
                // Another node is at it.
                if (code !== 'upload.busy') log.error({ code, name }, failed);
            })
            .finally(() => {
                running = undefined;
            });
    }, everyMs);
    timer.unref();
    stops.push(async () => {
        clearInterval(timer);
        looking.stop();
        await running;
        await looking.close();
    });
}

/** Work that time alone may cause is not begun while the clock is not trusted; it is caught up with when it is. */
export const whileTrusted = ({ clockGuard }: Pick<Services, 'clockGuard'>, looking: Looking): Looking => ({
    look: async () => {
        if (clockGuard.doubt() === undefined) await looking.look();
    },
    stop: () => looking.stop(),
    close: () => looking.close(),
});
