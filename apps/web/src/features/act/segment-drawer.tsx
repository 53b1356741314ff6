import { fill } from '@liuhen/contract';
import { type ScenarioKey, type SiteKind, usualSite } from '@liuhen/domain';
import { App, Button, Checkbox, Drawer, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { refreshAll, useAsk } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useCommand } from '../../app/use-command.ts';
import { SiteFields } from './site-fields.tsx';
import type { ActDetail } from './strip-chart-input.ts';
import { ESCALATIONS, useScenarios } from './use-scenarios.ts';
import { instantOfWhen, type When, WhenField, whenOf } from './when-field.tsx';

type Segment = ActDetail['segments'][number];
type Fields = {
    scenario: ScenarioKey;
    siteKind: SiteKind;
    premisesId?: string;
    siteId?: string;
    roomDeviceId?: string;
    substituteReason?: string;
    place: string;
    starts: When;
    ends: When;
    participantIds: string[];
    endsBefore?: boolean;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The last segment that has begun: what another one follows. */
const runningOf = (act: ActDetail, now: number): Segment | undefined =>
    act.segments.filter((each) => each.startsAt <= now).at(-1) ?? act.segments.at(-1);

/**
 * Adds or changes a segment. While the act goes on the fields are filled so that one tap on what it turns into is enough: the
 * same site, the same people, from this minute on.
 */
export function SegmentDrawer({ act, segment, onClose }: { act: ActDetail; segment: Segment | undefined; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const [now] = useState(() => Math.floor(Date.now() / MINUTE) * MINUTE);
    const before = segment ?? runningOf(act, now);
    const done = () => {
        void message.success(text.common.saved);
        onClose();
    };
    const add = useCommand('act.addSegment', { onDone: done });
    const change = useCommand('act.changeSegment', { onDone: done });
    const busy = add.isPending || change.isPending;
    const submit = (fields: Fields) => {
        const body = bodyOf(fields, segment);
        if (segment !== undefined) {
            const note = segment.note === null ? {} : { note: segment.note };
            change.mutate({
                params: { id: act.id, segmentId: segment.id },
                body: { ...body, ...note, version: segment.version },
            });
            return;
        }
        const ends = fields.endsBefore === true && before !== undefined ? { endsSegmentId: before.id } : {};
        add.mutate({ params: { id: act.id }, body: { ...body, participantIds: fields.participantIds, ...ends } });
    };
    return (
        <Drawer
            open
            size={560}
            title={segment === undefined ? text.actPart.segment.addTitle : text.actPart.segment.edit}
            onClose={onClose}
            footer={
                <div className="form-foot">
                    <Button type="primary" onClick={() => form.submit()} disabled={busy}>
                        {busy ? text.common.saving : text.common.save}
                    </Button>
                    <Button onClick={onClose}>{text.common.cancel}</Button>
                </div>
            }
        >
            <ErrorNote
                error={add.error ?? change.error}
                of="command"
                onRetry={() => form.submit()}
                onReload={() => void refreshAll()}
            />
            {segment === undefined && <p className="soft">{text.actPart.segment.addWhat}</p>}
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                scrollToFirstError={{ focus: true }}
                initialValues={initialFields(act, segment, before, now)}
                onFinish={submit}
            >
                <ScenarioField quick={segment === undefined} />
                <div className="fields">
                    <SiteSet act={act} />
                    <WhenField name="starts" label={text.act.startsAt} extra={text.act.timeHint} />
                    <WhenField name="ends" label={text.act.endsAt} after="starts" />
                </div>
                {segment === undefined && <PeopleField act={act} />}
                {segment === undefined && before !== undefined && (
                    <Form.Item name="endsBefore" valuePropName="checked">
                        <Checkbox>{fill(text.actPart.segment.endsBefore, { number: act.segments.indexOf(before) + 1 })}</Checkbox>
                    </Form.Item>
                )}
                <button type="submit" hidden />
            </Form>
        </Drawer>
    );
}

function initialFields(act: ActDetail, segment: Segment | undefined, before: Segment | undefined, now: number): Partial<Fields> {
    const site = {
        siteKind: before?.siteKind ?? 'premises',
        place: before?.place ?? act.place,
        ...(before?.premises == null ? {} : { premisesId: before.premises.id }),
        ...(before?.site == null ? {} : { siteId: before.site.id }),
        ...(before?.room == null ? {} : { roomDeviceId: before.room.id }),
        ...(segment?.substituteReason == null ? {} : { substituteReason: segment.substituteReason }),
    };
    if (segment !== undefined)
        return { ...site, scenario: segment.scenario, starts: whenOf(segment.startsAt), ends: whenOf(segment.endsAt) };
    // Of an act that is over, or not yet begun, this minute says nothing.
    const running = act.state === 'open' && now < act.endsAt + 12 * HOUR;
    const start = running ? now : act.startsAt;
    const end = Math.max(act.endsAt, start + 30 * MINUTE);
    const there = act.participants.filter((each) => each.presence.some((stay) => stay.segmentId === before?.id));
    return { ...site, starts: whenOf(start), ends: whenOf(end), participantIds: there.map((each) => each.id) };
}

/** People state minutes. What they left as it was stays exact: a second cut off would put somebody into two places at once. */
function stated(when: When, before: number | undefined): number {
    const at = instantOfWhen(when) ?? 0;
    return before !== undefined && instantOfWhen(whenOf(before)) === at ? before : at;
}

const bodyOf = (
    { scenario, siteKind, premisesId, siteId, roomDeviceId, substituteReason, place, starts, ends }: Fields,
    before: Segment | undefined,
) => ({
    scenario,
    siteKind,
    place,
    startsAt: stated(starts, before?.startsAt),
    endsAt: stated(ends, before?.endsAt),
    ...(premisesId === undefined || siteKind === 'room' || siteKind === 'place' ? {} : { premisesId }),
    ...(siteId === undefined || siteKind !== 'inside' ? {} : { siteId }),
    ...(roomDeviceId === undefined || siteKind !== 'room' ? {} : { roomDeviceId }),
    ...(substituteReason === undefined || substituteReason.trim() === '' || siteKind !== 'room' ? {} : { substituteReason }),
});

/** What it turns into: the likely ones as large buttons, all of them behind. */
function ScenarioField({ quick }: { quick: boolean }) {
    const text = useText();
    const form = Form.useFormInstance<Fields>();
    const options = useScenarios();
    const chosen = Form.useWatch('scenario', form);
    const choose = (scenario: ScenarioKey) => {
        form.setFieldValue('scenario', scenario);
        if (usualSite(scenario, false) === 'room') form.setFieldValue('siteKind', 'room');
    };
    const recording = options.find((each) => each.value === chosen)?.recording;
    return (
        <>
            {quick && (
                <Radio.Group
                    className="quick"
                    aria-label={text.actPart.segment.scenario}
                    value={chosen}
                    onChange={({ target }) => choose(target.value as ScenarioKey)}
                    optionType="button"
                    options={ESCALATIONS.map((value) => ({ value, label: scenarioWords(text, value) }))}
                />
            )}
            <Form.Item
                name="scenario"
                label={quick ? text.actPart.segment.moreScenarios : text.actPart.segment.scenario}
                rules={[{ required: true, message: text.common.required }]}
                extra={recording === 'must' ? text.act.mandatory : undefined}
            >
                <Select
                    showSearch={{ optionFilterProp: 'label' }}
                    placeholder={text.common.choose}
                    options={options.map(({ value, label }) => ({ value, label }))}
                    onChange={choose}
                />
            </Form.Item>
        </>
    );
}

function SiteSet({ act }: { act: ActDetail }) {
    const text = useText();
    const form = Form.useFormInstance<Fields>();
    const kind = Form.useWatch('siteKind', form);
    const party =
        useAsk('party.get', { params: { id: act.party?.id ?? '' } }, { enabled: act.party !== null }).data?.premises ?? [];
    const premisesId = Form.useWatch('premisesId', form);
    const sites = (party.find((each) => each.id === premisesId)?.sites ?? []).filter((each) => each.closedDay === null);
    return (
        <>
            <SiteFields kind={kind} />
            {(kind === 'premises' || kind === 'inside') && party.length > 0 && (
                <Form.Item name="premisesId" label={text.act.premises}>
                    <Select
                        allowClear
                        placeholder={text.act.premisesNone}
                        // Another house has other rooms.
                        onChange={() => form.setFieldValue('siteId', undefined)}
                        options={party.map((each) => ({ value: each.id, label: `${each.name} · ${each.address}` }))}
                    />
                </Form.Item>
            )}
            {kind === 'inside' && sites.length > 0 && (
                <Form.Item name="siteId" label={text.actPart.segment.insideSite}>
                    <Select
                        allowClear
                        placeholder={text.actPart.segment.insideNone}
                        options={sites.map((each) => ({ value: each.id, label: each.name }))}
                        onChange={(_, option) => {
                            // The words of the record begin with the site's name; the officer goes on from there.
                            if (!Array.isArray(option) && option !== undefined && (form.getFieldValue('place') ?? '') === '')
                                form.setFieldValue('place', option.label);
                        }}
                    />
                </Form.Item>
            )}
            <Form.Item
                className="wide"
                name="place"
                label={text.actPart.segment.place}
                rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 200)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
        </>
    );
}

function PeopleField({ act }: { act: ActDetail }) {
    const text = useText();
    return (
        <Form.Item
            name="participantIds"
            label={text.actPart.segment.people}
            // Not `required`: a group of boxes has no such attribute.
            rules={[{ type: 'array', min: 1, message: text.actPart.segment.peopleMissing }]}
        >
            <Checkbox.Group
                className="stack"
                options={act.participants.map((each) => ({
                    value: each.id,
                    label: `${each.name} · ${text.act.parts[each.part]}`,
                }))}
            />
        </Form.Item>
    );
}
