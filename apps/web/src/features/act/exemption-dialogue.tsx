import { fill } from '@liuhen/contract';
import { EXEMPTION_KINDS, type ExemptionKind } from '@liuhen/domain';
import { App, Form, Input, Modal, Radio, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useCommand } from '../../app/use-command.ts';
import type { ActDetail } from './strip-chart-input.ts';
import { instantOfWhen, type When, WhenField, whenOf } from './when-field.tsx';

type Fields = {
    kind: ExemptionKind;
    segmentId: string;
    personId?: string;
    ground: string;
    words?: string;
    starts: When;
    ends: When;
};

/** An officer records why nothing had to be recorded: where, when, on which ground. */
export function ExemptionDialogue({ act, onClose }: { act: ActDetail; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const words = text.actPart.exemption;
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const kind = Form.useWatch('kind', form) ?? 'highRisk';
    const grounds = useAsk('act.settings', {}).data?.grounds ?? [];
    const record = useCommand('act.recordExemption', {
        onDone: () => {
            void message.success(words.recorded);
            onClose();
        },
    });
    const submit = ({ starts, ends, personId, words: said, ...fields }: Fields) =>
        record.mutate({
            params: { id: act.id },
            body: {
                ...fields,
                startsAt: instantOfWhen(starts) ?? 0,
                endsAt: instantOfWhen(ends) ?? 0,
                ...(personId === undefined ? {} : { personId }),
                ...(said === undefined || said.trim() === '' ? {} : { words: said }),
            },
        });
    const [first] = act.segments;
    const timesOf = (id: string) => {
        const segment = act.segments.find((each) => each.id === id);
        if (segment !== undefined) form.setFieldsValue({ starts: whenOf(segment.startsAt), ends: whenOf(segment.endsAt) });
    };
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <Modal
            open
            title={words.addTitle}
            okText={words.add}
            onCancel={onClose}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: record.isPending }}
        >
            <p className="soft">{words.what}</p>
            <ErrorNote error={record.error} of="command" onRetry={() => form.submit()} />
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                scrollToFirstError={{ focus: true }}
                initialValues={
                    first === undefined
                        ? {}
                        : { kind: 'highRisk', segmentId: first.id, starts: whenOf(first.startsAt), ends: whenOf(first.endsAt) }
                }
                onFinish={submit}
            >
                <Form.Item name="kind" label={words.kind}>
                    <Radio.Group
                        className="stack"
                        options={EXEMPTION_KINDS.map((value) => ({ value, label: words.kinds[value] }))}
                        onChange={() => form.resetFields(['ground'])}
                    />
                </Form.Item>
                {kind === 'highRisk' ? (
                    <Form.Item name="ground" label={words.ground} rules={[required]}>
                        <Select placeholder={text.common.choose} options={grounds.map((value) => ({ value, label: value }))} />
                    </Form.Item>
                ) : (
                    <Form.Item
                        name="ground"
                        label={words.groundForce}
                        extra={words.groundForceHint}
                        rules={[required, atMost(text, 60)]}
                    >
                        <Input />
                    </Form.Item>
                )}
                <Form.Item name="segmentId" label={words.segment} hidden={act.segments.length < 2}>
                    <Select
                        onChange={timesOf}
                        options={act.segments.map((segment, index) => ({
                            value: segment.id,
                            label: `${fill(text.actPart.segment.number, { number: index + 1 })} ${scenarioWords(text, segment.scenario)} · ${segment.place}`,
                        }))}
                    />
                </Form.Item>
                <div className="fields">
                    <WhenField name="starts" label={text.act.startsAt} />
                    <WhenField name="ends" label={text.act.endsAt} after="starts" />
                </div>
                <Form.Item name="personId" label={words.whose}>
                    <Select
                        allowClear
                        placeholder={words.everybody}
                        options={act.participants.flatMap(({ person, part }) =>
                            person === null || part !== 'officer' ? [] : [{ value: person.id, label: person.name }],
                        )}
                    />
                </Form.Item>
                <Form.Item name="words" label={`${words.words}${text.common.optional}`} rules={[atMost(text, 300)]}>
                    <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} />
                </Form.Item>
            </Form>
        </Modal>
    );
}
