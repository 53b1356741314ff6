import { fill } from '@liuhen/contract';
import { formatMediaTime, formatTime, type Instant, type Interval } from '@liuhen/domain';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { client } from '../../app/client.ts';
import { useText } from '../../app/language.tsx';
import { queryClient } from '../../app/query.ts';
import { mediaSecondsAt, segmentAt, type Track } from './tracks.ts';

type Board = { readonly url: string; readonly columns: number; readonly rows: number; readonly everyMs: number };
type Props = {
    tracks: readonly Track[];
    extent: Interval;
    clock: boolean;
    /** The moment at which the players stand: what keys have moved the slider to. */
    at: Instant;
    /** `undefined`: no pictures, the time alone. */
    purpose: string | undefined;
    children: ReactNode;
};

const TILE = 168;
const MOST_TILES = 3;
/** The keys by which a slider moves. */
const SLIDES = /^(Arrow.*|Page.*|Home|End)$/;

/**
 * Small pictures over the scrubber. They are registered as a look of their own when the pointer first comes there, for the purpose of
 * the viewing (附件1 第19条); who may not see pictures gets the time alone.
 */
export function ScrubPreview({ tracks, extent, clock, at, purpose, children }: Props) {
    const text = useText();
    const asked = useRef(false);
    const [boards, setBoards] = useState<ReadonlyMap<string, Board>>(new Map());
    /** Where the pointer is; `keys`: where the slider is, which keys move. */
    const [over, setOver] = useState<{ at: Instant; part: number } | 'keys'>();
    const length = Math.max(1, extent.end - 1 - extent.start);
    const pointed = over === 'keys' ? { at, part: Math.min(1, Math.max(0, (at - extent.start) / length)) } : over;
    const ask = () => {
        if (asked.current || purpose === undefined) return;
        asked.current = true;
        const recordingIds = [...new Set(tracks.flatMap((track) => track.segments.map((each) => each.recordingId)))].slice(
            0,
            100,
        );
        void client.call('recording.openPictures', { body: { recordingIds, purpose } }).then(
            ({ pictures }) => {
                setBoards(
                    new Map(pictures.flatMap((each) => (each.storyboard === null ? [] : [[each.recordingId, each.storyboard]]))),
                );
                void queryClient.invalidateQueries({ queryKey: ['ledger.list'] });
            },
            // Without pictures the scrubber still scrubs.
            () => undefined,
        );
    };
    const onPoint = (event: PointerEvent<HTMLDivElement>) => {
        ask();
        const box = event.currentTarget.getBoundingClientRect();
        const part = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
        setOver({ at: Math.round(extent.start + part * length), part });
    };
    const onKey = ({ key, target }: KeyboardEvent) => {
        if (!SLIDES.test(key) || !(target instanceof HTMLInputElement)) return;
        ask();
        setOver('keys');
    };
    const leave = () => setOver(undefined);
    return (
        // biome-ignore lint/a11y/noStaticElementInteractions: the slider inside is what is worked; this box only looks on
        <div
            className="scrub"
            onPointerDown={onPoint}
            onPointerMove={onPoint}
            onPointerUp={({ pointerType }) => pointerType === 'touch' && leave()}
            onPointerCancel={leave}
            onPointerLeave={leave}
            onKeyDown={onKey}
            onBlur={leave}
        >
            {pointed !== undefined && (
                <div className="scrub-preview" style={{ left: `${pointed.part * 100}%` }} aria-hidden="true">
                    <div className="scrub-tiles">
                        {tracks
                            .flatMap((track) => {
                                const segment = segmentAt(track, pointed.at);
                                const board = segment === undefined ? undefined : boards.get(segment.recordingId);
                                if (segment === undefined || board === undefined) return [];
                                const ms = mediaSecondsAt(segment, pointed.at) * 1_000;
                                return [{ id: track.id, label: track.label, board, style: tileOf(board, ms) }];
                            })
                            .slice(0, MOST_TILES)
                            .map(({ id, label, style }) => (
                                <figure key={id}>
                                    <div style={style} title={fill(text.derived.pictureOf, { name: label })} />
                                    <figcaption>{label}</figcaption>
                                </figure>
                            ))}
                    </div>
                    <span className="mono">{clock ? formatTime(pointed.at) : formatMediaTime(pointed.at - extent.start)}</span>
                </div>
            )}
            {children}
        </div>
    );
}

/** One tile of the storyboard as the background of a box. */
export function tileOf({ url, columns, rows, everyMs }: Board, ms: number) {
    const tile = Math.min(columns * rows - 1, Math.max(0, Math.floor(ms / everyMs)));
    const [x, y] = [tile % columns, Math.floor(tile / columns)];
    const along = (at: number, of: number) => (of < 2 ? 0 : (at / (of - 1)) * 100);
    return {
        width: TILE,
        aspectRatio: '16 / 9',
        backgroundImage: `url("${url}")`,
        backgroundSize: `${columns * 100}% ${rows * 100}%`,
        backgroundPosition: `${along(x, columns)}% ${along(y, rows)}%`,
    };
}
