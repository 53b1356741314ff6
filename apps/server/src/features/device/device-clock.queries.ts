import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    type ClockEpoch,
    type ClockParameters,
    type ClockReading,
    clockEpochs,
    clockFindings,
    DomainError,
    type Id,
    type Instant,
    offsetAt,
    type ParameterKey,
    SECOND,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { type ParametersOf, parametersOf } from '../parameter/parameter.queries.ts';

type Answer = ResponseOf<Endpoints['device.clock']>;

const CLOCK_KEYS = [
    'clock.worstDriftSeconds',
    'clock.wanderSeconds',
    'clock.allowedDriftSeconds',
    'clock.usableSeconds',
] as const satisfies readonly ParameterKey[];

/** How clocks are believed in an organisation at a moment. */
export function clockParametersAt(of: ParametersOf, at: Instant): ClockParameters {
    const seconds = (key: Parameters<ParametersOf>[0]) => Number(of(key, at).value) * SECOND;
    return {
        worstDriftMs: seconds('clock.worstDriftSeconds'),
        wanderMs: seconds('clock.wanderSeconds'),
        allowedDriftMs: seconds('clock.allowedDriftSeconds'),
        usableMs: seconds('clock.usableSeconds'),
    };
}

const readingsOf = (db: ReadDb, deviceId: Id) =>
    db
        .selectFrom('clock_reading as c')
        .leftJoin('person as p', 'p.id', 'c.read_by')
        .select(['c.id', 'c.source', 'c.device_text', 'c.device_at', 'c.resolution_ms', 'c.lower_at', 'c.upper_at'])
        .select(['c.after_set', 'c.learnt_at', 'c.note', 'c.withdrawn_at', 'c.withdrawn_why', 'p.name as reader'])
        .where('c.device_id', '=', deviceId)
        .orderBy('c.learnt_at', 'desc')
        .orderBy('c.id', 'desc')
        .execute();

type Row = Awaited<ReturnType<typeof readingsOf>>[number];

const readingOf = (row: Row): ClockReading => ({
    id: row.id,
    source: row.source,
    device: row.device_at,
    resolutionMs: row.resolution_ms,
    lower: row.lower_at,
    upper: row.upper_at,
    afterSet: row.after_set,
    learntAt: row.learnt_at,
});

/** The settings of a device's clock as its readings show them, those withdrawn left out, and the decisions by which they are read. */
export async function clockOf(
    db: ReadDb,
    orgId: Id,
    deviceId: Id,
    now: Instant,
): Promise<{ epochs: ClockEpoch[]; parameters: ClockParameters; decisions: Id[] }> {
    const parameters = await parametersOf(db, orgId);
    const decisions = CLOCK_KEYS.flatMap((key) => parameters(key, now).decision ?? []);
    return { ...settingsOf(await readingsOf(db, deviceId), clockParametersAt(parameters, now)), decisions };
}

function settingsOf(rows: readonly Row[], parameters: ClockParameters) {
    const standing = rows.filter((row) => row.withdrawn_at === null);
    return { epochs: clockEpochs(standing.map(readingOf), parameters), parameters };
}

/** Everything read from a device's clock, what follows from it, and what is wrong with it. */
export async function getClock(db: ReadDb, orgId: Id, deviceId: Id, now: Instant): Promise<Answer> {
    const device = await db
        .selectFrom('device')
        .select('id')
        .where('id', '=', deviceId)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (device === undefined) throw new DomainError('device.notFound');
    const rows = await readingsOf(db, deviceId);
    const { epochs, parameters } = settingsOf(rows, clockParametersAt(await parametersOf(db, orgId), now));
    return {
        readings: rows.map((row) => ({
            ...readingOf(row),
            shown: row.device_text,
            reader: row.reader,
            note: row.note,
            withdrawn: row.withdrawn_at === null ? null : { at: row.withdrawn_at, why: row.withdrawn_why ?? '' },
        })),
        epochs: epochs.map(({ begins, readings, measured, rate }) => ({
            begins,
            readings: readings.map((each) => each.id),
            ratePerDay: measured ? { lower: Math.round(rate.lower), upper: Math.round(rate.upper) } : null,
        })),
        findings: clockFindings(epochs, parameters).map(({ code, ...params }) => ({ code, params: withoutNull(params) })),
        offsetNow: offsetNow(epochs, parameters, now),
        parameters: { allowedDriftMs: parameters.allowedDriftMs, usableMs: parameters.usableMs },
        uncorrected: await countUncorrected(db, deviceId),
    };
}

const withoutNull = (params: Readonly<Record<string, number | null>>): Record<string, number> =>
    Object.fromEntries(Object.entries(params).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));

/** How wrong the clock is by now, if it was neither set nor stopped since it was last read; `null` where a side is open. */
function offsetNow(epochs: readonly ClockEpoch[], parameters: ClockParameters, now: Instant): Answer['offsetNow'] {
    const last = epochs.at(-1);
    if (last === undefined) return null;
    // The axis is device time. Where it stands follows from the offset itself, so the last reading's is close enough.
    const latest = last.readings.at(-1);
    const shift = latest === undefined ? 0 : (latest.upper ?? latest.learntAt) - latest.device;
    const { lower, upper } = offsetAt(last, now - shift, parameters);
    return Number.isFinite(lower) && Number.isFinite(upper) ? { lower: Math.floor(lower), upper: Math.ceil(upper) } : null;
}

/** Recordings whose time is only the device's, by why. */
async function countUncorrected(db: ReadDb, deviceId: Id): Promise<Answer['uncorrected']> {
    const rows = await db
        .selectFrom('recording')
        .select((of) => ['clock_state', of.fn.countAll<number>().as('count')])
        .where('device_id', '=', deviceId)
        .where('role', '=', 'original')
        .where((of) => of.or([of('clock_state', 'is', null), of('clock_state', '<>', 'fitted')]))
        .groupBy('clock_state')
        .execute();
    return rows.map(({ clock_state, count }) => ({
        doubt: (clock_state ?? 'noReading') as Answer['uncorrected'][number]['doubt'],
        count,
    }));
}
