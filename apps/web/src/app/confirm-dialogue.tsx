import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { ErrorNote } from './error-note.tsx';
import { useReturnFocus } from './return-focus.ts';

type Props = {
    title: string;
    what: ReactNode;
    error: unknown;
    busy: boolean;
    danger?: boolean;
    onClose: () => void;
    onConfirm: () => void;
};

/** Asks before something that others will notice; says what it will do, not whether one is sure. */
export function ConfirmDialogue({ title, what, error, busy, danger, onClose, onConfirm }: Props) {
    useReturnFocus();
    return (
        <Modal
            open
            title={title}
            okText={title}
            onCancel={onClose}
            onOk={onConfirm}
            okButtonProps={{ disabled: busy, danger: danger === true, autoFocus: true }}
        >
            <div style={{ marginBottom: 12 }}>{what}</div>
            <ErrorNote error={error} of="command" onRetry={onConfirm} />
        </Modal>
    );
}
