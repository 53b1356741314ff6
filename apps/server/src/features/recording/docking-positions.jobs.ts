import {
    bodyOf,
    type DomainEvent,
    type Id,
    type Instant,
    type ReadingToKeep,
    readingBeside,
    readingStamped,
    SECOND,
    SYSTEM_ID,
} from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { derivedId } from '../../platform/derived-id.ts';
import type { JobRun } from '../../platform/jobs.ts';
import type { Services } from '../../platform/services.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { insertSatelliteReading, updateDockItem } from './docking.store.ts';
import { devicesWithUnsought, type PositionsToRead, positionsToRead } from './docking-positions.queries.ts';
import { proposeLater } from './filing.store.ts';

/**
 * Satellites’ time beside recordings becomes readings of the device's clock, once the recording beside it was inspected and so
 * is known in its length. Before the times of a device are corrected: what is learnt here counts for them.
 */
export async function readPositionsOf(services: Services, job: JobRun, deviceId: Id): Promise<void> {
    const waiting = await services.db.read({ readOrgs: [job.orgId] }, (db) => positionsToRead(db, job.orgId, deviceId));
    const [first] = waiting;
    if (first === undefined) return;
    const context = { ...job.command, commandId: derivedId('readPositions', job.command.commandId, first.itemId) };
    await runCommand(services.commands, context, 'recording.readPositions', async (tx) => {
        const { value } = await parameterAt(tx.read, tx.orgId, 'clock.gnssLagSeconds', tx.now);
        const events: DomainEvent[] = [];
        for (const each of waiting) {
            await updateDockItem(
                tx,
                { id: each.itemId, version: each.itemVersion },
                {
                    ...(each.compared ? {} : { clock_done_at: tx.now }),
                    beside_id: each.beside?.id ?? null,
                    beside_sought_at: tx.now,
                },
            );
            // Where it was decides between acts of the same time.
            if (each.beside?.filed === false) proposeLater(tx, each.beside.id);
            if (each.compared) continue;
            for (const reading of readingsOf(each, Number(value) * SECOND, tx.now))
                events.push(await keep(tx, deviceId, each, reading));
        }
        const objects = [deviceId, ...new Set(waiting.map((each) => each.recordingId))];
        const body = bodyOf({ files: waiting.length, readings: events.length });
        return { result: null, events: [{ kind: 'device.positionsRead', objects, body }, ...events] };
    });
}

/** Pairs of both times where lines carry them, else what lying beside a recording says. Nothing read lies in the future. */
function readingsOf({ stamped, beside, positions, zoneMs }: PositionsToRead, lagMs: number, now: Instant): ReadingToKeep[] {
    const own = stamped.map((fix) => readingStamped(fix, zoneMs, lagMs));
    const [first, last] = [own[0], own.at(-1)];
    const found =
        first !== undefined && last !== undefined
            ? first === last
                ? [first]
                : [first, last]
            : beside?.start == null
              ? []
              : [readingBeside({ ...beside, start: beside.start }, positions, lagMs)];
    return found.filter((each): each is ReadingToKeep => each !== undefined && (each.lower ?? 0) <= now);
}

async function keep(tx: Tx, deviceId: Id, { recordingId }: PositionsToRead, reading: ReadingToKeep): Promise<DomainEvent> {
    const id = tx.newId();
    await insertSatelliteReading(tx, {
        id,
        device_id: deviceId,
        source: reading.source,
        device_text: reading.text,
        device_at: reading.device,
        resolution_ms: reading.resolutionMs,
        lower_at: reading.lower,
        upper_at: reading.upper,
        after_set: false,
        recording_id: recordingId,
        learnt_at: tx.now,
    });
    const body = bodyOf({ shown: reading.text, afterSet: false, source: reading.source });
    return { kind: 'device.clockRead', creates: [id], objects: [deviceId, recordingId], body };
}

/** Files of positions from before it was kept what they lay beside: sought once, a few devices at a time. */
export async function seekBeside(services: Services, orgId: Id): Promise<number> {
    const devices = await services.db.read({ readOrgs: [orgId] }, (db) => devicesWithUnsought(db, orgId));
    for (const deviceId of devices) {
        const command = { actor: SYSTEM_ID, orgId, readOrgs: [orgId], commandId: services.clock.newId() };
        await readPositionsOf(services, { orgId, data: { deviceId }, command }, deviceId);
    }
    return devices.length;
}
