import type { BodyOf, Endpoints } from '@liuhen/contract';
import { ORGANISATION_KINDS } from '@liuhen/domain';
import { Navigate } from '@tanstack/react-router';
import { Button, Form, type FormInstance, Input, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, Waiting } from '../../app/page.tsx';
import { queryClient, useAsk } from '../../app/query.ts';
import { useCommand } from '../../app/use-command.ts';
import { PasswordRuleList } from '../session/password-rule-list.tsx';
import { passwordRules } from '../session/password-rules.ts';
import { PlainFrame } from '../session/plain-frame.tsx';

type Fields = BodyOf<Endpoints['setup.run']>;
const ADMINISTRATORS = ['systemAdmin', 'securityAdmin', 'auditAdmin'] as const;

/** First visit of an empty system: the organisation and its three separated administrators. */
export function SetupPage() {
    const text = useText();
    const state = useAsk('setup.state', {});
    const [form] = Form.useForm<Fields>();
    const run = useCommand('setup.run', {
        refresh: false,
        onDone: () => queryClient.removeQueries({ queryKey: ['setup.state'] }),
    });
    if (run.isSuccess) {
        return (
            <PlainFrame title={text.setup.doneTitle}>
                <Card>
                    <div className="body">
                        <p style={{ marginBottom: 16 }}>{text.setup.doneWhat}</p>
                        <LinkButton to="/sign-in" primary>
                            {text.setup.toSignIn}
                        </LinkButton>
                    </div>
                </Card>
            </PlainFrame>
        );
    }
    if (state.data?.needed === false) return <Navigate to="/sign-in" replace />;
    return (
        <PlainFrame title={text.setup.title} wide>
            <ErrorNote error={state.error} of="read" onRetry={() => void state.refetch()} />
            {state.isPending && <Waiting />}
            {state.data !== undefined && (
                <Form
                    form={form}
                    layout="vertical"
                    requiredMark={false}
                    scrollToFirstError
                    onFinish={(body) => run.mutate({ body })}
                >
                    <p className="soft" style={{ marginBottom: 14 }}>
                        {text.setup.intro}
                    </p>
                    {state.data.codeNeeded && <CodeCard />}
                    <OrganisationCard />
                    <div className="note note-plain">
                        <strong>{text.setup.whyTitle}</strong>
                        <p>{text.setup.why}</p>
                    </div>
                    {ADMINISTRATORS.map((which) => (
                        <AdministratorCard key={which} which={which} form={form} />
                    ))}
                    <ErrorNote error={run.error} of="command" onRetry={() => form.submit()} />
                    <Button type="primary" size="large" htmlType="submit" disabled={run.isPending}>
                        {run.isPending ? text.setup.submitting : text.setup.submit}
                    </Button>
                </Form>
            )}
        </PlainFrame>
    );
}

function CodeCard() {
    const text = useText();
    return (
        <Card title={text.setup.codeTitle}>
            <div className="body">
                <Form.Item
                    name="setupCode"
                    label={text.setup.codeTitle}
                    extra={text.setup.codeHint}
                    rules={[{ required: true, message: text.common.required }]}
                >
                    <Input autoComplete="off" spellCheck={false} className="mono" />
                </Form.Item>
            </div>
        </Card>
    );
}

function OrganisationCard() {
    const text = useText();
    const required = { required: true, message: text.common.required };
    return (
        <Card title={text.setup.organisation}>
            <div className="body fields">
                <Form.Item
                    className="wide"
                    name={['organisation', 'name']}
                    label={text.setup.organisationName}
                    rules={[required, atMost(text, 80)]}
                >
                    <Input autoComplete="organization" autoFocus />
                </Form.Item>
                <Form.Item
                    name={['organisation', 'code']}
                    label={text.setup.organisationCode}
                    extra={text.setup.organisationCodeHint}
                    rules={[
                        required,
                        { pattern: /^[0-9A-Za-z-]{2,20}$/, message: text.setup.organisationCodeHint },
                        atMost(text, 20),
                    ]}
                >
                    <Input autoComplete="off" spellCheck={false} />
                </Form.Item>
                <Form.Item
                    name={['organisation', 'kind']}
                    label={text.setup.organisationKind}
                    rules={[required]}
                    initialValue="districtInstitute"
                >
                    <Select
                        options={ORGANISATION_KINDS.map((kind) => ({ value: kind, label: text.person.organisationKinds[kind] }))}
                    />
                </Form.Item>
            </div>
        </Card>
    );
}

function AdministratorCard({ which, form }: { which: (typeof ADMINISTRATORS)[number]; form: FormInstance<Fields> }) {
    const text = useText();
    const login = Form.useWatch([which, 'login'], form) ?? '';
    const password = Form.useWatch([which, 'password'], form) ?? '';
    const required = { required: true, message: text.common.required };
    const name = text.setup[which];
    return (
        <Card title={name} small={text.setup[`${which}What`]}>
            <div className="body fields">
                <Form.Item name={[which, 'name']} label={text.setup.name} rules={[required, atMost(text, 60)]}>
                    <Input autoComplete="off" aria-label={`${name} ${text.setup.name}`} />
                </Form.Item>
                <Form.Item
                    name={[which, 'login']}
                    label={text.setup.login}
                    extra={text.setup.loginHint}
                    dependencies={ADMINISTRATORS.filter((each) => each !== which).map((each) => [each, 'login'])}
                    rules={[
                        required,
                        { pattern: /^\s*[A-Za-z0-9][A-Za-z0-9._-]{2,39}\s*$/, message: text.setup.loginHint },
                        {
                            validator: (_, value: string | undefined) => {
                                const same = (other: (typeof ADMINISTRATORS)[number]) =>
                                    other !== which &&
                                    form.getFieldValue([other, 'login'])?.trim().toLowerCase() === value?.trim().toLowerCase();
                                return value !== undefined && value !== '' && ADMINISTRATORS.some(same)
                                    ? Promise.reject(new Error(text.setup.loginsDiffer))
                                    : Promise.resolve();
                            },
                        },
                        atMost(text, 40),
                    ]}
                >
                    <Input
                        autoComplete="off"
                        autoCapitalize="none"
                        spellCheck={false}
                        aria-label={`${name} ${text.setup.login}`}
                    />
                </Form.Item>
                <Form.Item
                    className="wide"
                    name={[which, 'password']}
                    label={text.setup.password}
                    rules={[required]}
                    extra={<PasswordRuleList states={passwordRules(password, login)} />}
                >
                    <Input.Password autoComplete="new-password" aria-label={`${name} ${text.setup.password}`} />
                </Form.Item>
            </div>
        </Card>
    );
}
