import {
    addDays,
    answersThatCount,
    type CampaignResult,
    type CorrectedPoints,
    dayOf,
    endOfDay,
    type Id,
    type Instant,
    type ScoredSheet,
    type ScoreItem,
    type SheetAnswer,
    sheetScore,
} from '@liuhen/domain';
import type { Selectable } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import type { DB } from '../../schema/db.generated.ts';
import type { Officer } from './frame.queries.ts';

export type SheetRow = Selectable<DB['inspection_sheet']>;
export type AppealRow = Selectable<DB['inspection_appeal']>;

// Written by the commands of this feature only, in these forms, and covered by the log.
export const answersIn = (row: Pick<SheetRow, 'answers'>) => row.answers as readonly SheetAnswer[];
export const officersIn = (row: Pick<SheetRow, 'officers'>) => row.officers as readonly Officer[];
export const pointsIn = (row: Pick<AppealRow, 'points'>) => row.points as readonly CorrectedPoints[];
export const schemeIn = (row: { scheme: unknown }) => row.scheme as readonly ScoreItem[];
export const resultIn = (row: { result: string | null }) =>
    row.result === null ? undefined : (JSON.parse(row.result) as CampaignResult);

/** What still waits before an inspection can end. */
export async function openOf(db: ReadDb, inspectionId: Id) {
    const count = async (
        table: 'inspection_sheet' | 'inspection_rectification' | 'inspection_appeal',
        states: readonly string[],
    ) =>
        (
            await db
                .selectFrom(table as 'inspection_sheet')
                .select((of) => of.fn.countAll<number>().as('count'))
                .where('inspection_id', '=', inspectionId)
                .where('state', 'in', states as SheetRow['state'][])
                .executeTakeFirstOrThrow()
        ).count;
    return {
        sheets: await count('inspection_sheet', ['open']),
        rectifications: await count('inspection_rectification', ['open', 'answered']),
        appeals: await count('inspection_appeal', ['waiting']),
    };
}

/** When the last review was finished; null: none was. */
export async function lastFinishedAt(db: ReadDb, inspectionId: Id): Promise<Instant | null> {
    const row = await db
        .selectFrom('inspection_sheet')
        .select((of) => of.fn.max('closed_at').as('at'))
        .where('inspection_id', '=', inspectionId)
        .where('state', '=', 'finished')
        .executeTakeFirst();
    return row?.at ?? null;
}

/** Until when a finished sheet may be objected to: the end of the last day of the unit's own term; null: no term. */
export const appealUntil = (closedAt: Instant | null, days: number | null): Instant | null =>
    closedAt === null || days === null ? null : endOfDay(addDays(dayOf(closedAt), days));

/** Points by item that upheld objections changed, of each sheet of an inspection, in the order decided. */
export const correctionsOf = (db: ReadDb, inspectionId: Id): Promise<Corrections> =>
    correctionsIn(upheld(db).where('inspection_id', '=', inspectionId));

/** The same of sheets that are named. */
export const correctionsOfSheets = async (db: ReadDb, sheets: readonly Id[]): Promise<Corrections> =>
    sheets.length === 0 ? new Map() : correctionsIn(upheld(db).where('sheet_id', 'in', sheets));

type Corrections = Map<Id, CorrectedPoints[]>;
const upheld = (db: ReadDb) => db.selectFrom('inspection_appeal').select(['sheet_id', 'points']).where('state', '=', 'upheld');

async function correctionsIn(appeals: ReturnType<typeof upheld>): Promise<Corrections> {
    const rows = await appeals.orderBy('decided_at').orderBy('id').execute();
    const grouped = Map.groupBy(rows, (row) => row.sheet_id);
    return new Map([...grouped].map(([sheet, appeals]) => [sheet, appeals.flatMap((each) => [...pointsIn(each)])]));
}

/** Score of a finished sheet, thousandths; undefined of one that is not, or in which nothing applies. */
export const scoreOf = (
    scheme: readonly ScoreItem[],
    row: Pick<SheetRow, 'state' | 'answers'>,
    corrected: readonly CorrectedPoints[] = [],
): number | undefined => (row.state === 'finished' ? sheetScore(scheme, answersThatCount(answersIn(row), corrected)) : undefined);

export const scoredOf = (row: SheetRow, score: number): ScoredSheet => ({
    organisation: row.act_org_id,
    stratum: row.stratum,
    score,
    officers: officersIn(row).map((each) => each.id),
});
