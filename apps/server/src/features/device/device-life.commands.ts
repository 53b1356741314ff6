import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import {
    batteryJudged,
    bodyOf,
    type CheckAnswers,
    type DeviceState,
    DomainError,
    type DomainEvent,
    decideCheck,
    decideDeviceStep,
    failedItems,
    type Id,
    isByOther,
    permissionsOf,
    type StepOfDevice,
    type Subject,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { lockDevice, openIssue, updateDevice } from './device.store.ts';
import { holderThen, insertCheck, insertStep, personInOrg } from './device-life.store.ts';

const KIND_OF: Readonly<Record<StepOfDevice, DomainEvent['kind']>> = {
    reportFault: 'device.faultReported',
    clearFault: 'device.faultCleared',
    sendToRepair: 'device.sentToRepair',
    backFromRepair: 'device.backFromRepair',
    reportLost: 'device.lostReported',
    find: 'device.found',
    retire: 'device.retired',
    bringBack: 'device.broughtBack',
};

export const manages = (subject: Subject): boolean => permissionsOf(subject.roles).includes('device.manage');

type Locked = NonNullable<Awaited<ReturnType<typeof lockDevice>>>;

/** Moves a device on and keeps the step; gives what is to be said of it. */
async function move(tx: Tx, device: Locked, step: StepOfDevice, to: DeviceState, note: string | null): Promise<DomainEvent> {
    await updateDevice(tx, device, { state: to });
    const { id } = await insertStep(tx, {
        id: tx.newId(),
        device_id: device.id,
        step,
        from_state: device.state,
        to_state: to,
        taken_by: tx.actor,
        taken_at: tx.now,
        note,
    });
    const body = bodyOf({ number: device.number, from: device.state, to, note: note ?? undefined });
    return { kind: KIND_OF[step], creates: [id], objects: [device.id], body };
}

/** 附件1 第15条: what does not work goes to the manager and to repair at once; whoever holds it says so first. */
export const stepDevice = (
    services: Services,
    context: CommandContext,
    subject: Subject,
    id: Id,
    { step, note }: BodyOf<Endpoints['device.step']>,
): Promise<ResponseOf<Endpoints['device.step']>> =>
    runCommand(services.commands, context, 'device.step', async (tx) => {
        const device = await lockDevice(tx, id);
        if (device === undefined) throw new DomainError('device.notFound');
        const issue = await openIssue(tx, id);
        const taker = { holds: issue?.person_id === tx.actor, manages: manages(subject) };
        const to = decideDeviceStep(step, { state: device.state, holderName: issue?.holder ?? null }, taker);
        return { result: { state: to }, events: [await move(tx, device, step, to, note)] };
    });

/**
 * 附件1 第7条: the check before use, by whoever takes the recorder along, or at the dock by the manager for them. What fails is
 * faulty from then on. A check is never refused because of whose the recorder is: that it was taken along is what must be known.
 */
export const checkDevice = (
    services: Services,
    context: CommandContext,
    subject: Subject,
    id: Id,
    { place, at, personId, batteryPercent, note, ...ticked }: BodyOf<Endpoints['device.check']>,
): Promise<ResponseOf<Endpoints['device.check']>> =>
    runCommand(services.commands, context, 'device.check', async (tx) => {
        const device = await lockDevice(tx, id);
        if (device === undefined) throw new DomainError('device.notFound');
        decideCheck(device, at, tx.now);
        const whose = personId ?? tx.actor;
        if (whose !== tx.actor || place === 'dock') await mayCheckFor(tx, subject, whose);
        const holderId = (await holderThen(tx, id, at))?.person_id ?? null;
        const enough = await parameterAt(tx.read, tx.orgId, 'device.batteryEnoughPercent', at);
        const answers: CheckAnswers = batteryJudged(ticked, batteryPercent ?? null, Number(enough.value));
        const failed = failedItems(answers);
        const row = await insertCheck(tx, {
            id: tx.newId(),
            device_id: id,
            person_id: whose,
            place,
            checked_at: at,
            noted_at: tx.now,
            no_fault: answers.noFault,
            time_right: answers.timeRight,
            battery_enough: answers.batteryEnough,
            space_enough: answers.spaceEnough,
            battery_percent: batteryPercent ?? null,
            holder_id: holderId,
            note: note ?? null,
        });
        const body = bodyOf({ number: device.number, at, place, failed: failed.join() || undefined, batteryPercent, note });
        const checked: DomainEvent = { kind: 'device.checked', creates: [row.id], objects: [id, whose], body };
        const breaks = !answers.noFault && device.state === 'inService';
        const events: [DomainEvent, ...DomainEvent[]] = breaks
            ? [checked, await move(tx, device, 'reportFault', 'faulty', note ?? null)]
            : [checked];
        return {
            result: {
                id: row.id,
                failed,
                state: breaks ? 'faulty' : device.state,
                byOther: isByOther({ personId: whose, holderId, place }),
            },
            events,
        };
    });

async function mayCheckFor(tx: Tx, subject: Subject, whose: Id): Promise<void> {
    if (!manages(subject)) throw new DomainError('device.notYours');
    if ((await personInOrg(tx, whose)) === undefined) throw new DomainError('person.notFound');
}
