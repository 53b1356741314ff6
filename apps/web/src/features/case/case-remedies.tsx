import { fill } from '@liuhen/contract';
import { CONTESTABLE, REMEDY_KINDS, REMEDY_RESULTS, type RemedyKind, type RemedyResult } from '@liuhen/domain';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { Card, Tag } from '../../app/page.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { dateOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import type { CaseDetail } from './case-words.ts';

type Remedy = CaseDetail['remedies'][number];

/** 行政复议, 行政诉讼 against what the case decided: recorded also once it has ended. */
export function CaseRemedies({ of }: { of: CaseDetail }) {
    const text = useText();
    const may = useMay();
    const [open, setOpen] = useState<Remedy | 'new'>();
    if (!CONTESTABLE.includes(of.procedure)) return null;
    const mayChange = may('case.manage');
    if (of.remedies.length === 0 && !mayChange) return null;
    const words = text.case.remedies;
    return (
        <Card
            title={words.title}
            small={of.remedies.length}
            right={
                mayChange && (
                    <Button size="small" onClick={() => setOpen('new')}>
                        {words.record}
                    </Button>
                )
            }
        >
            {of.remedies.length === 0 && <p className="empty-small">{words.empty}</p>}
            <ul className="people remedies">
                {of.remedies.map((each) => (
                    <li key={each.id}>
                        <OneRemedy of={each} ended={of.endedAt !== null} />
                        {mayChange && (
                            <Button size="small" onClick={() => setOpen(each)}>
                                {each.result === null ? words.end : words.correct}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
            {open !== undefined && (
                <RemedyDialogue of={of} before={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />
            )}
        </Card>
    );
}

function OneRemedy({ of, ended }: { of: Remedy; ended: boolean }) {
    const text = useText();
    const words = text.case.remedies;
    return (
        <div>
            <strong>{words.kinds[of.kind]}</strong> · {of.authority}{' '}
            <Tag status={of.result === null ? 'act' : of.result === 'upheld' ? 'held' : 'judge'}>
                {of.result === null ? words.pending : words.results[of.result]}
            </Tag>
            <span className="second">
                {of.number !== null && `${of.number} · `}
                <span className="dates">{of.begunOn}</span>
                {of.endedOn !== null && (
                    <>
                        {' — '}
                        <span className="dates">{of.endedOn}</span>
                    </>
                )}
            </span>
            {of.result === null && <span className="second">{ended ? words.meanwhileEnded : words.meanwhile}</span>}
            {of.suspendedWhy !== null && <span className="second">{fill(words.suspended, { why: of.suspendedWhy })}</span>}
            {of.note !== null && <span className="second">{of.note}</span>}
        </div>
    );
}

type Fields = {
    kind: RemedyKind;
    authority: string;
    number?: string;
    begunOn: string;
    suspendedWhy?: string;
    endedOn?: string;
    result?: RemedyResult;
    note?: string;
};

const initial = (before: Remedy | undefined): Partial<Fields> =>
    before === undefined
        ? { begunOn: dateOf(Date.now()) }
        : {
              kind: before.kind,
              authority: before.authority,
              begunOn: before.begunOn,
              ...omitEmpty({
                  number: before.number ?? '',
                  suspendedWhy: before.suspendedWhy ?? '',
                  endedOn: before.endedOn ?? '',
                  note: before.note ?? '',
              }),
              ...(before.result === null ? {} : { result: before.result }),
          };

function RemedyDialogue({ of, before, onClose }: { of: CaseDetail; before: Remedy | undefined; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const words = text.case.remedies;
    const [form] = Form.useForm<Fields>();
    const record = useCommand('case.recordRemedy', { onDone: onClose });
    const change = useCommand('case.changeRemedy', { onDone: onClose });
    const required = { required: true, whitespace: true, message: text.common.required };
    const submit = ({ kind, authority, begunOn, result, ...more }: Fields) => {
        const body = { authority, begunOn, ...omitEmpty(more), ...(result === undefined ? {} : { result }) };
        if (before === undefined) record.mutate({ params: { id: of.id }, body: { kind, ...body } });
        else change.mutate({ params: { id: before.id }, body: { version: before.version, ...body } });
    };
    const today = dateOf(Date.now());
    const optional = (label: string) => `${label}${text.common.optional}`;
    return (
        <Modal
            open
            title={before === undefined ? words.record : words.correct}
            onCancel={onClose}
            okText={text.common.save}
            okButtonProps={{ disabled: record.isPending || change.isPending }}
            onOk={() => form.submit()}
        >
            <ErrorNote error={record.error ?? change.error} of="command" onRetry={() => form.submit()} />
            <Form<Fields> form={form} layout="vertical" requiredMark={false} initialValues={initial(before)} onFinish={submit}>
                <Form.Item name="kind" label={words.kind} rules={[{ required: true, message: text.common.required }]}>
                    <Select
                        disabled={before !== undefined}
                        options={REMEDY_KINDS.map((value) => ({ value, label: words.kinds[value] }))}
                    />
                </Form.Item>
                <Form.Item name="authority" label={words.authority} rules={[required, atMost(text, 200)]}>
                    <Input />
                </Form.Item>
                <Form.Item name="number" label={optional(words.number)} rules={[atMost(text, 100)]}>
                    <Input />
                </Form.Item>
                <Form.Item name="begunOn" label={words.begunOn} rules={[required]}>
                    <FieldDay label={words.begunOn} max={today} />
                </Form.Item>
                <Form.Item
                    name="suspendedWhy"
                    label={optional(words.suspendedWhy)}
                    extra={words.suspendedHint}
                    rules={[atMost(text, 500)]}
                >
                    <Input.TextArea autoSize={{ minRows: 1 }} />
                </Form.Item>
                <Form.Item name="endedOn" label={optional(words.endedOn)}>
                    <FieldDay label={words.endedOn} max={today} />
                </Form.Item>
                <Form.Item name="result" label={optional(words.result)}>
                    <Select allowClear options={REMEDY_RESULTS.map((value) => ({ value, label: words.results[value] }))} />
                </Form.Item>
                <Form.Item name="note" label={optional(words.note)} rules={[atMost(text, 1_000)]}>
                    <Input.TextArea autoSize={{ minRows: 1 }} />
                </Form.Item>
            </Form>
        </Modal>
    );
}
