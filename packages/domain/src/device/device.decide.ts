import { DomainError } from '../kernel/domain-error.ts';
import type { Instant } from '../kernel/instant.ts';
import type { DeviceKind, DeviceState } from './device.ts';

/** A device as these decisions see it. `holderName`: who has it now. */
export type DeviceFacts = { readonly kind: DeviceKind; readonly state: DeviceState; readonly holderName: string | null };

/** The person who is to get a device. */
export type ReceiverFacts = {
    readonly leftAt: Instant | null;
    /** Numbers of the recorders this person has now, those reported lost left out. */
    readonly recorders: readonly string[];
};

/**
 * Hands a device to a person. 附件1 第3条: each officer has one recorder, so that its footage is theirs. Throws
 * `device.notPersonal`, `device.isIssued`, `device.notInService`, `person.hasLeft`, `person.holdsDevices`.
 */
export function decideIssue(device: DeviceFacts, receiver: ReceiverFacts): void {
    if (device.kind === 'roomCamera') throw new DomainError('device.notPersonal');
    if (device.holderName !== null) throw new DomainError('device.isIssued', { name: device.holderName });
    if (device.state !== 'inService') throw new DomainError('device.notInService');
    if (receiver.leftAt !== null) throw new DomainError('person.hasLeft');
    if (device.kind === 'recorder' && receiver.recorders.length > 0)
        throw new DomainError('person.holdsDevices', { numbers: receiver.recorders.join('、') });
}

/**
 * Changes a device. What somebody has in hand can be lost, but is neither repaired nor retired nor made a room camera
 * before it is taken back. Throws `device.isIssued`.
 */
export function decideDeviceUpdate(before: DeviceFacts, after: Pick<DeviceFacts, 'kind' | 'state'>): void {
    if (before.holderName === null) return;
    const staysInHand = after.state === 'inService' || after.state === 'lost';
    if (!staysInHand || after.kind !== before.kind) throw new DomainError('device.isIssued', { name: before.holderName });
}
