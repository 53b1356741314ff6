import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { MANUAL_ORIGINS, type ManualOrigin, SCENARIO_OF_ORIGIN, type ScenarioKey } from '@liuhen/domain';
import { App, Form, Input, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FieldDay } from '../../app/form-day.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { FieldPartyPick } from '../../app/form-pick.tsx';
import { FieldPremises } from '../../app/form-premises.tsx';
import { useText } from '../../app/language.tsx';
import type { Known } from '../../app/merge-edits.ts';
import { omitEmpty } from '../../app/omit-empty.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Texts } from '../../text/index.ts';
import { useScenarios } from '../act/use-scenarios.ts';
import { OfficersField } from './officers-field.tsx';

type Task = ResponseOf<Endpoints['task.get']>;
type Fields = {
    origin: ManualOrigin;
    title: string;
    scenario?: ScenarioKey;
    partyId?: string | undefined;
    premisesId?: string | undefined;
    place?: string;
    dueDay: string;
    note?: string;
    officers?: { personId?: string }[];
    assistants?: { personId?: string }[];
};
export type TaskBeginning = Partial<Fields> & { complaintId?: string; afterActId?: string; afterDocumentId?: string };
type Props = {
    task?: Task;
    /** What a new one begins with, when it comes from somewhere. */
    from?: TaskBeginning;
    onClose: () => void;
    onCreated?: (id: string) => void;
};

/** Enters a task of our own, or changes one. */
export function TaskDrawer({ task, from = {}, onClose, onCreated }: Props) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const partyId = Form.useWatch('partyId', form);
    const scenarios = useScenarios();
    const create = useCommand('task.create', {
        onDone: ({ id }) => {
            void message.success(text.task.created);
            onClose();
            onCreated?.(id);
        },
    });
    const update = useCommand('task.update', {
        onDone: () => {
            void message.success(text.common.saved);
            onClose();
        },
    });
    const { complaintId, afterActId, afterDocumentId, ...beginning } = from;
    const submit = ({ origin, officers, assistants, title, dueDay, ...rest }: Fields, version: number | undefined) => {
        const body = {
            title,
            dueDay,
            ...omitEmpty({ ...rest, premisesId: rest.partyId === undefined ? undefined : rest.premisesId }),
        };
        if (task !== undefined && version !== undefined)
            return update.mutate({ params: { id: task.id }, body: { ...body, version } });
        const officerIds = (officers ?? []).flatMap((each) => each?.personId ?? []);
        const assistantIds = (assistants ?? []).flatMap((each) => each?.personId ?? []);
        create.mutate({
            body: {
                origin,
                ...body,
                ...omitEmpty({ complaintId, afterActId, afterDocumentId }),
                ...(officerIds.length === 0 ? {} : { officerIds }),
                ...(assistantIds.length === 0 ? {} : { assistantIds }),
            },
        });
    };
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <FormDrawer<Fields>
            title={task === undefined ? text.task.new : text.task.editTitle}
            form={form}
            of={
                task === undefined
                    ? { new: { origin: 'ownPlan', officers: [{}, {}], assistants: [], ...beginning } }
                    : { known: knownTask(task, text) }
            }
            error={create.error ?? update.error}
            busy={create.isPending || update.isPending}
            onSubmit={submit}
            onClose={onClose}
        >
            {task === undefined && (
                <Form.Item className="wide" name="origin" label={text.task.origin} rules={[required]}>
                    <Select
                        disabled={from.origin !== undefined}
                        options={MANUAL_ORIGINS.map((each) => ({ value: each, label: text.task.origins[each] }))}
                        onChange={(origin: ManualOrigin) => form.setFieldValue('scenario', SCENARIO_OF_ORIGIN[origin])}
                    />
                </Form.Item>
            )}
            <Form.Item className="wide" name="title" label={text.task.name} rules={[required, atMost(text, 120)]}>
                <Input autoFocus autoComplete="off" />
            </Form.Item>
            <Form.Item className="wide" name="partyId" label={text.task.party}>
                <FieldPartyPick label={text.task.party} />
            </Form.Item>
            <Form.Item className="wide" name="premisesId" label={text.task.premises} hidden={partyId === undefined}>
                <FieldPremises label={text.task.premises} partyId={partyId} />
            </Form.Item>
            <Form.Item
                className="wide"
                name="place"
                label={text.task.place}
                extra={text.task.placeHint}
                dependencies={['partyId']}
                rules={[...(partyId === undefined ? [required] : []), atMost(text, 200)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item name="dueDay" label={text.task.dueDay} rules={[required]}>
                <FieldDay label={text.task.dueDay} />
            </Form.Item>
            <Form.Item name="scenario" label={text.task.scenario}>
                <Select
                    allowClear
                    showSearch={{ optionFilterProp: 'label' }}
                    placeholder={text.common.choose}
                    options={[...scenarios]}
                />
            </Form.Item>
            <Form.Item
                className="wide"
                name="note"
                label={`${text.task.note}${text.common.optional}`}
                rules={[atMost(text, 500)]}
            >
                <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
            </Form.Item>
            {task === undefined && (
                <div className="wide">
                    <OfficersField label={`${text.task.officers}${text.common.optional}`} />
                    <OfficersField label={`${text.task.assistants}${text.common.optional}`} of="assistants" />
                </div>
            )}
        </FormDrawer>
    );
}

const knownTask = (task: Task, text: Texts): Known<Fields> => ({
    id: task.id,
    version: task.version,
    fields: {
        origin: 'ownPlan',
        title: task.title,
        scenario: task.scenario,
        ...omitEmpty({ partyId: task.party?.id, premisesId: task.premises?.id }),
        place: task.place ?? '',
        dueDay: task.dueDay,
        note: task.note ?? '',
    },
    words: [
        { name: 'title', label: text.task.name, value: task.title },
        { name: 'partyId', label: text.task.party, value: task.party?.name ?? null },
        { name: 'premisesId', label: text.task.premises, value: task.premises?.name ?? null },
        { name: 'place', label: text.task.place, value: task.place },
        { name: 'dueDay', label: text.task.dueDay, value: task.dueDay },
        { name: 'scenario', label: text.task.scenario, value: scenarioWords(text, task.scenario) },
        { name: 'note', label: text.task.note, value: task.note },
    ],
});
