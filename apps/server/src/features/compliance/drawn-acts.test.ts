import { DAY, DEFAULT_SCHEME, HOUR, type Id, type Role } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { insertRow } from '../../platform/command/row-writer.ts';
import { buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { caller, type FeatureSystem, featureSystem, type TestOrganisation } from '../../testing/feature-system.ts';
import { TEST_NOW } from '../../testing/services.ts';
import { actHandlers } from '../act/act.routes.ts';
import { inspectionHandlers } from '../inspection/inspection.routes.ts';
import { findingHandlers } from './finding.routes.ts';
import { LogFollower } from './follow-log.ts';

const handlersOf = ({ services }: FeatureSystem) => ({
    ...actHandlers(services),
    ...findingHandlers(services),
    ...inspectionHandlers(services),
});

let system: FeatureSystem;
let [inspector, officer, head]: TestOrganisation[] = [];
let follower: LogFollower;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;
const acts: Id[] = [];

const known = (who: TestOrganisation | undefined): TestOrganisation => {
    if (who === undefined) throw new Error('nobody');
    return who;
};

/** A city that inspects, and a district with two recorded acts and one that nobody recorded. */
beforeAll(async () => {
    system = await featureSystem();
    const { services } = system;
    call = caller(system, handlersOf(system));
    const city = await buildOrganisation(services, { code: '310100', name: '市卫生健康委员会', kind: 'cityCommission' });
    const district = await buildOrganisation(services, {
        ...{ code: '310115', name: '浦东监督所', kind: 'districtInstitute', parentId: city.id },
    });
    const person = async (of: typeof city, code: string, name: string, ...roles: Role[]): Promise<TestOrganisation> => ({
        ...of,
        code,
        roles,
        actor: (await buildPerson(services, of, { name, kind: 'officer', roles })).id,
    });
    inspector = await person(city, '310100', '赵稽查', 'inspector');
    officer = await person(district, '310115', '李监督', 'officer');
    head = await person(district, '310115', '孙所长', 'instituteHead');
    const second = await person(district, '310115', '何监督', 'officer');
    follower = new LogFollower(services, async () => [city.id, district.id]);
    for (const number of [0, 1, 2]) {
        const startsAt = TEST_NOW - (10 - number) * HOUR;
        const { id } = await call('act.create', officer, {
            body: {
                ...{ scenario: 'routineInspection', place: '世纪大道 100 号', startsAt, endsAt: startsAt + HOUR },
                participants: [officer, second].map(({ actor }) => ({ personId: actor, part: 'officer' as const })),
            },
        });
        acts.push(id);
        if (number < 2) await record(id, startsAt);
    }
}, 120_000);
afterAll(async () => {
    await follower?.close();
    await system?.expectSound();
    await system?.close();
});

const record = (act_id: Id, start: number) =>
    runCommand(system.services.commands, known(officer).as({ id: known(officer).actor }), 'test.recording', async (tx) => {
        const digest = Buffer.from(tx.newId().replaceAll('-', '').padEnd(64, '0'), 'hex');
        const bytes = { sha256: digest, sm3: digest, size: 7n, chunk_root: digest, chunk_digests: digest };
        const blob = await insertRow(tx, 'blob', { id: tx.newId(), ...bytes });
        const { id } = await insertRow(tx, 'recording', {
            ...{ id: tx.newId(), blob_id: blob.id, role: 'original', state: 'sealed', source: 'recorder', act_id },
            ...{ original_name: Buffer.from('a.mp4'), display_name: 'a.mp4', person_id: known(officer).actor, search_text: '' },
            ...{ uploaded_by: known(officer).actor, received_at: tx.now, device_time_basis: 'fileName' },
            ...{ device_start: start, device_end: start + HOUR, clock_state: 'noReading' },
        });
        return { result: id, events: [{ kind: 'recording.registered', creates: [id, blob.id], objects: [act_id], body: {} }] };
    });

/** Of each act: whether the words and the key footage count, and what is asked about them. */
const asked = async () =>
    Promise.all(
        acts.map(async (id) => {
            const { judgement, findings } = await call('finding.ofAct', known(head), { params: { id } });
            const counts = judgement?.verdicts.filter(
                ({ rule, counts }) => counts && ['spokenWords', 'keyFootage'].includes(rule),
            );
            const codes = findings.map(({ code }) => code).filter((code) => /^(speech|footage)/.test(code));
            return [counts?.length, codes];
        }),
    );
const judgedTimes = async () =>
    Promise.all(acts.map(async (id) => (await call('finding.ofAct', known(head), { params: { id } })).judgement?.count));

describe('acts that the sample of an inspection drew', () => {
    it('are not asked for the spoken words and key footage before', async () => {
        await follower.look();
        expect(await asked()).toEqual([
            [0, []],
            [0, []],
            [0, []],
        ]);
    });

    it('are asked for them within the next look, whoever drew, and only where there is a recording', async () => {
        const { id } = await call('inspection.draft', known(inspector), {
            body: {
                ...{ title: '抽查', organisationIds: [known(officer).id], from: TEST_NOW - DAY, to: TEST_NOW + DAY },
                ...{ scenarios: [], byOrganisation: false, byScenario: false, take: { number: 3 }, shares: [] },
                ...{ reviewerIds: [known(inspector).actor], scheme: [...DEFAULT_SCHEME], appealDays: 7 },
            },
        });
        await call('inspection.commit', known(inspector), { params: { id } });
        system.services.clock.advance(DAY);
        await follower.look();
        const before = await judgedTimes();
        await call('inspection.draw', known(inspector), { params: { id }, body: {} });
        await follower.look();
        const all = ['speech.openingMissing', 'speech.closingMissing', 'footage.unmarked'];
        expect(await asked()).toEqual([
            [2, all],
            [2, all],
            [2, []],
        ]);
        expect(await judgedTimes()).toEqual(before.map((count) => (count ?? 0) + 1));
        expect(await call('act.get', known(officer), { params: { id: acts[0] ?? '' } })).toMatchObject({ speechRequired: true });
        // The entry of the judgement names the sheet that makes them asked for.
        const { rows } = await system.superPool.query(
            `select s.id, (select convert_from(b.body, 'UTF8') from ledger.entry e join ledger.body b using (org_id, idx)
                 where e.kind = 'act.judged' and position(s.act_id::text in convert_from(b.body, 'UTF8')) > 0 order by e.idx desc limit 1) as body
             from liuhen.inspection_sheet s`,
        );
        expect(rows).toHaveLength(3);
        for (const row of rows)
            expect(JSON.parse(JSON.parse(row.body).facts).sources.speech).toEqual([{ kind: 'sample', id: row.id }]);
    });

    it('are judged once for it, not at every look', async () => {
        const before = await judgedTimes();
        await follower.look();
        expect(await judgedTimes()).toEqual(before);
    });
});
