import { fill } from '@liuhen/contract';
import type { Instant } from '@liuhen/domain';
import { formatDate, formatTime } from '@liuhen/domain';
import { Button } from 'antd';
import { type Ref, useEffect, useImperativeHandle, useRef, useState, useSyncExternalStore } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useKeys } from '../../app/keys.ts';
import { useFormat, useText } from '../../app/language.tsx';
import { queryClient } from '../../app/query.ts';
import { useMe } from '../../app/session.ts';
import { type CamState, Playback } from './playback.ts';
import { extentOf, hollowAt, segmentAt, type Track } from './tracks.ts';
import { Transport } from './transport.tsx';
import { ViewingGate } from './viewing-gate.tsx';
import { Viewings } from './viewings.ts';

export type PlayersHandle = { seek: (at: Instant) => void };
type Props = {
    tracks: readonly Track[];
    /** Where playback starts. */
    at?: Instant | undefined;
    onAt?: (at: Instant) => void;
    /** `false`: the axis is the file's own, from 0, because no device time is known. */
    clock?: boolean;
    ref?: Ref<PlayersHandle>;
};

/** Players side by side on one clock, behind the registration of the viewing. */
export function SyncPlayers({ ref, ...props }: Props) {
    const [viewings, setViewings] = useState<Viewings>();
    const [ended, setEnded] = useState(false);
    const [inner, setInner] = useState<PlayersHandle | null>(null);
    useImperativeHandle(ref, () => ({ seek: (at) => (inner === null ? props.onAt?.(at) : inner.seek(at)) }), [inner, props.onAt]);
    useEndOnLeave(viewings);
    if (viewings === undefined) {
        return (
            <ViewingGate
                ended={ended}
                onOpen={(purpose) => {
                    setEnded(false);
                    setViewings(new Viewings(purpose));
                }}
            />
        );
    }
    return (
        <OpenPlayers
            key={props.tracks.map((track) => track.segments.map((segment) => segment.recordingId).join()).join(';')}
            {...props}
            viewings={viewings}
            ref={setInner}
            onEnd={() => {
                setEnded(true);
                setViewings(undefined);
            }}
        />
    );
}

type OpenProps = Props & { viewings: Viewings; onEnd: () => void };

function OpenPlayers({ tracks, at, onAt, clock, viewings, onEnd, ref }: OpenProps) {
    const text = useText();
    const format = useFormat();
    const extent = extentOf(tracks);
    const [playback] = useState(() => new Playback(tracks, viewings, inside(at, extent)));
    const [sound, setSound] = useState(tracks[0]?.id ?? '');
    const state = useSyncExternalStore(playback.subscribe, playback.snapshot);
    const registered = useSyncExternalStore(viewings.subscribe, viewings.snapshot);
    useImperativeHandle(ref, () => ({ seek: (to) => playback.seek(to) }), [playback]);
    useEffect(() => {
        playback.start();
        return () => playback.stop();
    }, [playback]);
    useEffect(() => onAt?.(state.at), [onAt, state.at]);
    useEffect(() => {
        const end = () => {
            playback.noteAll();
            viewings.end();
            onEnd();
        };
        addEventListener('pagehide', end);
        return () => removeEventListener('pagehide', end);
    }, [playback, viewings, onEnd]);
    const step = (ms: number) => () => playback.seek(playback.snapshot().at + ms);
    useKeys({
        ' ': () => playback.setPlaying(!playback.snapshot().playing),
        ',': () => playback.frame(-1),
        '.': () => playback.frame(1),
        ArrowLeft: step(-5_000),
        ArrowRight: step(5_000),
    });
    const failed = [...registered.values()].find((viewing) => viewing.state === 'failed');
    const until = [...registered.values()].flatMap((viewing) => (viewing.state === 'open' ? [viewing.until] : []));
    // The log has one entry more for every viewing: the trace on the page shows it at once.
    useEffect(() => {
        if (until.length > 0) void queryClient.invalidateQueries({ queryKey: ['ledger.list'] });
    }, [until.length]);
    if (extent === undefined) return null;
    const shownAt = (track: Track) => {
        const segment = segmentAt(track, state.at);
        const viewing = segment === undefined ? undefined : registered.get(segment.recordingId);
        return viewing?.state === 'open' ? viewing.shown : 'original';
    };
    return (
        <div className="players">
            <p className="faint players-note">
                {until.length === 0
                    ? text.recording.openingViewing
                    : fill(text.recording.viewingUntil, { purpose: viewings.purpose, time: format.dateTime(Math.min(...until)) })}
                <Button
                    size="small"
                    type="link"
                    onClick={() => {
                        playback.noteAll();
                        viewings.end();
                        onEnd();
                    }}
                >
                    {text.recording.endViewing}
                </Button>
            </p>
            <ErrorNote error={failed?.state === 'failed' ? failed.error : null} of="command" onRetry={() => playback.retry()} />
            <div className={`cams cams-${Math.min(3, tracks.length)}`}>
                {tracks.map((track) => (
                    <Cam
                        key={track.id}
                        track={track}
                        at={state.at}
                        clock={clock !== false}
                        state={state.cams[track.id] ?? 'waiting'}
                        muted={track.id !== sound}
                        purpose={viewings.purpose}
                        shown={shownAt(track)}
                        attach={(video) => playback.attach(track.id, video)}
                        onRetry={() => playback.retry()}
                    />
                ))}
            </div>
            <Transport
                playback={playback}
                state={state}
                extent={extent}
                clock={clock !== false}
                tracks={tracks}
                sound={sound}
                onSound={setSound}
            />
        </div>
    );
}

/** Leaving the page in the app ends the viewing; React's double mounting while developing must not. */
function useEndOnLeave(viewings: Viewings | undefined): void {
    const here = useRef(true);
    useEffect(() => {
        here.current = true;
        return () => {
            here.current = false;
            queueMicrotask(() => {
                if (!here.current) viewings?.end();
            });
        };
    }, [viewings]);
}

const inside = (at: Instant | undefined, extent: { start: Instant; end: Instant } | undefined): Instant =>
    extent === undefined ? 0 : at === undefined || at < extent.start || at >= extent.end ? extent.start : at;

type CamProps = {
    track: Track;
    at: Instant;
    clock: boolean;
    state: CamState;
    muted: boolean;
    purpose: string;
    shown: 'original' | 'repaired' | 'playable';
    attach: (video: HTMLVideoElement | null) => void;
    onRetry: () => void;
};

function Cam({ track, at, clock, state, muted, purpose, shown, attach, onRetry }: CamProps) {
    const text = useText();
    const { person } = useMe();
    const [attachOnce] = useState(() => attach);
    const [since] = useState(() => Date.now());
    const segment = segmentAt(track, at);
    const hollow = useHollowWords()(track, at);
    const words = {
        nothing: clock ? hollow.title : text.recording.nothingNow,
        waiting: text.recording.waitingFor,
        soundOnly: text.recording.noVideoShown,
        failed: text.recording.playFailed,
        shown: '',
    }[state];
    const mark = [
        person.name,
        person.certificateNumber ?? '',
        `${formatDate(since).slice(5)} ${formatTime(since, 'minute')}`,
        purpose,
    ];
    return (
        <figure className="cam-frame" aria-label={track.label}>
            <figcaption>
                <span className="cut" title={segment?.name}>
                    {track.label}
                </span>
                {shown !== 'original' && state !== 'nothing' && <strong className="cam-copy">{text.derived.shown[shown]}</strong>}
                {clock && <span className="mono">{formatTime(at, 'tenth')}</span>}
            </figcaption>
            <div className={`cam cam-${state}`}>
                <video
                    ref={attachOnce}
                    muted={muted}
                    playsInline
                    disablePictureInPicture
                    controlsList="nodownload noremoteplayback"
                />
                {state !== 'nothing' && (
                    <div className="cam-mark" aria-hidden="true">
                        {mark.filter((each) => each !== '').join(' ')}
                    </div>
                )}
                {words !== '' && (
                    <div className="cam-words" role={state === 'failed' ? 'alert' : 'status'}>
                        <span>{words}</span>
                        {state === 'nothing' && clock && hollow.more !== undefined && (
                            <span className="cam-more mono">{hollow.more}</span>
                        )}
                        {state === 'failed' && (
                            <Button size="small" onClick={onRetry}>
                                {text.common.retry}
                            </Button>
                        )}
                    </div>
                )}
            </div>
        </figure>
    );
}

/** The calm plate of a carrier that recorded nothing now: interrupted, not yet begun, or ended. */
function useHollowWords() {
    const text = useText();
    const format = useFormat();
    return (track: Track, at: Instant): { title: string; more?: string } => {
        const { after, until } = hollowAt(track, at);
        if (after !== undefined && until !== undefined) {
            return {
                title: fill(text.recording.gapNow, { duration: format.duration(until - after) }),
                more: fill(text.recording.gapNowWhat, { from: formatTime(after), to: formatTime(until) }),
            };
        }
        if (until !== undefined) return { title: fill(text.recording.notYet, { time: formatTime(until) }) };
        if (after !== undefined) return { title: fill(text.recording.noMore, { time: formatTime(after) }) };
        return { title: text.recording.nothingNow };
    };
}
