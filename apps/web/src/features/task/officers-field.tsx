import { fill } from '@liuhen/contract';
import { Button, Form } from 'antd';
import { FieldPersonPick } from '../../app/form-pick.tsx';
import { useText } from '../../app/language.tsx';

type Props = { label: string; of?: 'officers' | 'assistants' };

/** The officers of a task: two to begin with, as the law wants them; or the assistants who go along. */
export function OfficersField({ label, of = 'officers' }: Props) {
    const text = useText();
    const words = of === 'officers' ? text.task.officer : text.task.assistant;
    return (
        <Form.List name={of}>
            {(fields, { add, remove }) => (
                <Form.Item label={label} extra={of === 'officers' ? text.task.officersHint : text.task.assistantsHint}>
                    {fields.map((field, index) => (
                        <div className="pick-row" key={field.key}>
                            <Form.Item name={[field.name, 'personId']} noStyle>
                                <FieldPersonPick label={fill(words, { number: index + 1 })} />
                            </Form.Item>
                            <Button
                                type="text"
                                onClick={() => remove(field.name)}
                                aria-label={`${text.task.removeOfficer} ${fill(words, { number: index + 1 })}`}
                            >
                                {text.task.removeOfficer}
                            </Button>
                        </div>
                    ))}
                    <Button onClick={() => add({})}>{of === 'officers' ? text.task.addOfficer : text.task.addAssistant}</Button>
                </Form.Item>
            )}
        </Form.List>
    );
}
