import { Button, Form, Input, InputNumber } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { useText } from '../../app/language.tsx';

/** The items of a scoring scheme: words, most points and weight are the unit's own. */
export function SchemeField() {
    const text = useText();
    const words = text.inspection;
    const required = { required: true, message: text.common.required };
    return (
        <Form.List name="scheme">
            {(fields, { add, remove }) => (
                <Form.Item label={words.scheme} extra={words.schemeOwn} className="wide">
                    {fields.map((field, index) => {
                        const named = (what: string) => `${what} ${index + 1}`;
                        return (
                            <div className="pick-row scheme-row" key={field.key}>
                                <Form.Item name={[field.name, 'words']} noStyle rules={[required, atMost(text, 120)]}>
                                    <Input aria-label={named(words.itemWords)} />
                                </Form.Item>
                                <Form.Item name={[field.name, 'most']} noStyle rules={[required]}>
                                    <InputNumber
                                        aria-label={named(words.most)}
                                        title={words.most}
                                        min={1}
                                        max={100}
                                        precision={0}
                                        style={{ width: 64 }}
                                    />
                                </Form.Item>
                                <Form.Item name={[field.name, 'weight']} noStyle rules={[required]}>
                                    <InputNumber
                                        aria-label={named(words.weight)}
                                        title={words.weight}
                                        min={1}
                                        max={100}
                                        precision={0}
                                        style={{ width: 64 }}
                                    />
                                </Form.Item>
                                <Button type="text" onClick={() => remove(field.name)} aria-label={named(words.removeItem)}>
                                    {words.removeItem}
                                </Button>
                            </div>
                        );
                    })}
                    <Button onClick={() => add({ words: '', most: 10, weight: 1 })}>{words.addItem}</Button>
                </Form.Item>
            )}
        </Form.List>
    );
}
