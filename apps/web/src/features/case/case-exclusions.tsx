import { EXCLUSION_REASONS, type ExclusionReason, PROCEDURE_TABLES } from '@liuhen/domain';
import { Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { dateOf, instantOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import { type CaseDetail, useCaseWords } from './case-words.ts';

type Key = CaseDetail['exclusions'][number]['keys'][number];

/** 强制法 25, 许可法 45: what does not count towards a term. */
export function CaseExclusions({ of }: { of: CaseDetail }) {
    const text = useText();
    const format = useFormat();
    const words = useCaseWords();
    const may = useMay();
    const [adding, setAdding] = useState(false);
    const end = useCommand('case.endExclusion');
    const keys = PROCEDURE_TABLES[of.procedure].deadlines
        .filter((each) => each.excludable === true)
        .map((each) => each.key as Key);
    if (keys.length === 0) return null;
    const mayChange = may('case.manage') && of.endedAt === null;
    return (
        <div className="body exclusions">
            <h3>{text.case.exclusions}</h3>
            <ErrorNote error={end.error} of="command" />
            {of.exclusions.length === 0 && <p className="second">{text.case.exclusionsEmpty}</p>}
            <ul>
                {of.exclusions.map((each) => (
                    <li key={each.id}>
                        {text.case.exclusionReasons[each.reason]} · {format.date(each.from)} {text.case.exclusionUntil}{' '}
                        {each.until === null ? '…' : format.date(each.until)} · {format.list(each.keys.map(words.term))}
                        {each.notice !== null && <span className="second">{each.notice}</span>}
                        {mayChange && each.until === null && (
                            <Button
                                size="small"
                                disabled={end.isPending}
                                onClick={() => end.mutate({ params: { id: each.id }, body: { until: Date.now() } })}
                            >
                                {text.case.endExclusion}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
            {mayChange && <Button onClick={() => setAdding(true)}>{text.case.exclude}</Button>}
            {adding && <ExcludeDialogue of={of} keys={keys} onClose={() => setAdding(false)} />}
        </div>
    );
}

type Fields = { reason: ExclusionReason; keys: Key[]; from: string; until?: string; notice: string };

function ExcludeDialogue({ of, keys, onClose }: { of: CaseDetail; keys: readonly Key[]; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const words = useCaseWords();
    const [form] = Form.useForm<Fields>();
    const exclude = useCommand('case.exclude', { onDone: onClose });
    const required = { required: true, message: text.common.required };
    const submit = ({ reason, keys: chosen, from, until, notice }: Fields) => {
        const start = instantOf(from, '00:00');
        const stop = until === undefined || until === '' ? undefined : instantOf(until, '00:00');
        if (start === undefined) return;
        exclude.mutate({
            params: { id: of.id },
            body: { reason, keys: chosen, from: start, notice, ...(stop === undefined ? {} : { until: stop }) },
        });
    };
    return (
        <Modal
            open
            title={text.case.exclude}
            onCancel={onClose}
            okText={text.common.save}
            okButtonProps={{ disabled: exclude.isPending }}
            onOk={() => form.submit()}
        >
            <ErrorNote error={exclude.error} of="command" onRetry={() => form.submit()} />
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ keys: [...keys], from: dateOf(Date.now()) }}
                onFinish={submit}
            >
                <Form.Item name="reason" label={text.case.exclusionReason} rules={[required]}>
                    <Select
                        options={EXCLUSION_REASONS.map((each) => ({ value: each, label: text.case.exclusionReasons[each] }))}
                    />
                </Form.Item>
                <Form.Item
                    name="keys"
                    label={text.case.exclusionKeys}
                    // A group of boxes has no attribute that says it is required.
                    rules={[
                        {
                            validator: async (_, chosen: readonly string[] | undefined) => {
                                if ((chosen ?? []).length === 0) throw new Error(text.common.required);
                            },
                        },
                    ]}
                >
                    <Checkbox.Group options={keys.map((each) => ({ value: each, label: words.term(each) }))} />
                </Form.Item>
                <Form.Item name="from" label={text.case.exclusionFrom} rules={[required]}>
                    <FieldDay label={text.case.exclusionFrom} max={dateOf(Date.now())} />
                </Form.Item>
                <Form.Item name="until" label={`${text.case.exclusionUntil}${text.common.optional}`}>
                    <FieldDay label={text.case.exclusionUntil} max={dateOf(Date.now())} />
                </Form.Item>
                <Form.Item
                    name="notice"
                    label={text.case.exclusionNotice}
                    rules={[{ ...required, whitespace: true }, atMost(text, 500)]}
                >
                    <Input.TextArea autoSize={{ minRows: 2 }} />
                </Form.Item>
            </Form>
        </Modal>
    );
}
