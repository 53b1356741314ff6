import { type ByteWindow, type FoundUnit, LENGTH_SIZE, type UnitReader } from './avc-units.ts';

/** Bytes between two pictures: sound, or what nobody knows. */
export type Gap = { readonly at: number; readonly end: number };

export type Walked = {
    /** Bytes of units that were taken. */
    readonly unitBytes: number;
    readonly pictures: number;
    /** Whole pictures that build on ones that are lost, and would show what was never filmed. */
    readonly leftOut: number;
    /** How often the pictures break off before they go on. */
    readonly holes: number;
    /** Pictures are shown in another order than they lie in. */
    readonly reorders: boolean;
    /** Between pictures that follow each other. */
    readonly gaps: readonly Gap[];
    readonly gapsOverflowed: boolean;
};

/** The longest stretch of sound between two pictures: a second of it, uncompressed. */
const MOST_GAP = 256 << 10;
/** So little may lie behind the last picture. */
const MOST_REST = 4 << 10;
const CHUNK = 64 << 10;
/** Units before the first slice of a picture: delimiter, sets of parameters, messages. */
const MOST_BEFORE = 8;
const MOST_GAPS = 2_000_000;
/** So many pictures that go on from each other are no accident. */
const SURE_NEAR = 2;
const SURE_FAR = 4;

type Group = { readonly units: readonly FoundUnit[]; readonly slice: NonNullable<FoundUnit['slice']>; readonly end: number };

/**
 * Finds the pictures in media data whose index was never written, in the order in which they lie. What follows the last unit is taken
 * if it is a unit whose picture goes on from the one before (`frame_num`, ISO/IEC 14496-10, 7.4.3); otherwise the next place is sought
 * where such a picture begins, and others after it. Where none comes near, the picture is lost, and is taken up again at a key picture.
 */
export class RebuildWalk {
    readonly #window: ByteWindow;
    readonly #reader: UnitReader;
    readonly #end: number;
    readonly #take: (unit: FoundUnit) => void;
    #counts = { unitBytes: 0, pictures: 0, leftOut: 0, holes: 0, reorders: false };
    readonly #gaps: Gap[] = [];
    #gapsOverflowed = false;

    constructor(window: ByteWindow, reader: UnitReader, end: number, take: (unit: FoundUnit) => void) {
        this.#window = window;
        this.#reader = reader;
        this.#end = end;
        this.#take = take;
    }

    walk(from: number): Walked {
        let at = from;
        /** `frame_num` of the last picture; none before the first and behind a hole. */
        let number: number | undefined;
        while (at < this.#end) {
            const next = number === undefined ? undefined : this.#near(at, number, SURE_NEAR);
            if (next !== undefined) {
                if (next.at > at) this.#gap({ at, end: next.at });
                number = this.#taken(next.group);
                at = next.group.end;
                continue;
            }
            const far = this.#far(at);
            // What breaks off at the end is no hole: nothing comes behind it.
            if (far === undefined) break;
            if (number !== undefined) this.#counts.holes += 1;
            number = this.#taken(far);
            at = far.end;
        }
        return {
            ...this.#counts,
            holes: this.#counts.holes + longGaps(this.#gaps),
            gaps: this.#gaps,
            gapsOverflowed: this.#gapsOverflowed,
        };
    }

    #gap(gap: Gap): void {
        if (this.#gaps.length < MOST_GAPS) this.#gaps.push(gap);
        else this.#gapsOverflowed = true;
    }

    #taken({ units, slice }: Group): number {
        for (const unit of units) {
            this.#take(unit);
            this.#reader.seen(unit);
            this.#counts.unitBytes += unit.end - unit.at;
        }
        if (slice.first) this.#counts.pictures += 1;
        if (slice.kind === 'B') this.#counts.reorders = true;
        return slice.number;
    }

    /** Units one behind the other up to a slice. */
    #group(at: number): Group | undefined {
        const units: FoundUnit[] = [];
        for (let next = at; units.length < MOST_BEFORE; ) {
            const unit = this.#reader.unit(next);
            if (unit === undefined) return undefined;
            units.push(unit);
            next = unit.end;
            if (unit.slice !== undefined) return { units, slice: unit.slice, end: next };
        }
        return undefined;
    }

    /** The picture that goes on from the last one, at most a stretch of sound away, with others behind it where it is not at once. */
    #near(at: number, number: number, sure: number): { readonly at: number; readonly group: Group } | undefined {
        const last = Math.min(this.#end, at + MOST_GAP);
        for (let here = this.#beginning(at, last); here < last; here = this.#beginning(here + 1, last)) {
            const group = this.#group(here);
            if (group === undefined) continue;
            if (!goesOn(number, group.slice)) {
                // Pictures that go on from each other, and not from the last one: what lay between is lost.
                if (sure > 0 && this.#isFollowed(group, SURE_FAR)) return undefined;
                continue;
            }
            if (here === at || this.#isFollowed(group, sure)) return { at: here, group };
        }
        return undefined;
    }

    #isFollowed({ end, slice }: Group, sure: number): boolean {
        let [at, number] = [end, slice.number];
        for (let left = sure; left > 0; left -= 1) {
            if (this.#end - at < MOST_GAP && left < sure) return true;
            const next = this.#near(at, number, 0);
            // The last picture of all has nothing behind it but the end.
            if (next === undefined) return this.#end - at < MOST_REST;
            at = next.group.end;
            number = next.group.slice.number;
        }
        return true;
    }

    /** The next key picture with others behind it; what is passed over and is a picture is counted. */
    #far(from: number): Group | undefined {
        for (let here = this.#beginning(from, this.#end); here < this.#end; here = this.#beginning(here + 1, this.#end)) {
            const group = this.#group(here);
            if (group === undefined || !this.#isFollowed(group, SURE_FAR)) continue;
            if (group.slice.kind === 'I') return group;
            if (group.slice.first) this.#counts.leftOut += 1;
            here = group.end - 1;
        }
        return undefined;
    }

    /**
     * The next place at which a length may stand: it is below 16 MiB, so its first byte is 0, and it is not 0 itself. Recorders reserve
     * room on their cards, so the end of a file can be nothing but zeros.
     */
    #beginning(from: number, last: number): number {
        for (let here = from; here < last; ) {
            const bytes = this.#window.at(here, Math.min(CHUNK, last - here));
            const zero = bytes.indexOf(0);
            if (zero < 0) {
                here += Math.max(1, bytes.length);
                continue;
            }
            let end = zero;
            while (bytes[end] === 0) end += 1;
            if (end - zero < LENGTH_SIZE) return here + zero;
            if (end < bytes.length) return here + end - LENGTH_SIZE + 1;
            if (here + end >= last) return last;
            here += Math.max(1, end - LENGTH_SIZE + 1);
        }
        return last;
    }
}

/** The same picture, the next one, or one from which decoding begins anew. */
const goesOn = (last: number, { number, most, key }: Group['slice']): boolean =>
    key || number === last || number === (last + 1) % most;

const LEAST_LONG = 8 << 10;

/** Stretches far longer than the usual ones: more than sound lay there, and a key picture behind it hides that it is lost. */
function longGaps(gaps: readonly Gap[]): number {
    const lengths = gaps.map(({ at, end }) => end - at);
    const usual = lengths.toSorted((a, b) => a - b)[Math.floor(lengths.length * 0.9)] ?? 0;
    return lengths.filter((length) => length > Math.max(LEAST_LONG, usual * 4)).length;
}
