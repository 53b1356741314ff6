import { Button, Drawer, Form, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { ErrorNote } from './error-note.tsx';
import { useText } from './language.tsx';
import { refreshAll } from './query.ts';
import { useReturnFocus } from './return-focus.ts';

type Props<F extends object> = {
    title: string;
    form: FormInstance<F>;
    initial: Partial<F>;
    error: unknown;
    busy: boolean;
    onSubmit: (fields: F) => void;
    onClose: () => void;
    children: ReactNode;
};

/** The form of a thing beside the page it belongs to; whole width on a phone. */
export function FormDrawer<F extends object>({ title, form, initial, error, busy, onSubmit, onClose, children }: Props<F>) {
    useReturnFocus();
    const text = useText();
    return (
        <Drawer
            open
            size={520}
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
            <ErrorNote
                error={error}
                of="command"
                onRetry={() => form.submit()}
                onReload={() => {
                    void refreshAll();
                    onClose();
                }}
            />
            <Form<F>
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={initial}
                scrollToFirstError={{ focus: true }}
                onFinish={onSubmit}
            >
                <div className="fields">{children}</div>
                <button type="submit" hidden />
            </Form>
        </Drawer>
    );
}
