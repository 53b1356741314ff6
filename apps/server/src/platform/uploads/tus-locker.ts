import type { Lock, Locker } from '@tus/server';
import type { AdvisoryLocker, HeldLock } from './advisory-locker.ts';
import { currentContext } from './request-context.ts';

/** Our locker as the tus library asks for one. The request that holds a lock can be taken over once its client is silent. */
export function tusLocker(locker: AdvisoryLocker, takeOverAfterMs: number): Locker {
    return {
        newLock(id: string): Lock {
            let held: HeldLock | undefined;
            return {
                async lock(signal, cancel) {
                    const context = currentContext();
                    held = await locker.lock(
                        id,
                        {
                            mayBeTaken: () =>
                                context.body?.end === undefined && (context.body?.idleFor() ?? 0) >= takeOverAfterMs,
                            release: (reason) => {
                                context.stop.abort(reason);
                                void cancel();
                            },
                        },
                        signal,
                    );
                },
                async unlock() {
                    await held?.unlock();
                },
            };
        },
    };
}
