import type { Instant } from '@liuhen/domain';
import { correctionOf, extentOf, mediaSecondsAt, nextStart, type Segment, segmentAt, type Track } from './tracks.ts';
import type { Viewings } from './viewings.ts';

/** What a player shows at the moment. */
export type CamState = 'nothing' | 'waiting' | 'shown' | 'soundOnly' | 'failed';
export type PlaybackState = {
    readonly at: Instant;
    readonly playing: boolean;
    readonly rate: number;
    /** Length of a gap that was just skipped because nothing at all was recorded. */
    readonly skippedMs: number | undefined;
    readonly cams: Readonly<Record<string, CamState>>;
};

type Player = {
    readonly video: HTMLVideoElement;
    loaded: Segment | undefined;
    failed: boolean;
    frameMs: number;
    lastFrame: number;
};

const DEFAULT_FRAME_MS = 40;
/** How often the page is told the time; the pictures themselves run on their own. */
const TELL_EVERY_MS = 100;

/**
 * Plays the files of several carriers on one clock, that of device time. The clock stands still while a picture that
 * should be seen is not there yet; each player is led to the clock.
 */
export class Playback {
    readonly #tracks: readonly Track[];
    readonly #viewings: Viewings;
    readonly #players = new Map<string, Player>();
    readonly #listeners = new Set<() => void>();
    #state: PlaybackState;
    #at: Instant;
    #last = 0;
    #told = 0;
    #frame = 0;

    constructor(tracks: readonly Track[], viewings: Viewings, at: Instant) {
        this.#tracks = tracks;
        this.#viewings = viewings;
        this.#at = at;
        this.#state = { at, playing: false, rate: 1, skippedMs: undefined, cams: {} };
    }

    readonly subscribe = (listener: () => void): (() => void) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    };
    readonly snapshot = (): PlaybackState => this.#state;

    start(): void {
        this.#last = performance.now();
        const loop = (now: number) => {
            this.#step(now);
            this.#frame = requestAnimationFrame(loop);
        };
        this.#frame = requestAnimationFrame(loop);
    }

    stop(): void {
        cancelAnimationFrame(this.#frame);
        for (const player of this.#players.values()) this.#unload(player);
    }

    /** Gives a track its picture; `null` takes it away. */
    attach(trackId: string, video: HTMLVideoElement | null): void {
        const before = this.#players.get(trackId);
        if (before?.video === video) return;
        if (before !== undefined) this.#unload(before);
        this.#players.delete(trackId);
        if (video !== null) {
            const player: Player = { video, loaded: undefined, failed: false, frameMs: DEFAULT_FRAME_MS, lastFrame: -1 };
            this.#players.set(trackId, player);
            watchFrames(player);
        }
    }

    seek(at: Instant): void {
        const extent = extentOf(this.#tracks);
        if (extent === undefined) return;
        this.#at = Math.round(Math.min(extent.end - 1, Math.max(extent.start, at)));
        this.#tell({ at: this.#at, skippedMs: undefined });
    }

    setPlaying(playing: boolean): void {
        const extent = extentOf(this.#tracks);
        if (playing && extent !== undefined && this.#at >= extent.end - 1) this.#at = extent.start;
        this.#tell({ playing, skippedMs: undefined, at: this.#at });
    }

    setRate(rate: number): void {
        this.#tell({ rate });
    }

    /** One picture of the finest file that is shown; stops first. */
    frame(by: 1 | -1): void {
        const shown = [...this.#players.values()].filter((player) => player.loaded !== undefined).map((player) => player.frameMs);
        const frameMs = shown.length === 0 ? DEFAULT_FRAME_MS : Math.min(...shown);
        this.#tell({ playing: false });
        this.seek(this.#at + by * frameMs);
    }

    /** Forgets failed pictures, so that they are loaded again. */
    retry(): void {
        this.#viewings.retry();
        for (const player of this.#players.values()) {
            if (player.failed) this.#unload(player);
            player.failed = false;
        }
    }

    #step(now: number): void {
        const passed = Math.min(250, now - this.#last);
        this.#last = now;
        const cams: Record<string, CamState> = {};
        for (const track of this.#tracks) cams[track.id] = this.#lead(track);
        const states = Object.values(cams);
        const nothing = states.every((state) => state === 'nothing');
        const waiting = states.includes('waiting');
        let { playing, skippedMs } = this.#state;
        if (playing && nothing) {
            const next = nextStart(this.#tracks, this.#at);
            if (next === undefined) playing = false;
            else {
                skippedMs = next - this.#at > 1_000 ? next - this.#at : skippedMs;
                this.#at = next;
            }
        } else if (playing && !waiting) {
            this.#at += passed * this.#state.rate;
        }
        const changed = playing !== this.#state.playing || skippedMs !== this.#state.skippedMs || differs(cams, this.#state.cams);
        const moved = Math.round(this.#at) !== this.#state.at && now - this.#told >= TELL_EVERY_MS;
        if (!changed && !moved) return;
        this.#told = now;
        this.#tell({ at: Math.round(this.#at), playing, skippedMs, cams });
    }

    /** Brings one picture to the clock and says what is seen. */
    #lead(track: Track): CamState {
        const player = this.#players.get(track.id);
        const segment = segmentAt(track, this.#at);
        if (player === undefined || segment === undefined) {
            if (player !== undefined && !player.video.paused) player.video.pause();
            return 'nothing';
        }
        const viewing = this.#viewings.snapshot().get(segment.recordingId);
        if (viewing === undefined) this.#viewings.need(segment.recordingId);
        if (viewing?.state === 'failed' || player.failed) return 'failed';
        if (viewing?.state !== 'open') return 'waiting';
        if (player.loaded?.recordingId !== segment.recordingId) this.#load(player, segment, viewing.contentUrl);
        return this.#follow(player, segment);
    }

    #follow({ video }: Player, segment: Segment): CamState {
        const { playing, rate } = this.#state;
        if (video.readyState === 0) return 'waiting';
        const last = Number.isFinite(video.duration) ? video.duration : Number.POSITIVE_INFINITY;
        const desired = Math.min(last, mediaSecondsAt(segment, this.#at));
        const correction = correctionOf(video.currentTime, desired);
        if (!playing) {
            if (!video.paused) video.pause();
            if (!video.seeking && Math.abs(video.currentTime - desired) > 0.004) video.currentTime = desired;
        } else if (correction.kind === 'seek') {
            if (!video.seeking) video.currentTime = desired;
        } else {
            video.playbackRate = rate * correction.factor;
            if (video.paused && desired < last - 0.05) void video.play().catch(() => this.#tell({ playing: false }));
        }
        if (playing && (video.seeking || video.readyState < 3) && desired < last - 0.1) return 'waiting';
        // A coding that the browser cannot show leaves the sound and a picture without size.
        return video.videoWidth === 0 ? 'soundOnly' : 'shown';
    }

    #load(player: Player, segment: Segment, url: string): void {
        this.#unload(player);
        player.loaded = segment;
        player.failed = false;
        player.video.onerror = () => {
            if (player.loaded === segment) player.failed = true;
        };
        player.video.preload = 'auto';
        player.video.src = url;
    }

    #unload(player: Player): void {
        if (player.loaded === undefined) return;
        this.#viewings.note(player.loaded.recordingId, player.video.played);
        player.loaded = undefined;
        player.video.onerror = null;
        player.video.pause();
        player.video.removeAttribute('src');
        player.video.load();
    }

    /** Writes down what was shown so far, before the viewings end. */
    noteAll(): void {
        for (const player of this.#players.values()) {
            if (player.loaded !== undefined) this.#viewings.note(player.loaded.recordingId, player.video.played);
        }
    }

    #tell(change: Partial<PlaybackState>): void {
        this.#state = { ...this.#state, ...change };
        for (const listener of this.#listeners) listener();
    }
}

/** Measures the length of one picture while the file plays. */
function watchFrames(player: Player): void {
    if (!('requestVideoFrameCallback' in player.video)) return;
    const onFrame = (_: number, { mediaTime }: { mediaTime: number }) => {
        const ms = (mediaTime - player.lastFrame) * 1_000;
        if (player.lastFrame >= 0 && ms > 5 && ms < 200) player.frameMs = Math.min(player.frameMs, ms) || ms;
        player.lastFrame = mediaTime;
        player.video.requestVideoFrameCallback(onFrame);
    };
    player.video.requestVideoFrameCallback(onFrame);
}

const differs = (a: Readonly<Record<string, CamState>>, b: Readonly<Record<string, CamState>>): boolean =>
    Object.keys(a).length !== Object.keys(b).length || Object.entries(a).some(([key, value]) => b[key] !== value);
