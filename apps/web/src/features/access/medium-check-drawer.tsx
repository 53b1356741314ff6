import { fill } from '@liuhen/contract';
import { MEDIUM_RESULTS, type MediumResult } from '@liuhen/domain';
import { App, Form, Input, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { dateOf, instantOf, timeOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Medium } from './medium-words.ts';
import { WhoAndWhen } from './who-and-when.tsx';

type Props = { of: Medium; onClose: () => void };
type Fields = { copy: number; result: MediumResult; done?: string; checkedById: string; day: string; time: string };

/** What a check of one copy gave; damage says what was done. */
export function MediumCheckDrawer({ of, onClose }: Props) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const damaged = Form.useWatch('result', form) === 'damaged';
    const check = useCommand('medium.check', {
        onDone: () => {
            void message.success(text.common.done);
            onClose();
        },
    });
    const needed = { required: true, message: text.common.required };
    const required = { ...needed, whitespace: true };
    const now = Date.now();
    const copies = Array.from({ length: of.copies }, (_, index) => index + 1);
    return (
        <FormDrawer<Fields>
            title={text.medium.check}
            form={form}
            of={{ new: { copy: 1, day: dateOf(now), time: timeOf(now) } }}
            error={check.error}
            busy={check.isPending}
            onSubmit={({ copy, result, done = '', checkedById, day, time }) => {
                const checkedAt = instantOf(day, time);
                if (checkedAt === undefined) return;
                check.mutate({
                    params: { id: of.id },
                    body: { copy, result, checkedById, checkedAt, ...omitEmpty({ done }) },
                });
            }}
            onClose={onClose}
        >
            <Form.Item name="copy" label={text.medium.copy} rules={[needed]}>
                <Select options={copies.map((copy) => ({ value: copy, label: fill(text.medium.copyName, { copy }) }))} />
            </Form.Item>
            <Form.Item name="result" label={text.medium.result} rules={[needed]}>
                <Select options={MEDIUM_RESULTS.map((value) => ({ value, label: text.medium.results[value] }))} />
            </Form.Item>
            <Form.Item
                className="wide"
                name="done"
                label={damaged ? text.medium.done : `${text.medium.done}${text.common.optional}`}
                rules={[...(damaged ? [required] : []), atMost(text, 500)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
            <WhoAndWhen who="checkedById" whoLabel={text.medium.checkedBy} dayLabel={text.medium.checkedDay} now={now} />
        </FormDrawer>
    );
}

/** Notes that it is kept elsewhere now. */
export function MediumMoveDrawer({ of, onClose }: Props) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<{ keptAt: string; reason: string }>();
    const move = useCommand('medium.move', {
        onDone: () => {
            void message.success(text.common.done);
            onClose();
        },
    });
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <FormDrawer<{ keptAt: string; reason: string }>
            title={text.medium.move}
            form={form}
            of={{ new: { keptAt: of.keptAt } }}
            error={move.error}
            busy={move.isPending}
            onSubmit={(body) => move.mutate({ params: { id: of.id }, body })}
            onClose={onClose}
        >
            <Form.Item className="wide" name="keptAt" label={text.medium.keptAt} rules={[required, atMost(text, 200)]}>
                <Input autoFocus autoComplete="off" />
            </Form.Item>
            <Form.Item className="wide" name="reason" label={text.medium.moveReason} rules={[required, atMost(text, 200)]}>
                <Input autoComplete="off" />
            </Form.Item>
        </FormDrawer>
    );
}
