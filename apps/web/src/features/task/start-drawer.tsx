import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { App, Button, Drawer, Form, Input } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { FieldTime } from '../../app/form-time.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { dateOf, instantOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';

type Task = ResponseOf<Endpoints['task.get']>;
type Fields = { day: string; starts: string; ends: string; place: string };

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
    const submit = ({ day, starts, ends, place }: Fields) => {
        const startsAt = instantOf(day, starts) ?? 0;
        const endsAt = instantOf(day, ends) ?? 0;
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
                initialValues={{ day: dateOf(Date.now()), place: task.premises?.address ?? task.place ?? task.address ?? '' }}
                onFinish={submit}
            >
                <div className="fields">
                    <Form.Item className="wide" name="day" label={text.common.date} rules={[required]}>
                        <FieldDay label={text.common.date} />
                    </Form.Item>
                    <Form.Item name="starts" label={text.act.startsAt} rules={[required]}>
                        <FieldTime label={text.act.startsAt} />
                    </Form.Item>
                    <Form.Item
                        name="ends"
                        label={text.act.endsAt}
                        dependencies={['starts']}
                        rules={[
                            required,
                            ({ getFieldValue }) => ({
                                validator: (_, value: string | undefined) =>
                                    value !== undefined && value !== '' && value <= (getFieldValue('starts') ?? '')
                                        ? Promise.reject(new Error(text.act.endAfterStart))
                                        : Promise.resolve(),
                            }),
                        ]}
                    >
                        <FieldTime label={text.act.endsAt} />
                    </Form.Item>
                    <Form.Item className="wide" name="place" label={text.act.place} rules={[required]}>
                        <Input maxLength={200} autoComplete="off" />
                    </Form.Item>
                </div>
                <button type="submit" hidden />
            </Form>
        </Drawer>
    );
}
