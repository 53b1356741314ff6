import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, DomainError, decideBinding, decideRoomClosing, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import type { Services } from '../../platform/services.ts';
import { lockDevice, updateDevice } from './device.store.ts';
import {
    bindingsOf,
    camerasIn,
    endBinding,
    insertBinding,
    insertModel,
    insertRoom,
    lockBinding,
    lockModel,
    lockRoom,
    MODEL_KEYS,
    modelNamed,
    ROOM_KEYS,
    roomNamed,
    updateModel,
    updateRoom,
} from './device-life.store.ts';

/** 正文二(二)3: the rooms in which interviews, defences, hearings, meetings and complaints are recorded. */
export const saveRoom = (
    services: Services,
    context: CommandContext,
    { id, version, kind, name, place }: BodyOf<Endpoints['device.saveRoom']>,
): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'device.saveRoom',
        async (tx) => {
            const same = await roomNamed(tx, name);
            if (same !== undefined && same.id !== id) throw new DomainError('room.nameTaken', { name });
            const columns = { kind, name, place: place ?? null };
            const body = bodyOf({ kind, name, place });
            if (id === undefined) {
                const room = await insertRoom(tx, { id: tx.newId(), ...columns });
                return { result: { id: room.id }, events: [{ kind: 'room.saved', creates: [room.id], body }] };
            }
            const before = await lockRoom(tx, id);
            if (before === undefined) throw new DomainError('room.notFound');
            await updateRoom(tx, { id, version: version ?? before.version }, columns);
            return { result: { id }, events: [{ kind: 'room.saved', objects: [id], body }] };
        },
        { retryOn: ROOM_KEYS },
    );

export const closeRoom = (
    services: Services,
    context: CommandContext,
    id: Id,
    { note }: BodyOf<Endpoints['device.closeRoom']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'device.closeRoom', async (tx) => {
        const room = await lockRoom(tx, id);
        if (room === undefined) throw new DomainError('room.notFound');
        decideRoomClosing({ closedAt: room.closed_at }, await camerasIn(tx, id));
        await updateRoom(tx, room, { closed_at: tx.now });
        return { result: {}, events: [{ kind: 'room.closed', objects: [id], body: bodyOf({ name: room.name, note }) }] };
    });

const placedIn = (
    { number, model, serial }: { number: string; model: string | null; serial: string | null },
    room: string | null,
) => ({
    room,
    search_text: searchTextOf([room], [number, model, serial]),
});

/** From when to when a camera looks into a room: a recording is of the room in which its camera hung then. */
export const bindCamera = (
    services: Services,
    context: CommandContext,
    roomId: Id,
    { deviceId, from, view }: BodyOf<Endpoints['device.bindCamera']>,
): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'device.bindCamera',
        async (tx) => {
            const room = await lockRoom(tx, roomId);
            if (room === undefined) throw new DomainError('room.notFound');
            const device = await lockDevice(tx, deviceId);
            if (device === undefined) throw new DomainError('device.notFound');
            const bindings = await bindingsOf(tx, deviceId);
            const ends = bindings.flatMap((each) => each.until_at ?? []);
            const since = from ?? tx.now;
            const camera = {
                kind: device.kind,
                state: device.state,
                roomName: bindings.find((each) => each.until_at === null)?.name ?? null,
                freeSince: ends.length === 0 ? null : Math.max(...ends),
            };
            decideBinding({ closedAt: room.closed_at }, camera, since, tx.now);
            const binding = await insertBinding(tx, {
                id: tx.newId(),
                room_id: roomId,
                device_id: deviceId,
                view: view ?? null,
                from_at: since,
            });
            // What lists show of a camera is where it hangs now.
            await updateDevice(tx, device, placedIn(device, room.name));
            const body = bodyOf({ room: room.name, number: device.number, from: since, view });
            const objects = [roomId, deviceId];
            return {
                result: { id: binding.id },
                events: [{ kind: 'room.cameraBound', creates: [binding.id], objects, body }],
            };
        },
        { retryOn: ROOM_KEYS },
    );

export const releaseCamera = (
    services: Services,
    context: CommandContext,
    { id: roomId, bindingId }: { id: Id; bindingId: Id },
    { note }: BodyOf<Endpoints['device.releaseCamera']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'device.releaseCamera', async (tx) => {
        const room = await lockRoom(tx, roomId);
        const binding = room === undefined ? undefined : await lockBinding(tx, roomId, bindingId);
        if (room === undefined || binding === undefined) throw new DomainError('room.notFound');
        if (binding.until_at !== null) throw new DomainError('room.bindingEnded');
        const device = await lockDevice(tx, binding.device_id);
        if (device === undefined) throw new DomainError('device.notFound');
        // A clock that was set back must not end it before it began.
        await endBinding(tx, binding, Math.max(tx.now, binding.from_at + 1));
        await updateDevice(tx, device, placedIn(device, null));
        const body = bodyOf({ room: room.name, number: device.number, note });
        const objects = [roomId, binding.device_id, bindingId];
        return { result: {}, events: [{ kind: 'room.cameraReleased', objects, body }] };
    });

/** What is stated of a model, each figure with where it is from; what was measured stands elsewhere. */
export const saveModel = (
    services: Services,
    context: CommandContext,
    { id, version, kind, name, maker, figures }: BodyOf<Endpoints['device.saveModel']>,
): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'device.saveModel',
        async (tx) => {
            if (new Set(figures.map((each) => each.key)).size < figures.length) throw new DomainError('device.modelFigureTwice');
            const same = await modelNamed(tx, name);
            if (same !== undefined && same.id !== id) throw new DomainError('device.modelNameTaken', { name });
            const columns = { kind, maker: maker ?? null, figures: JSON.stringify(figures) };
            const body = bodyOf({
                name,
                kind,
                maker,
                figures: figures.map(({ key, value, source }) => `${key}=${value} (${source})`),
            });
            if (id === undefined) {
                const model = await insertModel(tx, { id: tx.newId(), name, ...columns });
                return { result: { id: model.id }, events: [{ kind: 'device.modelSaved', creates: [model.id], body }] };
            }
            const before = await lockModel(tx, id);
            if (before === undefined) throw new DomainError('device.modelNotFound');
            await updateModel(tx, { id, version: version ?? before.version }, { name, ...columns });
            return { result: { id }, events: [{ kind: 'device.modelSaved', objects: [id], body }] };
        },
        { retryOn: MODEL_KEYS },
    );
