import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    DEVICE_ZONES,
    DomainError,
    type Duration,
    type Id,
    type Instant,
    readingOfNewest,
    SECOND,
    wallClockIn,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { knownDevice } from '../recording/docking.queries.ts';
import { correctLater } from './device-clock.commands.ts';
import { insertReading } from './device-clock.store.ts';

type Docking = BodyOf<Endpoints['device.noteDocking']>;

/**
 * A device was docked. What its driver read from the clock becomes a reading with two bounds; without a driver the newest file
 * bounds it on one side only. Nothing of a device that nobody knows is noted: the docking computer keeps it and sends it again.
 */
export async function noteDocking(services: Services, context: CommandContext, docking: Docking): Promise<{ known: boolean }> {
    const { device: number, serial } = docking;
    const named = {
        ...(number === undefined ? {} : { device: number }),
        volume: serial === undefined ? {} : { serial },
    };
    const known = await services.db.read({ readOrgs: [context.orgId] }, (db) => knownDevice(db, context.orgId, named));
    if (known === undefined || known === 'nobody') return { known: false };
    const deviceId = known.id;
    return runCommand(services.commands, context, 'device.noteDocking', async (tx) => {
        const { station, counts, readings } = docking;
        const noted = await noteReadings(tx, deviceId, docking);
        if (noted.length > 0) correctLater(tx, deviceId);
        const secret = counts.secret > 0 ? counts.secret : undefined;
        const body = bodyOf({ station, serial, files: counts.files, taken: counts.taken, secret, read: readings.length });
        return {
            result: { known: true },
            events: [
                { kind: 'device.docked', objects: [deviceId], body },
                ...noted.map(({ id, source, shown, afterSet }) => ({
                    kind: 'device.clockRead' as const,
                    creates: [id],
                    objects: [deviceId],
                    body: bodyOf({ shown, afterSet, source, station }),
                })),
            ],
        };
    });
}

type Noted = { id: Id; source: 'driver' | 'dockFiles'; shown: string; afterSet: boolean };

async function noteReadings(tx: Tx, deviceId: Id, docking: Docking): Promise<Noted[]> {
    const { value } = await parameterAt(tx.read, tx.orgId, 'clock.dockSlackSeconds', tx.now);
    const slack = Number(value) * SECOND;
    // How long ago it was is known by one clock, the docking computer's; when that was, by the server's.
    const here = (at: Instant): Instant => tx.now - Math.max(0, docking.sentAt - at);
    const noted: Noted[] = [];
    const keep = async (source: Noted['source'], reading: Reading): Promise<void> => {
        const id = tx.newId();
        await insertReading(tx, {
            id,
            device_id: deviceId,
            source,
            device_text: reading.shown,
            device_at: reading.device,
            resolution_ms: reading.resolutionMs,
            lower_at: reading.lower,
            // Not later than now: it has been read.
            upper_at: Math.min(reading.upper, tx.now),
            after_set: reading.afterSet,
            learnt_at: tx.now,
            note: docking.station,
        });
        noted.push({ id, source, shown: reading.shown, afterSet: reading.afterSet });
    };
    for (const reading of docking.readings) {
        const wallClock = wallClockIn(reading.shown);
        if (wallClock === undefined) throw new DomainError('device.clockTimeInvalid', { text: reading.shown });
        const { shown, resolutionMs, afterSet } = reading;
        const device = wallClock - DEVICE_ZONES[docking.zone];
        const upper = here(reading.after) + slack;
        const lower = Math.min(here(reading.before) - slack, upper, tx.now);
        await keep('driver', { shown, resolutionMs, afterSet, device, lower, upper });
    }
    const { newest } = docking;
    // With two-sided readings of the same docking it would say nothing more.
    if (newest !== undefined && noted.length === 0) {
        const device = newest.wallClock - DEVICE_ZONES[docking.zone];
        const reading = readingOfNewest({ text: newest.text, device }, here(docking.seenAt) + slack);
        if (reading !== undefined) await keep('dockFiles', { ...reading, shown: newest.text, upper: reading.upper ?? tx.now });
    }
    return noted;
}

type Reading = {
    readonly shown: string;
    readonly device: Instant;
    readonly resolutionMs: Duration;
    readonly lower: Instant | null;
    readonly upper: Instant;
    readonly afterSet: boolean;
};
