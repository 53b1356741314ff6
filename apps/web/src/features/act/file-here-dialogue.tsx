import { fill } from '@liuhen/contract';
import { HOUR, type Interval, intersect, interval, length } from '@liuhen/domain';
import { App, Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Waiting } from '../../app/page.tsx';
import { type ItemOf, useAsk } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import { type ActDetail, deviceInterval } from './strip-chart-input.ts';
import { useUnplacedWords } from './use-act-words.ts';

const AROUND = 12 * HOUR;

/** Unfiled recordings around the act's time, nearest first, each with its reason. */
export function FileHereDialogue({ act, onClose }: { act: ActDetail; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const around = useAsk('recording.list', {
        query: { filed: 'no', recordedFrom: act.startsAt - AROUND, recordedTo: act.endsAt + AROUND, limit: 100 },
    });
    // Files that state no time are in no range; the newest of them are offered last.
    const newest = useAsk('recording.list', { query: { filed: 'no', limit: 100 } });
    const stated = interval(act.startsAt, act.endsAt);
    const timeless = (newest.data?.items ?? []).filter((each) => deviceInterval(each) === undefined);
    const offered = new Map([...(around.data?.items ?? []), ...timeless].map((each) => [each.id, each]));
    const found = [...offered.values()].toSorted((a, b) => order(distance(stated, a), distance(stated, b)));
    return (
        <Modal
            open
            title={text.act.fileTitle}
            onCancel={onClose}
            footer={<Button onClick={onClose}>{text.common.close}</Button>}
            width={640}
        >
            <p className="soft">{text.act.fileWhat}</p>
            {around.isPending && <Waiting />}
            <ErrorNote error={around.error} of="read" onRetry={() => void around.refetch()} />
            {around.data !== undefined && found.length === 0 && <p className="empty-small">{text.act.fileNone}</p>}
            <ul className="people files">
                {found.map((recording) => (
                    <Candidate key={recording.id} act={act} stated={stated} recording={recording} />
                ))}
            </ul>
        </Modal>
    );
}

/** Two unknown distances are equal; their difference would be no number. */
const order = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/** 0 while they overlap, else the time between them; unknown times come last. */
function distance(stated: Interval | undefined, recording: ItemOf<'recording.list'>): number {
    const start = recording.deviceStart;
    if (stated === undefined || start === null) return Number.POSITIVE_INFINITY;
    // Without a known end the start alone tells how near it is.
    return Math.max(0, start - stated.end, stated.start - (deviceInterval(recording)?.end ?? start));
}

type CandidateProps = { act: ActDetail; stated: Interval | undefined; recording: ItemOf<'recording.list'> };

function Candidate({ act, stated, recording }: CandidateProps) {
    const text = useText();
    const format = useFormat();
    const { message } = App.useApp();
    const guess = act.participants.find(
        (each) =>
            each.person !== null &&
            (each.person.id === recording.officer?.id || (each.device !== null && each.device.id === recording.device?.id)),
    );
    const unplacedWords = useUnplacedWords();
    const [personId, setPersonId] = useState(guess?.person?.id);
    const file = useCommand('recording.file', { onDone: () => void message.success(text.act.filed) });
    const span = deviceInterval(recording);
    const shared = stated === undefined || span === undefined ? undefined : intersect(stated, span);
    const reason =
        shared !== undefined
            ? fill(text.act.overlap, { duration: format.duration(length(shared)) })
            : span === undefined
              ? unplacedWords(recording)
              : fill(text.act.apart, { duration: format.duration(distance(stated, recording), 2) });
    const submit = () =>
        file.mutate({ params: { id: recording.id }, body: { actId: act.id, ...(personId === undefined ? {} : { personId }) } });
    return (
        <li>
            <span className="wrap">
                <strong>{recording.name}</strong>
                <span className="second">
                    {[
                        recording.device?.number,
                        recording.officer?.name,
                        span === undefined ? null : format.period(span.start, span.end),
                        reason,
                    ]
                        .filter((each) => each !== null && each !== undefined)
                        .join(' · ')}
                </span>
                <ErrorNote error={file.error} of="command" onRetry={submit} />
            </span>
            <span className="candidate-do">
                <Select
                    aria-label={text.act.filePerson}
                    placeholder={text.act.filePerson}
                    allowClear
                    value={personId ?? null}
                    onChange={(next) => setPersonId(next ?? undefined)}
                    options={act.participants.flatMap(({ person }) =>
                        person === null ? [] : [{ value: person.id, label: person.name }],
                    )}
                />
                <Button onClick={submit} disabled={file.isPending}>
                    {text.recording.fileDo}
                </Button>
            </span>
        </li>
    );
}
