import { DAY, DEFAULT_SCHEME, HOUR, type Id, type Role, type ScoreItem } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { caller, type FeatureSystem, featureSystem, type TestOrganisation } from '../../testing/feature-system.ts';
import { TEST_NOW } from '../../testing/services.ts';
import { actHandlers } from '../act/act.routes.ts';
import { ledgerHandlers } from '../ledger/ledger.routes.ts';
import { inspectionHandlers } from './inspection.routes.ts';

let system: FeatureSystem;
const handlersOf = (of: FeatureSystem) => ({
    ...inspectionHandlers(of.services),
    ...actHandlers(of.services),
    ...ledgerHandlers(of.services),
});
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;
const refused = (code: string) => expect.objectContaining({ code });

let city: TestOrganisation;
let [one, two]: TestOrganisation[] = [];
/** Inspectors: one of the city, one of the commission above the first district's institute, two of that, one of the second. */
let [zhao, qin, zhou, wu, zheng]: TestOrganisation[] = [];
let [officer, neighbour, head]: TestOrganisation[] = [];
/** Acts of the first district, and one of the second. */
const acts: Id[] = [];
let inspections: { city: Id; above: Id; one: Id; second: Id; two: Id };

/** The district asks about the documents with less points, and one thing that the city does not ask. */
const OWN_SCHEME: readonly ScoreItem[] = [
    ...DEFAULT_SCHEME.map((each) => (each.key === 'documents' ? { ...each, words: '文书齐全', most: 2 } : each)),
    { key: 'own1', words: '着装规范', most: 8, weight: 1 },
];

async function organisation(code: string, kind: 'cityCommission' | 'districtCommission' | 'districtInstitute', parentId?: Id) {
    const place = { code, name: `机构${code}`, kind, ...(parentId === undefined ? {} : { parentId }) };
    const built = await buildOrganisation(system.services, place);
    return { ...built, code, actor: built.systemAdmin.id };
}
async function person(of: TestOrganisation | undefined, name: string, ...roles: Role[]): Promise<TestOrganisation> {
    if (of === undefined) throw new Error(name);
    const { id } = await buildPerson(system.services, of, { name, kind: 'officer', roles });
    return { ...of, actor: id, roles };
}
const is = <T>(value: T | undefined): T => value as T;

async function visited(who: TestOrganisation, startsAt: number): Promise<Id> {
    const body = { scenario: 'routineInspection' as const, place: '示范路 1 号', startsAt, endsAt: startsAt + HOUR };
    const participants = [{ personId: who.actor, part: 'officer' as const }];
    return (await call('act.create', who, { body: { ...body, participants } })).id;
}

async function drafted(who: TestOrganisation, organisationIds: Id[], reviewers: TestOrganisation[], scheme = DEFAULT_SCHEME) {
    const { id } = await call('inspection.draft', who, {
        body: {
            ...{ title: '全过程记录稽查', organisationIds, from: TEST_NOW - 2 * DAY, to: TEST_NOW + DAY, scenarios: [] },
            ...{ byOrganisation: false, byScenario: false, take: { permille: 1_000 }, shares: [] },
            ...{ reviewerIds: reviewers.map((each) => each.actor), scheme: [...scheme], appealDays: 7 },
        },
    });
    await call('inspection.commit', who, { params: { id } });
    return id;
}

beforeAll(async () => {
    system = await featureSystem();
    call = caller(system, handlersOf(system));
    city = await organisation('310100', 'cityCommission');
    const above = await organisation('310015', 'districtCommission', city.id);
    one = await organisation('310115', 'districtInstitute', above.id);
    two = await organisation('310106', 'districtInstitute', city.id);
    zhao = await person(city, '赵稽查', 'inspector');
    qin = await person(above, '秦稽查', 'inspector');
    zhou = await person(one, '周稽查', 'inspector');
    wu = await person(one, '吴稽查', 'inspector');
    zheng = await person(two, '郑稽查', 'inspector');
    officer = await person(one, '李监督', 'officer');
    head = await person(one, '孙所长', 'instituteHead');
    neighbour = await person(two, '何监督', 'officer');
    for (const at of [0, 1, 2]) acts.push(await visited(officer, TEST_NOW - 10 * HOUR + at * HOUR));
    acts.push(await visited(neighbour, TEST_NOW - 10 * HOUR));
    inspections = {
        city: await drafted(zhao, [one.id, two.id], [zhao]),
        above: await drafted(qin, [one.id], [qin]),
        one: await drafted(zhou, [one.id], [zhou], OWN_SCHEME),
        second: await drafted(wu, [one.id], [wu]),
        two: await drafted(zheng, [two.id], [zheng]),
    };
    system.services.clock.advance(DAY);
    const by = { city: zhao, above: qin, one: zhou, second: wu, two: zheng };
    for (const [key, id] of Object.entries(inspections))
        await call('inspection.draw', by[key as keyof typeof by], { params: { id }, body: {} });
}, 120_000);
afterAll(async () => {
    await system?.expectSound();
    await system?.close();
});

const sheetOf = async (who: TestOrganisation | undefined, inspection: keyof typeof inspections, act: number): Promise<Id> => {
    const { items } = await call('inspection.sheets', is(who), { query: { inspectionId: inspections[inspection] } });
    return items.find((each) => each.actId === acts[act])?.id ?? '';
};
const open = (who: TestOrganisation | undefined, id: Id) => call('inspectionSheet.get', is(who), { params: { id } });
const compare = (who: TestOrganisation | undefined, id: Id) => call('inspectionSheet.compare', is(who), { params: { id } });
const listed = (who: TestOrganisation | undefined, inspection: keyof typeof inspections, query: object = {}) =>
    call('inspection.compared', is(who), { query: { inspectionId: inspections[inspection], ...query } });

/** Hands a sheet in with all points but those that are taken; gives its id. */
async function handIn(
    who: TestOrganisation | undefined,
    inspection: keyof typeof inspections,
    act: number,
    less: Record<string, number> = {},
): Promise<Id> {
    const id = await sheetOf(who, inspection, act);
    const { version, scheme } = await open(who, id);
    const answers = scheme.map(({ key, most }) => {
        const taken = less[key] ?? 0;
        return { item: key, points: most - taken, moments: [], ...(taken === 0 ? {} : { words: `${key}扣分` }) };
    });
    await call('inspectionSheet.finish', is(who), { params: { id }, body: { answers, version } });
    return id;
}

describe('what another inspection found of the same act', () => {
    it('is not told while the own sheet is open: refused on it, kept back on the other, in lists, in means and in the log', async () => {
        const given = await handIn(zhao, 'city', 0, { times: 4 });
        const own = await sheetOf(zhou, 'one', 0);
        await expect(compare(zhou, own)).rejects.toEqual(refused('inspection.notFinished'));
        expect(await open(zhou, given)).toMatchObject({
            ...{ ownSheetFirst: own, score: null, answers: [], counting: [], remark: null, state: 'finished' },
            may: { appeal: false },
        });
        expect(await compare(zhou, given)).toEqual({ others: [], withheld: true });
        const line = async (who: TestOrganisation | undefined) =>
            (
                await call('inspection.sheets', is(who), { query: { inspectionId: inspections.city, state: 'finished' } })
            ).items.map(({ score, withheld }) => [score, withheld]);
        const means = (who: TestOrganisation | undefined) =>
            call('inspection.scores', is(who), { query: { inspectionId: inspections.city } });
        expect(await line(zhou)).toEqual([[null, true]]);
        expect(await means(zhou)).toMatchObject({
            withheld: 1,
            items: [
                { acts: 0, score: null },
                { acts: 0, score: null },
            ],
        });
        // Whoever has to answer for the act reads it: they review nothing.
        expect(await open(head, given)).toMatchObject({ ownSheetFirst: null, score: 960, may: { appeal: true } });
        expect(await line(head)).toEqual([[960, false]]);
        expect((await means(head)).withheld).toBe(0);
        expect((await compare(head, given)).others).toEqual([]);

        // The same within one organisation: what a colleague handed in, also in the log.
        const colleagues = await handIn(wu, 'second', 0);
        expect(await open(zhou, colleagues)).toMatchObject({ ownSheetFirst: own, score: null, answers: [] });
        const [entry] = (
            await call('ledger.list', is(zhou), { query: { objectId: colleagues, kind: 'inspection.sheetFinished' } })
        ).items;
        const bodyOf = (who: TestOrganisation | undefined) =>
            call('ledger.viewBody', is(who), { params: { index: entry?.index ?? '' } });
        await expect(bodyOf(zhou)).rejects.toEqual(refused('inspection.ownSheetFirst'));
        await handIn(zhou, 'one', 0, { times: 5, own1: 8 });
        expect(await bodyOf(zhou)).toMatchObject({ body: { score: 1_000 } });
        expect(await open(zhou, given)).toMatchObject({ ownSheetFirst: null, score: 960 });
        expect(await line(zhou)).toEqual([[960, false]]);
    });

    it('stands beside the own sheet once that is handed in, item by item where both ask', async () => {
        const own = await sheetOf(zhou, 'one', 0);
        const { others, withheld } = await compare(zhou, own);
        expect(withheld).toBe(false);
        const fromCity = others.find((each) => each.inspection.by.id === city.id);
        // 87 of 105 (97 and the own question less 5, 8 and what the documents count less) beside 96 of 100.
        expect(fromCity).toMatchObject({
            ...{ here: 876, there: 960, difference: 84, sameScheme: false, differing: 1 },
            alike: { here: 948, there: 959 },
            sheetId: await sheetOf(head, 'city', 0),
            inspection: { id: inspections.city, number: '310100-JC-2026-0001' },
        });
        expect(fromCity?.items).toHaveLength(DEFAULT_SCHEME.length);
        const item = (key: string) => fromCity?.items.find((each) => each.key === key);
        expect(item('times')).toMatchObject({ state: 'differs', here: { points: 5 }, there: { points: 6, words: 'times扣分' } });
        expect(item('documents')).toMatchObject({
            state: 'same',
            here: { points: 2, item: '文书齐全' },
            there: { points: 5, item: '执法文书符合文书规范' },
        });
        expect(item('own1')).toBeUndefined();
        expect(others.map((each) => each.inspection.by.id).sort()).toEqual([city.id, is(one).id].sort());
    });

    it('the city sees beside its own sheet what the district found for itself, which is no page of the city', async () => {
        const own = await sheetOf(zhao, 'city', 0);
        const { others } = await compare(zhao, own);
        expect(others).toHaveLength(2);
        expect(others.map(({ sheetId, inspection }) => [sheetId, inspection.by.id])).toEqual([
            [null, is(one).id],
            [null, is(one).id],
        ]);
        expect(JSON.stringify(others)).not.toMatch(/周稽查|吴稽查/);
        await expect(open(zhao, await sheetOf(zhou, 'one', 0))).rejects.toEqual(refused('inspection.sheetNotFound'));
        await expect(compare(zhao, await sheetOf(zhou, 'one', 0))).rejects.toEqual(refused('inspection.sheetNotFound'));
    });

    it('is never told a neighbour, nor of a sheet that is still being written', async () => {
        await handIn(zhao, 'city', 3);
        const theirs = await sheetOf(zheng, 'two', 3);
        const { version } = await open(zheng, theirs);
        await call('inspectionSheet.save', is(zheng), {
            params: { id: theirs },
            body: { answers: [{ item: 'times', points: 1, words: '草稿', moments: [] }], version },
        });
        expect((await compare(zhao, await sheetOf(zhao, 'city', 3))).others).toEqual([]);
        expect((await listed(zhao, 'city')).items.map(({ number }) => number).every((each) => each.startsWith('310115'))).toBe(
            true,
        );
        for (const who of [zheng, neighbour]) {
            await expect(compare(who, await sheetOf(zhao, 'city', 0))).rejects.toEqual(refused('inspection.sheetNotFound'));
            await expect(compare(who, await sheetOf(zhou, 'one', 0))).rejects.toEqual(refused('inspection.sheetNotFound'));
            await expect(listed(who, 'one')).rejects.toEqual(refused('inspection.notFound'));
            expect(await listed(who, 'city')).toMatchObject({ items: [], others: [], summary: { pairs: 0 } });
        }
        await handIn(zheng, 'two', 3, { stored: 10 });
        expect((await listed(neighbour, 'city')).items).toMatchObject([{ here: 1_000, there: 900, organisation: is(two).name }]);
        expect((await listed(officer, 'city')).items.map(({ organisation }) => organisation)).not.toContain(is(two).name);
    });
});

describe('the list of an inspection', () => {
    it('says of which acts the scores differ, by how much and with whom; by choice and in order', async () => {
        await handIn(zhao, 'city', 1);
        await handIn(wu, 'second', 1, { closing: 5, recorded: 20 });
        const { items, summary, others, withheld } = await listed(zhao, 'city');
        const told = items.map(({ number, difference, sameScheme, differing, shared }) => [
            number.slice(0, 6),
            ...[difference, sameScheme, differing, shared],
        ]);
        expect(told).toHaveLength(4);
        expect(told).toEqual(
            expect.arrayContaining([
                ['310115', -84, false, 1, 9],
                ['310115', 40, true, 1, 9],
                ['310115', -250, true, 2, 9],
                ['310106', -100, true, 1, 9],
            ]),
        );
        expect(summary).toEqual({ acts: 3, pairs: 4, higher: 1, lower: 3, same: 0, mean: -98 });
        expect([others.length, withheld]).toEqual([3, 0]);
        const differences = async (query: object) => (await listed(zhao, 'city', query)).items.map((each) => each.difference);
        expect(await differences({ order: 'largest' })).toEqual([-250, -100, -84, 40]);
        expect(await differences({ order: 'largest', choice: 'higher' })).toEqual([40]);
        expect(await differences({ choice: 'same' })).toEqual([]);
        expect((await listed(zhao, 'city', { withId: inspections.one })).summary).toMatchObject({ acts: 1, pairs: 1, mean: -84 });
        const places = items.map((each) => each.place);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        const first = await listed(zhao, 'city', { order: 'largest', limit: 3 });
        const rest = await listed(zhao, 'city', { order: 'largest', limit: 3, cursor: first.next ?? '' });
        expect([first.total, first.items.length, rest.next]).toEqual([4, 3, null]);
        expect(rest.items.map((each) => each.difference)).toEqual([40]);
    });

    it('leaves out, and counts, what the reader is still to review', async () => {
        // Act 1 is reviewed by the city and by a colleague; the own sheet about it is open.
        const mine = await listed(zhou, 'city');
        expect([mine.withheld, mine.summary.acts]).toEqual([1, 1]);
        expect((await listed(zhou, 'second')).withheld).toBe(1);
        expect((await listed(wu, 'second')).items.map((each) => each.difference).sort()).toEqual([-40, -124, 250].sort());
    });

    it('and the acts that are secret by now, of which the city is told nothing', async () => {
        const act = await call('act.get', is(officer), { params: { id: acts[1] ?? '' } });
        await call('act.markSecrecy', is(officer), { params: { id: act.id }, body: { secrecy: 'trade', version: act.version } });
        expect((await listed(zhao, 'city')).summary).toMatchObject({ acts: 2, pairs: 3 });
        expect(await compare(zhao, await sheetOf(zhao, 'city', 1))).toEqual({ others: [], withheld: false });
        expect((await compare(head, await sheetOf(head, 'city', 1))).others).toHaveLength(1);
        expect((await compare(wu, await sheetOf(wu, 'second', 1))).others).toEqual([]);
    });
});

describe('a commission between the city and the institute', () => {
    it('sees what the institute found for itself, and not what the city told the institute; the institute sees both', async () => {
        await handIn(zhao, 'city', 2, { times: 10 });
        await handIn(qin, 'above', 2);
        await handIn(zhou, 'one', 2);
        const seenBy = async (who: TestOrganisation | undefined, inspection: keyof typeof inspections) =>
            (await compare(who, await sheetOf(who, inspection, 2))).others.map(({ inspection: { by } }) => by.id).sort();
        const [above, below] = [is(qin).id, is(one).id];
        expect(await seenBy(qin, 'above')).toEqual([below]);
        expect(await seenBy(zhou, 'one')).toEqual([city.id, above].sort());
        expect(await seenBy(zhao, 'city')).toEqual([above, below].sort());
        expect((await listed(qin, 'above')).items.map(({ other }) => other.by.id)).not.toContain(city.id);
    });
});
