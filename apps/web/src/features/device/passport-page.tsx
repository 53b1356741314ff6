import { fill } from '@liuhen/contract';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { ExportButton } from '../../app/export-button.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Line, PageHead, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { TableScroll } from '../../app/table-scroll.tsx';
import { Unreadable } from '../../app/unreadable.tsx';
import { PaperDialogue } from './paper-dialogue.tsx';
import { PaperList } from './paper-list.tsx';
import { PASSPORT_STATUS, type Passport, type PassportRow, usePassportWords } from './passport-words.ts';

/** What is known of one recorder against 附件2, which is for reference: measured, on paper, or not known. */
export function PassportPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/devices/$id/passport' });
    const { data, error, isPending, refetch } = useAsk('device.passport', { params: { id }, query: {} });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return <Unreadable error={error} onRetry={() => void refetch()} back={<Link to="/devices">{text.device.title}</Link>} />;
    return <Loaded passport={data} />;
}

function Loaded({ passport }: { passport: Passport }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const words = usePassportWords();
    const [recording, setRecording] = useState(false);
    const { device, change } = passport;
    const columns = [
        { key: 'id', title: 'A2', plain: (row: PassportRow) => row.id },
        { key: 'item', title: text.passport.item, plain: (row: PassportRow) => row.item },
        { key: 'quote', title: text.passport.requirement, plain: (row: PassportRow) => row.quote },
        { key: 'verdict', title: text.passport.verdict, plain: (row: PassportRow) => text.passport.verdicts[row.verdict] },
        { key: 'basis', title: text.passport.basis, plain: words.basis },
        { key: 'stated', title: text.passport.statedTitle, plain: (row: PassportRow) => row.stated.map(words.stated).join('；') },
        {
            key: 'conflict',
            title: text.passport.conflictTitle,
            plain: (row: PassportRow) => (row.conflict === null ? '' : text.passport.conflicts[row.conflict]),
        },
        { key: 'files', title: text.passport.files, plain: (row: PassportRow) => words.counted(row).join('；') },
    ];
    return (
        <>
            <PageHead
                crumb={
                    <Link to="/devices/$id" params={{ id: device.id }}>
                        {device.number}
                    </Link>
                }
                title={fill(text.passport.titleOf, { number: device.number })}
                facts={
                    <Line
                        of={[
                            device.model,
                            device.serial,
                            passport.files === 0
                                ? text.passport.noFiles
                                : fill(text.passport.seen, { count: format.count(passport.files) }),
                            format.dateTime(passport.at),
                        ]}
                    />
                }
                actions={
                    <>
                        <Button onClick={() => window.print()}>{text.passport.print}</Button>
                        {may('device.manage') && (
                            <Button type="primary" onClick={() => setRecording(true)}>
                                {text.passport.record}
                            </Button>
                        )}
                    </>
                }
            />
            <p className="passport-advisory">{text.passport.advisory}</p>
            <Card
                title={text.passport.title}
                right={
                    <ExportButton
                        name={fill(text.passport.titleOf, { number: device.number })}
                        columns={columns}
                        items={passport.items}
                        source={{ list: 'device.passport', params: { id: device.id }, query: {} }}
                    />
                }
            >
                <TableScroll label={text.passport.title}>
                    <table className="plain passport">
                        <thead>
                            <tr>
                                <th>{text.passport.item}</th>
                                <th>{text.passport.verdict}</th>
                                <th>{text.passport.basis}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {passport.items.map((row) => (
                                <Row key={row.id} row={row} passport={passport} />
                            ))}
                        </tbody>
                    </table>
                </TableScroll>
            </Card>
            <Card title={text.passport.contradictionTitle}>
                <p className="body passport-contradiction">{text.passport.contradiction}</p>
            </Card>
            <PaperList passport={passport} />
            <Card title={text.passport.change}>
                <div className="body">
                    <p>{fill(text.run.limit[change.limitSource], { ms: format.count(change.limitMs) })}</p>
                    <p className="second">
                        {change.measured === null
                            ? text.run.measuredNone
                            : fill(text.run.measured, {
                                  count: format.count(change.measured.count),
                                  median: format.duration(Math.max(0, change.measured.medianMs)),
                                  most: format.duration(Math.max(0, change.measured.mostMs)),
                              })}
                    </p>
                </div>
            </Card>
            {recording && <PaperDialogue device={device} onClose={() => setRecording(false)} />}
        </>
    );
}

function Row({ row, passport }: { row: PassportRow; passport: Passport }) {
    const text = useText();
    const words = usePassportWords();
    const papers = passport.papers.filter((each) => row.papers.includes(each.id));
    return (
        <tr>
            <th scope="row">
                {row.item}
                <span className="second">{row.quote}</span>
            </th>
            <td>
                <Dot status={PASSPORT_STATUS[row.verdict]} /> {text.passport.verdicts[row.verdict]}
            </td>
            <td>
                {words.basis(row)}
                <span className="second">{words.counted(row).join(' · ')}</span>
                {row.examples.length > 0 && (
                    <span className="second passport-examples">
                        {row.examples.map((each) => (
                            <Link key={each.id} to="/recordings/$id" params={{ id: each.id }}>
                                {each.name}
                            </Link>
                        ))}
                    </span>
                )}
                {row.stated.map((figure) => (
                    <span key={figure.key} className="second">
                        {words.stated(figure)}
                    </span>
                ))}
                {row.conflict !== null && (
                    <span className="second passport-conflict">
                        <Dot status="act" /> {text.passport.conflicts[row.conflict]}
                    </span>
                )}
                {papers.map((paper) => (
                    <span key={paper.id} className="second">
                        {[text.passport.kinds[paper.kind], paper.number, paper.issuer].join(' · ')}
                    </span>
                ))}
            </td>
        </tr>
    );
}
