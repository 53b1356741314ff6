import { fill } from '@liuhen/contract';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';
import { useCommand } from '../../app/use-command.ts';

const LOOK_EVERY_MS = 2_000;

/**
 * For a picture that this browser does not show although nothing speaks against its file: a copy is asked for, waited for and
 * put in the original's place, with its name on it. Without the program on the server, it says that.
 */
export function CopyHelp({ recordingId, onMade }: { recordingId: string; onMade: () => void }) {
    const text = useText();
    const [askedAt, setAskedAt] = useState<number>();
    const { data } = useAsk(
        'recording.get',
        { params: { id: recordingId } },
        { refetchInterval: askedAt ? LOOK_EVERY_MS : false },
    );
    const copy = data?.derivedItems.find((each) => each.kind === 'playable' || each.kind === 'repaired');
    const settled = copy !== undefined && (askedAt === undefined || copy.madeAt >= askedAt);
    const made = settled && copy.state === 'made' && askedAt !== undefined;
    const ask = useCommand('recording.askForDerived', { refresh: false });
    useEffect(() => {
        if (made) onMade();
    }, [made, onMade]);
    const part = data?.making.find((each) => each.kind === 'playable' || each.kind === 'repaired')?.partMilli;
    if (askedAt !== undefined && !settled && ask.error === null)
        return (
            <>
                <span>{text.playback.copyMaking}</span>
                <CopyPart part={part} />
            </>
        );
    const reason =
        copy === undefined || copy.state === 'made'
            ? undefined
            : copy.reason === null
              ? text.derived.states[copy.state]
              : text.derived.reasons[copy.reason];
    return (
        <>
            {reason !== undefined && settled && <span>{fill(text.playback.copyNone, { reason })}</span>}
            <span className="cam-more">{text.playback.copyWhy}</span>
            <Button
                size="small"
                loading={ask.isPending}
                onClick={() => {
                    // The server's clock dates the copy; what was there before is older than any new one.
                    setAskedAt((copy?.madeAt ?? 0) + 1);
                    ask.mutate({ params: { id: recordingId }, body: { kind: 'playable' } });
                }}
            >
                {text.playback.copyAsk}
            </Button>
            <ErrorNote error={ask.error} of="command" />
        </>
    );
}

/** How far the copy is; unknown is said as unknown. */
export function CopyPart({ part }: { part: number | undefined }) {
    const text = useText();
    if (part === undefined) return <span className="cam-more">{text.playback.copyUnknown}</span>;
    const percent = Math.floor(part / 10);
    return (
        <>
            <progress max={1_000} value={part} aria-label={text.playback.copyProgress} />
            <span className="cam-more">{fill(text.playback.copyPart, { percent })}</span>
        </>
    );
}
