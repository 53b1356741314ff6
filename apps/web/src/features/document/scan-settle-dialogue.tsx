import { fill } from '@liuhen/contract';
import { Form, Input, InputNumber, Modal, Radio } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';

/** What is settled: a sheet, or without one the order of all. */
export type Settled = {
    sheet: number | undefined;
    pages: number | null;
    /** Its code says that it is no page of this version: then it can only be left out. */
    certain: boolean;
};

type Props = { params: { id: string; scanId: string }; settling: Settled; onClose: () => void };

/** A person's word about a sheet, with the reason. */
export function ScanSettleDialogue({ params, settling: { sheet, pages, certain }, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const [as, setAs] = useState<'page' | 'notPart'>(certain ? 'notPart' : 'page');
    const [form] = Form.useForm<{ printedPage?: number; reason: string }>();
    const settle = useCommand('document.settleScan', { onDone: onClose });
    const submit = ({ printedPage, reason }: { printedPage?: number; reason: string }) => {
        if (sheet === undefined) settle.mutate({ params, body: { as: 'order', reason } });
        else if (as === 'notPart') settle.mutate({ params, body: { as, sheet, reason } });
        else settle.mutate({ params, body: { as, sheet, page: printedPage ?? 0, reason } });
    };
    const title = sheet === undefined ? text.documentScan.acceptOrder : fill(text.documentScan.sheet, { sheet });
    return (
        <Modal
            open
            title={title}
            okText={sheet === undefined ? text.documentScan.acceptOrder : text.documentScan.settle}
            onCancel={onClose}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: settle.isPending }}
        >
            <p className="step-what">{text.documentScan.settleWhat}</p>
            <ErrorNote error={settle.error} of="command" onRetry={() => form.submit()} />
            <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
                {sheet !== undefined && (
                    <Form.Item>
                        <Radio.Group
                            aria-label={title}
                            value={as}
                            options={[
                                { value: 'page', label: text.documentScan.isPage, disabled: certain },
                                { value: 'notPart', label: text.documentScan.isNotPart },
                            ]}
                            onChange={({ target }) => setAs(target.value === 'page' ? 'page' : 'notPart')}
                        />
                    </Form.Item>
                )}
                {sheet !== undefined && as === 'page' && (
                    <Form.Item
                        name="printedPage"
                        label={text.documentScan.pageNumber}
                        rules={[{ required: true, message: text.common.required }]}
                    >
                        <InputNumber min={1} max={pages ?? 500} precision={0} />
                    </Form.Item>
                )}
                <Form.Item
                    name="reason"
                    label={text.documentScan.reason}
                    rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 300)]}
                >
                    <Input />
                </Form.Item>
            </Form>
        </Modal>
    );
}
