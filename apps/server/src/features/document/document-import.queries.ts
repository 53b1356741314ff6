import { type BodyOf, type Endpoints, MOST_DOCUMENT_ROWS, type ResponseOf } from '@liuhen/contract';
import {
    type DocumentRowFault,
    type DocumentRowRead,
    type DocumentRowTexts,
    DomainError,
    dayOf,
    type Id,
    type Instant,
    matchParty,
    type PartyCandidate,
    readDocumentRow,
    readDocumentTable,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { readTable } from '../../platform/table/read-table.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';

type List = BodyOf<Endpoints['document.importPreview']>;
export type PreviewRow = ResponseOf<Endpoints['document.importPreview']>['rows'][number];
/** A row with what was read of it, for whoever takes it in. */
export type ReadRow = PreviewRow & { readonly read: DocumentRowRead };

/** The cells of a list; which columns mean what, its first line says. */
export async function documentTableOf(content: string) {
    const { rows } = await readTable(Buffer.from(content, 'base64'));
    const table = readDocumentTable(rows.map((row) => row.cells.map((cell) => cell.text)));
    if (table === undefined) throw new DomainError('document.listNoColumns');
    if (table.rows.length === 0) throw new DomainError('table.empty');
    if (table.rows.length > MOST_DOCUMENT_ROWS) throw new DomainError('table.tooManyRows', { most: MOST_DOCUMENT_ROWS });
    return table;
}

/** What each row of a list means here: its party, act and case, and whether the document is there already. */
export async function readRows(
    db: ReadDb,
    { orgId, personId, now }: { orgId: Id; personId: Id; now: Instant },
    given: readonly DocumentRowTexts[],
    from: List['from'],
): Promise<ReadRow[]> {
    const list = { today: dayOf(now), from: from ?? null };
    const read = given.map((row) => readDocumentRow(row, list));
    const candidates = await partyCandidates(
        db,
        orgId,
        read.flatMap((row) => row.creditCode ?? []),
        given.flatMap((row) => row.partyName ?? []),
    );
    const acts = await visibleActs(
        db,
        orgId,
        personId,
        given.flatMap((row) => row.actNumber ?? []),
    );
    const cases = await casesNamed(
        db,
        orgId,
        given.flatMap((row) => row.caseNumber ?? []),
    );
    const known = await documentsNumbered(
        db,
        orgId,
        read.flatMap((row) => row.number ?? []),
    );
    const seen = new Set<string>();
    return read.map((row, at) => {
        const texts = given[at] ?? {};
        const faults: DocumentRowFault[] = [...row.faults];
        const key = `${row.type} ${row.number}`;
        if (row.number !== null && seen.has(key)) faults.push('numberTwice');
        seen.add(key);
        const meant = matchParty({ creditCode: row.creditCode, name: texts.partyName, address: undefined }, candidates);
        const namesParty = row.creditCode !== null || texts.partyName !== undefined;
        const party = meant.state === 'unmatched' ? undefined : candidates.find((each) => each.id === meant.partyId);
        if (namesParty && party === undefined) faults.push('partyUnknown');
        const act = texts.actNumber === undefined ? undefined : acts.get(texts.actNumber);
        if (texts.actNumber !== undefined && act === undefined) faults.push('actUnknown');
        const ofCase = texts.caseNumber === undefined ? undefined : cases.get(texts.caseNumber);
        if (texts.caseNumber !== undefined && ofCase === undefined) faults.push('caseUnknown');
        const there =
            row.number === null ? undefined : known.find((each) => each.number === row.number && each.type === row.type);
        return {
            place: at + 1,
            given: { ...texts },
            type: row.type,
            title: row.title,
            date: row.date,
            party: party === undefined ? null : { id: party.id, name: party.name },
            act: act === undefined ? null : { id: act, number: texts.actNumber ?? '' },
            case: ofCase === undefined ? null : { id: ofCase, number: texts.caseNumber ?? '' },
            known: there === undefined ? null : { id: there.id, title: there.title },
            faults,
            notices: meant.state === 'proposed' ? ['partyByName' as const] : [],
            read: row,
        };
    });
}

export async function partyCandidates(
    db: ReadDb,
    orgId: Id,
    codes: readonly string[],
    names: readonly string[],
): Promise<PartyCandidate[]> {
    if (codes.length + names.length === 0) return [];
    const rows = await db
        .selectFrom('party')
        .select(['id', 'name', 'credit_code as creditCode'])
        .where('org_id', '=', orgId)
        .where('state', '<>', 'merged')
        .where((any) =>
            any.or([
                sql<boolean>`credit_code = any (${codes}::text[])`,
                sql<boolean>`liuhen.name_key(name) in (select liuhen.name_key(n) from unnest(${names}::text[]) n)`,
            ]),
        )
        .execute();
    return rows.map((row) => ({ ...row, addresses: [] }));
}

/** By number; an act whose secrets the reader may not see is one that nobody knows (附件1 第12条). */
async function visibleActs(db: ReadDb, orgId: Id, personId: Id, numbers: readonly string[]): Promise<Map<string, Id>> {
    const found = new Map<string, Id>();
    if (numbers.length === 0) return found;
    const rows = await db
        .selectFrom('act')
        .select(['id', 'number'])
        .where('org_id', '=', orgId)
        .where('number', 'in', [...new Set(numbers)])
        .execute();
    for (const { id, number } of rows) {
        try {
            await refuseUnlessActVisible(db, id, personId);
            found.set(number, id);
        } catch (error) {
            if (!(error instanceof DomainError) || error.code !== 'act.restricted') throw error;
        }
    }
    return found;
}

async function casesNamed(db: ReadDb, orgId: Id, numbers: readonly string[]): Promise<Map<string, Id>> {
    if (numbers.length === 0) return new Map();
    const rows = await db
        .selectFrom('case')
        .select(['id', 'number'])
        .where('org_id', '=', orgId)
        .where('number', 'in', [...new Set(numbers)])
        .execute();
    return new Map(rows.map(({ id, number }) => [number, id]));
}

async function documentsNumbered(db: ReadDb, orgId: Id, numbers: readonly string[]) {
    if (numbers.length === 0) return [];
    return db
        .selectFrom('document')
        .select(['id', 'type', 'title', 'number'])
        .where('org_id', '=', orgId)
        .where('number', 'in', [...new Set(numbers)])
        .where('state', '<>', 'voided')
        .execute();
}
