import {
    APPOINTMENT_CLAUSES,
    ASKED_ROLES,
    type AskedRole,
    type DeviceRuleFacts,
    dayOf,
    type Id,
    type Instant,
    type OtherCheck,
    type OtherUse,
    type UnitRuleFacts,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { equippedPeople } from '../device/device-coverage.queries.ts';
import { faultReportsOf } from '../device/fault-reports.queries.ts';
import { readPassport } from '../device/passport.queries.ts';

/** A unit with all that its rules look at. */
export async function unitForRules(db: ReadDb, orgId: Id): Promise<{ name: string; facts: UnitRuleFacts }> {
    const { name, kind } = await db
        .selectFrom('organisation')
        .select(['name', 'kind'])
        .where('id', '=', orgId)
        .executeTakeFirstOrThrow();
    const holders = await db
        .selectFrom('role_grant as g')
        .innerJoin('person as p', 'p.id', 'g.person_id')
        .select(['g.role', 'g.person_id as personId', 'g.id as grantId'])
        .where('g.org_id', '=', orgId)
        .where('g.role', 'in', ASKED_ROLES)
        .where('g.ended_at', 'is', null)
        .where('p.left_at', 'is', null)
        .orderBy('g.id')
        .execute();
    const words = await db
        .selectFrom('attestation')
        .select(['id', 'clause', 'until_day as untilDay'])
        .where('org_id', '=', orgId)
        .where('clause', 'in', APPOINTMENT_CLAUSES)
        .where('withdrawn_at', 'is', null)
        .orderBy('id')
        .execute();
    return {
        name,
        facts: {
            kind,
            holders: holders.map((each) => ({ ...each, role: each.role as AskedRole })),
            words,
            people: await equippedPeople(db, orgId),
        },
    };
}

export type DeviceForRules = {
    readonly id: Id;
    readonly number: string;
    readonly retired: boolean;
    readonly facts: DeviceRuleFacts;
};

/** Devices with all that their rules look at, whoever may see their recordings: a rule names none of them to anybody. */
export async function devicesForRules(db: ReadDb, orgId: Id, ids: readonly Id[], now: Instant): Promise<DeviceForRules[]> {
    if (ids.length === 0) return [];
    const devices = await db
        .selectFrom('device')
        .select(['id', 'number', 'kind', 'state', 'model'])
        .where('id', 'in', ids)
        .where('org_id', '=', orgId)
        .orderBy('id')
        .execute();
    const issues = await openIssues(db, ids);
    const uses = await otherUses(db, ids);
    const checks = await otherChecks(db, ids);
    const faults = await faultReportsOf(db, orgId, ids);
    const unplaced = await unplacedOf(db, ids);
    const all: DeviceForRules[] = [];
    for (const { id, number, kind, state, model } of devices) {
        const { rows, papers } = await readPassport(db, orgId, { id, model }, null, now);
        const own = <T extends { readonly deviceId: Id }>(of: readonly T[]): Omit<T, 'deviceId'>[] =>
            of.flatMap(({ deviceId, ...rest }) => (deviceId === id ? [rest] : []));
        const today = dayOf(now);
        all.push({
            ...{ id, number, retired: state === 'retired' },
            facts: {
                kind,
                issue: own(issues)[0] ?? null,
                otherUses: own(uses),
                otherChecks: own(checks),
                faults: own(faults),
                withoutTime: own(unplaced)[0]?.withoutTime ?? 0,
                withoutPerson: own(unplaced)[0]?.withoutPerson ?? 0,
                requirements: rows.map((row) => ({
                    id: row.id,
                    verdict: row.verdict,
                    // What meets it may be another file tomorrow; what does not is named.
                    sources: row.papers.length > 0 ? row.papers : row.below > 0 ? row.examples : [],
                })),
                paperEnds: papers
                    .flatMap((each) =>
                        each.withdrawn === null && each.expiresOn !== null && each.expiresOn >= today ? [each.expiresOn] : [],
                    )
                    .toSorted(),
            },
        });
    }
    return all;
}

async function openIssues(db: ReadDb, ids: readonly Id[]) {
    const rows = await db
        .selectFrom('device_issue as i')
        .leftJoin('device as o', 'o.id', 'i.for_device_id')
        .select(['i.device_id as deviceId', 'i.id', 'i.person_id as personId', 'i.basis', 'i.due_back_at as dueBackAt'])
        .select(['o.id as insteadId', 'o.state as insteadState'])
        .where('i.device_id', 'in', ids)
        .where('i.returned_at', 'is', null)
        .execute();
    return rows.map(({ insteadId, insteadState, basis, ...row }) => ({
        ...row,
        basis: basis ?? ('personal' as const),
        instead: insteadId === null || insteadState === null ? null : { id: insteadId, state: insteadState },
    }));
}

/** When a recording began, by the best clock there is. */
const BEGINS = sql<Instant | null>`coalesce(r.true_start, r.device_start)`;

/** Recordings by whom the register does not know as the holder of that time, all there ever were. */
async function otherUses(db: ReadDb, ids: readonly Id[]): Promise<(OtherUse & { deviceId: Id })[]> {
    return db
        .selectFrom('recording as r')
        .leftJoin('device_issue as i', (on) =>
            on
                .onRef('i.device_id', '=', 'r.device_id')
                .on(sql<boolean>`i.issued_at <= ${BEGINS} and (i.returned_at is null or i.returned_at > ${BEGINS})`),
        )
        .select((of) => [
            of.ref('r.device_id').$notNull().as('deviceId'),
            'i.id as issueId',
            'i.person_id as holderId',
            of.ref('r.person_id').$notNull().as('userId'),
            of.fn.countAll<number>().as('recordings'),
            sql<Id>`(array_agg(r.id order by ${BEGINS}, r.id))[1]`.as('firstId'),
            sql<Instant>`min(${BEGINS})`.as('firstAt'),
            sql<Instant>`max(${BEGINS})`.as('lastAt'),
        ])
        .where('r.device_id', 'in', ids)
        .where('r.role', '=', 'original')
        .where('r.state', '<>', 'quarantined')
        .where('r.person_id', 'is not', null)
        .where(sql<boolean>`${BEGINS} is not null`)
        .where(sql<boolean>`i.person_id is distinct from r.person_id`)
        .groupBy(['r.device_id', 'i.id', 'i.person_id', 'r.person_id'])
        .orderBy('i.id')
        .orderBy('r.person_id')
        .execute();
}

/** Checks on a phone by whom the register does not know as the holder of that time. */
async function otherChecks(db: ReadDb, ids: readonly Id[]): Promise<(OtherCheck & { deviceId: Id })[]> {
    return db
        .selectFrom('device_check as c')
        .select((of) => [
            'c.device_id as deviceId',
            'c.holder_id as holderId',
            'c.person_id as personId',
            'c.place',
            of.fn.countAll<number>().as('checks'),
            sql<Id>`(array_agg(c.id order by c.checked_at, c.id))[1]`.as('firstId'),
            of.fn.min('c.checked_at').as('firstAt'),
        ])
        .where('c.device_id', 'in', ids)
        .where('c.place', '=', 'phone')
        .where(sql<boolean>`c.holder_id is distinct from c.person_id`)
        .groupBy(['c.device_id', 'c.holder_id', 'c.person_id', 'c.place'])
        .orderBy('c.holder_id')
        .orderBy('c.person_id')
        .execute();
}

async function unplacedOf(db: ReadDb, ids: readonly Id[]) {
    return db
        .selectFrom('recording as r')
        .select((of) => [
            of.ref('r.device_id').$notNull().as('deviceId'),
            sql<number>`count(*) filter (where ${BEGINS} is null)::int`.as('withoutTime'),
            sql<number>`count(*) filter (where ${BEGINS} is not null and r.person_id is null)::int`.as('withoutPerson'),
        ])
        .where('r.device_id', 'in', ids)
        .where('r.role', '=', 'original')
        .where('r.state', '<>', 'quarantined')
        .groupBy('r.device_id')
        .execute();
}
