import { attachmentsIn, type DocumentContent, documentTypeFacts, type Id } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

/** Photographs and moments of recordings that documents of the act name, drafts included: who sees the act sees them. */
export async function attachedOfAct(db: ReadDb, actId: Id) {
    const rows = await db
        .selectFrom('document')
        .select(['id', 'type', 'number', 'content'])
        .where('act_id', '=', actId)
        .where('state', '<>', 'voided')
        // Only what names a file at all is read.
        .where(sql<boolean>`content like '%"ref"%'`)
        .orderBy('id')
        .execute();
    return rows.flatMap(({ id: documentId, type, number, content }) => {
        const documentTitle = [documentTypeFacts(type).zh, number ?? ''].join(' ').trim();
        return attachmentsIn(JSON.parse(content) as DocumentContent).map((each) => ({ ...each, documentId, documentTitle }));
    });
}
