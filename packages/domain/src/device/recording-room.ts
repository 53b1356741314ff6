import { DomainError } from '../kernel/domain-error.ts';
import type { Instant } from '../kernel/instant.ts';
import type { DeviceKind, DeviceState } from './device.ts';

/** 正文二(二)3: 约谈室、陈述申辩室、听证室、会议室、投诉接待室等执法场所. */
export const ROOM_KINDS = ['interview', 'defence', 'hearing', 'meeting', 'complaint', 'other'] as const;
export type RoomKind = (typeof ROOM_KINDS)[number];

/** The five that the notice names: an institute without one of them is shown so. */
export const NAMED_ROOM_KINDS = ['interview', 'defence', 'hearing', 'meeting', 'complaint'] as const satisfies RoomKind[];

export type CameraFacts = {
    readonly kind: DeviceKind;
    readonly state: DeviceState;
    /** The room it looks into now. */
    readonly roomName: string | null;
    /** When it last stopped looking into one. */
    readonly freeSince: Instant | null;
};

/**
 * From a moment on a camera looks into a room: recordings are of the room in which it hung then. Throws `room.closed`,
 * `room.notCamera`, `device.notInService`, `room.cameraBound`, `room.bindingInFuture`, `room.bindingOverlaps`.
 */
export function decideBinding(
    room: { readonly closedAt: Instant | null },
    camera: CameraFacts,
    from: Instant,
    now: Instant,
): void {
    if (room.closedAt !== null) throw new DomainError('room.closed');
    if (camera.kind !== 'roomCamera') throw new DomainError('room.notCamera');
    if (camera.state !== 'inService') throw new DomainError('device.notInService');
    if (camera.roomName !== null) throw new DomainError('room.cameraBound', { room: camera.roomName });
    if (from > now) throw new DomainError('room.bindingInFuture');
    if (camera.freeSince !== null && from < camera.freeSince) throw new DomainError('room.bindingOverlaps');
}

/** Throws `room.camerasLeft` or `room.closed`. */
export function decideRoomClosing(room: { readonly closedAt: Instant | null }, cameras: number): void {
    if (room.closedAt !== null) throw new DomainError('room.closed');
    if (cameras > 0) throw new DomainError('room.camerasLeft', { count: cameras });
}
