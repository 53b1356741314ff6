import { type AvcSequence, readAvcSps, unlessCut } from './avc-parameters.ts';
import { Bits } from './bit-reader.ts';
import type { ByteSource } from './byte-source.ts';

/** Bytes of the length before each unit; ISO/IEC 14496-15 allows fewer, recorders write four. */
export const LENGTH_SIZE = 4;

/** Sets of parameters by which slices are read: units with their one-byte header, without a length. */
export type AvcSets = { readonly sps: readonly Buffer[]; readonly pps: readonly Buffer[] };

/** A unit that lies in the file as ISO/IEC 14496-15 stores it: its length, then itself. */
export type FoundUnit = {
    readonly at: number;
    readonly end: number;
    readonly type: number;
    readonly slice?: {
        readonly first: boolean;
        readonly kind: 'I' | 'P' | 'B';
        /** Decoding can begin with it. */
        readonly key: boolean;
        /** `frame_num`, and where it begins again. */
        readonly number: number;
        readonly most: number;
    };
};

/** Reads ahead: the walk looks at every byte, and at most units more than once. */
export class ByteWindow {
    readonly #source: ByteSource;
    #from = 0;
    #bytes: Buffer = Buffer.alloc(0);

    constructor(source: ByteSource) {
        this.#source = source;
    }

    /** Fewer bytes than asked for where the file ends. Valid until the next call. */
    at(offset: number, wanted: number): Buffer {
        const length = Math.max(0, Math.min(wanted, Number(this.#source.length) - offset));
        const start = offset - this.#from;
        if (start < 0 || start + length > this.#bytes.length) {
            this.#from = Math.max(0, offset - WINDOW_BEHIND);
            this.#bytes = this.#source.read(BigInt(this.#from), Math.max(WINDOW, length + WINDOW_BEHIND));
        }
        return this.#bytes.subarray(offset - this.#from, offset - this.#from + length);
    }
}

const WINDOW = 32 << 20;
const WINDOW_BEHIND = 2 << 20;
/** No picture of a body-worn recorder is as large. */
const MOST_UNIT = 4 << 20;
const LEAST_LIMIT = 1 << 20;
const SLICE_BYTES = 24;
const ZEROS = Buffer.alloc(2);

/**
 * Whether a unit lies at an offset. Nothing says where units begin once the index is gone, so everything the standard demands of one
 * is asked: its header (ISO/IEC 14496-10, 7.4.1), the header of its slice by the sets of parameters, and that no three bytes in it
 * imitate a start code.
 */
export class UnitReader {
    readonly #window: ByteWindow;
    readonly #end: number;
    readonly #sets: ReadonlyMap<number, AvcSequence>;
    /** So many bytes may a unit have: grows with the largest that was seen. */
    #limit = LEAST_LIMIT;

    constructor(window: ByteWindow, end: number, sets: AvcSets) {
        this.#window = window;
        this.#end = end;
        this.#sets = sequencesOf(sets);
    }

    /** A unit was taken: others may be four times as large. */
    seen(unit: FoundUnit): void {
        this.#limit = Math.min(MOST_UNIT, Math.max(this.#limit, (unit.end - unit.at) * 4));
    }

    unit(at: number): FoundUnit | undefined {
        const size = LENGTH_SIZE;
        const head = this.#window.at(at, size + SLICE_BYTES);
        if (head.length < size + 2) return undefined;
        const length = head.readUIntBE(0, size);
        const end = at + size + length;
        if (length < 2 || length > this.#limit || end > this.#end) return undefined;
        const header = head[size] ?? 0;
        const type = header & 31;
        if (header >= 0x80 || !isPlausible(type, header >> 5, length)) return undefined;
        if (type !== 1 && type !== 5) return this.#isClean(at + size, length) ? { at, end, type } : undefined;
        const slice = this.#slice(head.subarray(size + 1, size + Math.min(length, SLICE_BYTES)), type);
        return slice === undefined || !this.#isClean(at + size, length) ? undefined : { at, end, type, slice };
    }

    /** The bytes of a unit without its length. */
    bytes(unit: FoundUnit): Buffer {
        return this.#window.at(unit.at + LENGTH_SIZE, unit.end - unit.at - LENGTH_SIZE);
    }

    #slice(bytes: Buffer, type: number): FoundUnit['slice'] {
        return unlessCut(() => {
            const bits = new Bits(bytes);
            const first = bits.ue();
            const kind = (['P', 'B', 'I', 'P', 'I'] as const)[bits.ue() % 5];
            const sequence = this.#sets.get(bits.ue());
            if (sequence === undefined || kind === undefined) return undefined;
            if (first >= Math.ceil(sequence.width / 16 + 1) * Math.ceil(sequence.height / 16 + 2)) return undefined;
            if (sequence.separatePlanes) bits.u(2);
            const number = bits.u(sequence.numberBits);
            // 7.4.3: a picture from which decoding can begin has the number 0 and only slices of its own.
            if (type === 5 && (number !== 0 || kind !== 'I')) return undefined;
            return { first: first === 0, kind, key: type === 5, number, most: 2 ** sequence.numberBits };
        });
    }

    /** 7.4.1: 0x000000, 0x000001 and 0x000002 never occur in a unit, 0x000003 only before 0 to 3; it does not end in 0. */
    #isClean(at: number, length: number): boolean {
        const bytes = this.#window.at(at, length);
        if (bytes.length < length || bytes[length - 1] === 0) return false;
        for (let found = bytes.indexOf(ZEROS); found >= 0 && found + 2 < length; found = bytes.indexOf(ZEROS, found + 1)) {
            const third = bytes[found + 2] ?? 0;
            if (third < 3 || (third === 3 && found + 3 < length && (bytes[found + 3] ?? 0) > 3)) return false;
        }
        return true;
    }
}

const MOST_PARAMETERS = 512;
const MOST_MESSAGE = 64 << 10;

/** 7.4.1: which kinds are a reference for others, which never are. */
function isPlausible(type: number, reference: number, length: number): boolean {
    if (type === 1) return true;
    if (type === 5) return reference !== 0;
    if (type === 6) return reference === 0 && length <= MOST_MESSAGE;
    if (type === 7 || type === 8) return reference !== 0 && length <= MOST_PARAMETERS;
    return type === 9 && reference === 0 && length === 2;
}

function sequencesOf({ sps, pps }: AvcSets): Map<number, AvcSequence> {
    const sequences = sps.flatMap((nal) => readAvcSps(nal) ?? []);
    const byPicture = new Map<number, AvcSequence>();
    for (const nal of pps) {
        const ids = unlessCut(() => {
            const bits = new Bits(nal.subarray(1, 16));
            return [bits.ue(), bits.ue()] as const;
        });
        const sequence = sequences.find((each) => each.id === ids?.[1]);
        if (ids !== undefined && sequence !== undefined) byPicture.set(ids[0], sequence);
    }
    return byPicture;
}

const MOST_SEARCHED = 32 << 20;
const LEAST_LEVEL = 10;
const LEVELS = 62;

/** Sets that the recorder wrote among its pictures, as many do before each key picture; a pair of them follows each other. */
export function setsInStream(window: ByteWindow, from: number, end: number): AvcSets | undefined {
    const reader = new UnitReader(window, end, { sps: [], pps: [] });
    for (let at = from; at < Math.min(end, from + MOST_SEARCHED); at += 1) {
        const head = window.at(at, 8);
        if (head[0] !== 0 || head[1] !== 0 || ((head[4] ?? 0) & 0x9f) !== 7) continue;
        const level = head[7] ?? 0;
        if (level < LEAST_LEVEL || level > LEVELS) continue;
        const sps = reader.unit(at);
        const set = sps === undefined ? undefined : Buffer.from(reader.bytes(sps));
        const pps = sps === undefined ? undefined : reader.unit(sps.end);
        const size = set === undefined ? undefined : readAvcSps(set);
        if (set === undefined || size === undefined || pps?.type !== 8 || size.width < 64 || size.height < 64) continue;
        return { sps: [set], pps: [Buffer.from(reader.bytes(pps))] };
    }
    return undefined;
}
