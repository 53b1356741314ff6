import {
    type CampaignRules,
    coveredBy,
    type Id,
    MOST_PARALLEL,
    type ParallelCampaign,
    type ParallelState,
    sharesActs,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

type About = { readonly id: Id; readonly org_id: Id; readonly period_from: number; readonly period_to: number };

/**
 * Every other inspection by the same organisation whose seed was fixed over days that this one covers too, newest first. Drafts fix
 * nothing, so they are none of them, given up or not.
 */
const parallelRows = (db: ReadDb, { id, org_id, period_from, period_to }: About) =>
    db
        .selectFrom('inspection as i')
        .select(['i.id', 'i.number', 'i.title', 'i.state', 'i.period_from', 'i.period_to', 'i.rules', 'i.commitment'])
        .select(['i.inspected', 'i.committed_at', 'i.drawn_at', 'i.ended_at', 'i.abandon_reason'])
        .where('i.org_id', '=', org_id)
        .where('i.id', '<>', id)
        .where('i.committed_at', 'is not', null)
        .where('i.period_from', '<', period_to)
        .where('i.period_to', '>', period_from)
        .orderBy('i.committed_at', 'desc')
        .orderBy('i.id', 'desc')
        .limit(MOST_PARALLEL);

/** Their numbers, as the entries of the log name them. */
export const parallelNumbers = async (db: ReadDb, about: About): Promise<string[]> =>
    (await parallelRows(db, about).execute()).map((each) => each.number);

export type ToldParallel = { readonly id: Id; readonly inspected: readonly Id[]; readonly told: ParallelCampaign };

/** What became of each of them. */
export async function parallelOf(db: ReadDb, about: About): Promise<ToldParallel[]> {
    const rows = await parallelRows(db, about).execute();
    if (rows.length === 0) return [];
    const counts = await db
        .selectFrom('inspection_sheet')
        .select(['inspection_id', 'state', (of) => of.fn.countAll<number>().as('count')])
        .where(
            'inspection_id',
            'in',
            rows.map((each) => each.id),
        )
        .groupBy(['inspection_id', 'state'])
        .execute();
    return rows.map((row) => {
        const { from, to, organisations, scenarios } = coveredBy(JSON.parse(row.rules) as CampaignRules);
        const mine = counts.filter((each) => each.inspection_id === row.id);
        const count = (state?: string) =>
            mine.filter((each) => state === undefined || each.state === state).reduce((sum, each) => sum + each.count, 0);
        const told: ParallelCampaign = {
            ...{ number: row.number, title: row.title, state: row.state as ParallelState },
            ...{ from, to, organisations, scenarios },
            commitment: row.commitment ?? '',
            committedAt: row.committed_at ?? 0,
            ...(row.drawn_at === null ? {} : { drawnAt: row.drawn_at }),
            ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
            ...(row.abandon_reason === null ? {} : { abandonReason: row.abandon_reason }),
            ...(row.drawn_at === null
                ? {}
                : { sheets: { all: count(), finished: count('finished'), skipped: count('skipped') } }),
        };
        return { id: row.id, inspected: row.inspected, told };
    });
}

/** The same for a page; what the reader may not open has no id. */
export const parallelForPage = async (db: ReadDb, about: About & { readonly rules: string }, own: Id) => {
    const covered = coveredBy(JSON.parse(about.rules) as CampaignRules);
    return (await parallelOf(db, about)).map(({ id, inspected, told }) => ({
        ...{ number: told.number, title: told.title, state: told.state, from: told.from, to: told.to },
        id: about.org_id === own || inspected.includes(own) ? id : null,
        sharesActs: sharesActs(told, covered),
        committedAt: told.committedAt,
        drawnAt: told.drawnAt ?? null,
        abandonReason: told.abandonReason ?? null,
        sheets: told.sheets ?? null,
    }));
};

/** Numbers and states of the others for a page of the list, by inspection. */
export async function parallelByInspection(db: ReadDb, ids: readonly Id[]): Promise<Map<Id, ParallelInList[]>> {
    if (ids.length === 0) return new Map();
    const rows = await db
        .selectFrom('inspection as i')
        .innerJoin('inspection as p', (on) =>
            on
                .onRef('p.org_id', '=', 'i.org_id')
                .onRef('p.id', '<>', 'i.id')
                .onRef('p.period_from', '<', 'i.period_to')
                .onRef('p.period_to', '>', 'i.period_from'),
        )
        .select(['i.id', 'p.number', sql<ParallelState>`p.state`.as('state'), 'p.period_to as to'])
        .where('i.id', 'in', ids)
        .where('p.committed_at', 'is not', null)
        .orderBy('p.committed_at', 'desc')
        .orderBy('p.id', 'desc')
        .execute();
    return Map.groupBy(rows, (row) => row.id);
}
type ParallelInList = { readonly id: Id; readonly number: string; readonly state: ParallelState; readonly to: number };
