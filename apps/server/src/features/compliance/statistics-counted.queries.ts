import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Id, partCountOf, type ServerTime } from '@liuhen/domain';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import type { FindingReader } from './finding.queries.ts';
import { actParts } from './statistics-act-parts.queries.ts';
import { type AskedParts, NONE } from './statistics-asked.ts';
import { groupsOf, sumOf } from './statistics-groups.queries.ts';
import { documentParts, faultParts, findingParts, type Part } from './statistics-parts.queries.ts';
import { isOpenFinding, placesOf } from './statistics-places.queries.ts';

type Page = ResponseOf<Endpoints['statistics.counted']>;

const CURSOR = z.tuple([z.int(), z.uuid()]);

/**
 * What one figure counts, one by one. How many there are is what the statistics say; what the reader may not see of them is taken off
 * and said (附件1 第12条).
 */
export async function countedParts(db: ReadDb, reader: FindingReader, asked: AskedParts, clock: ServerTime): Promise<Page> {
    const shown = reader.organisations.filter(({ id }) => asked.organisationId === undefined || id === asked.organisationId);
    const ids = shown.map(({ id }) => id);
    const whole = { ...asked, by: 'organisation', now: clock.now } as const;
    const groups = await groupsOf(db, ids, whole);
    const { figures, rates } = sumOf(groups, whole);
    const count = partCountOf(asked.figure, figures);
    // An organisation of which none is counted is not gone through from end to end for what is not there.
    const having = groups.flatMap(({ key, figures: of }) =>
        key.org !== null && partCountOf(asked.figure, of) !== 0 ? [key.org] : [],
    );
    const listed = count === null || having.length === 0 ? NOTHING : await listOf(db, reader, having, asked, clock);
    return {
        items: listed.items,
        next: listed.next,
        total: (count ?? 0) - listed.hidden,
        ...{ figure: asked.figure, from: asked.from, to: asked.to, now: clock.now, count, hidden: listed.hidden },
        sum: { ...figures, ...rates },
        organisation: asked.organisationId === undefined ? null : (shown.map(({ id, name }) => ({ id, name }))[0] ?? null),
        department: await departmentOf(db, ids, asked.departmentId),
        person: await personOf(db, ids, asked.personId),
    };
}

type Listed = { readonly items: Part[]; readonly next: string | null; readonly hidden: number };
const NOTHING: Listed = { items: [], next: null, hidden: 0 };

async function listOf(
    db: ReadDb,
    reader: FindingReader,
    ids: readonly Id[],
    asked: AskedParts,
    clock: ServerTime,
): Promise<Listed> {
    const of = placesOf(reader, ids, asked, clock);
    const hidden = await of.hidden(db);
    const { rows, next } = pageOf(await of.page(db, cursorKeys(CURSOR, asked.cursor), asked.limit + 1), asked.limit, (row) => [
        row.at,
        row.id,
    ]);
    const page = rows.map((row) => row.id);
    if (asked.figure === 'faults') return { items: await faultParts(db, reader, page), next, hidden };
    if (asked.figure === 'documentErrors') return { items: await documentParts(db, reader, page), next, hidden };
    if (isOpenFinding(asked.figure)) return { items: await findingParts(db, reader, page, clock), next, hidden };
    return { items: await actParts(db, reader, page, asked.figure), next, hidden };
}

type Named = Page['department'];

async function departmentOf(db: ReadDb, organisations: readonly Id[], id: AskedParts['departmentId']): Promise<Named> {
    if (id === undefined || id === NONE || organisations.length === 0) return null;
    const of = db.selectFrom('department').select(['id', 'name']).where('id', '=', id);
    return (await of.where('org_id', 'in', organisations).executeTakeFirst()) ?? null;
}

async function personOf(db: ReadDb, organisations: readonly Id[], id: AskedParts['personId']): Promise<Page['person']> {
    if (id === undefined || id === NONE || organisations.length === 0) return null;
    const of = db.selectFrom('person').select(['id', 'name', 'certificate_number as certificateNumber']).where('id', '=', id);
    return (await of.where('org_id', 'in', organisations).executeTakeFirst()) ?? null;
}
