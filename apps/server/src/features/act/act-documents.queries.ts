import {
    type DocumentContent,
    documentTypeFacts,
    type Id,
    INTERRUPTION_PAPER,
    type InterruptionPaper,
    MADE_STATES,
    type StatedDocument,
    TYPES_WITH_INTERVAL,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

const selectMade = (db: ReadDb, acts: readonly Id[]) =>
    db
        .selectFrom('document')
        .select(['id', 'act_id as actId', 'type', 'number', 'started_at as startedAt', 'ended_at as endedAt'])
        .where('act_id', 'in', acts)
        .where('state', 'in', MADE_STATES)
        .orderBy('started_at')
        .orderBy('id');

/** Documents of the acts whose times are fixed, in order of time (附件1 第10条). */
export async function documentsOfActs(db: ReadDb, acts: readonly Id[]): Promise<Map<Id | null, (StatedDocument & { id: Id })[]>> {
    if (acts.length === 0) return new Map();
    const rows = await selectMade(db, acts)
        .where('type', 'in', TYPES_WITH_INTERVAL)
        .where((any) => any.or([any('started_at', 'is not', null), any('ended_at', 'is not', null)]))
        .execute();
    return Map.groupBy(
        rows.map(({ type, number, ...row }) => ({ ...row, title: [documentTypeFacts(type).zh, number ?? ''].join(' ').trim() })),
        (row) => row.actId,
    );
}

/** Papers about interruptions of the acts. */
export async function interruptionsOfActs(db: ReadDb, acts: readonly Id[]): Promise<Map<Id | null, InterruptionPaper[]>> {
    if (acts.length === 0) return new Map();
    const rows = await selectMade(db, acts).select('content').where('type', '=', INTERRUPTION_PAPER).execute();
    return Map.groupBy(
        rows.map(({ content, ...row }) => ({ ...row, content: JSON.parse(content) as DocumentContent })),
        (row) => row.actId,
    );
}
