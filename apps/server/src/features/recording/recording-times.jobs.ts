import {
    type BoundedInstant,
    bodyOf,
    type ClockEpoch,
    type ClockParameters,
    type Correction,
    correctStretch,
    deviceTimeOfFile,
    type Id,
    type Instant,
    isId,
    type TimeBasis,
} from '@liuhen/domain';
import { sql } from 'kysely';
import { runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { derivedId } from '../../platform/derived-id.ts';
import type { JobHandlers, JobRun } from '../../platform/jobs.ts';
import type { Services } from '../../platform/services.ts';
import { clockOf } from '../device/device-clock.queries.ts';
import { readPositionsOf } from './docking-positions.jobs.ts';
import { proposeLater } from './filing.store.ts';
import { insertInterval, lockRecording, updateInterval, updateRecording } from './recording.store.ts';
import { type IntervalTimes, type RecordingTimes, timesOfDevice, timesOfRecording } from './recording-times.queries.ts';

/** So many rows go into one entry of the log: it stays readable, and the log is not held for long. */
const ROWS_PER_ENTRY = 50;

export const recordingTimeJobs = (services: Services): JobHandlers => ({
    'recording.correctTimes': (job) => correctTimes(services, job),
});

/**
 * Works out when the recordings of a device really ran, from what is known of its clock. Device time stays as it is; the
 * corrected time stands beside it with its bounds, or with why there is none. Only what changed is written.
 */
async function correctTimes(services: Services, job: JobRun): Promise<void> {
    const deviceId = job.data.deviceId;
    if (!isId(deviceId)) throw new TypeError('the job names no device');
    await readPositionsOf(services, job, deviceId);
    const now = services.clock.now();
    const { clock, recordings } = await services.db.read({ readOrgs: [job.orgId] }, async (db) => ({
        clock: await clockOf(db, job.orgId, deviceId, now),
        recordings: await timesOfDevice(db, job.orgId, deviceId),
    }));
    const changed = recordings.filter((each) => changes(each, correctionOf(each, clock), clock));
    for (let at = 0; at < changed.length; at += ROWS_PER_ENTRY) {
        const part = changed.slice(at, at + ROWS_PER_ENTRY).map((each) => each.id);
        // Named by what it corrects: a run that was cut off goes on with what is left.
        const context = { ...job.command, commandId: derivedId('correctTimes', job.command.commandId, part[0] ?? '') };
        await runCommand(services.commands, context, 'recording.correctTimes', async (tx) => {
            for (const id of part) await correctOne(tx, id, clock);
            const event = { kind: 'recording.timeCorrected', objects: [deviceId, ...part] } as const;
            return { result: null, events: [{ ...event, body: bodyOf({ count: part.length }) }] };
        });
    }
}

type Clock = { epochs: readonly ClockEpoch[]; parameters: ClockParameters; decisions: readonly Id[] };

async function correctOne(tx: Tx, id: Id, clock: Clock): Promise<void> {
    const locked = await lockRecording(tx, id);
    const times = await timesOfRecording(tx.read, id);
    if (locked === undefined || times === undefined) throw new Error('the recording is gone');
    const correction = correctionOf(times, clock);
    const span = spanOf(times);
    // A clock that had lost its setting gives its recording no day, until a reading of it does.
    const found = span !== undefined && times.deviceStart === null && correction.state === 'fitted' ? span : undefined;
    await updateRecording(tx, locked, {
        ...columnsOf(correction),
        clock_basis: basisColumn(basisOf(correction, clock)),
        ...(found === undefined ? {} : { device_start: found.start, device_end: found.end }),
    });
    // When it ran decides which act it belongs to.
    if (locked.act_id === null) proposeLater(tx, id);
    for (const interval of times.intervals) {
        const own = correctStretch(
            { ...interval.device, notBefore: null, notAfter: times.receivedAt },
            clock.epochs,
            clock.parameters,
        );
        if (differs(interval, own)) await updateInterval(tx, interval, intervalColumns(own));
    }
    if (found !== undefined && times.intervals.length === 0) {
        await insertInterval(tx, {
            id: tx.newId(),
            recording_id: id,
            media_start: 0,
            media_end: found.end - found.start,
            timescale: 1_000,
            device_start: found.start,
            device_end: found.end,
            ...intervalColumns(correction),
        });
    }
}

/** What the device's clock says of when it ran, also where the clock shows a year in which there were no recorders. */
function spanOf(times: RecordingTimes): { start: Instant; end: Instant } | undefined {
    const { deviceStart, deviceEnd, inspection } = times;
    if (deviceStart !== null) return { start: deviceStart, end: deviceEnd ?? deviceStart + 1 };
    const durationMs = inspection?.durationMs;
    if (inspection === null || durationMs === undefined || durationMs <= 0) return undefined;
    const time = deviceTimeOfFile(times, inspection);
    return time.basis === 'unknown' ? undefined : { start: time.start, end: time.start + durationMs };
}

function correctionOf(times: RecordingTimes, { epochs, parameters }: Clock): Correction {
    const span = spanOf(times);
    if (span === undefined) return { state: 'unknown', doubt: 'noReading', widthMs: null };
    return correctStretch({ ...span, notBefore: null, notAfter: times.receivedAt }, epochs, parameters);
}

/** What rests on other readings by now says so, even where they lead to the same time; what was never kept is left until then. */
function changes(times: RecordingTimes, correction: Correction, clock: Clock): boolean {
    const { clock_state, clock_width_ms } = columnsOf(correction);
    const basis = basisOf(correction, clock);
    if (times.clockBasis !== null && basis !== null && !sameBasis(times.clockBasis, basis)) return true;
    return times.clockState !== clock_state || times.clockWidthMs !== clock_width_ms || differs(times, correction);
}

function differs({ start, end }: Pick<IntervalTimes, 'start' | 'end'>, correction: Correction): boolean {
    if (correction.state !== 'fitted') return start !== null;
    return !sameMoment(start, correction.during.start) || !sameMoment(end, correction.during.end);
}

const sameMoment = (a: BoundedInstant | null, b: BoundedInstant | null): boolean =>
    a?.at === b?.at && a?.lower === b?.lower && a?.upper === b?.upper;

const basisOf = (correction: Correction, { decisions }: Clock): TimeBasis | null =>
    correction.state === 'fitted' ? { readings: correction.readings, decisions } : null;

const sameBasis = (a: TimeBasis, b: TimeBasis): boolean =>
    a.readings.join() === b.readings.join() && a.decisions.join() === b.decisions.join();

const basisColumn = (basis: TimeBasis | null) => (basis === null ? null : sql`${JSON.stringify(basis)}::jsonb`);

const columnsOf = (correction: Correction) => ({
    clock_state: correction.state === 'fitted' ? ('fitted' as const) : correction.doubt,
    clock_width_ms: correction.state === 'fitted' ? null : correction.widthMs,
    ...intervalColumns(correction),
});

function intervalColumns(correction: Correction) {
    const during = correction.state === 'fitted' ? correction.during : null;
    return {
        true_start: during?.start.at ?? null,
        true_start_lower: during?.start.lower ?? null,
        true_start_upper: during?.start.upper ?? null,
        true_end: during?.end.at ?? null,
        true_end_lower: during?.end.lower ?? null,
        true_end_upper: during?.end.upper ?? null,
    };
}
