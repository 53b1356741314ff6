import { DomainError } from '../kernel/domain-error.ts';
import type { Instant } from '../kernel/instant.ts';
import type { DeviceKind, DeviceState, IssueBasis } from './device.ts';

/** A device as these decisions see it. `holderName`: who has it now. */
export type DeviceFacts = { readonly kind: DeviceKind; readonly state: DeviceState; readonly holderName: string | null };

/** The person who is to get a device. */
export type ReceiverFacts = {
    readonly leftAt: Instant | null;
    /** Numbers of the recorders this person has now, those reported lost left out. */
    readonly recorders: readonly string[];
};

/** How it is handed over. `instead`: the device that the spare stands in for, as it is now. */
export type IssueTerms = {
    readonly basis: IssueBasis;
    readonly dueBackAt: Instant | null;
    readonly instead: { readonly state: DeviceState; readonly lastHolderIsReceiver: boolean } | null;
};

const PERSONAL: IssueTerms = { basis: 'personal', dueBackAt: null, instead: null };

/**
 * Hands a device to a person. 附件1 第3条: each officer has one recorder, so that its footage is theirs. Throws
 * `device.notPersonal`, `device.isIssued`, `device.notInService`, `person.hasLeft`, `person.holdsDevices`,
 * `device.shiftNeedsEnd`, `device.spareNeedsRepair`.
 */
export function decideIssue(
    device: DeviceFacts,
    receiver: ReceiverFacts,
    { basis, dueBackAt, instead }: IssueTerms = PERSONAL,
    now: Instant = 0,
): void {
    if (device.kind === 'roomCamera') throw new DomainError('device.notPersonal');
    if (device.holderName !== null) throw new DomainError('device.isIssued', { name: device.holderName });
    if (device.state !== 'inService') throw new DomainError('device.notInService');
    if (receiver.leftAt !== null) throw new DomainError('person.hasLeft');
    if (device.kind === 'recorder' && receiver.recorders.length > 0)
        throw new DomainError('person.holdsDevices', { numbers: receiver.recorders.join('、') });
    if (basis === 'shift' && (dueBackAt === null || dueBackAt <= now)) throw new DomainError('device.shiftNeedsEnd');
    if (basis === 'spare') {
        const away = instead?.state === 'faulty' || instead?.state === 'inRepair';
        if (!away || instead?.lastHolderIsReceiver !== true) throw new DomainError('device.spareNeedsRepair');
    }
}

/**
 * Changes what is written of a device; its state goes by steps. What somebody has in hand is not made a device of another
 * kind before it is taken back. Throws `device.isIssued`.
 */
export function decideDeviceUpdate(before: DeviceFacts, after: Pick<DeviceFacts, 'kind'>): void {
    if (before.holderName !== null && after.kind !== before.kind)
        throw new DomainError('device.isIssued', { name: before.holderName });
}
