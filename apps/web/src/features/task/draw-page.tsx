import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { GRADE_SCHEMES } from '@liuhen/domain';
import { Link, useParams } from '@tanstack/react-router';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { CopyButton } from '../../app/copy.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { TraceCard } from '../ledger/trace-card.tsx';
import { DRAW_STATUS } from './draw-list-page.tsx';
import { DrawResultCard, ExcludedCard } from './draw-result.tsx';
import { Recompute } from './recompute.tsx';

type Draw = ResponseOf<Endpoints['draw.get']>;

export function DrawPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/draws/$id' });
    const { data, error, isPending, refetch } = useAsk('draw.get', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return <Unreadable error={error} onRetry={() => void refetch()} back={<Link to="/draws">{text.draw.title}</Link>} />;
    return <Loaded key={data.id} draw={data} />;
}

function Loaded({ draw }: { draw: Draw }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [open, setOpen] = useState<'reveal' | 'abandon'>();
    const close = () => setOpen(undefined);
    const pending = draw.state === 'committed' && may('task.draw');
    return (
        <>
            <PageHead
                crumb={<Link to="/draws">{text.draw.title}</Link>}
                title={draw.title}
                tag={<Tag status={DRAW_STATUS[draw.state]}>{text.draw.states[draw.state]}</Tag>}
                facts={
                    <Line
                        of={[
                            draw.number,
                            fill(text.draw.objectCount, { count: format.count(draw.objectCount) }),
                            `${text.draw.dueDay} ${draw.dueDay}`,
                        ]}
                    />
                }
                actions={
                    pending && (
                        <>
                            <Button onClick={() => setOpen('abandon')}>{text.draw.abandon}</Button>
                            <Button type="primary" onClick={() => setOpen('reveal')}>
                                {text.draw.reveal}
                            </Button>
                        </>
                    )
                }
            />
            {draw.redrawReason !== null && (
                <div className="note note-act">
                    <strong>
                        {fill(text.draw.redraw, {
                            count: draw.earlier.length + 1,
                            numbers: format.list(draw.earlier),
                            reason: draw.redrawReason,
                        })}
                    </strong>
                </div>
            )}
            <div className="two">
                <div>
                    {draw.state === 'revealed' && <DrawResultCard draw={draw} />}
                    <ExcludedCard draw={draw} />
                </div>
                <div>
                    <SeedCard draw={draw} />
                    <RulesCard draw={draw} />
                    <TraceCard objectId={draw.id} />
                </div>
            </div>
            {open === 'reveal' && <RevealDialogue draw={draw} onClose={close} />}
            {open === 'abandon' && <AbandonDialogue draw={draw} onClose={close} />}
        </>
    );
}

/** Commitment first, secret later: what is published when, to be compared by whoever wants to. */
function SeedCard({ draw }: { draw: Draw }) {
    const text = useText();
    const format = useFormat();
    const hash = (value: string) => (
        <span className="hash">
            <code>{value}</code>
            <CopyButton value={value} />
        </span>
    );
    return (
        <Card title={text.draw.facts}>
            <div className="body">
                <Facts
                    of={[
                        [text.draw.committed, `${format.dateTime(draw.committedAt)} · ${draw.committedBy.name}`],
                        [text.draw.listsDigest, hash(draw.listsDigest)],
                        [text.draw.commitment, hash(draw.commitment)],
                        [
                            text.draw.publicValue,
                            draw.publicValueIs === null ? (
                                <span key="public" className="faint">
                                    {text.draw.noPublicValue}
                                </span>
                            ) : (
                                <Line
                                    key="public"
                                    of={[
                                        draw.publicValueIs,
                                        draw.publicValueFrom !== null &&
                                            `${text.draw.publicValueFrom} ${format.dateTime(draw.publicValueFrom)}`,
                                        draw.publicValue,
                                    ]}
                                />
                            ),
                        ],
                        [
                            text.draw.secret,
                            draw.secret === null ? (
                                <span key="secret" className="faint">
                                    {text.draw.sealed}
                                </span>
                            ) : (
                                hash(draw.secret)
                            ),
                        ],
                        ...(draw.endedAt === null ? [] : [[text.draw.ended, format.dateTime(draw.endedAt)] as const]),
                        ...(draw.abandonReason === null ? [] : [[text.draw.abandonReason, draw.abandonReason] as const]),
                    ]}
                />
                {draw.state === 'revealed' && <Recompute id={draw.id} number={draw.number} />}
            </div>
        </Card>
    );
}

function RulesCard({ draw }: { draw: Draw }) {
    const text = useText();
    const format = useFormat();
    const take = (share: Draw['strata'][number]['take']) =>
        'number' in share
            ? fill(text.plan.ofNumber, { count: share.number })
            : fill(text.plan.ofShare, { percent: share.permille / 10 });
    return (
        <Card title={text.draw.strata}>
            <div className="body">
                <Facts
                    of={[
                        ...draw.strata.map((each) => [each.grade, take(each.take)] as const),
                        ...GRADE_SCHEMES.flatMap((scheme) => {
                            const weights = draw.gradeWeights?.[scheme] ?? [];
                            if (weights.length === 0) return [];
                            const lines = weights.map((each) => `${each.grade} ${format.count(each.weight)}`);
                            return [[`${text.grade.schemes[scheme]} · ${text.draw.weight}`, format.list(lines)] as const];
                        }),
                        [text.draw.officers, format.list(draw.officers.map((each) => each.name))],
                        [
                            text.draw.avoidances,
                            draw.avoidances.length === 0
                                ? null
                                : format.list(
                                      draw.avoidances.map(
                                          (each) =>
                                              `${each.officer} × ${each.object}${format.brackets(text.draw.avoidanceReasons[each.reason])}`,
                                      ),
                                  ),
                        ],
                    ]}
                />
                <p className="faint">
                    {draw.capPerYear === null ? text.draw.capUnset : fill(text.draw.cap, { count: draw.capPerYear })}
                    {draw.mostPerOfficer !== null && ` · ${fill(text.draw.mostPerOfficer, { count: draw.mostPerOfficer })}`}
                </p>
            </div>
        </Card>
    );
}

function RevealDialogue({ draw, onClose }: { draw: Draw; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<{ publicValue?: string }>();
    const reveal = useCommand('draw.reveal', {
        onDone: (done) => {
            void message.success(fill(text.draw.revealedNow, done));
            onClose();
        },
    });
    return (
        <Modal
            open
            title={text.draw.reveal}
            okText={text.draw.reveal}
            okButtonProps={{ disabled: reveal.isPending }}
            onOk={() => form.submit()}
            onCancel={onClose}
        >
            <p style={{ marginBottom: 12 }}>{text.draw.revealWhat}</p>
            <ErrorNote error={reveal.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={({ publicValue }) => reveal.mutate({ params: { id: draw.id }, body: omitEmpty({ publicValue }) })}
            >
                {draw.publicValueIs !== null && (
                    <Form.Item
                        name="publicValue"
                        label={draw.publicValueIs}
                        rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 200)]}
                    >
                        <Input autoComplete="off" autoFocus />
                    </Form.Item>
                )}
            </Form>
        </Modal>
    );
}

function AbandonDialogue({ draw, onClose }: { draw: Draw; onClose: () => void }) {
    const text = useText();
    const abandon = useCommand('draw.abandon', { onDone: onClose });
    return (
        <ReasonDialogue
            title={text.draw.abandon}
            what={text.draw.abandonWhat}
            label={text.draw.abandonReason}
            error={abandon.error}
            busy={abandon.isPending}
            danger
            onClose={onClose}
            onSubmit={(reason) => abandon.mutate({ params: { id: draw.id }, body: { reason } })}
        />
    );
}
