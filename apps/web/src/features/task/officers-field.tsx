import { fill } from '@liuhen/contract';
import { Button, Form } from 'antd';
import { FieldPersonPick } from '../../app/form-pick.tsx';
import { useText } from '../../app/language.tsx';

/** The officers of a task: two to begin with, as the law wants them. */
export function OfficersField({ label }: { label: string }) {
    const text = useText();
    return (
        <Form.List name="officers">
            {(fields, { add, remove }) => (
                <Form.Item label={label} extra={text.task.officersHint}>
                    {fields.map((field, index) => (
                        <div className="pick-row" key={field.key}>
                            <Form.Item name={[field.name, 'personId']} noStyle>
                                <FieldPersonPick label={fill(text.task.officer, { number: index + 1 })} />
                            </Form.Item>
                            <Button
                                type="text"
                                onClick={() => remove(field.name)}
                                aria-label={`${text.task.removeOfficer} ${index + 1}`}
                            >
                                {text.task.removeOfficer}
                            </Button>
                        </div>
                    ))}
                    <Button onClick={() => add({})}>{text.task.addOfficer}</Button>
                </Form.Item>
            )}
        </Form.List>
    );
}
