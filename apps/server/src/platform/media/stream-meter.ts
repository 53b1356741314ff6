import type { InspectedTrack } from '@liuhen/domain';
import { PacketMeter } from './packet-meter.ts';

/** Times of these containers are counted in milliseconds at the least; microseconds hold them all. */
const MICROSECONDS = 1_000_000;

/**
 * One track of a container that has no index: what it is by its headers, and what was counted on the way through. A picture without
 * a time of its own is counted; where there are such, the worst ten seconds and holes are not measured.
 */
export class StreamMeter {
    readonly kind: 'video' | 'audio' | 'other';
    readonly id: number;
    codec = 'unknown';
    codecId = '';
    width = 0;
    height = 0;
    sampleRate = 0;
    channels = 0;
    declaredFrameRateMilli: number | undefined;
    /** How long the last sample is, where the container gives only beginnings. */
    sampleMs = 0;
    #count = 0;
    #timed = 0;
    #bytes = 0;
    #first = Number.POSITIVE_INFINITY;
    #last = Number.NEGATIVE_INFINITY;
    #firstIndex = 0;
    #lastIndex = 0;
    readonly #meter: PacketMeter;

    constructor(kind: 'video' | 'audio' | 'other', id: number) {
        this.kind = kind;
        this.id = id;
        this.#meter = new PacketMeter(kind === 'audio' ? 'audio' : 'video');
    }

    /** A sample; `atMs` undefined: the container gives it no time. */
    sample(atMs: number | undefined): void {
        this.#count += 1;
        if (atMs === undefined) return;
        this.#timed += 1;
        if (atMs < this.#first) [this.#first, this.#firstIndex] = [atMs, this.#count];
        if (atMs > this.#last) [this.#last, this.#lastIndex] = [atMs, this.#count];
        // Sounds of these containers have no length of their own, and holes between them are not told from their lengths.
        if (this.kind === 'video') this.#meter.add(atMs / 1_000, 0);
    }

    bytes(count: number): void {
        this.#bytes += count;
    }

    get isEmpty(): boolean {
        return this.#count === 0;
    }

    track(): InspectedTrack {
        if (this.kind === 'other')
            return { kind: 'other', id: this.id, ...(this.codecId === '' ? {} : { codecId: this.codecId }) };
        const spanMs = this.#timed === 0 ? 0 : this.#last - this.#first;
        const between = this.#lastIndex - this.#firstIndex;
        // Where only some pictures have a time the mean is known, by how many lie between two that have; nothing else is.
        const measured = this.kind === 'video' && between > 0 && spanMs > 0;
        const each = measured && this.#timed === this.#count;
        const times = this.#meter.finish();
        const rate = measured ? (between * 1_000) / spanMs : (this.declaredFrameRateMilli ?? 0) / 1_000;
        const untimed = 1 + (this.#timed === 0 ? 0 : this.#count - this.#lastIndex);
        const lastMs = this.kind === 'video' ? (rate > 0 ? (untimed * 1_000) / rate : 0) : this.sampleMs;
        const lengthMs = spanMs + lastMs;
        const ticks = (ms: number) => Math.round(ms * (MICROSECONDS / 1_000));
        const common = {
            id: this.id,
            codec: this.codec,
            ...(this.codecId === '' ? {} : { codecId: this.codecId }),
            first: { ticks: this.#timed === 0 ? 0 : ticks(this.#first), timescale: MICROSECONDS },
            duration: { ticks: ticks(lengthMs), timescale: MICROSECONDS },
            sampleCount: this.#count,
            ...(lengthMs >= 1_000 ? { bitrate: Math.round((this.#bytes * 8_000) / lengthMs) } : {}),
        };
        if (this.kind === 'audio') return { kind: 'audio', ...common, sampleRate: this.sampleRate, channels: this.channels };
        const { width, height, declaredFrameRateMilli: declared } = this;
        return {
            ...{ kind: 'video', ...common, codedWidth: width, codedHeight: height, width, height, rotation: 0 },
            ...(measured ? { frameRateMilli: Math.round(rate * 1_000) } : {}),
            ...(each && times.worst !== undefined ? { worst: times.worst } : {}),
            ...(each && times.usualFrameRateMilli !== undefined ? { usualFrameRateMilli: times.usualFrameRateMilli } : {}),
            ...(each && times.holes !== undefined ? { holes: times.holes } : {}),
            ...(each && times.backwards !== undefined ? { backwards: times.backwards } : {}),
            ...(declared === undefined ? {} : { declaredFrameRateMilli: declared }),
        };
    }
}
