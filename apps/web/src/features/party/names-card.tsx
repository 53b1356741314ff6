import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import type { ChangeSubject } from '@liuhen/domain';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Line } from '../../app/page.tsx';
import { refreshAll } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { dateOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';

type Party = ResponseOf<Endpoints['party.get']>;

/** What the party was called before and who stood for it, newest first. */
export function NamesCard({ party, mayChange }: { party: Party; mayChange: boolean }) {
    const text = useText();
    const [changing, setChanging] = useState<ChangeSubject>();
    return (
        <Card
            title={text.party.names}
            small={party.changes.length}
            right={
                mayChange && (
                    <>
                        <Button size="small" onClick={() => setChanging('name')}>
                            {text.party.rename}
                        </Button>
                        <Button size="small" onClick={() => setChanging('legalRepresentative')}>
                            {text.party.changeRepresentative}
                        </Button>
                    </>
                )
            }
        >
            {party.changes.length === 0 && <p className="empty-small">{text.party.namesEmpty}</p>}
            <ul className="people">
                {party.changes.map((change) => (
                    <li key={change.id}>
                        <span>
                            <span className="soft">{text.party.subjects[change.subject]}</span> {change.value}
                            <span className="second">
                                <Line
                                    of={[
                                        change.earlier !== null && fill(text.party.was, { was: change.earlier }),
                                        fill(text.party.since, { day: change.fromDay }),
                                        change.reason,
                                    ]}
                                />
                            </span>
                        </span>
                    </li>
                ))}
            </ul>
            {changing !== undefined && <ChangeDialogue party={party} subject={changing} onClose={() => setChanging(undefined)} />}
        </Card>
    );
}

type Fields = { value: string; fromDay: string; reason: string };

function ChangeDialogue({ party, subject, onClose }: { party: Party; subject: ChangeSubject; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const onDone = () => {
        void message.success(text.party.changed);
        onClose();
    };
    const rename = useCommand('party.rename', { onDone });
    const replace = useCommand('party.changeRepresentative', { onDone });
    const ofName = subject === 'name';
    const before = ofName ? party.name : party.legalRepresentative;
    const title = ofName ? text.party.renameTitle : text.party.changeRepresentative;
    const submit = ({ value, fromDay, reason }: Fields) => {
        const params = { id: party.id };
        const more = { fromDay, reason, version: party.version };
        if (ofName) rename.mutate({ params, body: { name: value, ...more } });
        else replace.mutate({ params, body: { legalRepresentative: value, ...more } });
    };
    const required = { required: true, whitespace: true, message: text.common.required };
    const today = dateOf(Date.now());
    return (
        <Modal
            open
            title={title}
            onCancel={onClose}
            okText={title}
            okButtonProps={{ disabled: rename.isPending || replace.isPending }}
            onOk={() => form.submit()}
        >
            {before !== null && <p style={{ marginBottom: 12 }}>{fill(text.party.was, { was: before })}</p>}
            <ErrorNote
                error={rename.error ?? replace.error}
                of="command"
                onRetry={() => form.submit()}
                onReload={() => void refreshAll()}
            />
            <Form<Fields> form={form} layout="vertical" requiredMark={false} initialValues={{ fromDay: today }} onFinish={submit}>
                <Form.Item
                    name="value"
                    label={ofName ? text.party.newName : text.party.newRepresentative}
                    rules={[required, atMost(text, ofName ? 120 : 60)]}
                >
                    <Input autoFocus autoComplete="off" />
                </Form.Item>
                <Form.Item name="fromDay" label={text.party.fromDay} rules={[required]}>
                    <FieldDay label={text.party.fromDay} max={today} />
                </Form.Item>
                <Form.Item
                    name="reason"
                    label={text.party.reason}
                    extra={text.party.reasonHint}
                    rules={[required, atMost(text, 200)]}
                >
                    <Input autoComplete="off" />
                </Form.Item>
            </Form>
        </Modal>
    );
}
