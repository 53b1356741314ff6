import { describe, expect, it } from 'vitest';
import { DEVICE_KINDS, DEVICE_STATES, type DeviceState } from './device.ts';
import { batteryJudged, CHECK_POINTS, type CheckAnswers, decideCheck, failedItems, isByOther } from './device-check.ts';
import { figureStanding, hoursStored, MODEL_FIGURE_KEYS } from './device-model.ts';
import { DEVICE_STEP_KEYS, decideDeviceStep, type StepOfDevice, stepsPossible } from './device-steps.ts';
import { EQUIPMENT, equipmentOf, type HeldRecorder, isShortOf, isWithoutTerminal } from './equipment.ts';
import { type CameraFacts, decideBinding, decideRoomClosing } from './recording-room.ts';

const manager = { holds: false, manages: true };
const holder = { holds: true, manages: false };
const stranger = { holds: false, manages: false };
const free = (state: DeviceState) => ({ state, holderName: null });
const held = (state: DeviceState) => ({ state, holderName: '张明' });

describe('the way of a device', () => {
    it.each<[StepOfDevice, DeviceState, DeviceState]>([
        ['reportFault', 'inService', 'faulty'],
        ['clearFault', 'faulty', 'inService'],
        ['sendToRepair', 'inService', 'inRepair'],
        ['sendToRepair', 'faulty', 'inRepair'],
        ['backFromRepair', 'inRepair', 'inService'],
        ['reportLost', 'inService', 'lost'],
        ['reportLost', 'faulty', 'lost'],
        ['reportLost', 'inRepair', 'lost'],
        ['find', 'lost', 'inService'],
        ['retire', 'inService', 'retired'],
        ['retire', 'faulty', 'retired'],
        ['retire', 'inRepair', 'retired'],
        ['retire', 'lost', 'retired'],
        ['bringBack', 'retired', 'inService'],
    ])('%s from %s to %s', (step, from, to) => {
        expect(decideDeviceStep(step, free(from), manager)).toBe(to);
        expect(stepsPossible(free(from), manager)).toContain(step);
    });

    it('refuses every other step from every other state', () => {
        const possible = DEVICE_STATES.flatMap((state) =>
            DEVICE_STEP_KEYS.filter((step) => {
                try {
                    decideDeviceStep(step, free(state), manager);
                    return true;
                } catch (error) {
                    expect(error).toMatchObject({ code: 'device.stepNotPossible', params: { step, state } });
                    return false;
                }
            }).map((step) => `${state} ${step}`),
        );
        expect(possible).toHaveLength(14);
    });

    it('lets whoever has it say that it fails or is lost, and nobody else but the manager (附件1 第15条)', () => {
        expect(stepsPossible(held('inService'), holder)).toEqual(['reportFault', 'reportLost']);
        expect(stepsPossible(held('inService'), stranger)).toEqual([]);
        expect(() => decideDeviceStep('reportFault', held('inService'), stranger)).toThrow('device.notYours');
        expect(() => decideDeviceStep('retire', free('inService'), holder)).toThrow('device.notYours');
    });

    it('takes nothing to repair or out of use from somebody’s hand', () => {
        for (const step of ['sendToRepair', 'retire'] as const)
            expect(() => decideDeviceStep(step, held('faulty'), manager)).toThrow('device.isIssued');
        expect(stepsPossible(held('faulty'), manager)).toEqual(['clearFault', 'reportLost']);
    });
});

describe('the check before use (附件1 第7条)', () => {
    const good: CheckAnswers = { noFault: true, timeRight: true, batteryEnough: true, spaceEnough: true };

    it('names what is not in order', () => {
        expect(failedItems(good)).toEqual([]);
        for (const item of CHECK_POINTS) expect(failedItems({ ...good, [item]: false })).toEqual([item]);
    });

    it('believes a figure of the battery more than a tick', () => {
        expect(failedItems(batteryJudged(good, 59, 60))).toEqual(['batteryEnough']);
        expect(failedItems(batteryJudged(good, 60, 60))).toEqual([]);
        expect(failedItems(batteryJudged(good, null, 60))).toEqual([]);
        expect(failedItems(batteryJudged({ ...good, batteryEnough: false }, 90, 60))).toEqual(['batteryEnough']);
    });

    it('may be heard of late, not early, and not of what is no more in use', () => {
        const recorder = { kind: 'recorder' as const, state: 'inService' as const };
        expect(() => decideCheck(recorder, 0, 86_400_000)).not.toThrow();
        expect(() => decideCheck(recorder, 300_000, 0)).not.toThrow();
        expect(() => decideCheck(recorder, 300_001, 0)).toThrow('device.checkInFuture');
        expect(() => decideCheck({ ...recorder, state: 'retired' }, 0, 0)).toThrow('device.isRetired');
        expect(() => decideCheck({ ...recorder, kind: 'roomCamera' }, 0, 0)).toThrow('device.notPersonal');
        for (const kind of DEVICE_KINDS.filter((each) => each !== 'roomCamera'))
            for (const state of DEVICE_STATES.filter((each) => each !== 'retired'))
                expect(() => decideCheck({ kind, state }, 0, 0)).not.toThrow();
    });

    it('by another than the holder is seen; the manager at the dock is not one', () => {
        expect(isByOther({ personId: 'a', holderId: 'a', place: 'phone' })).toBe(false);
        expect(isByOther({ personId: 'a', holderId: 'b', place: 'phone' })).toBe(true);
        expect(isByOther({ personId: 'a', holderId: null, place: 'phone' })).toBe(true);
        expect(isByOther({ personId: 'a', holderId: 'b', place: 'dock' })).toBe(false);
    });
});

describe('one recorder each (附件1 第3条)', () => {
    const one = (state: DeviceState): HeldRecorder => ({ id: state, number: state, state, basis: 'personal' });

    it.each([
        [[one('inService')], null, 'one'],
        [[one('inService'), one('lost')], null, 'one'],
        [[one('inService'), one('faulty')], null, 'several'],
        [[one('faulty')], null, 'unusable'],
        [[one('lost')], null, 'unusable'],
        [[], { state: 'inRepair' as const }, 'inRepair'],
        [[], { state: 'faulty' as const }, 'inRepair'],
        [[], { state: 'inService' as const }, 'none'],
        [[], null, 'none'],
    ])('%o, last %o: %s', (recorders, last, equipment) => {
        expect(equipmentOf(recorders, last)).toBe(equipment);
    });

    it('is asked of officers; of assistants only that what they have is in order', () => {
        expect(EQUIPMENT.filter((each) => isShortOf('officer', each))).toEqual(['none', 'inRepair', 'unusable', 'several']);
        expect(EQUIPMENT.filter((each) => isShortOf('assistant', each))).toEqual(['unusable', 'several']);
    });

    it('an officer is to have a mobile terminal that can be used (正文二(三)), an assistant may', () => {
        expect(isWithoutTerminal('officer', [])).toBe(true);
        expect(isWithoutTerminal('officer', [{ state: 'faulty' }, { state: 'lost' }])).toBe(true);
        expect(isWithoutTerminal('officer', [{ state: 'faulty' }, { state: 'inService' }])).toBe(false);
        expect(isWithoutTerminal('assistant', [])).toBe(false);
    });
});

describe('a recording room (正文二(二)3)', () => {
    const camera: CameraFacts = { kind: 'roomCamera', state: 'inService', roomName: null, freeSince: null };
    const open = { closedAt: null };

    it.each<[string, { closedAt: number | null }, CameraFacts, number]>([
        ['room.closed', { closedAt: 1 }, camera, 5],
        ['room.notCamera', open, { ...camera, kind: 'recorder' }, 5],
        ['device.notInService', open, { ...camera, state: 'inRepair' }, 5],
        ['room.cameraBound', open, { ...camera, roomName: '听证室' }, 5],
        ['room.bindingInFuture', open, camera, 11],
        ['room.bindingOverlaps', open, { ...camera, freeSince: 6 }, 5],
    ])('refuses with %s', (code, room, facts, from) => {
        expect(() => decideBinding(room, facts, from, 10)).toThrow(code);
    });

    it('takes a camera from a moment on, and is closed when none looks into it', () => {
        expect(() => decideBinding(open, { ...camera, freeSince: 5 }, 5, 10)).not.toThrow();
        expect(() => decideRoomClosing(open, 0)).not.toThrow();
        expect(() => decideRoomClosing(open, 1)).toThrow('room.camerasLeft');
        expect(() => decideRoomClosing({ closedAt: 1 }, 0)).toThrow('room.closed');
    });
});

describe('what is stated of a model (附件2)', () => {
    it.each([
        ['storageGb', '64 GB', 'reaches'],
        ['storageGb', '32G', 'below'],
        ['batteryMah', '3,200 mAh', 'reaches'],
        ['clockSecondsPerDay', '≤ 3 秒/天', 'reaches'],
        ['clockSecondsPerDay', '5', 'below'],
        ['nfc', '支持', 'reaches'],
        ['nfc', '不支持', 'below'],
        ['nfc', '选配', 'read'],
        ['cpu', '八核', 'read'],
        ['system', 'Android 8.1', 'reaches'],
        ['system', 'Android 10', 'reaches'],
        ['system', 'Android 8.0.0', 'below'],
        ['system', '鸿蒙 2.0', 'read'],
        ['protection', 'IP68', 'reaches'],
        ['protection', 'IP66', 'below'],
        ['protection', '防水', 'read'],
        ['frameRate', '未注明', 'read'],
    ] as const)('%s %s: %s', (key, value, standing) => {
        expect(figureStanding({ key, value })).toBe(standing);
    });

    it('has a line for what the annex lists, and shows that two of its figures contradict each other', () => {
        expect(MODEL_FIGURE_KEYS.length).toBe(42);
        expect(hoursStored(64, 16)).toBeCloseTo(8.89, 2);
    });
});
