import { TRAINING_RESULTS, type TrainingResult } from '@liuhen/domain';
import { App, Form, Input, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FieldDay } from '../../app/form-day.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { usePages } from '../../app/query.ts';
import { dateOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';

type Fields = { personIds: string[]; result: TrainingResult; testedDay?: string; score?: string };

/** Who attended: several at once with the same result. */
export function AttendDrawer({ trainingId, onClose }: { trainingId: string; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const result = Form.useWatch('result', form);
    const people = usePages('person.list', { limit: 200 });
    const attend = useCommand('training.attend', {
        onDone: () => {
            void message.success(text.training.recorded);
            onClose();
        },
    });
    const tested = result !== undefined && result !== 'notTested';
    return (
        <FormDrawer<Fields>
            title={text.training.attend}
            form={form}
            of={{ new: { personIds: [], result: 'notTested' } }}
            error={attend.error}
            busy={attend.isPending}
            onSubmit={({ personIds, result: chosen, ...rest }) =>
                attend.mutate({
                    params: { id: trainingId },
                    body: { personIds, result: chosen, ...omitEmpty(tested ? rest : {}) },
                })
            }
            onClose={onClose}
        >
            <Form.Item
                className="wide"
                name="personIds"
                label={text.training.people}
                rules={[{ required: true, type: 'array', min: 1, message: text.common.required }]}
            >
                <Select
                    mode="multiple"
                    showSearch={{ optionFilterProp: 'label' }}
                    onPopupScroll={() => {
                        if (people.hasNextPage && !people.isFetchingNextPage) void people.fetchNextPage();
                    }}
                    options={people.items.map(({ id, name, certificateNumber }) => ({
                        value: id,
                        label: [name, certificateNumber].filter((each) => each !== null).join(' · '),
                    }))}
                />
            </Form.Item>
            <Form.Item className="wide" name="result" label={text.training.result}>
                <Select options={TRAINING_RESULTS.map((value) => ({ value, label: text.training.results[value] }))} />
            </Form.Item>
            {tested && (
                <>
                    <Form.Item
                        name="testedDay"
                        label={text.training.testedDay}
                        rules={[{ required: true, message: text.common.required }]}
                    >
                        <FieldDay label={text.training.testedDay} max={dateOf(Date.now())} />
                    </Form.Item>
                    <Form.Item name="score" label={text.training.score + text.common.optional} rules={[atMost(text, 40)]}>
                        <Input />
                    </Form.Item>
                </>
            )}
        </FormDrawer>
    );
}
