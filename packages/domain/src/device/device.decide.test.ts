import { describe, expect, it } from 'vitest';
import { type DeviceFacts, decideDeviceUpdate, decideIssue } from './device.decide.ts';
import type { DeviceState } from './device.ts';

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

describe('a shift and a spare', () => {
    const shift = (dueBackAt: number | null) => ({ basis: 'shift' as const, dueBackAt, instead: null });
    const spare = (state: DeviceState | null, lastHolderIsReceiver = true) => ({
        basis: 'spare' as const,
        dueBackAt: null,
        instead: state === null ? null : { state, lastHolderIsReceiver },
    });

    it('is for a time that ends, and for whoever’s own recorder is away (附件1 第15条)', () => {
        expect(() => decideIssue(recorder, nobody, shift(200), 100)).not.toThrow();
        expect(() => decideIssue(recorder, nobody, spare('inRepair'), 100)).not.toThrow();
        expect(() => decideIssue(recorder, nobody, spare('faulty'), 100)).not.toThrow();
    });

    it.each([
        [shift(null), 'device.shiftNeedsEnd'],
        [shift(100), 'device.shiftNeedsEnd'],
        [spare(null), 'device.spareNeedsRepair'],
        [spare('inService'), 'device.spareNeedsRepair'],
        [spare('inRepair', false), 'device.spareNeedsRepair'],
    ])('refuses %o: %s', (terms, code) => {
        expect(() => decideIssue(recorder, nobody, terms, 100)).toThrow(code);
    });
});

describe('change of a device', () => {
    const inHand = { ...recorder, holderName: '张明' };

    it('is free while nobody has it; in somebody’s hand it stays of its kind', () => {
        expect(() => decideDeviceUpdate(recorder, { kind: 'roomCamera' })).not.toThrow();
        expect(() => decideDeviceUpdate(inHand, { kind: 'recorder' })).not.toThrow();
        expect(() => decideDeviceUpdate(inHand, { kind: 'mobileTerminal' })).toThrow('device.isIssued');
    });
});
