import { EVIDENCE_KINDS, type EvidenceKind, REFERRING, TARGET_OF } from '@liuhen/domain';
import { App, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { FieldDay } from '../../app/form-day.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { FieldPersonPick } from '../../app/form-pick.tsx';
import { FieldTime } from '../../app/form-time.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useAsk } from '../../app/query.ts';
import { dateOf, instantOf, timeOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import type { CaseDetail } from './case-words.ts';
import { readMediaTime } from './media-time.ts';

type Fields = {
    kind: EvidenceKind;
    targetId?: string;
    from?: string;
    to?: string;
    title: string;
    proves?: string;
    extractedById?: string;
    day?: string;
    time?: string;
    method?: string;
    carrier?: string;
    keptAt?: string;
};

/** Enters a piece of evidence; electronic data says who took it, when, how and onto what (处罚法 46). */
export function EvidenceDrawer({ of, onClose }: { of: CaseDetail; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const kind = Form.useWatch('kind', form) ?? 'recording';
    const add = useCommand('case.addEvidence', {
        onDone: () => {
            void message.success(text.common.done);
            onClose();
        },
    });
    const required = { required: true, message: text.common.required };
    const ofMoment = {
        validator: async (_: unknown, typed: string | undefined) => {
            if (readMediaTime(typed ?? '') === undefined) throw new Error(text.case.momentBad);
        },
    };
    const submit = ({ from, to, day, time, targetId, extractedById, ...rest }: Fields) => {
        const extractedAt =
            day === undefined || day === '' ? undefined : instantOf(day, time === undefined || time === '' ? '00:00' : time);
        const { kind: chosen, title, ...words } = rest;
        add.mutate({
            params: { id: of.id },
            body: {
                kind: chosen,
                title,
                ...omitEmpty(words),
                ...(targetId === undefined || TARGET_OF[chosen] === undefined ? {} : { targetId }),
                ...(chosen === 'moment' ? { fromMs: readMediaTime(from ?? '') ?? 0, toMs: readMediaTime(to ?? '') ?? 1 } : {}),
                ...(extractedById === undefined ? {} : { extractedById }),
                ...(extractedAt === undefined ? {} : { extractedAt: Math.min(extractedAt, Date.now()) }),
            },
        });
    };
    const electronic = kind === 'electronic';
    const [target, needed] = [TARGET_OF[kind], REFERRING.includes(kind)];
    const optional = (label: string) => (electronic ? label : `${label}${text.common.optional}`);
    return (
        <FormDrawer<Fields>
            title={text.case.evidenceAdd}
            form={form}
            of={{ new: { kind: 'recording' } }}
            error={add.error}
            busy={add.isPending}
            onSubmit={submit}
            onClose={onClose}
        >
            <Form.Item className="wide" name="kind" label={text.case.evidenceKind} rules={[required]}>
                <Select options={EVIDENCE_KINDS.map((each) => ({ value: each, label: text.case.evidenceKinds[each] }))} />
            </Form.Item>
            {target !== undefined && (
                <Form.Item
                    className="wide"
                    name="targetId"
                    label={`${text.case.target}${needed ? '' : text.common.optional}`}
                    rules={needed ? [required] : []}
                    extra={target === 'document' ? undefined : text.case.evidenceMark}
                >
                    {target === 'document' ? (
                        <DocumentOf of={of} />
                    ) : (
                        <RecordingPick label={text.case.target} partyId={of.party?.id} />
                    )}
                </Form.Item>
            )}
            {kind === 'moment' && (
                <>
                    <Form.Item name="from" label={text.case.momentFrom} rules={[required, ofMoment]}>
                        <Input placeholder="0:00" autoComplete="off" />
                    </Form.Item>
                    <Form.Item name="to" label={text.case.momentTo} rules={[required, ofMoment]}>
                        <Input placeholder="0:30" autoComplete="off" />
                    </Form.Item>
                </>
            )}
            <Form.Item
                className="wide"
                name="title"
                label={text.case.evidenceTitle}
                rules={[{ ...required, whitespace: true }, atMost(text, 200)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item
                className="wide"
                name="proves"
                label={`${text.case.proves}${text.common.optional}`}
                rules={[atMost(text, 1000)]}
            >
                <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
            </Form.Item>
            <Form.Item
                className="wide"
                name="extractedById"
                label={optional(text.case.extractedBy)}
                rules={electronic ? [required] : []}
            >
                <FieldPersonPick label={text.case.extractedBy} />
            </Form.Item>
            <Form.Item name="day" label={optional(text.case.extractedAt)} rules={electronic ? [required] : []}>
                <FieldDay label={text.case.extractedAt} max={dateOf(Date.now())} />
            </Form.Item>
            <Form.Item name="time" label={`${text.common.time}${text.common.optional}`}>
                <FieldTime label={text.common.time} />
            </Form.Item>
            <Form.Item
                name="method"
                label={optional(text.case.method)}
                rules={[...(electronic ? [required] : []), atMost(text, 200)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item
                name="carrier"
                label={optional(text.case.carrier)}
                rules={[...(electronic ? [required] : []), atMost(text, 200)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item
                className="wide"
                name="keptAt"
                label={`${text.case.keptAt}${text.common.optional}`}
                rules={[atMost(text, 200)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
        </FormDrawer>
    );
}

type PickProps = { id?: string; value?: string; onChange?: (id: string) => void };

function DocumentOf({ of, id, value, onChange }: PickProps & { of: CaseDetail }) {
    const text = useText();
    return (
        <Select
            {...(id === undefined ? {} : { id })}
            aria-label={text.case.target}
            value={value ?? null}
            onChange={(next) => next !== null && onChange?.(next)}
            options={of.documents.map((each) => ({ value: each.id, label: [each.title, each.number].filter(Boolean).join(' ') }))}
        />
    );
}

/** Recordings, searched by the server; those of the party of the case before anything is typed. */
function RecordingPick({ label, partyId, id, value, onChange }: PickProps & { label: string; partyId: string | undefined }) {
    const text = useText();
    const [q, setQ] = useState('');
    const found = useAsk('recording.list', {
        query: { limit: 30, ...(q !== '' ? { q } : partyId === undefined ? {} : { partyId }) },
    });
    return (
        <Select
            {...(id === undefined ? {} : { id })}
            showSearch={{ filterOption: false, onSearch: setQ }}
            aria-label={label}
            placeholder={text.recording.search}
            value={value ?? null}
            onChange={(next) => next !== null && onChange?.(next)}
            notFoundContent={found.isPending ? text.common.loading : text.common.noMatch}
            options={(found.data?.items ?? []).map((each) => ({
                value: each.id,
                label: [
                    each.name,
                    each.officer?.name,
                    each.deviceStart === null ? undefined : `${dateOf(each.deviceStart)} ${timeOf(each.deviceStart)}`,
                ]
                    .filter((part) => part !== undefined)
                    .join(' · '),
            }))}
        />
    );
}
