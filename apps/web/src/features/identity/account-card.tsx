import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ConfirmDialogue } from '../../app/confirm-dialogue.tsx';
import { CopyButton } from '../../app/copy.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Facts } from '../../app/page.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay, useMe } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';

type Person = ResponseOf<Endpoints['person.get']>;

/** The account of a person: opening it, unlocking, resetting. A first password is shown once and nowhere kept. */
export function AccountCard({ person }: { person: Person }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const me = useMe();
    const [creating, setCreating] = useState(false);
    const [firstPassword, setFirstPassword] = useState<string>();
    const manage = may('account.manage') && person.leftAt === null;
    const { account } = person;
    return (
        <Card
            title={text.person.account}
            right={
                account !== null &&
                manage &&
                me.person.id !== person.id && <AccountActions person={person} onPassword={setFirstPassword} />
            }
        >
            {account === null ? (
                <div className="empty-small">
                    <p>{manage ? text.person.accountNone : text.person.accountNoneOther}</p>
                    {manage && (
                        <Button type="primary" style={{ marginTop: 10 }} onClick={() => setCreating(true)}>
                            {text.person.accountCreate}
                        </Button>
                    )}
                </div>
            ) : (
                <div className="body">
                    <Facts
                        of={[
                            [
                                text.person.login,
                                <span key="login" className="mono">
                                    {account.login}
                                </span>,
                            ],
                            [
                                text.device.state,
                                <span key="state">
                                    <Dot status={account.locked ? 'broken' : account.mustChangePassword ? 'judge' : 'held'} />
                                    {account.locked
                                        ? text.person.accountLocked
                                        : account.mustChangePassword
                                          ? text.person.accountMustChange
                                          : text.person.accountOk}
                                </span>,
                            ],
                            [
                                text.shell.secondFactor,
                                account.secondFactor ? text.person.accountFactorOn : text.person.accountFactorOff,
                            ],
                            [
                                text.person.accountLast,
                                account.lastSignInAt === null
                                    ? text.person.accountNever
                                    : `${format.dateTime(account.lastSignInAt)} · ${fill(text.person.accountSessions, { count: account.openSessions })}`,
                            ],
                        ]}
                    />
                </div>
            )}
            {creating && <CreateDialogue person={person} onClose={() => setCreating(false)} onPassword={setFirstPassword} />}
            {firstPassword !== undefined && (
                <FirstPassword name={person.name} password={firstPassword} onClose={() => setFirstPassword(undefined)} />
            )}
        </Card>
    );
}

function AccountActions({ person, onPassword }: { person: Person; onPassword: (password: string) => void }) {
    const text = useText();
    const { message } = App.useApp();
    const [asking, setAsking] = useState<'password' | 'factor'>();
    const close = () => setAsking(undefined);
    const done = () => {
        void message.success(text.common.done);
        close();
    };
    const unlock = useCommand('account.unlock', { onDone: done });
    const resetFactor = useCommand('account.resetSecondFactor', { onDone: done });
    const resetPassword = useCommand('account.resetPassword', {
        onDone: (answer) => {
            close();
            onPassword(answer.firstPassword);
        },
    });
    const params = { id: person.id };
    return (
        <>
            {person.account?.locked === true && (
                <Button size="small" type="primary" disabled={unlock.isPending} onClick={() => unlock.mutate({ params })}>
                    {text.person.unlock}
                </Button>
            )}
            <Button size="small" onClick={() => setAsking('password')}>
                {text.person.resetPassword}
            </Button>
            {person.account?.secondFactor === true && (
                <Button size="small" onClick={() => setAsking('factor')}>
                    {text.person.resetFactor}
                </Button>
            )}
            <ErrorNote error={unlock.error} of="command" onRetry={() => unlock.mutate({ params })} />
            {asking === 'password' && (
                <ConfirmDialogue
                    title={text.person.resetPassword}
                    what={fill(text.person.resetPasswordAsk, { name: person.name })}
                    error={resetPassword.error}
                    busy={resetPassword.isPending}
                    onClose={close}
                    onConfirm={() => resetPassword.mutate({ params })}
                />
            )}
            {asking === 'factor' && (
                <ConfirmDialogue
                    title={text.person.resetFactor}
                    what={fill(text.person.resetFactorAsk, { name: person.name })}
                    error={resetFactor.error}
                    busy={resetFactor.isPending}
                    onClose={close}
                    onConfirm={() => resetFactor.mutate({ params })}
                />
            )}
        </>
    );
}

function CreateDialogue({
    person,
    onClose,
    onPassword,
}: {
    person: Person;
    onClose: () => void;
    onPassword: (password: string) => void;
}) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<{ login: string }>();
    const create = useCommand('account.create', {
        onDone: (answer) => {
            onClose();
            onPassword(answer.firstPassword);
        },
    });
    return (
        <Modal
            open
            title={`${text.person.accountCreate} · ${person.name}`}
            onCancel={onClose}
            okText={text.person.accountCreate}
            okButtonProps={{ disabled: create.isPending }}
            onOk={() => form.submit()}
        >
            <ErrorNote error={create.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={({ login }) => create.mutate({ params: { id: person.id }, body: { login } })}
            >
                <Form.Item
                    name="login"
                    label={text.person.accountLogin}
                    extra={text.setup.loginHint}
                    rules={[
                        { required: true, message: text.common.required },
                        { pattern: /^\s*[A-Za-z0-9][A-Za-z0-9._-]{2,39}\s*$/, message: text.setup.loginHint },
                        atMost(text, 40),
                    ]}
                >
                    <Input autoFocus autoComplete="off" autoCapitalize="none" spellCheck={false} />
                </Form.Item>
            </Form>
        </Modal>
    );
}

/** Closes only by its button: what is shown here cannot be shown again. */
function FirstPassword({ name, password, onClose }: { name: string; password: string; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    return (
        <Modal
            open
            closable={false}
            keyboard={false}
            mask={{ closable: false }}
            title={text.person.firstPassword}
            footer={
                <Button type="primary" onClick={onClose}>
                    {text.person.firstPasswordSeen}
                </Button>
            }
        >
            <p className="first-password">
                <code>{password}</code>
                <CopyButton value={password} label={text.person.firstPassword} />
            </p>
            <p>{fill(text.person.firstPasswordWhat, { name })}</p>
        </Modal>
    );
}
