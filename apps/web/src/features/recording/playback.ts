import type { Instant, Interval } from '@liuhen/domain';
import { CamPlayer } from './cam-player.ts';
import { type Clock, lead, meetingAt, middleOf, viewerScale } from './lead.ts';
import { type CamState, type GapMode, type Moment, type PlaybackState, sameLooks, stateBefore } from './playback-state.ts';
import { extentOf, nextStart, previousEnd, segmentAt, type Track } from './tracks.ts';
import type { Viewings } from './viewings.ts';

const USUAL_FRAME_MS = 40;
/** How often the page is told the time; the pictures themselves run on their own. */
const TELL_EVERY_MS = 100;
/** A page in the background is not drawn: the pictures ran on meanwhile, and the clock goes to where they are. */
const ASLEEP_MS = 1_000;
/** A shorter wait is not worth a word. */
const SAY_WAIT_MS = 300;

type Led = { readonly player: CamPlayer; readonly desired: number };
type Look = { readonly state: CamState } & ({ readonly player: undefined } | Led);

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
    #clock: Clock;
    #runs = false;
    /** All have to be sent to the clock before they begin: what is still on its way in one that is heard is thrown away by that. */
    #anew = false;
    #waitsSince: number | undefined;
    #last = 0;
    #told = 0;
    #frame = 0;

    constructor(tracks: readonly Track[], viewings: Viewings, at: Instant) {
        this.#tracks = tracks;
        this.#viewings = viewings;
        this.#clock = { at, waitedMs: 0 };
        this.#state = stateBefore(at);
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
        this.#goTo(Math.min(extent.end - 1, Math.max(extent.start, at)));
        this.#tell({ at: Math.round(this.#clock.at), skippedMs: undefined });
    }

    /** Forwards; from the end on, from the beginning. */
    setPlaying(playing: boolean): void {
        const extent = extentOf(this.#tracks);
        if (playing && extent !== undefined && this.#clock.at >= extent.end - 1) this.#goTo(extent.start);
        if (this.#state.backwards) this.#pause();
        this.#tell({ playing, backwards: false, skippedMs: undefined, at: Math.round(this.#clock.at) });
    }

    playBackwards(rate: number): void {
        this.#pause();
        this.#tell({ playing: true, backwards: true, rate, skippedMs: undefined });
    }

    /** Another speed: all are sent to the clock and begin it together, as after a jump. */
    setRate(rate: number): void {
        if (rate === this.#state.rate) return;
        this.#pause();
        this.#anew = this.#state.playing && !this.#state.backwards;
        this.#tell({ rate });
    }

    setGaps(gaps: GapMode): void {
        this.#tell({ gaps });
    }

    setLoop(loop: Interval | undefined): void {
        this.#tell({ loop });
        if (loop !== undefined) this.seek(loop.start);
    }

    /** One picture of the finest file that is shown; stops first. */
    frame(by: 1 | -1): void {
        this.#tell({ playing: false, backwards: false });
        this.seek(this.#finest()?.frameBeside(by) ?? this.#clock.at + by * USUAL_FRAME_MS);
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
            const segment = segmentAt(track, this.#clock.at);
            if (segment === undefined) return [];
            const at = Math.round(this.#clock.at);
            return [{ trackId: track.id, segment, at, mediaMs: at - segment.start + segment.mediaStartMs }];
        });
    }

    /** Writes down what was shown so far, before the viewings end and now and then. */
    noteAll(): void {
        for (const player of this.#players.values()) player.noteShown();
    }

    #step(now: number): void {
        const slept = now - this.#last > ASLEEP_MS;
        const passed = Math.min(250, now - this.#last);
        this.#last = now;
        const looks = this.#tracks.map((track) => [track.id, this.#look(track)] as const);
        const awaited = looks.flatMap(([id, { state }]) => (state === 'waiting' ? [id] : []));
        const led = looks.flatMap(([, look]) => (look.player === undefined ? [] : [look]));
        let { playing, skippedMs } = this.#state;
        if (!playing) this.#stand(led);
        else if (looks.every(([, { state }]) => state === 'nothing')) ({ playing, skippedMs } = this.#crossGap(passed));
        else if (this.#state.backwards) playing = this.#runBack(led, passed);
        else if (awaited.length > 0) this.#wait(led, now - (this.#waitsSince ?? now) > SAY_WAIT_MS);
        else if (this.#anew) this.#jump(led);
        else this.#run(led, passed, slept);
        if (playing) this.#repeat();
        this.#waitsSince = playing && awaited.length > 0 ? (this.#waitsSince ?? now) : undefined;
        const said = this.#waitsSince !== undefined && now - this.#waitsSince > SAY_WAIT_MS ? awaited : [];
        const cams = Object.fromEntries(looks.map(([id, { state }]) => [id, state]));
        this.#tellChanges(now, { playing, skippedMs, cams, awaited: said });
    }

    /** Where nobody recorded. */
    #crossGap(passed: number): Pick<PlaybackState, 'playing' | 'skippedMs'> {
        const { gaps, rate, skippedMs, backwards } = this.#state;
        const { at } = this.#clock;
        // The last moment before a gap still has a picture.
        const next = backwards ? previousEnd(this.#tracks, at, USUAL_FRAME_MS) : nextStart(this.#tracks, at);
        if (next === undefined) return { playing: false, skippedMs };
        const far = Math.abs(next - at);
        if (gaps === 'wait') {
            this.#goTo(at + Math.sign(next - at) * Math.min(far, passed * rate));
            return { playing: true, skippedMs: undefined };
        }
        this.#goTo(next);
        return { playing: true, skippedMs: far > 1_000 ? far : skippedMs };
    }

    /** Exactly at the clock, or on the way there. */
    #stand(led: readonly Led[]): void {
        this.#runs = false;
        for (const { player, desired } of led) player.stand(desired);
    }

    /**
     * One of them cannot go on: all others stand at once, near the clock as they are. When it takes long, the clock goes to where that
     * one stands, and all begin there anew when it can.
     */
    #wait(led: readonly Led[], long: boolean): void {
        const { rate } = this.#state;
        this.#runs = false;
        const starved = led.filter(({ player, desired }) => player.starved && !player.isAtEnd(desired));
        if (long && starved.length > 0) {
            const places = starved.map(({ player }) => player.at);
            this.#clock = { at: meetingAt(this.#clock.at, places, rate), waitedMs: 0 };
            this.#anew = true;
        }
        for (const { player } of led) player.hold(player.desired(this.#clock.at), viewerScale(rate));
    }

    #jump(led: readonly Led[]): void {
        this.#anew = false;
        for (const { player, desired } of led) player.jumpTo(desired);
    }

    /** Backwards no browser plays: each picture is sought, and the next one only when all have found theirs. */
    #runBack(led: readonly Led[], passed: number): boolean {
        const extent = extentOf(this.#tracks);
        const at = this.#clock.at - passed * this.#state.rate;
        if (extent === undefined || at <= extent.start) {
            if (extent !== undefined) this.#goTo(extent.start);
            return false;
        }
        this.#clock = { at, waitedMs: 0 };
        if (led.every(({ player }) => player.found)) for (const { player } of led) player.stepBack(player.desired(at));
        return true;
    }

    #run(led: readonly Led[], passed: number, slept: boolean): void {
        const { rate } = this.#state;
        const going = led.filter(({ player, desired }) => !player.isAtEnd(desired));
        const places = going.map(({ player }) => player.place);
        const found = places.map((each) => each.at);
        if (slept) this.#clock = { at: middleOf(found) ?? this.#clock.at, waitedMs: 0 };
        if (!this.#runs) this.#clock = { at: meetingAt(this.#clock.at, found, rate), waitedMs: 0 };
        this.#runs = true;
        const { clock, orders } = lead(this.#clock, places, passed, rate);
        this.#clock = clock;
        const refused = () => this.#tell({ playing: false });
        for (const [index, { player }] of going.entries()) {
            const order = orders[index];
            if (order?.kind === 'run') player.run(rate * order.factor, refused);
            if (order?.kind === 'hold') player.pause();
            if (order?.kind === 'jump') player.stand(player.desired(clock.at));
        }
    }

    #repeat(): void {
        const { loop, backwards } = this.#state;
        if (loop === undefined) return;
        if (!backwards && this.#clock.at >= loop.end) this.#goTo(loop.start);
        if (backwards && this.#clock.at <= loop.start) this.#goTo(loop.end);
    }

    #goTo(at: Instant): void {
        this.#clock = { at, waitedMs: 0 };
        this.#runs = false;
    }

    #pause(): void {
        this.#clock = { at: this.#clock.at, waitedMs: 0 };
        this.#runs = false;
        for (const player of this.#players.values()) player.pause();
    }

    #finest(): CamPlayer | undefined {
        const players = this.#tracks.flatMap((track) => {
            const player = this.#players.get(track.id);
            return player !== undefined && segmentAt(track, this.#clock.at) !== undefined && player.hasPicture ? [player] : [];
        });
        return players.toSorted((a, b) => a.frameMs - b.frameMs)[0];
    }

    /** What is seen of one track, and its player where there is something to lead. */
    #look(track: Track): Look {
        const player = this.#players.get(track.id);
        const segment = segmentAt(track, this.#clock.at);
        const none = { player: undefined };
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
        const desired = player.desired(this.#clock.at);
        const ready = !this.#state.playing || this.#state.backwards || player.isReady(desired);
        return { state: !ready ? 'waiting' : player.hasPicture ? 'shown' : 'soundOnly', player, desired };
    }

    #tellChanges(now: number, looks: Pick<PlaybackState, 'playing' | 'skippedMs' | 'cams' | 'awaited'>): void {
        const at = Math.round(this.#clock.at);
        if (sameLooks(looks, this.#state) && (at === this.#state.at || now - this.#told < TELL_EVERY_MS)) return;
        this.#told = now;
        this.#tell({ at, ...looks, backwards: this.#state.backwards && looks.playing });
    }

    #tell(change: Partial<PlaybackState>): void {
        this.#state = { ...this.#state, ...change };
        for (const listener of this.#listeners) listener();
    }
}
