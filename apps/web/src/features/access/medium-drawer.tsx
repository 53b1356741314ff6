import { MEDIUM_KINDS, type MediumKind, MOST_COPIES, MOST_PIECES } from '@liuhen/domain';
import { App, Form, Input, InputNumber, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { dateOf, instantOf, timeOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Listed, MediaOf } from './medium-words.ts';
import { WhoAndWhen } from './who-and-when.tsx';

type Fields = {
    recordingIds: string[];
    kind: MediumKind;
    label: string;
    pieces: number;
    copies: number;
    writtenById: string;
    day: string;
    time: string;
    keptAt: string;
    note?: string;
};

/** Enters a medium that was written. Evidence that is on none yet is proposed. */
export function MediumDrawer({
    of,
    recordings,
    onClose,
}: {
    of: MediaOf;
    recordings: Listed['recordings'];
    onClose: () => void;
}) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const record = useCommand('medium.record', {
        onDone: () => {
            void message.success(text.common.done);
            onClose();
        },
    });
    const needed = { required: true, message: text.common.required };
    const required = { ...needed, whitespace: true };
    const now = Date.now();
    const ofPackage = 'retrievalId' in of;
    const proposed = recordings.filter(({ evidence, kept }) => evidence && !kept).map(({ id }) => id);
    return (
        <FormDrawer<Fields>
            title={text.medium.record}
            form={form}
            of={{ new: { recordingIds: proposed, kind: 'bd', pieces: 1, copies: 1, day: dateOf(now), time: timeOf(now) } }}
            error={record.error}
            busy={record.isPending}
            onSubmit={({ recordingIds, kind, label, pieces, copies, writtenById, day, time, keptAt, note = '' }) => {
                const writtenAt = instantOf(day, time);
                if (writtenAt === undefined) return;
                const what = { ...of, ...(ofPackage ? {} : { recordingIds }) };
                const words = { kind, label, pieces, copies, writtenById, writtenAt, keptAt, ...omitEmpty({ note }) };
                record.mutate({ body: { ...what, ...words } });
            }}
            onClose={onClose}
        >
            <p className="wide" style={{ marginBottom: 12 }}>
                {ofPackage ? text.medium.whatPackage : text.medium.what}
            </p>
            {!ofPackage && (
                <Form.Item
                    className="wide"
                    name="recordingIds"
                    label={text.medium.recordings}
                    rules={[{ ...needed, type: 'array', min: 1 }]}
                >
                    <Select
                        mode="multiple"
                        showSearch={{ optionFilterProp: 'label' }}
                        options={recordings.map(({ id, name }) => ({ value: id, label: name }))}
                    />
                </Form.Item>
            )}
            <Form.Item name="kind" label={text.medium.kind} rules={[needed]}>
                <Select options={MEDIUM_KINDS.map((value) => ({ value, label: text.medium.kinds[value] }))} />
            </Form.Item>
            <Form.Item name="label" label={text.medium.label} rules={[required, atMost(text, 100)]}>
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item name="pieces" label={text.medium.pieces} rules={[needed]}>
                <InputNumber min={1} max={MOST_PIECES} precision={0} />
            </Form.Item>
            <Form.Item name="copies" label={text.medium.copies} rules={[needed]}>
                <InputNumber min={1} max={MOST_COPIES} precision={0} />
            </Form.Item>
            <WhoAndWhen who="writtenById" whoLabel={text.medium.writtenBy} dayLabel={text.medium.writtenDay} now={now} />
            <Form.Item className="wide" name="keptAt" label={text.medium.keptAt} rules={[required, atMost(text, 200)]}>
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item
                className="wide"
                name="note"
                label={`${text.medium.note}${text.common.optional}`}
                rules={[atMost(text, 500)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
        </FormDrawer>
    );
}
