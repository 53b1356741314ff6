import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { downloadBlob } from './csv.ts';
import { asRequestError } from './error-words.ts';
import { EXPORT_FORMS, type ExportColumn, type ExportForm, type ExportSource, exportList, tableOf } from './export-list.ts';
import { useFormat, useLanguage, useText } from './language.tsx';

type Props<T, Item> = {
    name: string;
    columns: readonly ExportColumn<T>[];
    /** What has been read already: all there is of a list that cannot be asked for as a whole. */
    items: readonly T[];
    source: ExportSource | undefined;
    /** What is shown where it is not row by row what the list answers. */
    arrange?: (items: readonly Item[]) => readonly T[];
    /** Among the actions of a page; over a list the short word is enough. */
    label?: string;
};

const SMALL = { type: 'text', size: 'small' } as const;

/** Everything that the filter matches, with the columns that are shown, as a workbook or as plain CSV. */
export function ExportButton<T, Item = T>({ name, columns, items, source, arrange, label }: Props<T, Item>) {
    const text = useText();
    const format = useFormat();
    const { language } = useLanguage();
    const { notification } = App.useApp();
    const [busy, setBusy] = useState(false);
    const save = async (form: ExportForm) => {
        setBusy(true);
        try {
            const table =
                source === undefined ? tableOf(items, columns, form) : exportList(source, columns, language, form, arrange);
            downloadBlob(`${name}.${form}`, await table);
        } catch (cause) {
            notification.error({ title: text.common.exportFailed, description: words(cause) });
        } finally {
            setBusy(false);
        }
    };
    const words = (cause: unknown): string => {
        if (cause instanceof Error && 'what' in cause) return text.common.exportLimits[cause.what as 'rows' | 'characters'];
        const { code, params, status } = asRequestError(cause);
        return status === 0 ? text.error.unreachable : format.error(code, params);
    };
    return (
        <Dropdown
            trigger={['click']}
            disabled={busy}
            menu={{
                items: EXPORT_FORMS.map((form) => ({ key: form, label: text.common.exportForms[form] })),
                onClick: ({ key }) => void save(key as ExportForm),
            }}
        >
            <Button {...(label === undefined ? SMALL : {})} disabled={busy} title={text.common.exportTitle}>
                {busy ? text.common.exporting : (label ?? text.common.export)}
            </Button>
        </Dropdown>
    );
}
