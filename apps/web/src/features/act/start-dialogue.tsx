import { App, Modal } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import type { ActDetail } from './strip-chart-input.ts';
import { instantOfWhen, type When, WhenInput, whenOf } from './when-field.tsx';

/** An announced act begins at the minute the officers state (附件1 第10条). */
export function StartDialogue({ act, onClose }: { act: ActDetail; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const words = text.actPart.start;
    const { message } = App.useApp();
    const [when, setWhen] = useState<When>(() => whenOf(Date.now()));
    const start = useCommand('act.start', {
        onDone: () => {
            void message.success(words.done);
            onClose();
        },
    });
    const at = instantOfWhen(when);
    const submit = () => {
        if (at !== undefined) start.mutate({ params: { id: act.id }, body: { startsAt: at } });
    };
    return (
        <Modal
            open
            title={words.title}
            okText={words.do}
            onCancel={onClose}
            onOk={submit}
            okButtonProps={{ disabled: at === undefined || start.isPending }}
        >
            <p className="soft">{words.what}</p>
            <ErrorNote error={start.error} of="command" onRetry={submit} />
            <WhenInput label={words.at} value={when} onChange={setWhen} />
        </Modal>
    );
}
