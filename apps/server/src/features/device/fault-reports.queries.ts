import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    type DeviceKind,
    endOfPeriod,
    type FaultEnd,
    type FaultReport,
    type Id,
    type Instant,
    inForceAt,
    parameterDefinition,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { calendarFor } from '../parameter/calendar.queries.ts';
import { decisionsOf } from '../parameter/parameter.queries.ts';
import { stepsOfDevice } from './device-life.queries.ts';

type Detail = ResponseOf<Endpoints['device.get']>;
type Of = FaultReport & { readonly deviceId: Id };

/**
 * Faults that were reported while somebody had the device (附件1 第15条), all there ever were, in order of time: until when each had to be handed in
 * by the term that the unit had set itself by then, and what ended it first: the return, the manager who cleared it, or its loss.
 */
export async function faultReportsOf(db: ReadDb, orgId: Id, ids: readonly Id[]): Promise<Of[]> {
    if (ids.length === 0) return [];
    const rows = await db
        .selectFrom('device_step as s')
        .innerJoin('device_issue as i', (on) =>
            on
                .onRef('i.device_id', '=', 's.device_id')
                .onRef('i.issued_at', '<=', 's.taken_at')
                .on((of) => of.or([of('i.returned_at', 'is', null), of('i.returned_at', '>', of.ref('s.taken_at'))])),
        )
        .select(['s.id', 's.device_id as deviceId', 's.taken_at as reportedAt'])
        .select(['i.id as issueId', 'i.person_id as holderId', 'i.returned_at as returnedAt'])
        .where('s.device_id', 'in', ids)
        .where('s.step', '=', 'reportFault')
        .orderBy('s.taken_at')
        .orderBy('s.id')
        .execute();
    if (rows.length === 0) return [];
    const ends = await db
        .selectFrom('device_step')
        .select(['device_id as deviceId', 'step', 'taken_at as at'])
        .where('device_id', 'in', ids)
        .where('step', 'in', ['clearFault', 'reportLost'])
        .orderBy('taken_at')
        .execute();
    const termAt = await termOf(db, orgId);
    return rows.map(({ returnedAt, ...row }) => {
        const { reportedAt, deviceId } = row;
        const stepped = ends.find((each) => each.deviceId === deviceId && each.at > reportedAt);
        const ended = firstOf(returnedAt, stepped);
        return { ...row, ...termAt(reportedAt), ended: ended?.as ?? null, endedAt: ended?.at ?? null };
    });
}

type End = { readonly as: FaultEnd; readonly at: Instant };

function firstOf(returnedAt: Instant | null, stepped: { step: string; at: Instant } | undefined): End | undefined {
    if (stepped !== undefined && (returnedAt === null || stepped.at < returnedAt))
        return { as: stepped.step === 'reportLost' ? 'lost' : 'cleared', at: stepped.at };
    return returnedAt === null ? undefined : { as: 'handedIn', at: returnedAt };
}

/** The term in force when a fault was reported: one that was set later judges none that was reported before. */
async function termOf(db: ReadDb, orgId: Id): Promise<(at: Instant) => Pick<FaultReport, 'dueAt' | 'decision'>> {
    const key = 'device.faultHandIn';
    const decisions = await decisionsOf(db, orgId, key);
    const calendar = await calendarFor(db, orgId);
    return (at) => {
        const { value, decision } = inForceAt(parameterDefinition(key), decisions, at);
        if (value === null || typeof value !== 'object' || !('unit' in value)) return { dueAt: null, decision };
        const end = endOfPeriod(at, value, { calendar });
        if (end.state !== 'running') throw new Error('nothing suspends the term for handing in');
        return { dueAt: end.due, decision };
    };
}

/** The ways a device went; beside each fault of a recorder that somebody had, until when it was to be handed in and what came of it. */
export async function stepsWithHandIns(
    db: ReadDb,
    orgId: Id,
    { id, kind }: { readonly id: Id; readonly kind: DeviceKind },
): Promise<Detail['steps']> {
    const steps = await stepsOfDevice(db, id);
    const faults = kind === 'recorder' ? await faultReportsOf(db, orgId, [id]) : [];
    return steps.map((step) => {
        const fault = faults.find((each) => each.id === step.id);
        if (fault === undefined) return { ...step, handIn: null };
        const { issueId, dueAt, ended, endedAt } = fault;
        return { ...step, handIn: { issueId, dueAt, ended, endedAt } };
    });
}
