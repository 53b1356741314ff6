import type { Id } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { refuseUnlessDocumentSeen } from '../document/document-visibility.queries.ts';

/**
 * 附件1 第12条 for the log: the body of an entry names what its objects are about. Whoever may not see one of them, or the act
 * it belongs to, reads that there was an entry and of what kind, and no more. Throws `act.restricted`.
 */
export async function refuseUnlessObjectsVisible(db: ReadDb, orgId: Id, objects: readonly Id[], personId: Id): Promise<void> {
    if (objects.length === 0) return;
    const acts = await db
        .selectFrom('act')
        .select('id')
        .where('org_id', '=', orgId)
        .where('secrecy', 'is not', null)
        .where((of) =>
            of.or([
                of('id', 'in', objects),
                of('id', 'in', of.selectFrom('recording').select('act_id').where('id', 'in', objects)),
                of('id', 'in', of.selectFrom('act_participant').select('act_id').where('id', 'in', objects)),
                of('id', 'in', of.selectFrom('act_segment').select('act_id').where('id', 'in', objects)),
                of('id', 'in', of.selectFrom('act_exemption').select('act_id').where('id', 'in', objects)),
            ]),
        )
        .execute();
    for (const { id } of acts) await refuseUnlessActVisible(db, id, personId);
    const documents = await db
        .selectFrom('document as d')
        .innerJoin('act as a', 'a.id', 'd.act_id')
        .select('d.id')
        .where('d.org_id', '=', orgId)
        .where('a.secrecy', 'is not', null)
        .where('d.id', 'in', objects)
        .execute();
    for (const { id } of documents) await refuseUnlessDocumentSeen(db, orgId, id, personId);
}
