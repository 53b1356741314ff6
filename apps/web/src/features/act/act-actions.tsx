import { App, Button, Dropdown, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { UploadPanelButton } from '../recording/upload-panel-button.tsx';
import { ActEditDrawer } from './act-edit-drawer.tsx';
import { StartDialogue } from './start-dialogue.tsx';
import type { ActDetail } from './strip-chart-input.ts';

/** What can be done with an act now; the next sensible step is the filled one. */
export function ActActions({ act }: { act: ActDetail }) {
    const text = useText();
    const may = useMay();
    const [editing, setEditing] = useState(false);
    const [starting, setStarting] = useState(false);
    const [closing, setClosing] = useState<'closed' | 'cancelled'>();
    const planned = act.state === 'planned' && may('act.manage');
    const open = (act.state === 'open' && may('act.manage')) || planned;
    const complete = act.standing.record === 'held' && act.recordings.length > 0;
    const more = [
        ...(open && !planned && !complete ? [{ key: 'closed', label: text.act.close }] : []),
        ...(open ? [{ key: 'cancelled', label: text.act.cancel }] : []),
        { key: 'print', label: text.act.print },
    ];
    return (
        <>
            {open && <Button onClick={() => setEditing(true)}>{text.act.edit}</Button>}
            <Dropdown
                trigger={['click']}
                menu={{
                    items: more,
                    onClick: ({ key }) => {
                        if (key === 'print') window.print();
                        else setClosing(key === 'closed' ? 'closed' : 'cancelled');
                    },
                }}
            >
                <Button>{text.act.more}</Button>
            </Dropdown>
            {may('recording.upload') && act.state !== 'cancelled' && !planned && (
                <UploadPanelButton actId={act.id} primary={!open || !complete} label={text.act.uploadHere} />
            )}
            {planned && (
                <Button type="primary" onClick={() => setStarting(true)}>
                    {text.actPart.start.do}
                </Button>
            )}
            {open && !planned && complete && (
                <Button type="primary" onClick={() => setClosing('closed')}>
                    {text.act.close}
                </Button>
            )}
            {editing && <ActEditDrawer act={act} onClose={() => setEditing(false)} />}
            {starting && <StartDialogue act={act} onClose={() => setStarting(false)} />}
            {closing !== undefined && <CloseDialogue act={act} as={closing} onClose={() => setClosing(undefined)} />}
        </>
    );
}

function CloseDialogue({ act, as, onClose }: { act: ActDetail; as: 'closed' | 'cancelled'; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<{ reason?: string }>();
    const close = useCommand('act.close', {
        onDone: () => {
            void message.success(text.act.states[as]);
            onClose();
        },
    });
    const title = as === 'closed' ? text.act.closeTitle : text.act.cancelTitle;
    return (
        <Modal
            open
            title={title}
            onCancel={onClose}
            okText={title}
            okButtonProps={{ danger: as === 'cancelled', disabled: close.isPending }}
            onOk={() => form.submit()}
        >
            <p style={{ marginBottom: 12 }}>{as === 'closed' ? text.act.closeWhat : text.act.cancelWhat}</p>
            <ErrorNote error={close.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={({ reason }) =>
                    close.mutate({
                        params: { id: act.id },
                        body: { as, ...(reason === undefined || reason.trim() === '' ? {} : { reason }) },
                    })
                }
            >
                <Form.Item
                    name="reason"
                    label={as === 'closed' ? `${text.act.reason}${text.common.optional}` : text.act.reason}
                    rules={[{ required: as === 'cancelled', whitespace: true, message: text.common.required }, atMost(text, 200)]}
                >
                    <Input />
                </Form.Item>
            </Form>
        </Modal>
    );
}
