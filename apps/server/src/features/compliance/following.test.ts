import { dayOf, HOUR, type Id, MINUTE, type Role, type SaidVerdict, startOfDay } from '@liuhen/domain';
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
import { actHandlers } from '../act/act.routes.ts';
import { deviceHandlers } from '../device/device.routes.ts';
import { personHandlers } from '../identity/person.routes.ts';
import { recordingHandlers } from '../recording/recording.routes.ts';
import { recordingTimeJobs } from '../recording/recording-times.jobs.ts';
import { actsBefore, changedSince } from './changed-acts.queries.ts';
import { LogFollower } from './follow-log.ts';
import { SubjectFollower } from './follow-subjects.ts';
import { type Followed, Follower } from './follower.ts';
import { readKept } from './judgement-words.ts';
import { judgeActs } from './judging.ts';
import { noteProgress } from './log-progress.ts';

const handlersOf = ({ services }: FeatureSystem) => ({
    ...actHandlers(services),
    ...deviceHandlers(services),
    ...personHandlers(services),
    ...recordingHandlers(services),
});

let system: FeatureSystem;
let pudong: TestOrganisation;
let [follower, subjects]: (LogFollower | SubjectFollower)[] = [];
let [zhang, zeng, manager]: [Id, Id, Id] = ['', '', ''];
let [device, act, film]: [Id, Id, Id] = ['', '', ''];
let start: number;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

/** A closed act, recorded by one recorder whose clock nobody has read; both of its readers have read the log to its end, and the night is over. */
beforeAll(async () => {
    system = await featureSystem();
    const { services } = system;
    services.clock.advance(startOfDay(dayOf(services.clock.now())) + 34 * HOUR - services.clock.now());
    pudong = await addOrganisation(system, '310115', '浦东监督所');
    zhang = await addPerson(system, pudong, '张明', 'officer');
    zeng = await addPerson(system, pudong, '曾丽', 'officer');
    manager = await addPerson(system, pudong, '何洁', 'officer');
    call = caller(system, handlersOf(system));
    start = Math.floor(services.clock.now() / MINUTE) * MINUTE - 6 * HOUR;
    device = (await call('device.create', as(manager, 'recordingManager'), { body: { kind: 'recorder', number: 'R-001' } })).id;
    [act, film] = await closedAct(start);
    follower = new LogFollower(services, async () => [pudong.id]);
    subjects = new SubjectFollower(services as never, async () => [pudong.id]);
    await looks();
}, 120_000);
afterAll(async () => {
    await follower?.close();
    await subjects?.close();
    await system.expectSound();
    await system.close();
});

const as = (actor: Id, ...roles: Role[]): TestOrganisation => ({ ...pudong, actor, roles });
const officer = () => as(zhang, 'officer');
const looks = async () => {
    await follower?.look();
    await subjects?.look();
};

async function closedAct(at: number): Promise<[Id, Id]> {
    const { id } = await call('act.create', officer(), {
        body: {
            ...{ scenario: 'doubleRandomInspection', place: '示范路 1 号', startsAt: at, endsAt: at + HOUR },
            participants: [zhang, zeng].map((personId) => ({ personId, part: 'officer' as const })),
        },
    });
    const recorded = await record(id, at);
    await call('act.close', officer(), { params: { id }, body: { as: 'closed' } });
    return [id, recorded];
}

const record = (act_id: Id, at: number) =>
    runCommand(system.services.commands, commandBy(system.services, pudong.id, zhang), 'test.recording', async (tx) => {
        const digest = Buffer.from(tx.newId().replaceAll('-', '').padEnd(64, '0'), 'hex');
        const blob = await insertRow(tx, 'blob', {
            ...{ id: tx.newId(), sha256: digest, sm3: digest, size: 7n, chunk_root: digest, chunk_digests: digest },
        });
        const { id } = await insertRow(tx, 'recording', {
            ...{ id: tx.newId(), blob_id: blob.id, role: 'original', state: 'sealed', source: 'recorder', act_id },
            ...{ original_name: Buffer.from('a.mp4'), display_name: 'a.mp4', person_id: zhang, search_text: '' },
            ...{ device_id: device, uploaded_by: zhang, received_at: tx.now, device_time_basis: 'fileName' },
            ...{ device_start: at - MINUTE, device_end: at + HOUR, clock_state: 'noReading', inspected_at: tx.now },
            inspection: JSON.stringify({ version: 1, container: 'mp4', durationMs: HOUR + MINUTE, tracks: [], findings: [] }),
        });
        await insertRow(tx, 'recording_interval', {
            ...{ id: tx.newId(), recording_id: id, media_start: 0, media_end: HOUR + MINUTE, timescale: 1_000 },
            ...{ device_start: at - MINUTE, device_end: at + HOUR },
        });
        return { result: id, events: [{ kind: 'recording.registered', creates: [id, blob.id], objects: [act_id], body: {} }] };
    });

const versions = async (table: 'act_judgement' | 'subject_judgement') => {
    const { rows } = await system.superPool.query(`select id, version from liuhen.${table} order by id`);
    return rows.map(({ id, version }) => `${id} ${version}`);
};
const verdict = async (rule: string): Promise<SaidVerdict | undefined> => {
    const { rows } = await system.superPool.query('select verdicts from liuhen.act_judgement where act_id = $1', [act]);
    return readKept(rows[0]?.verdicts ?? []).find((each) => each.rule === rule);
};

/** What the night would still find is what following the log had missed. */
const nightFinds = () => judgeActs(system.services, pudong.id, [act]);

describe('facts of a closed act that change are judged without waiting for the night, whatever they stand in', () => {
    it('a check of its recorder that was made without network and comes later', async () => {
        expect(await verdict('checkedBeforeUse')).toMatchObject({ verdict: 'fail' });
        const good = { noFault: true, timeRight: true, batteryEnough: true, spaceEnough: true };
        await call('device.check', as(manager, 'recordingManager'), {
            params: { id: device },
            body: { ...good, place: 'dock' as const, at: start - HOUR, personId: zhang },
        });
        await looks();
        expect(await verdict('checkedBeforeUse')).toMatchObject({ verdict: 'pass' });
        expect(await nightFinds()).toBe(0);
    });

    it('a reading of the clock, by the times that it corrects', async () => {
        const before = await versions('act_judgement');
        const shown = new Date(system.services.clock.now() + 8 * HOUR).toISOString().replace('T', ' ').slice(0, 19);
        const by = as(manager, 'recordingManager');
        await call('device.readClock', by, { params: { id: device }, body: { shown, afterSet: false } });
        const command = commandBy(system.services, pudong.id, zhang);
        await recordingTimeJobs(system.services)['recording.correctTimes']?.({
            ...{ orgId: pudong.id, data: { deviceId: device }, command },
        });
        await looks();
        expect(await versions('act_judgement')).not.toEqual(before);
        expect(await nightFinds()).toBe(0);
    });

    it('a recorder that is another model by the register, and its number', async () => {
        const before = await versions('act_judgement');
        const { version } = await call('device.get', as(manager, 'recordingManager'), { params: { id: device } });
        await call('device.update', as(manager, 'recordingManager'), {
            params: { id: device },
            body: { kind: 'recorder', number: 'R-100', version },
        });
        await looks();
        expect(await versions('act_judgement')).not.toEqual(before);
        expect(await nightFinds()).toBe(0);
    });

    it('a moment that somebody marked', async () => {
        const by = as(zhang, 'officer');
        await call('recording.mark', by, { params: { id: film }, body: { kind: 'opening', mediaMs: MINUTE } });
        await looks();
        expect(await verdict('spokenWords')).toMatchObject({ params: { missing: 1 } });
        expect(await nightFinds()).toBe(0);
    });

    it('an officer whose name turns out to be another', async () => {
        const by = as(pudong.systemAdmin.id, 'systemAdmin');
        const { version } = await call('person.get', by, { params: { id: zeng } });
        const before = await versions('act_judgement');
        const changed = { name: '曾莉', kind: 'officer' as const, certificateNumber: '310115999', version };
        await call('person.update', by, { params: { id: zeng }, body: changed });
        await looks();
        expect(await versions('act_judgement')).not.toEqual(before);
        expect(await nightFinds()).toBe(0);
    });
});

it('who has a recorder, and what a paper says of it, is judged for the unit and the recorder', async () => {
    const by = as(manager, 'recordingManager');
    const subjectsNow = () => versions('subject_judgement');
    const before = await subjectsNow();
    await call('device.issue', by, { params: { id: device }, body: { personId: zhang } });
    await looks();
    const issued = await subjectsNow();
    // The unit has one officer less without a recorder; the recorder has a holder.
    expect(issued.filter((each) => !before.includes(each)).length).toBe(2);
    await call('device.saveModel', by, { body: { kind: 'recorder', name: '示范 X1', maker: '示范厂', figures: [NFC] } });
    const { version } = await call('device.get', by, { params: { id: device } });
    await call('device.return', by, { params: { id: device }, body: {} });
    const again = await call('device.get', by, { params: { id: device } });
    expect(again.version).toBeGreaterThanOrEqual(version);
    await call('device.update', by, {
        params: { id: device },
        body: { kind: 'recorder', number: 'R-100', model: '示范 X1', version: again.version },
    });
    await looks();
    const { rows } = await system.superPool.query(
        `select verdicts from liuhen.subject_judgement where verdicts @> '[{"rule": "conforms"}]'`,
    );
    const conforms = rows.flatMap(({ verdicts }) => readKept(verdicts)).filter(({ rule }) => rule === 'conforms');
    expect(conforms.map(({ byClause }) => byClause['A2-11']?.verdict)).toEqual(['fail']);
});
const NFC = { key: 'nfc', value: '不支持', source: 'maker', detail: null } as const;

/** Acts followed as the server follows them, in slices of two and with looks that come soon; how they are judged is each test's own. */
const ACTS_IN_TWOS: Omit<Followed<Id>, 'judge'> = {
    ...{ lock: 'judging', progress: 'judging_progress', slice: 2, everyMs: 10, due: [], first: [] },
    async changed(db, orgId, next) {
        const { acts: named, ...found } = await changedSince(db, orgId, next);
        return { ...found, subjects: named };
    },
    before: (db, orgId, before) => actsBefore(db, orgId, before, 100),
};

it('what one entry changes for many waits in slices, and what changes meanwhile is judged before the rest of it', async () => {
    const acts = [act];
    for (let n = 1; n <= 10; n++) acts.push((await closedAct(start - 3 * n * HOUR))[0]);
    await looks();
    const judged: Id[][] = [];
    let interrupted = false;
    const slow = new Follower<Id>(system.services, async () => [pudong.id], {
        ...ACTS_IN_TWOS,
        async judge(orgId, ids) {
            judged.push([...ids]);
            await judgeActs(system.services, orgId, ids);
            if (interrupted) return;
            interrupted = true;
            await call('recording.mark', officer(), { params: { id: film }, body: { kind: 'closing', mediaMs: HOUR } });
        },
    });
    const progress = async () =>
        (await system.superPool.query('select next_idx::int as next from liuhen.judging_progress where org_id = $1', [pudong.id]))
            .rows[0].next as number;
    const before = await progress();
    const { version } = await call('device.get', as(manager, 'recordingManager'), { params: { id: device } });
    await call('device.update', as(manager, 'recordingManager'), {
        params: { id: device },
        body: { kind: 'recorder', number: 'R-101', model: '示范 X1', version },
    });
    await slow.look();
    // The newest two, then the one whose recording was marked meanwhile, then the rest by two; not all of it in one look.
    expect(judged).toEqual([acts.slice(0, 2), [act], acts.slice(2, 4), acts.slice(4, 6), acts.slice(6, 8)]);
    expect(await progress()).toBe(before);
    await slow.look();
    expect(judged.slice(5)).toEqual([acts.slice(8, 10), acts.slice(10)]);
    expect(await progress()).toBeGreaterThan(before);
    expect(await judgeActs(system.services, pudong.id, acts)).toBe(0);
    await slow.close();
});

it('what changes in an organisation while everything of another is judged does not wait for the end of that', async () => {
    const huangpu = await addOrganisation(system, '310101', '黄浦监督所');
    const li = await addPerson(system, huangpu, '李薇', 'officer');
    const tonight = { next: 0, nightlyOn: dayOf(system.services.clock.now()) };
    await noteProgress(system.services, 'judging_progress', huangpu.id, tonight);
    await system.superPool.query('update liuhen.judging_progress set nightly_on = null where org_id = $1', [pudong.id]);
    const inHuangpu = Promise.withResolvers<void>();
    const order: string[] = [];
    const long = new Follower<Id>(system.services, async () => [pudong.id, huangpu.id], {
        ...ACTS_IN_TWOS,
        async judge(orgId, ids) {
            order.push(orgId === pudong.id ? 'all of pudong begins' : 'the act of huangpu');
            await judgeActs(system.services, orgId, ids);
            if (orgId === huangpu.id) return inHuangpu.resolve();
            const times = { startsAt: start, endsAt: start + HOUR };
            await call(
                'act.create',
                { ...huangpu, actor: li, roles: ['officer'] },
                {
                    body: {
                        ...{ scenario: 'interview', place: '示范路 2 号', ...times },
                        participants: [{ personId: li, part: 'officer' }],
                    },
                },
            );
            await inHuangpu.promise;
            order.push('all of pudong ends');
        },
    });
    await long.look();
    await long.close();
    expect(order).toEqual(['all of pudong begins', 'the act of huangpu', 'all of pudong ends']);
});
