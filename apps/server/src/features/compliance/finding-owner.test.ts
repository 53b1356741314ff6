import type { Id, Role } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPerson } from '../../testing/builders.ts';
import { caller, type TestOrganisation } from '../../testing/feature-system.ts';
import { as, type JudgedCity, judgedCity } from '../../testing/judged-city.ts';
import { personHandlers } from '../identity/person.routes.ts';
import { findingHandlers } from './finding.routes.ts';

let of: JudgedCity;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlers>>>;
let [chief, head, keeper]: [Id, Id, Id] = ['', '', ''];
const handlers = () => ({ ...findingHandlers(of.system.services), ...personHandlers(of.system.services) });

beforeAll(async () => {
    of = await judgedCity();
    call = caller(of.system, handlers());
    const person = async (name: string, role: Role) =>
        (await buildPerson(of.system.services, of.pudong, { name, kind: 'staff', roles: [role] })).id;
    chief = await person('高远', 'sectionHead');
    head = await person('秦岭', 'instituteHead');
    keeper = await person('冯涛', 'recordingManager');
});
afterAll(() => of.close());

const theChief = () => as(of.pudong, chief, 'sectionHead');
const theHead = () => as(of.pudong, head, 'instituteHead');
const theKeeper = () => as(of.pudong, keeper, 'recordingManager');
const mine = async (who: TestOrganisation) =>
    (await call('finding.list', who, { query: { mine: 'yes', state: 'open', limit: 100 } })).items;
const answer = (id: Id, who: TestOrganisation) =>
    call('finding.answer', who, { params: { id }, body: { kind: 'explain', words: '当时由李想带队，记录仪送修' } });

describe('where whoever should answer has left', () => {
    it('nobody stands in before', async () => {
        expect(await mine(theChief())).toEqual([]);
        const [own] = await mine(as(of.pudong, of.li, 'officer'));
        expect(own).toMatchObject({ owner: { id: of.li }, standIn: null, mayAnswer: true });
        await expect(answer(own?.id ?? '', theChief())).rejects.toMatchObject({ code: 'finding.notYours' });
    });

    it('the head of a section answers in place, and somebody else decides', async () => {
        const found = (await mine(as(of.pudong, of.li, 'officer'))).map(({ id }) => id);
        expect(found.length).toBeGreaterThan(0);
        const administrator = as(of.pudong, of.pudong.systemAdmin.id, 'systemAdmin');
        await call('person.leave', administrator, { params: { id: of.li }, body: { reason: '调往外区' } });
        const taken = await mine(theChief());
        expect(taken.map(({ id }) => id).toSorted()).toEqual(found.toSorted());
        expect(taken.map((each) => [each.owner?.id, each.standIn, each.mayAnswer])).toEqual(
            taken.map(() => [of.li, 'sectionHead', true]),
        );
        expect(await mine(theKeeper())).toEqual([]);
        const id = taken[0]?.id ?? '';
        await expect(answer(id, theKeeper())).rejects.toMatchObject({ code: 'finding.notYours' });
        await answer(id, theChief());
        const toDecide = async (who: TestOrganisation) => {
            const { items } = await call('finding.list', who, { query: { toDecide: 'yes', limit: 100 } });
            const answered = await call('finding.list', who, { query: { state: 'answered', limit: 100 } });
            // What is listed as theirs to decide is what they may decide, and nothing else.
            expect(items.map((each) => each.id)).toEqual(answered.items.filter((each) => each.mayDecide).map((each) => each.id));
            return items.map((each) => each.id);
        };
        const { findings } = await call('finding.ofAct', theChief(), { params: { id: taken[0]?.act?.id ?? '' } });
        const partner = findings.flatMap(({ person }) => person?.id ?? []).find((each) => each !== of.li) ?? '';
        const heads = [theHead(), as(of.pudong, of.zhang, 'sectionHead')];
        for (const who of heads) expect(await toDecide(who)).toEqual([id]);
        // Their own words, their own act, no right to decide, another unit.
        const others = [theChief(), as(of.pudong, partner, 'sectionHead'), theKeeper(), as(of.minhang, of.he, 'sectionHead')];
        for (const who of others) expect(await toDecide(who)).toEqual([]);
        const another = findings.find((each) => each.id !== id)?.id ?? '';
        expect((await call('finding.get', theHead(), { params: { id: another } })).next).toBe(id);
        const decide = (who: TestOrganisation) => call('finding.decide', who, { params: { id }, body: { as: 'accepted' } });
        await expect(decide(theChief())).rejects.toMatchObject({ code: 'finding.ownAct' });
        await decide(theHead());
        expect(await toDecide(theHead())).toEqual([]);
        expect(await call('finding.get', theChief(), { params: { id } })).toMatchObject({
            state: 'explained',
            answers: [{ statedBy: { name: '高远' }, decidedBy: { name: '秦岭' } }],
        });
    });
});
