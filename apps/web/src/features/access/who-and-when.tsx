import { Form } from 'antd';
import { FieldDay } from '../../app/form-day.tsx';
import { FieldPersonPick } from '../../app/form-pick.tsx';
import { FieldTime } from '../../app/form-time.tsx';
import { useText } from '../../app/language.tsx';
import { dateOf } from '../../app/shanghai.ts';

type Props = { who: 'writtenById' | 'checkedById'; whoLabel: string; dayLabel: string; now: number };

/**
 * Who did something to a medium and when: a person, a day that is not after that of `now` (milliseconds), and a time.
 * The form calls the person `who`, the others `day` and `time`; all three must be given.
 */
export function WhoAndWhen({ who, whoLabel, dayLabel, now }: Props) {
    const text = useText();
    const required = { required: true, message: text.common.required };
    return (
        <>
            <Form.Item className="wide" name={who} label={whoLabel} rules={[required]}>
                <FieldPersonPick label={whoLabel} />
            </Form.Item>
            <Form.Item name="day" label={dayLabel} rules={[required]}>
                <FieldDay label={dayLabel} max={dateOf(now)} />
            </Form.Item>
            <Form.Item name="time" label={text.common.time} rules={[required]}>
                <FieldTime label={text.common.time} />
            </Form.Item>
        </>
    );
}
