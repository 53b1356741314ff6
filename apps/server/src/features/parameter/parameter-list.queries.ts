import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Id, type Instant, inForceAt, PARAMETER_KEYS, type ParameterInForce, parameterDefinition } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { organisationsOf, peopleById } from '../inspection/reach.queries.ts';
import { type ParameterWireValue, rowOf } from './parameter.queries.ts';

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
    const proposals = await db
        .selectFrom('parameter_proposal')
        .selectAll()
        .where('org_id', '=', orgId)
        .orderBy('proposed_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
    const approved = new Map(proposals.map((row) => [row.id, row]));
    const people = await peopleById(db, [
        ...decisions.map((row) => row.decided_by),
        ...proposals.flatMap((row) => [row.proposed_by, row.decided_by]),
    ]);
    const others = proposals.flatMap((row) =>
        row.decided_org_id === null || row.decided_org_id === orgId ? [] : [row.decided_org_id],
    );
    const names = new Map((await organisationsOf(db, [...new Set(others)])).map(({ id, name }) => [id, name]));
    // Everybody named is of the own organisation or of one above it, which is read.
    const person = (id: Id) => people.get(id) ?? { id, name: '', certificateNumber: null };
    const above = (id: Id | null) => (id === null ? null : (names.get(id) ?? null));

    const rowWire = (row: (typeof decisions)[number]): Item['rows'][number] => {
        const from = row.proposal_id === null ? undefined : approved.get(row.proposal_id);
        const proposal =
            from === undefined
                ? null
                : { by: person(from.proposed_by), at: from.proposed_at, approvedAbove: above(from.decided_org_id) };
        return {
            ...rowOf(row),
            value: row.value as ParameterWireValue,
            reason: row.reason,
            decidedBy: person(row.decided_by),
            proposal,
        };
    };
    const proposalWire = (row: (typeof proposals)[number]): Item['proposals'][number] => ({
        id: row.id,
        value: row.value as ParameterWireValue,
        standing: row.standing as Item['proposals'][number]['standing'],
        basis: row.basis,
        fromDay: row.from_day,
        reason: row.reason,
        proposedBy: person(row.proposed_by),
        proposedAt: row.proposed_at,
        state: row.state,
        ended:
            row.decided_by === null || row.decided_at === null
                ? null
                : {
                      by: person(row.decided_by),
                      at: row.decided_at,
                      why: row.decided_why ?? '',
                      above: above(row.decided_org_id),
                  },
    });
    const [decided, proposed] = [Map.groupBy(decisions, (row) => row.key), Map.groupBy(proposals, (row) => row.key)];
    return {
        items: PARAMETER_KEYS.map((key) => {
            const rows = decided.get(key) ?? [];
            const inForce = inForceAt(parameterDefinition(key), rows.map(rowOf), now);
            return {
                key,
                ...(inForce as ParameterInForce & { value: ParameterWireValue }),
                rows: rows.map(rowWire),
                proposals: (proposed.get(key) ?? []).filter((row) => row.state !== 'approved').map(proposalWire),
            };
        }),
    };
}
