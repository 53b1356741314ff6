import { App, Form, Input } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FieldDay } from '../../app/form-day.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { FieldTime } from '../../app/form-time.tsx';
import { useText } from '../../app/language.tsx';
import { dateOf, instantOf, timeOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Retrieval } from './retrieval-words.ts';

type Fields = { receiver: string; medium: string; day: string; time: string };

/** Notes who received the package, on what and when, after both sides have signed the receipt. */
export function HandOverDrawer({ of, onClose }: { of: Retrieval; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const handOver = useCommand('retrieval.handOver', {
        onDone: () => {
            void message.success(text.common.done);
            onClose();
        },
    });
    const required = { required: true, whitespace: true, message: text.common.required };
    const now = Date.now();
    return (
        <FormDrawer<Fields>
            title={text.retrieval.handOver}
            form={form}
            of={{ new: { receiver: of.recipient, day: dateOf(now), time: timeOf(now) } }}
            error={handOver.error}
            busy={handOver.isPending}
            onSubmit={({ receiver, medium, day, time }) => {
                const receivedAt = instantOf(day, time);
                if (receivedAt !== undefined) handOver.mutate({ params: { id: of.id }, body: { receiver, medium, receivedAt } });
            }}
            onClose={onClose}
        >
            <p className="wide" style={{ marginBottom: 12 }}>
                {text.retrieval.handOverWhat}
            </p>
            <Form.Item className="wide" name="receiver" label={text.retrieval.receiver} rules={[required, atMost(text, 200)]}>
                <Input autoFocus />
            </Form.Item>
            <Form.Item className="wide" name="medium" label={text.retrieval.medium} rules={[required, atMost(text, 200)]}>
                <Input />
            </Form.Item>
            <Form.Item name="day" label={text.retrieval.receivedAt} rules={[required]}>
                <FieldDay label={text.retrieval.receivedAt} max={dateOf(now)} />
            </Form.Item>
            <Form.Item name="time" label={text.retrieval.receivedTime} rules={[required]}>
                <FieldTime label={text.retrieval.receivedTime} />
            </Form.Item>
        </FormDrawer>
    );
}
