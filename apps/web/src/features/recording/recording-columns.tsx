import { Link } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot, Tag } from '../../app/page.tsx';
import type { ItemOf } from '../../app/query.ts';
import { useFindingWords } from './finding-words.ts';
import { Thumbnail } from './pictures.tsx';
import { useRetentionWords } from './retention-words.ts';

type Recording = ItemOf<'recording.list'>;

export function useRecordingColumns(): Column<Recording>[] {
    const text = useText();
    const format = useFormat();
    const findings = useFindingWords();
    const retained = useRetentionWords();
    const by = (recording: Recording) =>
        [recording.officer?.name, recording.device?.number].filter((each) => each !== undefined).join(' · ') || text.common.none;
    const deviceTime = (recording: Recording) =>
        recording.deviceStart === null ? text.act.noTime : format.dateTime(recording.deviceStart, 'second');
    const picture = (recording: Recording) =>
        [recording.codec?.toUpperCase(), recording.width === null ? undefined : `${recording.width}×${recording.height}`]
            .filter((each) => each !== undefined)
            .join(' ') || text.common.none;
    return [
        {
            key: 'name',
            title: text.recording.name,
            width: 'minmax(296px, 2.2fr)',
            shown: 'always',
            phone: 'title',
            cell: (recording) => (
                <>
                    <Thumbnail id={recording.id} name={recording.name} />
                    <Link to="/recordings/$id" params={{ id: recording.id }} className="main two-lines" title={recording.name}>
                        {recording.name}
                    </Link>
                    {recording.evidenceIn.length > 0 && <Tag status="brand">{text.case.marked}</Tag>}
                </>
            ),
            plain: (recording) => recording.name,
        },
        {
            key: 'findings',
            title: text.recording.findings,
            width: 'minmax(160px, 1.2fr)',
            phone: 'title',
            cell: (recording) => {
                const worst = findings.worst(recording);
                return (
                    <span className="status">
                        <Dot status={worst.status} />
                        <span className="two-lines" title={worst.words}>
                            {worst.words}
                        </span>
                    </span>
                );
            },
            plain: (recording) => findings.worst(recording).words,
        },
        { key: 'by', title: text.recording.officer, width: 'minmax(140px, 1fr)', plain: by },
        {
            key: 'deviceTime',
            title: text.recording.deviceTime,
            width: 'minmax(196px, 1.1fr)',
            plain: deviceTime,
        },
        {
            key: 'duration',
            title: text.recording.duration,
            width: '118px',
            number: true,
            cell: (recording) =>
                recording.durationMs === null
                    ? recording.inspected
                        ? text.recording.lengthUnknown
                        : text.common.none
                    : format.duration(recording.durationMs),
            plain: (recording) => (recording.durationMs === null ? '' : format.duration(recording.durationMs)),
        },
        {
            key: 'size',
            title: text.recording.size,
            width: '86px',
            number: true,
            cell: (recording) => format.bytes(BigInt(recording.size)),
            plain: (recording) => recording.size,
        },
        {
            key: 'act',
            title: text.recording.act,
            width: 'minmax(180px, 1.4fr)',
            cell: (recording) =>
                recording.act === null ? (
                    <span className="faint">{text.recording.notFiled}</span>
                ) : (
                    <Link to="/acts/$id" params={{ id: recording.act.id }} className="above">
                        {recording.act.title}
                    </Link>
                ),
            plain: (recording) => recording.act?.title ?? text.recording.notFiled,
        },
        {
            key: 'state',
            title: text.recording.state,
            width: '100px',
            plain: (recording) => text.recording.states[recording.state],
        },
        {
            key: 'received',
            title: text.recording.receivedAt,
            width: '176px',
            shown: 'off',
            plain: (recording) => format.dateTime(recording.receivedAt),
        },
        {
            key: 'retention',
            title: text.recording.retention.title,
            width: '200px',
            shown: 'off',
            plain: ({ retention }) => `${retained.line(retention)} · ${retained.why(retention)}`,
        },
        { key: 'format', title: text.recording.format, width: '140px', shown: 'off', plain: picture },
        {
            key: 'uploadedBy',
            title: text.recording.uploadedBy,
            width: '110px',
            shown: 'off',
            plain: (recording) => recording.uploadedBy.name,
        },
    ];
}
