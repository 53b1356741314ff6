import { Form, Input } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { useText } from '../../app/language.tsx';

export const IDENTITY_FIELDS = ['name', 'phone', 'idNumber', 'address', 'other'] as const;
export type IdentityValues = Partial<Record<(typeof IDENTITY_FIELDS)[number], string | undefined>>;

const MOST = { name: 60, phone: 40, idNumber: 40, address: 200, other: 300 } as const;

/** Who complained. The browser is told to remember nothing of it. */
export function IdentityFields({ under }: { under?: string }) {
    const text = useText();
    const words = text.complaint.identityFields;
    return (
        <div className="fields">
            {IDENTITY_FIELDS.map((each) => (
                <Form.Item
                    key={each}
                    className={each === 'address' || each === 'other' ? 'wide' : ''}
                    name={under === undefined ? each : [under, each]}
                    label={words[each]}
                    rules={[atMost(text, MOST[each])]}
                >
                    <Input autoComplete="off" data-1p-ignore spellCheck={false} />
                </Form.Item>
            ))}
        </div>
    );
}
