import { Checkbox, Form, Input } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FieldDay } from '../../app/form-day.tsx';
import { FieldPartyPick } from '../../app/form-pick.tsx';
import { useText } from '../../app/language.tsx';
import { dateOf, instantOf } from '../../app/shanghai.ts';

export type CaseFields = {
    title: string;
    partyId?: string;
    sourceNote?: string;
    summary?: string;
    breachDay?: string;
    graveHarm?: boolean;
};

/** What a case is about; the same when it is opened and when it is changed. */
export function CaseFieldSet() {
    const text = useText();
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <>
            <Form.Item
                className="wide"
                name="title"
                label={text.case.caseTitle}
                extra={text.case.caseTitleHint}
                rules={[required, atMost(text, 200)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item className="wide" name="partyId" label={`${text.case.party}${text.common.optional}`}>
                <FieldPartyPick label={text.case.party} />
            </Form.Item>
            <Form.Item
                className="wide"
                name="summary"
                label={`${text.case.summary}${text.common.optional}`}
                rules={[atMost(text, 4000)]}
            >
                <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} />
            </Form.Item>
            <Form.Item
                className="wide"
                name="sourceNote"
                label={`${text.case.sourceNote}${text.common.optional}`}
                rules={[atMost(text, 500)]}
            >
                <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} />
            </Form.Item>
            <Form.Item name="breachDay" label={`${text.case.breachAt}${text.common.optional}`} extra={text.case.breachHint}>
                <FieldDay label={text.case.breachAt} max={dateOf(Date.now())} />
            </Form.Item>
            <Form.Item className="wide" name="graveHarm" valuePropName="checked">
                <Checkbox>{text.case.graveHarm}</Checkbox>
            </Form.Item>
        </>
    );
}

/** Body of the fields; empty ones are left out. A day of breach counts from its beginning. */
export function caseBody({ title, partyId, sourceNote, summary, breachDay, graveHarm }: CaseFields) {
    const breachAt = breachDay === undefined || breachDay === '' ? undefined : instantOf(breachDay, '00:00');
    const filled = (words: string | undefined) => (words === undefined || words.trim() === '' ? undefined : words);
    const rest = { partyId, sourceNote: filled(sourceNote), summary: filled(summary), breachAt };
    return {
        title,
        graveHarm: graveHarm === true,
        ...(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as {
            [K in keyof typeof rest]?: Exclude<(typeof rest)[K], undefined>;
        }),
    };
}
