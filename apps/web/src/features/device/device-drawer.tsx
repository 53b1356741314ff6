import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { DEVICE_KINDS, type DeviceKind } from '@liuhen/domain';
import { App, AutoComplete, Form, Input, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import type { Known } from '../../app/merge-edits.ts';
import { omitEmpty } from '../../app/omit-empty.ts';
import { usePages } from '../../app/query.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Texts } from '../../text/index.ts';

type Fields = { kind: DeviceKind; number: string; model?: string; serial?: string; room?: string };
type Device = ResponseOf<Endpoints['device.get']>;
type Props = { device?: Device; onClose: () => void; onCreated?: (id: string) => void };

/** Registers a device or changes one. */
export function DeviceDrawer({ device, onClose, onCreated }: Props) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const kind = Form.useWatch('kind', form);
    // What is stated of a model is found by its name: one way of writing it.
    const models = usePages('device.models', { kind: kind ?? 'recorder' });
    const create = useCommand('device.create', {
        onDone: ({ id }) => {
            void message.success(text.device.created);
            onCreated?.(id);
        },
    });
    const update = useCommand('device.update', {
        onDone: () => {
            void message.success(text.common.saved);
            onClose();
        },
    });
    const submit = ({ kind: chosen, number, ...rest }: Fields, version: number | undefined) => {
        const body = { kind: chosen, number, ...omitEmpty({ ...rest, room: chosen === 'roomCamera' ? rest.room : undefined }) };
        if (device === undefined || version === undefined) create.mutate({ body });
        else update.mutate({ params: { id: device.id }, body: { ...body, version } });
    };
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <FormDrawer<Fields>
            title={device === undefined ? text.device.new : text.device.editTitle}
            form={form}
            of={device === undefined ? { new: { kind: 'recorder' } } : { known: knownDevice(device, text) }}
            error={create.error ?? update.error}
            busy={create.isPending || update.isPending}
            onSubmit={submit}
            onClose={onClose}
        >
            <Form.Item className="wide" name="kind" label={text.device.kind} rules={[required]}>
                <Select options={DEVICE_KINDS.map((each) => ({ value: each, label: text.device.kinds[each] }))} />
            </Form.Item>
            <Form.Item
                className="wide"
                name="number"
                label={text.device.number}
                extra={text.device.numberHint}
                rules={[
                    required,
                    { pattern: /^\s*[0-9A-Za-z][0-9A-Za-z-]{1,29}\s*$/, message: text.device.numberHint },
                    atMost(text, 30),
                ]}
            >
                <Input autoFocus autoComplete="off" spellCheck={false} />
            </Form.Item>
            <Form.Item name="model" label={text.device.model} extra={text.device.modelHint} rules={[atMost(text, 80)]}>
                <AutoComplete
                    options={models.items.map(({ name }) => ({ value: name }))}
                    showSearch={{
                        filterOption: (typed, option) => (option?.value ?? '').toLowerCase().includes(typed.toLowerCase()),
                    }}
                />
            </Form.Item>
            <Form.Item name="serial" label={text.device.serial} rules={[atMost(text, 80)]}>
                <Input autoComplete="off" spellCheck={false} />
            </Form.Item>
            {kind === 'roomCamera' && (
                <Form.Item className="wide" name="room" label={text.device.room} rules={[atMost(text, 60)]}>
                    <Input autoComplete="off" />
                </Form.Item>
            )}
        </FormDrawer>
    );
}

const knownDevice = (device: Device, text: Texts): Known<Fields> => ({
    id: device.id,
    version: device.version,
    fields: {
        kind: device.kind,
        number: device.number,
        model: device.model ?? '',
        serial: device.serial ?? '',
        room: device.room ?? '',
    },
    words: [
        { name: 'kind', label: text.device.kind, value: text.device.kinds[device.kind] },
        { name: 'number', label: text.device.number, value: device.number },
        { name: 'model', label: text.device.model, value: device.model },
        { name: 'serial', label: text.device.serial, value: device.serial },
        { name: 'room', label: text.device.room, value: device.room },
    ],
});
