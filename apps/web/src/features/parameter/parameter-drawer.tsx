import { fill } from '@liuhen/contract';
import { addDays, dayOf, type ParameterDefinition, PERIOD_UNITS, type PeriodUnit, parameterDefinition } from '@liuhen/domain';
import { App, Form, Input, InputNumber, Radio, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { DayInput } from '../../app/day-input.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { useCommand } from '../../app/use-command.ts';
import { isPeriod, type ParameterItem, useParameterWords, type Value } from './parameter-words.ts';
import { ReasonField, SourceField, StandingField } from './proposal-fields.tsx';

type Fields = {
    /** Whether there is to be one, where it may be none. */
    some?: boolean;
    length?: number;
    unit?: PeriodUnit;
    figure?: number;
    yes?: boolean;
    words?: string;
    standing: 'verified' | 'verify' | 'own';
    basis: string;
    /** Whether it is to count from its approval on or from a day on. */
    when: 'approval' | 'day';
    from: string;
    reason: string;
};

/** A proposed change of one parameter: value, how sure, from when, why. */
export function ParameterDrawer({ item, onClose }: { item: ParameterItem; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const words = useParameterWords();
    const [form] = Form.useForm<Fields>();
    const definition = parameterDefinition(item.key);
    const change = useCommand('parameter.propose', {
        onDone: () => {
            void message.success(text.parameter.saved);
            onClose();
        },
    });
    const required = { required: true, message: text.common.required };
    const own = definition.standing === 'own';
    const mayBeNone = definition.mayBeNone === true;
    const some = Form.useWatch('some', form) ?? true;
    const when = Form.useWatch('when', form) ?? 'approval';
    return (
        <FormDrawer<Fields>
            title={fill(text.parameter.changeTitle, { name: words.nameOf(item.key) })}
            form={form}
            of={{
                new: {
                    some: item.value !== null || item.from === null,
                    ...fieldsOf(definition, item.value),
                    ...(own ? { standing: 'own' } : {}),
                    when: 'approval',
                    from: addDays(dayOf(Date.now()), 1),
                },
            }}
            error={change.error}
            busy={change.isPending}
            onSubmit={({ standing, basis, when, from, reason, ...fields }) => {
                const value = readValue(definition, fields);
                const fromDay = when === 'day' ? from : null;
                change.mutate({ body: { key: item.key, value, standing, basis, from: fromDay, reason } });
            }}
            onClose={onClose}
        >
            <p className="wide second">{text.parameter.changeWhat}</p>
            {definition.bound !== 'free' && <p className="wide second">{text.parameter[definition.bound]}</p>}
            {mayBeNone && (
                <Form.Item className="wide" name="some" label={text.parameter.whether}>
                    <Radio.Group
                        options={[
                            { value: true, label: text.parameter.some },
                            { value: false, label: words.valueWords(item.key, null, true) },
                        ]}
                    />
                </Form.Item>
            )}
            {some && <ValueFields definition={definition} writing={words.writingOf(item.key)} />}
            <StandingField hidden={own} />
            <SourceField name="basis" label={text.parameter.basis} />
            <Form.Item className="wide" name="when" label={text.parameter.when} rules={[required]}>
                <Radio.Group
                    options={(['approval', 'day'] as const).map((each) => ({
                        value: each,
                        label: text.parameter.whenNames[each],
                    }))}
                />
            </Form.Item>
            {when === 'day' && (
                <Form.Item
                    className="wide"
                    name="from"
                    label={text.parameter.from}
                    extra={text.parameter.fromHint}
                    rules={[required]}
                >
                    <FieldDay label={text.parameter.from} />
                </Form.Item>
            )}
            <ReasonField />
        </FormDrawer>
    );
}

/** A day inside a form of Ant Design, which hands in value and change. */
export const FieldDay = ({
    label,
    value,
    onChange,
    id,
}: {
    label: string;
    value?: string;
    onChange?: (next: string) => void;
    id?: string;
}) => <DayInput id={id} label={label} value={value ?? ''} onChange={(next) => onChange?.(next)} />;

function ValueFields({
    definition: { kind, bound, value },
    writing,
}: {
    definition: ParameterDefinition;
    writing: string | undefined;
}) {
    const text = useText();
    const rules = [{ required: true, message: text.common.required }];
    if (kind === 'period')
        return (
            <>
                <Form.Item name="length" label={text.parameter.length} rules={rules}>
                    <InputNumber min={1} max={8_760} precision={0} autoFocus />
                </Form.Item>
                <Form.Item name="unit" label={text.parameter.unit} rules={rules}>
                    <Select
                        disabled={bound !== 'free' && value !== null}
                        options={PERIOD_UNITS.map((unit) => ({ value: unit, label: text.parameter.unitNames[unit] }))}
                    />
                </Form.Item>
            </>
        );
    if (kind === 'yesNo')
        return (
            <Form.Item className="wide" name="yes" label={text.parameter.newValue} rules={rules}>
                <Radio.Group
                    options={[
                        { value: true, label: text.parameter.yes },
                        { value: false, label: text.parameter.no },
                    ]}
                />
            </Form.Item>
        );
    if (kind === 'line' || kind === 'lines')
        return (
            <Form.Item
                className="wide"
                name="words"
                label={text.parameter.newValue}
                rules={kind === 'line' ? [...rules, atMost(text, 200)] : []}
                extra={writing ?? (kind === 'lines' ? text.parameter.list : undefined)}
            >
                {kind === 'line' ? <Input autoComplete="off" /> : <Input.TextArea autoSize={{ minRows: 3 }} />}
            </Form.Item>
        );
    return (
        <Form.Item className="wide" name="figure" label={text.parameter.newValue} rules={rules}>
            <InputNumber
                min={0}
                precision={kind === 'money' ? 2 : 0}
                autoFocus
                {...(kind === 'money' ? { suffix: fill(text.parameter.yuan, { yuan: '' }) } : {})}
                {...(kind === 'percent' ? { suffix: '%' } : {})}
            />
        </Form.Item>
    );
}

function fieldsOf({ kind }: ParameterDefinition, value: Value | null): Partial<Fields> {
    if (value === null) return kind === 'period' ? { unit: 'workday' } : {};
    if (isPeriod(value)) return { length: value.length, unit: value.unit };
    if (Array.isArray(value)) return { words: value.join('\n') };
    if (typeof value === 'string') return { words: value };
    if (typeof value === 'boolean') return { yes: value };
    return { figure: kind === 'money' ? value / 100 : value };
}

function readValue(
    { kind, mayBeNone }: ParameterDefinition,
    { some, length, unit, figure, yes, words }: Partial<Fields>,
): Value | null {
    if (mayBeNone === true && some === false) return null;
    switch (kind) {
        case 'period':
            return { length: length ?? 0, unit: unit ?? 'workday' };
        case 'yesNo':
            return yes ?? false;
        case 'line':
            return words ?? '';
        case 'lines':
            return (words ?? '')
                .split('\n')
                .map((each) => each.trim())
                .filter((each) => each !== '');
        case 'money':
            return Math.round((figure ?? 0) * 100);
        case 'count':
        case 'percent':
            return figure ?? 0;
    }
}
