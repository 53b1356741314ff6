import { fill } from '@liuhen/contract';
import { Form, type FormInstance, Segmented } from 'antd';
import { useFormat, useText } from './language.tsx';
import { type FieldChange, same } from './merge-edits.ts';
import { useAsk } from './query.ts';
import { useMay } from './session.ts';

type Loose = FormInstance<Record<string, unknown>>;
type Props = { objectId: string; changes: readonly FieldChange[]; form: Loose };

/**
 * Somebody else saved while this form was open: what they changed, field by field, with the choice whose value stays.
 * Nothing that was typed is gone.
 */
export function ChangedNote({ objectId, changes, form }: Props) {
    const text = useText();
    const values: Readonly<Record<string, unknown>> | undefined = Form.useWatch([], form);
    const title = useTitle(objectId);
    return (
        <div className="note note-act" role="alert">
            <strong>{title}</strong>
            <p>{changes.length === 0 ? text.changed.nothing : text.changed.what}</p>
            <ul className="changed">
                {changes.map((change) => (
                    <li key={change.name}>
                        <span className="wrap">
                            {change.label}
                            <span className="second">
                                {fill(text.changed.became, {
                                    was: change.was ?? text.changed.empty,
                                    became: change.became ?? text.changed.empty,
                                })}
                            </span>
                        </span>
                        <Segmented<'mine' | 'theirs'>
                            size="small"
                            aria-label={change.label}
                            value={same(values?.[change.name], change.theirs) ? 'theirs' : 'mine'}
                            onChange={(choice) => form.setFieldValue(change.name, change[choice])}
                            options={[
                                { value: 'mine', label: change.touched ? text.changed.keepMine : text.changed.keepOld },
                                { value: 'theirs', label: text.changed.takeTheirs },
                            ]}
                        />
                    </li>
                ))}
            </ul>
        </div>
    );
}

/** Who it was and when, where the log may be read. */
function useTitle(objectId: string): string {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const { data } = useAsk('ledger.list', { query: { objectId, limit: 1 } }, { enabled: may('ledger.view') });
    const last = data?.items[0];
    return last?.actor.name == null
        ? text.changed.title
        : fill(text.changed.titleBy, { name: last.actor.name, time: format.dateTime(last.at) });
}
