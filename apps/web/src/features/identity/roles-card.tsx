import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { DUTY_OF, ROLES, type Role } from '@liuhen/domain';
import { App, Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import { ConfirmDialogue } from '../../app/confirm-dialogue.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay, useMe } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';

type Person = ResponseOf<Endpoints['person.get']>;
type Held = Person['roleHistory'][number];

/** What somebody may do and since when, with the history; granting and ending belong to the security administrator. */
export function RolesCard({ person }: { person: Person }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const me = useMe();
    const { message } = App.useApp();
    const [granting, setGranting] = useState(false);
    const [ending, setEnding] = useState<Held>();
    const end = useCommand('role.end', {
        onDone: () => {
            void message.success(text.person.ended);
            setEnding(undefined);
        },
    });
    const mayGrant = may('role.grant') && person.leftAt === null && me.person.id !== person.id;
    const present = person.roleHistory.filter((each) => each.until === null);
    const past = person.roleHistory.filter((each) => each.until !== null);
    return (
        <Card
            title={text.person.roles}
            right={
                mayGrant && (
                    <Button size="small" onClick={() => setGranting(true)}>
                        {text.person.grant}
                    </Button>
                )
            }
        >
            {present.length === 0 && <p className="empty-small">{text.person.rolesEmpty}</p>}
            <ul className="people">
                {present.map((each) => (
                    <li key={each.id}>
                        <span>
                            {text.person.roleNames[each.role]}
                            <span className="second">
                                {fill(text.common.since, { time: format.dateTime(each.from) })} ·{' '}
                                {fill(text.person.grantedBy, { name: each.grantedBy === '' ? text.log.system : each.grantedBy })}
                            </span>
                        </span>
                        {mayGrant && (
                            <Button
                                size="small"
                                type="text"
                                aria-label={`${text.person.end} ${text.person.roleNames[each.role]}`}
                                onClick={() => setEnding(each)}
                            >
                                {text.person.end}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
            {past.length > 0 && (
                <details className="empty-small">
                    <summary>{text.person.history}</summary>
                    <ul className="plain">
                        {past.map((each) => (
                            <li key={each.id}>
                                {text.person.roleNames[each.role]} · {format.dateTime(each.from)} –{' '}
                                {each.until === null ? '' : format.dateTime(each.until)} ·{' '}
                                {fill(text.person.grantedBy, { name: each.grantedBy === '' ? text.log.system : each.grantedBy })}
                            </li>
                        ))}
                    </ul>
                </details>
            )}
            <p className="card-note">{text.person.rolesWhy}</p>
            {granting && <GrantDialogue person={person} onClose={() => setGranting(false)} />}
            {ending !== undefined && (
                <ConfirmDialogue
                    danger
                    title={`${text.person.end} ${text.person.roleNames[ending.role]}`}
                    what={fill(text.person.endAsk, { name: person.name, role: text.person.roleNames[ending.role] })}
                    error={end.error}
                    busy={end.isPending}
                    onClose={() => {
                        end.reset();
                        setEnding(undefined);
                    }}
                    onConfirm={() => end.mutate({ params: { id: ending.id } })}
                />
            )}
        </Card>
    );
}

function GrantDialogue({ person, onClose }: { person: Person; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [role, setRole] = useState<Role>();
    const grant = useCommand('role.grant', {
        onDone: () => {
            void message.success(text.person.granted);
            onClose();
        },
    });
    const held = person.roles[0];
    const duty = held === undefined ? undefined : DUTY_OF[held];
    const submit = () => {
        if (role !== undefined) grant.mutate({ params: { id: person.id }, body: { role } });
    };
    return (
        <Modal
            open
            title={fill(text.person.grantTitle, { name: person.name })}
            onCancel={onClose}
            okText={text.person.grant}
            okButtonProps={{ disabled: role === undefined || grant.isPending }}
            onOk={submit}
        >
            <ErrorNote error={grant.error} of="command" onRetry={submit} />
            <Radio.Group
                className="choices"
                value={role}
                onChange={({ target }) => setRole(target.value as Role)}
                aria-label={text.person.roles}
            >
                {ROLES.filter((each) => !person.roles.includes(each)).map((each) => {
                    const blocked = duty !== undefined && DUTY_OF[each] !== duty;
                    return (
                        <Radio key={each} value={each} disabled={blocked}>
                            {text.person.roleNames[each]}
                            {blocked && duty !== undefined && (
                                <span className="faint">
                                    {' '}
                                    · {fill(text.person.grantBlocked, { duty: text.person.duties[duty] })}
                                </span>
                            )}
                        </Radio>
                    );
                })}
            </Radio.Group>
            <p className="faint" style={{ marginTop: 12 }}>
                {text.person.rolesWhy}
            </p>
        </Modal>
    );
}
