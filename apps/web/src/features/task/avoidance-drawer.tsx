import { Button, Drawer, Form, Input } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldPartyPick, FieldPersonPick } from '../../app/form-pick.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';

type Fields = { personId: string; partyId?: string; area?: string };

/** Who keeps away from whom in draws. */
export function AvoidanceDrawer({ onClose }: { onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const words = text.draw.avoidance;
    const [form] = Form.useForm<Fields>();
    const [ending, setEnding] = useState<string>();
    const { data, error } = useAsk('avoidance.list', {});
    const declare = useCommand('avoidance.declare', { onDone: () => form.resetFields() });
    const end = useCommand('avoidance.end', { onDone: () => setEnding(undefined) });
    const items = data?.items ?? [];
    return (
        <Drawer open size={560} title={words.title} onClose={onClose}>
            <p style={{ marginBottom: 12 }}>{words.sub}</p>
            <ErrorNote error={error} of="read" />
            {items.length === 0 ? (
                <p className="empty-small">{words.empty}</p>
            ) : (
                <ul className="people">
                    {items.map((each) => (
                        <li key={each.id}>
                            {each.person.name}
                            <span className="second">
                                {text.draw.avoidanceReasons[each.reason]}: {each.party?.name ?? each.area}
                            </span>
                            <Button type="link" size="small" onClick={() => setEnding(each.id)}>
                                {words.end}
                            </Button>
                        </li>
                    ))}
                </ul>
            )}
            <ErrorNote error={declare.error} of="command" onRetry={() => form.submit()} />
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                style={{ marginTop: 16 }}
                onFinish={({ personId, ...rest }) => declare.mutate({ body: { personId, ...omitEmpty(rest) } })}
            >
                <Form.Item name="personId" label={words.person} rules={[{ required: true, message: text.common.required }]}>
                    <FieldPersonPick label={words.person} />
                </Form.Item>
                <Form.Item name="partyId" label={words.party}>
                    <FieldPartyPick label={words.party} />
                </Form.Item>
                <Form.Item name="area" label={words.area} extra={words.areaHint} rules={[atMost(text, 60)]}>
                    <Input autoComplete="off" />
                </Form.Item>
                <Button htmlType="submit" disabled={declare.isPending}>
                    {words.new}
                </Button>
            </Form>
            {ending !== undefined && (
                <ReasonDialogue
                    title={words.end}
                    label={words.endReason}
                    error={end.error}
                    busy={end.isPending}
                    onClose={() => setEnding(undefined)}
                    onSubmit={(reason) => end.mutate({ params: { id: ending }, body: { reason } })}
                />
            )}
        </Drawer>
    );
}
