import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { SPECIALITIES, type Speciality } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { SearchField } from '../../app/filters.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { FieldTime } from '../../app/form-time.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { Card, PageHead, Waiting } from '../../app/page.tsx';
import { useAsk, usePages } from '../../app/query.ts';
import { dateOf, instantOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import { type Candidate, CandidatesTable, type Choice } from './draw-candidates.tsx';
import { ShareInput, type ShareValue, shareOfValue } from './share-input.tsx';

type Fields = {
    title: string;
    dueDay: string;
    officerIds: string[];
    avoidLastVisit: boolean;
    publicValueIs?: string;
    publicDay?: string;
    publicTime?: string;
    redrawReason?: string;
    weightReason?: string;
    take: Record<string, ShareValue>;
};

/** Puts the lists of a draw together and commits to them. Facts about objects come from the server and are looked up there again. */
export function DrawNewPage() {
    const text = useText();
    const navigate = useNavigate();
    const { planItemId } = useSearch({ from: '/signed-in/shell/draws/new' });
    const [form] = Form.useForm<Fields>();
    const [filter, setFilter] = useState<{ q?: string | undefined; speciality?: Speciality | undefined }>({});
    const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
    const year = Number(dateOf(Date.now()).slice(0, 4));
    const found = useAsk('draw.candidates', { query: { year, ...filter } });
    const commit = useCommand('draw.commit', { onDone: ({ id }) => void navigate({ to: '/draws/$id', params: { id } }) });
    const items = found.data?.items ?? [];
    const choiceOf = (of: Candidate): Choice => choices.get(of.party.id) ?? { grade: 'A', weight: of.weight };
    const grades = [...new Set(items.map((each) => choiceOf(each).grade))].filter((each) => each !== '').sort();
    const differs = items.some((each) => choiceOf(each).weight !== each.weight);
    const publicValueIs = Form.useWatch('publicValueIs', form);
    const announced = publicValueIs !== undefined && publicValueIs.trim() !== '';
    const submit = (fields: Fields) => {
        const publicValueFrom = announced ? instantOf(fields.publicDay ?? '', fields.publicTime ?? '') : undefined;
        commit.mutate({
            body: {
                title: fields.title,
                year,
                objects: items.map((each) => ({
                    partyId: each.party.id,
                    ...omitEmpty(choiceOf(each)),
                    grade: choiceOf(each).grade,
                    weight: choiceOf(each).weight,
                })),
                officerIds: fields.officerIds,
                strata: grades.map((grade) => ({ grade, take: shareOfValue(fields.take[grade]) })),
                avoidLastVisit: fields.avoidLastVisit,
                dueDay: fields.dueDay,
                ...omitEmpty({
                    planItemId,
                    publicValueIs: fields.publicValueIs,
                    publicValueFrom,
                    redrawReason: fields.redrawReason,
                    weightReason: differs ? fields.weightReason : undefined,
                }),
            },
        });
    };
    const required = { required: true, whitespace: true, message: text.common.required };
    const head = (
        <PageHead title={text.draw.new} crumb={<Link to="/draws">{text.draw.title}</Link>} facts={text.draw.commitWhat} />
    );
    // Without the list there is nothing to draw from: whoever may not see it is told so and nothing else.
    if (found.isError && found.data === undefined)
        return (
            <div className="form-page wide-form">
                {head}
                <ErrorNote error={found.error} of="read" onRetry={() => void found.refetch()} />
            </div>
        );
    return (
        <div className="form-page wide-form">
            {head}
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                scrollToFirstError={{ focus: true }}
                initialValues={{ avoidLastVisit: true, officerIds: [], take: {} }}
                onFinish={submit}
            >
                <Card title={text.draw.objects} small={items.length}>
                    <div className="body">
                        <div className="filters open">
                            <SearchField
                                label={text.draw.search}
                                value={filter.q}
                                onChange={(q) => setFilter((before) => omitEmpty({ ...before, q }))}
                            />
                            <Select
                                className="pick"
                                allowClear
                                aria-label={text.draw.speciality}
                                placeholder={text.draw.speciality}
                                value={filter.speciality ?? null}
                                onChange={(speciality: Speciality | null) =>
                                    setFilter((before) => omitEmpty({ ...before, speciality: speciality ?? undefined }))
                                }
                                options={SPECIALITIES.map((each) => ({ value: each, label: text.party.specialities[each] }))}
                            />
                        </div>
                        <ErrorNote error={found.error} of="read" onRetry={() => void found.refetch()} />
                        {found.data === undefined ? <Waiting /> : <CandidateFacts found={found.data} />}
                        <CandidatesTable items={items} choiceOf={choiceOf} onChange={setChoices} choices={choices} />
                    </div>
                </Card>
                {differs && (
                    <Card title={text.draw.weightReason}>
                        <div className="body">
                            <Form.Item
                                name="weightReason"
                                label={text.draw.weightReason}
                                extra={text.draw.weightReasonHint}
                                rules={[required, atMost(text, 200)]}
                            >
                                <Input autoComplete="off" />
                            </Form.Item>
                        </div>
                    </Card>
                )}
                <Card title={text.draw.strata}>
                    <div className="body fields">
                        {grades.map((grade) => (
                            <Form.Item
                                key={grade}
                                name={['take', grade]}
                                label={grade}
                                rules={[{ required: true, message: text.common.required }]}
                            >
                                <ShareInput label={`${text.draw.takeKind} ${grade}`} />
                            </Form.Item>
                        ))}
                    </div>
                </Card>
                <OfficersCard onAll={(ids) => form.setFieldValue('officerIds', ids)} />
                <Card title={text.draw.commit}>
                    <div className="body fields">
                        <Form.Item className="wide" name="title" label={text.draw.name} rules={[required, atMost(text, 120)]}>
                            <Input autoComplete="off" />
                        </Form.Item>
                        <Form.Item name="dueDay" label={text.draw.dueDay} rules={[required]}>
                            <FieldDay label={text.draw.dueDay} />
                        </Form.Item>
                        <Form.Item
                            className="wide"
                            name="publicValueIs"
                            label={`${text.draw.publicValueIs}${text.common.optional}`}
                            extra={text.draw.publicValueHint}
                            rules={[atMost(text, 200)]}
                        >
                            <Input autoComplete="off" />
                        </Form.Item>
                        {announced && (
                            <div className="pair">
                                <Form.Item name="publicDay" label={text.draw.publicValueFrom} rules={[required]}>
                                    <FieldDay label={text.draw.publicValueFrom} />
                                </Form.Item>
                                <Form.Item name="publicTime" label=" " rules={[required]}>
                                    <FieldTime label={text.draw.publicValueFrom} />
                                </Form.Item>
                            </div>
                        )}
                        <Form.Item
                            className="wide"
                            name="redrawReason"
                            label={`${text.draw.redrawReason}${text.common.optional}`}
                            rules={[atMost(text, 300)]}
                        >
                            <Input autoComplete="off" />
                        </Form.Item>
                    </div>
                </Card>
                <ErrorNote error={commit.error} of="command" onRetry={() => form.submit()} />
                <div className="form-foot">
                    <Button type="primary" htmlType="submit" disabled={commit.isPending || items.length === 0}>
                        {commit.isPending ? text.draw.committing : text.draw.commit}
                    </Button>
                    <LinkButton to="/draws">{text.common.cancel}</LinkButton>
                </div>
            </Form>
        </div>
    );
}

function CandidateFacts({ found }: { found: ResponseOf<Endpoints['draw.candidates']> }) {
    const text = useText();
    const format = useFormat();
    const cap = found.capPerYear;
    const out = found.items.filter((each) => each.closed || each.openTask || (cap !== null && each.inspections >= cap));
    return (
        <>
            <p>
                {fill(text.draw.found, { count: format.count(found.items.length), out: format.count(out.length) })}
                <span className="faint"> {cap === null ? text.draw.capUnset : fill(text.draw.cap, { count: cap })}</span>
            </p>
            {found.tooMany && (
                <div className="note note-act">
                    <strong>{text.draw.tooMany}</strong>
                </div>
            )}
        </>
    );
}

function OfficersCard({ onAll }: { onAll: (ids: string[]) => void }) {
    const text = useText();
    const { items } = usePages('person.list', { kind: 'officer', limit: 200 });
    return (
        <Card title={text.draw.officers} small={items.length}>
            <div className="body">
                <Form.Item
                    name="officerIds"
                    label={text.draw.officers}
                    rules={[{ type: 'array', min: 2, message: text.task.officersHint }]}
                    extra={text.task.officersHint}
                >
                    <Select
                        mode="multiple"
                        aria-label={text.draw.officers}
                        showSearch={{ optionFilterProp: 'label' }}
                        options={items.map((each) => ({
                            value: each.id,
                            label: `${each.name} · ${each.certificateNumber ?? ''}`,
                        }))}
                    />
                </Form.Item>
                <div className="buttons">
                    <Button onClick={() => onAll(items.map((each) => each.id))}>{text.draw.officersAll}</Button>
                    <Form.Item name="avoidLastVisit" valuePropName="checked" noStyle>
                        <Checkbox>{text.draw.avoidLastVisit}</Checkbox>
                    </Form.Item>
                </div>
            </div>
        </Card>
    );
}
