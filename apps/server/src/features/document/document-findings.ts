import {
    type ContentFinding,
    checkContent,
    type DocumentContent,
    type DraftingFacts,
    findingsOfDocument,
    templateByVersion,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import type { DocumentRow } from './document.store.ts';
import { draftingFactsFor } from './document-drafting.queries.ts';
import { contentOfRow } from './document-print.queries.ts';

/**
 * What is missing or wrong in a document, by its form and the rules of drafting. The one place where it is asked: while it
 * is written, and again when it is handed on or over.
 */
export async function contentFindings(
    db: ReadDb,
    row: DocumentRow,
    stage: DraftingFacts['stage'] = 'signed',
): Promise<ContentFinding[]> {
    const written = JSON.parse(row.content) as DocumentContent;
    const own = findingsOfDocument({ type: row.type, startedAt: row.started_at, endedAt: row.ended_at }, written);
    const template = templateByVersion(row.type, row.template_version);
    if (template === undefined) return own;
    const drafted = checkContent(template, contentOfRow(template, row), await draftingFactsFor(db, row, stage, written));
    // The form's own rule says which of the two is missing.
    const timed = template.rules.includes('times');
    return [...own.filter((each) => !timed || each.code !== 'content.intervalMissing'), ...drafted];
}

/** How many of them keep it from being handed in, printed (`issue`), or handed over with its signatures (`signed`). */
export const contentFaults = async (db: ReadDb, row: DocumentRow, stage: 'issue' | 'signed' = 'issue'): Promise<number> =>
    (await contentFindings(db, row, stage)).filter((each) => each.level === 'fault').length;
