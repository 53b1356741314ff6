import {
    ANNEX_2_IDS,
    addDays,
    DAY,
    dayOf,
    HOUR,
    type Id,
    judgeDevice,
    judgeUnit,
    MINUTE,
    type Role,
    readVerdict,
    SYSTEM_ID,
} from '@liuhen/domain';
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
import { deviceHandlers } from '../device/device.routes.ts';
import { attestationHandlers } from './attestation.routes.ts';
import { findingHandlers } from './finding.routes.ts';
import { SubjectFollower } from './follow-subjects.ts';
import { readKept } from './judgement-words.ts';

const handlersOf = ({ services }: FeatureSystem) => ({
    ...deviceHandlers(services),
    ...findingHandlers(services),
    ...attestationHandlers(services),
});

let system: FeatureSystem;
let pudong: TestOrganisation;
let follower: SubjectFollower;
let [zhang, zeng, head, chief, manager]: [Id, Id, Id, Id, Id] = ['', '', '', '', ''];
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    zhang = await addPerson(system, pudong, '张明', 'officer');
    zeng = await addPerson(system, pudong, '曾丽', 'officer');
    head = await addPerson(system, pudong, '高远', 'staff');
    chief = await addPerson(system, pudong, '何洁', 'staff');
    manager = await addPerson(system, pudong, '冯涛', 'staff');
    call = caller(system, handlersOf(system));
    follower = new SubjectFollower(system.services, async () => [pudong.id]);
});
afterAll(async () => {
    await follower.close();
    await system.expectSound();
    await system.close();
});

const as = (actor: Id, ...roles: Role[]): TestOrganisation => ({ ...pudong, actor, roles });
const theHead = () => as(head, 'instituteHead');
const section = () => as(chief, 'sectionHead');
const theManager = () => as(manager, 'recordingManager');

type Subject = 'unit' | 'device';
const listed = async (subject: Subject, who = section()) =>
    (await call('finding.list', who, { query: { subject, limit: 100 } })).items;
const codesOf = async (subject: Subject) =>
    (await listed(subject)).map(({ code, state, person }) => [code, state, person?.name].filter(Boolean).join(' ')).toSorted();

/** A role, as the security administrator grants it; the roles of tests are otherwise only claimed. */
const grant = (personId: Id, role: Role) =>
    runCommand(system.services.commands, commandBy(system.services, pudong.id, pudong.actor), 'role.grant', async (tx) => {
        const values = { person_id: personId, role, duty: 'content' as const, granted_by: tx.actor, valid_from: tx.now };
        const { id } = await insertRow(tx, 'role_grant', { id: tx.newId(), ...values });
        return { result: id, events: [{ kind: 'role.granted', creates: [id], objects: [personId], body: { role } }] };
    });

const device = async (number: string) => {
    const { id } = await call('device.create', theManager(), {
        body: { kind: 'recorder', number, model: '示例一型', serial: number, note: undefined } as never,
    });
    return id;
};

const record = (deviceId: Id, person_id: Id, at: number) =>
    runCommand(
        system.services.commands,
        commandBy(system.services, pudong.id, pudong.actor),
        'recording.register',
        async (tx) => {
            const bytes = Buffer.from(tx.newId().replaceAll('-', '').padEnd(64, '0'), 'hex');
            const blob = await insertRow(tx, 'blob', {
                ...{ id: tx.newId(), sha256: bytes, sm3: bytes, size: 1n, chunk_root: bytes, chunk_digests: bytes },
            });
            const { id } = await insertRow(tx, 'recording', {
                ...{ id: tx.newId(), blob_id: blob.id, role: 'original', state: 'sealed', source: 'recorder' },
                ...{ original_name: Buffer.from('a.mp4'), display_name: 'a.mp4', search_text: '' },
                ...{ person_id, device_id: deviceId, uploaded_by: pudong.actor, received_at: tx.now },
                ...{ device_time_basis: 'fileName', device_start: at, device_end: at + MINUTE },
            });
            return { result: id, events: [{ kind: 'recording.registered', creates: [id], body: {} }] };
        },
    );

describe('a unit is judged as its facts change', () => {
    it('by following the log: who is appointed, and who has a recorder', async () => {
        await follower.look();
        expect(await codesOf('unit')).toEqual([
            'recorder.none open 张明',
            'recorder.none open 曾丽',
            'recorder.none open 陈默',
            'role.noArchivist open',
            'role.noRecordingManager open',
        ]);
        const [found] = await listed('unit');
        expect(found).toMatchObject({ act: null, device: null, unit: { id: pudong.id, name: pudong.name } });
    });

    it('an appointment is the role, or the word of a head while it holds', async () => {
        await grant(manager, 'recordingManager');
        const day = dayOf(system.services.clock.now());
        await call('attestation.confirm', theHead(), {
            body: { clause: 'A3-6', fromDay: day, paper: '人员分工通知' } as never,
        });
        await follower.look();
        expect((await codesOf('unit')).filter((each) => each.startsWith('role'))).toEqual([
            'role.noArchivist settled',
            'role.noRecordingManager settled',
        ]);
        system.services.clock.advance(367 * DAY);
        await follower.look();
        expect((await codesOf('unit')).filter((each) => each.startsWith('role'))).toEqual([
            'role.noArchivist open',
            'role.noRecordingManager settled',
        ]);
    });

    it('what is issued settles what was short; a look without a change writes nothing', async () => {
        const recorder = await device('R-001');
        await call('device.issue', theManager(), { params: { id: recorder }, body: { personId: zhang } as never });
        await follower.look();
        expect((await codesOf('unit')).filter((each) => each.startsWith('recorder'))).toEqual([
            'recorder.none open 曾丽',
            'recorder.none open 陈默',
            'recorder.none settled 张明',
        ]);
        const size = async () => (await system.superPool.query('select sum(size)::int as size from ledger.head')).rows[0].size;
        const before = await size();
        await follower.look();
        expect(await size()).toBe(before);
    });
});

describe('a recorder is judged as its facts change', () => {
    let recorder: Id;
    it('recordings by somebody else than the register knows are a loan; what was not measured is a missing fact', async () => {
        recorder = await device('R-002');
        await call('device.issue', theManager(), { params: { id: recorder }, body: { personId: zeng } as never });
        await record(recorder, zeng, system.services.clock.now() + 1);
        await follower.look();
        expect((await codesOf('device')).filter((each) => each.startsWith('lent'))).toEqual([]);
        const at = system.services.clock.now() + HOUR;
        await record(recorder, zhang, at);
        await follower.look();
        expect(await listed('device')).toMatchObject([
            {
                code: 'lent.used',
                device: { id: recorder, number: 'R-002' },
                person: { id: zeng },
                owner: null,
                ownerRole: 'recordingManager',
                params: { recordings: 1, firstAt: at, lastAt: at },
            },
        ]);
        // A recorder is found by its number, and by when it was found: it took place at no time.
        const found = await call('finding.list', section(), { query: { q: 'r-002', limit: 100 } });
        expect(found.items).toEqual(await listed('device'));
        const foundAt = found.items[0]?.foundAt ?? 0;
        const totalOf = async (query: { from: number; to?: number }) =>
            (await call('finding.list', section(), { query: { subject: 'device', ...query } })).total;
        expect(await totalOf({ from: foundAt, to: foundAt + 1 })).toBe(1);
        expect(await totalOf({ from: foundAt + 1 })).toBe(0);
        const { rows } = await system.superPool.query(
            'select verdict, verdicts from liuhen.subject_judgement where device_id = $1',
            [recorder],
        );
        const conforms = readKept(rows[0].verdicts).find((each) => each.rule === 'conforms');
        expect(conforms).toMatchObject({ verdict: 'needsReview', missing: ['measurement', 'paper'] });
    });

    it('a certificate that runs out is found on the day after, and is no violation', async () => {
        const day = dayOf(system.services.clock.now());
        await runCommand(
            system.services.commands,
            commandBy(system.services, pudong.id, pudong.actor),
            'device.recordPaper',
            async (tx) => {
                const bytes = Buffer.alloc(32, 7);
                const blob = await insertRow(tx, 'blob', {
                    ...{ id: tx.newId(), sha256: bytes, sm3: bytes, size: 1n, chunk_root: bytes, chunk_digests: bytes },
                });
                const { id } = await insertRow(tx, 'conformity_paper', {
                    ...{ id: tx.newId(), device_id: recorder, requirements: ['A2-19'], kind: 'certificate', number: '1' },
                    ...{ issuer: '检测所', expires_on: addDays(day, 1), blob_id: blob.id, media_type: 'application/pdf' },
                    ...{ file_name: 'a.pdf', recorded_by: tx.actor, recorded_at: tx.now },
                });
                return { result: id, events: [{ kind: 'device.paperRecorded', creates: [id], objects: [recorder], body: {} }] };
            },
        );
        await follower.look();
        system.services.clock.advance(2 * DAY);
        await follower.look();
        const found = (await listed('device')).find((each) => each.code === 'conformity.expired');
        expect(found).toMatchObject({ state: 'open', modal: 'should', clause: 'A2-19' });
        const confirm = call('finding.confirm', section(), { params: { id: found?.id ?? '' }, body: { words: '证书到期' } });
        await expect(confirm).rejects.toMatchObject({ code: 'finding.forReference' });
        const byClause = await call('finding.list', section(), { query: { clause: 'A2-19' } });
        expect(byClause.items.map(({ code }) => code)).toEqual(['conformity.expired']);
        expect((await call('finding.list', section(), { query: { clause: 'A2-20' } })).total).toBe(0);
    });

    it('of one that is retired nothing is left to be answered', async () => {
        await call('device.return', theManager(), { params: { id: recorder }, body: {} as never });
        await call('device.step', theManager(), { params: { id: recorder }, body: { step: 'retire', note: '报废' } });
        await follower.look();
        expect(new Set((await listed('device')).map(({ state }) => state))).toEqual(new Set(['settled']));
    });
});

describe('what was found about a unit', () => {
    const short = async (who: TestOrganisation) =>
        (await listed('unit', who)).find((each) => each.code === 'recorder.none' && each.person?.id === zeng);

    it('is answered by whoever holds the role, decided by somebody else, and stays on record', async () => {
        expect(await short(as(zeng, 'officer'))).toMatchObject({ mayAnswer: false, ownerRole: 'recordingManager' });
        const open = await short(theManager());
        expect(open).toMatchObject({ mayAnswer: true, mayDecide: false });
        const params = { id: open?.id ?? '' };
        const answer = (who: TestOrganisation) =>
            call('finding.answer', who, { params, body: { kind: 'explain', words: '已下单，下周到货' } });
        await expect(answer(as(zhang, 'officer'))).rejects.toMatchObject({ code: 'finding.notYours' });
        const mine = await call('finding.list', theManager(), { query: { mine: 'yes', subject: 'unit', state: 'open' } });
        expect(mine.items.map(({ id }) => id)).toContain(params.id);
        await answer(theManager());
        const decide = (who: TestOrganisation) => call('finding.decide', who, { params, body: { as: 'accepted' } });
        await expect(decide(as(manager, 'sectionHead'))).rejects.toMatchObject({ code: 'finding.ownAct' });
        await expect(decide(as(zeng, 'sectionHead'))).rejects.toMatchObject({ code: 'finding.ownAct' });
        await decide(section());
        await follower.look();
        expect(await call('finding.get', section(), { params })).toMatchObject({
            state: 'explained',
            answers: [{ state: 'accepted' }],
        });
        const { judgement } = await call('finding.get', section(), { params });
        // By its id the log has every judgement of the unit that there was.
        const { rows } = await system.superPool.query(
            `select count(*)::int as count from ledger.entry where kind = 'unit.judged'
             and convert_from(entry, 'UTF8')::jsonb @> jsonb_build_object('objects', jsonb_build_array(jsonb_build_object('id', $1::text)))`,
            [judgement?.id],
        );
        expect(judgement?.count).toBeGreaterThan(1);
        expect(rows).toEqual([{ count: judgement?.count }]);
        const ofDevice = (await listed('device'))[0]?.id ?? '';
        const device = (await call('finding.get', section(), { params: { id: ofDevice } })).judgement;
        expect(device?.id).toEqual(expect.any(String));
        expect(device?.id).not.toBe(judgement?.id);
    });
});

it('how the unit stands by each rule is a sum that follows from the judgements, with what waits beside it', async () => {
    const standing = await call('finding.standing', section(), {});
    const of = (rule: string) => standing.rules.find((each) => each.rule === rule);
    const unit = { rule: 'rolesFilled', subject: 'unit', parts: [] };
    expect(of('rolesFilled')).toEqual({ ...unit, pass: 0, fail: 1, wanted: 0, needsReview: 0 });
    // R-001 is in somebody's hand, R-002 retired: nothing of that one is judged any more.
    expect(of('notLent')).toMatchObject({ subject: 'device', pass: 1, fail: 0, wanted: 0, needsReview: 0 });
    expect(of('conforms')).toMatchObject({ pass: 0, needsReview: 1 });
    // By each line of annex 2: nothing was measured of R-001, and no paper speaks of it.
    const lines = of('conforms')?.parts ?? [];
    expect(lines.map(({ clause }) => clause)).toEqual(ANNEX_2_IDS);
    expect(lines.filter(({ pass, fail, wanted, needsReview }) => pass + fail + wanted === 0 && needsReview === 1).length).toBe(
        32,
    );
    expect(of('twoOfficers')).toMatchObject({ pass: 0, fail: 0, needsReview: 0 });
    const { rows } = await system.superPool.query(
        "select rule, clause, count(*)::int as count from liuhen.finding where state in ('open', 'answered') group by 1, 2",
    );
    const inOrder = (all: readonly { rule: string; clause: string | null }[]) =>
        all.toSorted((a, b) => `${a.rule} ${a.clause}`.localeCompare(`${b.rule} ${b.clause}`));
    expect(inOrder(standing.unanswered)).toEqual(inOrder(rows));
    const sums = async () =>
        (
            await system.superPool.query(
                'select rule, clause, verdict, modal, subjects::int from liuhen.rule_standing where subjects > 0 order by 1, 2, 3, 4',
            )
        ).rows;
    const kept = await sums();
    await system.superPool.query('call liuhen.recount_standing()');
    expect(await sums()).toEqual(kept);
});

it('each judgement is an entry with rules, versions and facts, from which the same verdicts follow again', async () => {
    const { rows } = await system.superPool.query(
        `select e.kind, convert_from(b.body, 'UTF8') as body, e.at, e.actor from ledger.entry e join ledger.body b using (org_id, idx)
         where e.kind in ('unit.judged', 'device.judged') order by e.idx`,
    );
    expect(new Set(rows.map((row) => row.kind)).size).toBe(2);
    for (const row of rows) {
        const body = JSON.parse(row.body);
        expect(row.actor).toBe(SYSTEM_ID);
        if (body.rules.length === 0) continue;
        const judge = row.kind === 'unit.judged' ? judgeUnit : judgeDevice;
        const again = judge(JSON.parse(body.facts), Number(row.at)).verdicts;
        expect(body.rules.map(readVerdict)).toEqual(again.map(({ findings: _, unsure: __, ...verdict }) => verdict));
    }
});
