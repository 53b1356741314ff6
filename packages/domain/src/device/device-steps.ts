import { DomainError } from '../kernel/domain-error.ts';
import type { DeviceFacts } from './device.decide.ts';
import type { DeviceState } from './device.ts';

/**
 * The ways a device goes. `by: 'holder'`: whoever has it in hand says so too, since they find out first (附件1 第15条: what
 * does not work goes to repair at once). `inHand`: it may be with somebody meanwhile; else it is taken back first.
 */
export const DEVICE_STEPS = {
    reportFault: { from: ['inService'], to: 'faulty', by: 'holder', inHand: true },
    clearFault: { from: ['faulty'], to: 'inService', by: 'manager', inHand: true },
    sendToRepair: { from: ['inService', 'faulty'], to: 'inRepair', by: 'manager', inHand: false },
    backFromRepair: { from: ['inRepair'], to: 'inService', by: 'manager', inHand: false },
    reportLost: { from: ['inService', 'faulty', 'inRepair'], to: 'lost', by: 'holder', inHand: true },
    find: { from: ['lost'], to: 'inService', by: 'manager', inHand: true },
    retire: { from: ['inService', 'faulty', 'inRepair', 'lost'], to: 'retired', by: 'manager', inHand: false },
    bringBack: { from: ['retired'], to: 'inService', by: 'manager', inHand: false },
} as const satisfies Record<string, DeviceStepRule>;

type DeviceStepRule = {
    readonly from: readonly DeviceState[];
    readonly to: DeviceState;
    readonly by: 'holder' | 'manager';
    readonly inHand: boolean;
};

export type StepOfDevice = keyof typeof DEVICE_STEPS;
export const DEVICE_STEP_KEYS = Object.keys(DEVICE_STEPS) as [StepOfDevice, ...StepOfDevice[]];

/** Who wants to take a step: whether the device is in their hands, and whether they manage devices. */
export type StepTaker = { readonly holds: boolean; readonly manages: boolean };

const rule = (step: StepOfDevice): DeviceStepRule => DEVICE_STEPS[step];

/** Throws `device.stepNotPossible`, `device.notYours` or `device.isIssued`; gives the state that follows. */
export function decideDeviceStep(step: StepOfDevice, device: Omit<DeviceFacts, 'kind'>, taker: StepTaker): DeviceState {
    const { from, to, by, inHand } = rule(step);
    if (!from.includes(device.state)) throw new DomainError('device.stepNotPossible', { step, state: device.state });
    if (!taker.manages && !(by === 'holder' && taker.holds)) throw new DomainError('device.notYours');
    if (!inHand && device.holderName !== null) throw new DomainError('device.isIssued', { name: device.holderName });
    return to;
}

/** Steps somebody can take now, for the page: the same table. */
export const stepsPossible = (device: Omit<DeviceFacts, 'kind'>, taker: StepTaker): StepOfDevice[] =>
    DEVICE_STEP_KEYS.filter((step) => {
        const { from, by, inHand } = rule(step);
        return (
            from.includes(device.state) &&
            (taker.manages || (by === 'holder' && taker.holds)) &&
            (inHand || device.holderName === null)
        );
    });
