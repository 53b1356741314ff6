import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import { bodyOf, DomainError, type DomainEvent, dayOf, decideStatedTimes, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { linkedObjects, linksOf } from './document.commands.ts';
import { type DocumentRow, insertDocument, insertStep } from './document.store.ts';
import { documentTableOf, type ReadRow, readRows } from './document-import.queries.ts';
import { templateVersionFor } from './document-templates.ts';

type Import = BodyOf<Endpoints['document.import']>;

/** A document made in another system comes in whole; its file follows as a scan with the role `imported`. */
export const importDocument = (
    services: Services,
    context: CommandContext,
    body: Import,
): Promise<ResponseOf<Endpoints['document.import']>> =>
    runCommand(services.commands, context, 'document.import', async (tx) => {
        const row = await takeIn(tx, body);
        return { result: { id: row.id, version: row.version }, events: [importedEvent(row, body)] };
    });

type Taken = { readonly item: { readonly place: number; readonly id: Id }; readonly event: DomainEvent };

/** The chosen rows of a list, in one transaction: a row that changed since its preview takes none of them in. */
export async function importMany(
    services: Services,
    context: CommandContext,
    { content, fileName, from, places }: BodyOf<Endpoints['document.importMany']>,
): Promise<ResponseOf<Endpoints['document.importMany']>> {
    const table = await documentTableOf(content);
    return runCommand(services.commands, context, 'document.importMany', async (tx) => {
        const reader = { orgId: tx.orgId, personId: tx.actor, now: tx.now };
        const rows = await readRows(tx.read, reader, table.rows, from);
        const takeRow = async (place: number): Promise<Taken> => {
            const body = importOf(rows[place - 1], place);
            const row = await takeIn(tx, body);
            return { item: { place, id: row.id }, event: importedEvent(row, body, { list: fileName, place }) };
        };
        const [first, ...others] = [...new Set(places)].sort((a, b) => a - b);
        if (first === undefined) throw new DomainError('document.importRowFaulty', { place: 0 });
        const taken: [Taken, ...Taken[]] = [await takeRow(first)];
        for (const place of others) taken.push(await takeRow(place));
        const [{ event }, ...rest] = taken;
        return { result: { items: taken.map(({ item }) => item) }, events: [event, ...rest.map((each) => each.event)] };
    });
}

function importOf(row: ReadRow | undefined, place: number): Import {
    if (row === undefined || row.faults.length > 0 || row.known !== null)
        throw new DomainError('document.importRowFaulty', { place });
    const { type, title, number, date, from, signers } = row.read;
    if (type === null || date === null || from === null) throw new DomainError('document.importRowFaulty', { place });
    return {
        ...{ type, title, date, from },
        ...(number === null ? {} : { number }),
        ...(signers === null ? {} : { signers }),
        ...(row.party === null ? {} : { partyId: row.party.id }),
        ...(row.act === null ? {} : { actId: row.act.id }),
        ...(row.case === null ? {} : { caseId: row.case.id }),
    };
}

async function takeIn(tx: Tx, body: Import): Promise<DocumentRow> {
    if (body.date > dayOf(tx.now)) throw new DomainError('document.dateInFuture');
    const times = { startedAt: body.startedAt ?? null, endedAt: body.endedAt ?? null };
    decideStatedTimes({ ...times, madeAt: tx.now }, tx.now);
    const row = await insertDocument(tx, {
        id: tx.newId(),
        type: body.type,
        template_version: templateVersionFor(body.type, tx.now),
        origin: 'imported',
        state: 'imported',
        ...(await linksOf(tx, body)),
        title: body.title,
        number: body.number ?? null,
        content: '{}',
        revision: 1,
        author_id: tx.actor,
        writer_ids: [tx.actor],
        made_at: tx.now,
        entered_at: tx.now,
        saved_at: tx.now,
        saved_by: tx.actor,
        started_at: times.startedAt,
        ended_at: times.endedAt,
        imported_from: body.from,
        document_date: body.date,
        imported_signers: body.signers ?? null,
    });
    await insertStep(tx, row, 'imported', 'imported', body.from);
    return row;
}

function importedEvent(row: DocumentRow, body: Import, of: { list?: string; place?: number } = {}): DomainEvent {
    const { type, title, number, date, from, signers } = body;
    const times = { startedAt: row.started_at, endedAt: row.ended_at };
    return {
        kind: 'document.imported',
        creates: [row.id],
        objects: linkedObjects(row),
        body: bodyOf({ type, title, number, date, from, signers, ...times, ...of }),
    };
}
