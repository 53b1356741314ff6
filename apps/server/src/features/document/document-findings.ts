import { type ContentFinding, type DocumentContent, findingsOfDocument } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import type { DocumentRow } from './document.store.ts';

/** What is missing or wrong in a document, by its form and the rules of drafting. The one place where it is asked. */
export async function contentFindings(_db: ReadDb, row: DocumentRow): Promise<ContentFinding[]> {
    const content = JSON.parse(row.content) as DocumentContent;
    return findingsOfDocument({ type: row.type, startedAt: row.started_at, endedAt: row.ended_at }, content);
}

/** How many of them keep it from being handed in or over. */
export const contentFaults = async (db: ReadDb, row: DocumentRow): Promise<number> =>
    (await contentFindings(db, row)).filter((each) => each.level === 'fault').length;
