import { fill } from '@liuhen/contract';
import { type AnswerKind, isPhotograph, isUnexcusable } from '@liuhen/domain';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import { MomentField } from '../recording/moment-field.tsx';
import { momentWords, type RecordingMoment } from '../recording/moment-link.tsx';
import type { FindingItem } from './finding-words.tsx';

/** Words about a finding; an explanation that was spoken points at its moment in a recording of the act. */
export function AnswerDialogue({ finding, kind, onClose }: { finding: FindingItem; kind: AnswerKind; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<{ words: string }>();
    const [moment, setMoment] = useState<RecordingMoment>();
    const answer = useCommand('finding.answer', {
        onDone: () => {
            void message.success(text.ruleFinding.answered);
            onClose();
        },
    });
    const explains = kind === 'explain';
    return (
        <Modal
            open
            title={explains ? text.ruleFinding.answerTitle : text.ruleFinding.dispute}
            onCancel={onClose}
            okText={explains ? text.ruleFinding.answer : text.ruleFinding.dispute}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: answer.isPending }}
        >
            <p style={{ marginBottom: 12 }}>
                {!explains
                    ? text.ruleFinding.disputeWhat
                    : isUnexcusable(finding.code)
                      ? text.ruleFinding.answerInVain
                      : text.ruleFinding.answerWhat}
            </p>
            <ErrorNote error={answer.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={({ words }) =>
                    answer.mutate({
                        params: { id: finding.id },
                        body: { kind, words: words.trim(), ...(moment === undefined ? {} : { moment }) },
                    })
                }
            >
                <Form.Item
                    name="words"
                    label={text.ruleFinding.words}
                    rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 1000)]}
                >
                    <Input.TextArea autoFocus autoSize={{ minRows: 3, maxRows: 10 }} />
                </Form.Item>
            </Form>
            {explains && finding.act !== null && <SpokenAt actId={finding.act.id} moment={moment} onChange={setMoment} />}
        </Modal>
    );
}

type SpokenProps = {
    actId: string;
    moment: RecordingMoment | undefined;
    onChange: (next: RecordingMoment | undefined) => void;
};

/** The one moment that an answer points at; nothing where the act has no recording. */
function SpokenAt({ actId, moment, onChange }: SpokenProps) {
    const text = useText();
    const { data } = useAsk('act.get', { params: { id: actId } });
    const recordings = (data?.recordings ?? []).filter((each) => !isPhotograph(each));
    if (recordings.length === 0) return null;
    const name = recordings.find((each) => each.id === moment?.recordingId)?.name ?? '';
    const where = moment === undefined ? '' : momentWords(name, moment);
    return (
        <div>
            <p className="second">{text.ruleFinding.spokenWhat}</p>
            {moment === undefined ? (
                <MomentField recordings={recordings.map(({ id, name: fileName }) => ({ id, fileName }))} onAdd={onChange} />
            ) : (
                <p>
                    {where}{' '}
                    <Button
                        type="text"
                        size="small"
                        aria-label={fill(text.moment.remove, { at: where })}
                        onClick={() => onChange(undefined)}
                    >
                        ×
                    </Button>
                </p>
            )}
        </div>
    );
}
