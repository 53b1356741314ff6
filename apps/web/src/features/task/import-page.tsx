import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { IMPORT_ROW_STATES } from '@liuhen/domain';
import { Link, useParams } from '@tanstack/react-router';
import { App, Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { Pick } from '../../app/filters.tsx';
import { FieldPartyPick } from '../../app/form-pick.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Line, PageHead, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { TraceCard } from '../ledger/trace-card.tsx';
import { waitingIn } from './import-list-page.tsx';

type List = ResponseOf<Endpoints['taskImport.get']>;
type Row = List['rows'][number];

const STATUS = {
    matched: 'held',
    proposed: 'act',
    unmatched: 'act',
    faulty: 'broken',
    known: 'judge',
    changed: 'act',
    applied: 'held',
    skipped: 'judge',
} as const;

export function ImportPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/task-lists/$id' });
    const { data, error, isPending, refetch } = useAsk('taskImport.get', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return (
            <Unreadable error={error} onRetry={() => void refetch()} back={<Link to="/task-lists">{text.taskList.title}</Link>} />
        );
    return <Loaded key={data.id} list={data} />;
}

function Loaded({ list }: { list: List }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const { message } = App.useApp();
    const [state, setState] = useState<Row['state']>();
    const [open, setOpen] = useState<{ row: Row; what: 'match' | 'skip' }>();
    const ready = list.counts.matched + list.counts.changed;
    const apply = useCommand('taskImport.apply', {
        onDone: (done) => void message.success(fill(text.taskList.applied, done)),
    });
    const shown = state === undefined ? list.rows : list.rows.filter((row) => row.state === state);
    const mayImport = may('task.import');
    return (
        <>
            <PageHead
                crumb={<Link to="/task-lists">{text.taskList.title}</Link>}
                title={list.source}
                facts={
                    <Line
                        of={[
                            text.task.origins[list.origin],
                            list.fileName,
                            `${text.taskList.received} ${format.dateTime(list.receivedAt)} ${list.receivedBy.name}`,
                        ]}
                    />
                }
                actions={
                    mayImport &&
                    ready > 0 && (
                        <Button
                            type="primary"
                            disabled={apply.isPending}
                            onClick={() => apply.mutate({ params: { id: list.id } })}
                        >
                            {fill(text.taskList.apply, { count: ready })}
                        </Button>
                    )
                }
            />
            <ErrorNote error={apply.error} of="command" onRetry={() => apply.mutate({ params: { id: list.id } })} />
            <Card
                title={text.taskList.rows}
                small={list.rowCount}
                right={
                    <Pick
                        label={text.task.state}
                        value={state}
                        options={IMPORT_ROW_STATES.filter((each) => list.counts[each] > 0).map(
                            (each) => [each, `${text.taskList.states[each]} ${list.counts[each]}`] as const,
                        )}
                        onChange={setState}
                    />
                }
            >
                <p className="body-line">
                    {fill(text.taskList.preview, { matched: ready, waiting: waitingIn(list.counts), faulty: list.counts.faulty })}
                </p>
                <ol className="timeline import-rows">
                    {shown.map((row) => (
                        <li key={row.id}>
                            <RowLine row={row} mayImport={mayImport} onOpen={(what) => setOpen({ row, what })} />
                        </li>
                    ))}
                </ol>
            </Card>
            <TraceCard objectId={list.id} />
            {open?.what === 'match' && <MatchDialogue row={open.row} onClose={() => setOpen(undefined)} />}
            {open?.what === 'skip' && <SkipDialogue row={open.row} onClose={() => setOpen(undefined)} />}
        </>
    );
}

type LineProps = { row: Row; mayImport: boolean; onOpen: (what: 'match' | 'skip') => void };

/** A row as it stood in the list, what it was matched to, and what can be done with it. */
function RowLine({ row, mayImport, onOpen }: LineProps) {
    const text = useText();
    const format = useFormat();
    const { given } = row;
    const open = ['matched', 'proposed', 'unmatched'].includes(row.state);
    return (
        <>
            <span className="import-row">
                <strong>
                    {row.place}. {given.partyName ?? given.creditCode ?? text.common.none}
                </strong>
                <span className="status">
                    <Dot status={STATUS[row.state]} />
                    {text.taskList.states[row.state]}
                    {row.faults.length > 0 && ` · ${format.list(row.faults.map((each) => text.taskList.faults[each]))}`}
                </span>
            </span>
            <span className="second">
                <Line
                    of={[
                        given.externalId,
                        given.title,
                        given.scenario,
                        given.creditCode,
                        given.address,
                        row.dueDay ?? given.dueDay,
                        given.note,
                    ]}
                />
            </span>
            <span className="second import-do">
                {row.party !== null && (
                    <>
                        {text.taskList.party}{' '}
                        <Link to="/parties/$id" params={{ id: row.party.id }}>
                            {row.party.name}
                        </Link>
                    </>
                )}
                {row.task !== null && (
                    <>
                        {' '}
                        <Link to="/tasks/$id" params={{ id: row.task.id }} className="mono-figures">
                            {row.task.number}
                        </Link>{' '}
                        {row.state === 'changed' && `${row.task.dueDay} → ${row.dueDay}`}
                    </>
                )}
                {row.skipReason}
                {mayImport && open && (
                    <Button type="link" size="small" onClick={() => onOpen('match')}>
                        {text.taskList.match}
                    </Button>
                )}
                {mayImport && (open || row.state === 'faulty' || row.state === 'changed') && (
                    <Button type="link" size="small" onClick={() => onOpen('skip')}>
                        {text.taskList.skip}
                    </Button>
                )}
            </span>
        </>
    );
}

function MatchDialogue({ row, onClose }: { row: Row; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<{ partyId: string }>();
    const match = useCommand('taskImport.match', { onDone: onClose });
    const name = row.given.partyName ?? row.given.creditCode ?? '';
    return (
        <Modal
            open
            title={fill(text.taskList.matchTitle, { name })}
            okText={text.taskList.confirm}
            okButtonProps={{ disabled: match.isPending }}
            onOk={() => form.submit()}
            onCancel={onClose}
        >
            <p style={{ marginBottom: 12 }}>
                <Line of={[row.given.creditCode, row.given.address]} />
            </p>
            <ErrorNote error={match.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={row.party === null ? {} : { partyId: row.party.id }}
                onFinish={({ partyId }) => match.mutate({ params: { id: row.id }, body: { partyId } })}
            >
                <Form.Item name="partyId" label={text.taskList.party} rules={[{ required: true, message: text.common.required }]}>
                    <FieldPartyPick label={text.taskList.party} />
                </Form.Item>
            </Form>
            <Link to="/parties">{text.taskList.newParty}</Link>
        </Modal>
    );
}

function SkipDialogue({ row, onClose }: { row: Row; onClose: () => void }) {
    const text = useText();
    const skip = useCommand('taskImport.skip', { onDone: onClose });
    return (
        <ReasonDialogue
            title={text.taskList.skip}
            label={text.taskList.skipReason}
            error={skip.error}
            busy={skip.isPending}
            onClose={onClose}
            onSubmit={(reason) => skip.mutate({ params: { id: row.id }, body: { reason } })}
        />
    );
}
