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
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

/** What counts of the papers of an act: those whose times are fixed, and those about its interruptions. */
export type ActPapers = {
    readonly documents: readonly (StatedDocument & { readonly id: Id })[];
    readonly interruptions: readonly InterruptionPaper[];
};

/** Papers of the acts in order of time (附件1 第10条), in one question; only what an interruption says is read whole. */
export async function papersOfActs(db: ReadDb, acts: readonly Id[]): Promise<Map<Id | null, ActPapers>> {
    if (acts.length === 0) return new Map();
    const rows = await db
        .selectFrom('document')
        .select([
            'id',
            'act_id as actId',
            'type',
            'number',
            'started_at as startedAt',
            'ended_at as endedAt',
            'approved_by as approvedBy',
        ])
        .select(sql<string | null>`case when type = ${INTERRUPTION_PAPER} then content end`.as('content'))
        .where('act_id', '=', (of) => of.fn.any(of.val(acts)))
        .where('state', 'in', MADE_STATES)
        .where('type', 'in', [...TYPES_WITH_INTERVAL, INTERRUPTION_PAPER])
        .orderBy('started_at')
        .orderBy('id')
        .execute();
    const grouped = Map.groupBy(rows, (row) => row.actId);
    return new Map([...grouped].map(([actId, of]) => [actId, papersIn(of)]));
}

type Row = {
    id: Id;
    actId: Id | null;
    type: Parameters<typeof documentTypeFacts>[0];
    number: string | null;
    startedAt: number | null;
    endedAt: number | null;
    content: string | null;
    approvedBy: Id | null;
};

const isWithInterval = (type: Row['type']): boolean => TYPES_WITH_INTERVAL.some((each) => each === type);

const papersIn = (rows: readonly Row[]): ActPapers => ({
    documents: rows
        .filter(({ type, startedAt, endedAt }) => isWithInterval(type) && (startedAt !== null || endedAt !== null))
        .map(({ type, number, content: _, approvedBy: __, ...row }) => ({
            ...row,
            title: [documentTypeFacts(type).zh, number ?? ''].join(' ').trim(),
        })),
    interruptions: rows.flatMap(({ content, ...row }) =>
        content === null ? [] : [{ ...row, content: JSON.parse(content) as DocumentContent }],
    ),
});
