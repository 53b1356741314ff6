import type { Instant } from '@liuhen/domain';
import type { Place } from './lead.ts';
import { frameTarget } from './sync.ts';
import { instantOf, type Segment } from './tracks.ts';

const USUAL_FRAME_MS = 40;
/** A picture that stands within this of the clock is the right one: seconds. */
const EXACT = 0.004;
/** Who stands this little behind while others are waited for hurries afterwards; further, it jumps while there is time: seconds of the viewer. */
const BEHIND = 0.03;
/** Who is ahead begins when the clock comes to it; far ahead, it jumps. */
const FAR_AHEAD = 0.25;
/** Another speed than this little is not worth the change. */
const SAME_RATE = 0.02;
/** Before its end a file is not expected to have more: seconds. */
const TAIL = 0.1;
/** So long after its beginning what a player says of itself may leap. */
const SETTLES_MS = 150;
/** Browsers refuse more and less. */
const [SLOWEST, FASTEST] = [0.0625, 16];
/** Pictures this little apart, one after the other, leave nothing out that anybody would miss: ms. */
const CLOSE_PICTURES = 250;

/** From where to where in the file, seconds. */
export type Span = readonly [from: number, to: number];

/** One picture on the page: takes a file, runs, stands, and says where it is. */
export class CamPlayer {
    readonly video: HTMLVideoElement;
    readonly #onShown: (recordingId: string, spans: readonly Span[]) => void;
    #steps: Span[] = [];
    #ranAt = 0;
    #ranFrom = 0;
    #loaded: Segment | undefined;
    #failed = false;
    #shownAt = -1;
    /** It has run since it was last sent to a moment. */
    #ranOn = false;

    constructor(video: HTMLVideoElement, onShown: (recordingId: string, spans: readonly Span[]) => void) {
        this.video = video;
        this.#onShown = onShown;
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
        this.noteShown();
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

    /** Its next pictures have not come; it does not look for any other. */
    get starved(): boolean {
        return !this.video.seeking && this.video.readyState < 3;
    }

    /** Stands still, exactly at the moment. */
    stand(desired: number): void {
        this.pause();
        if (!this.video.seeking && Math.abs(this.#mediaSeconds - desired) > EXACT) this.#goTo(desired);
    }

    /** Looks for the moment anew, also where it is there: what was on its way to the ear and the eye is thrown away. */
    jumpTo(desired: number): void {
        this.pause();
        this.#goTo(desired);
    }

    /** Stands while others are waited for; `scale`: how long a second of the viewer is in the recording. */
    hold(desired: number, scale: number): void {
        this.pause();
        const ahead = (this.#mediaSeconds - desired) / scale;
        if (!this.video.seeking && (ahead > FAR_AHEAD || ahead < -BEHIND)) this.#goTo(desired);
    }

    run(rate: number, onRefused: () => void): void {
        const { video } = this;
        const wanted = Math.min(FASTEST, Math.max(SLOWEST, rate));
        if (Math.abs(video.playbackRate - wanted) > SAME_RATE * wanted || (video.paused && video.playbackRate !== wanted))
            video.playbackRate = wanted;
        if (!video.paused || video.ended) return;
        this.#ranAt = performance.now();
        this.#ranFrom = video.currentTime;
        this.#ranOn = true;
        video.play().catch((cause: unknown) => {
            // One that has to stand again before it began was not refused.
            if (cause instanceof DOMException && cause.name === 'NotAllowedError') onRefused();
        });
    }

    /** How it stands, for whoever leads all of them. */
    get place(): Place {
        const { currentTime, paused, muted, volume } = this.video;
        return {
            at: this.at,
            heard: !muted && volume > 0,
            holds: paused,
            begun: currentTime !== this.#ranFrom,
            settled: performance.now() - this.#ranAt > SETTLES_MS,
        };
    }
    /** Has the picture that it was sent to. */
    get found(): boolean {
        return !this.video.seeking && this.video.readyState >= 2;
    }

    /** The picture there, without running; what was seen on the way back counts as shown. */
    stepBack(to: number): void {
        this.pause();
        const from = this.video.currentTime;
        const frame = this.frameMs / 1_000;
        if (from > to && this.hasPicture) this.#steps.push([from - to < CLOSE_PICTURES / 1_000 ? to : from, from + frame]);
        if (Math.abs(from - to) > EXACT) this.#goTo(to);
    }

    /** The moment at which it really is. */
    get at(): Instant {
        return this.#loaded === undefined ? 0 : instantOf(this.#loaded, this.#mediaSeconds);
    }

    /** Says what it has shown so far. */
    noteShown(): void {
        if (this.#loaded === undefined) return;
        const { played } = this.video;
        const ran = Array.from({ length: played.length }, (_, index): Span => [played.start(index), played.end(index)]);
        this.#onShown(this.#loaded.recordingId, [...ran, ...this.#steps.splice(0)]);
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

    /** One that was stopped has run on for a moment more than it says; the picture that stands there tells. */
    get #mediaSeconds(): number {
        const { currentTime, paused } = this.video;
        return paused && this.#ranOn ? Math.max(currentTime, this.#shownAt) : currentTime;
    }

    #goTo(seconds: number): void {
        this.#shownAt = -1;
        this.#ranOn = false;
        this.video.currentTime = seconds;
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
