import type { Instant } from '@liuhen/domain';

/** Waits for a moment; comes back at once when that moment is over already. */
export type Until = (at: Instant) => Promise<void>;

/**
 * Stories that go on side by side on one clock. Each says for which moment it waits; once all of them wait the clock goes on
 * to the earliest, and only its story runs. So what they write lies in the log in the order in which it is said to have
 * happened, however the stories overlap.
 */
export async function sideBySide(
    stories: readonly ((until: Until) => Promise<void>)[],
    moveTo: (at: Instant) => void,
): Promise<void> {
    const waiting: { at: Instant; go: () => void }[] = [];
    let running = stories.length;
    let now = Number.NEGATIVE_INFINITY;

    const goOn = () => {
        if (running > 0) return;
        const next = waiting.reduce<(typeof waiting)[number] | undefined>(
            (first, each) => (first === undefined || each.at < first.at ? each : first),
            undefined,
        );
        if (next === undefined) return;
        waiting.splice(waiting.indexOf(next), 1);
        running = 1;
        if (next.at > now) {
            now = next.at;
            moveTo(now);
        }
        next.go();
    };
    const until: Until = (at) =>
        new Promise((go) => {
            waiting.push({ at, go });
            running--;
            goOn();
        });
    await Promise.all(
        stories.map(async (story) => {
            await story(until);
            running--;
            goOn();
        }),
    );
}
