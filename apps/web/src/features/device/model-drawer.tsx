import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    DEVICE_KINDS,
    type DeviceKind,
    FIGURE_SOURCES,
    type FigureSource,
    MODEL_FIGURE_KEYS,
    type ModelFigure,
    modelFigure,
} from '@liuhen/domain';
import { App, Form, Input, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useLanguage, useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useCommand } from '../../app/use-command.ts';

type Model = ResponseOf<Endpoints['device.model']>;
type Stated = { value?: string; source?: FigureSource; detail?: string };
type Fields = { kind: DeviceKind; name: string; maker?: string; figures?: Partial<Record<ModelFigure, Stated>> };
type Props = { model?: Model; name?: string; onClose: () => void; onCreated?: (id: string) => void };

/** What a model's maker and papers state, each figure with where it is from. What is left empty is not stated. */
export function ModelDrawer({ model, name, onClose, onCreated }: Props) {
    const text = useText();
    const { language } = useLanguage();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const save = useCommand('device.saveModel', {
        onDone: ({ id }) => {
            void message.success(text.model.saved);
            if (model === undefined) onCreated?.(id);
            else onClose();
        },
    });
    const required = { required: true, whitespace: true, message: text.common.required };
    const fields = (of: Model): Fields => ({
        kind: of.kind,
        name: of.name,
        maker: of.maker ?? '',
        figures: Object.fromEntries(
            of.figures.map(({ key, value, source, detail }) => [key, { value, source, detail: detail ?? '' }]),
        ),
    });
    return (
        <FormDrawer<Fields>
            title={model === undefined ? text.model.new : text.model.edit}
            form={form}
            of={
                model === undefined
                    ? { new: { kind: 'recorder', ...(name === undefined ? {} : { name }) } }
                    : { known: { id: model.id, version: model.version, fields: fields(model), words: [] } }
            }
            error={save.error}
            busy={save.isPending}
            onSubmit={({ kind, name: chosen, maker, figures = {} }, version) =>
                save.mutate({
                    body: {
                        kind,
                        name: chosen,
                        ...omitEmpty({ maker }),
                        ...(model === undefined || version === undefined ? {} : { id: model.id, version }),
                        figures: MODEL_FIGURE_KEYS.flatMap((key) => {
                            const { value = '', source = 'maker', detail = '' } = figures[key] ?? {};
                            if (value.trim() === '') return [];
                            return [{ key, value: value.trim(), source, detail: detail.trim() === '' ? null : detail.trim() }];
                        }),
                    },
                })
            }
            onClose={onClose}
        >
            <Form.Item className="wide" name="kind" label={text.model.kind} rules={[required]}>
                <Select options={DEVICE_KINDS.map((each) => ({ value: each, label: text.device.kinds[each] }))} />
            </Form.Item>
            <Form.Item name="name" label={text.model.name} rules={[required, atMost(text, 80)]}>
                <Input autoFocus autoComplete="off" />
            </Form.Item>
            <Form.Item name="maker" label={`${text.model.maker}${text.common.optional}`} rules={[atMost(text, 80)]}>
                <Input autoComplete="off" />
            </Form.Item>
            {MODEL_FIGURE_KEYS.map((key) => {
                const { zh, en, asked } = modelFigure(key);
                const label = language === 'en' ? en : zh;
                return (
                    <fieldset key={key} className="wide figure-fields">
                        <legend>
                            {label}{' '}
                            <span className="soft" lang="zh-CN">
                                {asked}
                            </span>
                        </legend>
                        <Form.Item name={['figures', key, 'value']} rules={[atMost(text, 120)]}>
                            <Input
                                autoComplete="off"
                                aria-label={`${label} ${text.model.value}`}
                                placeholder={text.model.value}
                            />
                        </Form.Item>
                        <Form.Item name={['figures', key, 'source']} noStyle>
                            <Select
                                aria-label={`${label} ${text.model.source}`}
                                placeholder={text.model.source}
                                options={FIGURE_SOURCES.map((each) => ({ value: each, label: text.model.sources[each] }))}
                            />
                        </Form.Item>
                        <Form.Item name={['figures', key, 'detail']} rules={[atMost(text, 200)]}>
                            <Input
                                autoComplete="off"
                                aria-label={`${label} ${text.model.detail}`}
                                placeholder={text.model.detail}
                            />
                        </Form.Item>
                    </fieldset>
                );
            })}
        </FormDrawer>
    );
}
