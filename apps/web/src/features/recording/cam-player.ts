import type { Instant } from '@liuhen/domain';
import { correctionOf, frameTarget } from './sync.ts';
import { instantOf, type Segment } from './tracks.ts';

const USUAL_FRAME_MS = 40;
/** A picture that stands within this of the clock is the right one: seconds. */
const EXACT = 0.004;
/** What is forgiven while others are waited for, so that a short wait makes nobody jump: seconds of the viewer. */
const SLACK = 0.06;
/** Before its end a file is not expected to have more: seconds. */
const TAIL = 0.1;
/** Browsers refuse less. */
const SLOWEST = 0.0625;

/** One picture on the page: takes a file, runs, stands, and says where it is. */
export class CamPlayer {
    readonly video: HTMLVideoElement;
    readonly #onGone: (recordingId: string, played: TimeRanges) => void;
    #loaded: Segment | undefined;
    #failed = false;
    #shownAt = -1;
    #from = 0;

    constructor(video: HTMLVideoElement, onGone: (recordingId: string, played: TimeRanges) => void) {
        this.video = video;
        this.#onGone = onGone;
        this.#watchPictures();
    }

    get loaded(): Segment | undefined {
        return this.#loaded;
    }
    get failed(): boolean {
        return this.#failed;
    }
    /** A coding that the browser cannot show leaves the sound and a picture without size. */
    get hasPicture(): boolean {
        return this.video.videoWidth > 0;
    }
    get hasMetadata(): boolean {
        return this.video.readyState > 0;
    }

    load(segment: Segment, url: string): void {
        this.unload();
        this.#loaded = segment;
        this.video.onerror = () => {
            if (this.#loaded === segment) this.#failed = true;
        };
        this.video.preload = 'auto';
        this.video.src = url;
    }

    /** The same file, another stretch of it. */
    moveTo(segment: Segment): void {
        this.#loaded = segment;
    }

    unload(): void {
        this.#failed = false;
        this.#shownAt = -1;
        if (this.#loaded === undefined) return;
        this.#onGone(this.#loaded.recordingId, this.video.played);
        this.#loaded = undefined;
        this.video.onerror = null;
        this.video.pause();
        this.video.removeAttribute('src');
        this.video.load();
    }

    pause(): void {
        if (!this.video.paused) this.video.pause();
    }

    /** Where it has to be; a file that is shorter than it says stands at its end. */
    desired(at: Instant): number {
        const segment = this.#loaded;
        if (segment === undefined) return 0;
        return Math.max(0, Math.min(this.#last(), (at - segment.start + segment.mediaStartMs) / 1_000));
    }

    isAtEnd(desired: number): boolean {
        return desired >= this.#last() - TAIL;
    }

    /** Whether it can run on from where it should be. */
    isReady(desired: number): boolean {
        return this.isAtEnd(desired) || (!this.video.seeking && this.video.readyState >= 3);
    }

    /** Stands still at the moment: exactly, or with the slack of a wait. */
    stand(desired: number, rate: number | undefined): void {
        this.pause();
        const slack = rate === undefined ? EXACT : SLACK * Math.max(1, rate);
        if (!this.video.seeking && Math.abs(this.video.currentTime - desired) > slack) this.video.currentTime = desired;
    }

    /** Begins to run; a picture needs a moment until it really moves. */
    go(rate: number, onRefused: () => void): void {
        this.#from = this.video.currentTime;
        this.video.playbackRate = rate;
        if (this.video.paused && !this.video.ended) void this.video.play().catch(onRefused);
    }

    /** Hardly moves, until those that began later have come up. */
    hold(rate: number): void {
        this.video.playbackRate = Math.max(SLOWEST, rate * 0.1);
    }

    get moves(): boolean {
        return this.video.ended || (!this.video.paused && this.video.currentTime > this.#from);
    }

    /** Keeps in step while it runs; `false`: it is so far away that it has to jump. */
    keepStep(desired: number, rate: number, onRefused: () => void): boolean {
        if (this.isAtEnd(desired)) return true;
        const correction = correctionOf(this.video.currentTime, desired, rate);
        if (correction.kind === 'jump') return false;
        const wanted = rate * correction.factor;
        if (Math.abs(this.video.playbackRate - wanted) > 0.002 * rate) this.video.playbackRate = wanted;
        if (this.video.paused && !this.video.ended) void this.video.play().catch(onRefused);
        return true;
    }

    /** The moment at which it really is. */
    get at(): Instant | undefined {
        return this.#loaded === undefined ? undefined : instantOf(this.#loaded, this.video.currentTime);
    }

    get frameMs(): number {
        return this.#loaded?.frameMs ?? USUAL_FRAME_MS;
    }

    /** The moment of the picture before or after the one that is shown. */
    frameBeside(by: 1 | -1): Instant | undefined {
        if (this.#loaded === undefined || !this.hasPicture) return undefined;
        const now = this.video.currentTime;
        const known = !this.video.seeking && this.#shownAt >= 0 && Math.abs(now - this.#shownAt) < (this.frameMs * 2) / 1_000;
        // While the next picture is still being fetched, the clock stands in the middle of it.
        const shown = known ? this.#shownAt : Math.max(0, now - this.frameMs / 2_000);
        return instantOf(this.#loaded, frameTarget(shown, this.frameMs, by));
    }

    #last(): number {
        return Number.isFinite(this.video.duration) ? this.video.duration : Number.POSITIVE_INFINITY;
    }

    #watchPictures(): void {
        if (!('requestVideoFrameCallback' in this.video)) return;
        const onPicture = (_: number, { mediaTime }: { mediaTime: number }) => {
            this.#shownAt = mediaTime;
            this.video.requestVideoFrameCallback(onPicture);
        };
        this.video.requestVideoFrameCallback(onPicture);
    }
}
