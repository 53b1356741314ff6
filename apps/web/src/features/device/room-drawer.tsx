import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { ROOM_KINDS, type RoomKind } from '@liuhen/domain';
import { App, Form, Input, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useCommand } from '../../app/use-command.ts';

type Room = ResponseOf<Endpoints['device.room']>;
type Fields = { kind: RoomKind; name: string; place?: string };

/** Registers a recording room or changes one (正文二(二)3). */
export function RoomDrawer({ room, onClose, onCreated }: { room?: Room; onClose: () => void; onCreated?: (id: string) => void }) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const save = useCommand('device.saveRoom', {
        onDone: ({ id }) => {
            void message.success(text.room.saved);
            if (room === undefined) onCreated?.(id);
            else onClose();
        },
    });
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <FormDrawer<Fields>
            title={room === undefined ? text.room.new : text.room.edit}
            form={form}
            of={
                room === undefined
                    ? { new: { kind: 'interview' } }
                    : {
                          known: {
                              id: room.id,
                              version: room.version,
                              fields: { kind: room.kind, name: room.name, place: room.place ?? '' },
                              words: [
                                  { name: 'kind', label: text.room.kind, value: text.room.kinds[room.kind] },
                                  { name: 'name', label: text.room.name, value: room.name },
                                  { name: 'place', label: text.room.place, value: room.place },
                              ],
                          },
                      }
            }
            error={save.error}
            busy={save.isPending}
            onSubmit={({ kind, name, place }, version) =>
                save.mutate({
                    body: {
                        kind,
                        name,
                        ...omitEmpty({ place }),
                        ...(room === undefined || version === undefined ? {} : { id: room.id, version }),
                    },
                })
            }
            onClose={onClose}
        >
            <Form.Item className="wide" name="kind" label={text.room.kind} rules={[required]}>
                <Select options={ROOM_KINDS.map((each) => ({ value: each, label: text.room.kinds[each] }))} />
            </Form.Item>
            <Form.Item className="wide" name="name" label={text.room.name} rules={[required, atMost(text, 60)]}>
                <Input autoFocus autoComplete="off" />
            </Form.Item>
            <Form.Item
                className="wide"
                name="place"
                label={`${text.room.place}${text.common.optional}`}
                rules={[atMost(text, 100)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
        </FormDrawer>
    );
}
