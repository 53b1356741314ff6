import {
    type DocumentContent,
    documentTypeFacts,
    type Id,
    INTERRUPTION_PAPER,
    type InterruptionPaper,
    STANDING_DOCUMENT_STATES,
    type StatedDocument,
    TYPES_WITH_INTERVAL,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

const selectStanding = (db: ReadDb, acts: readonly Id[]) =>
    db
        .selectFrom('document')
        .select(['id', 'act_id as actId', 'type', 'number', 'started_at as startedAt', 'ended_at as endedAt'])
        .where('act_id', 'in', acts)
        .where('state', 'in', STANDING_DOCUMENT_STATES)
        .orderBy('started_at')
        .orderBy('id');

/** Documents of the acts whose times are fixed, in order of time (附件1 第10条). */
export async function documentsOfActs(db: ReadDb, acts: readonly Id[]): Promise<Map<Id, (StatedDocument & { id: Id })[]>> {
    if (acts.length === 0) return new Map();
    const rows = await selectStanding(db, acts)
        .where('type', 'in', TYPES_WITH_INTERVAL)
        .where((any) => any.or([any('started_at', 'is not', null), any('ended_at', 'is not', null)]))
        .execute();
    const found = new Map<Id, (StatedDocument & { id: Id })[]>();
    for (const { id, actId, type, number, startedAt, endedAt } of rows) {
        if (actId === null) continue;
        const title = [documentTypeFacts(type).zh, number ?? ''].join(' ').trim();
        found.set(actId, [...(found.get(actId) ?? []), { id, title, startedAt, endedAt }]);
    }
    return found;
}

/** Papers about interruptions of the acts. */
export async function interruptionsOfActs(db: ReadDb, acts: readonly Id[]): Promise<Map<Id, InterruptionPaper[]>> {
    if (acts.length === 0) return new Map();
    const rows = await selectStanding(db, acts).select('content').where('type', '=', INTERRUPTION_PAPER).execute();
    const found = new Map<Id, InterruptionPaper[]>();
    for (const { id, actId, startedAt, endedAt, content } of rows) {
        if (actId === null) continue;
        const paper = { id, startedAt, endedAt, content: JSON.parse(content) as DocumentContent };
        found.set(actId, [...(found.get(actId) ?? []), paper]);
    }
    return found;
}
