import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, DEVICE_ZONES, DomainError, type Id, SECOND, wallClockIn } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { lockDevice } from './device.store.ts';
import { insertReading, lockReading, withdrawReading } from './device-clock.store.ts';

/**
 * Somebody read the clock at the dock or before an inspection (附件1 第7条). They press when the recorder shows the time
 * typed: the true moment lies between the slack of a hand and the arrival here.
 */
export const readClock = (
    services: Services,
    context: CommandContext,
    deviceId: Id,
    { shown, afterSet, note }: BodyOf<Endpoints['device.readClock']>,
): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'device.readClock', async (tx) => {
        const device = await lockDevice(tx, deviceId);
        if (device === undefined) throw new DomainError('device.notFound');
        const wallClock = wallClockIn(shown);
        if (wallClock === undefined) throw new DomainError('device.clockTimeInvalid', { text: shown });
        const slack = await parameterAt(tx.read, tx.orgId, 'clock.personSlackSeconds', tx.now);
        const lower = tx.now - Number(slack.value) * SECOND;
        const id = tx.newId();
        await insertReading(tx, {
            id,
            device_id: deviceId,
            source: 'person',
            device_text: shown,
            device_at: wallClock - DEVICE_ZONES['Asia/Shanghai'],
            resolution_ms: SECOND,
            lower_at: lower,
            upper_at: tx.now,
            after_set: afterSet,
            read_by: tx.actor,
            learnt_at: tx.now,
            note: note ?? null,
        });
        correctLater(tx, deviceId);
        const body = bodyOf({ number: device.number, shown, afterSet, source: 'person', note });
        return { result: { id }, events: [{ kind: 'device.clockRead', creates: [id], objects: [deviceId], body }] };
    });

/** A reading that was mistaken stays in the register and counts no more. */
export const withdrawClockReading = (
    services: Services,
    context: CommandContext,
    { id: deviceId, readingId }: { id: Id; readingId: Id },
    { reason }: BodyOf<Endpoints['device.withdrawClockReading']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'device.withdrawClockReading', async (tx) => {
        const reading = await lockReading(tx, deviceId, readingId);
        if (reading === undefined) throw new DomainError('device.readingNotFound');
        if (reading.withdrawn_at !== null) throw new DomainError('device.readingWithdrawn');
        await withdrawReading(tx, reading, reason);
        correctLater(tx, deviceId);
        const body = bodyOf({ shown: reading.device_text, reason });
        return { result: {}, events: [{ kind: 'device.clockReadingWithdrawn', objects: [readingId, deviceId], body }] };
    });

/** What is known of a clock changed, so the times of its recordings are worked out anew. */
export const correctLater = (tx: Tx, deviceId: Id): void =>
    tx.enqueue({ task: 'recording.correctTimes', payload: { deviceId }, key: `recording.correctTimes:${deviceId}` });
