import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import { type DocumentType, HOUR, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPerson } from '../../testing/builders.ts';
import { type DocumentSystem, documentSystem } from '../../testing/document-system.ts';
import type { TestOrganisation } from '../../testing/feature-system.ts';

let it_: DocumentSystem;
beforeAll(async () => {
    it_ = await documentSystem('310115');
});
afterAll(async () => {
    await it_.expectSound();
    await it_.close();
});

const make = async (type: DocumentType, more: object = {}): Promise<Id> =>
    (await it_.call('document.create', it_.officer, { body: { type, actId: it_.act, content: it_.wholeContent(type), ...more } }))
        .id;
const get = (id: Id) => it_.call('document.get', it_.officer, { params: { id } });
type Flow =
    | 'submit'
    | 'review'
    | 'legalReview'
    | 'sign'
    | 'reopen'
    | 'number'
    | 'issue'
    | 'check'
    | 'file'
    | 'void'
    | 'regularise';
/** A step by somebody, with the version as it stands. */
const step = async <K extends Flow>(
    kind: K,
    who: TestOrganisation,
    id: Id,
    body: object = {},
): Promise<ResponseOf<Endpoints[`document.${K}`]>> => {
    const version = await it_.versionOf(id);
    const request = { params: { id }, body: { ...body, version } as BodyOf<Endpoints[`document.${K}`]> };
    return it_.call(`document.${kind}` as `document.${K}`, who, request as never);
};
const code = (code: string) => expect.objectContaining({ code });
const legal = (needed: boolean, reason = '案情复杂') => ({ verdict: 'pass', legal: { needed, reason } });
const states = async (id: Id) => (await get(id)).steps.map((each) => `${each.step}:${each.to}`);

describe('a penalty decision', () => {
    it('goes from hand to hand, each a person of its own, until the right head has signed', async () => {
        const id = await make('penaltyDecision');
        await step('submit', it_.officer, id);
        expect(await get(id)).toMatchObject({ state: 'inReview', waitsFor: 'review' });
        const save = it_.call('document.save', it_.officer, { params: { id }, body: { revision: 1, content: {} } });
        await expect(save).rejects.toEqual(code('document.notDraft'));
        await expect(step('review', it_.sectionHead, id, { verdict: 'pass' })).rejects.toEqual(
            code('document.legalReviewUnstated'),
        );
        await step('review', it_.sectionHead, id, legal(true));
        await expect(step('sign', it_.agencyHead, id, { verdict: 'pass' })).rejects.toEqual(code('document.notAtThisStep'));
        const opinion = { verdict: 'pass', opinion: '同意', qualification: '法律职业资格 A0001' };
        // 行政处罚法 第58条: whoever took part in the act does not review its legality.
        await expect(step('legalReview', it_.second, id, opinion)).rejects.toEqual(code('document.reviewerInvestigated'));
        await step('legalReview', it_.legalReviewer, id, opinion);
        for (const [who, wrong] of [
            [it_.instituteHead, 'document.needsAgencyHead'],
            [it_.sectionHead, 'document.needsAgencyHead'],
        ] as const)
            await expect(step('sign', who, id, { verdict: 'pass' })).rejects.toEqual(code(wrong));
        await step('sign', it_.agencyHead, id, { verdict: 'pass', opinion: '同意制发' });
        expect(await get(id)).toMatchObject({
            state: 'approved',
            waitsFor: 'number',
            approval: { by: { name: '钟主任' }, as: 'agencyHead' },
            legalReview: { needed: true, reviewer: { name: '方法制' }, qualification: '法律职业资格 A0001' },
        });
        await expect(step('issue', it_.officer, id)).rejects.toEqual(code('document.numberFirst'));
        await expect(step('number', it_.officer, id)).rejects.toEqual(code('document.categoryMissing'));
        await expect(step('number', it_.officer, id, { category: '火' })).rejects.toEqual(code('document.categoryUnknown'));
        expect(await step('number', it_.officer, id, { category: '医' })).toMatchObject({ number: '沪浦卫医罚〔2026〕1号' });
        await expect(step('number', it_.officer, id, { category: '医' })).rejects.toEqual(code('document.alreadyNumbered'));
        await expect(step('issue', it_.officer, id)).rejects.toEqual(code('document.sealFirst'));
        await expect(step('reopen', it_.officer, id, { reason: '改' })).rejects.toEqual(code('document.cannotReopen'));
        expect(await states(id)).toEqual([
            'submitted:inReview',
            'reviewed:inLegalReview',
            'legallyReviewed:awaitingSignature',
            'signed:approved',
            'numbered:approved',
        ]);
    });

    it('is not reviewed by anybody who wrote in it', async () => {
        const id = await make('penaltyDecision');
        const body = { revision: 1, content: { ...it_.wholeContent('penaltyDecision'), facts: '科长改过的事实。' } };
        await it_.call('document.save', it_.sectionHead, { params: { id }, body });
        await step('submit', it_.officer, id);
        await expect(step('review', it_.sectionHead, id, legal(false))).rejects.toEqual(code('document.ownDraft'));
        await expect(step('review', it_.officer, id, legal(false))).rejects.toEqual(code('document.ownDraft'));
        const back = { verdict: 'return', reason: '自己退自己' };
        await expect(step('review', it_.sectionHead, id, back)).rejects.toEqual(code('document.ownDraft'));
    });

    it('comes back for rework with the reason, from each step, and every content since is kept', async () => {
        const id = await make('priorNotice');
        await step('submit', it_.officer, id);
        await step('review', it_.sectionHead, id, { verdict: 'return', reason: '缺少依据' });
        expect(await get(id)).toMatchObject({ state: 'draft', waitsFor: 'writing' });
        const more = { ...it_.wholeContent('priorNotice'), facts: '补了依据。' };
        await it_.call('document.save', it_.officer, { params: { id }, body: { revision: 1, content: more } });
        await step('submit', it_.officer, id);
        await step('review', it_.sectionHead, id, { verdict: 'pass', opinion: '可' });
        await step('sign', it_.agencyHead, id, { verdict: 'return', reason: '再核事实' });
        const { steps } = await get(id);
        expect(steps.filter((each) => each.step === 'returned').map((each) => each.note)).toEqual(['缺少依据', '再核事实']);
        const { items } = await it_.call('document.versions', it_.officer, { params: { id } });
        expect(items.map((each) => each.content.facts)).toEqual(['补了依据。', it_.wholeContent('priorNotice').facts]);
    });

    it('needs legal review after a hearing', async () => {
        const caseId = await it_.addCase();
        const record = await make('hearingRecord', { caseId, startedAt: it_.now - HOUR, endedAt: it_.now });
        const id = await make('penaltyDecision', { caseId });
        await step('submit', it_.officer, id);
        // As the record stands once it was signed and handed over.
        await it_.superPool.query(`set session_replication_role = replica`);
        await it_.superPool.query(`update liuhen.document set state = 'issued' where id = $1`, [record]);
        await expect(step('review', it_.sectionHead, id, legal(false, '简单'))).rejects.toEqual(
            code('document.legalReviewNeeded'),
        );
        await it_.superPool.query(`update liuhen.document set state = 'draft' where id = $1`, [record]);
    });

    it('that lacks something is not taken, and the answer says how much', async () => {
        const id = await make('penaltyDecision', { content: {} });
        const refused = step('submit', it_.officer, id);
        await expect(refused).rejects.toMatchObject({ code: 'document.incomplete', params: { count: expect.any(Number) } });
        const { findings } = await it_.call('document.findings', it_.officer, { params: { id } });
        expect(findings.filter((each) => each.level === 'fault').length).toBeGreaterThan(0);
    });

    it('is passed only as it was read', async () => {
        const id = await make('priorNotice');
        const version = await it_.versionOf(id);
        await it_.call('document.save', it_.second, { params: { id }, body: { revision: 1, content: { facts: '同时改' } } });
        const stale = it_.call('document.submit', it_.officer, { params: { id }, body: { version } });
        await expect(stale).rejects.toEqual(code('conflict.changedMeanwhile'));
    });
});

describe('papers of the house', () => {
    it('are reviewed by the signature of the section head', async () => {
        const id = await make('investigationReport');
        await step('submit', it_.officer, id);
        expect(await get(id)).toMatchObject({ state: 'awaitingSignature', waitsFor: 'sectionHead' });
        await expect(step('sign', it_.agencyHead, id, { verdict: 'pass' })).rejects.toEqual(code('document.needsSectionHead'));
        await step('sign', it_.sectionHead, id, { verdict: 'pass' });
        expect(await get(id)).toMatchObject({ state: 'approved', waitsFor: 'filing' });
        await expect(step('number', it_.officer, id)).rejects.toEqual(code('document.hasNoNumber'));
        await step('file', it_.officer, id);
        expect(await get(id)).toMatchObject({ state: 'filed', waitsFor: null });
        await expect(step('void', it_.sectionHead, id, { reason: 'x' })).rejects.toEqual(code('document.isDone'));
    });

    it('that say why nothing was recorded are signed by a head who was not there', async () => {
        const participants = [
            ...[it_.officer, it_.second].map(({ actor }) => ({ personId: actor, part: 'officer' as const })),
            { personId: it_.sectionHead.actor, part: 'assistant' as const },
        ];
        const act = { scenario: 'doubleRandomInspection' as const, partyId: it_.party, place: '世纪大道 100 号', participants };
        const { id: actId } = await it_.call('act.create', it_.officer, {
            body: { ...act, startsAt: it_.now - 2 * HOUR, endsAt: it_.now - HOUR },
        });
        const id = await make('interruptionStatement', { actId });
        await step('submit', it_.officer, id);
        await expect(step('sign', it_.sectionHead, id, { verdict: 'pass' })).rejects.toEqual(code('document.signerTookPart'));
        await step('sign', it_.instituteHead, id, { verdict: 'pass' });
        expect(await get(id)).toMatchObject({ state: 'approved', approval: { as: 'instituteHead' } });
    });

    it('about retrieval are signed by the head of the institute, not by the agency', async () => {
        const id = await make('retrievalStatement');
        await step('submit', it_.officer, id);
        await step('review', it_.sectionHead, id, { verdict: 'pass' });
        await expect(step('sign', it_.agencyHead, id, { verdict: 'pass' })).rejects.toEqual(code('document.needsInstituteHead'));
        await step('sign', it_.instituteHead, id, { verdict: 'pass' });
        expect(await get(id)).toMatchObject({ approval: { as: 'instituteHead' } });
    });
});

describe('an urgent measure', () => {
    it('is handed over before approval, which the head of the agency makes up for', async () => {
        const id = await make('seizureDecision', { actId: await it_.addAct('coerciveMeasure') });
        const body = { reason: '物品可能被转移', handedTo: '曾小贤', category: '医', version: await it_.versionOf(id) };
        const issued = await it_.call('document.issueUrgently', it_.officer, { params: { id }, body });
        expect(issued).toMatchObject({ number: '沪浦卫医查扣〔2026〕1号', regulariseBy: it_.now + 24 * HOUR });
        expect(await get(id)).toMatchObject({ state: 'issued', waitsFor: 'regularisation', urgent: { regularisedAt: null } });
        const approve = { verdict: 'approve', opinion: '情况属实，补办批准' };
        await expect(step('regularise', it_.instituteHead, id, approve)).rejects.toEqual(code('document.needsAgencyHead'));
        await step('regularise', it_.agencyHead, id, approve);
        expect(await get(id)).toMatchObject({ waitsFor: 'service', approval: { as: 'agencyHead' } });
        await expect(step('regularise', it_.agencyHead, id, approve)).rejects.toEqual(code('document.notAtThisStep'));
    });

    it('is for coercion only, and what is refused stays visible with its number', async () => {
        const preserve = await make('evidencePreserve');
        const body = { reason: '急', handedTo: '曾小贤', category: '医', version: await it_.versionOf(preserve) };
        const wrong = it_.call('document.issueUrgently', it_.officer, { params: { id: preserve }, body });
        await expect(wrong).rejects.toEqual(code('document.notUrgentType'));
        const id = await make('controlDecision');
        await it_.call('document.issueUrgently', it_.officer, {
            params: { id },
            body: { ...body, version: await it_.versionOf(id) },
        });
        await step('regularise', it_.agencyHead, id, { verdict: 'refuse', opinion: '依据不足，立即解除' });
        expect(await get(id)).toMatchObject({
            state: 'voided',
            number: '沪浦卫医控〔2026〕1号',
            voided: { reason: '依据不足，立即解除' },
        });
    });
});

describe('the inbox', () => {
    it('shows what waits for a role, but nothing somebody wrote themselves', async () => {
        const id = await make('priorNotice');
        await step('submit', it_.officer, id);
        const waiting = async (who: TestOrganisation) =>
            (await it_.call('document.list', who, { query: { waiting: 'me', limit: 200 } })).items.map((item) => item.id);
        expect(await waiting(it_.sectionHead)).toContain(id);
        expect(await waiting(it_.officer)).not.toContain(id);
        expect(await waiting(it_.agencyHead)).not.toContain(id);
        await step('review', it_.sectionHead, id, { verdict: 'pass' });
        expect(await waiting(it_.agencyHead)).toContain(id);
        expect(await waiting(it_.instituteHead)).not.toContain(id);
        await step('sign', it_.agencyHead, id, { verdict: 'pass' });
        expect(await waiting(it_.officer)).toContain(id);
        expect(await waiting(it_.second)).not.toContain(id);
    });

    it('is one list in order of time, page by page, of own steps and of what waits for the role', async () => {
        const body = { type: 'priorNotice' as const, actId: it_.act, content: {} };
        const begun: Id[] = [];
        for (let round = 0; round < 2; round++) {
            begun.push((await it_.call('document.create', it_.sectionHead, { body })).id);
            const id = await make('priorNotice');
            await step('submit', it_.officer, id);
            begun.push(id);
        }
        const inbox = (query: object) => it_.call('document.list', it_.sectionHead, { query: { waiting: 'me', ...query } });
        const all = await inbox({ limit: 200 });
        const ids = all.items.map((item) => item.id);
        expect(ids).toEqual(expect.arrayContaining(begun));
        expect(all.items.toSorted((a, b) => b.madeAt - a.madeAt || (a.id < b.id ? 1 : -1))).toEqual(all.items);
        const paged: Id[] = [];
        let cursor: string | undefined;
        do {
            const page = await inbox({ limit: 1, ...(cursor === undefined ? {} : { cursor }) });
            paged.push(...page.items.map((item) => item.id));
            cursor = page.next ?? undefined;
            expect(page.total).toBe(ids.length);
        } while (cursor !== undefined);
        expect(paged).toEqual(ids);
        const titled = (await inbox({ limit: 200, q: '告知' })).items.map((item) => item.id);
        expect(titled).toEqual(expect.arrayContaining(begun));
    });
});

describe('voiding', () => {
    it('is for who wrote a draft, and for a head once it weighs something', async () => {
        const draft = await make('priorNotice');
        await expect(step('void', it_.legalReviewer, draft, { reason: '不要了' })).rejects.toEqual(code('document.headVoids'));
        await step('void', it_.officer, draft, { reason: '不要了' });
        const id = await make('priorNotice');
        await step('submit', it_.officer, id);
        await step('review', it_.sectionHead, id, { verdict: 'pass' });
        await step('sign', it_.agencyHead, id, { verdict: 'pass' });
        const { number } = await step('number', it_.officer, id, { category: '公' });
        await expect(step('void', it_.officer, id, { reason: '写错' })).rejects.toEqual(code('document.headVoids'));
        await step('void', it_.agencyHead, id, { reason: '当事人名称有误' });
        expect(await get(id)).toMatchObject({ state: 'voided', number, waitsFor: null });
        await expect(step('reopen', it_.officer, id, { reason: 'x' })).rejects.toEqual(code('document.cannotReopen'));
    });
});

describe('a document of a secret act', () => {
    it('is seen by who takes part in the act, by the heads, and by whose turn it is', async () => {
        const act = await it_.addAct('doubleRandomInspection');
        const id = await make('priorNotice', { actId: act });
        const third = { ...it_.officer, actor: (await buildPerson(it_.services, it_.officer, { name: '外人' })).id };
        const { version } = await it_.call('act.get', it_.officer, { params: { id: act } });
        await it_.call('act.markSecrecy', it_.officer, { params: { id: act }, body: { secrecy: 'trade', version } });
        const see = (who: TestOrganisation) => it_.call('document.get', who, { params: { id } });
        const listed = async (who: TestOrganisation) =>
            (await it_.call('document.list', who, { query: { actId: act } })).items.map((item) => item.id);
        for (const who of [it_.officer, it_.second, it_.sectionHead, it_.agencyHead]) {
            await see(who);
            expect(await listed(who)).toEqual([id]);
        }
        for (const who of [third, it_.sealKeeper]) {
            await expect(see(who)).rejects.toEqual(code('act.restricted'));
            expect(await listed(who)).toEqual([]);
        }
        const paper = it_.call('document.paper', third, { params: { id } });
        await expect(paper).rejects.toEqual(code('act.restricted'));
        const save = it_.call('document.save', third, { params: { id }, body: { revision: 1, content: {} } });
        await expect(save).rejects.toEqual(code('act.restricted'));
        const more = it_.call('document.create', third, { body: { type: 'priorNotice', actId: act } });
        await expect(more).rejects.toEqual(code('act.restricted'));
        // Once it waits for the seal, its keeper has to see what is sealed.
        await it_.approve(id);
        await step('number', it_.officer, id, { category: '医' });
        await see(it_.sealKeeper);
        expect(await listed(it_.sealKeeper)).toEqual([id]);
    });
});
