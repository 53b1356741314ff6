import { expect, it } from 'vitest';
import { fieldsOf } from '../document/template.ts';
import { templateOf } from '../document/templates/catalogue.ts';
import { replyContent } from './complaint-reply.ts';

const complaint = {
    number: '310115-TS-2026-000001',
    receivedAt: Date.UTC(2026, 10, 18, 17),
    subject: '反映某美容店涉嫌无证开展医疗美容',
    partyName: '悦容美容店',
    place: '世纪大道 1 号',
};

it('an answer begins with what the complaint says, in the fields of its form, and with no name', () => {
    const template = templateOf('complaintReply', '2026-11-19');
    const content = replyContent(complaint);
    if (template === undefined) throw new Error('no form');
    expect(fieldsOf(template).map(({ key }) => key)).toEqual(expect.arrayContaining(Object.keys(content)));
    expect(content).toEqual({
        addressee: '投诉举报人（登记编号 310115-TS-2026-000001）',
        receivedOn: '2026-11-19',
        party: '悦容美容店',
        matter: '反映某美容店涉嫌无证开展医疗美容',
    });
});

it('without a party it names the place, and nothing where there is neither', () => {
    expect(replyContent({ ...complaint, partyName: null })).toMatchObject({ party: '世纪大道 1 号' });
    expect(replyContent({ ...complaint, partyName: null, place: null })).not.toHaveProperty('party');
});
