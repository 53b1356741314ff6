import { fill } from '@liuhen/contract';
import { RETRIEVAL_PURPOSES, type RetrievalPurpose } from '@liuhen/domain';
import { useNavigate } from '@tanstack/react-router';
import { App, Form, Input, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { useCommand } from '../../app/use-command.ts';

/** What is asked for: all of an act, all of a case, or chosen recordings. */
export type RetrievalOf = { readonly actId: string } | { readonly caseId: string } | { readonly recordingIds: readonly string[] };

type Fields = { purpose: RetrievalPurpose; proceeding: string; basis: string; recipient: string; reason: string };

/** 附件1 第20条: asks for recordings as evidence; the head of the institution decides. */
export function RetrievalDrawer({ of, onClose }: { of: RetrievalOf; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const navigate = useNavigate();
    const [form] = Form.useForm<Fields>();
    const request = useCommand('retrieval.request', {
        onDone: ({ id }) => {
            void message.success(text.retrieval.requested);
            onClose();
            void navigate({ to: '/recordings/retrievals/$id', params: { id } });
        },
    });
    const required = { required: true, whitespace: true, message: text.common.required };
    const what =
        'actId' in of
            ? text.retrieval.whatOfAct
            : 'caseId' in of
              ? text.retrieval.whatOfCase
              : fill(text.retrieval.whatOfChosen, { count: of.recordingIds.length });
    return (
        <FormDrawer<Fields>
            title={text.retrieval.new}
            form={form}
            of={{ new: { purpose: 'penalty' } }}
            error={request.error}
            busy={request.isPending}
            onSubmit={(fields) =>
                request.mutate({
                    body: { ...('recordingIds' in of ? { recordingIds: [...of.recordingIds] } : of), ...fields },
                })
            }
            onClose={onClose}
        >
            <p className="wide" style={{ marginBottom: 12 }}>
                {what}
            </p>
            <Form.Item name="purpose" label={text.retrieval.purpose} rules={[{ required: true }]}>
                <Select options={RETRIEVAL_PURPOSES.map((value) => ({ value, label: text.retrieval.purposes[value] }))} />
            </Form.Item>
            <Form.Item name="proceeding" label={text.retrieval.proceeding} rules={[required, atMost(text, 200)]}>
                <Input autoFocus />
            </Form.Item>
            <Form.Item className="wide" name="basis" label={text.retrieval.basis} rules={[required, atMost(text, 200)]}>
                <Input />
            </Form.Item>
            <Form.Item className="wide" name="recipient" label={text.retrieval.recipient} rules={[required, atMost(text, 200)]}>
                <Input />
            </Form.Item>
            <Form.Item className="wide" name="reason" label={text.retrieval.reason} rules={[required, atMost(text, 1_000)]}>
                <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
            </Form.Item>
        </FormDrawer>
    );
}
