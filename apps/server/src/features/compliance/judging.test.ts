import { HOUR, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { TEST_NOW } from '../../testing/services.ts';
import { actHandlers } from '../act/act.routes.ts';
import { judgeActs } from './judging.ts';

const ACTS = 10;

let system: FeatureSystem;
let district: TestOrganisation;
let officers: readonly Id[];
let call: ReturnType<typeof caller<keyof ReturnType<typeof actHandlers>>>;
const acts: Id[] = [];

/** Acts that nobody recorded: each has findings, and all of them add to the same sums. */
beforeAll(async () => {
    system = await featureSystem();
    district = await addOrganisation(system, '310115', '浦东监督所');
    officers = [await addPerson(system, district, '李监督', 'officer'), await addPerson(system, district, '何监督', 'officer')];
    call = caller(system, actHandlers(system.services));
    for (let n = 0; n < ACTS; n++) acts.push((await create(n)).id);
}, 120_000);
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const times = (n: number) => ({ startsAt: TEST_NOW - (60 + 2 * n) * HOUR, endsAt: TEST_NOW - (59 + 2 * n) * HOUR });
const what = { scenario: 'routineInspection' as const, place: '世纪大道 100 号' };
const leader = (): TestOrganisation => ({ ...district, actor: officers[0] ?? '', roles: ['officer'] });
const create = (n: number) =>
    call('act.create', leader(), {
        body: { ...what, ...times(n), participants: officers.map((personId) => ({ personId, part: 'officer' as const })) },
    });

/** How often each act was judged anew. */
const versions = async (): Promise<number[]> => {
    const { rows } = await system.superPool.query('select act_id, version from liuhen.act_judgement');
    return acts.map((act) => rows.find((row) => row.act_id === act)?.version ?? 0);
};
const judge = (ids: readonly Id[]) => judgeActs(system.services, district.id, ids, 2);

it('judges each act once in several chunks at a time, and one that fails leaves the others whole', async () => {
    // No act has such a name: the database refuses to look for it.
    const [first = '', second = '', third = '', ...rest] = acts;
    await expect(judge([first, second, 'nothing', third, ...rest])).rejects.toMatchObject({ code: '22P02' });
    const judged = await versions();
    expect(judged.slice(0, 3)).toEqual([1, 1, 0]);
    expect(await judge(acts)).toBe(judged.filter((version) => version === 0).length);
    expect(await versions()).toEqual(acts.map(() => 1));
    expect(await judge(acts)).toBe(0);
});

it('keeps new acts and changed ones of the same chunks, and what they add up to', async () => {
    for (const [n, id] of acts.entries()) {
        const { version } = await call('act.get', leader(), { params: { id } });
        if (n % 2 === 0) await call('act.update', leader(), { params: { id }, body: { ...what, ...times(n + ACTS), version } });
    }
    const expected = acts.map((_, n) => (n % 2 === 0 ? 2 : 1));
    for (const at of [9, 6, 1]) {
        acts.splice(at, 0, (await create(2 * ACTS + at)).id);
        expected.splice(at, 0, 1);
    }
    expect(await judge(acts)).toBe(ACTS / 2 + 3);
    expect(await versions()).toEqual(expected);
    const sums = async () => (await system.superPool.query(SUMS)).rows;
    const kept = await sums();
    await system.superPool.query('call liuhen.recount_compliance(); call liuhen.recount_standing()');
    expect(await sums()).toEqual(kept);
});

const SUMS = `select to_jsonb(s) as sum from liuhen.compliance_officer_month s where acts > 0
    union all select to_jsonb(o) from liuhen.open_finding o union all select to_jsonb(r) from liuhen.rule_standing r where subjects > 0 order by 1`;
