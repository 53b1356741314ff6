import { dayOf, type Id, TEMPLATES, TEXTS_TO_COMPLETE } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildPerson } from '../../testing/builders.ts';
import { type DocumentSystem, documentSystem } from '../../testing/document-system.ts';
import type { TestOrganisation } from '../../testing/feature-system.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { draftOfDocument } from '../document/document-print.queries.ts';

let it_: DocumentSystem;
let call: DocumentSystem['call'];
beforeAll(async () => {
    it_ = await documentSystem('310116', 'unseen');
    call = it_.call;
});
afterAll(async () => {
    await it_.expectSound();
    await it_.close();
});

const code = (code: string) => expect.objectContaining({ code });
const marksOf = async (id: Id) =>
    (await it_.services.db.read({ readOrgs: [it_.officer.id] }, (db) => draftOfDocument(db, it_.officer.id, id, it_.now))).model
        .marks;

it('a form is unseen until the legal section confirms it, once, for one version', async () => {
    const before = await call('template.list', it_.officer, {});
    expect(before.items).toHaveLength(TEMPLATES.length);
    expect(before.items.every((each) => each.confirmed === null)).toBe(true);

    const { id } = await it_.call('document.create', it_.officer, { body: { type: 'sceneRecord', content: { place: '诊室' } } });
    expect(await marksOf(id)).toEqual(['样张未核对']);

    const confirm = (type: 'sceneRecord' | 'spotPenalty', version: number) =>
        call('template.confirm', it_.legalReviewer, { params: { type, version }, body: { comparedWith: '2026年印制样张' } });
    await confirm('sceneRecord', 1);
    await expect(confirm('sceneRecord', 1)).rejects.toEqual(code('template.alreadyConfirmed'));
    await expect(confirm('sceneRecord', 2)).rejects.toEqual(code('template.notFound'));
    await confirm('spotPenalty', 2);

    const { items } = await call('template.list', it_.officer, {});
    const confirmed = items.filter((each) => each.confirmed !== null);
    expect(confirmed.map((each) => `${each.type} ${each.version}`)).toEqual(['sceneRecord 1', 'spotPenalty 2']);
    expect(confirmed[0]?.confirmed).toMatchObject({ by: { name: '方法制' }, comparedWith: '2026年印制样张' });
    expect(await marksOf(id)).toEqual([]);
});

it('a new document begins with what party, act and the organisation give', async () => {
    const { version, content } = await call('template.begin', it_.officer, {
        params: { type: 'sceneRecord' },
        query: { actId: it_.act },
    });
    expect(version).toBe(1);
    expect(content).toMatchObject({ party: '阳光口腔门诊部', place: '世纪大道 100 号', agency: '浦东新区卫生健康委员会监督所' });
    expect(content.officers).toHaveLength(2);
    // 附件1 第10条: never from a plan or a recording.
    expect(content).not.toHaveProperty('start');
    expect(content).not.toHaveProperty('end');
});

it('an organisation offers its own phrases beside those of the form, from a day on', async () => {
    expect((await call('template.phrases', it_.officer, {})).items).toEqual([]);
    const change = {
        key: 'document.phrases',
        standing: 'own',
        basis: '本机构自定',
        from: dayOf(it_.now),
        reason: '统一用语',
    } as const;
    const write = (...value: string[]) => setParameter(call, it_.sectionHead, { ...change, value });
    // What nobody would ever be offered is refused, and nothing of the list is taken.
    await expect(write('现场笔录｜检查情况｜消毒间门开启。', '现场笔录｜没有的栏目｜某句')).rejects.toEqual(
        code('parameter.lineWrong'),
    );
    await write('现场笔录｜检查情况｜消毒间门开启。');
    const offered = [{ type: 'sceneRecord', label: '检查情况', phrase: '消毒间门开启。' }];
    expect((await call('template.phrases', it_.officer, {})).items).toEqual(offered);
});

it('nobody learns of a secret act by beginning a document on it (附件1 第12条)', async () => {
    const actId = await it_.addAct('doubleRandomInspection');
    const { version } = await call('act.get', it_.officer, { params: { id: actId } });
    await call('act.markSecrecy', it_.officer, { params: { id: actId }, body: { secrecy: 'trade', version } });
    const begin = (who: TestOrganisation) => call('template.begin', who, { params: { type: 'sceneRecord' }, query: { actId } });
    const stranger = { ...it_.officer, actor: (await buildPerson(it_.services, it_.officer, { name: '外人' })).id };
    await expect(begin(stranger)).rejects.toEqual(code('act.restricted'));
    expect((await begin(it_.officer)).content.party).toBe('阳光口腔门诊部');
});

it('remedies have lines to fill in until the organisation has confirmed its words', async () => {
    const begin = () =>
        call('template.begin', it_.officer, { params: { type: 'penaltyDecision' }, query: { partyId: it_.party } });
    const before = await begin();
    expect(before.unconfirmed).toEqual(['performance', 'remedies']);
    expect(before.content.remedies).toBe(TEXTS_TO_COMPLETE['remedy.ordinary']);

    const { id } = await it_.call('document.create', it_.officer, {
        body: { type: 'penaltyDecision', content: before.content },
    });
    expect(await marksOf(id)).toContain('复议、诉讼途径和期限未核实');
    const { findings } = await it_.call('document.findings', it_.officer, { params: { id } });
    const found = findings.filter((each) => each.field === 'remedies').map((each) => each.code);
    expect(found).toEqual(['blanks.left', 'remedies.notConfirmed']);

    const value = ['如不服本决定，可以依法申请行政复议或者提起行政诉讼。'];
    const words = {
        key: 'document.remedyText' as const,
        value,
        standing: 'verified' as const,
        basis: '法制科核对',
        reason: '核对',
    };
    await setParameter(it_.call, it_.sectionHead, { ...words, from: '2026-11-18' });
    const after = await begin();
    expect(after.unconfirmed).toEqual(['performance']);
    expect(after.content.remedies).toBe(value[0]);
});

it('a form that is none is not found', async () => {
    const absent = '00000000-0000-7000-8000-000000000099' as Id;
    const begin = (query: object) => call('template.begin', it_.officer, { params: { type: 'sceneRecord' }, query });
    await expect(begin({ partyId: absent })).rejects.toEqual(code('party.notFound'));
    await expect(begin({ actId: absent })).rejects.toEqual(code('act.notFound'));
});

it('nothing is printed for good or handed over on a form nobody has compared', async () => {
    const content = it_.wholeContent('sealStrip');
    const body = { type: 'sealStrip' as const, content, actId: it_.act };
    const { id } = await it_.call('document.create', it_.officer, { body });
    const versioned = async () => ({ version: await it_.versionOf(id) });
    const print = async (kind: 'draft' | 'final') =>
        it_.call('document.print', it_.officer, { params: { id }, body: { kind, ...(await versioned()) } });
    await print('draft');
    await expect(print('final')).rejects.toEqual(code('template.notConfirmed'));
    // It has no line to sign on, so that nothing else keeps it back.
    await expect(it_.call('document.issue', it_.officer, { params: { id }, body: await versioned() })).rejects.toEqual(
        code('template.notConfirmed'),
    );
});

it('nothing is issued urgently on a form nobody has compared', async () => {
    const { id } = await it_.call('document.create', it_.officer, {
        body: {
            type: 'controlDecision',
            content: it_.wholeContent('controlDecision'),
            actId: await it_.addAct('coerciveMeasure'),
        },
    });
    const issue = async () =>
        it_.call('document.issueUrgently', it_.officer, {
            params: { id },
            body: { reason: '急', handedTo: '曾小贤', category: '医', version: await it_.versionOf(id) },
        });
    await expect(issue()).rejects.toEqual(code('template.notConfirmed'));
    await call('template.confirm', it_.legalReviewer, {
        params: { type: 'controlDecision', version: 1 },
        body: { comparedWith: '2026年印制样张' },
    });
    expect(await issue()).toMatchObject({ number: expect.stringContaining('控') });
});
