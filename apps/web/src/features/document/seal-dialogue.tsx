import { Form, Input, InputNumber, Modal } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Block, DocumentDetail } from './document-types.ts';
import { afterStep, versionOnceSaved } from './open-drafts.ts';

/** One entry in the register of the seal: how many copies, and for what. */
export function SealDialogue({ document, onClose }: { document: DocumentDetail; onClose: () => void }) {
    const text = useText();
    const seal = useCommand('document.useSeal', afterStep(document.id, onClose));
    const use = async (entry: Entry) =>
        seal.mutate({ params: { id: document.id }, body: { means: 'ink', version: await versionOnceSaved(document), ...entry } });
    return (
        <SealForm
            title={text.documentPaper.useSeal}
            what={text.documentPaper.sealWhat}
            copies={2}
            most={200}
            error={seal.error}
            busy={seal.isPending}
            onClose={onClose}
            onSubmit={(entry) => void use(entry)}
        />
    );
}

/** Numbered forms that are sealed before they are taken along to the scene. */
export function SealBlockDialogue({ block, onClose }: { block: Block; onClose: () => void }) {
    const text = useText();
    const seal = useCommand('document.sealBlock', { onDone: onClose });
    return (
        <SealForm
            title={text.documentRegisters.sealBlock}
            what={text.documentRegisters.sealBlockWhat}
            copies={block.numbers.filter((each) => each.state === 'reserved').length}
            most={1_000}
            error={seal.error}
            busy={seal.isPending}
            onClose={onClose}
            onSubmit={(body) => seal.mutate({ params: { id: block.id }, body })}
        />
    );
}

type Entry = { copies: number; purpose: string };
type Props = {
    title: string;
    what: string;
    copies: number;
    most: number;
    error: unknown;
    busy: boolean;
    onClose: () => void;
    onSubmit: (entry: Entry) => void;
};

function SealForm({ title, what, copies, most, error, busy, onClose, onSubmit }: Props) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<Entry>();
    return (
        <Modal
            open
            title={title}
            okText={text.documentPaper.useSeal}
            onCancel={onClose}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: busy }}
        >
            <p className="step-what">{what}</p>
            <ErrorNote error={error} of="command" onRetry={() => form.submit()} />
            <Form form={form} layout="vertical" requiredMark={false} initialValues={{ copies }} onFinish={onSubmit}>
                <Form.Item
                    name="copies"
                    label={text.documentPaper.sealCopies}
                    rules={[{ required: true, message: text.common.required }]}
                >
                    <InputNumber min={1} max={most} precision={0} />
                </Form.Item>
                <Form.Item
                    name="purpose"
                    label={text.documentPaper.sealPurpose}
                    rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 200)]}
                >
                    <Input />
                </Form.Item>
            </Form>
        </Modal>
    );
}
