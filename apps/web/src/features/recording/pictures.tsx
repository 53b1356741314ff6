import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Button } from 'antd';
import { createContext, type ReactNode, use, useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { queryClient } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';

type Pictures = ResponseOf<Endpoints['recording.openPictures']>;
type Picture = Pictures['pictures'][number];

const Shown = createContext<ReadonlyMap<string, Picture> | undefined>(undefined);

/**
 * Pictures of what is on a page, behind one registered look (附件1 第19条): nothing is fetched before it. Recordings that come to the
 * page later are asked for again by the same button.
 */
export function usePictures(ids: readonly string[]) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [shown, setShown] = useState<ReadonlyMap<string, Picture>>();
    const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
    const [answer, setAnswer] = useState<Pictures>();
    const open = useCommand('recording.openPictures', {
        refresh: false,
        onDone: (result) => {
            setAnswer(result);
            // The log has one entry more: the trace on the page shows it at once.
            void queryClient.invalidateQueries({ queryKey: ['ledger.list'] });
            setShown(
                (before) => new Map([...(before ?? []), ...result.pictures.map((each) => [each.recordingId, each] as const)]),
            );
        },
    });
    const fresh = ids.filter((id) => !asked.has(id)).slice(0, 100);
    const button = may('recording.play') && fresh.length > 0 && (
        <Button
            title={text.derived.showWhat}
            loading={open.isPending}
            onClick={() => {
                setAsked(new Set([...asked, ...fresh]));
                open.mutate({ body: { recordingIds: fresh, purpose: text.derived.purpose } });
            }}
        >
            {text.derived.show}
        </Button>
    );
    const note = (
        <>
            <ErrorNote error={open.error} of="command" />
            {answer !== undefined && (
                <p className="second pictures-note" role="status">
                    {fill(text.derived.showing, { time: format.dateTime(answer.until) })}
                    {answer.withheld > 0 && ` · ${fill(text.derived.withheld, { count: format.count(answer.withheld) })}`}
                </p>
            )}
        </>
    );
    return { button, note, shown };
}

export function PicturesShown({ of, children }: { of: ReadonlyMap<string, Picture> | undefined; children: ReactNode }) {
    return <Shown value={of}>{children}</Shown>;
}

/** The picture of one recording, where a look was registered; nothing before. */
export function Thumbnail({ id, name }: { id: string; name: string }) {
    const text = useText();
    const shown = use(Shown)?.get(id);
    if (shown === undefined) return null;
    if (shown.thumbnail === null) return <span className="thumbnail thumbnail-none">{text.derived.none}</span>;
    return <img className="thumbnail" src={shown.thumbnail} alt={fill(text.derived.pictureOf, { name })} loading="lazy" />;
}

/** The storyboard of one recording, where a look was registered. */
export function Storyboard({ id, name }: { id: string; name: string }) {
    const text = useText();
    const format = useFormat();
    const board = use(Shown)?.get(id)?.storyboard ?? null;
    if (board === null) return null;
    const every = format.duration(board.everyMs);
    return <img className="storyboard" src={board.url} alt={fill(text.derived.boardOf, { name, every })} loading="lazy" />;
}
