import { TRAINING_TOPICS, type TrainingTopic } from '@liuhen/domain';
import { App, Checkbox, Form, Input, InputNumber } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FieldDay } from '../../app/form-day.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { dateOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';

type Fields = {
    title: string;
    topics: TrainingTopic[];
    fromDay: string;
    toDay: string;
    hours: number;
    trainer: string;
    note?: string;
};

export function TrainingDrawer({ onClose, onDone }: { onClose: () => void; onDone: (id: string) => void }) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const record = useCommand('training.record', {
        onDone: ({ id }) => {
            void message.success(text.training.recorded);
            onDone(id);
        },
    });
    const today = dateOf(Date.now());
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <FormDrawer<Fields>
            title={text.training.new}
            form={form}
            of={{ new: { topics: [], fromDay: today, toDay: today, hours: 2 } }}
            error={record.error}
            busy={record.isPending}
            onSubmit={({ hours, ...rest }) =>
                record.mutate({ body: { ...omitEmpty(rest), minutes: Math.max(1, Math.round(hours * 60)) } })
            }
            onClose={onClose}
        >
            <Form.Item className="wide" name="title" label={text.training.name} rules={[required, atMost(text, 120)]}>
                <Input autoFocus />
            </Form.Item>
            <Form.Item
                className="wide"
                name="topics"
                label={text.training.topics}
                rules={[{ required: true, type: 'array', min: 1, message: text.common.required }]}
            >
                <Checkbox.Group options={TRAINING_TOPICS.map((value) => ({ value, label: text.training.topicNames[value] }))} />
            </Form.Item>
            <Form.Item name="fromDay" label={text.training.fromDay} rules={[required]}>
                <FieldDay label={text.training.fromDay} />
            </Form.Item>
            <Form.Item name="toDay" label={text.training.toDay} rules={[required]}>
                <FieldDay label={text.training.toDay} />
            </Form.Item>
            <Form.Item name="hours" label={text.training.hours} rules={[{ required: true, message: text.common.required }]}>
                <InputNumber min={0.25} max={1_000} step={0.5} />
            </Form.Item>
            <Form.Item name="trainer" label={text.training.trainer} rules={[required, atMost(text, 120)]}>
                <Input />
            </Form.Item>
            <Form.Item
                className="wide"
                name="note"
                label={text.training.note + text.common.optional}
                rules={[atMost(text, 1_000)]}
            >
                <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
            </Form.Item>
        </FormDrawer>
    );
}
