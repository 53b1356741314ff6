import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, type DeviceState, DomainError, decideDeviceUpdate, decideIssue, type Id } from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import type { Services } from '../../platform/services.ts';
import {
    DEVICE_KEYS,
    deviceWithNumber,
    endIssue,
    insertDevice,
    insertIssue,
    lockDevice,
    lockReceiver,
    openIssue,
    recordersOf,
    updateDevice,
} from './device.store.ts';
import { lastIssue } from './device-life.store.ts';

type Fields = BodyOf<Endpoints['device.create']>;

export const createDevice = (services: Services, context: CommandContext, fields: Fields): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'device.create',
        async (tx) => {
            await checkNumber(tx, fields.number, undefined);
            const { search_text, ...columns } = columnsOf(fields, 'inService');
            const { id } = await insertDevice(tx, { id: tx.newId(), search_text, ...columns });
            return { result: { id }, events: [{ kind: 'device.created', creates: [id], body: bodyOf(columns) }] };
        },
        { retryOn: DEVICE_KEYS },
    );

export const changeDevice = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, ...fields }: BodyOf<Endpoints['device.update']>,
): Promise<{ version: number }> =>
    runCommand(
        services.commands,
        context,
        'device.update',
        async (tx) => {
            const before = await lockDevice(tx, id);
            if (before === undefined) throw new DomainError('device.notFound');
            const issue = await openIssue(tx, id);
            decideDeviceUpdate({ ...before, holderName: issue?.holder ?? null }, { kind: fields.kind });
            await checkNumber(tx, fields.number, id);
            const { search_text, ...columns } = columnsOf(fields, before.state);
            const after = await updateDevice(tx, { id, version }, { search_text, ...columns });
            return {
                result: { version: after.version },
                events: [{ kind: 'device.updated', objects: [id], body: { changes: changesOf(before, columns) } }],
            };
        },
        { retryOn: DEVICE_KEYS },
    );

async function checkNumber(tx: Tx, number: string, own: Id | undefined): Promise<void> {
    const holder = await deviceWithNumber(tx, number);
    if (holder !== undefined && holder.id !== own) throw new DomainError('device.numberTaken', { number });
}

const columnsOf = ({ kind, number, model, serial, room }: Fields, state: DeviceState) => ({
    kind,
    number,
    model: model ?? null,
    serial: serial ?? null,
    room: room ?? null,
    state,
    search_text: searchTextOf([room ?? null], [number, model ?? null, serial ?? null]),
});

/** 附件1 第3条: one recorder each. The register of issues says whose footage a recorder took, and when. */
export const issueDevice = (
    services: Services,
    context: CommandContext,
    id: Id,
    { personId, basis = 'personal', dueBackAt, forDeviceId, note }: BodyOf<Endpoints['device.issue']>,
): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'device.issue',
        async (tx) => {
            const device = await lockDevice(tx, id);
            if (device === undefined) throw new DomainError('device.notFound');
            const receiver = await lockReceiver(tx, personId);
            if (receiver === undefined) throw new DomainError('person.notFound');
            const issue = await openIssue(tx, id);
            const recorders = await recordersOf(tx, personId);
            const terms = {
                basis,
                dueBackAt: dueBackAt ?? null,
                instead: forDeviceId === undefined ? null : await insteadOf(tx, forDeviceId, personId),
            };
            const facts = { ...device, holderName: issue?.holder ?? null };
            decideIssue(facts, { leftAt: receiver.left_at, recorders }, terms, tx.now);
            const made = await insertIssue(tx, {
                id: tx.newId(),
                device_id: id,
                person_id: personId,
                issued_at: tx.now,
                note: note ?? null,
                ...(basis === 'personal' ? {} : { basis }),
                ...(basis === 'shift' ? { due_back_at: terms.dueBackAt } : {}),
                ...(basis === 'spare' ? { for_device_id: forDeviceId ?? null } : {}),
            });
            return {
                result: { id: made.id },
                events: [
                    {
                        kind: 'device.issued',
                        objects: [id, personId],
                        body: bodyOf({
                            number: device.number,
                            to: receiver.name,
                            basis: basis === 'personal' ? undefined : basis,
                            dueBackAt,
                            note,
                        }),
                    },
                ],
            };
        },
        { retryOn: DEVICE_KEYS },
    );

/** The device that a spare stands in for. */
async function insteadOf(tx: Tx, id: Id, personId: Id) {
    const device = await lockDevice(tx, id);
    if (device === undefined) throw new DomainError('device.notFound');
    return { state: device.state, lastHolderIsReceiver: (await lastIssue(tx, id))?.person_id === personId };
}

export const takeBackDevice = (
    services: Services,
    context: CommandContext,
    id: Id,
    { note }: BodyOf<Endpoints['device.return']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'device.return', async (tx) => {
        const device = await lockDevice(tx, id);
        if (device === undefined) throw new DomainError('device.notFound');
        const issue = await openIssue(tx, id);
        if (issue === undefined) throw new DomainError('device.notIssued');
        // A clock that was set back must not end an issue before it began.
        const returnedAt = Math.max(tx.now, issue.issued_at);
        await endIssue(tx, issue, { returned_at: returnedAt, return_note: note ?? null });
        return {
            result: {},
            events: [
                {
                    kind: 'device.returned',
                    objects: [id, issue.person_id],
                    body: bodyOf({ number: device.number, from: issue.holder, note }),
                },
            ],
        };
    });
