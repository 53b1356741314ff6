import { fill } from '@liuhen/contract';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';
import { useCommand } from '../../app/use-command.ts';
import { type Asked, askedNow, cameOf, partOf } from './copy-state.ts';

/** How often a page looks whether what it waits for is there. */
export const LOOK_EVERY_MS = 2_000;

/**
 * For a picture that this browser does not show although nothing speaks against its file: a copy is asked for, waited for and
 * put in the original's place, with its name on it. Without the program on the server, it says that.
 */
export function CopyHelp({ recordingId, onMade }: { recordingId: string; onMade: () => void }) {
    const text = useText();
    const [asked, setAsked] = useState<Asked>();
    const found = useAsk('recording.get', { params: { id: recordingId } }, { refetchInterval: asked ? LOOK_EVERY_MS : false });
    const { data } = found;
    const kind = data === undefined || data.derivable.includes('playable') ? 'playable' : 'repaired';
    const came = data === undefined || asked === undefined ? undefined : cameOf(data, asked);
    const made = came?.state === 'made';
    const ask = useCommand('recording.askForDerived', { refresh: false });
    useEffect(() => {
        if (made) onMade();
    }, [made, onMade]);
    if (data !== undefined && asked !== undefined && came === undefined && ask.error === null)
        return (
            <>
                <span>{text.playback.copyMaking}</span>
                <CopyPart part={partOf(data, asked.kind)} />
            </>
        );
    if (data === undefined && found.error !== null)
        return <ErrorNote error={found.error} of="read" onRetry={() => void found.refetch()} />;
    const copy = came ?? data?.derivedItems.find((each) => each.kind === kind);
    const reason =
        copy === undefined || copy.state === 'made'
            ? undefined
            : copy.reason === null
              ? text.derived.states[copy.state]
              : text.derived.reasons[copy.reason];
    return (
        <>
            {reason !== undefined && <span>{fill(text.playback.copyNone, { reason })}</span>}
            <span className="cam-more">{text.playback.copyWhy}</span>
            <Button
                size="small"
                loading={ask.isPending}
                disabled={data === undefined}
                onClick={() => {
                    if (data === undefined) return;
                    setAsked(askedNow(data, kind));
                    ask.mutate({ params: { id: recordingId }, body: { kind } });
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
