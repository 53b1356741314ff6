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
import { csvOf } from './csv.ts';

/** A list as it is asked for: what its export asks for, too. */
export type ExportSource = {
    readonly list: ExportableList;
    readonly params?: Readonly<Record<string, string>>;
    readonly query: Readonly<Record<string, string | number | undefined>>;
};
type ExportColumn<T> = { readonly key: string; readonly title: string; plain(item: T): string };

/** Rows are put together to texts of about this length, so that a long list is no long string. */
const PART = 200_000;

/**
 * Reads everything that the filter matches and makes the table of it, row by row as it comes, with the columns of the list.
 * An answer that breaks off gives no file: half a register looks like a whole one.
 */
export async function exportList<T>(
    source: ExportSource,
    columns: readonly ExportColumn<T>[],
    language: Language,
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
    // The byte order mark makes Excel read it as UTF-8.
    const parts: string[] = ['\uFEFF'];
    let part = csvOf([columns.map((column) => column.title)]);
    let count = 0;
    for await (const line of linesOf(response)) {
        const item = JSON.parse(line) as T;
        part += csvOf([columns.map((column) => column.plain(item))]);
        count += 1;
        if (part.length < PART) continue;
        parts.push(part);
        part = '';
    }
    if (count !== Number(response.headers.get(EXPORT_COUNT_HEADER))) throw unavailable('cut off');
    return new Blob([...parts, part], { type: 'text/csv;charset=utf-8' });
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
