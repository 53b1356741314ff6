import { fill } from '@liuhen/contract';
import type { Interval } from '@liuhen/domain';
import { formatMediaTime, formatTime } from '@liuhen/domain';
import { Icon } from '../../app/icons.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import type { PlacedMark } from './marks.ts';
import type { Playback, PlaybackState } from './playback.ts';
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
    purpose: string;
};

/** One set of controls for all players. */
export function Transport({ playback, state, extent, clock, tracks, marks, onMark, purpose }: Props) {
    const text = useText();
    const format = useFormat();
    const total = extent.end - extent.start;
    const passed = Math.max(0, state.at - extent.start);
    const now = clock ? formatTime(state.at) : formatMediaTime(passed);
    const shown = tracks.filter((track) => ['shown', 'soundOnly'].includes(state.cams[track.id] ?? '')).length;
    const step = (ms: number) => playback.seek(playback.snapshot().at + ms);
    return (
        <div className="transport">
            <ScrubPreview tracks={tracks} extent={extent} clock={clock} purpose={purpose}>
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
                <span className="mono nowrap">
                    {clock ? `${formatTime(state.at)} · ` : ''}
                    {formatMediaTime(passed)} / {formatMediaTime(total)}
                </span>
                <button type="button" className="transport-mark" disabled={onMark === undefined} onClick={onMark}>
                    {text.mark.now}
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
            <p className="faint transport-keys" role="status">
                {state.skippedMs === undefined
                    ? text.playback.keys
                    : fill(text.recording.skippedGap, { duration: format.duration(state.skippedMs) })}
            </p>
        </div>
    );
}
