import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { decideRetention, endedBefore, type Id, type Instant, type KeepingCase, MARKING, type Retention } from '@liuhen/domain';
import { type RawBuilder, sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { changesOf, type ParametersOf, parametersOf } from '../parameter/parameter.queries.ts';
import { casesWithEvidence, IS_EVIDENCE } from './recording-evidence.queries.ts';

type Wire = ResponseOf<Endpoints['recording.list']>['items'][number]['retention'];

/** The latest it can have ended: bounds of a clock never cost a day of keeping. */
const CAPTURED_TO = sql<number | null>`coalesce(r.true_end_upper, r.device_end, r.device_start)`;

/** How long recordings are kept (附件1 第18条), worked out when it is asked for: a case that ends or a mark that is withdrawn says so at once. */
export async function retentionOf(db: ReadDb, ids: readonly Id[]): Promise<Map<Id, Retention>> {
    if (ids.length === 0) return new Map();
    const rows = await db
        .selectFrom('recording as r')
        .select(['r.id', 'r.org_id', 'r.received_at as receivedAt'])
        .select(CAPTURED_TO.as('capturedTo'))
        .where('r.id', 'in', ids)
        .execute();
    const cases = Map.groupBy(await casesOf(db, ids), (each) => each.recordingId);
    const parameters = new Map<Id, ParametersOf>();
    for (const orgId of new Set(rows.map((row) => row.org_id))) parameters.set(orgId, await parametersOf(db, orgId));
    return new Map(
        rows.flatMap(({ id, org_id, receivedAt, capturedTo }) => {
            const of = parameters.get(org_id);
            if (of === undefined) return [];
            const own = cases.get(id) ?? [];
            const retention = decideRetention({
                receivedAt,
                capturedTo,
                evidenceIn: own.filter((each) => each.evidence),
                actIn: own.filter((each) => !each.evidence),
                least: of('deadline.recordingKeepOther', receivedAt),
                ofCase: (at) => of('retention.caseFile', at),
            });
            return [[id, retention] as const];
        }),
    );
}

type Found = KeepingCase & { readonly recordingId: Id; readonly evidence: boolean };

const IS_CONTESTED = sql<boolean>`exists (select from case_remedy m where m.case_id = c.id and m.ended_on is null)`;
const CONTESTED = IS_CONTESTED.as('contested');

/** Cases whose evidence a recording is, and those that its act belongs to. */
async function casesOf(db: ReadDb, ids: readonly Id[]): Promise<Found[]> {
    const marked = await casesWithEvidence(db, ids).select(['c.ended_at as endedAt', CONTESTED]).execute();
    const ofActs = await db
        .selectFrom('recording as r')
        .innerJoin('case_act as a', 'a.act_id', 'r.act_id')
        .innerJoin('case as c', 'c.id', 'a.case_id')
        .select(['r.id as recordingId', 'c.number', 'c.ended_at as endedAt', CONTESTED])
        .where('r.id', 'in', ids)
        .where('a.removed_at', 'is', null)
        .orderBy('c.number')
        .execute();
    return [
        ...marked.flatMap(({ recordingId, ...of }) => (recordingId === null ? [] : [{ ...of, recordingId, evidence: true }])),
        ...ofActs.map((of) => ({ ...of, evidence: false })),
    ];
}

type TermKey = 'deadline.recordingKeepOther' | 'retention.caseFile';

/**
 * Of `recording as r`: what `decideRetention` says is kept `until` a day that has ended by a moment, said to the database so that a long list
 * is neither read nor counted wrongly. Each figure holds for what began while it was in force.
 */
export async function keptOnlyTo(db: ReadDb, orgId: Id, by: Instant): Promise<RawBuilder<boolean>> {
    const of = await parametersOf(db, orgId);
    const ended = async (key: TermKey, began: RawBuilder<number>, from: RawBuilder<number>) => {
        const changes = [0, ...(await changesOf(db, orgId, key))];
        const pieces = changes.flatMap((start, at) => {
            const before = endedBefore(by, of(key, start));
            if (before === null) return [];
            const next = changes[at + 1] ?? before;
            return [sql<boolean>`(${began} >= ${start} and ${began} < ${Math.min(next, before)} and ${from} < ${before})`];
        });
        return pieces.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(pieces, sql` or `)})`;
    };
    const received = sql<number>`r.received_at`;
    const ordinary = await ended('deadline.recordingKeepOther', received, sql<number>`greatest(r.received_at, ${CAPTURED_TO})`);
    const file = await ended('retention.caseFile', sql<number>`c.ended_at`, sql<number>`c.ended_at`);
    return sql<boolean>`case when ${IS_EVIDENCE}
        then not exists (select from case_evidence e join "case" c on c.id = e.case_id
            where e.target_id = r.id and e.withdrawn_at is null and e.kind = any (${[...MARKING]}::text[])
                and (c.ended_at is null or ${IS_CONTESTED} or not ${file}))
        else ${ordinary} and not exists (select from case_act a join "case" c on c.id = a.case_id
            where a.act_id = r.act_id and a.removed_at is null and (c.ended_at is null or ${IS_CONTESTED})) end`;
}

export const wireRetention = ({ class: kind, state, due, term, reason, caseNumber }: Retention): Wire => ({
    class: kind,
    state,
    due,
    basis: term?.basis ?? null,
    standing: term?.standing ?? null,
    reason,
    caseNumber,
});
