import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import type { Instant } from '@liuhen/domain';
import { Link, useParams } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { type Ref, useMemo, useRef, useState } from 'react';
import { Hash } from '../../app/copy.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { TraceCard } from '../ledger/trace-card.tsx';
import { DerivedCard } from './derived-card.tsx';
import { DockCard } from './dock-card.tsx';
import { FileCard } from './file-card.tsx';
import { FileDialogue } from './file-dialogue.tsx';
import { useFindingWords } from './finding-words.ts';
import { ListeningCard } from './heard-card.tsx';
import { InspectionCard } from './inspection-card.tsx';
import type { RecordingMark } from './marks.ts';
import { MarksCard } from './marks-card.tsx';
import { NotPlayable } from './not-playable.tsx';
import { type Proposal, ProposalView } from './proposal-view.tsx';
import { trackOf } from './recording-track.ts';
import { RunCard } from './run-card.tsx';
import { type PlayersHandle, SyncPlayers } from './sync-players.tsx';
import { TrackMap } from './track-map.tsx';

type Recording = ResponseOf<Endpoints['recording.get']>;

export function RecordingPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/recordings/$id' });
    // A fresh file is looked at again until its inspection and sealing are done.
    const [pending, setPending] = useState(false);
    const { data, error, isPending, refetch } = useAsk(
        'recording.get',
        { params: { id } },
        { refetchInterval: pending ? 3_000 : false },
    );
    const unfinished = data !== undefined && (!data.inspected || data.state === 'registered');
    if (unfinished !== pending) setPending(unfinished);
    if (isPending) return <Waiting />;
    if (data === undefined)
        return (
            <Unreadable
                error={error}
                onRetry={() => void refetch()}
                back={<Link to="/recordings">{text.recording.title}</Link>}
            />
        );
    return <Loaded key={data.id} recording={data} />;
}

function Loaded({ recording }: { recording: Recording }) {
    const players = useRef<PlayersHandle>(null);
    const [shownAt, setShownAt] = useState<number>();
    const asked = useAsk('recording.marks', { params: { id: recording.id } });
    const marks = asked.data?.items ?? NO_MARKS;
    const { positions } = recording;
    return (
        <>
            <RecordingHead recording={recording} />
            <div className="two">
                <div>
                    <PlayerCard recording={recording} marks={marks} onAt={setShownAt} ref={players} />
                    {recording.durationMs !== null && (
                        <MarksCard
                            marks={marks}
                            read={asked}
                            tracks={trackOf(recording)}
                            onShow={(at) => players.current?.seek(at)}
                        />
                    )}
                    {recording.inspected && (
                        <ListeningCard id={recording.id} tracks={trackOf(recording)} onShow={(at) => players.current?.seek(at)} />
                    )}
                    {positions !== null && (
                        <TrackMap
                            positions={positions}
                            premises={null}
                            mediaMs={shownAt === undefined ? 0 : shownAt - startOf(recording)}
                        />
                    )}
                    <InspectionCard recording={recording} />
                    <DerivedCard recording={recording} />
                    <DigestsCard recording={recording} />
                </div>
                <div>
                    {recording.act === null && recording.proposal !== null && (
                        <ProposalCard id={recording.id} proposal={recording.proposal} />
                    )}
                    <RunCard recording={recording} />
                    <FileCard recording={recording} />
                    <DockCard recordingId={recording.id} />
                    <TraceCard objectId={recording.id} />
                </div>
            </div>
        </>
    );
}

function ProposalCard({ id, proposal }: { id: string; proposal: Proposal }) {
    const text = useText();
    return (
        <Card title={text.filing.card}>
            <div className="body">
                <ProposalView recordingId={id} proposal={proposal} />
            </div>
        </Card>
    );
}

function RecordingHead({ recording }: { recording: Recording }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const { message } = App.useApp();
    const findings = useFindingWords();
    const [filing, setFiling] = useState(false);
    const [unfiling, setUnfiling] = useState(false);
    const unfile = useCommand('recording.unfile', {
        onDone: () => {
            void message.success(text.common.done);
            setUnfiling(false);
        },
    });
    const worst = findings.worst(recording);
    const mayFile = may('recording.file') && recording.state !== 'quarantined';
    return (
        <>
            <PageHead
                crumb={<Link to="/recordings">{text.recording.title}</Link>}
                title={recording.name}
                tag={
                    worst.status === 'held' ? (
                        <Tag>{text.recording.states[recording.state]}</Tag>
                    ) : (
                        <Tag status={worst.status}>{worst.words}</Tag>
                    )
                }
                facts={
                    <Line
                        of={[
                            ...recording.evidenceIn.map((each) => (
                                <Link key={each.id} to="/cases/$id" params={{ id: each.id }}>
                                    {fill(text.case.markedIn, { number: each.number })}
                                </Link>
                            )),
                            recording.deviceStart === null
                                ? text.act.noTime
                                : recording.deviceEnd === null && recording.durationMs === null
                                  ? fill(text.act.fromOnly, { time: format.dateTime(recording.deviceStart, 'second') })
                                  : format.dateTime(recording.deviceStart, 'second'),
                            recording.durationMs === null ? null : format.duration(recording.durationMs),
                            format.bytes(BigInt(recording.size)),
                            recording.officer !== null && (
                                <Link to="/persons/$id" params={{ id: recording.officer.id }}>
                                    {recording.officer.name}
                                </Link>
                            ),
                            recording.device !== null && (
                                <Link to="/devices/$id" params={{ id: recording.device.id }}>
                                    {recording.device.number}
                                </Link>
                            ),
                            recording.act !== null && (
                                <Link to="/acts/$id" params={{ id: recording.act.id }}>
                                    {recording.act.title}
                                </Link>
                            ),
                        ]}
                    />
                }
                actions={
                    mayFile &&
                    (recording.act === null ? (
                        <Button type="primary" onClick={() => setFiling(true)}>
                            {text.recording.file}
                        </Button>
                    ) : (
                        <Button onClick={() => setUnfiling(true)}>{text.recording.unfile}</Button>
                    ))
                }
            />
            {filing && <FileDialogue recordings={[recording]} onClose={() => setFiling(false)} />}
            {unfiling && (
                <ReasonDialogue
                    title={text.recording.unfileTitle}
                    what={text.recording.unfileWhat}
                    label={text.recording.reason}
                    error={unfile.error}
                    busy={unfile.isPending}
                    onClose={() => {
                        unfile.reset();
                        setUnfiling(false);
                    }}
                    onSubmit={(reason) => unfile.mutate({ params: { id: recording.id }, body: { reason } })}
                />
            )}
        </>
    );
}

const NO_MARKS: readonly RecordingMark[] = [];

/** On the axis of the player. */
const startOf = ({ corrected, deviceStart }: Recording): Instant => corrected?.start.at ?? deviceStart ?? 0;

type PlayerProps = {
    recording: Recording;
    marks: readonly RecordingMark[];
    onAt: (at: Instant) => void;
    ref: Ref<PlayersHandle>;
};

function PlayerCard({ recording, marks, onAt, ref }: PlayerProps) {
    const text = useText();
    const may = useMay();
    const { deviceStart } = recording;
    const corrected = recording.corrected?.start.at;
    const tracks = useMemo(() => trackOf(recording), [recording]);
    const body = () => {
        if (!may('recording.play')) return <p className="empty-small">{text.recording.noPermission}</p>;
        if (!recording.inspected) return <p className="empty-small">{text.recording.inspectionPending}</p>;
        if (!recording.playable || tracks.length === 0) return <NotPlayable recording={recording} />;
        return <SyncPlayers tracks={tracks} clock={(corrected ?? deviceStart) !== null} marks={marks} onAt={onAt} ref={ref} />;
    };
    return (
        <Card
            title={text.recording.player}
            small={
                corrected === undefined ? (deviceStart === null ? undefined : text.recording.deviceTime) : text.playback.corrected
            }
            right={
                may('recording.play') ? (
                    <Link to="/recordings/viewings" search={{ recordingId: recording.id }}>
                        {fill(text.recording.viewings, { count: recording.viewings })}
                    </Link>
                ) : (
                    fill(text.recording.viewings, { count: recording.viewings })
                )
            }
        >
            {body()}
        </Card>
    );
}

function DigestsCard({ recording }: { recording: Recording }) {
    const text = useText();
    return (
        <Card title={text.recording.digests} small={text.recording.digestsWhat}>
            <div className="body">
                <Facts
                    of={[
                        ['SHA-256', <Hash key="sha256" value={recording.sha256} label="SHA-256" />],
                        ['SM3', <Hash key="sm3" value={recording.sm3} label="SM3" />],
                        [
                            text.recording.chunkRoot,
                            <Hash key="root" value={recording.chunkRoot} label={text.recording.chunkRoot} />,
                        ],
                    ]}
                />
            </div>
        </Card>
    );
}
