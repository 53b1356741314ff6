import { driftSince, followSlew, type Instant, type ServerClockDoubt, type ServerTime, type TwoClocks } from '@liuhen/domain';

/**
 * Whether the clock of this server can be believed. It is compared with the clock that nobody can set whenever somebody asks, and with other
 * clocks by whoever watches. A doubt stands until it is over or somebody has confirmed that the clock is right.
 */
export class ClockGuard {
    readonly #read: () => TwoClocks;
    readonly #limitMs: number;
    #base: TwoClocks;
    #doubt: ServerClockDoubt | undefined;

    /** `limitMs`: what is more than that is a jump. */
    constructor(read: () => TwoClocks, limitMs: number) {
        this.#read = read;
        this.#limitMs = limitMs;
        this.#base = read();
    }

    get limitMs(): number {
        return this.#limitMs;
    }

    /** Why the clock is not trusted now. */
    doubt(): ServerClockDoubt | undefined {
        const now = this.#read();
        const drift = driftSince(this.#base, now);
        if (Math.abs(drift) > this.#limitMs) {
            const seconds = String(Math.round(drift / 1_000));
            this.#doubt ??= { code: 'serverClock.jumped', params: { seconds }, since: now.wall };
        } else {
            // Put right again by whoever had put it wrong, or by NTP: nothing was judged meanwhile.
            if (this.#doubt?.code === 'serverClock.jumped') this.#doubt = undefined;
            this.#base = followSlew(this.#base, now);
        }
        return this.#doubt;
    }

    /** What somebody else's clock says, or what was said before this server started. */
    raise(doubt: ServerClockDoubt): void {
        this.#doubt ??= doubt;
        // Of before this start nothing is left to compare with: it stands until it is confirmed.
        if (doubt.code === 'serverClock.jumped' && this.#doubt === doubt) {
            const now = this.#read();
            this.#base = { wall: now.wall - Number(doubt.params.seconds ?? 0) * 1_000, monotonic: now.monotonic };
        }
    }

    /** What another clock said is over. */
    end(code: ServerClockDoubt['code']): void {
        if (this.#doubt?.code === code) this.#doubt = undefined;
    }

    /** The clock is right as it is now. */
    confirm(): void {
        this.#base = this.#read();
        this.#doubt = undefined;
    }
}

/** For an answer in which something may be late: what the clock says, and whether that can be gone by. */
export const serverTime = ({ clock, clockGuard }: { clock: { now(): Instant }; clockGuard: ClockGuard }): ServerTime => ({
    now: clock.now(),
    trusted: clockGuard.doubt() === undefined,
});
