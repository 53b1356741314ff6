import { DOCUMENT_TYPE_IDS, type DocumentType, documentTypeFacts, isNumbered, MOST_IN_BLOCK } from '@liuhen/domain';
import { Form, Input, InputNumber, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { useCommand } from '../../app/use-command.ts';
import { CategoryPick } from './category-pick.tsx';
import { nameTerminal, terminalName } from './terminal.ts';

type Fields = { type: DocumentType; category?: string; count: number; terminal: string };

/** Documents of the scene come first: they are the ones that need a number without network. */
const TYPES = DOCUMENT_TYPE_IDS.filter(isNumbered).toSorted(
    (a, b) => Number(documentTypeFacts(b).flow === 'scene') - Number(documentTypeFacts(a).flow === 'scene'),
);

/** Takes the next numbers of a register along on this terminal. */
export function BlockDrawer({ onClose }: { onClose: () => void }) {
    const text = useText();
    const [form] = Form.useForm<Fields>();
    const type = Form.useWatch('type', form);
    const reserve = useCommand('document.reserveNumbers', { onDone: onClose });
    const required = [{ required: true, message: text.common.required }];
    return (
        <FormDrawer<Fields>
            title={text.documentRegisters.reserve}
            form={form}
            of={{ new: { count: 10, terminal: terminalName() } }}
            error={reserve.error}
            busy={reserve.isPending}
            onClose={onClose}
            onSubmit={({ category, ...fields }) => {
                nameTerminal(fields.terminal.trim());
                reserve.mutate({ body: { ...fields, ...(category === undefined ? {} : { category }) } });
            }}
        >
            <p className="step-what">{text.documentRegisters.reserveWhat}</p>
            <Form.Item name="type" label={text.document.type} rules={required}>
                <Select
                    showSearch={{ optionFilterProp: 'label' }}
                    options={TYPES.map((value) => ({ value, label: documentTypeFacts(value).zh }))}
                />
            </Form.Item>
            {type !== undefined && documentTypeFacts(type).numbering === 'docNumber' && (
                <Form.Item name="category" label={text.documentFields.category} rules={required}>
                    <CategoryPick />
                </Form.Item>
            )}
            <Form.Item name="count" label={text.documentRegisters.count} rules={required}>
                <InputNumber min={1} max={MOST_IN_BLOCK} precision={0} />
            </Form.Item>
            <Form.Item
                name="terminal"
                label={text.documentRegisters.terminal}
                extra={text.documentRegisters.terminalWhat}
                rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 60)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
        </FormDrawer>
    );
}
