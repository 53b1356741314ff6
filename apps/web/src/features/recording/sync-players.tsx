import { fill } from '@liuhen/contract';
import type { Instant } from '@liuhen/domain';
import { Button } from 'antd';
import { type Ref, type RefObject, useEffect, useImperativeHandle, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useKeys } from '../../app/keys.ts';
import { useFormat, useText } from '../../app/language.tsx';
import { queryClient } from '../../app/query.ts';
import { useMe } from '../../app/session.ts';
import { Cam } from './cam.tsx';
import { CopyHelp } from './copy-help.tsx';
import { GoTo } from './go-to.tsx';
import { useLoudness } from './loudness.ts';
import { MarkDialogue } from './mark-dialogue.tsx';
import { placeMarks, type RecordingMark } from './marks.ts';
import { Playback } from './playback.ts';
import type { Moment } from './playback-state.ts';
import { PlayerHelp } from './player-help.tsx';
import { usePlayerKeys } from './player-keys.ts';
import { soloHeard, toggleHeard } from './sync.ts';
import { extentOf, segmentAt, type Track } from './tracks.ts';
import { Transport } from './transport.tsx';
import { SheetGate, ViewingGate } from './viewing-gate.tsx';
import { Viewings } from './viewings.ts';

export type PlayersHandle = {
    seek: (at: Instant) => void;
    /** Where every file stands that is shown now; none before the viewing is registered. */
    moments: () => readonly Moment[];
};
type Props = {
    tracks: readonly Track[];
    /** Where playback starts. */
    at?: Instant | undefined;
    onAt?: (at: Instant) => void;
    /** Marks of the files, to be shown and added to. */
    marks?: readonly RecordingMark[];
    /** `false`: the axis is the file's own, from 0, because no device time is known. */
    clock?: boolean;
    /** Played for a review sheet of an inspection: that is the reason, and files of other organisations are neither marked nor copied. */
    forSheet?: { readonly id: string; readonly reason: string };
    ref?: Ref<PlayersHandle>;
};

/** Players side by side on one clock, behind the registration of the viewing. */
export function SyncPlayers({ ref, ...props }: Props) {
    const [viewings, setViewings] = useState<Viewings>();
    const [ended, setEnded] = useState(false);
    const [inner, setInner] = useState<PlayersHandle | null>(null);
    const { person } = useMe();
    const { onAt, forSheet } = props;
    useImperativeHandle(
        ref,
        () => ({
            seek: (at) => (inner === null ? onAt?.(at) : inner.seek(at)),
            moments: () => inner?.moments() ?? [],
        }),
        [inner, onAt],
    );
    useEndOnLeave(viewings);
    if (viewings === undefined) {
        const open = (purpose: string) => {
            setEnded(false);
            setViewings(new Viewings(purpose, person.id, forSheet?.id));
        };
        if (forSheet !== undefined) return <SheetGate ended={ended} reason={forSheet.reason} onOpen={open} />;
        return <ViewingGate ended={ended} onOpen={open} />;
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

/** How often what was played is kept, should the page never say goodbye. */
const KEEP_EVERY_MS = 5_000;

type OpenProps = Props & { viewings: Viewings; onEnd: () => void };

function OpenPlayers({ tracks, at, onAt, clock, marks, viewings, forSheet, onEnd, ref }: OpenProps) {
    const text = useText();
    const format = useFormat();
    const extent = extentOf(tracks);
    const [playback] = useState(() => new Playback(tracks, viewings, inside(at, extent)));
    // One camera is heard at first: several microphones of one room at once are noise.
    const [heard, setHeard] = useState<ReadonlySet<string>>(new Set(tracks.slice(0, 1).map((track) => track.id)));
    const state = useSyncExternalStore(playback.subscribe, playback.snapshot);
    const registered = useSyncExternalStore(viewings.subscribe, viewings.snapshot);
    useImperativeHandle(ref, () => ({ seek: (to) => playback.seek(to), moments: () => playback.moments() }), [playback]);
    useEffect(() => {
        playback.start();
        return () => playback.stop();
    }, [playback]);
    useEffect(() => onAt?.(state.at), [onAt, state.at]);
    useEffect(() => {
        const timer = setInterval(() => {
            playback.noteAll();
            viewings.keep();
        }, KEEP_EVERY_MS);
        return () => clearInterval(timer);
    }, [playback, viewings]);
    useEffect(() => {
        const end = () => {
            playback.noteAll();
            viewings.end();
            onEnd();
        };
        addEventListener('pagehide', end);
        return () => removeEventListener('pagehide', end);
    }, [playback, viewings, onEnd]);
    const [marking, setMarking] = useState<readonly Moment[]>();
    const mark = () => {
        const moments = playback.moments();
        if (moments.length === 0 || forSheet !== undefined) return;
        playback.setPlaying(false);
        setMarking(moments);
    };
    const placed = useMemo(() => placeMarks(marks ?? [], tracks), [marks, tracks]);
    const box = useRef<HTMLDivElement>(null);
    const [full, toggleFull] = useFullScreen(box);
    const [large, setLarge] = useState<string>();
    const [loudness, setLoudness] = useLoudness();
    const [asked, setAsked] = useState<'goTo' | 'help'>();
    usePlayerKeys(
        playback,
        extent,
        placed.map((each) => each.at),
        { mark, goTo: () => setAsked('goTo'), full: toggleFull, help: () => setAsked('help') },
    );
    const failed = [...registered.values()].find((viewing) => viewing.state === 'failed');
    const until = [...registered.values()].flatMap((viewing) => (viewing.state === 'open' ? [viewing.until] : []));
    // The log has one entry more for every viewing: the trace on the page shows it at once.
    useEffect(() => {
        if (until.length > 0) void queryClient.invalidateQueries({ queryKey: ['ledger.list'] });
    }, [until.length]);
    if (extent === undefined) return null;
    const all = tracks.map((track) => track.id);
    const shownAt = (track: Track) => {
        const segment = segmentAt(track, state.at);
        const viewing = segment === undefined ? undefined : registered.get(segment.recordingId);
        return viewing?.state === 'open' ? viewing.shown : 'original';
    };
    const helpOf = (track: Track) => {
        const id = segmentAt(track, state.at)?.recordingId;
        if (id === undefined || forSheet !== undefined || shownAt(track) !== 'original' || registered.get(id)?.state !== 'open')
            return undefined;
        const replace = () => {
            playback.reload(id);
            viewings.renew(id);
        };
        return <CopyHelp key={id} recordingId={id} onMade={replace} />;
    };
    return (
        <div className={full ? 'players players-full' : 'players'} ref={box}>
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
            <div className={large === undefined ? `cams cams-${tracks.length > 4 ? 3 : tracks.length}` : 'cams cams-one-large'}>
                {tracks.map((track) => (
                    <Cam
                        key={track.id}
                        track={track}
                        at={state.at}
                        clock={clock !== false}
                        state={state.cams[track.id] ?? 'waiting'}
                        heard={heard.has(track.id)}
                        solo={heard.size === 1 && heard.has(track.id)}
                        onHeard={() => setHeard(toggleHeard(heard, track.id))}
                        onSolo={() => setHeard(soloHeard(heard, track.id, all))}
                        loudness={loudness}
                        still={!state.playing}
                        awaited={state.awaited.includes(track.id)}
                        large={large === track.id}
                        onLarge={tracks.length === 1 ? undefined : () => setLarge(large === track.id ? undefined : track.id)}
                        purpose={viewings.purpose}
                        shown={shownAt(track)}
                        attach={(video) => playback.attach(track.id, video)}
                        onRetry={() => playback.retry()}
                        help={helpOf(track)}
                    />
                ))}
            </div>
            <Transport
                playback={playback}
                state={state}
                extent={extent}
                clock={clock !== false}
                tracks={tracks}
                onMark={tracks.some((track) => segmentAt(track, state.at) !== undefined) ? mark : undefined}
                marks={placed}
                markable={forSheet === undefined}
                picturesFor={forSheet === undefined ? viewings.purpose : undefined}
                loudness={loudness}
                onLoudness={setLoudness}
                onGoTo={() => setAsked('goTo')}
                onHelp={() => setAsked('help')}
                full={full}
                onFull={toggleFull}
            />
            {asked === 'help' && <PlayerHelp onClose={() => setAsked(undefined)} />}
            {asked === 'goTo' && (
                <GoTo
                    extent={extent}
                    clock={clock !== false}
                    onGo={(to) => playback.seek(to)}
                    onClose={() => setAsked(undefined)}
                />
            )}
            {marking !== undefined && (
                <MarkDialogue moments={marking} tracks={tracks} clock={clock !== false} onClose={() => setMarking(undefined)} />
            )}
        </div>
    );
}

/** The cameras and their controls on the whole screen, or over the whole page where the browser gives no screen. */
function useFullScreen(box: RefObject<HTMLDivElement | null>): [boolean, () => void] {
    const [full, setFull] = useState(false);
    useEffect(() => {
        const left = () => {
            if (document.fullscreenElement === null) setFull(false);
        };
        document.addEventListener('fullscreenchange', left);
        return () => document.removeEventListener('fullscreenchange', left);
    }, []);
    useKeys({ Escape: full ? () => setFull(false) : undefined });
    const toggle = () => {
        if (!full) void box.current?.requestFullscreen?.().catch(() => undefined);
        else if (document.fullscreenElement !== null) void document.exitFullscreen();
        setFull(!full);
    };
    return [full, toggle];
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
