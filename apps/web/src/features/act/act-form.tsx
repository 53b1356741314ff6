import { MANDATORY_SCENARIOS, type OwnPart, SCENARIOS, type ScenarioKey } from '@liuhen/domain';
import { Form, type FormInstance, Input, Select } from 'antd';
import { useEffect, useRef } from 'react';
import { DayInput, TimeInput } from '../../app/day-input.tsx';
import { FieldPartyPick } from '../../app/form-pick.tsx';
import { useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';
import { instantOf } from '../../app/shanghai.ts';

export type When = { date: string; time: string };
export type ActFields = {
    scenario: ScenarioKey;
    partyId?: string;
    premisesId?: string;
    place: string;
    starts: When;
    ends: When;
    note?: string;
};

export const instantOfWhen = (when: When | undefined): number | undefined =>
    when === undefined ? undefined : instantOf(when.date ?? '', when.time ?? '');

/** The body of `act.create` and `act.update` out of the form; the form has made sure that the times are whole. */
export const actBody = (fields: ActFields) => ({
    scenario: fields.scenario,
    place: fields.place,
    startsAt: instantOfWhen(fields.starts) ?? 0,
    endsAt: instantOfWhen(fields.ends) ?? 0,
    ...(fields.partyId === undefined ? {} : { partyId: fields.partyId }),
    // Premises are a party's: without one there are none.
    ...(fields.partyId === undefined || fields.premisesId === undefined ? {} : { premisesId: fields.premisesId }),
    ...(fields.note === undefined || fields.note.trim() === '' ? {} : { note: fields.note }),
});

type SetProps<F extends ActFields> = { form: FormInstance<F>; keptPartyId?: string | undefined };

/**
 * What an act is: scenario, party, place, times. The same fields when it is created and changed. `keptPartyId`: the party of
 * an act that exists, of which nothing is filled in anew.
 */
export function ActFieldSet<F extends ActFields>({ form, keptPartyId }: SetProps<F>) {
    const text = useText();
    const scenario = Form.useWatch('scenario', form) as ScenarioKey | undefined;
    const required = { required: true, message: text.common.required };
    return (
        <>
            <Form.Item
                className="wide"
                name="scenario"
                label={text.act.scenario}
                rules={[required]}
                extra={
                    scenario !== undefined && MANDATORY_SCENARIOS.some((each) => each === scenario)
                        ? text.act.mandatory
                        : undefined
                }
            >
                <Select
                    showSearch={{ optionFilterProp: 'label' }}
                    placeholder={text.common.choose}
                    options={SCENARIOS.map((each) => ({ value: each, label: text.act.scenarios[each] }))}
                />
            </Form.Item>
            <Form.Item className="wide" name="partyId" label={text.act.party}>
                <FieldPartyPick label={text.act.party} />
            </Form.Item>
            <PremisesField form={form} keptPartyId={keptPartyId} />
            <Form.Item className="wide" name="place" label={text.act.place} rules={[required]}>
                <Input maxLength={200} autoComplete="off" />
            </Form.Item>
            <WhenField name="starts" label={text.act.startsAt} extra={text.act.timeHint} />
            <WhenField name="ends" label={text.act.endsAt} after="starts" />
            <Form.Item className="wide" name="note" label={`${text.act.noteLabel}${text.common.optional}`}>
                <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
            </Form.Item>
        </>
    );
}

/**
 * Premises of the chosen party; choosing one fills in the place, which stays free to be changed. What somebody typed
 * is never overwritten.
 */
function PremisesField<F extends ActFields>({ form, keptPartyId }: SetProps<F>) {
    const text = useText();
    const loose = form as unknown as FormInstance<ActFields>;
    const partyId = Form.useWatch('partyId', loose);
    const party = useAsk('party.get', { params: { id: partyId ?? '' } }, { enabled: partyId !== undefined });
    // Closed ones are chosen no more; one that an act already names stays its own.
    const kept = Form.useWatch('premisesId', loose);
    const premises = (partyId === undefined ? [] : (party.data?.premises ?? [])).filter(
        (each) => each.closedDay === null || each.id === kept,
    );
    const filled = useRef<string>(undefined);
    const data = partyId === undefined ? undefined : party.data;
    useEffect(() => {
        if (data === undefined) return;
        const current = loose.getFieldValue('premisesId');
        const asKept = data.id === keptPartyId && current === undefined;
        if (asKept || data.premises.some((each) => each.id === current)) return;
        const place = loose.getFieldValue('place') ?? '';
        const untouched = place === '' || place === filled.current;
        const open = data.premises.filter((each) => each.closedDay === null);
        const same = open.find((each) => each.address === place);
        const only = open.length === 1 ? open[0] : undefined;
        const chosen = same ?? (untouched ? only : undefined);
        loose.setFieldValue('premisesId', chosen?.id);
        if (!untouched || same !== undefined) return;
        filled.current = chosen?.address ?? (open.length === 0 ? (data.address ?? '') : '');
        loose.setFieldValue('place', filled.current);
    }, [data, loose, keptPartyId]);
    return (
        <Form.Item className="wide" name="premisesId" label={text.act.premises} hidden={premises.length === 0}>
            <Select
                allowClear
                placeholder={text.act.premisesNone}
                options={premises.map((each) => ({ value: each.id, label: `${each.name} · ${each.address}` }))}
                onChange={(id) => {
                    const chosen = premises.find((each) => each.id === id);
                    if (chosen !== undefined) loose.setFieldValue('place', chosen.address);
                }}
            />
        </Form.Item>
    );
}

function WhenField({ name, label, extra, after }: { name: 'starts' | 'ends'; label: string; extra?: string; after?: 'starts' }) {
    const text = useText();
    return (
        <Form.Item
            name={name}
            label={label}
            extra={extra}
            required
            {...(after === undefined ? {} : { dependencies: [after] })}
            rules={[
                ({ getFieldValue }) => ({
                    validator: (_, value: When | undefined) => {
                        const at = instantOfWhen(value);
                        if (at === undefined) return Promise.reject(new Error(text.common.required));
                        const start = after === undefined ? undefined : instantOfWhen(getFieldValue(after));
                        return start !== undefined && at <= start
                            ? Promise.reject(new Error(text.act.endAfterStart))
                            : Promise.resolve();
                    },
                }),
            ]}
        >
            <WhenInput label={label} />
        </Form.Item>
    );
}

function WhenInput({
    label,
    id,
    value,
    onChange,
}: {
    label: string;
    id?: string;
    value?: When;
    onChange?: (next: When) => void;
}) {
    const text = useText();
    const now = { date: value?.date ?? '', time: value?.time ?? '' };
    return (
        <span className="when">
            <DayInput
                id={id}
                label={`${label} ${text.common.date}`}
                value={now.date}
                onChange={(date) => onChange?.({ ...now, date })}
            />
            <TimeInput
                label={`${label} ${text.common.time}`}
                value={now.time}
                onChange={(time) => onChange?.({ ...now, time })}
            />
        </span>
    );
}

export type PartRow = { personId?: string; part: OwnPart };
