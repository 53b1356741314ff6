import { useKeys } from '../../app/keys.ts';
import type { Playback } from './playback.ts';
import { nextRate, RATES } from './sync.ts';

const FASTEST = RATES.at(-1) ?? 1;
/** What is played again and again, on either side of the moment. */
const LOOP_MS = 5_000;

/** The keys and what their words are called, in the order of the help; both are one list, so that none is missing there. */
export const PLAYER_KEYS = [
    [['Space'], 'play'],
    [['J'], 'backwards'],
    [['K'], 'stop'],
    [['L'], 'forwards'],
    [['←', '→'], 'five'],
    [['Shift J', 'Shift L'], 'ten'],
    [[',', '.'], 'frame'],
    [['<', '>'], 'speed'],
    [['Home', 'End'], 'ends'],
    [['[', ']'], 'marks'],
    [['G'], 'goTo'],
    [['R'], 'loop'],
    [['M'], 'mark'],
    [['F'], 'full'],
    [['?'], 'help'],
] as const;

/** Plays what lies around the moment again and again, or no longer. */
export function toggleLoop(playback: Playback, extent: { start: number; end: number }): void {
    const { at, loop } = playback.snapshot();
    if (loop !== undefined) playback.setLoop(undefined);
    else playback.setLoop({ start: Math.max(extent.start, at - LOOP_MS), end: Math.min(extent.end - 1, at + LOOP_MS) });
}

/** Once backwards, at every further press faster, as editing programs have it. */
function backwards(playback: Playback): void {
    const { playing, backwards: already, rate } = playback.snapshot();
    playback.playBackwards(playing && already ? Math.min(FASTEST, rate * 2) : 1);
}

function forwards(playback: Playback): void {
    const { playing, backwards: wrongWay, rate } = playback.snapshot();
    if (wrongWay) playback.setRate(1);
    if (playing && !wrongWay) playback.setRate(Math.min(FASTEST, Math.max(1, rate) * 2));
    else playback.setPlaying(true);
}

type Acts = { mark: () => void; goTo: () => void; full: () => void; help: () => void };

export function usePlayerKeys(
    playback: Playback,
    extent: { start: number; end: number } | undefined,
    marks: readonly number[],
    acts: Acts,
): void {
    const step = (ms: number) => () => playback.seek(playback.snapshot().at + ms);
    const play = () => playback.setPlaying(!playback.snapshot().playing);
    const toMark = (by: 1 | -1) => () => {
        const now = playback.snapshot().at;
        const sorted = marks.toSorted((a, b) => a - b);
        const to = by === 1 ? sorted.find((each) => each > now) : sorted.findLast((each) => each < now);
        if (to !== undefined) playback.seek(to);
    };
    const { mark, goTo, full, help } = acts;
    useKeys({
        ' ': play,
        ',': () => playback.frame(-1),
        '.': () => playback.frame(1),
        ArrowLeft: step(-5_000),
        ArrowRight: step(5_000),
        '<': () => playback.setRate(nextRate(playback.snapshot().rate, -1)),
        '>': () => playback.setRate(nextRate(playback.snapshot().rate, 1)),
        j: () => backwards(playback),
        k: () => playback.setPlaying(false),
        l: () => forwards(playback),
        J: step(-10_000),
        L: step(10_000),
        Home: extent && (() => playback.seek(extent.start)),
        End: extent && (() => playback.seek(extent.end - 1)),
        '[': toMark(-1),
        ']': toMark(1),
        r: extent && (() => toggleLoop(playback, extent)),
        m: mark,
        g: goTo,
        f: full,
        '?': help,
    });
}
