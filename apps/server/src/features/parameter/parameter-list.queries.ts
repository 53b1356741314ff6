import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Id, type Instant, inForceAt, PARAMETER_KEYS, type ParameterInForce, parameterDefinition } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { type ParameterWireValue, rowOf } from './parameter.queries.ts';
import { proposalTraces } from './proposal-trace.queries.ts';

type Item = ResponseOf<Endpoints['parameter.list']>['items'][number];

/** Every parameter with what is in force, how it came to be, and what was proposed and did not become a decision. */
export async function listParameters(db: ReadDb, orgId: Id, now: Instant): Promise<ResponseOf<Endpoints['parameter.list']>> {
    const decisions = await db
        .selectFrom('parameter')
        .selectAll()
        .where('org_id', '=', orgId)
        .orderBy('from_at', 'desc')
        .orderBy('decided_at', 'desc')
        .execute();
    const { unsettled, person, originOf, traceOf } = await proposalTraces(
        db,
        orgId,
        'key',
        decisions.map((row) => row.decided_by),
    );
    const rowWire = (row: (typeof decisions)[number]): Item['rows'][number] => ({
        ...rowOf(row),
        value: row.value as ParameterWireValue,
        reason: row.reason,
        decidedBy: person(row.decided_by),
        proposal: originOf(row.proposal_id),
    });
    const proposalWire = (row: (typeof unsettled)[number]): Item['proposals'][number] => ({
        ...traceOf(row),
        value: row.value as ParameterWireValue,
        standing: row.standing as Item['proposals'][number]['standing'],
        fromDay: row.from_day,
    });
    const decided = Map.groupBy(decisions, (row) => row.key);
    const proposed = Map.groupBy(unsettled, (row) => row.key);
    return {
        items: PARAMETER_KEYS.map((key) => {
            const rows = decided.get(key) ?? [];
            const inForce = inForceAt(parameterDefinition(key), rows.map(rowOf), now);
            return {
                key,
                ...(inForce as ParameterInForce & { value: ParameterWireValue }),
                rows: rows.map(rowWire),
                proposals: (proposed.get(key) ?? []).map(proposalWire),
            };
        }),
    };
}
