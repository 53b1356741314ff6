import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill, isErrorCode, RequestError } from '@liuhen/contract';
import { CHECK_POINTS, type CheckPoint, dayOf } from '@liuhen/domain';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { App, Button, InputNumber } from 'antd';
import { useEffect, useState } from 'react';
import { client } from '../../app/client.ts';
import { newCommandId, outcomeUnknown } from '../../app/command-id.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { LongText } from '../../app/long-text.tsx';
import { clockAhead } from '../../app/offline/contact.ts';
import { Card, Dot, Empty, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { refreshAll, useAsk } from '../../app/query.ts';
import { useMe } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { dropCheck, keepCheck } from './check-outbox.ts';
import { useKeptChecks } from './check-outbox-runner.tsx';
import { DEVICE_STATUS } from './device-status.ts';

type Mine = ResponseOf<Endpoints['device.mine']>;
type Held = Mine['items'][number];

/** 附件1 第7条, with one thumb before leaving; where there is no network it is kept here and sent by itself. */
export function CheckPage() {
    const text = useText();
    const { data, error, isPending, refetch } = useAsk('device.mine', {});
    const search = useSearch({ from: '/signed-in/shell/devices/check' });
    const navigate = useNavigate({ from: '/devices/check' });
    if (isPending) return <Waiting />;
    if (data === undefined) return <Unreadable error={error} onRetry={() => void refetch()} back={null} />;
    const chosen = data.items.find((each) => each.id === search.deviceId) ?? data.items[0];
    return (
        <>
            <PageHead title={text.precheck.title} facts={text.precheck.sub} />
            <KeptNote />
            {chosen === undefined ? (
                <Card label={text.precheck.title}>
                    <Empty title={text.precheck.none} what={text.precheck.noneWhat} />
                </Card>
            ) : (
                <>
                    {data.items.length > 1 && (
                        <nav className="tabs" aria-label={text.precheck.which}>
                            {data.items.map((each) => (
                                <button
                                    type="button"
                                    key={each.id}
                                    aria-current={each.id === chosen.id ? 'page' : undefined}
                                    onClick={() => void navigate({ search: { deviceId: each.id }, replace: true })}
                                >
                                    {each.number}
                                </button>
                            ))}
                        </nav>
                    )}
                    <CheckForm key={chosen.id} device={chosen} mine={data} />
                </>
            )}
        </>
    );
}

function KeptNote() {
    const text = useText();
    const format = useFormat();
    const kept = useKeptChecks();
    const waiting = kept.filter((each) => each.refused === null).length;
    return (
        <>
            {waiting > 0 && (
                <p className="note note-act" role="status">
                    {fill(text.precheck.waiting, { count: waiting })}
                </p>
            )}
            {kept.map(
                ({ id, number, refused }) =>
                    refused !== null && (
                        <p key={id} className="note note-bad" role="alert">
                            {number} ·{' '}
                            {fill(text.precheck.refused, {
                                why: isErrorCode(refused.code) ? format.error(refused.code, refused.params) : refused.code,
                            })}{' '}
                            <Button size="small" onClick={() => void dropCheck(id)}>
                                {text.precheck.drop}
                            </Button>
                        </p>
                    ),
            )}
        </>
    );
}

function CheckForm({ device, mine }: { device: Held; mine: Mine }) {
    const text = useText();
    const format = useFormat();
    const me = useMe();
    const { message } = App.useApp();
    const [bad, setBad] = useState<ReadonlySet<CheckPoint>>(new Set());
    const [battery, setBattery] = useState<number | null>(null);
    const [note, setNote] = useState('');
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState<unknown>();
    const [id] = useState(newCommandId);
    const now = useSecond();
    const toggle = (point: CheckPoint) => {
        const next = new Set(bad);
        if (!next.delete(point)) next.add(point);
        setBad(next);
    };
    const send = async () => {
        setBusy(true);
        setError(undefined);
        const at = Date.now() - clockAhead();
        const body = {
            noFault: !bad.has('noFault'),
            timeRight: !bad.has('timeRight'),
            batteryEnough: !bad.has('batteryEnough'),
            spaceEnough: !bad.has('spaceEnough'),
            place: 'phone' as const,
            at: Math.round(at),
            ...(battery === null ? {} : { batteryPercent: battery }),
            ...(note.trim() === '' ? {} : { note: note.trim() }),
        };
        try {
            const done = await client.call('device.check', { params: { id: device.id }, body }, { commandId: id });
            const points = format.list(done.failed.map((point) => text.precheck.points[point]));
            if (done.failed.length === 0) void message.success(text.precheck.done);
            else
                void message.warning(
                    fill(done.failed.includes('noFault') ? text.precheck.doneBad : text.precheck.doneBadSoft, { points }),
                    8,
                );
            if (done.byOther) void message.warning(text.precheck.byOther, 8);
            reset();
            void refreshAll();
        } catch (cause) {
            // Nothing is lost where nobody answers: the same check goes again under the same id.
            if (outcomeUnknown(cause) && (!(cause instanceof RequestError) || cause.status !== 429)) {
                await keepCheck({ id, personId: me.person.id, deviceId: device.id, number: device.number, body, refused: null });
                void message.info(text.precheck.kept, 6);
                reset();
            } else setError(cause);
        } finally {
            setBusy(false);
        }
    };
    const reset = () => {
        setBad(new Set());
        setNote('');
        setBattery(null);
    };
    const hint = (point: CheckPoint): string =>
        fill(text.precheck.hints[point], {
            time: format.dateTime(now, 'second'),
            percent: mine.batteryEnoughPercent,
            hours: mine.spaceEnoughHours,
        });
    const { lastCheck } = device;
    const today = lastCheck !== null && dayOf(lastCheck.checkedAt) === dayOf(now);
    return (
        <Card
            title={device.number}
            small={
                <Line
                    of={[
                        text.device.kinds[device.kind],
                        device.basis === 'personal' ? null : text.deviceLife.bases[device.basis],
                        device.dueBackAt !== null && fill(text.deviceLife.dueBackAt, { time: format.dateTime(device.dueBackAt) }),
                        lastCheck === null
                            ? text.precheck.never
                            : fill(text.precheck.last, { time: format.dateTime(lastCheck.checkedAt) }),
                    ]}
                />
            }
            right={
                device.state === 'inService' ? (
                    today && <Tag status="held">{text.precheck.today}</Tag>
                ) : (
                    <Tag status={DEVICE_STATUS[device.state]}>{text.device.states[device.state]}</Tag>
                )
            }
        >
            <div className="body precheck">
                <ErrorNote error={error} of="command" onRetry={() => void send()} />
                {CHECK_POINTS.map((point) => (
                    <button
                        type="button"
                        key={point}
                        className="point"
                        aria-pressed={bad.has(point)}
                        onClick={() => toggle(point)}
                    >
                        <span>
                            <strong>{text.precheck.points[point]}</strong>
                            <span className="second">{hint(point)}</span>
                        </span>
                        <span className="verdict">
                            <Dot status={bad.has(point) ? 'broken' : 'held'} />
                            {bad.has(point) ? text.precheck.bad : text.precheck.good}
                        </span>
                    </button>
                ))}
                <div className="more">
                    <div className="row">
                        <span>{text.precheck.batteryOptional}</span>
                        <InputNumber
                            min={0}
                            max={100}
                            precision={0}
                            inputMode="numeric"
                            value={battery}
                            aria-label={text.precheck.battery}
                            onChange={setBattery}
                        />
                    </div>
                    {bad.size > 0 && (
                        <div className="row">
                            <span>{text.precheck.note}</span>
                            <LongText label={text.precheck.note} most={200} value={note} onChange={setNote} />
                        </div>
                    )}
                </div>
                <Button type="primary" size="large" block disabled={busy} onClick={() => void send()}>
                    {busy ? text.common.saving : bad.size === 0 ? text.precheck.allGood : text.precheck.submit}
                </Button>
            </div>
        </Card>
    );
}

/** By the server's clock as far as it is known, so that a recorder is compared with the right time. */
function useSecond(): number {
    const [now, setNow] = useState(() => Date.now() - clockAhead());
    useEffect(() => {
        const timer = setInterval(() => setNow(Date.now() - clockAhead()), 1_000);
        return () => clearInterval(timer);
    }, []);
    return Math.floor(now / 1_000) * 1_000;
}
