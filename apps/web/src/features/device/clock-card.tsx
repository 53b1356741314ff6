import { fill } from '@liuhen/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { ClockChart } from './clock-chart.tsx';
import { ClockDialogue } from './clock-dialogue.tsx';
import { type Clock, clockStatus, useClockWords } from './clock-words.ts';

type Device = { readonly id: string; readonly number: string };

/** How wrong the device's clock is, how sure that is, what is wrong with it, and every check. */
export function ClockCard({ device }: { device: Device }) {
    const text = useText();
    const may = useMay();
    const [reading, setReading] = useState(false);
    const { data, error, isPending, refetch } = useAsk('device.clock', { params: { id: device.id } });
    return (
        <Card
            title={text.clock.title}
            id="clock"
            right={may('device.manage') && <Button onClick={() => setReading(true)}>{text.clock.read}</Button>}
        >
            {isPending && <Waiting />}
            {data === undefined && error !== null && (
                <div className="body">
                    <ErrorNote error={error} of="read" onRetry={() => void refetch()} />
                </div>
            )}
            {data !== undefined && <Loaded clock={data} device={device} />}
            {reading && <ClockDialogue device={device} onClose={() => setReading(false)} />}
        </Card>
    );
}

function Loaded({ clock, device }: { clock: Clock; device: Device }) {
    const text = useText();
    const format = useFormat();
    const words = useClockWords();
    if (clock.readings.length === 0) return <p className="empty-small">{text.clock.empty}</p>;
    const rate = clock.epochs.at(-1)?.ratePerDay ?? null;
    const uncorrected = clock.uncorrected.reduce((sum, each) => sum + each.count, 0);
    return (
        <>
            <div className="body clock-now">
                <strong>{clock.offsetNow === null ? text.clock.unknownNow : words.error(clock.offsetNow)}</strong>
                <span className="second">
                    {clock.offsetNow === null
                        ? text.clock.unknownNowWhat
                        : [
                              ...(rate === null ? [] : [words.rate(rate)]),
                              fill(text.clock.limit, { limit: clock.parameters.allowedDriftMs / 1_000 }),
                          ].join(' · ')}
                </span>
                {clock.findings.map((each) => (
                    <p key={`${each.code}${each.params.to}`} className="clock-finding">
                        <Dot status={clockStatus(each.code)} /> {words.finding(each)}
                    </p>
                ))}
                {uncorrected > 0 && (
                    <p className="clock-finding">
                        <Dot status="judge" /> {fill(text.clock.uncorrected, { count: format.count(uncorrected) })}
                        {format.brackets(format.list(clock.uncorrected.map((each) => text.clock.doubts[each.doubt])))}
                    </p>
                )}
            </div>
            <ClockChart clock={clock} />
            <Register clock={clock} device={device} />
        </>
    );
}

function Register({ clock, device }: { clock: Clock; device: Device }) {
    const text = useText();
    const format = useFormat();
    const words = useClockWords();
    const may = useMay();
    const [open, setOpen] = useState<string>();
    const withdraw = useCommand('device.withdrawClockReading', { onDone: () => setOpen(undefined) });
    const jumps = new Set(clock.epochs.filter((each) => each.begins === 'jump').flatMap((each) => each.readings[0] ?? []));
    return (
        <>
            <ol className="timeline" aria-label={text.clock.register}>
                {clock.readings.map((each) => (
                    <li key={each.id} className={each.withdrawn === null ? undefined : 'faint'}>
                        {each.lower === null || each.upper === null
                            ? text.clock.sources[each.source]
                            : words.error({
                                  lower: each.lower - each.device - each.resolutionMs,
                                  upper: each.upper - each.device,
                              })}{' '}
                        {each.afterSet && <Tag status="brand">{text.clock.set}</Tag>}
                        {jumps.has(each.id) && <Tag status="act">{text.clock.jumped}</Tag>}
                        <span className="second">
                            {[
                                format.dateTime(each.learntAt, 'second'),
                                text.clock.sources[each.source],
                                ...(each.reader === null ? [] : [each.reader]),
                                `${text.clock.shown} ${each.shown}`,
                            ].join(' · ')}
                        </span>
                        {each.note !== null && <span className="second">{each.note}</span>}
                        {each.withdrawn !== null && (
                            <span className="second">{fill(text.clock.withdrawn, { why: each.withdrawn.why })}</span>
                        )}
                        {each.withdrawn === null && may('device.manage') && (
                            <Button type="link" size="small" className="clock-withdraw" onClick={() => setOpen(each.id)}>
                                {text.clock.withdrawShort}
                            </Button>
                        )}
                    </li>
                ))}
            </ol>
            {open !== undefined && (
                <ReasonDialogue
                    title={text.clock.withdraw}
                    what={text.clock.withdrawWhat}
                    label={text.clock.withdrawReason}
                    error={withdraw.error}
                    busy={withdraw.isPending}
                    onClose={() => setOpen(undefined)}
                    onSubmit={(reason) => withdraw.mutate({ params: { id: device.id, readingId: open }, body: { reason } })}
                />
            )}
        </>
    );
}
