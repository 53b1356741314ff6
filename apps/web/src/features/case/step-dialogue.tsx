import { STEP_FIELD_WORDS } from '@liuhen/contract';
import { type CasePost, PROCEDURE_TABLES, type StepDefinition, type StepField } from '@liuhen/domain';
import { App, Form, Input, InputNumber, Modal, Radio, Select } from 'antd';
import type { ReactNode } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { FieldPersonPick } from '../../app/form-pick.tsx';
import { FieldTime } from '../../app/form-time.tsx';
import { useLanguage, useText } from '../../app/language.tsx';
import { refreshAll } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { dateOf, instantOf, timeOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import { type CaseDetail, useCaseWords } from './case-words.ts';

type Fields = { day: string; time: string; note?: string; data?: Record<string, unknown> };

const ENDPOINT_OF = {
    handler: 'case.step',
    reviewer: 'case.review',
    legalReviewer: 'case.legalReview',
    agencyHead: 'case.approve',
} as const satisfies Record<CasePost, string>;

/** One step: when it was done, and what it asks for. */
export function StepDialogue({ of, step, onClose }: { of: CaseDetail; step: string; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const words = useCaseWords();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const table = PROCEDURE_TABLES[of.procedure].steps[step];
    // The four endpoints differ in who may call them; body and answer are the same.
    const take = useCommand(ENDPOINT_OF[table?.by ?? 'handler'] as 'case.step', {
        onDone: () => {
            void message.success(text.case.stepDone);
            onClose();
        },
    });
    if (table === undefined) return null;
    const submit = ({ day, time, note, data = {} }: Fields) => {
        const at = instantOf(day, time);
        if (at === undefined) return;
        const said = Object.fromEntries(
            Object.entries(data).flatMap(([field, value]) => {
                if (value === undefined || value === null || value === '') return [];
                return [[field, field.toLowerCase().endsWith('fine') ? Math.round(Number(value) * 100) : value]];
            }),
        );
        const body = { version: of.version, step, at: Math.min(at, Date.now()), data: said };
        take.mutate({ params: { id: of.id }, body: note === undefined || note.trim() === '' ? body : { ...body, note } });
    };
    const required = { required: true, message: text.common.required };
    return (
        <Modal
            open
            title={words.step(of.procedure, step)}
            onCancel={onClose}
            okText={text.case.take}
            okButtonProps={{ disabled: take.isPending }}
            onOk={() => form.submit()}
        >
            <ErrorNote error={take.error} of="command" onRetry={() => form.submit()} onReload={() => void refreshAll()} />
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ day: dateOf(Date.now()), time: timeOf(Date.now()) }}
                onFinish={submit}
            >
                <div className="fields">
                    <Form.Item name="day" label={text.case.stepAt} rules={[required]}>
                        <FieldDay label={text.case.stepAt} max={dateOf(Date.now())} />
                    </Form.Item>
                    <Form.Item name="time" label={text.common.time} rules={[required]}>
                        <FieldTime label={text.common.time} />
                    </Form.Item>
                    {(table.asks ?? []).map((field) => (
                        <StepFieldItem key={field} field={field} table={table} required />
                    ))}
                    {(table.may ?? []).map((field) => (
                        <StepFieldItem key={field} field={field} table={table} required={false} />
                    ))}
                    <Form.Item
                        className="wide"
                        name="note"
                        label={`${text.case.stepNote}${text.common.optional}`}
                        rules={[atMost(text, 1000)]}
                    >
                        <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} />
                    </Form.Item>
                </div>
            </Form>
        </Modal>
    );
}

function StepFieldItem({ field, table, required }: { field: StepField; table: StepDefinition; required: boolean }) {
    const text = useText();
    const { language } = useLanguage();
    const label = STEP_FIELD_WORDS[field][language];
    return (
        <Form.Item
            className="wide"
            name={['data', field]}
            label={required ? label : `${label}${text.common.optional}`}
            rules={[
                ...(required ? [{ required: true, message: text.common.required }] : []),
                ...(field === 'reason' ? [atMost(text, 1_000)] : []),
            ]}
        >
            {useControl(field, table, label)}
        </Form.Item>
    );
}

function useControl(field: StepField, table: StepDefinition, label: string): ReactNode {
    const text = useText();
    const outcomes: Readonly<Record<string, string>> = text.case.outcomes;
    switch (field) {
        case 'fine':
        case 'proposedFine':
            return <InputNumber min={0} precision={2} aria-label={label} />;
        case 'people':
            return <InputNumber min={0} max={99} precision={0} aria-label={label} />;
        case 'day':
            return <FieldDay label={label} />;
        case 'presiderId':
            return <FieldPersonPick label={label} />;
        case 'measure':
            return (
                <Radio.Group
                    options={(['seizure', 'control'] as const).map((each) => ({ value: each, label: text.case.measures[each] }))}
                />
            );
        case 'outcome':
            return (
                <Select
                    aria-label={label}
                    options={(table.outcomes ?? []).map((each) => ({ value: each, label: outcomes[each] ?? each }))}
                />
            );
        case 'reason':
            return <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />;
        default:
            return (
                <Radio.Group
                    options={[
                        { value: true, label: text.case.yes },
                        { value: false, label: text.case.no },
                    ]}
                />
            );
    }
}
