/** Speed over the last seconds: steady enough to read, quick enough to show a stall. */
export class SpeedMeter {
    readonly #samples: { at: number; sent: number }[] = [];

    get started(): boolean {
        return this.#samples.length > 0;
    }

    /** `at` in ms of a steady clock, `sent` in bytes since the beginning of the file. */
    add(at: number, sent: number): void {
        this.#samples.push({ at, sent });
        while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > 8_000) this.#samples.shift();
    }

    /** `undefined` until there is a second of measurement. */
    get bytesPerSecond(): number | undefined {
        const first = this.#samples[0];
        const last = this.#samples.at(-1);
        if (first === undefined || last === undefined || last.at - first.at < 1_000 || last.sent <= first.sent) return undefined;
        return ((last.sent - first.sent) * 1_000) / (last.at - first.at);
    }
}
