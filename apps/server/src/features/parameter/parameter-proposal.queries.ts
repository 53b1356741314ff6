import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    type Id,
    type Instant,
    inForceAt,
    isParameterKey,
    PERMISSIONS_OF,
    parameterDefinition,
    permissionsOf,
    proposalWaitsFor,
    ROLES,
    type Subject,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { organisationsOf, peopleById, type Reach } from '../inspection/reach.queries.ts';
import { decisionsOf, type ParameterWireValue } from './parameter.queries.ts';

type Waiting = ResponseOf<Endpoints['parameter.proposals']>['items'][number];

const APPROVING = ROLES.filter((role) => PERMISSIONS_OF[role].includes('parameter.approve'));

export type Approver = { id: Id; name: string; certificateNumber: string | null; orgId: Id };

/** Who of these organisations can approve: holds a role that may, still works there and can sign in. */
export const approversOf = (db: ReadDb, orgs: readonly Id[]): Promise<Approver[]> =>
    db
        .selectFrom('role_grant as g')
        .innerJoin('person as p', 'p.id', 'g.person_id')
        .innerJoin('account as a', 'a.id', 'p.id')
        .select(['p.id', 'p.name', 'p.certificate_number as certificateNumber', 'g.org_id as orgId'])
        .distinct()
        .where('g.org_id', 'in', orgs)
        .where('g.role', 'in', APPROVING)
        .where('g.ended_at', 'is', null)
        .where('p.left_at', 'is', null)
        .where('a.ended_at', 'is', null)
        .orderBy('p.name')
        .execute();

/**
 * What waits: of the own organisation all of it, of those below what nobody there can approve, for whoever may approve. Each says who
 * can end the waiting, so that nobody waits for somebody who is not there.
 */
export async function listWaiting(
    db: ReadDb,
    reach: Reach,
    subject: Subject,
    now: Instant,
): Promise<ResponseOf<Endpoints['parameter.proposals']>> {
    const permissions = permissionsOf(subject.roles);
    const approves = permissions.includes('parameter.approve');
    const orgs = approves ? [...new Set([reach.own, ...reach.inspectable])] : [reach.own];
    const rows = await db
        .selectFrom('parameter_proposal')
        .selectAll()
        .where('state', '=', 'waiting')
        .where('org_id', 'in', orgs)
        .orderBy('proposed_at')
        .orderBy('id')
        .execute();
    if (rows.length === 0) return { items: [] };
    const concerned = [...new Set([...orgs, ...reach.inspectors])];
    const approvers = await approversOf(db, concerned);
    const names = new Map((await organisationsOf(db, concerned)).map(({ id, name }) => [id, name]));
    const people = await peopleById(
        db,
        rows.map((row) => row.proposed_by),
    );
    const items: Waiting[] = [];
    for (const row of rows) {
        const { key, org_id: orgId } = row;
        const proposedBy = people.get(row.proposed_by);
        if (!isParameterKey(key) || proposedBy === undefined) continue;
        const own = orgId === reach.own;
        const within = approvers.filter((each) => each.orgId === orgId && each.id !== row.proposed_by);
        if (!own && within.length > 0) continue;
        // Of an organisation below, the reader is one of those above it.
        const above = own ? reach.inspectors.filter((id) => id !== orgId) : [reach.own];
        const couldAbove = approvers.filter((each) => above.includes(each.orgId));
        const waitsFor = proposalWaitsFor({ within: within.length, above: couldAbove.length });
        const present = inForceAt(parameterDefinition(key), await decisionsOf(db, orgId, key), now);
        const mine = row.proposed_by === subject.personId;
        items.push({
            id: row.id,
            key,
            value: row.value as ParameterWireValue,
            standing: row.standing as Waiting['standing'],
            basis: row.basis,
            fromDay: row.from_day,
            reason: row.reason,
            proposedBy,
            proposedAt: row.proposed_at,
            organisation: { id: orgId, name: names.get(orgId) ?? '' },
            own,
            present: { value: present.value as ParameterWireValue, from: present.from },
            waitsFor,
            people: within.map(({ id, name, certificateNumber }) => ({ id, name, certificateNumber })),
            above: waitsFor === 'above' ? [...new Set(couldAbove.map((each) => names.get(each.orgId) ?? ''))] : [],
            mayDecide: approves && !mine,
            mayWithdraw: mine && permissions.includes('parameter.manage'),
        });
    }
    return { items };
}
