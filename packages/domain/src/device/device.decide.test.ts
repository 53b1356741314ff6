import { describe, expect, it } from 'vitest';
import { type DeviceFacts, decideDeviceUpdate, decideIssue } from './device.decide.ts';

const recorder: DeviceFacts = { kind: 'recorder', state: 'inService', holderName: null };
const nobody = { leftAt: null, recorders: [] };

describe('issue of a device', () => {
    it('gives a free recorder to a person without one (附件1 第3条)', () => {
        expect(() => decideIssue(recorder, nobody)).not.toThrow();
        const second = expect(() => decideIssue(recorder, { ...nobody, recorders: ['A-0001', 'A-0002'] }));
        second.toThrow(expect.objectContaining({ code: 'person.holdsDevices', params: { numbers: 'A-0001、A-0002' } }));
    });

    it('gives a terminal beside a recorder', () => {
        expect(() => decideIssue({ ...recorder, kind: 'mobileTerminal' }, { ...nobody, recorders: ['A-0001'] })).not.toThrow();
    });

    it.each([
        [{ ...recorder, kind: 'roomCamera' as const }, nobody, 'device.notPersonal'],
        [{ ...recorder, holderName: '张明' }, nobody, 'device.isIssued'],
        [{ ...recorder, state: 'inRepair' as const }, nobody, 'device.notInService'],
        [{ ...recorder, state: 'lost' as const }, nobody, 'device.notInService'],
        [recorder, { ...nobody, leftAt: 1 }, 'person.hasLeft'],
    ])('refuses %o to %o: %s', (device, receiver, code) => {
        expect(() => decideIssue(device, receiver)).toThrow(code);
    });
});

describe('change of a device', () => {
    const inHand = { ...recorder, holderName: '张明' };

    it('is free while nobody has it', () => {
        expect(() => decideDeviceUpdate(recorder, { kind: 'roomCamera', state: 'retired' })).not.toThrow();
    });

    it('lets a device in somebody’s hand be lost, and nothing else', () => {
        expect(() => decideDeviceUpdate(inHand, { kind: 'recorder', state: 'lost' })).not.toThrow();
        expect(() => decideDeviceUpdate(inHand, { kind: 'recorder', state: 'inService' })).not.toThrow();
        for (const state of ['inRepair', 'retired'] as const)
            expect(() => decideDeviceUpdate(inHand, { kind: 'recorder', state })).toThrow('device.isIssued');
        expect(() => decideDeviceUpdate(inHand, { kind: 'mobileTerminal', state: 'inService' })).toThrow('device.isIssued');
    });
});
