import {
    bodyOf,
    type DeviceTime,
    type DomainEvent,
    deviceTimeOfFile,
    hasSound,
    type Id,
    type Inspection,
    type Instant,
    isId,
    lendsParameters,
    readingOfTrack,
    SECOND,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { JobHandlers, JobRun } from '../../platform/jobs.ts';
import type { Services } from '../../platform/services.ts';
import { firstDifference } from '../../platform/storage/first-difference.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { deriveItself, deriveLater } from './derived.store.ts';
import { placedStart } from './docking.queries.ts';
import { insertSatelliteReading } from './docking.store.ts';
import { isNamedLog } from './docking-positions.queries.ts';
import { proposeLater } from './filing.store.ts';
import { namedIn } from './filing-facts.queries.ts';
import { listenLater } from './listening.store.ts';
import { waitingForReference } from './rebuilding.queries.ts';
import { contentOfRecording } from './recording.queries.ts';
import { insertInterval, lockRecording, lockRecordingsOnBlobOf, markCopy, updateRecording } from './recording.store.ts';

export const recordingJobs = (services: Services): JobHandlers => ({
    'recording.seal': (job) => sealRecording(services, job),
    'recording.inspect': (job) => inspectRecording(services, job),
});

function recordingIdOf(job: JobRun): Id {
    const id = job.data.recordingId;
    if (!isId(id)) throw new TypeError('the job names no recording');
    return id;
}

/** Reads what is stored once more, from the store, before it counts as sealed; says so, or says where it differs. */
async function sealRecording(services: Services, job: JobRun): Promise<void> {
    const id = recordingIdOf(job);
    const content = await services.db.read({ readOrgs: [job.orgId] }, (db) => contentOfRecording(db, id));
    if (content === undefined || content.state !== 'registered') return;
    const damagedChunk = await firstDifference(services, content.key, content.chunkDigests);
    if (damagedChunk !== undefined) return markDamaged(services, job.command, id, damagedChunk);
    await runCommand(services.commands, job.command, 'recording.seal', async (tx) => {
        const recording = await lockRecording(tx, id);
        if (recording === undefined) throw new Error('the recording is gone');
        await updateRecording(tx, recording, { state: 'sealed' });
        await markCopy(tx, recording.blob_id, 'verified');
        return { result: null, events: [{ kind: 'recording.sealed', objects: [id], content: [content.entry], body: {} }] };
    });
}

/**
 * Stored bytes no longer equal the log: from now on they are never shown as valid, under whichever recording they were
 * looked at. Whoever else handed in the same bytes has lost them too.
 */
export async function markDamaged(services: Services, context: CommandContext, id: Id, chunk: number): Promise<void> {
    await runCommand(services.commands, context, 'recording.markDamaged', async (tx) => {
        const sharing = await lockRecordingsOnBlobOf(tx, id);
        const [first] = sharing;
        if (first === undefined) throw new Error('the recording is gone');
        // One in quarantine stays there: that is never shown either, and says more.
        const hit = sharing.filter(({ state }) => state === 'registered' || state === 'sealed');
        for (const recording of hit) await updateRecording(tx, recording, { state: 'damaged' });
        if (hit.length > 0) await markCopy(tx, first.blob_id, 'damaged');
        const objects = [id, ...hit.map((each) => each.id).filter((other) => other !== id)];
        return { result: null, events: [{ kind: 'recording.damaged', objects, body: bodyOf({ chunk }) }] };
    });
}

/** Measures the file in a process of its own and reads the device clock. A finding never refuses a file. */
async function inspectRecording(services: Services, job: JobRun): Promise<void> {
    const id = recordingIdOf(job);
    const content = await services.db.read({ readOrgs: [job.orgId] }, (db) => contentOfRecording(db, id));
    if (content === undefined || content.inspected) return;
    const namedLog = await services.db.read({ readOrgs: [job.orgId] }, (db) => isNamedLog(db, id));
    const inspection = await services.store.withLocalFile(content.key, (path) =>
        services.inspections.inspect(path, content.entry.sha256, { sizeHint: content.size, namedLog }),
    );
    await runCommand(services.commands, job.command, 'recording.inspect', async (tx) => {
        const { value: copies } = await parameterAt(tx.read, tx.orgId, 'recording.makesPlayableCopies', tx.now);
        deriveItself(tx, id, inspection, { afterMs: services.config.derivedAfterMs, copies: copies === true });
        // Only who named a program wants its work done.
        if (services.config.speechProgram !== undefined && hasSound(inspection))
            listenLater(tx, id, services.config.derivedAfterMs);
        const recording = await lockRecording(tx, id);
        if (recording === undefined) throw new Error('the recording is gone');
        const placed = await placedStart(tx.read, id);
        const time = deviceTimeOfFile({ name: recording.display_name, receivedAt: recording.received_at, placed }, inspection);
        const start = startOf(time);
        const span = spanOf(start, inspection);
        const deviceId = recording.device_id ?? (await deviceNamedIn(tx, recording.display_name));
        await updateRecording(tx, recording, {
            device_id: deviceId,
            inspection: JSON.stringify(inspection),
            inspected_at: tx.now,
            device_time_basis: time.basis,
            ...(time.basis === 'unknown'
                ? {}
                : {
                      device_time_text: time.text,
                      device_time_zone: time.zone,
                      device_time_conflict: time.conflict?.text ?? time.implausible ?? null,
                  }),
            ...(start === undefined ? {} : { device_start: start }),
            ...(span === undefined ? {} : { device_end: span.end }),
        });
        if (span !== undefined) {
            const media = { media_start: 0, media_end: span.end - span.start, timescale: 1_000 };
            await insertInterval(tx, {
                id: tx.newId(),
                recording_id: id,
                ...media,
                device_start: span.start,
                device_end: span.end,
            });
        }
        if (deviceId !== null && lendsParameters(inspection))
            for (const each of await waitingForReference(tx.read, tx.orgId, deviceId))
                deriveLater(tx, each.recordingId, 'repaired', 0);
        if (deviceId === null) proposeLater(tx, id);
        else tx.enqueue({ task: 'recording.correctTimes', payload: { deviceId }, key: `recording.correctTimes:${deviceId}` });
        const read = deviceId === null ? [] : await readTrackTime(tx, { id, deviceId, start, time, inspection });
        const body = bodyOf({
            container: inspection.container,
            durationMs: inspection.durationMs,
            findings: inspection.findings.map((finding) => finding.code),
            deviceStart: start,
        });
        return {
            result: null,
            events: [
                { kind: 'recording.inspected', objects: [id, ...(recording.act_id === null ? [] : [recording.act_id])], body },
                ...read,
            ],
        };
    });
}

/** Satellites inside a recording say how wrong the clock was that named it. Nothing read lies in the future. */
async function readTrackTime(
    tx: Tx,
    of: { id: Id; deviceId: Id; start: Instant | undefined; time: DeviceTime; inspection: Inspection },
): Promise<DomainEvent[]> {
    const { id, deviceId, start, time, inspection } = of;
    if (inspection.positions?.source !== 'gpmf' || start === undefined || time.basis === 'unknown') return [];
    const { value } = await parameterAt(tx.read, tx.orgId, 'clock.gnssLagSeconds', tx.now);
    const reading = readingOfTrack({ text: time.text, start }, inspection.positions, Number(value) * SECOND);
    if (reading === undefined || (reading.lower ?? 0) > tx.now) return [];
    const readingId = tx.newId();
    await insertSatelliteReading(tx, {
        ...{ id: readingId, device_id: deviceId, source: reading.source, device_text: reading.text, device_at: reading.device },
        ...{ resolution_ms: reading.resolutionMs, lower_at: reading.lower, upper_at: reading.upper, after_set: false },
        ...{ recording_id: id, learnt_at: tx.now },
    });
    const body = bodyOf({ shown: reading.text, afterSet: false, source: reading.source });
    return [{ kind: 'device.clockRead', creates: [readingId], objects: [deviceId, id], body }];
}

/** The recorder whose number stands in the name, where nobody said which one it was. */
async function deviceNamedIn(tx: Tx, name: string): Promise<Id | null> {
    const { device } = namedIn(name);
    if (device === undefined) return null;
    const found = await tx.db
        .selectFrom('device')
        .select('id')
        .where('org_id', '=', tx.orgId)
        .where('number', '=', device)
        .executeTakeFirst();
    return found?.id ?? null;
}

/** A reset clock says nothing about the day: its text is kept, but no instant is made of it. */
const startOf = (time: DeviceTime): Instant | undefined =>
    time.basis === 'unknown' || time.implausible === 'resetClock' ? undefined : time.start;

/** When the device's clock says the recording ran; without a length there is a beginning only. */
function spanOf(start: Instant | undefined, { durationMs }: Inspection): { start: Instant; end: Instant } | undefined {
    return start === undefined || durationMs === undefined || durationMs <= 0 ? undefined : { start, end: start + durationMs };
}
