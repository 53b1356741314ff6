import { fill } from '@liuhen/contract';
import { formatMediaTime, formatTime, type Instant, mayWithdrawMark } from '@liuhen/domain';
import { App, Button } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Waiting } from '../../app/page.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay, useMe } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { placeMarks, type RecordingMark } from './marks.ts';
import type { Track } from './tracks.ts';

type Props = {
    marks: readonly RecordingMark[];
    /** How they were read, where they are read by themselves: nothing read is not nothing there. */
    read?: { readonly error: unknown; readonly isPending: boolean; readonly refetch: () => unknown };
    tracks: readonly Track[];
    /** Names of files, where there is more than one. */
    names?: ReadonlyMap<string, string>;
    onShow: (at: Instant) => void;
};

/** What was found at moments: standing marks in order of time, withdrawn ones folded away. */
export function MarksCard({ marks, read, tracks, names, onShow }: Props) {
    const text = useText();
    const format = useFormat();
    const { message } = App.useApp();
    const [taking, setTaking] = useState<string>();
    const withdraw = useCommand('recording.withdrawMark', {
        onDone: () => {
            void message.success(text.common.done);
            setTaking(undefined);
        },
    });
    const placed = new Map(placeMarks(marks, tracks).map(({ mark, at }) => [mark.id, at]));
    const whenOf = (mark: RecordingMark) => mark.corrected?.at ?? mark.deviceAt ?? mark.mediaMs;
    const sorted = marks.toSorted((a, b) => whenOf(a) - whenOf(b));
    const standing = sorted.filter((mark) => mark.withdrawn === null);
    const gone = sorted.filter((mark) => mark.withdrawn !== null);
    const unread = read !== undefined && (read.isPending || Boolean(read.error));
    return (
        <Card title={text.mark.title} small={text.mark.titleWhat} screenOnly={marks.length === 0}>
            {Boolean(read?.error) && (
                <div className="body">
                    <ErrorNote error={read?.error} of="read" onRetry={() => void read?.refetch()} />
                </div>
            )}
            {read?.isPending === true && <Waiting />}
            {standing.length === 0 && !unread && <p className="empty-small">{text.mark.empty}</p>}
            <ul className="people">
                {standing.map((mark) => (
                    <MarkRow
                        key={mark.id}
                        mark={mark}
                        name={names?.get(mark.recordingId)}
                        at={placed.get(mark.id)}
                        onShow={onShow}
                        onWithdraw={() => setTaking(mark.id)}
                    />
                ))}
            </ul>
            {gone.length > 0 && (
                <details className="body">
                    <summary className="soft">{fill(text.mark.withdrawnOnes, { count: format.count(gone.length) })}</summary>
                    {gone.map((mark) => (
                        <p key={mark.id} className="second">
                            {text.mark.kinds[mark.kind]} {mark.words ?? ''}
                            {' · '}
                            {fill(text.mark.withdrawn, {
                                name: mark.withdrawn?.by.name ?? '',
                                time: format.dateTime(mark.withdrawn?.at ?? 0),
                                reason: mark.withdrawn?.reason ?? '',
                            })}
                        </p>
                    ))}
                </details>
            )}
            {taking !== undefined && (
                <ReasonDialogue
                    title={text.mark.withdrawTitle}
                    what={text.mark.withdrawWhat}
                    label={text.recording.reason}
                    error={withdraw.error}
                    busy={withdraw.isPending}
                    onClose={() => {
                        withdraw.reset();
                        setTaking(undefined);
                    }}
                    onSubmit={(reason) => withdraw.mutate({ params: { id: taking }, body: { reason } })}
                />
            )}
        </Card>
    );
}

type RowProps = {
    mark: RecordingMark;
    name: string | undefined;
    at: Instant | undefined;
    onShow: (at: Instant) => void;
    onWithdraw: () => void;
};

function MarkRow({ mark, name, at, onShow, onWithdraw }: RowProps) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const { person, roles } = useMe();
    const { corrected, deviceAt, mediaMs } = mark;
    const time = corrected ?? (deviceAt === null ? null : { at: deviceAt });
    const shown = time === null ? fill(text.mark.inFile, { time: formatMediaTime(mediaMs) }) : formatTime(time.at);
    const clause = text.mark.clauses[mark.kind];
    const withdrawable = may('recording.play') && mayWithdrawMark(mark.madeBy.id, { personId: person.id, roles });
    return (
        <li>
            <span className="wrap">
                {at === undefined ? (
                    <span className="mono">{shown}</span>
                ) : (
                    <button type="button" className="linkish mono" onClick={() => onShow(at)}>
                        {shown}
                    </button>
                )}{' '}
                <strong>{text.mark.kinds[mark.kind]}</strong> {mark.words ?? ''}
                <span className="second">
                    {[
                        name,
                        corrected === null || deviceAt === null
                            ? undefined
                            : fill(text.mark.deviceTime, { time: formatTime(deviceAt) }),
                        fill(text.mark.by, { name: mark.madeBy.name, time: format.dateTime(mark.madeAt) }),
                        clause === '' ? undefined : clause,
                    ]
                        .filter((each) => each !== undefined)
                        .join(' · ')}
                </span>
            </span>
            {withdrawable && (
                <Button size="small" type="text" className="no-print" onClick={onWithdraw}>
                    {text.mark.withdraw}
                </Button>
            )}
        </li>
    );
}
