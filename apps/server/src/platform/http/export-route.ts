import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
    type Endpoint,
    EXPORT_COUNT_HEADER,
    EXPORT_PATH,
    EXPORTABLE,
    type ExportableList,
    endpoints,
    exportBody,
} from '@liuhen/contract';
import { bodyOf, DomainError } from '@liuhen/domain';
import type { FastifyInstance } from 'fastify';
import { runCommand } from '../command/command.ts';
import type { Services } from '../services.ts';
import { type BindOptions, type Call, commandContext, parsePart } from './bind.ts';

/** Rows are read in pages as large as a list gives them. */
const PAGE = 200;

type Page = { items: readonly unknown[]; next: string | null };
type Reader = (call: Call<Endpoint>) => Promise<Page>;

const isExportable = (list: string): list is ExportableList => (EXPORTABLE as readonly string[]).includes(list);

/**
 * A list as a whole. Its rows are read with the handler that answers the pages, so nobody gets a row here that they do not
 * see there. They wait in a file without a name until their number is in the log; only then the first byte goes out.
 */
export function exportRoute(app: FastifyInstance, services: Services, options: BindOptions): void {
    app.post<{ Params: { list: string } }>(EXPORT_PATH, async (request, reply) => {
        const { list } = request.params;
        if (!isExportable(list)) throw new DomainError('request.notFound');
        const definition: Endpoint = endpoints[list];
        const session = await options.sessionOf(request);
        await options.authorise(session, list, definition.permission, request);
        const body = exportBody.parse(parsePart(exportBody, request.body, 'body'));
        const command = commandContext({ kind: 'command' }, list, session, request);
        const params = parsePart(definition.params, body.params, 'params');
        const read = options.handlers[list] as unknown as Reader;
        const page = (cursor: string | undefined) =>
            read({
                params,
                query: parsePart(
                    definition.query,
                    { ...body.query, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) },
                    'query',
                ),
                ...{ body: undefined, session, command, requestId: request.id, request, reply },
            } as unknown as Call<Endpoint>);
        const rows = await keptRows(join(services.config.dataFolder, 'exports'), page, definition);
        try {
            await runCommand(services.commands, command, 'list.export', async () => ({
                result: null,
                events: [
                    {
                        kind: 'list.exported',
                        objects: [],
                        body: bodyOf({
                            list,
                            filter: { ...body.params, ...body.query },
                            columns: body.columns,
                            language: body.language,
                            count: rows.count,
                        }),
                    },
                ],
            }));
        } catch (error) {
            await rows.file.close();
            throw error;
        }
        return reply
            .header('cache-control', 'no-store')
            .header(EXPORT_COUNT_HEADER, String(rows.count))
            .type('application/x-ndjson')
            .send(rows.file.createReadStream({ start: 0, autoClose: true }));
    });
}

/** Writes all rows into a file that only this process can reach and that is gone with it. */
async function keptRows(folder: string, page: (cursor: string | undefined) => Promise<Page>, definition: Endpoint) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, randomUUID());
    const file = await open(path, 'wx+', 0o600);
    try {
        await rm(path);
        let count = 0;
        let cursor: string | undefined;
        do {
            const { items, next } = definition.response.parse(await page(cursor)) as Page;
            await file.appendFile(items.map((item) => `${JSON.stringify(item)}\n`).join(''));
            count += items.length;
            cursor = next ?? undefined;
        } while (cursor !== undefined);
        return { file, count };
    } catch (error) {
        await file.close();
        throw error;
    }
}
