import { fill } from '@liuhen/contract';
import { calendarOf, changedDays, type Day, dayOf, type HolidayYear, yearOfDay } from '@liuhen/domain';
import { App, Form, Input, InputNumber } from 'antd';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { useCommand } from '../../app/use-command.ts';
import { readDays, writeDays } from './day-list.ts';
import { ReasonField, SourceField, StandingField } from './proposal-fields.tsx';
import { type CalendarYear, YearChanges } from './year-changes.tsx';

type Fields = {
    year: number;
    off: string;
    work?: string;
    source: string;
    standing: HolidayYear['standing'];
    reason: string;
};

type Props = {
    years: readonly CalendarYear[];
    /** The year to change; null: another one. */
    of: CalendarYear | null;
    onClose: () => void;
};

/** A proposed year of the holiday calendar; what it would change is said as it is typed. */
export function YearDrawer({ years, of, onClose }: Props) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const propose = useCommand('parameter.proposeYear', {
        onDone: () => {
            void message.success(text.parameter.saved);
            onClose();
        },
    });
    const typed = Form.useWatch([], form) as Partial<Fields> | undefined;
    const required = { required: true, message: text.common.required };
    const readable = {
        validator: async (_: unknown, lines: string | undefined) => {
            const read = readDays(lines ?? '', form.getFieldValue('year') as number);
            if ('bad' in read) throw new Error(fill(text.parameter.daysBad, { line: read.bad }));
        },
    };
    const changes = changesTyped(years, typed ?? {});
    const title =
        of === null
            ? text.parameter.proposeYear
            : fill(text.parameter.changeTitle, { name: fill(text.parameter.calendarYear, { year: of.year }) });
    return (
        <FormDrawer<Fields>
            title={title}
            form={form}
            of={{ new: fieldsOf(of, text.parameter.to) }}
            error={propose.error}
            busy={propose.isPending}
            onSubmit={({ off, work, ...rest }) =>
                propose.mutate({ body: { ...rest, off: daysIn(off, rest.year), work: daysIn(work, rest.year) } })
            }
            onClose={onClose}
        >
            <p className="wide second">{text.parameter.yearWhat}</p>
            <Form.Item className="wide" name="year" label={text.parameter.year} rules={[required]}>
                <InputNumber min={2000} max={2100} precision={0} disabled={of !== null} />
            </Form.Item>
            <Form.Item
                className="wide"
                name="off"
                label={text.parameter.off}
                extra={text.parameter.days}
                rules={[required, readable]}
            >
                <Input.TextArea autoSize={{ minRows: 5 }} />
            </Form.Item>
            <Form.Item className="wide" name="work" label={text.parameter.work} rules={[readable]}>
                <Input.TextArea autoSize={{ minRows: 3 }} />
            </Form.Item>
            {changes !== undefined && (
                <div className="wide" role="status">
                    <YearChanges changes={changes} />
                </div>
            )}
            <SourceField name="source" label={text.parameter.source} />
            <StandingField />
            <ReasonField />
        </FormDrawer>
    );
}

const daysIn = (typed: string | undefined, year: number): Day[] => {
    const read = readDays(typed ?? '', year);
    return 'days' in read ? read.days : [];
};

function fieldsOf(of: CalendarYear | null, to: string): Partial<Fields> {
    if (of === null) return { year: yearOfDay(dayOf(Date.now())) + 1 };
    const { year, inForce } = of;
    if (inForce === null) return { year };
    const { off, work, source, standing } = inForce;
    return { year, off: writeDays(off, to).join('\n'), work: writeDays(work, to).join('\n'), source, standing };
}

/** What the days typed would change of the year that counts; absent until some are typed that can be read. */
function changesTyped(years: readonly CalendarYear[], { year, off, work }: Partial<Fields>) {
    if ((year ?? null) === null || year === undefined || off === undefined) return undefined;
    const days = [off, work ?? ''].map((each) => readDays(each, year));
    if (off.trim() === '' || days.some((each) => 'bad' in each)) return undefined;
    const present = years.find((each) => each.year === year)?.inForce ?? null;
    const calendar = (of: Pick<HolidayYear, 'off' | 'work'>) =>
        calendarOf([{ year, off: of.off, work: of.work, source: '', standing: 'verify' }]);
    const after = calendar({ off: daysIn(off, year), work: daysIn(work, year) });
    return changedDays(present === null ? new Map() : calendar(present), after, year);
}
