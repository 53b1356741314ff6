import { fill } from '@liuhen/contract';
import { GRADE_SCHEMES, type GradeScheme } from '@liuhen/domain';
import { AutoComplete, Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Dot, Line } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { dateOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';

/** 风险等级 and 信用等级 over time: what a draw weighs by. */
export function GradeCard({ partyId, mayChange }: { partyId: string; mayChange: boolean }) {
    const text = useText();
    const may = useMay();
    const [open, setOpen] = useState(false);
    const { data, error, refetch } = useAsk('party.grades', { params: { id: partyId } });
    const items = data?.items ?? [];
    return (
        <Card
            title={text.grade.title}
            small={items.length}
            right={
                mayChange &&
                may('party.grade') && (
                    <Button size="small" onClick={() => setOpen(true)}>
                        {text.grade.add}
                    </Button>
                )
            }
        >
            <ErrorNote error={error} of="read" onRetry={() => void refetch()} />
            {data !== undefined && items.length === 0 && <p className="empty-small">{text.grade.empty}</p>}
            <ul className="people">
                {items.map((each) => (
                    <li key={each.id}>
                        <span>
                            <span className="status">
                                {each.current && <Dot status="held" />}
                                {text.grade.schemes[each.scheme]} {each.grade}
                            </span>
                            <span className="second">
                                <Line of={[fill(text.grade.since, { day: each.fromDay }), each.decidedBy.name]} />
                            </span>
                            <span className="second">{fill(text.grade.line, { source: each.source, reason: each.reason })}</span>
                        </span>
                    </li>
                ))}
            </ul>
            {open && data !== undefined && <GradeDrawer partyId={partyId} known={data.known} onClose={() => setOpen(false)} />}
        </Card>
    );
}

type Fields = { scheme: GradeScheme; grade: string; fromDay: string; source: string; reason: string };
type DrawerProps = { partyId: string; known: Readonly<Record<GradeScheme, readonly string[]>>; onClose: () => void };

function GradeDrawer({ partyId, known, onClose }: DrawerProps) {
    const text = useText();
    const [form] = Form.useForm<Fields>();
    const scheme = Form.useWatch('scheme', form) ?? 'risk';
    const grade = useCommand('party.grade', { onDone: onClose });
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <FormDrawer<Fields>
            title={text.grade.title}
            form={form}
            of={{ new: { scheme: 'risk', fromDay: dateOf(Date.now()) } }}
            error={grade.error}
            busy={grade.isPending}
            onSubmit={(body) => grade.mutate({ params: { id: partyId }, body })}
            onClose={onClose}
        >
            <Form.Item className="wide" name="scheme" label={text.grade.scheme} rules={[required]}>
                <Radio.Group options={GRADE_SCHEMES.map((value) => ({ value, label: text.grade.schemes[value] }))} />
            </Form.Item>
            <Form.Item name="grade" label={text.grade.grade} rules={[required, atMost(text, 20)]}>
                <AutoComplete options={known[scheme].map((value) => ({ value }))} />
            </Form.Item>
            <Form.Item name="fromDay" label={text.grade.fromDay} rules={[required]}>
                <FieldDay label={text.grade.fromDay} />
            </Form.Item>
            <Form.Item
                className="wide"
                name="source"
                label={text.grade.source}
                extra={text.grade.sourceHint}
                rules={[required, atMost(text, 120)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item className="wide" name="reason" label={text.grade.reason} rules={[required, atMost(text, 500)]}>
                <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
            </Form.Item>
        </FormDrawer>
    );
}
