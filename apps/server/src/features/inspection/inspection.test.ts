import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BodyOf, Endpoints } from '@liuhen/contract';
import { type CampaignRecord, checkCampaignRecord, DAY, DEFAULT_SCHEME, HOUR, type Id, MINUTE, type Role } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { insertRow } from '../../platform/command/row-writer.ts';
import { nodeDigest } from '../../platform/digest.ts';
import { buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { caller, type FeatureSystem, featureSystem, type TestOrganisation } from '../../testing/feature-system.ts';
import { TEST_NOW } from '../../testing/services.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { actHandlers } from '../act/act.routes.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { inspectionHandlers } from './inspection.routes.ts';

/** Without it one test is skipped; tools/test.ts says so aloud, and fails where it is required. */
const pythonThere = spawnSync('python3', ['--version']).status === 0;

let system: FeatureSystem;
let city: TestOrganisation;
let districts: TestOrganisation[];
const people: Record<string, TestOrganisation> = {};
const handlersOf = (of: FeatureSystem) => ({
    ...inspectionHandlers(of.services),
    ...actHandlers(of.services),
    ...partyHandlers(of.services),
});
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

async function organisation(code: string, name: string, kind: 'cityCommission' | 'districtInstitute', parentId?: Id) {
    const built = await buildOrganisation(system.services, { code, name, kind, ...(parentId === undefined ? {} : { parentId }) });
    return { ...built, code, actor: built.systemAdmin.id };
}
async function person(key: string, of: TestOrganisation, name: string, ...roles: Role[]): Promise<TestOrganisation> {
    const { id } = await buildPerson(system.services, of, { name, kind: 'officer', roles });
    const who = { ...of, actor: id, roles };
    people[key] = who;
    return who;
}
const at = (key: string): TestOrganisation => {
    const who = people[key];
    if (who === undefined) throw new Error(key);
    return who;
};

const parties = new Map<Id, Id>();
async function makeAct(
    who: TestOrganisation,
    startsAt: number,
    officers: readonly Id[],
    scenario = 'routineInspection',
): Promise<Id> {
    const { id } = await call('act.create', who, {
        body: {
            scenario: scenario as 'routineInspection',
            partyId: parties.get(who.id) ?? '',
            place: '世纪大道 100 号',
            startsAt,
            endsAt: startsAt + HOUR,
            participants: officers.map((personId) => ({ personId, part: 'officer' as const })),
        },
    });
    return id;
}
let files = 0;
async function addRecording(who: TestOrganisation, actId: Id, personId: Id): Promise<Id> {
    files += 1;
    return runCommand(system.services.commands, who.as({ id: who.actor }), 'test.recording', async (tx) => {
        const digest = Buffer.alloc(32, files);
        const bytes = { sha256: digest, sm3: digest, size: 7n, chunk_root: digest, chunk_digests: digest };
        const blob = await insertRow(tx, 'blob', { id: tx.newId(), ...bytes });
        const { id } = await insertRow(tx, 'recording', {
            ...{ id: tx.newId(), blob_id: blob.id, role: 'original', state: 'sealed', source: 'recorder' },
            ...{ original_name: Buffer.from(`${files}.mp4`), display_name: `${files}.mp4`, device_id: null, person_id: personId },
            ...{ act_id: actId, uploaded_by: who.actor, received_at: tx.now, device_time_basis: 'fileName', search_text: '' },
            ...{ device_start: TEST_NOW - 3 * HOUR, device_end: TEST_NOW - 2 * HOUR, clock_state: 'noReading' },
        });
        return { result: id, events: [{ kind: 'recording.registered', creates: [id, blob.id], body: {} }] };
    });
}

const advanceTo = (instant: number) => system.services.clock.advance(instant - system.services.clock.now());
const FROM = TEST_NOW - 2 * DAY;
const TO = TEST_NOW + 2 * DAY;
const acts: Id[] = [];

beforeAll(async () => {
    system = await featureSystem();
    call = caller(system, handlersOf(system));
    city = await organisation('310100', '市卫生健康委员会', 'cityCommission');
    districts = [
        await organisation('310115', '浦东监督所', 'districtInstitute', city.id),
        await organisation('310106', '静安监督所', 'districtInstitute', city.id),
    ];
    await person('zhao', city, '赵稽查', 'inspector');
    await person('qian', city, '钱稽查', 'inspector');
    await person('cityHead', city, '市主任', 'agencyHead');
    for (const [at, district] of districts.entries()) {
        const officer = await person(`li${at}`, district, `李监督${at}`, 'officer');
        await person(`he${at}`, district, `何监督${at}`, 'officer');
        await person(`head${at}`, district, `孙所长${at}`, 'instituteHead');
        await person(`own${at}`, district, `周稽查${at}`, 'inspector', 'officer');
        const body = { name: `美发店${at}`, kind: 'naturalPerson' as const, address: '世纪大道 100 号' };
        parties.set(district.id, (await call('party.create', officer, { body })).id);
        for (let number = 0; number < 4; number++) {
            const id = await makeAct(officer, TEST_NOW - 10 * HOUR + number * HOUR, [
                officer.actor,
                people[`he${at}`]?.actor ?? '',
            ]);
            acts.push(id);
            // Two of four are recorded; the others are in the frame all the same.
            if (number < 2) await addRecording(officer, id, officer.actor);
        }
        // One begun before the period is none of its acts.
        await makeAct(officer, FROM - HOUR, [officer.actor, people[`he${at}`]?.actor ?? '']);
    }
    await call('act.close', at('li0'), { params: { id: acts[3] ?? '' }, body: { as: 'cancelled', reason: '重复登记' } });
    const secret = await call('act.get', at('li1'), { params: { id: acts[7] ?? '' } });
    await call('act.markSecrecy', at('li1'), { params: { id: secret.id }, body: { secrecy: 'trade', version: secret.version } });
}, 120_000);
afterAll(async () => {
    await system?.expectSound();
    await system?.close();
});

const order = (more: Partial<BodyOf<Endpoints['inspection.draft']>> = {}): BodyOf<Endpoints['inspection.draft']> => ({
    title: '第四季度全过程记录稽查',
    organisationIds: districts.map((each) => each.id),
    from: FROM,
    to: TO,
    scenarios: [],
    byOrganisation: true,
    byScenario: false,
    take: { number: 4 },
    shares: [],
    reviewerIds: [at('zhao').actor, at('qian').actor],
    scheme: [...DEFAULT_SCHEME],
    appealDays: 7,
    ...more,
});
const refused = (code: string) => expect.objectContaining({ code });
const full = DEFAULT_SCHEME.map((each) => ({ item: each.key, points: each.most, moments: [] }));
const get = (who: TestOrganisation, id: Id) => call('inspection.get', who, { params: { id } });
const sheetsOf = async (who: TestOrganisation, id: Id, query: object = {}) =>
    (await call('inspection.sheets', who, { query: { inspectionId: id, ...query } })).items;
const sheet = (who: TestOrganisation, id: Id) => call('inspectionSheet.get', who, { params: { id } });

const CHECK = fileURLToPath(new URL('../../../../../docs/draw-check.py', import.meta.url));
/** What docs/draw-check.py says of a record that was published. */
async function checkedByPython(published: CampaignRecord): Promise<string> {
    const folder = await temporaryFolder('inspection-check');
    try {
        const file = join(folder.path, 'record.json');
        await writeFile(file, JSON.stringify(published));
        const { stdout } = await promisify(execFile)('python3', [CHECK, file]).catch((error: { stdout: string }) => error);
        return stdout.trim();
    } finally {
        await folder.remove();
    }
}

let id: Id;
describe('the sample of an inspection', () => {
    it('is prepared within reach, by reviewers who are inspectors, and seen by nobody else before it is fixed', async () => {
        id = (await call('inspection.draft', at('zhao'), { body: order() })).id;
        expect(await get(at('zhao'), id)).toMatchObject({
            number: '310100-JC-2026-0001',
            state: 'draft',
            commitment: null,
            strata: [],
        });
        await expect(get(at('head0'), id)).rejects.toEqual(refused('inspection.notFound'));
        const draft = (who: TestOrganisation, more: Parameters<typeof order>[0]) =>
            call('inspection.draft', who, { body: order(more) });
        await expect(draft(at('own0'), { reviewerIds: [] })).rejects.toEqual(refused('inspection.outsideReach'));
        await expect(draft(at('zhao'), { reviewerIds: [at('head0').actor] })).rejects.toEqual(
            refused('inspection.reviewerUnknown'),
        );
        await expect(draft(at('zhao'), { from: TO })).rejects.toEqual(refused('inspection.rulesInvalid'));
        const before = await get(at('zhao'), id);
        const scheme = [...DEFAULT_SCHEME.slice(0, 8), { key: 'documents', words: '文书规范、齐全', most: 5, weight: 2 }];
        const body = { ...order({ scheme }), version: before.version };
        await call('inspection.update', at('zhao'), { params: { id }, body });
        await expect(call('inspection.update', at('zhao'), { params: { id }, body })).rejects.toEqual(
            refused('conflict.changedMeanwhile'),
        );
    });

    it('is fixed before the period ends, with a seed that nobody sees, and drawn after it', async () => {
        const { commitment } = await call('inspection.commit', at('zhao'), { params: { id } });
        const committed = await get(at('zhao'), id);
        expect(committed).toMatchObject({ state: 'committed', commitment, secret: null });
        // The inspected read the commitment, and cannot know what will be drawn.
        expect(await get(at('head0'), id)).toMatchObject({ commitment, secret: null, reviewers: [] });
        const row = async () =>
            (await system.superPool.query('select i::text as text from liuhen.inspection i where id = $1', [id])).rows[0]
                ?.text as string;
        const sealed = await row();
        const change = { ...order(), version: committed.version };
        await expect(call('inspection.update', at('zhao'), { params: { id }, body: change })).rejects.toEqual(
            refused('inspection.wrongState'),
        );
        await expect(call('inspection.record', at('zhao'), { params: { id } })).rejects.toEqual(refused('inspection.notDrawn'));
        await expect(call('inspection.draw', at('zhao'), { params: { id }, body: {} })).rejects.toEqual(
            refused('inspection.tooEarly'),
        );

        const late = (await call('inspection.draft', at('zhao'), { body: order({ title: '已过期' }) })).id;
        advanceTo(TO);
        await expect(call('inspection.commit', at('zhao'), { params: { id: late } })).rejects.toEqual(
            refused('inspection.periodOver'),
        );
        await call('inspection.abandon', at('zhao'), { params: { id: late }, body: { reason: '期间已过' } });
        expect(await get(at('zhao'), late)).toMatchObject({ state: 'abandoned', abandonReason: '期间已过' });

        expect(await call('inspection.draw', at('zhao'), { params: { id }, body: {} })).toEqual({ drawn: 7, unassigned: 0 });
        const drawn = await get(at('zhao'), id);
        expect(sealed).not.toContain(drawn.secret);
        expect(drawn.commitment).toBe(commitment);
        await expect(call('inspection.draw', at('zhao'), { params: { id }, body: {} })).rejects.toEqual(
            refused('inspection.wrongState'),
        );
    });

    it('comes from all acts of the period: without a recording, not closed, secret ones by number; called off ones apart', async () => {
        const drawn = await get(at('zhao'), id);
        expect(drawn).toMatchObject({ frameActs: 8, withoutRecording: 4, apart: [{ reason: 'cancelled' }] });
        expect(drawn.strata).toEqual([
            { stratum: '310106/*', eligible: 4, taken: 4 },
            { stratum: '310115/*', eligible: 3, taken: 3 },
        ]);
        const frame = await call('inspection.frame', at('zhao'), { query: { inspectionId: id, limit: 3 } });
        expect([frame.total, frame.items.length, frame.next === null]).toEqual([8, 3, false]);
        const rest = await call('inspection.frame', at('zhao'), {
            query: { inspectionId: id, limit: 200, cursor: frame.next ?? '' },
        });
        const all = [...frame.items, ...rest.items];
        expect(new Set(all.map((each) => each.id))).toEqual(new Set(acts));
        expect(all.filter((each) => each.apart === null).every((each) => each.place !== null)).toBe(true);
        expect(all.find((each) => each.id === acts[7])?.recorded).toBeNull();
        // A district reads its own part.
        const own = await call('inspection.frame', at('head1'), { query: { inspectionId: id } });
        expect(new Set(own.items.map((each) => each.id))).toEqual(new Set(acts.slice(4)));
        expect((await get(at('head1'), id)).strata.map((each) => each.stratum)).toEqual(['310106/*']);
    });

    it.skipIf(!pythonThere)('is worked out again by anybody who has the record, also by docs/draw-check.py', async () => {
        const { record } = await call('inspection.record', at('head0'), { params: { id } });
        const published = JSON.parse(record) as CampaignRecord;
        expect(checkCampaignRecord(nodeDigest.sha256, published)).toEqual({ faults: [], result: published.result });
        expect(await checkedByPython(published)).toBe('EQUAL');
        const [first, ...others] = published.frame.acts;
        expect(first?.id).toBeDefined();
        expect(await checkedByPython({ ...published, frame: { v: 1, acts: others } })).toMatch(/^DIFFERS: frame digest, result/);
        expect(await checkedByPython({ ...published, committedAt: TO })).toBe('DIFFERS: late');
        // Nothing of a secret act stands in it but number, kind and state.
        expect(Object.keys(published.frame.acts.find((each) => each.id === acts[7]) ?? {}).sort()).toEqual([
            'id',
            'number',
            'organisation',
            'scenario',
            'state',
        ]);
    });

    it('mixes in a public value that was announced, and takes no other', async () => {
        const now = system.services.clock.now();
        const more = {
            publicValueIs: '福利彩票开奖号码',
            publicValueFrom: now + 2 * DAY,
            from: now - 9 * DAY,
            to: now + DAY,
            title: '公开',
        };
        const { id: own } = await call('inspection.draft', at('zhao'), { body: order(more) });
        await call('inspection.commit', at('zhao'), { params: { id: own } });
        advanceTo(now + DAY);
        const draw = (publicValue?: string) =>
            call('inspection.draw', at('zhao'), { params: { id: own }, body: publicValue === undefined ? {} : { publicValue } });
        await expect(draw('03 11 17')).rejects.toEqual(refused('inspection.tooEarly'));
        advanceTo(now + 2 * DAY);
        await expect(draw()).rejects.toEqual(refused('draw.publicValueMissing'));
        await draw('03 11 17');
        const { record } = await call('inspection.record', at('zhao'), { params: { id: own } });
        expect(checkCampaignRecord(nodeDigest.sha256, JSON.parse(record)).faults).toEqual([]);
    });
});

describe('review', () => {
    const mineOf = async (key: string) =>
        (await sheetsOf(at(key), id, { mine: 'yes' })).find((each) => each.number.startsWith('310115'));

    it('is shared out evenly, by moments of the recording, and only by who was named', async () => {
        const all = await sheetsOf(at('zhao'), id);
        expect(all.map((each) => each.place)).toEqual([1, 2, 3, 4, 5, 6, 7]);
        expect(all.filter((each) => each.reviewer === '赵稽查')).toHaveLength(4);
        const own =
            all.find((each) => each.reviewer === '赵稽查' && each.recorded === true && each.number.startsWith('310115')) ??
            all.find((each) => each.reviewer === '赵稽查' && each.recorded === true);
        const page = await sheet(at('zhao'), own?.id ?? '');
        expect(page).toMatchObject({
            may: { write: true, appeal: false },
            act: { party: expect.stringMatching('美发店'), opens: false },
        });
        const [recording] = page.act?.recordings ?? [];
        const answers = [
            {
                item: 'recorded',
                points: 12,
                words: '开头缺 2 分钟',
                moments: [{ recordingId: recording?.id ?? '', mediaMs: 90_000 }],
            },
        ];
        const save = (who: string, body: object) =>
            call('inspectionSheet.save', at(who), { params: { id: page.id }, body: { answers, version: page.version, ...body } });
        await expect(save('qian', {})).rejects.toEqual(refused('inspection.notReviewer'));
        const strange = [{ item: 'recorded', points: 1, moments: [{ recordingId: acts[0] ?? '', mediaMs: 0 }] }];
        await expect(save('zhao', { answers: strange })).rejects.toEqual(refused('inspection.momentUnknown'));
        await expect(save('zhao', { answers: [{ item: 'recorded', points: 21, moments: [] }] })).rejects.toEqual(
            refused('inspection.pointsTooMany'),
        );
        const { version } = await save('zhao', {});
        // What is being written is nobody else's yet.
        const reviewed = districts.findIndex((each) => each.id === page.organisation.id);
        expect(await sheet(at(`head${reviewed}`), page.id)).toMatchObject({ answers: [], reviewer: null, score: null });
        const finish = (of: object[]) =>
            call('inspectionSheet.finish', at('zhao'), {
                params: { id: page.id },
                body: { answers: of as typeof answers, version },
            });
        await expect(finish(answers)).rejects.toEqual(refused('inspection.incomplete'));
        const done = [...answers, ...full.slice(1)];
        // 97 of 105 by weight: documents count twice.
        expect(await finish(done)).toEqual({ score: 924 });
        expect(await sheet(at(`head${reviewed}`), page.id)).toMatchObject({
            score: 924,
            state: 'finished',
            may: { appeal: true },
        });
        await expect(sheet(at(`head${1 - reviewed}`), page.id)).rejects.toEqual(refused('inspection.sheetNotFound'));
    });

    it('of a secret act is done by nobody who may not see it; it is left out with a reason and stays in the result', async () => {
        const secret = (await sheetsOf(at('zhao'), id)).find((each) => each.secret);
        const reviewer = secret?.reviewer === '赵稽查' ? 'zhao' : 'qian';
        const page = await sheet(at(reviewer), secret?.id ?? '');
        expect(page).toMatchObject({ act: null, officers: [], may: { write: false } });
        const body = { answers: full, version: page.version };
        await expect(call('inspectionSheet.finish', at(reviewer), { params: { id: page.id }, body })).rejects.toEqual(
            refused('act.restricted'),
        );
        const skip = (who: string) =>
            call('inspectionSheet.skip', at(who), { params: { id: page.id }, body: { reason: '涉及商业秘密，由区内自查' } });
        await expect(skip(reviewer === 'zhao' ? 'qian' : 'zhao')).rejects.toEqual(refused('inspection.notReviewer'));
        await skip(reviewer);
        expect((await sheetsOf(at('zhao'), id)).find((each) => each.secret)).toMatchObject({
            state: 'skipped',
            skipReason: '涉及商业秘密，由区内自查',
        });
    });

    it('is never done by somebody who was there, whoever names them', async () => {
        const now = system.services.clock.now();
        const inspector = at('own0');
        const more = {
            organisationIds: [inspector.id],
            reviewerIds: [inspector.actor],
            to: now + HOUR,
            title: '区内稽查',
            from: now - HOUR,
        };
        const { id: own } = await call('inspection.draft', inspector, { body: order(more) });
        await call('inspection.commit', inspector, { params: { id: own } });
        await makeAct(at('li0'), now - 30 * MINUTE, [inspector.actor, at('li0').actor]);
        advanceTo(now + HOUR);
        expect(await call('inspection.draw', inspector, { params: { id: own }, body: {} })).toEqual({ drawn: 1, unassigned: 1 });
        const [only] = await sheetsOf(inspector, own);
        await expect(
            call('inspectionSheet.assign', inspector, {
                params: { id: only?.id ?? '' },
                body: { reviewerId: inspector.actor, reason: '人手不足' },
            }),
        ).rejects.toEqual(refused('inspection.reviewerTookPart'));
        // The city does not read what a district inspects for itself.
        await expect(get(at('zhao'), own)).rejects.toEqual(refused('inspection.notFound'));
        expect(await mineOf('zhao')).toBeDefined();
    });
});

describe('what follows', () => {
    let finished: Awaited<ReturnType<typeof sheet>>;
    let district: number;
    const score = async (who: string) =>
        (await call('inspection.scores', at(who), { query: { inspectionId: id } })).items.map((each) => [
            each.kind,
            each.name,
            each.acts,
            each.score,
        ]);

    it('an objection by the reviewed is decided by somebody else, and changes the score', async () => {
        const [done] = await sheetsOf(at('zhao'), id, { state: 'finished' });
        finished = await sheet(at('zhao'), done?.id ?? '');
        district = districts.findIndex((each) => each.id === finished.organisation.id);
        const raise = (who: string) =>
            call('inspectionSheet.appeal', at(who), {
                params: { id: finished.id },
                body: { items: ['recorded'], words: '缺的 2 分钟在另一台记录仪' },
            });
        await expect(raise(`own${district}`)).rejects.toEqual(refused('inspection.notConcerned'));
        await expect(raise(`li${1 - district}`)).rejects.toEqual(refused('inspection.notConcerned'));
        const { id: appeal } = await raise(`li${district}`);
        await expect(raise(`head${district}`)).rejects.toEqual(refused('inspection.appealWaiting'));
        const decide = (who: string, points = [{ item: 'recorded', points: 20 }]) =>
            call('inspectionSheet.decideAppeal', at(who), {
                params: { id: appeal },
                body: { upheld: true, words: '经核对属实', points },
            });
        await expect(decide('zhao')).rejects.toEqual(refused('inspection.ownWork'));
        await expect(decide('qian', [{ item: 'times', points: 1 }])).rejects.toEqual(refused('inspection.itemUnknown'));
        await decide('cityHead');
        await expect(decide('qian')).rejects.toEqual(refused('inspection.appealState'));
        expect(await sheet(at('zhao'), finished.id)).toMatchObject({
            score: 1_000,
            appeals: [{ state: 'upheld', appealedBy: { name: `李监督${district}` } }],
        });
    });

    it('scores: the city reads all, a district its own beside all together, an officer the own one', async () => {
        const name = districts[district]?.name;
        expect(await score('zhao')).toEqual(
            expect.arrayContaining([
                ['all', '', 1, 1_000],
                ['organisation', name, 1, 1_000],
                ['organisation', districts[1 - district]?.name, 0, null],
                ['officer', `李监督${district}`, 1, 1_000],
            ]),
        );
        expect((await score(`head${district}`)).map(([kind, who]) => [kind, who])).toEqual([
            ['all', ''],
            ['organisation', name],
            ['officer', `何监督${district}`],
            ['officer', `李监督${district}`],
        ]);
        expect((await score(`li${district}`)).filter(([kind]) => kind === 'officer')).toEqual([
            ['officer', `李监督${district}`, 1, 1_000],
        ]);
        expect((await score(`head${1 - district}`)).filter(([kind]) => kind === 'officer')).toEqual([]);
    });

    it('a rectification is answered by whom it concerns and checked by another; only then the inspection ends', async () => {
        const orderOf = (more: object = {}) =>
            call('inspectionSheet.order', at('zhao'), {
                params: { id: finished.id },
                body: { words: '核对两台记录仪的时钟', dueDay: '2027-01-15', responsibleId: at(`li${district}`).actor, ...more },
            });
        await expect(orderOf({ dueDay: '2026-11-01' })).rejects.toEqual(refused('inspection.dueInPast'));
        await expect(orderOf({ responsibleId: at('qian').actor })).rejects.toEqual(refused('inspection.notConcerned'));
        const { id: rectification } = await orderOf();
        const respond = (who: string) =>
            call('inspectionSheet.answer', at(who), { params: { id: rectification }, body: { words: '已核对并登记' } });
        const check = (done: boolean, who = 'zhao') =>
            call('inspectionSheet.check', at(who), {
                params: { id: rectification },
                body: { done, words: done ? '属实' : '缺登记' },
            });
        await expect(respond(`he${district}`)).rejects.toEqual(refused('inspection.notConcerned'));
        await expect(respond(`li${1 - district}`)).rejects.toEqual(refused('inspection.notConcerned'));
        await expect(check(true)).rejects.toEqual(refused('inspection.rectificationState'));
        await respond(`li${district}`);
        await check(false);
        await respond(`head${district}`);
        await expect(call('inspection.end', at('zhao'), { params: { id } })).rejects.toEqual(refused('inspection.stillOpen'));
        await check(true);
        expect(await sheet(at('zhao'), finished.id)).toMatchObject({
            rectifications: [{ state: 'done', answeredBy: { name: `孙所长${district}` } }],
        });
        for (const each of await sheetsOf(at('zhao'), id, { state: 'open' })) {
            const who = each.reviewer === '赵稽查' ? 'zhao' : 'qian';
            await call('inspectionSheet.skip', at(who), { params: { id: each.id }, body: { reason: '期限已到' } });
        }
        // Whoever was reviewed may object to the end of the term that was set (7 days); ended, nobody could any more.
        const { appealUntil } = await sheet(at(`li${district}`), finished.id);
        const last = Math.max(appealUntil ?? 0, system.services.clock.now());
        advanceTo(last - 1);
        await expect(call('inspection.end', at('zhao'), { params: { id } })).rejects.toEqual(
            refused('inspection.appealTermRuns'),
        );
        advanceTo(last);
        await call('inspection.end', at('zhao'), { params: { id } });
        expect(await get(at('zhao'), id)).toMatchObject({ state: 'ended', progress: { sheets: 7, finished: 1, skipped: 6 } });
        await expect(orderOf()).rejects.toEqual(refused('inspection.wrongState'));
    });
});
