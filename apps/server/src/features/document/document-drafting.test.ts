import { createHash } from 'node:crypto';
import { type DocumentContent, type DocumentType, dayOf, type Id, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandBy } from '../../testing/builders.ts';
import { paperIn } from '../../testing/case-papers.ts';
import { type DocumentSystem, documentSystem } from '../../testing/document-system.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { keepPages } from './document-pages.commands.ts';

const PDF = Buffer.from('%PDF-');
const TWO_PAGES = { pdf: PDF, pages: 2, sha256: createHash('sha256').update(PDF).digest('hex') };

let it_: DocumentSystem;
beforeAll(async () => {
    it_ = await documentSystem('310115');
});
afterAll(async () => {
    await it_.expectSound();
    await it_.close();
});

const make = async (type: DocumentType, content: DocumentContent, more: object = {}): Promise<Id> =>
    (
        await it_.call('document.create', it_.officer, {
            body: { type, actId: it_.act, partyId: it_.party, content: { ...it_.wholeContent(type), ...content }, ...more },
        })
    ).id;
const findings = async (id: Id) => (await it_.call('document.findings', it_.officer, { params: { id } })).findings;
const codes = async (id: Id) => (await findings(id)).map((each) => each.code);
const finalPrint = async (id: Id) =>
    (await it_.call('document.print', it_.officer, { params: { id }, body: { kind: 'final', version: await it_.versionOf(id) } }))
        .id;
const sign = (id: Id, printId: Id, more: object) =>
    it_.call('document.recordSignature', it_.officer, {
        params: { id },
        body: { printId, signer: 'officers', name: '陈默', outcome: 'signed', pages: [1, 2], at: it_.now, ...more },
    });
const issue = async (id: Id) =>
    it_.call('document.issue', it_.officer, { params: { id }, body: { handedTo: '曾小贤', version: await it_.versionOf(id) } });
const today = () => dayOf(it_.now);

describe('the rules of drafting know', () => {
    it('the signatures: every page, read or read aloud, and what was written beneath', async () => {
        const id = await make('sceneRecord', {});
        expect(await codes(id)).not.toContain('trueRecord.unjudged');
        const print = await finalPrint(id);
        await sign(id, print, {});
        await sign(id, print, { name: '何北' });
        expect(await codes(id)).toEqual(expect.arrayContaining(['trueRecord.unjudged', 'pages.unjudged', 'refusal.unjudged']));
        const party = { signer: 'partyEachPage', name: '曾小贤', pages: [1], reading: 'aloud', statement: '看过' };
        await sign(id, print, party);
        expect(await codes(id)).toEqual(expect.arrayContaining(['trueRecord.missing', 'pages.unjudged']));
        const context = commandBy(it_.services, it_.officer.id, it_.officer.actor);
        await keepPages(it_.services, context, id, print, TWO_PAGES);
        expect(await codes(id)).toEqual(expect.arrayContaining(['trueRecord.missing', 'pages.unsigned']));
        await expect(issue(id)).rejects.toMatchObject({ code: 'document.incomplete', params: { count: 2 } });

        const reopen = { reason: '补签', version: await it_.versionOf(id) };
        await it_.call('document.reopen', it_.officer, { params: { id }, body: reopen });
        const again = await finalPrint(id);
        await keepPages(it_.services, { ...context, commandId: it_.services.clock.newId() }, id, again, TWO_PAGES);
        await sign(id, again, {});
        await sign(id, again, { name: '何北' });
        await sign(id, again, { ...party, pages: [1, 2], reading: 'byParty', statement: '以上笔录属实' });
        expect((await codes(id)).filter((each) => /^(trueRecord|pages|refusal)/.test(each))).toEqual([]);
        await issue(id);
    });

    it('who investigates: the handlers of the case, and of the case it serves', async () => {
        const caseId = await it_.addCase();
        const reviewer = [{ person: it_.officer.actor, name: '陈默', certificate: '1' }];
        const same = await make('defenceReview', { reviewer }, { caseId, actId: undefined });
        expect(await codes(same)).toContain('otherReviewer.same');
        const other = [{ person: it_.legalReviewer.actor, name: '方法制', certificate: '' }];
        const apart = await make('defenceReview', { reviewer: other }, { caseId, actId: undefined });
        expect((await codes(apart)).filter((each) => each.startsWith('otherReviewer'))).toEqual([]);
        const alone = await make('defenceReview', { reviewer: other }, { actId: undefined });
        expect(await codes(alone)).toContain('otherReviewer.unjudged');
    });

    it('what the party was told, and whether it has spoken since (处罚法45)', async () => {
        const caseId = await it_.addCase();
        const heavier = await make('penaltyDecision', { fine: 5_000_00 }, { caseId, actId: undefined });
        const about = async () => (await codes(heavier)).filter((each) => each.startsWith('notHeavier'));
        expect(await about()).toEqual(['notHeavier.unjudged']);
        await paperIn(it_, it_.officer, { caseId, type: 'priorNotice', state: 'served', content: { fine: 3_000_00 } });
        expect(await about()).toEqual([]);
        await paperIn(it_, it_.officer, { caseId, type: 'defenceRecord', state: 'issued' });
        expect(await about()).toEqual(['notHeavier.fine']);
        const without = await make('penaltyDecision', { fine: 5_000_00 }, { actId: undefined });
        expect(await codes(without)).toContain('notHeavier.unjudged');
    });

    it('the limits in force that day, and how sure they are', async () => {
        const spot = await make('spotPenalty', { penalty: 'fine', fine: 3_000_01 });
        expect(await codes(spot)).toContain('spotFine.tooHigh');
        const nobody = await make('spotPenalty', { penalty: 'fine', fine: 1 }, { partyId: undefined, actId: undefined });
        expect(await codes(nobody)).toContain('spotFine.unjudged');
        const limit = async (value: number, standing: 'verified' | 'verify') =>
            setParameter(it_.call, it_.sectionHead, {
                key: 'penalty.spotFineOrganisation',
                value,
                standing,
                from: dayOf(it_.now + 24 * 60 * MINUTE),
                basis: '处罚法51',
                reason: '收紧',
            });
        await limit(1_000_00, 'verify');
        // What was set for tomorrow does not judge today.
        expect(await codes(await make('spotPenalty', { penalty: 'fine', fine: 2_000_00 }))).not.toContain('spotFine.unverified');
        const seizure = await make('seizureDecision', { from: today(), to: dayOf(it_.now + 31 * 24 * 60 * MINUTE) });
        expect(await codes(seizure)).toContain('seizureTerm.tooLong');
        const inTime = await make('seizureDecision', { from: today(), to: dayOf(it_.now + 30 * 24 * 60 * MINUTE) });
        expect((await codes(inTime)).filter((each) => each.startsWith('seizureTerm'))).toEqual([]);
        const undated = await make('seizureDecision', { from: '', to: today() });
        expect((await codes(undated)).filter((each) => each.startsWith('seizureTerm'))).toEqual([]);
    });

    it('whether leaving or public notice was recorded (正文二(二)1)', async () => {
        const id = await it_.issued('priorNotice');
        const actId = await it_.addAct('lienService');
        const { id: service, receiptId } = await it_.call('document.startService', it_.officer, {
            params: { id },
            body: {
                recipient: '阳光口腔门诊部',
                facts: { mode: 'lien', place: '诊所', refusal: '拒收', leftAt: it_.now - MINUTE, witness: '居委会 周某' },
                serverIds: [it_.officer.actor, it_.second.actor],
                actId,
            },
        });
        const content = { ...it_.wholeContent('serviceReceipt'), mode: 'lien', witness: '', refusal: '拒收' };
        const { revision } = await it_.call('document.get', it_.officer, { params: { id: receiptId } });
        await it_.call('document.save', it_.officer, { params: { id: receiptId }, body: { content, revision } });
        const about = async () => (await codes(receiptId)).filter((each) => each.startsWith('leftService'));
        expect(await about()).toEqual(['leftService.unjudged']);
        await it_.addRecording(actId);
        expect(await about()).toEqual([]);
        await it_.call('document.closeService', it_.officer, { params: { id: service }, body: { outcome: 'served' } });
        expect(await about()).toEqual([]);
    });
});
