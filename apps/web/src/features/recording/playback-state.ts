import type { Instant, Interval } from '@liuhen/domain';
import type { Segment } from './tracks.ts';

/** What a player shows at the moment. */
export type CamState = 'nothing' | 'waiting' | 'shown' | 'soundOnly' | 'failed';
/** What happens where nobody recorded: the clock goes on to the next picture, or runs through the silence. */
export type GapMode = 'skip' | 'wait';
export type PlaybackState = {
    readonly at: Instant;
    readonly playing: boolean;
    /** Backwards there is no sound, and pictures one by one. */
    readonly backwards: boolean;
    readonly rate: number;
    readonly gaps: GapMode;
    /** Played again and again until it is taken away. */
    readonly loop: Interval | undefined;
    /** Length of a gap that was just skipped because nothing at all was recorded. */
    readonly skippedMs: number | undefined;
    readonly cams: Readonly<Record<string, CamState>>;
    /** For whom all others have been standing for so long that it has to be said. */
    readonly awaited: readonly string[];
};
/** What stands on the page at a moment: where in which file. */
export type Moment = { readonly trackId: string; readonly segment: Segment; readonly at: Instant; readonly mediaMs: number };

export function stateBefore(at: Instant): PlaybackState {
    const moving = { playing: false, backwards: false, rate: 1, skippedMs: undefined, loop: undefined } as const;
    return { at, ...moving, gaps: 'skip', cams: {}, awaited: [] };
}

export function sameLooks(
    a: Pick<PlaybackState, 'cams' | 'awaited' | 'playing' | 'skippedMs'>,
    b: Pick<PlaybackState, 'cams' | 'awaited' | 'playing' | 'skippedMs'>,
): boolean {
    const [of, to] = [Object.entries(a.cams), Object.keys(b.cams)];
    return (
        a.playing === b.playing &&
        a.skippedMs === b.skippedMs &&
        a.awaited.join() === b.awaited.join() &&
        of.length === to.length &&
        of.every(([key, value]) => b.cams[key] === value)
    );
}
