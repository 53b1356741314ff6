import { Button, Drawer, Form, type FormInstance } from 'antd';
import { type ReactNode, useState } from 'react';
import { ChangedNote } from './changed-note.tsx';
import { ErrorNote } from './error-note.tsx';
import { useText } from './language.tsx';
import type { Known } from './merge-edits.ts';
import { refreshAll } from './query.ts';
import { useReturnFocus } from './return-focus.ts';
import { useEdits } from './use-edits.ts';

type Props<F extends object> = {
    title: string;
    form: FormInstance<F>;
    /** What a new thing begins with, or the existing one as the page knows it. */
    of: { new: Partial<F> } | { known: Known<F> };
    error: unknown;
    busy: boolean;
    /** `version` is the one that was read, for an existing thing. */
    onSubmit: (fields: F, version: number | undefined) => void;
    onClose: () => void;
    children: ReactNode;
};

/** The form of a thing beside the page it belongs to; whole width on a phone. */
export function FormDrawer<F extends object>({ title, form, of, error, busy, onSubmit, onClose, children }: Props<F>) {
    useReturnFocus();
    const text = useText();
    const known = 'known' in of ? of.known : undefined;
    // Later readings of the page are merged in by `useEdits`, never by beginning anew.
    const [initial] = useState('known' in of ? of.known.fields : of.new);
    const edits = useEdits(form, known, error);
    return (
        <Drawer
            open
            size={560}
            title={title}
            onClose={onClose}
            footer={
                <div className="form-foot">
                    <Button type="primary" onClick={() => form.submit()} disabled={busy}>
                        {busy ? text.common.saving : text.common.save}
                    </Button>
                    <Button onClick={onClose}>{text.common.cancel}</Button>
                </div>
            }
        >
            <ErrorNote error={edits.error} of="command" onRetry={() => form.submit()} onReload={() => void refreshAll()} />
            {known !== undefined && edits.changes !== undefined && (
                <ChangedNote
                    objectId={known.id}
                    changes={edits.changes}
                    form={form as unknown as FormInstance<Record<string, unknown>>}
                />
            )}
            <Form<F>
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={initial}
                scrollToFirstError={{ focus: true }}
                onFinish={(fields) => onSubmit(fields, edits.version)}
            >
                <div className="fields">{children}</div>
                <button type="submit" hidden />
            </Form>
        </Drawer>
    );
}
