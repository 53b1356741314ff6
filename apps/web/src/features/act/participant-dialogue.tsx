import { fill } from '@liuhen/contract';
import { isOwnPart, PARTS, type Part } from '@liuhen/domain';
import { App, Checkbox, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { PersonPick } from '../../app/pick-remote.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useCommand } from '../../app/use-command.ts';
import type { ActDetail } from './strip-chart-input.ts';

type Fields = { name?: string; agency?: string; relation?: string; idShown?: boolean; segmentIds: string[] };

/** One more who takes part: a person of ours, or somebody known by name. */
export function ParticipantDialogue({ act, onClose }: { act: ActDetail; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const [personId, setPersonId] = useState<string>();
    const [part, setPart] = useState<Part>('officer');
    const ours = isOwnPart(part);
    const add = useCommand('act.addParticipant', {
        onDone: () => {
            void message.success(text.common.done);
            onClose();
        },
    });
    const submit = ({ name, agency, relation, idShown, segmentIds }: Fields) => {
        const where = act.segments.length > 1 ? { segmentIds } : {};
        if (isOwnPart(part)) {
            if (personId !== undefined) add.mutate({ params: { id: act.id }, body: { part, personId, ...where } });
            return;
        }
        const more = {
            ...(given(agency) ? { agency } : {}),
            ...(given(relation) ? { relation } : {}),
            ...(idShown === undefined ? {} : { idShown }),
        };
        add.mutate({ params: { id: act.id }, body: { part, name: name ?? '', ...more, ...where } });
    };
    return (
        <Modal
            open
            title={text.act.participantAdd}
            onCancel={onClose}
            okText={text.common.save}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: (ours && personId === undefined) || add.isPending }}
        >
            <ErrorNote error={add.error} of="command" onRetry={() => form.submit()} />
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ segmentIds: act.segments.map((each) => each.id) }}
                onFinish={submit}
            >
                {/* Who before what, as the hand goes. */}
                {ours && (
                    <Form.Item label={text.act.person}>
                        <PersonPick
                            label={text.act.person}
                            className="whole"
                            value={personId}
                            onChange={setPersonId}
                            exclude={act.participants.flatMap((each) => each.person?.id ?? [])}
                        />
                    </Form.Item>
                )}
                <Form.Item label={text.act.partOf} extra={ours ? text.act.twoOfficers : text.actPart.people.notOurs}>
                    <Select
                        aria-label={text.act.partOf}
                        value={part}
                        onChange={setPart}
                        options={PARTS.map((each) => ({ value: each, label: text.act.parts[each] }))}
                    />
                </Form.Item>
                {!ours && <NamedFields part={part} />}
                {act.segments.length > 1 && <SegmentsField act={act} />}
            </Form>
        </Modal>
    );
}

const given = (words: string | undefined): boolean => words !== undefined && words.trim() !== '';

function NamedFields({ part }: { part: Part }) {
    const text = useText();
    const words = text.actPart.people;
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <>
            <Form.Item name="name" label={words.name} rules={[required, atMost(text, 60)]}>
                <Input autoComplete="off" />
            </Form.Item>
            {part === 'otherAgency' && (
                <Form.Item name="agency" label={words.agency} rules={[required, atMost(text, 100)]}>
                    <Input autoComplete="off" />
                </Form.Item>
            )}
            {part === 'partyPerson' && (
                <>
                    <Form.Item name="relation" label={words.relation} extra={words.relationHint} rules={[atMost(text, 60)]}>
                        <Input autoComplete="off" />
                    </Form.Item>
                    <Form.Item name="idShown" valuePropName="checked">
                        <Checkbox>{words.idShown}</Checkbox>
                    </Form.Item>
                </>
            )}
        </>
    );
}

function SegmentsField({ act }: { act: ActDetail }) {
    const text = useText();
    return (
        <Form.Item name="segmentIds" label={text.actPart.segment.title}>
            <Checkbox.Group
                className="stack"
                options={act.segments.map((segment, index) => ({
                    value: segment.id,
                    label: `${fill(text.actPart.segment.number, { number: index + 1 })} ${scenarioWords(text, segment.scenario)} · ${segment.place}`,
                }))}
            />
        </Form.Item>
    );
}
