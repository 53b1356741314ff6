import { App, Button } from 'antd';
import { useState } from 'react';
import { csvOf, download, downloadBlob } from './csv.ts';
import { asRequestError } from './error-words.ts';
import { type ExportSource, exportList } from './export-list.ts';
import { useFormat, useLanguage, useText } from './language.tsx';

type Props<T> = {
    name: string;
    columns: readonly { key: string; title: string; plain: (item: T) => string }[];
    /** What has been read already: all there is of a list that cannot be asked for as a whole. */
    items: readonly T[];
    source: ExportSource | undefined;
};

/** Everything that the filter matches, with the columns that are shown, as a table for spreadsheet programs. */
export function ExportButton<T>({ name, columns, items, source }: Props<T>) {
    const text = useText();
    const format = useFormat();
    const { language } = useLanguage();
    const { notification } = App.useApp();
    const [busy, setBusy] = useState(false);
    const all = async (from: ExportSource) => {
        setBusy(true);
        try {
            downloadBlob(`${name}.csv`, await exportList(from, columns, language));
        } catch (cause) {
            const { code, params, status } = asRequestError(cause);
            notification.error({
                title: text.common.exportFailed,
                description: status === 0 ? text.error.unreachable : format.error(code, params),
            });
        } finally {
            setBusy(false);
        }
    };
    const seen = () =>
        download(
            `${name}.csv`,
            csvOf([columns.map((column) => column.title), ...items.map((item) => columns.map((column) => column.plain(item)))]),
        );
    return (
        <Button
            type="text"
            size="small"
            disabled={busy}
            onClick={() => (source === undefined ? seen() : void all(source))}
            title={text.common.exportCsvTitle}
        >
            {busy ? text.common.exporting : text.common.exportCsv}
        </Button>
    );
}
