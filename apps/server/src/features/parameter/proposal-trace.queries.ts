import type { Id } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { organisationsOf, peopleById } from '../inspection/reach.queries.ts';

/**
 * What an organisation proposed about its parameters (`key`) or its holiday calendar (`year`), newest first, with who did what. Also
 * named are `deciders`, who wrote what counts. Everybody named is of the own organisation or of one above it, which has to be in reach.
 */
export async function proposalTraces(db: ReadDb, orgId: Id, about: 'key' | 'year', deciders: readonly Id[]) {
    const proposals = await db
        .selectFrom('parameter_proposal')
        .selectAll()
        .where('org_id', '=', orgId)
        .where(about, 'is not', null)
        .orderBy('proposed_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
    type Proposal = (typeof proposals)[number];
    const byId = new Map(proposals.map((row) => [row.id, row]));
    const people = await peopleById(db, [...deciders, ...proposals.flatMap((row) => [row.proposed_by, row.decided_by])]);
    const others = proposals.flatMap((row) =>
        row.decided_org_id === null || row.decided_org_id === orgId ? [] : [row.decided_org_id],
    );
    const names = new Map((await organisationsOf(db, [...new Set(others)])).map(({ id, name }) => [id, name]));
    const person = (id: Id) => people.get(id) ?? { id, name: '', certificateNumber: null };
    const above = (id: Id | null) => (id === null ? null : (names.get(id) ?? null));

    /** Of what counts, who proposed it; null where it is older than approvals. */
    const originOf = (proposalId: Id | null) => {
        const from = proposalId === null ? undefined : byId.get(proposalId);
        if (from === undefined) return null;
        return { by: person(from.proposed_by), at: from.proposed_at, approvedAbove: above(from.decided_org_id) };
    };
    /** Of what does not count, or not yet, how it stands. */
    const traceOf = (row: Proposal) => ({
        id: row.id,
        basis: row.basis,
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
    return {
        /** Those that became no decision, or not yet. */
        unsettled: proposals.filter((row) => row.state !== 'approved'),
        reasonOf: (proposalId: Id | null) => (proposalId === null ? null : (byId.get(proposalId)?.reason ?? null)),
        person,
        originOf,
        traceOf,
    };
}
