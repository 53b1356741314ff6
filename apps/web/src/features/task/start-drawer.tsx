import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { App, Button, Drawer, Form, Input } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { dateOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import { instantOfWhen, type When, WhenField } from '../act/when-field.tsx';

type Task = ResponseOf<Endpoints['task.get']>;
type Fields = { starts: When; ends: When; place: string };

/** Begins the inspection: an act with the task's party, people and scenario, joined to the task in one command. */
export function StartDrawer({
    task,
    onClose,
    onStarted,
}: {
    task: Task;
    onClose: () => void;
    onStarted: (actId: string) => void;
}) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const create = useCommand('act.create', {
        onDone: ({ id }) => {
            void message.success(text.act.created);
            onStarted(id);
        },
    });
    const submit = ({ starts, ends, place }: Fields) => {
        const startsAt = instantOfWhen(starts) ?? 0;
        const endsAt = instantOfWhen(ends) ?? 0;
        create.mutate({
            body: {
                taskId: task.id,
                scenario: task.scenario,
                place,
                startsAt,
                endsAt,
                ...omitEmpty({ partyId: task.party?.id, premisesId: task.premises?.id }),
                participants: [
                    ...task.officers.map((each) => ({ personId: each.id, part: 'officer' as const })),
                    ...task.assistants.map((each) => ({ personId: each.id, part: 'assistant' as const })),
                ],
            },
        });
    };
    const today: When = { date: dateOf(Date.now()), time: '' };
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <Drawer
            open
            size={560}
            title={text.task.start}
            onClose={onClose}
            footer={
                <div className="form-foot">
                    <Button type="primary" onClick={() => form.submit()} disabled={create.isPending}>
                        {create.isPending ? text.task.starting : text.task.createAct}
                    </Button>
                    <Button onClick={onClose}>{text.common.cancel}</Button>
                </div>
            }
        >
            <p style={{ marginBottom: 12 }}>{text.task.startWhat}</p>
            <ErrorNote error={create.error} of="command" onRetry={() => form.submit()} />
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ starts: today, ends: today, place: task.premises?.address ?? task.place ?? task.address ?? '' }}
                onFinish={submit}
                onValuesChange={({ starts }: Partial<Fields>) => {
                    // Most checks end on their day: until somebody says another one, the end's day follows the start's.
                    const ends = form.getFieldValue('ends');
                    if (starts?.date !== undefined && ends.time === '')
                        form.setFieldValue('ends', { ...ends, date: starts.date });
                }}
            >
                <div className="fields">
                    <WhenField name="starts" label={text.act.startsAt} extra={text.act.timeHint} />
                    <WhenField name="ends" label={text.act.endsAt} after="starts" />
                    <Form.Item className="wide" name="place" label={text.act.place} rules={[required, atMost(text, 200)]}>
                        <Input autoComplete="off" />
                    </Form.Item>
                </div>
                <button type="submit" hidden />
            </Form>
        </Drawer>
    );
}
