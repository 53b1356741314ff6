import { fill } from '@liuhen/contract';
import { formatTime } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot } from '../../app/page.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { useFindingWords } from '../recording/finding-words.ts';
import { RETENTION_STATUS, useRetentionWords } from '../recording/retention-words.ts';
import { FileHereDialogue } from './file-here-dialogue.tsx';
import { type ActDetail, deviceInterval } from './strip-chart-input.ts';
import { useUnplacedWords } from './use-act-words.ts';

/** The files of an act with what the inspection found; filing and its undoing. */
export function ActRecordings({ act, onShow }: { act: ActDetail; onShow: (at: number) => void }) {
    const text = useText();
    const may = useMay();
    const { message } = App.useApp();
    const [filing, setFiling] = useState(false);
    const [unfiling, setUnfiling] = useState<string>();
    const mayFile = may('recording.file') && act.state !== 'cancelled';
    const unfile = useCommand('recording.unfile', {
        onDone: () => {
            void message.success(text.common.done);
            setUnfiling(undefined);
        },
    });
    return (
        <Card
            title={text.act.recordingsTitle}
            small={act.recordings.length}
            right={
                mayFile && (
                    <Button size="small" className="no-print" onClick={() => setFiling(true)}>
                        {text.act.fileHere}
                    </Button>
                )
            }
        >
            {act.recordings.length === 0 ? (
                <p className="empty-small">{text.act.recordingsEmpty}</p>
            ) : (
                <ul className="people files">
                    {act.recordings.map((recording) => (
                        <ActRecordingRow
                            key={recording.id}
                            act={act}
                            recording={recording}
                            onShow={onShow}
                            onUnfile={mayFile ? () => setUnfiling(recording.id) : undefined}
                        />
                    ))}
                </ul>
            )}
            {filing && <FileHereDialogue act={act} onClose={() => setFiling(false)} />}
            {unfiling !== undefined && (
                <ReasonDialogue
                    title={text.recording.unfileTitle}
                    what={text.recording.unfileWhat}
                    label={text.recording.reason}
                    error={unfile.error}
                    busy={unfile.isPending}
                    onClose={() => {
                        unfile.reset();
                        setUnfiling(undefined);
                    }}
                    onSubmit={(reason) => unfile.mutate({ params: { id: unfiling }, body: { reason } })}
                />
            )}
        </Card>
    );
}

type RowProps = {
    act: ActDetail;
    recording: ActDetail['recordings'][number];
    onShow: (at: number) => void;
    onUnfile: (() => void) | undefined;
};

function ActRecordingRow({ act, recording, onShow, onUnfile }: RowProps) {
    const text = useText();
    const format = useFormat();
    const words = useFindingWords();
    const span = deviceInterval(recording);
    const start = recording.deviceStart;
    // The players and the chart run on corrected time where it is known.
    const shownFrom = recording.stretches[0]?.corrected?.start.at ?? start;
    const person =
        recording.personId === null ? undefined : act.participants.find((each) => each.person?.id === recording.personId)?.name;
    const worst = words.worst(recording);
    const unplacedWords = useUnplacedWords();
    const kept = useRetentionWords();
    const pauses = recording.stretches.length - 1;
    return (
        <li>
            <span className="wrap">
                <Link to="/recordings/$id" params={{ id: recording.id }}>
                    {recording.name}
                </Link>
                <span className="second">
                    {[person, recording.device?.number].filter((each) => each !== undefined).join(' · ')}
                    {' · '}
                    {start === null || shownFrom === null ? (
                        unplacedWords(recording)
                    ) : (
                        <button type="button" className="linkish" onClick={() => onShow(shownFrom)}>
                            {span === undefined
                                ? unplacedWords(recording)
                                : `${formatTime(span.start)} – ${formatTime(span.end)}`}
                        </button>
                    )}
                    {recording.durationMs !== null && ` · ${format.duration(recording.durationMs)}`}
                    {pauses > 0 && ` · ${fill(text.act.pauses, { count: pauses })}`}
                </span>
                <span className="second status">
                    <Dot status={worst.status} />
                    <span>{worst.words}</span>
                </span>
                <span className="second status">
                    <Dot status={RETENTION_STATUS[recording.retention.state]} />
                    <span>{`${kept.words.title} ${kept.line(recording.retention)} · ${kept.why(recording.retention)}`}</span>
                </span>
            </span>
            {onUnfile !== undefined && (
                <Button
                    size="small"
                    type="text"
                    className="no-print"
                    aria-label={`${text.act.unfile} ${recording.name}`}
                    onClick={onUnfile}
                >
                    {text.act.unfile}
                </Button>
            )}
        </li>
    );
}
