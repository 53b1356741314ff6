import { fill } from '@liuhen/contract';
import { formatDate, formatTime } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { useActorWords } from './actor-words.ts';
import { useEventWords } from './event-words.ts';

const SHOWN = 8;

/** The last log entries about one thing, with their index, on every page. Absent where the log may not be read. */
export function TraceCard({ objectId }: { objectId: string }) {
    const may = useMay();
    return may('ledger.view') ? <Trace objectId={objectId} /> : null;
}

function Trace({ objectId }: { objectId: string }) {
    const text = useText();
    const format = useFormat();
    const eventWords = useEventWords();
    const actorWords = useActorWords();
    const { data, error, isPending, refetch } = useAsk('ledger.list', { query: { objectId, limit: SHOWN } });
    return (
        <Card
            title={text.log.trace}
            small={data === undefined ? undefined : fill(text.log.traceSub, { count: format.count(data.total) })}
            right={
                <Link to="/log" search={{ objectId }}>
                    {text.log.traceAll}
                </Link>
            }
        >
            {error !== null && (
                <div className="body">
                    <ErrorNote error={error} of="read" onRetry={() => void refetch()} />
                </div>
            )}
            {isPending && <Waiting />}
            {data?.items.length === 0 && <p className="empty-small">{text.log.traceEmpty}</p>}
            <ol className="trace">
                {data?.items.map((entry) => (
                    <li key={entry.index}>
                        <Link to="/log" search={{ objectId, entry: entry.index }}>
                            <time className="mono soft" dateTime={new Date(entry.at).toISOString()}>
                                {formatDate(entry.at).slice(5)} {formatTime(entry.at, 'minute')}
                            </time>
                            <span className="wrap">
                                {eventWords(entry.kind)}
                                <span className="faint"> · {actorWords(entry.actor)}</span>
                            </span>
                            <span className="mono soft">{format.count(BigInt(entry.index))}</span>
                        </Link>
                    </li>
                ))}
            </ol>
        </Card>
    );
}
