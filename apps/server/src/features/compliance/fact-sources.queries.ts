import {
    type ActFactSources,
    clockSources,
    type Id,
    type Instant,
    inForceAt,
    type ParameterKey,
    type ParameterRow,
    type ParameterSource,
    parameterDefinition,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import type { ActParts, ActRow } from '../act/act-list.queries.ts';

/** Figures that hold for the whole of an act, by its end. */
const AT_END = ['deadline.recordingUpload', 'act.documentToleranceSeconds'] as const;
/** Those of each segment, by its beginning. */
const AT_SEGMENT = ['act.addedScenarios'] as const;
/** Those of each file, by when it began. */
const AT_FILE = ['recording.segmentChangeMs', 'recording.segmentChangeByModel'] as const;
/** Those by which clocks were read, by when they were; the recordings name them. */
const OF_CLOCKS = ['clock.worstDriftSeconds', 'clock.wanderSeconds', 'clock.allowedDriftSeconds', 'clock.usableSeconds'] as const;
const KEYS: readonly ParameterKey[] = [...AT_END, ...AT_SEGMENT, ...AT_FILE, ...OF_CLOCKS];

type Loaded = { readonly row: ActRow; readonly parts: ActParts };

/** Where the facts of acts come from, all at once. */
export async function sourcesOfActs(db: ReadDb, orgId: Id, acts: readonly Loaded[]): Promise<(act: Loaded) => ActFactSources> {
    const { inForce, sourceOf } = await decisionsFor(db, orgId);
    const asked = acts.filter(({ parts }) => parts.speechRequired).map(({ row }) => row.id);
    const speech = await speechSources(db, asked);
    return ({ row, parts }) => {
        const parameters: Partial<Record<ParameterKey, readonly ParameterSource[]>> = {};
        const name = (keys: readonly ParameterKey[], moments: readonly Instant[]) => {
            for (const key of keys) {
                const sources = inForce(key, moments);
                if (sources !== undefined) parameters[key] = sources;
            }
        };
        name(AT_END, [row.endsAt]);
        name(
            AT_SEGMENT,
            parts.segments.map((each) => each.startsAt),
        );
        name(
            AT_FILE,
            parts.recordings.map((each) => each.deviceStart ?? each.receivedAt),
        );
        return {
            parameters,
            speech: speech.get(row.id) ?? [],
            marks: parts.marks.flatMap(({ kind, id, withdrawn }) => (withdrawn === null ? [{ kind, id }] : [])),
            ...clockSources(
                parts.recordings.map(({ id, correctedStart, stretches, clockBasis }) => ({
                    id,
                    corrected: correctedStart !== null || stretches.some((each) => each.corrected !== null),
                    basis: clockBasis,
                })),
                sourceOf,
            ),
        };
    };
}

/** The organisation's decisions about what acts are judged by, each with the entry that made it. */
async function decisionsFor(db: ReadDb, orgId: Id) {
    const rows = await db
        .selectFrom('parameter as p')
        .leftJoin('ledger.object as o', (on) =>
            on.onRef('o.org_id', '=', 'p.org_id').onRef('o.object_id', '=', 'p.id').on('o.seq', '=', 0),
        )
        .select(['p.id', 'p.key', 'p.value', 'p.standing', 'p.basis', 'p.from_at', 'p.decided_at', 'p.proposal_id', 'o.idx'])
        .where('p.org_id', '=', orgId)
        .where('p.key', 'in', KEYS)
        .execute();
    const sources = new Map(
        rows.map((row): [Id, ParameterSource] => [row.id, { decision: row.id, proposal: row.proposal_id, entry: row.idx }]),
    );
    const byKey = Map.groupBy(rows, (row) => row.key);
    const rowsOf = new Map(
        [...byKey].map(([key, of]) => [
            key,
            of.map(
                (row): ParameterRow => ({
                    ...{ id: row.id, value: null, standing: 'own', basis: row.basis },
                    ...{ from: row.from_at, decidedAt: row.decided_at },
                }),
            ),
        ]),
    );
    // A decision that is gone from the table would be named all the same.
    const sourceOf = (id: Id): ParameterSource => sources.get(id) ?? { decision: id, proposal: null, entry: null };
    /**
     * Each source once; undefined where all came with the software. Most organisations have decided nothing, and this is asked for a hundred
     * thousand acts in a night.
     */
    const inForce = (key: ParameterKey, moments: readonly Instant[]): readonly ParameterSource[] | undefined => {
        const decided = rowsOf.get(key);
        if (decided === undefined) return undefined;
        const definition = parameterDefinition(key);
        const ids = [...new Set(moments.map((at) => inForceAt(definition, decided, at).decision))];
        return ids.every((id) => id === null) ? undefined : ids.map((id) => (id === null ? 'shipped' : sourceOf(id)));
    };
    return { inForce, sourceOf };
}

/** The cases that acts are in, and the sheets of samples that drew them. */
async function speechSources(db: ReadDb, acts: readonly Id[]): Promise<Map<Id, ActFactSources['speech']>> {
    if (acts.length === 0) return new Map();
    const cases = await db
        .selectFrom('case_act')
        .select(['act_id', 'case_id as id', sql<'case' | 'sample'>`'case'`.as('kind')])
        .where('act_id', 'in', acts)
        .where('removed_at', 'is', null)
        .orderBy('case_id')
        .execute();
    const samples = await db
        .selectFrom('inspection_sheet')
        .select(['act_id', 'id', sql<'case' | 'sample'>`'sample'`.as('kind')])
        .where('act_id', 'in', acts)
        .orderBy('id')
        .execute();
    const all = Map.groupBy([...cases, ...samples], (row) => row.act_id);
    return new Map([...all].map(([act, of]) => [act, of.map(({ kind, id }) => ({ kind, id }))]));
}
