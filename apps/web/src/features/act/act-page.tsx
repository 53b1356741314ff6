import type { Id } from '@liuhen/domain';
import { uiCss } from '@liuhen/ui';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { MediaCard } from '../access/media-card.tsx';
import { RetrievalsCard } from '../access/retrievals-card.tsx';
import { CasesCard } from '../case/cases-card.tsx';
import { ActFindings } from '../compliance/act-findings-card.tsx';
import { TraceCard } from '../ledger/trace-card.tsx';
import { HeardCard } from '../recording/heard-card.tsx';
import { MarksCard } from '../recording/marks-card.tsx';
import type { RecordingMoment } from '../recording/moment-link.tsx';
import { PointedAt } from '../recording/pointed-at.tsx';
import { type PlayersHandle, SyncPlayers } from '../recording/sync-players.tsx';
import { momentInTracks } from '../recording/tracks.ts';
import { ActActions } from './act-actions.tsx';
import { ActChart } from './act-chart.tsx';
import { ActChecklist } from './act-checklist-card.tsx';
import { ActDocuments } from './act-documents.tsx';
import { ActExemptions } from './act-exemptions-card.tsx';
import { ActMap } from './act-map.tsx';
import { ActMarks } from './act-marks-card.tsx';
import { ActParticipants } from './act-participants.tsx';
import { ActPhotos } from './act-photos-card.tsx';
import { ActRecordings } from './act-recordings.tsx';
import { ActSegments } from './act-segments-card.tsx';
import { tracksOf } from './act-tracks.ts';
import { type ActDetail, attachedMomentsOf, factsOf, heardFactsOf, markFactsOf, photoFactsOf } from './strip-chart-input.ts';
import { useActWords } from './use-act-words.ts';

/** One act: what it is and how it stands, the answer, the picture, the work, the trace. */
export function ActPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/acts/$id' });
    const { recordingId, at } = useSearch({ from: '/signed-in/shell/acts/$id' });
    const pointed = recordingId === undefined ? undefined : { recordingId, mediaMs: Number(at ?? 0) };
    const { data, error, isPending, refetch } = useAsk('act.get', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return <Unreadable error={error} onRetry={() => void refetch()} back={<Link to="/acts">{text.act.title}</Link>} />;
    return <Loaded key={[data.id, recordingId, at].join()} act={data} pointed={pointed} />;
}

function Loaded({ act, pointed }: { act: ActDetail; pointed: RecordingMoment | undefined }) {
    const text = useText();
    const may = useMay();
    const [now] = useState(() => Date.now());
    const facts = useMemo(() => {
        const titleOf = ({ scenario, place }: ActDetail['segments'][number]) => `${scenarioWords(text, scenario)} · ${place}`;
        return {
            ...factsOf(act, now, text.act.period, titleOf),
            marks: [
                ...markFactsOf(act, text.mark.kinds),
                ...heardFactsOf(act, text.heard.onChart),
                ...photoFactsOf(act, text.photo.attachedTo),
                ...attachedMomentsOf(act, text.photo.momentIn),
            ],
        };
    }, [act, now, text]);
    const tracks = useMemo(() => tracksOf(act), [act]);
    const names = useMemo(() => new Map(act.recordings.map((each) => [each.id, each.name])), [act]);
    const players = useRef<PlayersHandle>(null);
    const pointedAt = pointed === undefined ? undefined : momentInTracks(tracks, pointed);
    const [cursor, setCursor] = useState(pointedAt);
    const [photo, setPhoto] = useState<Id>();
    const seek = useCallback((at: number) => {
        setCursor(at);
        players.current?.seek(at);
    }, []);
    return (
        <>
            <style href="liuhen-ui" precedence="default">
                {uiCss}
            </style>
            <ActHead act={act} />
            {act.state !== 'planned' && (
                <ActChart act={act} facts={facts} tracks={tracks} cursor={cursor} onCursor={seek} onPhoto={setPhoto} />
            )}
            <div className="two">
                <div>
                    <ActSegments act={act} facts={facts} />
                    {act.state !== 'planned' && may('recording.play') && (
                        <Card title={text.act.players} small={text.act.playersSub} screenOnly>
                            {pointed !== undefined && (
                                <PointedAt name={names.get(pointed.recordingId)} moment={pointed} at={pointedAt} />
                            )}
                            {tracks.length === 0 ? (
                                <p className="empty-small">{text.act.playersEmpty}</p>
                            ) : (
                                <SyncPlayers tracks={tracks} at={cursor} onAt={setCursor} marks={act.marks} ref={players} />
                            )}
                        </Card>
                    )}
                    <ActPhotos act={act} open={photo} onOpen={setPhoto} onShow={seek} />
                    <ActMap act={act} tracks={tracks} at={cursor ?? act.startsAt} />
                    <HeardCard items={act.heard} tracks={tracks} names={names} onShow={seek} />
                    {act.recordings.length > 0 && <MarksCard marks={act.marks} tracks={tracks} names={names} onShow={seek} />}
                    <ActRecordings act={act} onShow={seek} />
                    <CasesCard of={{ actId: act.id, ...(act.party === null ? {} : { partyId: act.party.id }) }} />
                    <ActDocuments act={act} />
                    {act.recordings.length > 0 && <RetrievalsCard of={{ actId: act.id }} />}
                    {act.recordings.length > 0 && <MediaCard of={{ actId: act.id }} />}
                </div>
                <div>
                    {act.state !== 'planned' && <ActFindings actId={act.id} files={act.recordings} />}
                    <ActParticipants act={act} />
                    <ActChecklist act={act} />
                    <ActExemptions act={act} />
                    <ActMarks act={act} />
                    {act.note !== null && (
                        <Card title={text.act.noteLabel}>
                            <p className="body">{act.note}</p>
                        </Card>
                    )}
                    <TraceCard objectId={act.id} />
                </div>
            </div>
        </>
    );
}

function ActHead({ act }: { act: ActDetail }) {
    const text = useText();
    const format = useFormat();
    const words = useActWords();
    const names = (part: 'officer' | 'assistant') => {
        const of = act.participants.filter((each) => each.part === part).map((each) => each.name);
        return of.length === 0 ? null : `${text.act.parts[part]} ${format.list(of)}`;
    };
    return (
        <PageHead
            crumb={
                <>
                    <Link to="/acts">{text.act.title}</Link> / {act.number}
                </>
            }
            title={words.title(act)}
            tag={
                act.state === 'cancelled' ? (
                    <Tag>{text.act.states.cancelled}</Tag>
                ) : (
                    <Tag status={act.standing.status}>{words.standing(act)}</Tag>
                )
            }
            facts={
                <Line
                    of={[
                        format.period(act.startsAt, act.endsAt),
                        act.party === null ? null : act.place,
                        names('officer'),
                        names('assistant'),
                        act.state === 'closed' ? text.act.states.closed : null,
                        act.secrecy === 'open' ? null : text.actPart.mark.secrecies[act.secrecy],
                        act.party !== null && (
                            <Link to="/parties/$id" params={{ id: act.party.id }}>
                                {text.act.file}
                            </Link>
                        ),
                    ]}
                />
            }
            actions={<ActActions act={act} />}
        />
    );
}
