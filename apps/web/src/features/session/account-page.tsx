import { App, Button, Form, Input } from 'antd';
import { CopyButton } from '../../app/copy.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Line, PageHead } from '../../app/page.tsx';
import { queryClient } from '../../app/query.ts';
import { sessionQuery, useMe } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { PasswordForm } from './password-form.tsx';

/** The own account: password and second factor. */
export function AccountPage() {
    const text = useText();
    const format = useFormat();
    const me = useMe();
    const { message } = App.useApp();
    return (
        <>
            <PageHead
                title={text.shell.account}
                facts={
                    <Line
                        of={[
                            me.person.name,
                            me.organisation.name,
                            format.list(me.roles.map((role) => text.person.roleNames[role])),
                            me.person.certificateNumber,
                        ]}
                    />
                }
            />
            <div className="two">
                <Card title={text.session.factorTitle}>
                    <div className="body">
                        <SecondFactor />
                    </div>
                </Card>
                <Card title={text.session.passwordTitle}>
                    <div className="body">
                        <PasswordForm onDone={() => void message.success(text.session.passwordDone)} />
                    </div>
                </Card>
            </div>
        </>
    );
}

function SecondFactor() {
    const text = useText();
    const me = useMe();
    const { message } = App.useApp();
    const start = useCommand('session.startSecondFactor', { refresh: false });
    const confirm = useCommand('session.confirmSecondFactor', {
        refresh: false,
        onDone: () => {
            void message.success(text.session.factorDone);
            void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
        },
    });
    if (me.secondFactor) {
        return (
            <>
                <p>
                    <Dot status="held" />
                    {text.session.factorOn}
                </p>
                <p className="faint" style={{ marginTop: 8 }}>
                    {text.session.factorLost}
                </p>
            </>
        );
    }
    if (start.data === undefined) {
        return (
            <>
                <ErrorNote error={start.error} of="command" onRetry={() => start.mutate({})} />
                <p style={{ marginBottom: 12 }}>
                    <Dot status="judge" />
                    {text.session.factorOff}
                </p>
                <Button type="primary" onClick={() => start.mutate({})} disabled={start.isPending}>
                    {text.session.factorStart}
                </Button>
            </>
        );
    }
    return (
        <>
            <h3 style={{ fontSize: 14 }}>{text.session.factorScan}</h3>
            <img
                src={`data:image/svg+xml;utf8,${encodeURIComponent(start.data.qrSvg)}`}
                alt={text.session.qr}
                width={200}
                height={200}
                style={{ display: 'block', margin: '8px 0' }}
            />
            <p className="soft">{text.session.factorSecret}</p>
            <p className="hash" style={{ marginBottom: 16 }}>
                <code>{start.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
                <CopyButton value={start.data.secret} label={text.session.factorSecret} />
            </p>
            <ErrorNote error={confirm.error} of="command" />
            <Form
                layout="vertical"
                requiredMark={false}
                onFinish={({ code }: { code: string }) => confirm.mutate({ body: { code } })}
            >
                <Form.Item
                    name="code"
                    label={text.session.factorConfirm}
                    rules={[{ required: true, pattern: /^[0-9]{6}$/, message: text.session.codeHint }]}
                >
                    <Input inputMode="numeric" autoComplete="one-time-code" className="mono" style={{ width: 160 }} />
                </Form.Item>
                <Button type="primary" htmlType="submit" disabled={confirm.isPending}>
                    {confirm.isPending ? text.common.saving : text.session.factorSubmit}
                </Button>
            </Form>
        </>
    );
}
