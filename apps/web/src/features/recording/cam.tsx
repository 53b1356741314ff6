import { fill } from '@liuhen/contract';
import type { Instant } from '@liuhen/domain';
import { formatDate, formatTime } from '@liuhen/domain';
import { Button } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon } from '../../app/icons.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { useMe } from '../../app/session.ts';
import type { CamState } from './playback-state.ts';
import { hollowAt, mediaSecondsAt, type Segment, segmentAt, type Track } from './tracks.ts';

type CamProps = {
    track: Track;
    at: Instant;
    clock: boolean;
    state: CamState;
    heard: boolean;
    /** Only this one is heard. */
    solo: boolean;
    onHeard: () => void;
    onSolo: () => void;
    /** From 0 to 1. */
    loudness: number;
    /** It stands, and its picture can be counted. */
    still: boolean;
    /** All others stand because of this one. */
    awaited: boolean;
    /** Shown large, the others small beside it. */
    large: boolean;
    /** `undefined`: it is the only one. */
    onLarge: (() => void) | undefined;
    purpose: string;
    shown: 'original' | 'repaired' | 'playable';
    attach: (video: HTMLVideoElement | null) => void;
    onRetry: () => void;
    /** What can be done about a picture that the browser does not show. */
    help?: ReactNode;
};

/** One camera: whose it is, its picture or why there is none, whether it is heard. */
export function Cam({ track, at, clock, state, purpose, shown, attach, onRetry, help, ...more }: CamProps) {
    const { loudness, still, awaited, large, onLarge, ...sound } = more;
    const text = useText();
    const { person } = useMe();
    const video = useRef<HTMLVideoElement>(null);
    const [attachOnce] = useState(() => (element: HTMLVideoElement | null) => {
        video.current = element;
        attach(element);
    });
    useEffect(() => {
        if (video.current !== null) video.current.volume = loudness;
    }, [loudness]);
    const [since] = useState(() => Date.now());
    const segment = segmentAt(track, at);
    const hollow = useHollowWords()(track, at);
    const words = {
        nothing: clock ? hollow.title : text.recording.nothingNow,
        waiting: awaited ? text.playback.awaited : text.recording.waitingFor,
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
        <figure className={large ? 'cam-frame cam-large' : 'cam-frame'} aria-label={track.label}>
            <figcaption>
                <span className="cut" title={segment?.name}>
                    {track.label}
                </span>
                {shown !== 'original' && state !== 'nothing' && <strong className="cam-copy">{text.derived.shown[shown]}</strong>}
                <span className="mono nowrap">
                    {clock && formatTime(at, 'tenth')}
                    {still && state === 'shown' && segment !== undefined && <FrameNumber segment={segment} at={at} />}
                </span>
                <CamSound label={track.label} large={large} onLarge={onLarge} {...sound} />
            </figcaption>
            <div className={`cam cam-${state}`}>
                <video
                    ref={attachOnce}
                    muted={!sound.heard}
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
                        {(state === 'failed' || state === 'soundOnly') && help}
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

function CamSound({
    label,
    heard,
    solo,
    onHeard,
    onSolo,
    large,
    onLarge,
}: Pick<CamProps, 'heard' | 'solo' | 'onHeard' | 'onSolo' | 'large' | 'onLarge'> & { label: string }) {
    const text = useText();
    return (
        <span className="cam-sound">
            <button
                type="button"
                aria-pressed={heard}
                aria-label={fill(text.playback.hear, { name: label })}
                title={heard ? text.playback.heard : text.playback.silent}
                onClick={onHeard}
            >
                <Icon name={heard ? 'sound' : 'silent'} size={14} />
            </button>
            <button
                type="button"
                aria-pressed={solo}
                aria-label={fill(text.playback.hearOnly, { name: label })}
                title={text.playback.soloWhat}
                onClick={onSolo}
            >
                {text.playback.solo}
            </button>
            {onLarge !== undefined && (
                <button
                    type="button"
                    aria-pressed={large}
                    aria-label={fill(text.playback.largeOf, { name: label })}
                    title={text.playback.largeWhat}
                    onClick={onLarge}
                >
                    <Icon name="large" size={14} />
                </button>
            )}
        </span>
    );
}

/** Which picture of its file stands there, counted from 0 by the rate that was measured; a file of no steady rate makes it a guess. */
function FrameNumber({ segment, at }: { segment: Segment; at: Instant }) {
    const text = useText();
    const format = useFormat();
    if (segment.frameMs === undefined) return null;
    const number = Math.floor((mediaSecondsAt(segment, at) * 1_000) / segment.frameMs + 1e-6);
    return (
        <span title={fill(text.playback.frameWhat, { rate: (1_000 / segment.frameMs).toFixed(2) })}>
            {' · '}
            {fill(text.playback.frame, { number: format.count(number) })}
        </span>
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
