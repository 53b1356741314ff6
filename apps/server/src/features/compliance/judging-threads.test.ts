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
import { LogFollower } from './follow-log.ts';
import { CHUNK, judgeActs } from './judging.ts';
import { JudgingThreads } from './judging-threads.ts';

const ACTS = CHUNK + 20;

let system: FeatureSystem;
let district: TestOrganisation;
let threads: JudgingThreads;
const acts: Id[] = [];

const openThreads = (url: string) => {
    const { clock, installation } = system.services;
    return new JudgingThreads(clock, { url, keyFolder: installation.keyFolder }, (error) => {
        throw error;
    });
};

beforeAll(async () => {
    system = await featureSystem();
    district = await addOrganisation(system, '310115', '浦东监督所');
    const officer = await addPerson(system, district, '李监督', 'officer');
    const call = caller(system, actHandlers(system.services));
    for (let n = 0; n < ACTS; n++) {
        const startsAt = TEST_NOW - (60 + n) * HOUR;
        const { id } = await call('act.create', { ...district, actor: officer, roles: ['officer'] } as TestOrganisation, {
            body: {
                ...{ scenario: 'routineInspection' as const, place: '世纪大道 100 号', startsAt, endsAt: startsAt + HOUR / 2 },
                participants: [{ personId: officer, part: 'officer' as const }],
            },
        });
        acts.push(id);
    }
    threads = openThreads(system.services.urls.app);
}, 300_000);
afterAll(async () => {
    await threads.close();
    await system.expectSound();
    await system.close();
});

const judgements = async () =>
    (await system.superPool.query('select act_id, version, judged_at, verdict from liuhen.act_judgement order by act_id')).rows;

it('says why a thread could not judge, with the code that the database gave, and keeps nothing', async () => {
    await expect(threads.judge(district.id, ['nothing'])).rejects.toMatchObject({ code: '22P02' });
    const url = new URL(system.services.urls.app);
    url.password = 'another';
    const locked = openThreads(url.href);
    await expect(locked.judge(district.id, acts)).rejects.toMatchObject({ code: '28P01' });
    await locked.close();
    expect(await judgements()).toEqual([]);
});

it('judges more than one command does in threads, by the clock of the server, as it is judged without them', async () => {
    const follower = new LogFollower(system.services, async () => [district.id], threads);
    await follower.look();
    await follower.close();
    const judged = await judgements();
    expect(judged.map((row) => [row.act_id, row.version])).toEqual(acts.toSorted().map((id) => [id, 1]));
    expect(new Set(judged.map((row) => row.verdict))).toEqual(new Set(['fail']));
    // The server's clock stands still here; a thread's goes on from what it was told, which shows where it was judged.
    for (const { judged_at } of judged) {
        expect(Number(judged_at)).toBeGreaterThan(TEST_NOW);
        expect(Number(judged_at)).toBeLessThan(TEST_NOW + HOUR);
    }
    // Nothing is found to be otherwise.
    expect(await judgeActs(system.services, district.id, acts)).toBe(0);
});
