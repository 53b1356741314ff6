import { Form, Input, Radio } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { useText } from '../../app/language.tsx';

/** Whether what is proposed was checked against its source; hidden where it is the unit's own. */
export function StandingField({ hidden = false }: { hidden?: boolean }) {
    const text = useText();
    return (
        <Form.Item
            className="wide"
            name="standing"
            label={text.parameter.standing}
            rules={[{ required: true, message: text.common.required }]}
            hidden={hidden}
        >
            <Radio.Group
                options={(['verified', 'verify'] as const).map((each) => ({
                    value: each,
                    label: text.parameter.standings[each],
                }))}
            />
        </Form.Item>
    );
}

/** What it rests on: the source of a year, the basis of a parameter. */
export function SourceField({ name, label }: { name: 'source' | 'basis'; label: string }) {
    const text = useText();
    const required = { required: true, message: text.common.required, whitespace: true };
    return (
        <Form.Item className="wide" name={name} label={label} rules={[required, atMost(text, 300)]}>
            <Input autoComplete="off" />
        </Form.Item>
    );
}

/** Why it is proposed, for whoever approves it. */
export function ReasonField() {
    const text = useText();
    const required = { required: true, message: text.common.required, whitespace: true };
    return (
        <Form.Item className="wide" name="reason" label={text.parameter.reason} rules={[required, atMost(text, 500)]}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
    );
}
