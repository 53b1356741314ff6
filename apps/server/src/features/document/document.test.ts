import { type Id, MINUTE, type PrintModel } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { DocumentRenderer } from '../../platform/typst/document-renderer.ts';
import { buildPerson } from '../../testing/builders.ts';
import {
    addOrganisation,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { actHandlers } from '../act/act.routes.ts';
import { caseHandlers } from '../case/case.routes.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { documentFactsOfCase, documentsOfActs } from './document.queries.ts';
import { documentHandlers } from './document.routes.ts';

const handlersOf = (system: FeatureSystem) => ({
    ...documentHandlers(system.services),
    ...actHandlers(system.services),
    ...partyHandlers(system.services),
    ...caseHandlers(system.services),
});

let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let second: TestOrganisation;
let party: Id;
let act: Id;
let now: number;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    second = { ...pudong, actor: (await buildPerson(system.services, pudong, { name: '何北' })).id };
    call = caller(system, handlersOf(system));
    now = system.services.clock.now();
    const body = { name: '阳光口腔门诊部', kind: 'organisation' as const, creditCode: '91350100M000100Y43' };
    party = (await call('party.create', pudong, { body })).id;
    act = (
        await call('act.create', pudong, {
            body: {
                scenario: 'doubleRandomInspection',
                partyId: party,
                place: '世纪大道 100 号',
                startsAt: now - 60 * MINUTE,
                endsAt: now - MINUTE,
                participants: [
                    { personId: pudong.actor, part: 'officer' },
                    { personId: second.actor, part: 'officer' },
                ],
            },
        })
    ).id;
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const get = (id: Id, who = pudong) => call('document.get', who, { params: { id } });
const list = (query: object, who = pudong) => call('document.list', who, { query });
const titles = async (query: object, who = pudong) => (await list(query, who)).items.map((item) => item.title);

describe('a draft', () => {
    it('is begun with what it belongs to, and takes the party of its act', async () => {
        const { id } = await call('document.create', pudong, { body: { type: 'sceneRecord', actId: act } });
        expect(await get(id)).toMatchObject({
            type: 'sceneRecord',
            title: '现场笔录',
            state: 'draft',
            waitsFor: 'writing',
            party: { id: party, name: '阳光口腔门诊部' },
            act: { id: act },
            content: {},
            revision: 1,
            startedAt: null,
            writers: [{ name: '陈默' }],
        });
        const unknown = { type: 'sceneRecord' as const, actId: jingan.id };
        await expect(call('document.create', pudong, { body: unknown })).rejects.toMatchObject({ code: 'act.notFound' });
        await expect(
            call('document.create', pudong, { body: { type: 'sceneRecord', parentId: jingan.id } }),
        ).rejects.toMatchObject({ code: 'document.parentNotFound' });
    });

    it('is saved however incomplete, and tells what it lacks', async () => {
        const { id } = await call('document.create', pudong, { body: { type: 'sceneRecord', actId: act } });
        const params = { id };
        const { findings } = await call('document.findings', pudong, { params });
        expect(findings.map((each) => each.code)).toEqual(
            expect.arrayContaining(['content.empty', 'times.missing', 'required.missing']),
        );
        const saved = await call('document.save', pudong, {
            params,
            body: { revision: 1, content: { found: '三楼诊室台面有  积水\r\n第二行' }, startedAt: now - 50 * MINUTE },
        });
        expect(saved).toMatchObject({ outcome: 'saved', revision: 2 });
        expect((await get(id)).content).toEqual({ found: '三楼诊室台面有  积水\n第二行' });
        const early = { revision: 2, content: {}, endedAt: now - 55 * MINUTE };
        await expect(call('document.save', pudong, { params, body: early })).rejects.toMatchObject({
            code: 'document.endBeforeStart',
        });
        const future = { revision: 2, content: {}, endedAt: now + MINUTE };
        await expect(call('document.save', pudong, { params, body: future })).rejects.toMatchObject({
            code: 'document.inFuture',
        });
        expect((await get(id)).revision).toBe(2);
    });

    it('keeps names with rare characters, and refuses what cannot be printed', async () => {
        const content = { name: '𠮷野㛃', items: [{ name: '手机', count: 2 }], officers: ['甲', '乙'], spoken: true };
        const { id } = await call('document.create', pudong, { body: { type: 'itemList', content } });
        expect((await get(id)).content).toEqual(content);
        const bell = call('document.create', pudong, { body: { type: 'itemList', content: { name: 'a\u0007' } } });
        await expect(bell).rejects.toThrow();
        const long = Object.fromEntries(Array.from({ length: 4 }, (_, at) => [`f${at}`, '长'.repeat(160_000)]));
        await expect(call('document.create', pudong, { body: { type: 'itemList', content: long } })).rejects.toMatchObject({
            code: 'document.contentTooLong',
        });
    });

    it('that two people write at once is overwritten by neither', async () => {
        const { id } = await call('document.create', pudong, { body: { type: 'sceneRecord', actId: act } });
        const params = { id };
        const save = (who: TestOrganisation, text: string) =>
            call('document.save', who, { params, body: { revision: 1, content: { found: text } } });
        const outcomes = await Promise.all([save(pudong, '甲写的'), save(second, '乙写的')]);
        expect(outcomes.map((each) => each.outcome).sort()).toEqual(['conflict', 'saved']);
        const conflict = outcomes.find((each) => each.outcome === 'conflict');
        const winner = outcomes[0].outcome === 'saved' ? ['甲写的', '陈默'] : ['乙写的', '何北'];
        expect(conflict).toMatchObject({
            yours: { revision: 1 },
            theirs: { revision: 2, content: { found: winner[0] }, savedBy: { name: winner[1] } },
        });
        if (conflict?.outcome !== 'conflict') throw new Error('no conflict');
        expect([conflict.yours.content.found, winner[0]].sort()).toEqual(['乙写的', '甲写的'].sort());
        const merged = await call('document.save', second, {
            params,
            body: { revision: conflict.theirs.revision, content: { found: '甲写的，乙写的' } },
        });
        expect(merged).toMatchObject({ outcome: 'saved', revision: 3 });
        expect((await get(id)).writers.map((each) => each.name)).toContain('何北');
    });

    it('begun offline comes under its own id, once, however often it is sent', async () => {
        const id = system.services.clock.newId();
        const commandId = system.services.clock.newId();
        const body = {
            id,
            type: 'supervisionOpinion' as const,
            actId: act,
            madeAt: now - 30 * MINUTE,
            content: { opinion: '改正' },
        };
        const first = await call('document.create', pudong, { body }, commandId);
        expect(first).toMatchObject({ id, revision: 1 });
        expect(await call('document.create', pudong, { body }, commandId)).toEqual(first);
        await expect(call('document.create', pudong, { body })).rejects.toMatchObject({ code: 'document.idTaken' });
        expect(await get(id)).toMatchObject({ madeAt: now - 30 * MINUTE, enteredAt: now });
        const ahead = { ...body, id: system.services.clock.newId(), madeAt: now + MINUTE };
        await expect(call('document.create', pudong, { body: ahead })).rejects.toMatchObject({ code: 'document.inFuture' });
    });

    it('may be put under another act, with a reason', async () => {
        const { id } = await call('document.create', pudong, { body: { type: 'sceneRecord' } });
        const relate = (version: number) =>
            call('document.relate', pudong, { params: { id }, body: { actId: act, reason: '选错', version } });
        expect(await relate(1)).toEqual({ version: 2 });
        await expect(relate(1)).rejects.toMatchObject({ code: 'conflict.changedMeanwhile' });
        expect(await get(id)).toMatchObject({ act: { id: act }, party: { id: party } });
    });
});

describe('the list', () => {
    it('filters, searches and pages', async () => {
        const { id: caseId } = await call('case.open', pudong, {
            body: {
                title: '口腔案',
                procedure: 'penalty',
                source: 'inspection',
                graveHarm: false,
                openedAt: now - MINUTE,
                handlerIds: [pudong.actor],
            },
        });
        const noCase = { type: 'caseIntake' as const, caseId: jingan.id };
        await expect(call('document.create', pudong, { body: noCase })).rejects.toMatchObject({ code: 'case.notFound' });
        for (const title of ['口腔案立案报告', '面馆案立案报告'])
            await call('document.create', second, { body: { type: 'filingReport', title, caseId } });
        expect(await titles({ caseId })).toEqual(['面馆案立案报告', '口腔案立案报告']);
        expect(await titles({ q: '面馆' })).toEqual(['面馆案立案报告']);
        expect(await titles({ q: 'mgalabg' })).toEqual(['面馆案立案报告']);
        expect(await titles({ q: '阳光口腔', type: 'supervisionOpinion' })).toEqual(['卫生监督意见书']);
        expect(await titles({ q: '鑫' })).toEqual([]);
        expect(await titles({ authorId: second.actor, type: 'filingReport' })).toHaveLength(2);
        expect(await titles({ waiting: 'me', type: 'filingReport' })).toEqual([]);
        expect(await titles({ waiting: 'me', type: 'filingReport' }, second)).toHaveLength(2);
        expect(await titles({ from: now + 1 })).toEqual([]);
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
            const page = await list({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
            seen.push(...page.items.map((item) => item.id));
            cursor = page.next ?? undefined;
            expect(page).toMatchObject({ totalIsLeast: false });
        } while (cursor !== undefined);
        expect(new Set(seen).size).toBe((await list({})).total);
    });

    it('shows nothing of another organisation', async () => {
        expect(await list({}, jingan)).toEqual({ items: [], next: null, total: 0, totalIsLeast: false });
        const [item] = (await list({ limit: 1 })).items;
        await expect(get(item?.id ?? '', jingan)).rejects.toMatchObject({ code: 'document.notFound' });
        const body = { revision: 1, content: {} };
        await expect(call('document.save', jingan, { params: { id: item?.id ?? '' }, body })).rejects.toMatchObject({
            code: 'document.notFound',
        });
    });
});

describe('other nouns', () => {
    it('learn what was done with the documents of acts and of a case', async () => {
        const read = await system.services.db.read({ readOrgs: [pudong.id] }, async (db) => ({
            acts: await documentsOfActs(db, [act]),
            noActs: await documentsOfActs(db, []),
            none: await documentFactsOfCase(db, act),
        }));
        const ofAct = read.acts.get(act) ?? [];
        expect(ofAct.length).toBeGreaterThan(3);
        expect(ofAct[0]).toMatchObject({ actId: act, partyId: party, approval: null, served: null });
        expect([read.acts.size, read.noActs.size]).toEqual([1, 0]);
        expect(read.none).toEqual([]);
    });
});

it('pages are set while they are typed, so that nothing of them is left to set once they are saved', async () => {
    const ahead: PrintModel[] = [];
    const later: PrintModel[] = [];
    const real = system.services.renderer;
    const noting: DocumentRenderer = {
        ...real,
        ahead: (model, ...more) => {
            ahead.push(model);
            return real.ahead(model, ...more);
        },
        pictures: (model, ...more) => {
            later.push(model);
            return real.pictures(model, ...more);
        },
    };
    const ask = caller(system, documentHandlers({ ...system.services, renderer: noting }));
    const { id } = await ask('document.create', pudong, { body: { type: 'sceneRecord', actId: act } });
    const params = { id };
    const typed = { content: { observations: '一次性手套未更换。' }, startedAt: now - 50 * MINUTE, endedAt: now - 40 * MINUTE };
    // Nobody looked at its pages: nobody waits for them.
    expect(await ask('document.setAhead', pudong, { params, body: typed })).toEqual({ set: false });
    await ask('document.draftPictures', pudong, { params, query: { first: 1, last: 1 } });
    const before = await ask('document.get', pudong, { params });
    expect(await ask('document.setAhead', pudong, { params, body: typed })).toEqual({ set: true });
    expect(await ask('document.get', pudong, { params })).toEqual(before);

    await ask('document.save', pudong, { params, body: { revision: 1, ...typed } });
    const { pictures } = await ask('document.draftPictures', pudong, { params, query: { first: 1, last: 1 } });
    expect(pictures).toHaveLength(1);
    // Asked for twice, and not set in between by the save.
    expect([ahead.length, later.length]).toEqual([1, 2]);
    expect(later.at(-1)).toEqual(ahead[0]);
    expect(JSON.stringify(later.at(-1))).toContain('一次性手套未更换。');
    // What was not typed before it is saved, as far as anybody knows, is set by then.
    await ask('document.save', pudong, { params, body: { revision: 2, content: { observations: '已更换。' } } });
    await vi.waitFor(() => expect(JSON.stringify(later[2])).toContain('已更换。'));
    // Nor for strangers, nor of what is no draft any more.
    await expect(ask('document.setAhead', jingan, { params, body: typed })).rejects.toMatchObject({ code: 'document.notFound' });
    const { version } = await ask('document.get', pudong, { params });
    await ask('document.void', pudong, { params, body: { version, reason: '重写' } });
    await expect(ask('document.setAhead', pudong, { params, body: typed })).rejects.toMatchObject({ code: 'document.notDraft' });
});
