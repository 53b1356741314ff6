import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { formatMediaTime, formatTime, type Id, type Instant } from '@liuhen/domain';
import { App, Button } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { momentInTracks, type Track } from './tracks.ts';

type Heard = ResponseOf<Endpoints['recording.heard']>;
type Place = Heard['items'][number];

/** A job of minutes; whoever waits for it sees it come. */
const LOOK_EVERY_MS = 5_000;

type PlacesProps = {
    items: readonly Place[];
    tracks: readonly Track[];
    /** Names of files, where there is more than one. */
    names?: ReadonlyMap<string, string>;
    onShow: (at: Instant) => void;
};

/** Of an act: where programs heard opening and closing words in its recordings; nothing where there is nothing to check. */
export function HeardCard(props: PlacesProps) {
    const text = useText();
    if (!props.items.some((each) => each.state === 'waiting')) return null;
    return (
        <Card title={text.heard.title} small={text.heard.titleWhat} screenOnly>
            <Places {...props} />
        </Card>
    );
}

/** Of one recording: how far the listening is, and what was heard. */
export function ListeningCard({ id, tracks, onShow }: { id: Id } & Pick<PlacesProps, 'tracks' | 'onShow'>) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const first = useAsk('recording.heard', { params: { id } });
    const asked = first.data?.listening?.state === 'asked';
    const { data, error, refetch } = useAsk(
        'recording.heard',
        { params: { id } },
        { refetchInterval: asked ? LOOK_EVERY_MS : false },
    );
    const listen = useCommand('recording.listen');
    if (data === undefined)
        return error === null ? null : (
            <Card title={text.heard.title} screenOnly>
                <div className="body">
                    <ErrorNote error={error} of="read" onRetry={() => void refetch()} />
                </div>
            </Card>
        );
    const { available, listening, items } = data;
    if (!available && listening === null) return null;
    const askable = available && may('recording.play') && !asked && listening?.state !== 'noSound';
    const ask = () => listen.mutate({ params: { id }, body: {} });
    return (
        <Card
            title={text.heard.title}
            small={text.heard.titleWhat}
            screenOnly
            right={
                askable && (
                    <Button size="small" onClick={ask} disabled={listen.isPending}>
                        {listening === null ? text.heard.ask : text.heard.again}
                    </Button>
                )
            }
        >
            <div className="body">
                <ErrorNote error={listen.error} of="command" onRetry={ask} />
                {listening !== null && (
                    <p className="second" role="status">
                        {fill(text.heard.states[listening.state], {
                            program: listening.program ?? '',
                            time: format.dateTime(listening.at),
                        })}
                    </p>
                )}
                {listening?.state === 'done' && items.length === 0 && <p className="second">{text.heard.none}</p>}
            </div>
            <Places items={items} tracks={tracks} onShow={onShow} />
        </Card>
    );
}

function Places({ items, tracks, names, onShow }: PlacesProps) {
    const text = useText();
    const format = useFormat();
    const decided = items.filter((each) => each.state !== 'waiting');
    return (
        <>
            <ul className="people">
                {items
                    .filter((each) => each.state === 'waiting')
                    .map((place) => (
                        <PlaceRow
                            key={place.id}
                            place={place}
                            name={names?.get(place.recordingId)}
                            at={momentInTracks(tracks, { recordingId: place.recordingId, mediaMs: place.mediaMs })}
                            onShow={onShow}
                        />
                    ))}
            </ul>
            {decided.length > 0 && (
                <details className="body">
                    <summary className="soft">{fill(text.heard.decidedOnes, { count: format.count(decided.length) })}</summary>
                    {decided.map((place) => (
                        <p key={place.id} className="second">
                            {whenOf(place) ?? formatMediaTime(place.mediaMs)} {text.heard.kinds[place.kind]}
                            {' · '}
                            {fill(place.state === 'confirmed' ? text.heard.confirmed : text.heard.rejected, {
                                name: place.decided?.by.name ?? '',
                                time: format.dateTime(place.decided?.at ?? 0),
                            })}
                        </p>
                    ))}
                </details>
            )}
        </>
    );
}

/** By the clock, the corrected one where it is known. */
const whenOf = ({ corrected, deviceAt }: Place): string | undefined => {
    const at = corrected?.at ?? deviceAt;
    return at === null ? undefined : formatTime(at);
};

type RowProps = { place: Place; name: string | undefined; at: Instant | undefined; onShow: (at: Instant) => void };

function PlaceRow({ place, name, at, onShow }: RowProps) {
    const text = useText();
    const may = useMay();
    const { message } = App.useApp();
    const decide = useCommand('recording.decideHeard', { onDone: () => void message.success(text.heard.done) });
    const params = { id: place.id };
    const shown = whenOf(place) ?? fill(text.mark.inFile, { time: formatMediaTime(place.mediaMs) });
    const confirm = () => decide.mutate({ params, body: { as: 'confirmed' } });
    return (
        <li>
            <span className="wrap">
                <Dot status="judge" />{' '}
                {at === undefined ? (
                    <span className="mono">{shown}</span>
                ) : (
                    <button type="button" className="linkish mono" onClick={() => onShow(at)}>
                        {shown}
                    </button>
                )}{' '}
                <strong>{text.heard.kinds[place.kind]}</strong>
                <span className="second">
                    {[name, fill(text.heard.said, { words: place.words }), text.mark.clauses[place.kind]]
                        .filter((each) => each !== undefined)
                        .join(' · ')}
                </span>
                <ErrorNote error={decide.error} of="command" onRetry={confirm} />
            </span>
            {may('recording.play') && (
                <span className="steps no-print">
                    <Button size="small" onClick={confirm} disabled={decide.isPending}>
                        {text.heard.confirm}
                    </Button>
                    <Button
                        size="small"
                        type="text"
                        disabled={decide.isPending}
                        onClick={() => decide.mutate({ params, body: { as: 'rejected' } })}
                    >
                        {text.heard.reject}
                    </Button>
                </span>
            )}
        </li>
    );
}
