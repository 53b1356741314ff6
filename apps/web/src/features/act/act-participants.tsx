import { fill } from '@liuhen/contract';
import { OWN_PARTS, type OwnPart } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { App, Button, Form, Modal, Select } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { PersonPick } from '../../app/pick-remote.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import type { ActDetail } from './strip-chart-input.ts';

type Participant = ActDetail['participants'][number];

export function ActParticipants({ act }: { act: ActDetail }) {
    const text = useText();
    const may = useMay();
    const { message } = App.useApp();
    const [adding, setAdding] = useState(false);
    const [removing, setRemoving] = useState<Participant>();
    const open = act.state === 'open' && may('act.manage');
    const remove = useCommand('act.removeParticipant', {
        onDone: () => {
            void message.success(text.common.done);
            setRemoving(undefined);
        },
    });
    return (
        <Card
            title={text.act.participants}
            small={act.participants.length}
            right={
                open && (
                    <Button size="small" onClick={() => setAdding(true)}>
                        {text.act.participantAdd}
                    </Button>
                )
            }
        >
            <ul className="people">
                {act.participants.map((each) => (
                    <li key={each.id}>
                        <span>
                            {each.person === null ? (
                                each.name
                            ) : (
                                <Link to="/persons/$id" params={{ id: each.person.id }}>
                                    {each.name}
                                </Link>
                            )}
                            <span className="faint">
                                {' '}
                                {text.act.parts[each.part]}
                                {each.part === 'assistant' && ` · ${text.act.assistantNote}`}
                            </span>
                            <span className="second">
                                {(each.person === null
                                    ? [each.agency, each.relation]
                                    : [each.person.certificateNumber, each.device?.number ?? text.act.noDevice]
                                )
                                    .filter((part) => part !== null)
                                    .join(' · ')}
                            </span>
                        </span>
                        {open && (
                            <Button
                                size="small"
                                type="text"
                                className="no-print"
                                aria-label={`${text.act.participantRemove} ${each.name}`}
                                onClick={() => setRemoving(each)}
                            >
                                {text.act.participantRemove}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
            {adding && <AddDialogue act={act} onClose={() => setAdding(false)} />}
            {removing !== undefined && (
                <ReasonDialogue
                    title={fill(text.act.participantRemoveTitle, { name: removing.name })}
                    label={text.act.reason}
                    error={remove.error}
                    busy={remove.isPending}
                    onClose={() => {
                        remove.reset();
                        setRemoving(undefined);
                    }}
                    onSubmit={(reason) => remove.mutate({ params: { id: removing.id }, body: { reason } })}
                />
            )}
        </Card>
    );
}

function AddDialogue({ act, onClose }: { act: ActDetail; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [personId, setPersonId] = useState<string>();
    const [part, setPart] = useState<OwnPart>('officer');
    const add = useCommand('act.addParticipant', {
        onDone: () => {
            void message.success(text.common.done);
            onClose();
        },
    });
    const submit = () => {
        if (personId !== undefined) add.mutate({ params: { id: act.id }, body: { personId, part } });
    };
    return (
        <Modal
            open
            title={text.act.participantAdd}
            onCancel={onClose}
            okText={text.common.save}
            onOk={submit}
            okButtonProps={{ disabled: personId === undefined || add.isPending }}
        >
            <ErrorNote error={add.error} of="command" onRetry={submit} />
            <Form layout="vertical">
                <Form.Item label={text.act.person}>
                    <PersonPick
                        label={text.act.person}
                        className="whole"
                        value={personId}
                        onChange={setPersonId}
                        exclude={act.participants.flatMap((each) => each.person?.id ?? [])}
                    />
                </Form.Item>
                <Form.Item label={text.act.partOf} extra={text.act.twoOfficers}>
                    <Select
                        aria-label={text.act.partOf}
                        value={part}
                        onChange={setPart}
                        options={OWN_PARTS.map((each) => ({ value: each, label: text.act.parts[each] }))}
                    />
                </Form.Item>
            </Form>
        </Modal>
    );
}
