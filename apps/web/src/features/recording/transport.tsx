import { fill } from '@liuhen/contract';
import type { Interval } from '@liuhen/domain';
import { formatMediaTime, formatTime } from '@liuhen/domain';
import { Icon } from '../../app/icons.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import type { PlacedMark } from './marks.ts';
import type { Playback } from './playback.ts';
import type { PlaybackState } from './playback-state.ts';
import { toggleLoop } from './player-keys.ts';
import { ScrubPreview } from './scrub-preview.tsx';
import { RATES } from './sync.ts';
import type { Track } from './tracks.ts';

type Props = {
    playback: Playback;
    state: PlaybackState;
    extent: Interval;
    clock: boolean;
    tracks: readonly Track[];
    marks: readonly PlacedMark[];
    /** Asks for a mark at this moment; `undefined`: nothing is shown that could be marked. */
    onMark: (() => void) | undefined;
    /** Whether marks can be made here at all. */
    markable: boolean;
    /** For what small pictures over the scrubber are registered; `undefined`: none are shown. */
    picturesFor: string | undefined;
    loudness: number;
    onLoudness: (to: number) => void;
    onGoTo: () => void;
    onHelp: () => void;
    full: boolean;
    onFull: () => void;
};

/** One set of controls for all players. */
export function Transport({ playback, state, extent, clock, tracks, marks, onMark, picturesFor, ...more }: Props) {
    const text = useText();
    const format = useFormat();
    const total = extent.end - extent.start;
    const passed = Math.max(0, state.at - extent.start);
    const now = clock ? formatTime(state.at) : formatMediaTime(passed);
    const shown = tracks.filter((track) => ['shown', 'soundOnly'].includes(state.cams[track.id] ?? '')).length;
    const step = (ms: number) => playback.seek(playback.snapshot().at + ms);
    const awaited = tracks.filter((track) => state.awaited.includes(track.id)).map((track) => track.label);
    const waits = awaited.length === 0 ? '' : fill(text.playback.awaitedNow, { names: format.list(awaited) });
    const says = (): string => {
        if (state.backwards) return fill(text.playback.backwardsNow, { rate: state.rate });
        if (state.skippedMs !== undefined) return fill(text.recording.skippedGap, { duration: format.duration(state.skippedMs) });
        return more.markable ? `${text.playback.keys} · ${text.playback.markKey}` : text.playback.keys;
    };
    return (
        <div className="transport">
            <ScrubPreview tracks={tracks} extent={extent} clock={clock} at={state.at} purpose={picturesFor}>
                {marks.length > 0 && (
                    <div className="scrub-marks">
                        {marks.map(({ mark, at }) => (
                            <button
                                key={mark.id}
                                type="button"
                                style={{ left: `${(100 * (at - extent.start)) / total}%` }}
                                title={[text.mark.kinds[mark.kind], mark.words ?? ''].filter((each) => each !== '').join(' · ')}
                                aria-label={[
                                    text.mark.kinds[mark.kind],
                                    mark.words ?? '',
                                    clock ? formatTime(at) : formatMediaTime(at - extent.start),
                                ]
                                    .filter((each) => each !== '')
                                    .join(' · ')}
                                onClick={() => playback.seek(at)}
                            />
                        ))}
                    </div>
                )}
                {state.loop !== undefined && (
                    <div
                        className="scrub-loop"
                        style={{
                            left: `${(100 * (state.loop.start - extent.start)) / total}%`,
                            width: `${(100 * (state.loop.end - state.loop.start)) / total}%`,
                        }}
                    />
                )}
                <input
                    type="range"
                    min={0}
                    max={total}
                    step={100}
                    value={passed}
                    aria-label={text.recording.seek}
                    aria-valuetext={now}
                    onChange={({ target }) => playback.seek(extent.start + Number(target.value))}
                />
            </ScrubPreview>
            <div className="transport-line">
                <button
                    type="button"
                    className="bare"
                    aria-label={state.playing ? text.recording.pause : text.recording.play}
                    onClick={() => playback.setPlaying(!state.playing)}
                >
                    <Icon name={state.playing ? 'pause' : 'play'} size={20} />
                </button>
                <button
                    type="button"
                    className="bare"
                    aria-label={text.playback.backwards}
                    aria-pressed={state.backwards}
                    title={text.playback.backwardsWhat}
                    onClick={() => (state.backwards ? playback.setPlaying(false) : playback.playBackwards(1))}
                >
                    <Icon name="reverse" size={20} />
                </button>
                <button type="button" className="bare" aria-label={text.recording.back10} onClick={() => step(-10_000)}>
                    −10
                </button>
                <button type="button" className="bare" aria-label={text.recording.frameBack} onClick={() => playback.frame(-1)}>
                    <Icon name="back" />
                </button>
                <button type="button" className="bare" aria-label={text.recording.frameForward} onClick={() => playback.frame(1)}>
                    <Icon name="forward" />
                </button>
                <button type="button" className="bare" aria-label={text.recording.forward10} onClick={() => step(10_000)}>
                    +10
                </button>
                <label>
                    <span className="hidden-visually">{text.recording.speed}</span>
                    <select value={state.rate} onChange={({ target }) => playback.setRate(Number(target.value))}>
                        {RATES.map((rate) => (
                            <option key={rate} value={rate}>
                                {rate}×
                            </option>
                        ))}
                    </select>
                </label>
                <button type="button" className="bare mono nowrap" title={text.playback.goTo} onClick={more.onGoTo}>
                    {clock ? `${formatTime(state.at)} · ` : ''}
                    {formatMediaTime(passed)} / {formatMediaTime(total)}
                </button>
                <label className="transport-volume" title={text.playback.volume}>
                    <Icon name="sound" />
                    <input
                        type="range"
                        min={0}
                        max={1}
                        step={0.05}
                        value={more.loudness}
                        aria-label={text.playback.volume}
                        onChange={({ target }) => more.onLoudness(Number(target.value))}
                    />
                </label>
                {more.markable && (
                    <button type="button" className="transport-mark" disabled={onMark === undefined} onClick={onMark}>
                        {text.mark.now}
                    </button>
                )}
                <button
                    type="button"
                    className="transport-mark"
                    aria-pressed={state.loop !== undefined}
                    onClick={() => toggleLoop(playback, extent)}
                >
                    {text.playback.loop}
                </button>
                <button type="button" className="transport-mark" aria-pressed={more.full} onClick={more.onFull}>
                    {text.playback.full}
                </button>
                <label className="transport-gaps">
                    <input
                        type="checkbox"
                        checked={state.gaps === 'skip'}
                        onChange={({ target }) => playback.setGaps(target.checked ? 'skip' : 'wait')}
                    />
                    {text.playback.skipGaps}
                </label>
            </div>
            {tracks.length > 1 && (
                <p className="faint transport-keys">
                    {fill(text.playback.shownNow, { shown: format.count(shown), all: format.count(tracks.length) })}
                </p>
            )}
            <p className={waits === '' ? 'faint transport-keys' : 'transport-keys transport-waits'} role="status">
                {waits !== '' ? waits : says()}{' '}
                <button type="button" className="linkish" onClick={more.onHelp}>
                    {text.playback.keysTitle}
                </button>
            </p>
        </div>
    );
}
