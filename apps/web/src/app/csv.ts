/**
 * One line of a table for spreadsheet programs (RFC 4180). A cell that a spreadsheet would take for a formula gets a
 * leading apostrophe: names come from outside, and `=HYPERLINK(…)` in one must stay text.
 */
const cell = (value: string): string => {
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const csvOf = (rows: readonly (readonly string[])[]): string =>
    rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** Rows are put together to texts of about this length, so that a long list is no long string. */
const PART = 200_000;

/** A table that is made row by row as the rows come. The byte order mark makes Excel read it as UTF-8. */
export function csvTable(titles: readonly string[]): { row(cells: readonly string[]): void; end(): Blob } {
    const parts: string[] = ['\uFEFF'];
    let part = csvOf([titles]);
    return {
        row(cells) {
            part += csvOf([cells]);
            if (part.length < PART) return;
            parts.push(part);
            part = '';
        },
        end: () => new Blob([...parts, part], { type: 'text/csv;charset=utf-8' }),
    };
}

/** Hands a text to the browser as a file; the byte order mark makes Excel read it as UTF-8. */
export const download = (name: string, content: string): void => downloadText(name, `\uFEFF${content}`, 'text/csv;charset=utf-8');

/** Hands a text to the browser as a file, byte by byte as it is. */
export const downloadText = (name: string, content: string, type: string): void =>
    downloadBlob(name, new Blob([content], { type }));

export function downloadBlob(name: string, content: Blob): void {
    const url = URL.createObjectURL(content);
    const link = document.createElement('a');
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
