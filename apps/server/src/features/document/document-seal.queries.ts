import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { type Id, toHex } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, searchWords } from '../../platform/search.ts';
import { likePattern } from '../../platform/search-text.ts';
import { sealOf } from './document-paper.queries.ts';

type Register = ResponseOf<Endpoints['document.sealRegister']>;

const cursorShape = z.tuple([z.int(), z.uuid()]);

export async function sealRegister(db: ReadDb, orgId: Id, query: QueryOf<Endpoints['document.sealRegister']>): Promise<Register> {
    let uses = db
        .selectFrom('seal_use as u')
        .innerJoin('person as p', 'p.id', 'u.used_by')
        .leftJoin('document as d', 'd.id', 'u.document_id')
        .leftJoin('document_block as b', 'b.id', 'u.block_id')
        .leftJoin('document_scan as s', 's.id', 'u.scan_id')
        .where('u.org_id', '=', orgId);
    if (query.from !== undefined) uses = uses.where('u.used_at', '>=', query.from);
    if (query.to !== undefined) uses = uses.where('u.used_at', '<', query.to);
    if (query.personId !== undefined) uses = uses.where('u.used_by', '=', query.personId);
    if (query.scanned !== undefined) uses = uses.where('u.scan_id', query.scanned === 'yes' ? 'is not' : 'is', null);
    for (const word of searchWords(query.q))
        uses = uses.where(({ or, eb }) =>
            or([
                containing('d.search_text', word),
                eb(sql<string>`lower(u.purpose)`, 'like', likePattern(word) ?? '%'),
                eb(sql<string>`lower(coalesce(b.terminal, ''))`, 'like', likePattern(word) ?? '%'),
            ]),
        );
    const { total } = await uses.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const after = cursorKeys(cursorShape, query.cursor);
    if (after !== undefined) uses = uses.where(sql<boolean>`(u.used_at, u.id) < (${after[0]}::bigint, ${after[1]}::uuid)`);
    const found = await uses
        .select(['u.id', 'u.means', 'u.copies', 'u.purpose', 'u.used_at', 'u.scan_id', 'u.used_by', 'p.name', 'u.block_id'])
        .select(['d.id as document_id', 'd.type', 'd.title', 'd.number', 'b.terminal', 's.finding'])
        .orderBy('u.used_at', 'desc')
        .orderBy('u.id', 'desc')
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.used_at, row.id]);
    const sealed = await sealedPrints(
        db,
        rows.map((row) => row.id),
    );
    const ends = await endsOf(
        db,
        rows.flatMap((row) => row.block_id ?? []),
    );
    return {
        total,
        next,
        items: rows.map((row) => ({
            ...sealOf(row),
            usedBy: { id: row.used_by, name: row.name },
            document:
                row.document_id === null || row.type === null
                    ? null
                    : {
                          ...{ id: row.document_id, type: row.type, title: row.title ?? '', number: row.number },
                          ...(sealed.get(row.id) ?? { revision: null, digest: null }),
                      },
            block:
                row.block_id === null
                    ? null
                    : { id: row.block_id, terminal: row.terminal ?? '', ...(ends.get(row.block_id) ?? { first: '', last: '' }) },
            scan: row.scan_id === null || row.finding === null ? null : { id: row.scan_id, finding: row.finding },
        })),
    };
}

/** What a seal was put on: the last final print that was there at that moment. */
async function sealedPrints(db: ReadDb, uses: readonly Id[]): Promise<Map<Id, { revision: number; digest: string }>> {
    if (uses.length === 0) return new Map();
    const rows = await db
        .selectFrom('seal_use as u')
        .innerJoin('document_print as p', 'p.document_id', 'u.document_id')
        .distinctOn('u.id')
        .select(['u.id', 'p.revision', 'p.digest'])
        .where('u.id', 'in', uses)
        .where('p.kind', '=', 'final')
        .whereRef('p.printed_at', '<=', 'u.used_at')
        .orderBy('u.id')
        .orderBy('p.printed_at', 'desc')
        .execute();
    return new Map(rows.map(({ id, revision, digest }) => [id, { revision, digest: toHex(digest) }]));
}

/** First and last number of each block, as they are written. */
async function endsOf(db: ReadDb, blocks: readonly Id[]): Promise<Map<Id, { first: string; last: string }>> {
    if (blocks.length === 0) return new Map();
    const rows = await db
        .selectFrom('document_number')
        .select(['block_id', 'text'])
        .where('block_id', 'in', [...new Set(blocks)])
        .orderBy('place')
        .execute();
    const byBlock = Map.groupBy(rows, (row) => row.block_id ?? '');
    return new Map([...byBlock].map(([block, of]) => [block, { first: of[0]?.text ?? '', last: of.at(-1)?.text ?? '' }]));
}
