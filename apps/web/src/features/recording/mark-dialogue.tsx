import { fill } from '@liuhen/contract';
import { formatMediaTime, formatTime, markNeedsWords, RECORDING_MARK_KINDS, type RecordingMarkKind } from '@liuhen/domain';
import { App, Form, Input, Modal, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { overlayParent } from '../../app/overlay-parent.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Moment } from './playback-state.ts';
import type { Track } from './tracks.ts';

type Fields = { recordingId: string; kind: RecordingMarkKind; words?: string };
type Props = {
    /** Where every camera stands that is shown; not empty. */
    moments: readonly Moment[];
    tracks: readonly Track[];
    clock: boolean;
    onClose: () => void;
};

/** Marks the moment at which the players stand, in one of the files that are shown. */
export function MarkDialogue({ moments, tracks, clock, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const kind = Form.useWatch('kind', form);
    const first = moments[0];
    const mark = useCommand('recording.mark', {
        onDone: () => {
            void message.success(text.mark.done);
            onClose();
        },
    });
    if (first === undefined) return null;
    const labelOf = ({ trackId, segment }: Moment) =>
        `${tracks.find((track) => track.id === trackId)?.label ?? ''} · ${segment.name}`;
    const clause = kind === undefined ? '' : text.mark.clauses[kind];
    return (
        <Modal
            open
            getContainer={overlayParent}
            title={fill(text.mark.dialogue, { time: clock ? formatTime(first.at, 'tenth') : formatMediaTime(first.mediaMs) })}
            okText={text.common.save}
            onCancel={onClose}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: mark.isPending }}
        >
            <ErrorNote error={mark.error} of="command" onRetry={() => form.submit()} />
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ recordingId: first.segment.recordingId, kind: 'note' }}
                onFinish={(fields) => {
                    const at = moments.find((each) => each.segment.recordingId === fields.recordingId) ?? first;
                    const words = fields.words?.trim() ?? '';
                    const body = { kind: fields.kind, mediaMs: at.mediaMs, ...(words === '' ? {} : { words }) };
                    mark.mutate({ params: { id: at.segment.recordingId }, body });
                }}
            >
                <Form.Item name="recordingId" label={text.mark.in} hidden={moments.length === 1}>
                    <Select options={moments.map((each) => ({ value: each.segment.recordingId, label: labelOf(each) }))} />
                </Form.Item>
                <Form.Item name="kind" label={text.mark.kind} extra={clause}>
                    <Select options={RECORDING_MARK_KINDS.map((value) => ({ value, label: text.mark.kinds[value] }))} />
                </Form.Item>
                <Form.Item
                    name="words"
                    label={text.mark.words}
                    dependencies={['kind']}
                    rules={[
                        ({ getFieldValue }) => ({
                            required: markNeedsWords(getFieldValue('kind') as RecordingMarkKind),
                            whitespace: true,
                            message: text.mark.wordsNeeded,
                        }),
                        atMost(text, 200),
                    ]}
                >
                    <Input autoFocus />
                </Form.Item>
            </Form>
        </Modal>
    );
}
