import type { Instant } from '@liuhen/domain';
import { CamPlayer } from './cam-player.ts';
import { clockAfter } from './sync.ts';
import { extentOf, nextStart, type Segment, segmentAt, type Track } from './tracks.ts';
import type { Viewings } from './viewings.ts';

/** What a player shows at the moment. */
export type CamState = 'nothing' | 'waiting' | 'shown' | 'soundOnly' | 'failed';
/** What happens where nobody recorded: the clock goes on to the next picture, or runs through the silence. */
export type GapMode = 'skip' | 'wait';
export type PlaybackState = {
    readonly at: Instant;
    readonly playing: boolean;
    readonly rate: number;
    readonly gaps: GapMode;
    /** Length of a gap that was just skipped because nothing at all was recorded. */
    readonly skippedMs: number | undefined;
    readonly cams: Readonly<Record<string, CamState>>;
};
/** What stands on the page at a moment: where in which file. */
export type Moment = { readonly trackId: string; readonly segment: Segment; readonly at: Instant; readonly mediaMs: number };

const USUAL_FRAME_MS = 40;
/** How often the page is told the time; the pictures themselves run on their own. */
const TELL_EVERY_MS = 100;
/** A camera that has not begun to move by then is led by the clock like the others. */
const LONGEST_START_MS = 500;
/** Seconds of the viewer. */
const START_TOGETHER = 0.02;

type Look = { state: CamState; player: CamPlayer | undefined; desired: number };

/**
 * Plays the files of several carriers on one clock. While one picture that should be seen is not there yet, the clock and all
 * others stand; when all can run they start together, and each is kept in step.
 */
export class Playback {
    readonly #tracks: readonly Track[];
    readonly #viewings: Viewings;
    readonly #players = new Map<string, CamPlayer>();
    readonly #listeners = new Set<() => void>();
    #state: PlaybackState;
    #at: Instant;
    #run: 'still' | 'starting' | 'running' = 'still';
    #began = 0;
    /** How long the clock has been held back for the slowest. */
    #waited = 0;
    #last = 0;
    #told = 0;
    #frame = 0;

    constructor(tracks: readonly Track[], viewings: Viewings, at: Instant) {
        this.#tracks = tracks;
        this.#viewings = viewings;
        this.#at = at;
        this.#state = { at, playing: false, rate: 1, gaps: 'skip', skippedMs: undefined, cams: {} };
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
        for (const player of this.#players.values()) player.unload();
    }

    /** Gives a track its picture; `null` takes it away. */
    attach(trackId: string, video: HTMLVideoElement | null): void {
        const before = this.#players.get(trackId);
        if (before?.video === video) return;
        before?.unload();
        this.#players.delete(trackId);
        if (video !== null)
            this.#players.set(trackId, new CamPlayer(video, (recordingId, played) => this.#viewings.note(recordingId, played)));
    }

    seek(at: Instant): void {
        const extent = extentOf(this.#tracks);
        if (extent === undefined) return;
        this.#at = Math.min(extent.end - 1, Math.max(extent.start, at));
        this.#run = 'still';
        this.#tell({ at: Math.round(this.#at), skippedMs: undefined });
    }

    setPlaying(playing: boolean): void {
        const extent = extentOf(this.#tracks);
        if (playing && extent !== undefined && this.#at >= extent.end - 1) this.#at = extent.start;
        this.#tell({ playing, skippedMs: undefined, at: Math.round(this.#at) });
    }

    /** Another speed: all begin it together. */
    setRate(rate: number): void {
        this.#tell({ rate });
    }

    setGaps(gaps: GapMode): void {
        this.#tell({ gaps });
    }

    /** One picture of the finest file that is shown; stops first. */
    frame(by: 1 | -1): void {
        this.#tell({ playing: false });
        const players = this.#tracks.flatMap((track) => {
            const player = this.#players.get(track.id);
            return player !== undefined && segmentAt(track, this.#at) !== undefined && player.hasPicture ? [player] : [];
        });
        const finest = players.toSorted((a, b) => a.frameMs - b.frameMs)[0];
        this.seek(finest?.frameBeside(by) ?? this.#at + by * USUAL_FRAME_MS);
    }

    /** Forgets failed pictures, so that they are loaded again. */
    retry(): void {
        this.#viewings.retry();
        for (const player of this.#players.values()) if (player.failed) player.unload();
    }

    /** Loads a file anew: what is shown of it has changed. */
    reload(recordingId: string): void {
        for (const player of this.#players.values()) if (player.loaded?.recordingId === recordingId) player.unload();
    }

    /** Where every file stands that is shown now. */
    moments(): Moment[] {
        return this.#tracks.flatMap((track) => {
            const segment = segmentAt(track, this.#at);
            if (segment === undefined) return [];
            const at = Math.round(this.#at);
            return [{ trackId: track.id, segment, at, mediaMs: at - segment.start + segment.mediaStartMs }];
        });
    }

    /** Writes down what was shown so far, before the viewings end and now and then. */
    noteAll(): void {
        for (const { loaded, video } of this.#players.values())
            if (loaded !== undefined) this.#viewings.note(loaded.recordingId, video.played);
    }

    #step(now: number): void {
        const passed = Math.min(250, now - this.#last);
        this.#last = now;
        const looks = this.#tracks.map((track) => [track.id, this.#look(track)] as const);
        const nothing = looks.every(([, { state }]) => state === 'nothing');
        const waiting = looks.some(([, { state }]) => state === 'waiting');
        let { playing, skippedMs } = this.#state;
        if (playing && nothing) ({ playing, skippedMs } = this.#crossGap(passed));
        else
            this.#lead(
                looks.flatMap(([, { player, desired }]) => (player === undefined ? [] : [{ player, desired }])),
                playing && !waiting,
                passed,
                now,
            );
        this.#tellChanges(now, { playing, skippedMs, cams: Object.fromEntries(looks.map(([id, { state }]) => [id, state])) });
    }

    /** Where nobody recorded. */
    #crossGap(passed: number): Pick<PlaybackState, 'playing' | 'skippedMs'> {
        this.#run = 'still';
        const { gaps, rate, skippedMs } = this.#state;
        const next = nextStart(this.#tracks, this.#at);
        if (next === undefined) return { playing: false, skippedMs };
        if (gaps === 'wait') {
            this.#at = Math.min(next, this.#at + passed * rate);
            return { playing: true, skippedMs: undefined };
        }
        const skipped = next - this.#at;
        this.#at = next;
        return { playing: true, skippedMs: skipped > 1_000 ? skipped : skippedMs };
    }

    /** Lets all that are seen run together, or stand together. */
    #lead(of: readonly { player: CamPlayer; desired: number }[], run: boolean, passed: number, now: number): void {
        const { playing, rate } = this.#state;
        const refused = () => this.#tell({ playing: false });
        if (!run) {
            this.#run = 'still';
            for (const { player, desired } of of) player.stand(desired, playing ? rate : undefined);
            return;
        }
        if (this.#run === 'still') {
            this.#run = 'starting';
            this.#began = now;
            for (const { player, desired } of of) if (!player.isAtEnd(desired)) player.go(rate, refused);
        } else if (this.#run === 'starting') {
            const late = !of.every(({ player, desired }) => player.moves || player.isAtEnd(desired));
            if (late && now - this.#began < LONGEST_START_MS) {
                awaitSlowest(of, rate);
                return;
            }
            this.#run = 'running';
            // Each began a little earlier or later: the clock goes on from their middle, so that nobody has to jump.
            const places = placesOf(of);
            const middle = places.toSorted((a, b) => a - b)[Math.floor(places.length / 2)];
            if (middle !== undefined && Math.abs(middle - this.#at) < LONGEST_START_MS * rate) this.#at = middle;
            else this.#at += passed * rate;
        } else {
            const places = placesOf(of);
            const slowest = places.length === 0 ? undefined : Math.min(...places);
            const before = this.#at;
            const clock = { at: before, waitedMs: this.#waited };
            ({ at: this.#at, waitedMs: this.#waited } = clockAfter(clock, passed, rate, slowest));
            const moved = (this.#at - before) / 1_000;
            const inStep = of.map(({ player, desired }) => player.keepStep(desired + moved, rate, refused));
            if (inStep.includes(false)) this.#run = 'still';
            if (inStep.includes(false)) for (const { player, desired } of of) player.stand(desired, rate);
        }
    }

    /** What is seen of one track, and its player where there is something to lead. */
    #look(track: Track): Look {
        const player = this.#players.get(track.id);
        const segment = segmentAt(track, this.#at);
        const none = { player: undefined, desired: 0 };
        if (player === undefined || segment === undefined) {
            player?.pause();
            return { state: 'nothing', ...none };
        }
        const viewing = this.#viewings.snapshot().get(segment.recordingId);
        if (viewing === undefined) this.#viewings.need(segment.recordingId);
        if (viewing?.state === 'failed') return { state: 'failed', ...none };
        if (viewing?.state !== 'open') return { state: 'waiting', ...none };
        if (player.loaded?.recordingId !== segment.recordingId) player.load(segment, viewing.contentUrl);
        else if (player.loaded !== segment) player.moveTo(segment);
        if (player.failed) return { state: 'failed', ...none };
        if (!player.hasMetadata) return { state: 'waiting', ...none };
        const desired = player.desired(this.#at);
        const ready = !this.#state.playing || player.isReady(desired);
        return { state: !ready ? 'waiting' : player.hasPicture ? 'shown' : 'soundOnly', player, desired };
    }

    #tellChanges(now: number, { playing, skippedMs, cams }: Pick<PlaybackState, 'playing' | 'skippedMs' | 'cams'>): void {
        const before = this.#state;
        const changed = playing !== before.playing || skippedMs !== before.skippedMs || differs(cams, before.cams);
        const at = Math.round(this.#at);
        if (!changed && (at === before.at || now - this.#told < TELL_EVERY_MS)) return;
        this.#told = now;
        this.#tell({ at, playing, skippedMs, cams });
    }

    #tell(change: Partial<PlaybackState>): void {
        this.#state = { ...this.#state, ...change };
        for (const listener of this.#listeners) listener();
    }
}

const differs = (a: Readonly<Record<string, CamState>>, b: Readonly<Record<string, CamState>>): boolean =>
    Object.keys(a).length !== Object.keys(b).length || Object.entries(a).some(([key, value]) => b[key] !== value);

/** Where those are that have more to show. */
const placesOf = (of: readonly { player: CamPlayer; desired: number }[]): Instant[] =>
    of.flatMap(({ player, desired }) => (player.isAtEnd(desired) ? [] : (player.at ?? [])));

/** Of those that begin to run none gets ahead of the one that needs longest. */
function awaitSlowest(of: readonly { player: CamPlayer; desired: number }[], rate: number): void {
    const ahead = of.map(({ player, desired }) => (player.video.currentTime - desired) / rate);
    const least = Math.min(...ahead);
    for (const [index, { player, desired }] of of.entries())
        if (!player.isAtEnd(desired) && (ahead[index] ?? 0) - least > START_TOGETHER) player.hold(rate);
}
