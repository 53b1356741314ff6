import { type Id, MARKING } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

type Case = { id: Id; number: string };

/** Of `recording as r`: it, or a moment of it, stands as a recording or a photograph in a list of evidence. */
export const IS_EVIDENCE = sql<boolean>`exists (select from case_evidence e
    where e.target_id = r.id and e.withdrawn_at is null and e.kind = any (${[...MARKING]}::text[]))`;

/** Cases that have one of the recordings, or a moment of it, in their list of evidence; what is wanted of the case is selected by the caller. */
export const casesWithEvidence = (db: ReadDb, ids: readonly Id[]) =>
    db
        .selectFrom('case_evidence as e')
        .innerJoin('case as c', 'c.id', 'e.case_id')
        .select(['e.target_id as recordingId', 'c.number'])
        .distinct()
        .where('e.target_id', 'in', ids)
        .where('e.withdrawn_at', 'is', null)
        .where('e.kind', 'in', MARKING)
        .orderBy('c.number');

/** 附件1 第18条: cases whose evidence the recordings are. */
export async function evidenceIn(db: ReadDb, ids: readonly Id[]): Promise<Map<Id, Case[]>> {
    if (ids.length === 0) return new Map();
    const rows = await casesWithEvidence(db, ids).select('c.id').execute();
    return new Map(
        [...Map.groupBy(rows, (row) => row.recordingId ?? '')].map(([target, of]) => [
            target,
            of.map(({ id, number }) => ({ id, number })),
        ]),
    );
}
