/** What the times of a track's packets say. Integers; absent members were not measured. */
export type PacketTimes = {
    /** Frames per 1,000 s in the worst ten seconds, and where these begin. Absent in a track shorter than that. */
    readonly worst?: { readonly frameRateMilli: number; readonly atMs: number };
    /** Frames per 1,000 s by the distance that most neighbours have. */
    readonly usualFrameRateMilli?: number;
    /** Holes between one picture or piece of sound and the next. */
    readonly holes?: { readonly count: number; readonly longestMs: number; readonly longestAtMs: number };
    /** How often time ran backwards. */
    readonly backwards?: number;
};

/** H.264 and H.265 reorder at most 16 pictures; twice that is in order for certain. */
const REORDER = 32;
const BUCKETS_PER_SECOND = 10;
/** 附件2 asks for a rate; a mean over an hour hides a minute of stutter, so the worst ten seconds are looked for. */
const WINDOW = 10 * BUCKETS_PER_SECOND;
/** A day; of a longer track the rest is not looked at. */
const MOST_BUCKETS = 24 * 3_600 * BUCKETS_PER_SECOND;
/** Distances up to this are told apart by the millisecond. */
const LONGEST_BIN = 2_000;
/** A picture is missed when the next one comes later than three times the usual distance. */
const MISSED = 3;
const SHORTEST_HOLE = 0.1;

/**
 * Takes the packets of one track in the order of the file and keeps a few hundred kilobytes whatever their number. Times in
 * seconds. `holes` of sound are between the end of one packet and the start of the next, of pictures between neighbours.
 */
export class PacketMeter {
    readonly #kind: 'video' | 'audio';
    readonly #pending: number[] = [];
    #buckets = new Uint16Array(1_024);
    readonly #distances = new Uint32Array(LONGEST_BIN + 1);
    readonly #sums = new Float64Array(LONGEST_BIN + 1);
    readonly #far: { at: number; length: number }[] = [];
    #farCount = 0;
    #first: number | undefined;
    #last = 0;
    #lastEnd = 0;
    #backwards = 0;

    constructor(kind: 'video' | 'audio') {
        this.#kind = kind;
    }

    add(start: number, duration: number): void {
        if (this.#kind === 'audio') this.#sound(start, start + duration);
        else this.#inOrder(start);
    }

    #inOrder(start: number): void {
        const pending = this.#pending;
        let at = pending.length;
        while (at > 0 && (pending[at - 1] ?? 0) > start) at--;
        pending.splice(at, 0, start);
        if (pending.length > REORDER) this.#picture(pending.shift() ?? start);
    }

    finish(): PacketTimes {
        for (const start of this.#pending.splice(0)) this.#picture(start);
        const usual = this.#kind === 'video' ? this.#usualDistance() : undefined;
        const worst = this.#kind === 'video' ? this.#worst() : undefined;
        const holes = this.#holes(usual);
        return {
            ...(worst === undefined ? {} : { worst }),
            ...(usual === undefined ? {} : { usualFrameRateMilli: Math.round(1_000 / usual) }),
            ...(holes === undefined ? {} : { holes }),
            ...(this.#backwards === 0 ? {} : { backwards: this.#backwards }),
        };
    }

    #sound(start: number, end: number): void {
        if (this.#first === undefined) this.#first = start;
        else if (start < this.#last) this.#backwards++;
        else if (start - this.#lastEnd >= SHORTEST_HOLE) this.#noteFar(this.#lastEnd, start - this.#lastEnd);
        this.#last = start;
        this.#lastEnd = Math.max(this.#lastEnd, end);
    }

    #picture(start: number): void {
        if (this.#first === undefined) {
            this.#first = start;
        } else if (start < this.#last) {
            this.#backwards++;
            return;
        } else {
            const distance = start - this.#last;
            const bin = Math.min(LONGEST_BIN, Math.round(distance * 1_000));
            this.#distances[bin] = (this.#distances[bin] ?? 0) + 1;
            this.#sums[bin] = (this.#sums[bin] ?? 0) + distance;
            if (distance >= SHORTEST_HOLE) this.#noteFar(this.#last, distance);
        }
        this.#last = start;
        // The smallest fraction of a second is kept from falling below its own edge by rounding.
        const bucket = Math.floor((start - this.#first) * BUCKETS_PER_SECOND + 1e-6);
        if (bucket < MOST_BUCKETS) this.#count(bucket);
    }

    #count(bucket: number): void {
        if (bucket >= this.#buckets.length) {
            const wider = new Uint16Array(Math.min(MOST_BUCKETS, Math.max(bucket + 1, this.#buckets.length * 2)));
            wider.set(this.#buckets);
            this.#buckets = wider;
        }
        this.#buckets[bucket] = Math.min(0xffff, (this.#buckets[bucket] ?? 0) + 1);
    }

    /** Whether a distance is a hole is known only when the usual one is, so the longest are kept. */
    #noteFar(at: number, length: number): void {
        this.#farCount++;
        this.#far.push({ at, length });
        if (this.#far.length > 4_096) this.#far.sort((a, b) => b.length - a.length).length = 2_048;
    }

    /** In seconds: the mean around the millisecond that most distances have. */
    #usualDistance(): number | undefined {
        let most = 0;
        for (let bin = 1; bin < LONGEST_BIN; bin++) if ((this.#distances[bin] ?? 0) > (this.#distances[most] ?? 0)) most = bin;
        if (most === 0) return undefined;
        const near = [most - 1, most, most + 1].filter((bin) => bin > 0);
        const count = near.reduce((sum, bin) => sum + (this.#distances[bin] ?? 0), 0);
        return near.reduce((sum, bin) => sum + (this.#sums[bin] ?? 0), 0) / count;
    }

    #worst(): PacketTimes['worst'] {
        if (this.#first === undefined) return undefined;
        // The last bucket is not full.
        const full = Math.min(MOST_BUCKETS, Math.floor((this.#last - this.#first) * BUCKETS_PER_SECOND + 1e-6));
        if (full < WINDOW) return undefined;
        let inside = 0;
        for (let bucket = 0; bucket < WINDOW; bucket++) inside += this.#buckets[bucket] ?? 0;
        let [fewest, at] = [inside, 0];
        for (let bucket = WINDOW; bucket < full; bucket++) {
            inside += (this.#buckets[bucket] ?? 0) - (this.#buckets[bucket - WINDOW] ?? 0);
            if (inside < fewest) [fewest, at] = [inside, bucket - WINDOW + 1];
        }
        const startMs = Math.round(this.#first * 1_000) + at * (1_000 / BUCKETS_PER_SECOND);
        return { frameRateMilli: fewest * BUCKETS_PER_SECOND * 10, atMs: Math.max(0, startMs) };
    }

    #holes(usual: number | undefined): PacketTimes['holes'] {
        const least = usual === undefined ? SHORTEST_HOLE : Math.max(SHORTEST_HOLE, usual * MISSED);
        const holes = this.#far.filter((each) => each.length >= least);
        const longest = holes.reduce<(typeof holes)[number] | undefined>(
            (found, each) => (found === undefined || each.length > found.length ? each : found),
            undefined,
        );
        if (longest === undefined) return undefined;
        // What was let go was shorter than all that is kept.
        const dropped = holes.length === this.#far.length ? this.#farCount - this.#far.length : 0;
        return {
            count: holes.length + dropped,
            longestMs: Math.round(longest.length * 1_000),
            longestAtMs: Math.max(0, Math.round(longest.at * 1_000)),
        };
    }
}
