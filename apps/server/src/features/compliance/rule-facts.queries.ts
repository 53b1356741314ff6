import {
    type AcceptedExcuse,
    type ActFactSources,
    type ActRuleFacts,
    type ActState,
    type BeforeUseCheck,
    DAY,
    type Id,
    type Instant,
    type ScenarioKey,
    startOfDayAt,
    statementInputOf,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { type ActParts, type ActRow, factsOf, partsOfActs, selectItems } from '../act/act-list.queries.ts';
import { sourcesOfActs } from './fact-sources.queries.ts';

/** An act with all that its rules look at. */
export type ActForRules = {
    readonly id: Id;
    readonly number: string;
    readonly state: ActState;
    readonly scenario: ScenarioKey;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
    /** The first officer: who answers what is nobody's in particular. */
    readonly leadId: Id | null;
    readonly officers: readonly Id[];
    readonly facts: ActRuleFacts;
    /** Where the facts come from; kept with them, and nothing that a rule looks at. */
    readonly sources: ActFactSources;
};

/** The facts of acts for their rules, all at once, whoever may see them: a rule says nothing of them to anybody. */
export async function actsForRules(db: ReadDb, orgId: Id, ids: readonly Id[], now: Instant): Promise<ActForRules[]> {
    if (ids.length === 0) return [];
    const rows = await selectItems(db, orgId)
        .where('a.id', '=', (of) => of.fn.any(of.val(ids)))
        .execute();
    const loaded = await partsOfActs(db, orgId, rows);
    const acts = rows.flatMap((row) => {
        const parts = loaded.get(row.id);
        return parts === undefined ? [] : [{ row, parts }];
    });
    const checks = await checksOf(db, acts);
    const sourcesOf = await sourcesOfActs(db, orgId, acts);
    const excuses = Map.groupBy(
        await excusesOf(
            db,
            acts.flatMap(({ parts }) => parts.recordings.map((recording) => recording.id)),
        ),
        (each) => each.recordingId,
    );
    return acts.map((act) => {
        const { row, parts } = act;
        const { now: _, ...statement } = statementInputOf(factsOf(row, parts), now, row.number);
        const officers = parts.participants.flatMap((each) =>
            each.part === 'officer' && each.personId !== null ? [each.personId] : [],
        );
        return {
            ...{ id: row.id, number: row.number, state: row.state, scenario: row.scenario },
            ...{ startsAt: row.startsAt, endsAt: row.endsAt, leadId: officers[0] ?? null, officers },
            facts: {
                statement,
                closed: row.state === 'closed',
                scenarios: Object.fromEntries(parts.segments.map((each) => [each.id, each.scenario])),
                partyId: row.partyId,
                speechRequired: parts.speechRequired,
                marked: [...new Set(parts.marks.filter((each) => each.withdrawn === null).map((each) => each.kind))],
                checks: checks.get(row.id) ?? [],
                excuses: parts.recordings
                    .flatMap((each) => excuses.get(each.id) ?? [])
                    .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
            },
            sources: sourcesOf(act),
        };
    });
}

/** Checks before use of the recorders that recorded these acts, on the days of the acts (附件1 第7条), in the order of time. */
async function checksOf(db: ReadDb, acts: readonly { row: ActRow; parts: ActParts }[]): Promise<Map<Id, BeforeUseCheck[]>> {
    const wanted = acts.flatMap(({ row, parts }) =>
        [...new Set(parts.recordings.flatMap((each) => each.device?.id ?? []))].map((device) => ({
            ...{ act: row.id, device },
            ...{ from: startOfDayAt(row.startsAt), to: row.endsAt + DAY },
        })),
    );
    if (wanted.length === 0) return new Map();
    const of = sql<{ act: Id; device: Id; from: Instant; to: Instant }>`unnest(${wanted.map((each) => each.act)}::uuid[],
        ${wanted.map((each) => each.device)}::uuid[], ${wanted.map((each) => each.from)}::bigint[], ${wanted.map((each) => each.to)}::bigint[])`;
    const rows = await db
        .selectFrom(of.as<'w'>(sql`w (act, device, "from", "to")`))
        .innerJoin('device_check as c', (on) =>
            on.onRef('c.device_id', '=', 'w.device').onRef('c.checked_at', '>=', 'w.from').onRef('c.checked_at', '<', 'w.to'),
        )
        .select(['w.act', 'c.id', 'c.device_id as deviceId', 'c.checked_at as checkedAt'])
        .select(['c.no_fault', 'c.time_right', 'c.battery_enough', 'c.space_enough'])
        .orderBy('c.checked_at')
        .orderBy('c.id')
        .execute();
    const checks = rows.map(({ act, no_fault, time_right, battery_enough, space_enough, ...row }) => ({
        act,
        check: { ...row, passed: no_fault && time_right && battery_enough && space_enough },
    }));
    return new Map([...Map.groupBy(checks, ({ act }) => act)].map(([act, of]) => [act, of.map(({ check }) => check)]));
}

async function excusesOf(db: ReadDb, recordings: readonly Id[]): Promise<AcceptedExcuse[]> {
    if (recordings.length === 0) return [];
    const rows = await db
        .selectFrom('late_excuse')
        .select(['id', 'recording_id', 'words'])
        .where('recording_id', '=', (of) => of.fn.any(of.val(recordings)))
        .where('state', '=', 'accepted')
        .orderBy('id')
        .execute();
    return rows.flatMap(({ id, recording_id, words }) =>
        recording_id === null ? [] : [{ id, recordingId: recording_id, words }],
    );
}
