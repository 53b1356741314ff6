import { type DocumentContent, type Id, MINUTE, replyContent } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DocumentSystem, documentSystem } from '../../testing/document-system.ts';
import { caller } from '../../testing/feature-system.ts';
import { complaintHandlers } from './complaint.routes.ts';

let it_: DocumentSystem;
let call: ReturnType<typeof caller<keyof ReturnType<typeof complaintHandlers>>>;

beforeAll(async () => {
    it_ = await documentSystem('310115');
    call = caller(it_, complaintHandlers(it_.services));
});
afterAll(async () => {
    await it_.expectSound();
    await it_.close();
});

const code = (code: string) => expect.objectContaining({ code });
const identity = { name: '欧阳明慧', phone: '13900006721' };

async function accepted(): Promise<Id> {
    const { id } = await call('complaint.register', it_.officer, {
        body: {
            channel: 'phone',
            receivedAt: it_.now - 5 * MINUTE,
            subject: '反映诊所器械不消毒',
            content: '来电人称诊所器械重复使用。',
            partyId: it_.party,
            replyRequested: true,
            confidential: true,
            identity,
        },
    });
    await call('complaint.triage', it_.officer, { params: { id }, body: { outcome: 'accepted' } });
    return id;
}

/** The answer to a complaint as a document with what was registered, linked to it. */
async function reply(complaintId: Id, more: DocumentContent = {}): Promise<Id> {
    const { number, receivedAt, subject, party, place } = await call('complaint.get', it_.officer, {
        params: { id: complaintId },
    });
    const content = {
        ...it_.wholeContent('complaintReply'),
        ...replyContent({ number, receivedAt, subject, partyName: party?.name ?? null, place }),
        ...more,
    };
    const { id } = await it_.call('document.create', it_.officer, { body: { type: 'complaintReply', content } });
    await call('complaint.link', it_.officer, { params: { id: complaintId }, body: { kind: 'document', targetId: id } });
    return id;
}

async function sendOut(id: Id): Promise<void> {
    const params = { id };
    const at = async () => ({ version: await it_.versionOf(id) });
    await it_.approve(id);
    await it_.call('document.number', it_.officer, { params, body: await at() });
    const seal = { means: 'ink' as const, copies: 2, purpose: '制发' };
    await it_.call('document.useSeal', it_.sealKeeper, { params, body: { ...seal, ...(await at()) } });
    await it_.call('document.issue', it_.officer, { params, body: await at() });
}

const answer = (id: Id, body: { text: string; documentId?: Id }) =>
    call('complaint.answer', it_.officer, { params: { id }, body: { answeredAt: it_.now, ...body } });

it('the answer is a document: begun from the complaint, sent out, served, and noted as the answer', async () => {
    const id = await accepted();
    const documentId = await reply(id);
    expect((await call('complaint.get', it_.officer, { params: { id } })).links).toMatchObject([
        { kind: 'document', targetId: documentId, documentType: 'complaintReply', state: 'draft' },
    ]);
    await expect(answer(id, { text: '已答复。', documentId })).rejects.toEqual(code('complaint.replyNotSent'));
    await sendOut(documentId);
    const get = () => it_.call('document.get', it_.officer, { params: { id: documentId } });
    expect(await get()).toMatchObject({ waitsFor: 'service', party: null });
    const begun = await it_.call('document.startService', it_.officer, {
        params: { id: documentId },
        body: {
            recipient: '投诉举报人（登记编号）',
            facts: { mode: 'post', address: '登记地址', carrier: '邮政', trackingNumber: 'EX1', sentAt: it_.now - MINUTE },
            serverIds: [it_.officer.actor],
        },
    });
    const served = { outcome: 'served' as const, at: it_.now };
    await it_.call('document.closeService', it_.officer, { params: { id: begun.id }, body: served });
    expect(await get()).toMatchObject({ state: 'served', waitsFor: 'filing' });
    await answer(id, { text: '已书面答复。', documentId });
    expect(await call('complaint.get', it_.officer, { params: { id } })).toMatchObject({
        state: 'answered',
        answer: { text: '已书面答复。', documentId },
    });
    // On the party's pages nothing of it is to be seen.
    const ofParty = await it_.call('document.list', it_.officer, { query: { partyId: it_.party, limit: 100 } });
    expect(ofParty.items.map((each) => each.id)).not.toContain(documentId);
});

it('neither the answer nor its document says who complained', async () => {
    const id = await accepted();
    await expect(answer(id, { text: '已电话告知欧阳明慧。' })).rejects.toEqual(code('complaint.identityInText'));
    const documentId = await reply(id, { addressee: '欧阳 明慧' });
    await sendOut(documentId);
    await expect(answer(id, { text: '已书面答复。', documentId })).rejects.toEqual(code('complaint.identityInText'));
    await answer(id, { text: '已电话告知。' });
});

it('a document that is not there is no answer', async () => {
    const id = await accepted();
    const documentId = it_.services.clock.newId();
    await expect(answer(id, { text: '已答复。', documentId })).rejects.toEqual(code('complaint.linkNotFound'));
});
