import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { RequestError } from '@liuhen/contract';
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Form, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { countUnsent } from '../../app/offline/device-store.ts';
import { hasCome } from '../../app/offline/leaving.ts';
import { Card, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { forgetSession } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { PlainFrame } from './plain-frame.tsx';

type Fields = { login: string; password: string; code?: string };
type DemoLogins = ResponseOf<Endpoints['setup.state']>['demoLogins'];

/** Only addresses of this site: a `next` from elsewhere must not lead away. */
const ownAddress = (next: string | undefined): string =>
    next !== undefined && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/';

export function SignInPage() {
    const text = useText();
    const { next, why } = useSearch({ from: '/sign-in' });
    const navigate = useNavigate();
    const setup = useAsk('setup.state', {});
    const [form] = Form.useForm<Fields>();
    const [codeNeeded, setCodeNeeded] = useState(false);
    const unsent = useUnsentCount();
    const passwordField = useRef<InputRef>(null);
    const open = useCommand('session.open', {
        refresh: false,
        onDone: ({ state }) => {
            if (state === 'secondFactorNeeded') {
                setCodeNeeded(true);
                return;
            }
            hasCome();
            void forgetSession().then(() => navigate({ to: ownAddress(next), replace: true }));
        },
    });
    if (setup.data?.needed === true) return <Navigate to="/setup" replace />;

    const submit = ({ login, password, code }: Fields) =>
        open.mutate({ body: { login: login.trim(), password, ...(codeNeeded && code !== undefined ? { code } : {}) } });
    const notice =
        why === undefined
            ? undefined
            : { idle: text.session.endedIdle, ended: text.session.ended, signedOut: text.session.signedOut }[why];
    const wrong = open.error instanceof RequestError && open.error.status === 401 ? open.error : undefined;
    return (
        <PlainFrame title={text.session.title}>
            {notice !== undefined && open.error === null && (
                <div className="note note-plain" role="status">
                    {unsent > 0 && why !== 'signedOut' ? text.kit.sessionOver : notice}
                </div>
            )}
            <Card>
                <div className="body">
                    <ErrorNote error={setup.error} of="read" onRetry={() => void setup.refetch()} />
                    {wrong !== undefined ? <WrongNote error={wrong} /> : <ErrorNote error={open.error} of="command" />}
                    <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
                        <div hidden={codeNeeded}>
                            <Form.Item
                                name="login"
                                label={text.session.login}
                                rules={[{ required: true, message: text.common.required }]}
                            >
                                <Input autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus size="large" />
                            </Form.Item>
                            <Form.Item
                                name="password"
                                label={text.session.password}
                                rules={[{ required: true, message: text.common.required }]}
                            >
                                <Input.Password autoComplete="current-password" size="large" ref={passwordField} />
                            </Form.Item>
                        </div>
                        {codeNeeded && (
                            <Form.Item
                                name="code"
                                label={text.session.code}
                                extra={text.session.codeHint}
                                rules={[
                                    { required: true, pattern: /^[0-9]{6}$/, message: text.session.codeHint },
                                    atMost(text, 6),
                                ]}
                            >
                                <Input inputMode="numeric" autoComplete="one-time-code" autoFocus size="large" className="mono" />
                            </Form.Item>
                        )}
                        <Button type="primary" htmlType="submit" size="large" block disabled={open.isPending}>
                            {open.isPending ? text.session.signingIn : codeNeeded ? text.session.submitCode : text.session.submit}
                        </Button>
                        {codeNeeded && (
                            <Button
                                type="link"
                                block
                                style={{ marginTop: 8 }}
                                onClick={() => {
                                    form.resetFields();
                                    open.reset();
                                    setCodeNeeded(false);
                                }}
                            >
                                {text.session.otherAccount}
                            </Button>
                        )}
                    </Form>
                </div>
            </Card>
            {setup.isPending && <Waiting />}
            {setup.data?.demo === true && !codeNeeded && (
                <DemoLoginList
                    logins={setup.data.demoLogins}
                    onPick={(login) => {
                        form.setFieldValue('login', login);
                        passwordField.current?.focus();
                    }}
                />
            )}
        </PlainFrame>
    );
}

/** Wrong words at the door: only what happened; nothing more is said to somebody who may be guessing. */
function WrongNote({ error }: { error: RequestError }) {
    const format = useFormat();
    return (
        <div className="note note-bad" role="alert">
            <strong>{format.error(error.code, error.params)}</strong>
        </div>
    );
}

/** How much waits on this device, whoever made it: that it is there still is all that is said before the sign-in. */
function useUnsentCount(): number {
    const [count, setCount] = useState(0);
    useEffect(() => void countUnsent().then(setCount), []);
    return count;
}

function DemoLoginList({ logins, onPick }: { logins: DemoLogins; onPick: (login: string) => void }) {
    const text = useText();
    const format = useFormat();
    return (
        <Card title={text.session.demoTitle}>
            <ul className="demo-logins">
                {logins.map((each) => (
                    <li key={each.login}>
                        <button type="button" onClick={() => onPick(each.login)}>
                            <span className="mono">{each.login}</span>
                            <span>
                                {each.name}
                                <span className="faint">
                                    {' '}
                                    · {format.list(each.roles.map((role) => text.person.roleNames[role]))}
                                </span>
                            </span>
                        </button>
                    </li>
                ))}
            </ul>
            <p className="empty-small faint">{text.session.demoHint}</p>
        </Card>
    );
}
