import type { Id, Instant, NumberRules, NumberState, SeriesKey } from '@liuhen/domain';
import { numberText } from '@liuhen/domain';
import { sql } from 'kysely';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/**
 * The register, locked until the command ends: the advisory lock makes those who want a number of it come one after the
 * other, before its row exists too, so that no place is left out and none is given twice.
 */
async function lockSeries(tx: Tx, key: SeriesKey) {
    const name = `document_series ${tx.orgId} ${key.numbering} ${key.category} ${key.nature} ${key.year}`;
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx.db);
    return tx.db
        .selectFrom('document_series')
        .select(['id', 'version', 'last'])
        .where('org_id', '=', tx.orgId)
        .where('numbering', '=', key.numbering)
        .where('category', '=', key.category)
        .where('nature', '=', key.nature)
        .where('year', '=', key.year)
        .executeTakeFirst();
}

/** Moves the register on by so many places; gives its id and the first of them. */
async function takePlaces(tx: Tx, key: SeriesKey, count: number): Promise<{ seriesId: Id; first: number }> {
    const series = await lockSeries(tx, key);
    if (series === undefined) {
        const made = await insertRow(tx, 'document_series', { id: tx.newId(), ...key, last: count });
        return { seriesId: made.id, first: 1 };
    }
    await updateRow(tx, 'document_series', series, { last: series.last + count });
    return { seriesId: series.id, first: series.last + 1 };
}

/** The next number of the register, given to a document. */
export async function giveNumber(tx: Tx, key: SeriesKey, rules: NumberRules, documentId: Id): Promise<string> {
    const { seriesId, first } = await takePlaces(tx, key, 1);
    const text = numberText(key, first, rules);
    await insertRow(tx, 'document_number', {
        id: tx.newId(),
        series_id: seriesId,
        place: first,
        text,
        state: 'given',
        document_id: documentId,
        given_at: tx.now,
    });
    return text;
}

export type Reserved = { id: Id; place: number; text: string; state: NumberState };

export async function reserveBlock(
    tx: Tx,
    key: SeriesKey,
    rules: NumberRules,
    { count, terminal }: { count: number; terminal: string },
): Promise<{ id: Id; seriesId: Id; numbers: Reserved[] }> {
    const { seriesId, first } = await takePlaces(tx, key, count);
    const block = await insertRow(tx, 'document_block', {
        id: tx.newId(),
        series_id: seriesId,
        first,
        last: first + count - 1,
        terminal,
        person_id: tx.actor,
        reserved_at: tx.now,
        state: 'open',
    });
    const numbers: Reserved[] = [];
    for (let place = first; place < first + count; place++) {
        const { id, text, state } = await insertRow(tx, 'document_number', {
            id: tx.newId(),
            series_id: seriesId,
            place,
            text: numberText(key, place, rules),
            state: 'reserved',
            block_id: block.id,
        });
        numbers.push({ id, place, text, state });
    }
    return { id: block.id, seriesId, numbers };
}

/** A number of a block with the register it is of, locked; undefined when it is not waiting for its document. */
export const lockReserved = (tx: Tx, blockId: Id, place: number) =>
    tx.db
        .selectFrom('document_number as n')
        .innerJoin('document_series as s', 's.id', 'n.series_id')
        .select(['n.id', 'n.version', 'n.text', 's.numbering', 's.category', 's.nature'])
        .where('n.org_id', '=', tx.orgId)
        .where('n.block_id', '=', blockId)
        .where('n.place', '=', place)
        .where('n.state', '=', 'reserved')
        .forUpdate('n')
        .executeTakeFirst();

export const bindReserved = (tx: Tx, at: { id: Id; version: number }, documentId: Id, givenAt: Instant) =>
    updateRow(tx, 'document_number', at, { state: 'given', document_id: documentId, given_at: givenAt });

export const lockReservedById = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('document_number')
        .select(['id', 'version', 'text', 'block_id'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .where('state', '=', 'reserved')
        .forUpdate()
        .executeTakeFirst();

export const voidNumber = (tx: Tx, at: { id: Id; version: number }, reason: string) =>
    updateRow(tx, 'document_number', at, { state: 'voided', ended_at: tx.now, reason });

/** The number a document holds, for its voiding; undefined when it has none of a register. */
export const lockNumberOf = (tx: Tx, documentId: Id) =>
    tx.db
        .selectFrom('document_number')
        .select(['id', 'version', 'text'])
        .where('document_id', '=', documentId)
        .where('state', '=', 'given')
        .forUpdate()
        .executeTakeFirst();

export const lockBlock = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('document_block')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

/** Ends a block: what is left of it is returned, visibly and for ever. */
export async function returnBlock(tx: Tx, block: { id: Id; version: number }, reason: string): Promise<string[]> {
    await updateRow(tx, 'document_block', block, { state: 'returned', returned_at: tx.now, reason });
    const left = await tx.db
        .selectFrom('document_number')
        .select(['id', 'version', 'text'])
        .where('block_id', '=', block.id)
        .where('state', '=', 'reserved')
        .orderBy('place')
        .forUpdate()
        .execute();
    for (const number of left) await updateRow(tx, 'document_number', number, { state: 'returned', ended_at: tx.now, reason });
    return left.map((each) => each.text);
}
