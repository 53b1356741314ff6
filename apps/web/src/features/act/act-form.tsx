import { type OwnPart, type ScenarioKey, usualSite } from '@liuhen/domain';
import { Form, type FormInstance, Input, Select } from 'antd';
import { useEffect, useRef } from 'react';
import { atMost } from '../../app/at-most.ts';
import { FieldPartyPick } from '../../app/form-pick.tsx';
import { useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';
import { RoomFields } from './site-fields.tsx';
import { useScenarios } from './use-scenarios.ts';
import { instantOfWhen, type When, WhenField } from './when-field.tsx';

export type ActFields = {
    scenario: ScenarioKey;
    partyId?: string;
    premisesId?: string;
    place: string;
    starts: When;
    ends: When;
    note?: string;
    /** Of a new act in a recording room. */
    roomDeviceId?: string;
    substituteReason?: string;
};

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
    ...(fields.roomDeviceId === undefined ? {} : { roomDeviceId: fields.roomDeviceId }),
    ...(fields.substituteReason === undefined || fields.substituteReason.trim() === ''
        ? {}
        : { substituteReason: fields.substituteReason }),
});

type SetProps<F extends ActFields> = { form: FormInstance<F>; keptPartyId?: string | undefined; fresh?: boolean };

/**
 * What an act is: scenario, party, place, times. The same fields when it is created and changed. `keptPartyId`: the party of
 * an act that exists, of which nothing is filled in anew. `fresh`: of a new act also the room it is in.
 */
export function ActFieldSet<F extends ActFields>({ form, keptPartyId, fresh }: SetProps<F>) {
    const text = useText();
    const scenario = Form.useWatch('scenario', form) as ScenarioKey | undefined;
    const scenarios = useScenarios();
    const atPremises = Form.useWatch('premisesId', form as unknown as FormInstance<ActFields>) !== undefined;
    const inRoom = fresh === true && scenario !== undefined && usualSite(scenario, atPremises) === 'room';
    const required = { required: true, message: text.common.required };
    return (
        <>
            <Form.Item
                className="wide"
                name="scenario"
                label={text.act.scenario}
                rules={[required]}
                extra={scenarios.find((each) => each.value === scenario)?.recording === 'must' ? text.act.mandatory : undefined}
            >
                <Select
                    showSearch={{ optionFilterProp: 'label' }}
                    placeholder={text.common.choose}
                    options={scenarios.map(({ value, label }) => ({ value, label }))}
                />
            </Form.Item>
            <Form.Item className="wide" name="partyId" label={text.act.party}>
                <FieldPartyPick label={text.act.party} />
            </Form.Item>
            <PremisesField form={form} keptPartyId={keptPartyId} />
            <Form.Item className="wide" name="place" label={text.act.place} rules={[required, atMost(text, 200)]}>
                <Input autoComplete="off" />
            </Form.Item>
            {inRoom && <RoomFields />}
            <WhenField name="starts" label={text.act.startsAt} extra={text.act.timeHint} />
            <WhenField name="ends" label={text.act.endsAt} after="starts" />
            <NoteField />
        </>
    );
}

/** What is the act's own where its segments say the rest. */
export function PartyAndNote() {
    const text = useText();
    return (
        <>
            <Form.Item className="wide" name="partyId" label={text.act.party}>
                <FieldPartyPick label={text.act.party} />
            </Form.Item>
            <NoteField />
        </>
    );
}

function NoteField() {
    const text = useText();
    return (
        <Form.Item
            className="wide"
            name="note"
            label={`${text.act.noteLabel}${text.common.optional}`}
            rules={[atMost(text, 500)]}
        >
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
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

export type PartRow = { personId?: string; part: OwnPart };
