import { CASE_PARTS, type CasePart } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { App, Button, Form, Modal, Select } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldPersonPick } from '../../app/form-pick.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { ActPick } from '../../app/pick-remote.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import type { CaseDetail } from './case-words.ts';

/** Who has which part in the case. */
export function CasePeople({ of }: { of: CaseDetail }) {
    const text = useText();
    const may = useMay();
    const [adding, setAdding] = useState(false);
    const [ending, setEnding] = useState<string>();
    const unassign = useCommand('case.unassign', { onDone: () => setEnding(undefined) });
    const mayChange = may('case.manage') && of.endedAt === null;
    return (
        <Card
            title={text.case.people}
            small={of.people.length}
            right={
                mayChange && (
                    <Button size="small" onClick={() => setAdding(true)}>
                        {text.case.assign}
                    </Button>
                )
            }
        >
            <ul className="people">
                {of.people.map(({ id, person, part }) => (
                    <li key={id}>
                        <div>
                            <Link to="/persons/$id" params={{ id: person.id }}>
                                {person.name}
                            </Link>
                            <span className="second">
                                {text.case.parts[part]}
                                {person.certificateNumber !== null && ` · ${person.certificateNumber}`}
                            </span>
                        </div>
                        {mayChange && (
                            <Button
                                size="small"
                                onClick={() => setEnding(id)}
                                aria-label={`${text.case.unassign} ${person.name} ${text.case.parts[part]}`}
                            >
                                {text.case.unassign}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
            {adding && <AssignDialogue of={of} onClose={() => setAdding(false)} />}
            {ending !== undefined && (
                <ReasonDialogue
                    title={text.case.unassign}
                    label={text.case.unassignReason}
                    error={unassign.error}
                    busy={unassign.isPending}
                    onClose={() => setEnding(undefined)}
                    onSubmit={(reason) => unassign.mutate({ params: { id: ending }, body: { reason } })}
                />
            )}
        </Card>
    );
}

function AssignDialogue({ of, onClose }: { of: CaseDetail; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<{ personId: string; part: CasePart }>();
    const assign = useCommand('case.assign', {
        onDone: () => {
            void message.success(text.common.done);
            onClose();
        },
    });
    const required = { required: true, message: text.common.required };
    return (
        <Modal
            open
            title={text.case.assign}
            onCancel={onClose}
            okText={text.case.assign}
            okButtonProps={{ disabled: assign.isPending }}
            onOk={() => form.submit()}
        >
            <ErrorNote error={assign.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ part: 'handler' }}
                onFinish={(body) => assign.mutate({ params: { id: of.id }, body })}
            >
                <Form.Item name="personId" label={text.case.person} rules={[required]}>
                    <FieldPersonPick label={text.case.person} />
                </Form.Item>
                <Form.Item name="part" label={text.case.part} rules={[required]}>
                    <Select options={CASE_PARTS.map((each) => ({ value: each, label: text.case.parts[each] }))} />
                </Form.Item>
            </Form>
        </Modal>
    );
}

/** Acts that belong to the case. */
export function CaseActs({ of }: { of: CaseDetail }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [linking, setLinking] = useState(false);
    const [chosen, setChosen] = useState<string>();
    const [ending, setEnding] = useState<string>();
    const link = useCommand('case.linkAct', {
        onDone: () => {
            setLinking(false);
            setChosen(undefined);
        },
    });
    const unlink = useCommand('case.unlinkAct', { onDone: () => setEnding(undefined) });
    const mayChange = may('case.manage') && of.endedAt === null;
    return (
        <Card
            title={text.case.acts}
            small={of.acts.length}
            right={
                mayChange && (
                    <Button size="small" onClick={() => setLinking(true)}>
                        {text.case.linkAct}
                    </Button>
                )
            }
        >
            {of.acts.length === 0 && <p className="empty-small">{text.case.actsEmpty}</p>}
            <ul className="people">
                {of.acts.map((act) => (
                    <li key={act.linkId}>
                        <div>
                            <Link to="/acts/$id" params={{ id: act.id }}>
                                {act.number}
                            </Link>
                            <span className="second">
                                {format.dateTime(act.startsAt)} · {act.place ?? text.case.secret}
                            </span>
                        </div>
                        {mayChange && (
                            <Button
                                size="small"
                                onClick={() => setEnding(act.linkId)}
                                aria-label={`${text.case.unlinkAct} ${act.number}`}
                            >
                                {text.case.unlinkAct}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
            {linking && (
                <Modal
                    open
                    title={text.case.linkAct}
                    onCancel={() => setLinking(false)}
                    okText={text.case.linkAct}
                    okButtonProps={{ disabled: chosen === undefined || link.isPending }}
                    onOk={() => chosen !== undefined && link.mutate({ params: { id: of.id }, body: { actId: chosen } })}
                >
                    <ErrorNote error={link.error} of="command" />
                    <ActPick className="whole" label={text.case.acts} value={chosen} onChange={setChosen} />
                </Modal>
            )}
            {ending !== undefined && (
                <ReasonDialogue
                    title={text.case.unlinkAct}
                    label={text.case.unlinkReason}
                    error={unlink.error}
                    busy={unlink.isPending}
                    onClose={() => setEnding(undefined)}
                    onSubmit={(reason) => unlink.mutate({ params: { id: ending }, body: { reason } })}
                />
            )}
        </Card>
    );
}
