import { App, Button, Drawer, Form } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { refreshAll } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { dateOf, timeOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import { ActFieldSet, type ActFields, actBody } from './act-form.tsx';
import type { ActDetail } from './strip-chart-input.ts';

export function ActEditDrawer({ act, onClose }: { act: ActDetail; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<ActFields>();
    const update = useCommand('act.update', {
        onDone: () => {
            void message.success(text.common.saved);
            onClose();
        },
    });
    return (
        <Drawer
            open
            size={560}
            title={text.act.editTitle}
            onClose={onClose}
            footer={
                <Button type="primary" onClick={() => form.submit()} disabled={update.isPending}>
                    {update.isPending ? text.common.saving : text.common.save}
                </Button>
            }
        >
            <ErrorNote
                error={update.error}
                of="command"
                onRetry={() => form.submit()}
                onReload={() => {
                    void refreshAll();
                    onClose();
                }}
            />
            <Form<ActFields>
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{
                    scenario: act.scenario,
                    ...(act.party === null ? {} : { partyId: act.party.id }),
                    place: act.place,
                    starts: { date: dateOf(act.startsAt), time: timeOf(act.startsAt) },
                    ends: { date: dateOf(act.endsAt), time: timeOf(act.endsAt) },
                    note: act.note ?? '',
                }}
                onFinish={(fields) =>
                    update.mutate({ params: { id: act.id }, body: { ...actBody(fields), version: act.version } })
                }
            >
                <ActFieldSet form={form} />
            </Form>
        </Drawer>
    );
}
