import { OWN_PARTS } from '@liuhen/domain';
import { Button, Form, Select } from 'antd';
import { FieldPersonPick } from '../../app/form-pick.tsx';
import { useText } from '../../app/language.tsx';
import type { PartRow } from './act-form.tsx';

/** Who takes part; starts with the two officers that on-site acts need. */
export function ParticipantsField() {
    const text = useText();
    return (
        <Form.List
            name="participants"
            rules={[
                {
                    validator: (_, rows: PartRow[] | undefined) =>
                        rows?.some((row) => row?.personId !== undefined) === true
                            ? Promise.resolve()
                            : Promise.reject(new Error(text.common.required)),
                },
            ]}
        >
            {(fields, { add, remove }, { errors }) => (
                <>
                    {fields.map((field, index) => (
                        <div className="part-row" key={field.key}>
                            <Form.Item name={[field.name, 'personId']} noStyle>
                                <FieldPersonPick label={`${text.act.person} ${index + 1}`} />
                            </Form.Item>
                            <Form.Item name={[field.name, 'part']} noStyle>
                                <Select
                                    aria-label={`${text.act.partOf} ${index + 1}`}
                                    options={OWN_PARTS.map((part) => ({ value: part, label: text.act.parts[part] }))}
                                />
                            </Form.Item>
                            <Button
                                type="text"
                                onClick={() => remove(field.name)}
                                aria-label={`${text.act.participantRemove} ${index + 1}`}
                            >
                                {text.act.participantRemove}
                            </Button>
                        </div>
                    ))}
                    <Form.ErrorList errors={errors} />
                    <Button onClick={() => add({ part: fields.length < 2 ? 'officer' : 'assistant' })}>
                        {text.act.participantAdd}
                    </Button>
                </>
            )}
        </Form.List>
    );
}
