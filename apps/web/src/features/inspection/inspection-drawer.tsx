import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { dayOf, endOfDay, SCENARIOS, type ScenarioKey, startOfDay } from '@liuhen/domain';
import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FieldDay } from '../../app/form-day.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useCommand } from '../../app/use-command.ts';
import { ShareInput, type ShareValue, shareOfValue, valueOfShare } from '../task/share-input.tsx';
import { SchemeField } from './scheme-field.tsx';

type Inspection = ResponseOf<Endpoints['inspection.get']>;
type Setting = ResponseOf<Endpoints['inspection.setting']>;
export type SchemeRow = { key?: string; clause?: string; words: string; most: number; weight: number };
type Fields = {
    title: string;
    organisationIds: string[];
    fromDay: string;
    toDay: string;
    scenarios: ScenarioKey[];
    byOrganisation: boolean;
    byScenario: boolean;
    take: ShareValue;
    reviewerIds: string[];
    appealDays?: number | null;
    publicValueIs?: string;
    publicValueDay?: string;
    scheme: SchemeRow[];
};
type Props = { of?: Inspection; onClose: () => void; onCreated?: (id: string) => void };

/** Whose acts, of which period, how many, by whom and by which scheme. */
export function InspectionDrawer(props: Props) {
    const { data } = useAsk('inspection.setting', {});
    return data === undefined ? <Waiting /> : <Loaded {...props} setting={data} />;
}

const fieldsOf = (of: Inspection): Fields => ({
    title: of.title,
    organisationIds: of.rules.organisations.map((each) => each.id),
    fromDay: dayOf(of.from),
    toDay: dayOf(of.to - 1),
    scenarios: of.rules.scenarios as ScenarioKey[],
    byOrganisation: of.rules.byOrganisation,
    byScenario: of.rules.byScenario,
    take: valueOfShare(of.rules.take),
    reviewerIds: of.reviewers.map((each) => each.id),
    appealDays: of.appealDays,
    ...(of.publicValueIs === null ? {} : { publicValueIs: of.publicValueIs }),
    ...(of.publicValueFrom === null ? {} : { publicValueDay: dayOf(of.publicValueFrom) }),
    scheme: of.scheme.map(({ clause, ...item }) => (clause === undefined ? item : { ...item, clause })),
});

const freshFields = ({ organisations, reviewers, scheme }: Setting): Partial<Fields> => ({
    organisationIds: organisations.filter((each) => organisations.length === 1 || !each.own).map((each) => each.id),
    scenarios: [],
    byOrganisation: true,
    byScenario: false,
    take: { kind: 'number', of: 5 },
    reviewerIds: reviewers.map((each) => each.id),
    scheme: scheme.map(({ clause, ...item }) => (clause === undefined ? item : { ...item, clause })),
});

function bodyOf(fields: Fields, of: Inspection | undefined) {
    const { publicValueIs, publicValueDay, appealDays, scheme } = fields;
    const taken = new Set(scheme.flatMap((each) => each.key ?? []));
    let next = 1;
    const newKey = (): string => {
        while (taken.has(`own${next}`)) next += 1;
        taken.add(`own${next}`);
        return `own${next}`;
    };
    return {
        title: fields.title,
        organisationIds: fields.organisationIds,
        from: startOfDay(fields.fromDay),
        to: endOfDay(fields.toDay),
        scenarios: fields.scenarios,
        byOrganisation: fields.byOrganisation,
        byScenario: fields.byScenario,
        take: shareOfValue(fields.take),
        // Shares of single strata that came with it are kept.
        shares: of?.rules.shares.map((each) => ({ ...each })) ?? [],
        reviewerIds: fields.reviewerIds,
        scheme: scheme.map((each) => ({ ...omitEmpty(each), key: each.key ?? newKey() })) as (SchemeRow & { key: string })[],
        ...(typeof appealDays === 'number' ? { appealDays } : {}),
        ...omitEmpty({ publicValueIs }),
        ...(publicValueDay === undefined || publicValueDay === '' ? {} : { publicValueFrom: startOfDay(publicValueDay) }),
    };
}

function Loaded({ of, onClose, onCreated, setting }: Props & { setting: Setting }) {
    const text = useText();
    const words = text.inspection;
    const [form] = Form.useForm<Fields>();
    const draft = useCommand('inspection.draft', {
        onDone: ({ id }) => {
            onClose();
            onCreated?.(id);
        },
    });
    const change = useCommand('inspection.update', { onDone: onClose });
    const required = { required: true, message: text.common.required };
    return (
        <FormDrawer<Fields>
            title={of === undefined ? words.new : words.edit}
            form={form}
            of={{ new: of === undefined ? freshFields(setting) : fieldsOf(of) }}
            error={draft.error ?? change.error}
            busy={draft.isPending || change.isPending}
            onClose={onClose}
            onSubmit={(fields) => {
                const body = bodyOf(fields, of);
                if (of === undefined) draft.mutate({ body });
                else change.mutate({ params: { id: of.id }, body: { ...body, version: of.version } });
            }}
        >
            <Form.Item name="title" label={words.name} rules={[{ ...required, whitespace: true }, atMost(text, 120)]}>
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item name="organisationIds" label={words.inspected} rules={[required]}>
                <Select
                    mode="multiple"
                    optionFilterProp="label"
                    options={setting.organisations.map((each) => ({ value: each.id, label: each.name }))}
                />
            </Form.Item>
            <div className="pair">
                <Form.Item name="fromDay" label={words.from} rules={[required]}>
                    <FieldDay label={words.from} />
                </Form.Item>
                <Form.Item name="toDay" label={words.to} rules={[required]} extra={words.toHint}>
                    <FieldDay label={words.to} />
                </Form.Item>
            </div>
            <Form.Item name="scenarios" label={words.scenarios}>
                <Select
                    mode="multiple"
                    placeholder={words.allScenarios}
                    optionFilterProp="label"
                    options={SCENARIOS.map((each) => ({ value: each, label: scenarioWords(text, each) }))}
                />
            </Form.Item>
            <Form.Item name="byOrganisation" valuePropName="checked" style={{ marginBottom: 4 }}>
                <Checkbox>{words.byOrganisation}</Checkbox>
            </Form.Item>
            <Form.Item name="byScenario" valuePropName="checked">
                <Checkbox>{words.byScenario}</Checkbox>
            </Form.Item>
            <Form.Item name="take" label={words.take} rules={[required]}>
                <ShareInput label={words.take} />
            </Form.Item>
            <Form.Item
                name="reviewerIds"
                label={words.reviewers}
                extra={setting.reviewers.length === 0 ? words.noReviewers : words.reviewersHint}
            >
                <Select
                    mode="multiple"
                    optionFilterProp="label"
                    options={setting.reviewers.map((each) => ({ value: each.id, label: each.name }))}
                />
            </Form.Item>
            <Form.Item name="appealDays" label={words.appealDays} extra={words.appealDaysHint}>
                <InputNumber min={1} max={365} precision={0} />
            </Form.Item>
            <Form.Item name="publicValueIs" label={words.publicValueIs} extra={words.publicValueHint} rules={[atMost(text, 200)]}>
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item name="publicValueDay" label={words.publicValueFrom}>
                <FieldDay label={words.publicValueFrom} />
            </Form.Item>
            <SchemeField />
        </FormDrawer>
    );
}
