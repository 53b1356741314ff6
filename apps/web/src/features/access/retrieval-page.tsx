import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { Link, useParams } from '@tanstack/react-router';
import { App, Button, Form, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { refreshAll, useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { TraceCard } from '../ledger/trace-card.tsx';
import { DiscsCard } from './discs-card.tsx';
import { MediaCard } from './media-card.tsx';
import { PackageCard } from './package-card.tsx';
import { RETRIEVAL_STATUS } from './retrieval-words.ts';

type Retrieval = ResponseOf<Endpoints['retrieval.get']>;

/** How often it is looked how far a package is. */
const LOOK_EVERY_MS = 1_500;

/** One retrieval: what is asked for and why, what the head said, each recording with its digests, the trace. */
export function RetrievalPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/recordings/retrievals/$id' });
    const [making, setMaking] = useState(false);
    const { data, error, isPending, refetch } = useAsk(
        'retrieval.get',
        { params: { id } },
        { refetchInterval: making ? LOOK_EVERY_MS : false },
    );
    const now = data !== undefined && (data.state === 'packing' || data.discSets.some(({ state }) => state === 'making'));
    if (data !== undefined && now !== making) setMaking(now);
    // What else stands on the page, such as the entries about it, is read again with each step.
    const step = data?.state;
    useEffect(() => (making && step !== undefined ? () => void refreshAll() : undefined), [making, step]);
    if (isPending) return <Waiting />;
    if (data === undefined) {
        const back = <Link to="/recordings/retrievals">{text.retrieval.title}</Link>;
        return <Unreadable error={error} onRetry={() => void refetch()} back={back} />;
    }
    return <Loaded key={data.id} of={data} />;
}

function Loaded({ of }: { of: Retrieval }) {
    const text = useText();
    const format = useFormat();
    return (
        <>
            <PageHead
                crumb={<Link to="/recordings/retrievals">{text.retrieval.title}</Link>}
                title={of.number}
                tag={<Tag status={RETRIEVAL_STATUS[of.state]}>{text.retrieval.states[of.state]}</Tag>}
                facts={
                    <Line
                        of={[
                            text.retrieval.purposes[of.purpose],
                            of.proceeding,
                            fill(text.retrieval.recordingCount, {
                                count: format.count(of.recordings),
                                size: format.bytes(Number(of.size)),
                            }),
                        ]}
                    />
                }
                actions={<Actions of={of} />}
            />
            <div className="two">
                <div>
                    <PackageCard of={of} />
                    <DiscsCard of={of} />
                    {of.package !== null && <MediaCard of={{ retrievalId: of.id }} />}
                    <Items of={of} />
                </div>
                <div>
                    <Request of={of} />
                    <TraceCard objectId={of.id} />
                </div>
            </div>
        </>
    );
}

function Actions({ of }: { of: Retrieval }) {
    const text = useText();
    const { message } = App.useApp();
    const [open, setOpen] = useState<'consent' | 'refuse' | 'withdraw'>();
    const params = { id: of.id };
    const onDone = () => {
        void message.success(text.common.done);
        setOpen(undefined);
    };
    const refuse = useCommand('retrieval.refuse', { onDone });
    const withdraw = useCommand('retrieval.withdraw', { onDone });
    const shut = () => setOpen(undefined);
    return (
        <>
            <Button onClick={() => window.print()}>{text.retrieval.print}</Button>
            {of.mayWithdraw && <Button onClick={() => setOpen('withdraw')}>{text.retrieval.withdraw}</Button>}
            {of.mayDecide && (
                <>
                    <Button onClick={() => setOpen('refuse')}>{text.retrieval.refuse}</Button>
                    <Button type="primary" onClick={() => setOpen('consent')}>
                        {text.retrieval.consent}
                    </Button>
                </>
            )}
            {open === 'consent' && <ConsentDialogue id={of.id} onDone={onDone} onClose={shut} />}
            {open === 'refuse' && (
                <ReasonDialogue
                    title={text.retrieval.refuse}
                    label={text.retrieval.refuseReason}
                    error={refuse.error}
                    busy={refuse.isPending}
                    onClose={shut}
                    onSubmit={(reason) => refuse.mutate({ params, body: { reason } })}
                />
            )}
            {open === 'withdraw' && (
                <ReasonDialogue
                    title={text.retrieval.withdraw}
                    label={text.retrieval.withdrawReason}
                    error={withdraw.error}
                    busy={withdraw.isPending}
                    onClose={shut}
                    onSubmit={(reason) => withdraw.mutate({ params, body: { reason } })}
                />
            )}
        </>
    );
}

function ConsentDialogue({ id, onDone, onClose }: { id: string; onDone: () => void; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<{ note?: string }>();
    const consent = useCommand('retrieval.consent', { onDone });
    const send = (note: string) => consent.mutate({ params: { id }, body: note === '' ? {} : { note } });
    return (
        <Modal
            open
            title={text.retrieval.consent}
            okText={text.retrieval.consent}
            okButtonProps={{ disabled: consent.isPending }}
            onOk={() => form.submit()}
            onCancel={onClose}
        >
            <p style={{ marginBottom: 12 }}>{text.retrieval.consentWhat}</p>
            <ErrorNote error={consent.error} of="command" onRetry={() => form.submit()} />
            <Form form={form} layout="vertical" requiredMark={false} onFinish={({ note = '' }) => send(note.trim())}>
                <Form.Item name="note" label={text.retrieval.consentNote + text.common.optional} rules={[atMost(text, 500)]}>
                    <Input autoFocus />
                </Form.Item>
            </Form>
        </Modal>
    );
}

function Request({ of }: { of: Retrieval }) {
    const text = useText();
    const format = useFormat();
    const { decided, withdrawn } = of;
    return (
        <Card title={text.retrieval.facts}>
            <div className="body">
                <Facts
                    of={[
                        [text.retrieval.from, <Origin key="from" of={of} />],
                        [text.retrieval.basis, of.basis],
                        [text.retrieval.recipient, of.recipient],
                        [text.retrieval.reason, of.reason],
                        [text.retrieval.requestedBy, of.requestedBy.name],
                        [text.retrieval.requestedAt, format.dateTime(of.requestedAt)],
                        [text.retrieval.decidedBy, decided?.by.name ?? text.common.none],
                        [text.retrieval.decidedAt, decided === null ? text.common.none : format.dateTime(decided.at)],
                        [text.retrieval.note, decided?.note ?? text.common.none],
                    ]}
                />
                {withdrawn !== null && (
                    <p>
                        {fill(text.retrieval.withdrawnWords, {
                            name: withdrawn.by.name,
                            time: format.dateTime(withdrawn.at),
                            why: withdrawn.why,
                        })}
                    </p>
                )}
            </div>
        </Card>
    );
}

function Origin({ of }: { of: Retrieval }) {
    const text = useText();
    if (of.act !== null)
        return (
            <Link to="/acts/$id" params={{ id: of.act.id }}>
                {of.act.number}
            </Link>
        );
    if (of.case !== null)
        return (
            <Link to="/cases/$id" params={{ id: of.case.id }}>
                {of.case.number}
            </Link>
        );
    return text.retrieval.sources[of.source];
}

function Items({ of }: { of: Retrieval }) {
    const text = useText();
    const format = useFormat();
    return (
        <Card title={text.retrieval.items} small={of.items.length}>
            <ul className="people">
                {of.items.map((each) => (
                    <li key={each.id}>
                        <div className="wrap">
                            <Link to="/recordings/$id" params={{ id: each.recording.id }}>
                                {each.recording.name}
                            </Link>
                            <span className="second">
                                <Line
                                    of={[
                                        each.officer?.name ?? null,
                                        each.device,
                                        each.start === null ? null : format.dateTime(each.start),
                                        format.bytes(Number(each.size)),
                                    ]}
                                />
                            </span>
                            <span className="second wrap">{`${text.retrieval.sha256} ${each.sha256}`}</span>
                            <span className="second wrap">{`${text.retrieval.sm3} ${each.sm3}`}</span>
                        </div>
                    </li>
                ))}
            </ul>
        </Card>
    );
}
