import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay, useMe } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { type Merge, MergePreview } from './merge-parts.tsx';

type Step = 'confirm' | 'end' | 'undo';

/** What the one who is looking may do with a merger now. */
export function MergeSteps({ merge }: { merge: Merge }) {
    const text = useText();
    const may = useMay();
    const me = useMe();
    const [open, setOpen] = useState<Step>();
    if (!may('party.merge')) return null;
    const own = merge.proposedBy.id === me.person.id;
    const close = () => setOpen(undefined);
    return (
        <span className="steps no-print">
            {merge.state === 'proposed' && !own && (
                <Button size="small" type="primary" onClick={() => setOpen('confirm')}>
                    {text.merge.confirm}
                </Button>
            )}
            {merge.state === 'proposed' && (
                <Button size="small" onClick={() => setOpen('end')}>
                    {own ? text.merge.withdraw : text.merge.reject}
                </Button>
            )}
            {merge.state === 'confirmed' && (
                <Button size="small" type="text" onClick={() => setOpen('undo')}>
                    {text.merge.undo}
                </Button>
            )}
            {open === 'confirm' && <ConfirmMerge merge={merge} onClose={close} />}
            {open === 'end' && <EndMerge merge={merge} own={own} onClose={close} />}
            {open === 'undo' && <UndoMerge merge={merge} onClose={close} />}
        </span>
    );
}

type Props = { merge: Merge; onClose: () => void };

/** The second signature, given to what is shown. */
function ConfirmMerge({ merge, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const preview = useAsk('party.previewMerge', {
        params: { id: merge.duplicate.id },
        query: { survivorId: merge.survivor.id },
    });
    const confirm = useCommand('party.confirmMerge', {
        onDone: () => {
            void message.success(text.merge.confirmed);
            onClose();
        },
    });
    const seen = preview.data?.moves;
    const submit = () => {
        if (seen !== undefined) confirm.mutate({ params: { id: merge.id }, body: { version: merge.version, seen } });
    };
    return (
        <Modal
            open
            width={720}
            title={text.merge.confirmTitle}
            okText={text.merge.confirm}
            onCancel={onClose}
            onOk={submit}
            okButtonProps={{ disabled: seen === undefined || confirm.isPending }}
        >
            <ErrorNote error={preview.error} of="read" onRetry={() => void preview.refetch()} />
            <ErrorNote error={confirm.error} of="command" onRetry={submit} onReload={() => void preview.refetch()} />
            {preview.isPending && <Waiting />}
            {preview.data !== undefined && <MergePreview preview={preview.data} />}
            <p className="soft">{text.merge.confirmWhat}</p>
        </Modal>
    );
}

function EndMerge({ merge, own, onClose }: Props & { own: boolean }) {
    const text = useText();
    const end = useCommand('party.rejectMerge', { onDone: onClose });
    return (
        <ReasonDialogue
            title={own ? text.merge.withdraw : text.merge.reject}
            label={text.party.reason}
            error={end.error}
            busy={end.isPending}
            onClose={onClose}
            onSubmit={(reason) => end.mutate({ params: { id: merge.id }, body: { version: merge.version, reason } })}
        />
    );
}

function UndoMerge({ merge, onClose }: Props) {
    const text = useText();
    const { message } = App.useApp();
    const undo = useCommand('party.undoMerge', {
        onDone: () => {
            void message.success(text.merge.undone);
            onClose();
        },
    });
    return (
        <ReasonDialogue
            title={text.merge.undo}
            what={text.merge.undoWhat}
            label={text.party.reason}
            error={undo.error}
            busy={undo.isPending}
            onClose={onClose}
            onSubmit={(reason) => undo.mutate({ params: { id: merge.id }, body: { version: merge.version, reason } })}
        />
    );
}
