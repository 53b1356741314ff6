import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { decideRetention, type Id, type KeepingCase, type Retention } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { type ParametersOf, parametersOf } from '../parameter/parameter.queries.ts';
import { casesWithEvidence } from './recording-evidence.queries.ts';

type Wire = ResponseOf<Endpoints['recording.list']>['items'][number]['retention'];

/** How long recordings are kept (附件1 第18条), worked out when it is asked for: a case that ends or a mark that is withdrawn says so at once. */
export async function retentionOf(db: ReadDb, ids: readonly Id[]): Promise<Map<Id, Retention>> {
    if (ids.length === 0) return new Map();
    const rows = await db
        .selectFrom('recording as r')
        .select(['r.id', 'r.org_id', 'r.received_at as receivedAt'])
        // The latest it can have ended: bounds of a clock never cost a day of keeping.
        .select(sql<number | null>`coalesce(r.true_end_upper, r.device_end, r.device_start)`.as('capturedTo'))
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

const CONTESTED = sql<boolean>`exists (select from case_remedy m where m.case_id = c.id and m.ended_on is null)`.as('contested');

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

export const wireRetention = ({ class: kind, state, due, term, reason, caseNumber }: Retention): Wire => ({
    class: kind,
    state,
    due,
    basis: term?.basis ?? null,
    standing: term?.standing ?? null,
    reason,
    caseNumber,
});
