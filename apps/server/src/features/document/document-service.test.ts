import type { BodyOf, Endpoints } from '@liuhen/contract';
import { dayOf, HOUR, type Id, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPerson } from '../../testing/builders.ts';
import { type DocumentSystem, documentSystem } from '../../testing/document-system.ts';

let it_: DocumentSystem;
beforeAll(async () => {
    it_ = await documentSystem('310115');
});
afterAll(async () => {
    await it_.expectSound();
    await it_.close();
});

const DAY = 24 * HOUR;
const code = (code: string) => expect.objectContaining({ code });
const get = (id: Id) => it_.call('document.get', it_.officer, { params: { id } });
const services = async (id: Id) => (await it_.call('document.services', it_.officer, { params: { id } })).items;
type Start = BodyOf<Endpoints['document.startService']>;
const start = (id: Id, facts: Start['facts'], more: Partial<Start> = {}) =>
    it_.call('document.startService', it_.officer, {
        params: { id },
        body: { recipient: '阳光口腔门诊部', facts, serverIds: [it_.officer.actor, it_.second.actor], ...more },
    });
const close = (id: Id, body: BodyOf<Endpoints['document.closeService']>) =>
    it_.call('document.closeService', it_.officer, { params: { id }, body });

describe('service by hand', () => {
    it('counts from the day the receipt is signed, and begins its receipt', async () => {
        const id = await it_.issued('priorNotice');
        const facts = {
            mode: 'direct' as const,
            relation: 'legalRepresentative' as const,
            place: '诊所',
            signedAt: it_.now - MINUTE,
        };
        await expect(start(id, facts, { serverIds: [it_.officer.actor] })).rejects.toEqual(code('document.serverNeedsTwo'));
        await expect(start(id, { ...facts, signedAt: it_.now + 1 })).rejects.toEqual(code('document.inFuture'));
        await expect(start(id, { ...facts, signedAt: it_.now - 3 * DAY })).rejects.toEqual(code('document.serviceBeforeIssue'));
        const begun = await start(id, facts);
        await expect(start(id, facts)).rejects.toEqual(code('document.serviceOpen'));
        const served = await get(id);
        expect(await get(begun.receiptId)).toMatchObject({
            type: 'serviceReceipt',
            parent: { id },
            content: {
                party: '阳光口腔门诊部',
                place: '诊所',
                mode: 'direct',
                servedAt: it_.now - MINUTE,
                receivedBy: '法定代表人',
                documents: [{ title: served.title, number: served.number, copies: 1 }],
                officers: [{ person: it_.officer.actor }, { person: it_.second.actor, name: '何北' }],
            },
        });
        expect(await close(begun.id, { outcome: 'served' })).toEqual({ servedAt: it_.now - MINUTE });
        expect(await get(id)).toMatchObject({
            state: 'served',
            waitsFor: 'filing',
            served: { mode: 'direct', at: it_.now - MINUTE },
        });
        await expect(close(begun.id, { outcome: 'served' })).rejects.toEqual(code('document.serviceClosed'));
        await expect(start(id, facts)).rejects.toEqual(code('document.notAtThisStep'));
    });

    it('is for documents that left the house', async () => {
        const facts = { mode: 'direct' as const, relation: 'self' as const, place: '诊所', signedAt: it_.now };
        const { id } = await it_.call('document.create', it_.officer, { body: { type: 'priorNotice' } });
        await expect(start(id, facts)).rejects.toEqual(code('document.notAtThisStep'));
        const internal = await it_.call('document.create', it_.officer, { body: { type: 'panelRecord' } });
        await expect(start(internal.id, facts)).rejects.toEqual(code('document.notServedType'));
    });
});

describe('leaving', () => {
    const lien = { mode: 'lien' as const, place: '诊所前台', refusal: '拒绝签收' };

    it('is not complete without its recording, or a reason and a witness', async () => {
        const id = await it_.issued('priorNotice');
        const leftAt = it_.now - 5 * MINUTE;
        const begun = await start(id, { ...lien, leftAt }, { actId: await it_.addAct('lienService') });
        await expect(close(begun.id, { outcome: 'served' })).rejects.toEqual(code('document.serviceNotRecorded'));
        const reason = '记录仪故障，已作书面说明';
        await expect(close(begun.id, { outcome: 'served', unrecordedReason: reason })).rejects.toEqual(
            code('document.lienNeedsWitness'),
        );
        await close(begun.id, { outcome: 'failed', note: '改用有录像的方式' });
        const witnessed = await start(id, { ...lien, leftAt, witness: '居委 老李' }, { actId: await it_.addAct('lienService') });
        await close(witnessed.id, { outcome: 'served', unrecordedReason: reason });
        expect(await services(id)).toMatchObject([
            { state: 'failed' },
            { state: 'served', recorded: false, unrecordedReason: reason },
        ]);
    });

    it('is proved by the recording of its act', async () => {
        const id = await it_.issued('priorNotice');
        const actId = await it_.addAct('lienService');
        const begun = await start(id, { ...lien, leftAt: it_.now - MINUTE }, { actId });
        await it_.addRecording(actId);
        expect(await close(begun.id, { outcome: 'served' })).toEqual({ servedAt: it_.now - MINUTE });
        expect(await services(id)).toMatchObject([{ state: 'served', recorded: true, actId }]);
        // Nobody took it in hand: its receipt asks for no 收件人, and says how the leaving was recorded.
        expect((await get(begun.receiptId)).content).toMatchObject({
            refusal: lien.refusal,
            note: '送达过程有音像记录，共 1 份。',
        });
        const { missingSignatures } = await it_.call('document.paper', it_.officer, { params: { id: begun.receiptId } });
        expect(missingSignatures).toBe(2);
        expect((await it_.call('document.paper', it_.officer, { params: { id } })).missingSignatures).toBe(0);
    });
});

describe('service from afar', () => {
    it('by post counts from the day on the slip', async () => {
        const id = await it_.issued('priorNotice');
        const facts = {
            mode: 'post' as const,
            address: '世纪大道 100 号',
            carrier: '邮政 EMS',
            trackingNumber: '1234',
            sentAt: it_.now - HOUR,
        };
        const begun = await start(id, facts, { serverIds: [it_.officer.actor] });
        await expect(close(begun.id, { outcome: 'served' })).rejects.toEqual(code('document.servedAtMissing'));
        await expect(close(begun.id, { outcome: 'served', at: it_.now - 2 * HOUR })).rejects.toEqual(
            code('document.servedBeforeSent'),
        );
        expect(await close(begun.id, { outcome: 'served', at: it_.now - MINUTE })).toEqual({ servedAt: it_.now - MINUTE });
        expect((await get(begun.receiptId)).content).toMatchObject({
            servedAt: it_.now - MINUTE,
            receivedOn: dayOf(it_.now - MINUTE),
            note: '邮政 EMS 1234',
        });
        expect((await it_.call('document.paper', it_.officer, { params: { id } })).missingSignatures).toBe(0);
    });

    it('leaves a receipt as it is that somebody wrote the day into', async () => {
        const id = await it_.issued('priorNotice');
        const facts = { mode: 'entrusted' as const, agency: '外区监督所', sentAt: it_.now - HOUR };
        const begun = await start(id, facts, { serverIds: [it_.officer.actor] });
        const { revision, content } = await get(begun.receiptId);
        const own = { ...content, servedAt: it_.now - 2 * MINUTE, receivedOn: dayOf(it_.now) };
        await it_.call('document.save', it_.officer, { params: { id: begun.receiptId }, body: { revision, content: own } });
        await close(begun.id, { outcome: 'served', at: it_.now - MINUTE });
        expect(await get(begun.receiptId)).toMatchObject({ revision: revision + 1, content: own });
    });

    it('electronically needs signed consent and the capture of the arrival', async () => {
        const id = await it_.issued('priorNotice');
        const electronic = (consentId: Id) => ({
            mode: 'electronic' as const,
            address: 'a@b.cn',
            consentId,
            sentAt: it_.now - HOUR,
        });
        await expect(start(id, electronic(id))).rejects.toEqual(code('document.consentMissing'));
        const consent = await it_.call('document.import', it_.officer, {
            body: { type: 'serviceAddress', title: '电子送达确认书', date: '2026-11-01', from: '纸质', partyId: it_.party },
        });
        const begun = await start(id, electronic(consent.id), { serverIds: [it_.officer.actor] });
        const at = it_.now - MINUTE;
        await expect(close(begun.id, { outcome: 'served', at })).rejects.toEqual(code('document.captureMissing'));
        await close(begun.id, { outcome: 'served', at, unrecordedReason: '系统自动回执，截图另附' });
        expect(await get(id)).toMatchObject({ served: { mode: 'electronic', at } });
    });

    it('takes the consent of the same person only, where no party is named', async () => {
        const consent = (more: object) =>
            it_.call('document.import', it_.officer, {
                body: { type: 'serviceAddress', title: '电子送达确认书', date: '2026-11-01', from: '纸质', ...more },
            });
        const [actId, otherAct] = [await it_.addAct('lienService', null), await it_.addAct('lienService', null)];
        const id = await it_.issued('priorNotice', actId);
        const tryWith = (consentId: Id) =>
            start(id, { mode: 'electronic', address: 'a@b.cn', consentId, sentAt: it_.now - MINUTE });
        for (const more of [{}, { actId: otherAct }, { partyId: it_.party }])
            await expect(tryWith((await consent(more)).id)).rejects.toEqual(code('document.consentMissing'));
        expect((await tryWith((await consent({ actId })).id)).id).toBeTypeOf('string');
    });

    it('is done by people there are, two of them, and by a receipt and a consent that hold', async () => {
        const id = await it_.issued('priorNotice');
        const { actor: one } = it_.officer;
        const direct = { mode: 'direct' as const, relation: 'self' as const, place: '诊所', signedAt: it_.now - MINUTE };
        await expect(start(id, direct, { serverIds: [one, one] })).rejects.toEqual(code('document.serverNeedsTwo'));
        await expect(start(id, direct, { serverIds: [one, it_.party] })).rejects.toEqual(code('person.notFound'));
        const make = async (type: 'serviceReceipt' | 'serviceAddress', partyId: Id | null = it_.party) =>
            (await it_.call('document.create', it_.officer, { body: { type, partyId } })).id;
        const nobodys = await make('serviceReceipt', null);
        const voided = await make('serviceReceipt');
        await it_.call('document.void', it_.officer, {
            params: { id: voided },
            body: { reason: '写错', version: await it_.versionOf(voided) },
        });
        for (const receiptId of [id, nobodys, voided])
            await expect(start(id, direct, { receiptId })).rejects.toEqual(code('document.receiptWrong'));
        // 13号令 第57条: consent is signed.
        const electronic = { mode: 'electronic' as const, address: 'a@b.cn', consentId: await make('serviceAddress') };
        await expect(start(id, { ...electronic, sentAt: it_.now - MINUTE })).rejects.toEqual(code('document.consentMissing'));
        const receiptId = await make('serviceReceipt');
        expect((await start(id, direct, { receiptId })).receiptId).toBe(receiptId);
    });

    it('names no act that whoever serves may not see (附件1 第12条)', async () => {
        const id = await it_.issued('priorNotice');
        const actId = await it_.addAct('lienService');
        const { version } = await it_.call('act.get', it_.officer, { params: { id: actId } });
        await it_.call('act.markSecrecy', it_.officer, { params: { id: actId }, body: { secrecy: 'trade', version } });
        const stranger = { ...it_.officer, actor: (await buildPerson(it_.services, it_.officer, { name: '外人' })).id };
        const serverIds = [it_.officer.actor, it_.second.actor];
        const facts = { mode: 'lien' as const, place: '诊所', refusal: '拒收', leftAt: it_.now - MINUTE };
        const begin = (more: object) =>
            it_.call('document.startService', stranger, {
                params: { id },
                body: { recipient: '阳光口腔门诊部', facts, serverIds, ...more },
            });
        await expect(begin({ actId })).rejects.toEqual(code('act.restricted'));
        const begun = await begin({});
        const ending = it_.call('document.closeService', stranger, {
            params: { id: begun.id },
            body: { outcome: 'served', actId },
        });
        await expect(ending).rejects.toEqual(code('act.restricted'));
    });

    it('by public notice takes effect after its term, and is recorded', async () => {
        const id = await it_.issued('priorNotice');
        const facts = {
            mode: 'publicNotice' as const,
            media: '本机关网站、公告栏',
            reason: '下落不明，其他方式无法送达',
            course: '两次上门、一次邮寄退回',
            publishedAt: it_.now - MINUTE,
        };
        const actId = await it_.addAct('lienService');
        const begun = await start(id, facts, { actId });
        // 30 days of the calendar; the term of the law, not the 60 days of before 2022.
        const days = ((begun.effectAt ?? 0) - it_.now) / DAY;
        expect(days).toBeGreaterThan(29);
        expect(days).toBeLessThan(34);
        await it_.addRecording(actId);
        await expect(close(begun.id, { outcome: 'served' })).rejects.toEqual(code('document.noticeStillRuns'));
        it_.services.clock.advance(35 * DAY);
        expect(await close(begun.id, { outcome: 'served' })).toEqual({ servedAt: begun.effectAt });
        expect(await get(id)).toMatchObject({ state: 'served', served: { mode: 'publicNotice' } });
        expect((await get(begun.receiptId)).content).toMatchObject({
            servedAt: begun.effectAt,
            note: expect.stringMatching(/送达过程有音像记录，共 1 份。$/),
        });
    });
});
