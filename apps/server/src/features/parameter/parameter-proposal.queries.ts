import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    calendarOf,
    changedDays,
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
import type { Selectable } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import type { ParameterProposal } from '../../schema/db.generated.ts';
import { organisationsOf, peopleById, type Reach } from '../inspection/reach.queries.ts';
import { calendarFor, proposedDays, proposedYear } from './calendar.queries.ts';
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
        const orgId = row.org_id;
        const proposedBy = people.get(row.proposed_by);
        if (proposedBy === undefined) continue;
        const own = orgId === reach.own;
        const within = approvers.filter((each) => each.orgId === orgId && each.id !== row.proposed_by);
        if (!own && within.length > 0) continue;
        const about = await aboutOf(db, row, now);
        if (about === undefined) continue;
        // Of an organisation below, the reader is one of those above it.
        const above = own ? reach.inspectors.filter((id) => id !== orgId) : [reach.own];
        const couldAbove = approvers.filter((each) => above.includes(each.orgId));
        const waitsFor = proposalWaitsFor({ within: within.length, above: couldAbove.length });
        const mine = row.proposed_by === subject.personId;
        items.push({
            ...about,
            id: row.id,
            basis: row.basis,
            reason: row.reason,
            proposedBy,
            proposedAt: row.proposed_at,
            organisation: { id: orgId, name: names.get(orgId) ?? '' },
            own,
            waitsFor,
            people: within.map(({ id, name, certificateNumber }) => ({ id, name, certificateNumber })),
            above: waitsFor === 'above' ? [...new Set(couldAbove.map((each) => names.get(each.orgId) ?? ''))] : [],
            mayDecide: approves && !mine,
            mayWithdraw: mine && permissions.includes('parameter.manage'),
        });
    }
    return { items };
}

type Row = Selectable<ParameterProposal>;
type AboutParameter = Pick<
    Extract<Waiting, { about: 'parameter' }>,
    'about' | 'key' | 'value' | 'standing' | 'fromDay' | 'present'
>;
type AboutYear = Pick<
    Extract<Waiting, { about: 'year' }>,
    'about' | 'year' | 'off' | 'work' | 'standing' | 'present' | 'changes'
>;

/** What is proposed beside what is in force now; absent for a key that the catalogue knows no more. */
async function aboutOf(db: ReadDb, row: Row, now: Instant): Promise<AboutParameter | AboutYear | undefined> {
    const { key, year, org_id: orgId } = row;
    if (year !== null) {
        const before = await calendarFor(db, orgId);
        const proposed = proposedYear(year, row);
        return {
            about: 'year',
            year,
            ...proposedDays(row.value),
            standing: proposed.standing,
            present: before.get(year)?.source ?? null,
            changes: changedDays(before, calendarOf([...before.values(), proposed]), year),
        };
    }
    if (key === null || !isParameterKey(key)) return undefined;
    const present = inForceAt(parameterDefinition(key), await decisionsOf(db, orgId, key), now);
    return {
        about: 'parameter',
        key,
        value: row.value as ParameterWireValue,
        standing: row.standing as AboutParameter['standing'],
        fromDay: row.from_day,
        present: { value: present.value as ParameterWireValue, from: present.from },
    };
}
