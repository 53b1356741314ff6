import {
    COMMAND_ID_HEADER,
    EXPORT_COUNT_HEADER,
    EXPORT_PATH,
    type ExportableList,
    type ExportBody,
    type Language,
    RequestError,
    requestErrorOf,
} from '@liuhen/contract';
import { newCommandId } from './command-id.ts';
import { csvTable } from './csv.ts';

/** A list as it is asked for: what its export asks for, too. */
export type ExportSource = {
    readonly list: ExportableList;
    readonly params?: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, string | number | undefined>>;
};
export type ExportColumn<T> = {
    readonly key: string;
    readonly title: string;
    readonly number?: boolean | undefined;
    plain(item: T): string;
};

/** A workbook keeps long codes and is what offices work with; CSV is for other programs and has no limit. */
export const EXPORT_FORMS = ['xlsx', 'csv'] as const;
export type ExportForm = (typeof EXPORT_FORMS)[number];

/** The table of what has been read already. */
export async function tableOf<T>(items: Iterable<T>, columns: readonly ExportColumn<T>[], form: ExportForm): Promise<Blob> {
    const table = await tableFor(columns, form);
    for (const item of items) table.row(columns.map((column) => column.plain(item)));
    return table.end();
}

const tableFor = async (columns: readonly ExportColumn<never>[], form: ExportForm) =>
    form === 'csv'
        ? csvTable(columns.map(({ title }) => title))
        : // Of use to few visits: not among what every page loads.
          (await import('./xlsx.ts')).workbookOf(columns);

/**
 * Reads everything that the filter matches and makes the table of it, row by row as it comes, with the columns of the list.
 * An answer that breaks off gives no file: half a register looks like a whole one. `arrange` makes other rows of a short list once all of
 * it is there, such as those between its rows.
 */
export async function exportList<Row, Item = Row>(
    source: ExportSource,
    columns: readonly ExportColumn<Row>[],
    language: Language,
    form: ExportForm,
    arrange?: (items: readonly Item[]) => readonly Row[],
): Promise<Blob> {
    const { list, params, query } = source;
    const body: ExportBody = {
        ...(params === undefined ? {} : { params }),
        query: Object.fromEntries(
            Object.entries(query).filter((pair): pair is [string, string | number] => pair[1] !== undefined && pair[1] !== ''),
        ),
        columns: columns.map((column) => column.key),
        language,
    };
    const response = await fetch(EXPORT_PATH.replace(':list', list), {
        method: 'POST',
        headers: { 'content-type': 'application/json', [COMMAND_ID_HEADER]: newCommandId() },
        body: JSON.stringify(body),
    }).catch((cause: unknown) => {
        throw unavailable(cause);
    });
    if (!response.ok) throw await requestErrorOf(response);
    const table = await tableFor(columns, form);
    const add = (row: Row) => table.row(columns.map((column) => column.plain(row)));
    const items: Item[] = [];
    let count = 0;
    for await (const line of linesOf(response)) {
        const item: unknown = JSON.parse(line);
        if (arrange === undefined) add(item as Row);
        else items.push(item as Item);
        count += 1;
    }
    if (count !== Number(response.headers.get(EXPORT_COUNT_HEADER))) throw unavailable('cut off');
    for (const row of arrange?.(items) ?? []) add(row);
    return table.end();
}

const unavailable = (cause: unknown): RequestError =>
    new RequestError(0, { code: 'server.unavailable', params: {}, requestId: '' }, { cause });

async function* linesOf(response: Response): AsyncGenerator<string> {
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
        const { done, value } = (await reader?.read().catch((cause: unknown) => {
            throw unavailable(cause);
        })) ?? { done: true, value: undefined };
        rest += decoder.decode(value, { stream: !done });
        const lines = rest.split('\n');
        rest = lines.pop() ?? '';
        yield* lines;
        if (done) return;
    }
}
