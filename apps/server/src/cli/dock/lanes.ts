/** A turn; `slow()` says that it takes long, so that it no longer counts among the quick ones. */
export type Turn = { slow(): void; done(): void };

/**
 * Who may work now. At most `most` at once, in the order in which they asked. One that proves slow moves to a lane of its own,
 * of the same width, and leaves its place to the next: recorders with bad cables never hold up the others.
 */
export class Lanes {
    readonly #most: number;
    readonly #waiting: (() => void)[] = [];
    #quick = 0;
    #slow = 0;

    constructor(most: number) {
        this.#most = most;
    }

    get working(): { quick: number; slow: number } {
        return { quick: this.#quick, slow: this.#slow };
    }

    async take(): Promise<Turn> {
        if (this.#quick >= this.#most || this.#waiting.length > 0)
            await new Promise<void>((resolve) => this.#waiting.push(resolve));
        else this.#quick += 1;
        let lane: 'quick' | 'slow' | 'left' = 'quick';
        return {
            slow: () => {
                if (lane !== 'quick' || this.#slow >= this.#most) return;
                lane = 'slow';
                this.#slow += 1;
                this.#leave();
            },
            done: () => {
                if (lane === 'slow') this.#slow -= 1;
                else if (lane === 'quick') this.#leave();
                lane = 'left';
            },
        };
    }

    /** The place goes straight to the next one, so that nobody who comes later gets it. */
    #leave(): void {
        const next = this.#waiting.shift();
        if (next === undefined) this.#quick -= 1;
        else next();
    }
}
