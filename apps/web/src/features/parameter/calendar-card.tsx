import { fill } from '@liuhen/contract';
import { dayOf, yearOfDay } from '@liuhen/domain';
import { App, Button, Form, Input, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Dot, Tag } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { readDays } from './day-list.ts';

/** The official holiday calendar, year by year: what counts as a working day. */
export function CalendarCard() {
    const text = useText();
    const may = useMay();
    const { data, error, refetch } = useAsk('parameter.calendar', { query: {} });
    const [entering, setEntering] = useState(false);
    const years = data?.years ?? [];
    const missing = [0, 1]
        .map((ahead) => yearOfDay(dayOf(Date.now())) + ahead)
        .filter((year) => !years.some((each) => each.year === year));
    return (
        <Card
            id="calendar"
            title={text.parameter.calendar}
            right={
                may('parameter.manage') && (
                    <Button size="small" onClick={() => setEntering(true)}>
                        {text.parameter.enter}
                    </Button>
                )
            }
        >
            <div className="body">
                <p className="second">{text.parameter.calendarSub}</p>
                {data !== undefined &&
                    missing.map((year) => (
                        <p key={year} className="status">
                            <Dot status="act" />
                            {fill(text.parameter.missingYear, { year })}
                        </p>
                    ))}
                {data === undefined && error !== null && <ErrorNote error={error} of="read" onRetry={() => void refetch()} />}
            </div>
            {years.length > 0 && (
                <ul className="parameters">
                    {years.map((year) => (
                        <li key={year.year}>
                            <div className="what">
                                <strong>{year.year}</strong>{' '}
                                <Tag status={year.standing === 'verified' ? 'held' : 'act'}>
                                    {text.parameter.standings[year.standing]}
                                </Tag>
                            </div>
                            <div className="value">
                                {text.parameter.off} {fill(text.parameter.count, { count: year.off.length })} ·{' '}
                                {text.parameter.work} {fill(text.parameter.count, { count: year.work.length })}
                            </div>
                            <div className="basis">
                                <span lang="zh-CN">{year.source}</span>
                                <span className="second">{year.decidedBy?.name ?? text.parameter.builtIn}</span>
                                <details>
                                    <summary>
                                        {text.parameter.off} · {text.parameter.work}
                                    </summary>
                                    <p className="second mono-figures">{year.off.map((day) => day.slice(5)).join('  ')}</p>
                                    <p className="second mono-figures">{year.work.map((day) => day.slice(5)).join('  ')}</p>
                                </details>
                            </div>
                            <div className="do" />
                        </li>
                    ))}
                </ul>
            )}
            {entering && <YearDrawer onClose={() => setEntering(false)} />}
        </Card>
    );
}

type Fields = { year: number; off: string; work?: string; source: string; standing: 'verified' | 'verify' };

function YearDrawer({ onClose }: { onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const enter = useCommand('parameter.enterYear', {
        onDone: () => {
            void message.success(text.parameter.entered);
            onClose();
        },
    });
    const required = { required: true, message: text.common.required };
    const daysOf = (typed: string | undefined): string[] => {
        const read = readDays(typed ?? '', form.getFieldValue('year') as number);
        return 'days' in read ? read.days : [];
    };
    const readable = {
        validator: async (_: unknown, typed: string | undefined) => {
            const read = readDays(typed ?? '', form.getFieldValue('year') as number);
            if ('bad' in read) throw new Error(fill(text.parameter.daysBad, { line: read.bad }));
        },
    };
    return (
        <FormDrawer<Fields>
            title={text.parameter.enterTitle}
            form={form}
            of={{ new: { year: yearOfDay(dayOf(Date.now())) + 1 } }}
            error={enter.error}
            busy={enter.isPending}
            onSubmit={({ off, work, ...rest }) => enter.mutate({ body: { ...rest, off: daysOf(off), work: daysOf(work) } })}
            onClose={onClose}
        >
            <Form.Item className="wide" name="year" label={text.parameter.year} rules={[required]}>
                <InputNumber min={2000} max={2100} precision={0} />
            </Form.Item>
            <Form.Item
                className="wide"
                name="off"
                label={text.parameter.off}
                extra={text.parameter.days}
                rules={[required, readable]}
            >
                <Input.TextArea autoSize={{ minRows: 5 }} />
            </Form.Item>
            <Form.Item className="wide" name="work" label={text.parameter.work} rules={[readable]}>
                <Input.TextArea autoSize={{ minRows: 3 }} />
            </Form.Item>
            <Form.Item
                className="wide"
                name="source"
                label={text.parameter.source}
                rules={[{ ...required, whitespace: true }, atMost(text, 300)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item className="wide" name="standing" label={text.parameter.standing} rules={[required]}>
                <Radio.Group
                    options={(['verified', 'verify'] as const).map((each) => ({
                        value: each,
                        label: text.parameter.standings[each],
                    }))}
                />
            </Form.Item>
        </FormDrawer>
    );
}
