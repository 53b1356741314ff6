import { HOUR, type Id, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { insertRow } from '../../platform/command/row-writer.ts';
import { commandBy } from '../../testing/builders.ts';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { recordingHandlers } from '../recording/recording.routes.ts';
import { actHandlers } from './act.routes.ts';

const handlersOf = (system: FeatureSystem) => ({ ...actHandlers(system.services), ...recordingHandlers(system.services) });

let system: FeatureSystem;
let pudong: TestOrganisation;
let zhang: Id;
let zeng: Id;
let start: number;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    [zhang, zeng] = [await addPerson(system, pudong, '张明', 'officer'), await addPerson(system, pudong, '曾丽', 'officer')];
    call = caller(system, handlersOf(system));
    // Long enough ago that all its files should have come (附件1 第15条).
    start = Math.floor(system.services.clock.now() / MINUTE) * MINUTE - 50 * HOUR;
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const command = <T>(kind: 'recording.register' | 'recording.mark', work: Parameters<typeof runCommand<T>>[3]) =>
    runCommand(system.services.commands, commandBy(system.services, pudong.id, pudong.actor), kind, work);

/** Footage by the device's own clock, in minutes of the act. */
const film = (act_id: Id, person_id: Id, [from, to]: [number, number]) =>
    command('recording.register', async (tx) => {
        const bytes = Buffer.from(tx.newId().replaceAll('-', '').padEnd(64, '0'), 'hex');
        const content = { sha256: bytes, sm3: bytes, size: 1n, chunk_root: bytes, chunk_digests: bytes };
        const blob = await insertRow(tx, 'blob', { id: tx.newId(), ...content });
        const recording = await insertRow(tx, 'recording', {
            ...{ id: tx.newId(), blob_id: blob.id, role: 'original', state: 'registered', source: 'recorder' },
            ...{ original_name: Buffer.from('a.mp4'), display_name: 'a.mp4', search_text: '' },
            ...{ person_id, act_id, uploaded_by: pudong.actor, received_at: tx.now, device_time_basis: 'fileName' },
            ...{ device_start: start + from * MINUTE, device_end: start + to * MINUTE },
        });
        return {
            result: recording.id,
            events: [{ kind: 'recording.registered', creates: [recording.id], objects: [act_id], body: {} }],
        };
    });

const say = (recording_id: Id, minute: number, mediaMinute: number) =>
    command('recording.mark', async (tx) => {
        const mark = await insertRow(tx, 'recording_mark', {
            ...{ id: tx.newId(), recording_id, kind: 'gapReason', media_ms: mediaMinute * MINUTE, words: '更换电池' },
            ...{ device_at: start + minute * MINUTE, made_by: zhang, made_at: tx.now },
        });
        return {
            result: mark.id,
            events: [{ kind: 'recording.momentMarked', creates: [mark.id], objects: [recording_id], body: {} }],
        };
    });

const inspection = async () => {
    const { id } = await call('act.create', pudong, {
        body: {
            scenario: 'routineInspection',
            place: '示范路 1 号',
            startsAt: start,
            endsAt: start + HOUR,
            participants: [zhang, zeng].map((personId) => ({ personId, part: 'officer' as const })),
        },
    });
    return id;
};

/** How many gaps are open, on the page and in the list alike. */
const standing = async (id: Id) => {
    const { items } = await call('act.list', pudong, { query: {} });
    const own = (await call('act.get', pudong, { params: { id } })).standing;
    expect(items.find((each) => each.id === id)?.standing).toEqual(own);
    return own?.openGaps;
};

describe('an interruption whose reason is spoken in the recording (附件1 第10条)', () => {
    it('is explained once somebody marked where, on the page and in the list alike, and open again without the mark', async () => {
        const id = await inspection();
        await film(id, zhang, [0, 20]);
        const second = await film(id, zhang, [25, 60]);
        await film(id, zeng, [0, 60]);
        expect(await standing(id)).toBe(1);
        // Three minutes after it, it is about something else.
        await say(second, 28, 3);
        expect(await standing(id)).toBe(1);
        const mark = await say(second, 26, 1);
        expect(await standing(id)).toBe(0);
        await call(
            'recording.withdrawMark',
            { ...pudong, actor: zhang, roles: ['officer'] },
            { params: { id: mark }, body: { reason: '听错了' } },
        );
        expect(await standing(id)).toBe(1);
    });

    it('is explained as well where the recording breaks off and does not go on', async () => {
        const id = await inspection();
        const only = await film(id, zhang, [0, 50]);
        await film(id, zeng, [0, 60]);
        expect(await standing(id)).toBe(1);
        // Three minutes before it breaks off, it is about something else.
        await say(only, 47, 47);
        expect(await standing(id)).toBe(1);
        await say(only, 49, 49);
        expect(await standing(id)).toBe(0);
    });
});
