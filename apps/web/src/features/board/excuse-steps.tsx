import { fill } from '@liuhen/contract';
import { LATE_GROUND_KEYS, LATE_GROUNDS, type LateGround } from '@liuhen/domain';
import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ConfirmDialogue } from '../../app/confirm-dialogue.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay, useMe } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import type { BoardItem } from './board-words.tsx';

type Open = 'explain' | 'confirm' | 'refuse' | 'withdraw' | undefined;

/** The reason for what is late: whoever it concerns gives it, another confirms it; the mark of lateness stays. */
export function ExcuseSteps({ item }: { item: BoardItem }) {
    const text = useText();
    const may = useMay();
    const me = useMe();
    const [open, setOpen] = useState<Open>();
    const close = () => setOpen(undefined);
    const { excuse, state, person } = item;
    const late = state === 'late' || state === 'unsure';
    const of =
        item.recording !== null && item.kind === 'stored'
            ? { recordingId: item.recording.id }
            : item.act !== null && person !== null
              ? { actId: item.act.id, personId: person.id }
              : undefined;
    const explains = late && of !== undefined && may('device.use') && (item.mine || may('device.manage'));
    const own = excuse?.statedBy.id === me.person.id;
    const decides = excuse?.state === 'waiting' && may('recording.confirmLate') && !own && !item.mine;
    return (
        <>
            {excuse !== null && (
                <>
                    <span>
                        {text.board.grounds[excuse.ground]} · {text.board.excuses[excuse.state]}
                    </span>
                    <span className="second">{excuse.words}</span>
                    <span className="second" lang={LATE_GROUNDS[excuse.ground] === null ? undefined : 'zh-CN'}>
                        {clauseOf(text, excuse.ground)}
                    </span>
                    {excuse.decision !== null && <span className="second">{excuse.decision}</span>}
                </>
            )}
            <span className="no-print">
                {explains && (
                    <Button size="small" onClick={() => setOpen('explain')}>
                        {text.board.explain}
                    </Button>
                )}
                {decides && (
                    <>
                        <Button size="small" onClick={() => setOpen('confirm')}>
                            {text.board.confirm}
                        </Button>{' '}
                        <Button size="small" onClick={() => setOpen('refuse')}>
                            {text.board.refuse}
                        </Button>
                    </>
                )}
                {excuse?.state === 'waiting' && own && (
                    <Button size="small" type="link" onClick={() => setOpen('withdraw')}>
                        {text.board.withdraw}
                    </Button>
                )}
            </span>
            {open === 'explain' && of !== undefined && <ExplainDialogue of={of} onClose={close} />}
            {excuse !== null && open !== undefined && open !== 'explain' && (
                <SettleDialogue excuse={excuse} as={open} onClose={close} />
            )}
        </>
    );
}

const clauseOf = (text: ReturnType<typeof useText>, ground: LateGround): string => {
    const clause = LATE_GROUNDS[ground];
    return clause === null ? text.board.noClause : fill(text.board.clause, { clause });
};

type Of = { recordingId: string } | { actId: string; personId: string };

function ExplainDialogue({ of, onClose }: { of: Of; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<{ ground: LateGround; words: string }>();
    const ground = Form.useWatch('ground', form);
    const explain = useCommand('board.excuse', {
        onDone: () => {
            void message.success(text.board.explained);
            onClose();
        },
    });
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <Modal
            open
            title={text.board.explainTitle}
            onCancel={onClose}
            okText={text.board.explain}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: explain.isPending }}
        >
            <p style={{ marginBottom: 12 }}>{text.board.explainWhat}</p>
            <ErrorNote error={explain.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={({ ground: chosen, words }) => explain.mutate({ body: { ...of, ground: chosen, words: words.trim() } })}
            >
                <Form.Item
                    name="ground"
                    label={text.board.ground}
                    rules={[required]}
                    extra={ground === undefined ? undefined : clauseOf(text, ground)}
                >
                    <Select options={LATE_GROUND_KEYS.map((each) => ({ value: each, label: text.board.grounds[each] }))} />
                </Form.Item>
                <Form.Item name="words" label={text.board.words} rules={[required, atMost(text, 500)]}>
                    <Input autoComplete="off" />
                </Form.Item>
            </Form>
        </Modal>
    );
}

type SettleProps = {
    excuse: NonNullable<BoardItem['excuse']>;
    as: 'confirm' | 'refuse' | 'withdraw';
    onClose: () => void;
};

function SettleDialogue({ excuse, as, onClose }: SettleProps) {
    const text = useText();
    const { message } = App.useApp();
    const done = (words: string) => () => {
        void message.success(words);
        onClose();
    };
    const decide = useCommand('board.decideExcuse', {
        onDone: done(as === 'refuse' ? text.board.refused : text.board.confirmed),
    });
    const withdraw = useCommand('board.withdrawExcuse', { onDone: done(text.board.withdrawn) });
    const params = { id: excuse.id };
    if (as === 'refuse')
        return (
            <ReasonDialogue
                title={text.board.refuse}
                label={text.board.refuseReason}
                error={decide.error}
                busy={decide.isPending}
                onClose={onClose}
                onSubmit={(words) => decide.mutate({ params, body: { as: 'refused', words } })}
            />
        );
    const confirms = as === 'confirm';
    return (
        <ConfirmDialogue
            title={confirms ? text.board.confirm : text.board.withdraw}
            what={
                confirms
                    ? fill(text.board.confirmWhat, { name: excuse.statedBy.name, words: excuse.words })
                    : text.board.withdrawWhat
            }
            error={confirms ? decide.error : withdraw.error}
            busy={decide.isPending || withdraw.isPending}
            onClose={onClose}
            onConfirm={() =>
                confirms ? decide.mutate({ params, body: { as: 'accepted' } }) : withdraw.mutate({ params, body: {} })
            }
        />
    );
}
