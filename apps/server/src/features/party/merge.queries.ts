import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { DomainError, decideMergePair, type Id } from '@liuhen/domain';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { survivorOf } from './party-usable.queries.ts';

type Preview = ResponseOf<Endpoints['party.previewMerge']>;
export type Moves = Preview['moves'];

/** What would move if the party were merged into the other. */
export async function previewMerge(db: ReadDb, orgId: Id, duplicateId: Id, survivorId: Id): Promise<Preview> {
    const { standing: first, ...duplicate } = await sideOf(db, orgId, duplicateId);
    const { standing: second, ...survivor } = await sideOf(db, orgId, survivorId);
    decideMergePair(first, second);
    return { duplicate, survivor, moves: await movesOf(db, duplicateId) };
}

async function sideOf(db: ReadDb, orgId: Id, id: Id) {
    const row = await db
        .selectFrom('party')
        .select(['id', 'name', 'kind', 'credit_code as creditCode', 'legal_representative as legalRepresentative'])
        .select(['phone', 'address', 'state', 'merged_into'])
        .where('id', '=', id)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('party.notFound');
    const { merged_into, ...side } = row;
    return { ...side, standing: { ...side, survivor: (await survivorOf(db, merged_into))?.name ?? null } };
}

/** The figures of a preview, which the one who confirms has seen. */
export async function movesOf(db: ReadDb, partyId: Id): Promise<Moves> {
    const count = async (table: 'act' | 'premises' | 'licence' | 'document' | 'case' | 'complaint' | 'task'): Promise<number> =>
        (
            await db
                .selectFrom(table as 'act')
                .select((of) => of.fn.countAll<number>().as('count'))
                .where('party_id', '=', partyId)
                .executeTakeFirstOrThrow()
        ).count;
    const recordings = await db
        .selectFrom('recording as r')
        .innerJoin('act as a', 'a.id', 'r.act_id')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('a.party_id', '=', partyId)
        .where('r.role', '=', 'original')
        .executeTakeFirstOrThrow();
    const sites = await db
        .selectFrom('site as s')
        .innerJoin('premises as p', 'p.id', 's.premises_id')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('p.party_id', '=', partyId)
        .executeTakeFirstOrThrow();
    return {
        acts: await count('act'),
        recordings: recordings.count,
        premises: await count('premises'),
        sites: sites.count,
        licences: await count('licence'),
        documents: await count('document'),
        cases: await count('case'),
        complaints: await count('complaint'),
        tasks: await count('task'),
    };
}

const cursorShape = z.tuple([z.int(), z.uuid()]);

/** One page of mergers, newest first: of all parties or of one, on either side. */
export async function listMerges(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['party.merges']>,
): Promise<ResponseOf<Endpoints['party.merges']>> {
    const after = cursorKeys(cursorShape, query.cursor);
    let filtered = db.selectFrom('party_merge as m').where('m.org_id', '=', orgId);
    const { partyId, state } = query;
    if (state !== undefined) filtered = filtered.where('m.state', '=', state);
    if (partyId !== undefined)
        filtered = filtered.where((any) => any.or([any('m.duplicate_id', '=', partyId), any('m.survivor_id', '=', partyId)]));
    const { total } = await filtered.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const rest =
        after === undefined
            ? filtered
            : filtered.where((any) =>
                  any(any.refTuple('m.proposed_at', 'm.id'), '<', any.tuple(after[0] as number, after[1] as Id)),
              );
    const found = await rest
        .innerJoin('party as d', 'd.id', 'm.duplicate_id')
        .innerJoin('party as s', 's.id', 'm.survivor_id')
        .innerJoin('person as p', 'p.id', 'm.proposed_by')
        .leftJoin('person as c', 'c.id', 'm.decided_by')
        .leftJoin('person as u', 'u.id', 'm.undone_by')
        .select(['m.id', 'm.version', 'm.state', 'm.reason', 'm.proposed_at as proposedAt', 'm.decided_at as decidedAt'])
        .select(['m.decision_note as decisionNote', 'm.undone_at as undoneAt', 'm.undo_reason as undoReason'])
        .select([
            'd.id as duplicateId',
            'd.name as duplicateName',
            'd.credit_code as duplicateCode',
            'd.address as duplicateAddress',
        ])
        .select(['s.id as survivorId', 's.name as survivorName', 's.credit_code as survivorCode', 's.address as survivorAddress'])
        .select(['p.id as proposerId', 'p.name as proposerName', 'p.certificate_number as proposerNumber'])
        .select(['c.id as deciderId', 'c.name as deciderName', 'c.certificate_number as deciderNumber'])
        .select(['u.id as undoerId', 'u.name as undoerName', 'u.certificate_number as undoerNumber'])
        .orderBy('m.proposed_at', 'desc')
        .orderBy('m.id', 'desc')
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.proposedAt, row.id]);
    const items = rows.map((row) => ({
        id: row.id,
        version: row.version,
        duplicate: {
            id: row.duplicateId,
            name: row.duplicateName,
            creditCode: row.duplicateCode,
            address: row.duplicateAddress,
        },
        survivor: { id: row.survivorId, name: row.survivorName, creditCode: row.survivorCode, address: row.survivorAddress },
        state: row.state,
        reason: row.reason,
        proposedBy: { id: row.proposerId, name: row.proposerName, certificateNumber: row.proposerNumber },
        proposedAt: row.proposedAt,
        decidedBy: personOf(row.deciderId, row.deciderName, row.deciderNumber),
        decidedAt: row.decidedAt,
        decisionNote: row.decisionNote,
        undoneBy: personOf(row.undoerId, row.undoerName, row.undoerNumber),
        undoneAt: row.undoneAt,
        undoReason: row.undoReason,
    }));
    return { items, next, total };
}

const personOf = (id: Id | null, name: string | null, certificateNumber: string | null) =>
    id === null || name === null ? null : { id, name, certificateNumber };
