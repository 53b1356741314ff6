import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkDrawRecord, type DrawRecord, dayOf, HOUR, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeDigest } from '../../platform/digest.ts';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { TEST_NOW } from '../../testing/services.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { actHandlers } from '../act/act.routes.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { taskHandlers } from './task.routes.ts';

/** Without it one test is skipped; tools/test.ts says so aloud, and fails where it is required. */
const pythonThere = spawnSync('python3', ['--version']).status === 0;

let system: FeatureSystem;
let pudong: TestOrganisation;
let officers: Id[];
let parties: Id[];
const handlersOf = (of: FeatureSystem) => ({
    ...taskHandlers(of.services),
    ...actHandlers(of.services),
    ...partyHandlers(of.services),
    ...parameterHandlers(of.services),
});
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

beforeAll(async () => {
    system = await featureSystem();
    call = caller(system, handlersOf(system));
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    officers = [];
    for (const name of ['张明', '李岚', '周青', '何北']) officers.push(await addPerson(system, pudong, name, 'officer'));
    parties = [];
    for (let at = 1; at <= 10; at++) {
        const address = at % 2 === 0 ? `张江镇 ${at} 号` : `川沙镇 ${at} 号`;
        parties.push((await call('party.create', pudong, { body: { name: `美发店${at}`, kind: 'naturalPerson', address } })).id);
    }
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const at = (index: number): Id => parties[index] ?? '';
const commit = async (more: object = {}): Promise<Id> =>
    (
        await call('draw.commit', pudong, {
            body: {
                title: '第四季度公共场所双随机抽查',
                year: 2026,
                objects: parties.slice(0, 6).map((partyId) => ({ partyId, grade: 'B' })),
                officerIds: officers,
                strata: [{ grade: 'B', take: { number: 3 } }],
                avoidLastVisit: true,
                dueDay: '2026-12-20',
                ...more,
            },
        })
    ).id;
const reveal = (id: Id, publicValue?: string) =>
    call('draw.reveal', pudong, { params: { id }, body: publicValue === undefined ? {} : { publicValue } });
const get = (id: Id) => call('draw.get', pudong, { params: { id } });
const record = async (id: Id) => JSON.parse((await call('draw.record', pudong, { params: { id } })).record) as DrawRecord;

const run = promisify(execFile);
const CHECK = fileURLToPath(new URL('../../../../../docs/draw-check.py', import.meta.url));

/** What docs/draw-check.py says of a record that was published. */
async function checkedByPython(published: DrawRecord): Promise<string> {
    const folder = await temporaryFolder('draw-check');
    const file = join(folder.path, 'record.json');
    try {
        await writeFile(file, JSON.stringify(published));
        const { stdout } = await run('python3', [CHECK, file]).catch((error: { stdout: string }) => error);
        return stdout.trim();
    } finally {
        await folder.remove();
    }
}

/** Everything the database holds about a draw, as text. */
const rowText = async (id: Id) =>
    (await system.superPool.query('select d::text as text from liuhen.draw d where id = $1', [id])).rows[0]?.text as string;

describe('a draw', () => {
    it('is committed, revealed and worked out again by anybody', async () => {
        const id = await commit();
        const before = await get(id);
        expect(before).toMatchObject({ number: '310115-CQ-2026-0001', state: 'committed', secret: null, picks: [], earlier: [] });
        await expect(call('draw.record', pudong, { params: { id } })).rejects.toMatchObject({ code: 'draw.notRevealed' });
        const sealed = await rowText(id);
        expect(await reveal(id)).toEqual({ picks: 3, unstaffed: 0 });
        const after = await get(id);
        // Nothing but the reveal shows the secret, and it is the one that was committed to.
        expect(sealed).not.toContain(after.secret);
        expect([after.listsDigest, after.commitment]).toEqual([before.listsDigest, before.commitment]);
        const published = await record(id);
        expect(checkDrawRecord(nodeDigest.sha256, published)).toEqual({ faults: [], result: published.result });
        await expect(reveal(id)).rejects.toMatchObject({ code: 'draw.done' });

        const tasks = await call('task.list', pudong, { query: { drawId: id } });
        expect(tasks.items.map((each) => [each.origin, each.state, each.officers.length, each.dueDay])).toEqual(
            Array(3).fill(['doubleRandom', 'assigned', 2, '2026-12-20']),
        );
        const [task] = tasks.items;
        const assign = (reason?: string) =>
            call('task.assign', pudong, {
                params: { id: task?.id ?? '' },
                body: { officerIds: officers.slice(0, 2), ...(reason === undefined ? {} : { reason }) },
            });
        await expect(assign()).rejects.toMatchObject({ code: 'task.reasonMissing' });
        await assign('何北病假');
    });

    it('of the same list needs a reason and shows the earlier ones', async () => {
        const objects = parties.slice(1, 7).map((partyId) => ({ partyId, grade: 'B' }));
        await expect(commit({ objects })).rejects.toMatchObject({
            code: 'draw.reasonMissing',
            params: { numbers: '310115-CQ-2026-0001' },
        });
        const id = await commit({ objects, redrawReason: '第二批' });
        expect(await get(id)).toMatchObject({ earlier: ['310115-CQ-2026-0001'], redrawReason: '第二批' });
        // What was drawn before has an open task and is left out, said by name.
        const { excluded } = await get(id);
        expect(new Set(excluded.map((each) => each.reason))).toEqual(new Set(['openTask']));
        await call('draw.abandon', pudong, { params: { id }, body: { reason: '名单有误' } });
        expect(await get(id)).toMatchObject({ state: 'abandoned', abandonReason: '名单有误', picks: [] });
        expect((await get(id)).secret).toMatch(/^[0-9a-f]{64}$/);
        await expect(reveal(id)).rejects.toMatchObject({ code: 'draw.done' });
        expect((await call('draw.list', pudong, { query: {} })).items.map((each) => each.state)).toEqual([
            'abandoned',
            'revealed',
        ]);
    });

    it('mixes in a public value nobody knew', async () => {
        const objects = parties.slice(6).map((partyId) => ({ partyId, grade: '一般' }));
        const strata = [{ grade: '一般', take: { permille: 500 } }];
        const announced = { objects, strata, publicValueIs: '双色球第 2026136 期开奖号码' };
        await expect(commit({ ...announced, publicValueFrom: TEST_NOW })).rejects.toMatchObject({
            code: 'draw.publicValueKnown',
        });
        const id = await commit({ ...announced, publicValueFrom: TEST_NOW + HOUR });
        await expect(reveal(id, '03 07')).rejects.toMatchObject({ code: 'draw.tooEarly' });
        system.services.clock.advance(HOUR);
        await expect(reveal(id)).rejects.toMatchObject({ code: 'draw.publicValueMissing' });
        expect(await reveal(id, '03 07 12 19 25 31 + 08')).toEqual({ picks: 2, unstaffed: 0 });
        const published = await record(id);
        expect(checkDrawRecord(nodeDigest.sha256, published).faults).toEqual([]);
        expect(checkDrawRecord(nodeDigest.sha256, { ...published, publicValue: '03 07' }).faults).toContain('result');
    });

    it.skipIf(!pythonThere)('is worked out again by the program that shares no line with this one', async () => {
        const items = (await call('draw.list', pudong, { query: {} })).items.filter((each) => each.state === 'revealed');
        expect(items.length).toBeGreaterThanOrEqual(2);
        for (const { id } of items) {
            const published = await record(id);
            expect(await checkedByPython(published)).toBe('EQUAL');
            const { picks } = published.result;
            const swapped = { ...published.result, picks: picks.toReversed() };
            expect(await checkedByPython({ ...published, result: swapped })).toBe('DIFFERS: result');
            expect(await checkedByPython({ ...published, commitment: '00'.repeat(32) })).toBe('DIFFERS: commitment');
        }
    });

    it('knows caps, exempt parties, avoidance and the last visit, and says so', async () => {
        const fresh: Id[] = [];
        for (const name of ['甲浴场', '乙浴场', '丙浴场', '丁浴场'])
            fresh.push(
                (await call('party.create', pudong, { body: { name, kind: 'naturalPerson', address: '惠南镇 1 号' } })).id,
            );
        const [capped = '', exempt = '', visited = '', free = ''] = fresh;
        const inspect = (partyId: Id, scenario: 'routineInspection' | 'complaintHandling', by: Id) =>
            call('act.create', pudong, {
                body: {
                    scenario,
                    place: '惠南镇 1 号',
                    partyId,
                    startsAt: TEST_NOW - 3 * HOUR,
                    endsAt: TEST_NOW - 2 * HOUR,
                    participants: [{ personId: by, part: 'officer' }],
                },
            });
        const [zhang = '', li = '', zhou = ''] = officers;
        await inspect(capped, 'routineInspection', zhang);
        await inspect(visited, 'complaintHandling', li);
        await setParameter(call, pudong, {
            key: 'inspection.capPerYear',
            value: 1,
            standing: 'verify',
            basis: '区级暂定，待核实',
            from: '2026-11-18',
            reason: '试行',
        });
        await call('avoidance.declare', pudong, { body: { personId: zhou, partyId: visited } });
        await call('avoidance.declare', pudong, { body: { personId: zhang, area: '惠南镇' } });
        await expect(call('avoidance.declare', pudong, { body: { personId: zhang, area: '惠南镇' } })).rejects.toMatchObject({
            code: 'avoidance.twice',
        });
        await expect(call('avoidance.declare', pudong, { body: { personId: zhang } })).rejects.toMatchObject({
            code: 'avoidance.unclear',
        });
        const candidates = await call('draw.candidates', pudong, { query: { year: 2026, q: '浴场' } });
        expect(candidates.capPerYear).toBe(1);
        expect(Object.fromEntries(candidates.items.map((each) => [each.party.name, each.inspections]))).toEqual({
            甲浴场: 1,
            乙浴场: 0,
            丙浴场: 0,
            丁浴场: 0,
        });
        const id = await commit({
            objects: [
                { partyId: capped, grade: 'B' },
                { partyId: exempt, grade: 'B', exempt: '列入无事不扰清单' },
                { partyId: visited, grade: 'B' },
                { partyId: free, grade: 'B' },
            ],
            strata: [{ grade: 'B', take: { permille: 1_000 } }],
        });
        expect(await reveal(id)).toEqual({ picks: 2, unstaffed: 1 });
        const draw = await get(id);
        expect(Object.fromEntries(draw.excluded.map((each) => [each.object.name, each.reason]))).toEqual({
            甲浴场: 'capReached',
            乙浴场: 'exempt',
        });
        const officersFor = Object.fromEntries(draw.picks.map((each) => [each.object.name, each.officers]));
        // 丙: 张明 by area, 李岚 by the last visit, 周青 declared: one is left, so nobody is drawn.
        expect(officersFor.丙浴场).toEqual([]);
        expect(officersFor.丁浴场).toHaveLength(2);
        expect(officersFor.丁浴场).not.toContain('张明');
        const list = await call('avoidance.list', pudong, {});
        await call('avoidance.end', pudong, { params: { id: list.items[0]?.id ?? '' }, body: { reason: '已调离' } });
        expect((await call('avoidance.list', pudong, {})).items).toHaveLength(1);
    });

    it('refuses what it cannot draw from', async () => {
        const bad = (more: object) => commit({ redrawReason: '重试', ...more });
        await expect(bad({ objects: [{ partyId: pudong.id, grade: 'B' }] })).rejects.toMatchObject({ code: 'party.notFound' });
        await expect(bad({ officerIds: [at(0), at(1)] })).rejects.toMatchObject({ code: 'person.notFound' });
        await expect(bad({ dueDay: '2026-11-01' })).rejects.toMatchObject({ code: 'draw.dueInPast' });
        await expect(
            bad({
                objects: [
                    { partyId: at(0), grade: 'B' },
                    { partyId: at(0), grade: 'C' },
                ],
            }),
        ).rejects.toMatchObject({ code: 'draw.listInvalid', params: { reason: 'objectTwice' } });
    });

    it('weighs by the stored grades of the day and the dated table; another weight needs a reason, and all of it is published', async () => {
        const set = (key: 'inspection.riskWeights', value: string[]) =>
            setParameter(call, pudong, {
                key,
                value,
                standing: 'own',
                basis: '抽查细则',
                from: dayOf(system.services.clock.now()),
                reason: '工作需要',
            });
        await set('inspection.riskWeights', ['A级｜1', 'B级｜2', 'C级｜5']);
        const today = dayOf(system.services.clock.now());
        const decide = (partyId: Id, grade: string, fromDay = today) =>
            call('party.grade', pudong, {
                params: { id: partyId },
                body: { scheme: 'risk', grade, fromDay, source: '本机构评定', reason: '年度评定' },
            });
        await decide(at(6), 'C级');
        await decide(at(7), 'B级');
        await expect(decide(at(8), 'Z级')).rejects.toMatchObject({ code: 'party.gradeUnknown' });
        await expect(decide(at(7), 'B级')).rejects.toMatchObject({ code: 'party.gradeSame' });
        const { items, known } = await call('party.grades', pudong, { params: { id: at(6) } });
        expect([items.map((each) => [each.grade, each.current]), known.risk]).toEqual([[['C级', true]], ['A级', 'B级', 'C级']]);
        const { items: candidates } = await call('draw.candidates', pudong, { query: { year: 2026 } });
        expect(candidates.find((each) => each.party.id === at(6))).toMatchObject({
            weight: 5,
            graded: [{ grade: 'C级', weight: 5 }],
        });

        const objects = [6, 7, 8, 9].map((index) => ({ partyId: at(index), grade: 'B', ...(index === 9 ? { weight: 3 } : {}) }));
        const order = { objects, redrawReason: '按等级重抽' };
        await expect(commit(order)).rejects.toMatchObject({ code: 'draw.weightReasonMissing', params: { name: '美发店10' } });
        const id = await commit({ ...order, weightReason: '上年多次投诉' });
        await reveal(id);
        const published = await record(id);
        expect(published.lists.rules.gradeWeights?.risk).toEqual([
            { grade: 'A级', weight: 1 },
            { grade: 'B级', weight: 2 },
            { grade: 'C级', weight: 5 },
        ]);
        const of = (index: number) => published.lists.objects.find((each) => each.id === at(index));
        expect([of(6), of(7), of(8), of(9)].map((each) => [each?.weight, each?.weightReason])).toEqual([
            [5, undefined],
            [2, undefined],
            [1, undefined],
            [3, '上年多次投诉'],
        ]);
        expect(checkDrawRecord(nodeDigest.sha256, published).faults).toEqual([]);
        if (pythonThere) expect(await checkedByPython(published)).toBe('EQUAL');
    });
});
