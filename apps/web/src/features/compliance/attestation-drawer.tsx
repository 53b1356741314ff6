import { App, Form, Input } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FieldDay } from '../../app/form-day.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { dateOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';

type Fields = { fromDay: string; paper: string; paperNumber?: string; paperDay?: string; note?: string };

/** Confirms a clause for the own organisation. */
export function AttestationDrawer({ clause, onClose }: { clause: string; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const confirm = useCommand('attestation.confirm', {
        onDone: () => {
            void message.success(text.attestation.confirmed);
            onClose();
        },
    });
    const today = dateOf(Date.now());
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <FormDrawer<Fields>
            title={text.attestation.confirm}
            form={form}
            of={{ new: { fromDay: today } }}
            error={confirm.error}
            busy={confirm.isPending}
            onSubmit={({ fromDay, paper, ...rest }) => confirm.mutate({ body: { clause, fromDay, paper, ...omitEmpty(rest) } })}
            onClose={onClose}
        >
            <Form.Item name="fromDay" label={text.attestation.fromDay} rules={[required]}>
                <FieldDay label={text.attestation.fromDay} max={today} />
            </Form.Item>
            <Form.Item className="wide" name="paper" label={text.attestation.paperLabel} rules={[required, atMost(text, 120)]}>
                <Input autoFocus />
            </Form.Item>
            <Form.Item name="paperNumber" label={text.attestation.paperNumber + text.common.optional} rules={[atMost(text, 60)]}>
                <Input />
            </Form.Item>
            <Form.Item name="paperDay" label={text.attestation.paperDay + text.common.optional}>
                <FieldDay label={text.attestation.paperDay} max={today} />
            </Form.Item>
            <Form.Item
                className="wide"
                name="note"
                label={text.attestation.note + text.common.optional}
                rules={[atMost(text, 1_000)]}
            >
                <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
            </Form.Item>
        </FormDrawer>
    );
}
