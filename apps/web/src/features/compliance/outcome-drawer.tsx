import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { BREACHABLE, OUTCOME_KINDS, type OutcomeKind } from '@liuhen/domain';
import { App, Form, Input, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FieldDay } from '../../app/form-day.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { FieldActPick, FieldPersonPick } from '../../app/form-pick.tsx';
import { useLanguage, useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { dateOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';

type Outcome = ResponseOf<Endpoints['outcome.get']>;
export type OutcomeFields = {
    findingId?: string;
    personId?: string;
    clause: string;
    happenedDay: string;
    facts: string;
    actId?: string;
    kind: OutcomeKind;
    measure?: string;
    decidedBy: string;
    decidedDay: string;
    paperNumber?: string;
    reason?: string;
};

type Props = {
    /** Whose place the new entry takes. */
    of?: Outcome;
    /** What a confirmed finding says already. */
    known?: Partial<OutcomeFields>;
    onClose: () => void;
    onDone: (id: string) => void;
};

/** Enters an outcome, or another in the place of one that was wrong. */
export function OutcomeDrawer({ of, known, onClose, onDone }: Props) {
    const text = useText();
    const { language } = useLanguage();
    const { message } = App.useApp();
    const [form] = Form.useForm<OutcomeFields>();
    const kind = Form.useWatch('kind', form);
    const options = {
        onDone: ({ id }: { id: string }) => {
            void message.success(text.outcome.recorded);
            onDone(id);
        },
    };
    const record = useCommand('outcome.record', options);
    const correct = useCommand('outcome.correct', options);
    const today = dateOf(Date.now());
    const required = { required: true, whitespace: true, message: text.common.required };
    const submit = ({ reason, ...fields }: OutcomeFields) => {
        // Which finding it follows is no field of the form.
        const findingId = known?.findingId ?? of?.finding?.id;
        const body = omitEmpty({ ...fields, ...(findingId === undefined ? {} : { findingId }) });
        if (of === undefined) record.mutate({ body });
        else correct.mutate({ params: { id: of.id }, body: { ...body, reason: reason ?? '' } });
    };
    const optional = text.common.optional;
    return (
        <FormDrawer<OutcomeFields>
            title={of === undefined ? text.outcome.new : text.outcome.correctTitle}
            form={form}
            of={{ new: of === undefined ? { decidedDay: today, ...known } : fieldsOf(of) }}
            error={record.error ?? correct.error}
            busy={record.isPending || correct.isPending}
            onSubmit={submit}
            onClose={onClose}
        >
            <Form.Item className="wide" name="personId" label={text.outcome.person} extra={text.outcome.personHint}>
                <FieldPersonPick label={text.outcome.person} />
            </Form.Item>
            <Form.Item className="wide" name="clause" label={text.outcome.clause} rules={[required]}>
                <Select
                    showSearch={{ optionFilterProp: 'label' }}
                    options={BREACHABLE.map((clause) => ({
                        value: clause.id,
                        label:
                            language === 'en' ? `${clause.id} ${clause.en}` : `${clause.article}（${clause.id}）${clause.quote}`,
                    }))}
                />
            </Form.Item>
            <Form.Item name="happenedDay" label={text.outcome.happenedDay} rules={[required]}>
                <FieldDay label={text.outcome.happenedDay} max={today} />
            </Form.Item>
            <Form.Item className="wide" name="facts" label={text.outcome.facts} rules={[required, atMost(text, 2_000)]}>
                <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} />
            </Form.Item>
            <Form.Item className="wide" name="actId" label={text.outcome.act + optional}>
                <FieldActPick label={text.outcome.act} />
            </Form.Item>
            <Form.Item className="wide" name="kind" label={text.outcome.kind} rules={[required]}>
                <Select options={OUTCOME_KINDS.map((value) => ({ value, label: text.outcome.kinds[value] }))} />
            </Form.Item>
            <Form.Item className="wide" name="measure" label={text.outcome.measure + optional} rules={[atMost(text, 120)]}>
                <Input />
            </Form.Item>
            <Form.Item className="wide" name="decidedBy" label={text.outcome.decidedBy} rules={[required, atMost(text, 120)]}>
                <Input />
            </Form.Item>
            <Form.Item name="decidedDay" label={text.outcome.decidedDay} rules={[required]}>
                <FieldDay label={text.outcome.decidedDay} max={today} />
            </Form.Item>
            <Form.Item
                name="paperNumber"
                label={text.outcome.paperNumber + (kind === 'sanction' ? '' : optional)}
                rules={[...(kind === 'sanction' ? [required] : []), atMost(text, 60)]}
            >
                <Input />
            </Form.Item>
            {of !== undefined && (
                <Form.Item className="wide" name="reason" label={text.outcome.reason} rules={[required, atMost(text, 200)]}>
                    <Input />
                </Form.Item>
            )}
        </FormDrawer>
    );
}

const fieldsOf = (of: Outcome): Partial<OutcomeFields> => ({
    clause: of.clause,
    happenedDay: of.happenedDay,
    facts: of.facts,
    kind: of.kind,
    decidedBy: of.decidedBy,
    decidedDay: of.decidedDay,
    measure: of.measure ?? '',
    paperNumber: of.paperNumber ?? '',
    ...(of.person === null ? {} : { personId: of.person.id }),
    ...(of.act === null ? {} : { actId: of.act.id }),
});
