import { Button, Form, Input } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useCommand } from '../../app/use-command.ts';
import { PasswordRuleList } from './password-rule-list.tsx';
import { passwordRules } from './password-rules.ts';

type Fields = { current: string; next: string; again: string };

/** Changes the own password; the rules are ticked off while it is typed. */
export function PasswordForm({ onDone }: { onDone: () => void }) {
    const text = useText();
    const [form] = Form.useForm<Fields>();
    const next = Form.useWatch('next', form) ?? '';
    const current = Form.useWatch('current', form) ?? '';
    const change = useCommand('session.changePassword', {
        refresh: false,
        onDone: () => {
            form.resetFields();
            onDone();
        },
    });
    return (
        <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            onFinish={(fields) => change.mutate({ body: { current: fields.current, next: fields.next } })}
        >
            <ErrorNote error={change.error} of="command" />
            <Form.Item
                name="current"
                label={text.session.passwordCurrent}
                rules={[{ required: true, message: text.common.required }]}
            >
                <Input.Password autoComplete="current-password" />
            </Form.Item>
            <Form.Item
                name="next"
                label={text.session.passwordNext}
                rules={[{ required: true, message: text.common.required }]}
                extra={<PasswordRuleList states={passwordRules(next, '', current)} />}
            >
                <Input.Password autoComplete="new-password" />
            </Form.Item>
            <Form.Item
                name="again"
                label={text.session.passwordAgain}
                dependencies={['next']}
                rules={[
                    { required: true, message: text.common.required },
                    {
                        validator: (_, value) =>
                            value === undefined || value === '' || value === form.getFieldValue('next')
                                ? Promise.resolve()
                                : Promise.reject(new Error(text.session.passwordDiffers)),
                    },
                ]}
            >
                <Input.Password autoComplete="new-password" />
            </Form.Item>
            <Button type="primary" htmlType="submit" disabled={change.isPending}>
                {change.isPending ? text.common.saving : text.session.passwordSubmit}
            </Button>
        </Form>
    );
}
