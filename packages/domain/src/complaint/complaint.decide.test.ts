import { describe, expect, it } from 'vitest';
import {
    complaintDue,
    decideAnswer,
    decideApart,
    decideComplaintClose,
    decideComplaintUpdate,
    decideLink,
    decideReceived,
    decideTriage,
    isAnonymous,
} from './complaint.decide.ts';
import { COMPLAINT_STATES, type ComplaintState } from './complaint.ts';

const AT = Date.UTC(2026, 10, 18, 1, 31);

describe('triage', () => {
    it('takes up without a reason, sends on or leaves with one', () => {
        expect(() => decideTriage('registered', { outcome: 'accepted' })).not.toThrow();
        expect(() => decideTriage('registered', { outcome: 'refused' })).toThrow('complaint.reasonMissing');
        expect(() => decideTriage('registered', { outcome: 'transferred', reason: '非本机关职权' })).toThrow(
            'complaint.receiverMissing',
        );
        expect(() =>
            decideTriage('registered', { outcome: 'transferred', reason: '非本机关职权', transferredTo: '市场监管局' }),
        ).not.toThrow();
    });

    it('is done once', () => {
        for (const state of COMPLAINT_STATES.filter((each) => each !== 'registered'))
            expect(() => decideTriage(state, { outcome: 'accepted' })).toThrow('complaint.wrongState');
    });
});

describe('the way to the end', () => {
    it('begins checking with the first link', () => {
        expect(decideLink('accepted')).toBe('inChecking');
        for (const state of ['inChecking', 'answered', 'transferred', 'refused'] as const) expect(decideLink(state)).toBe(state);
        for (const state of ['registered', 'closed'] as const) expect(() => decideLink(state)).toThrow('complaint.wrongState');
    });

    it('does not close on somebody who asked for an answer', () => {
        const close = (state: ComplaintState, replyRequested: boolean) => () => decideComplaintClose({ state, replyRequested });
        expect(close('inChecking', true)).toThrow('complaint.replyOwed');
        expect(close('inChecking', false)).not.toThrow();
        expect(close('answered', true)).not.toThrow();
        expect(close('registered', false)).toThrow('complaint.wrongState');
        expect(close('closed', false)).toThrow('complaint.wrongState');
        expect(() => decideAnswer('answered')).toThrow('complaint.wrongState');
        for (const state of ['accepted', 'transferred', 'refused', 'inChecking'] as const)
            expect(() => decideAnswer(state)).not.toThrow();
    });
});

describe('who complained', () => {
    it('does not stand in what everybody reads', () => {
        const identity = { name: '诸葛 青云', phone: '139 0000 1234' };
        const refused = expect(() => decideApart({ subject: '无证行医', content: '诸葛青云反映该店无证' }, identity));
        refused.toThrow(expect.objectContaining({ code: 'complaint.identityInText', params: { field: 'content' } }));
        expect(() => decideApart({ content: '来电１３９００００１２３４' }, identity)).toThrow('complaint.identityInText');
        expect(() => decideApart({ content: '反映该店无证', place: undefined }, identity)).not.toThrow();
        // One character is in any text.
        expect(() => decideApart({ content: '张江路' }, { name: '张' })).not.toThrow();
    });

    it('may be nobody', () => {
        expect([isAnonymous({}), isAnonymous({ name: ' ' }), isAnonymous({ phone: '1' })]).toEqual([true, true, false]);
    });
});

describe('the day an answer is due', () => {
    it('is the stated one, then the term’s, and never made up', () => {
        expect(complaintDue({ receivedAt: AT, stated: '2026-11-25' }, '2026-12-18')).toEqual({
            day: '2026-11-25',
            basis: 'stated',
        });
        expect(complaintDue({ receivedAt: AT }, '2026-12-18')).toEqual({ day: '2026-12-18', basis: 'term' });
        expect(complaintDue({ receivedAt: AT }, undefined)).toEqual({ day: null, basis: 'none' });
        expect(() => complaintDue({ receivedAt: AT, stated: '2026-11-17' }, undefined)).toThrow('complaint.dueBeforeReceived');
    });
});

it('nothing comes in after it is written down', () => {
    expect(() => decideReceived(AT + 1, AT)).toThrow('complaint.inFuture');
    expect(() => decideReceived(AT, AT)).not.toThrow();
});

it('facts are corrected until it is closed', () => {
    for (const state of COMPLAINT_STATES.filter((each) => each !== 'closed'))
        expect(() => decideComplaintUpdate(state)).not.toThrow();
    expect(() => decideComplaintUpdate('closed')).toThrow('complaint.wrongState');
});

it('an answer may be due on the day the complaint came, and two characters tell a name', () => {
    expect(complaintDue({ receivedAt: AT, stated: '2026-11-18' }, undefined).day).toBe('2026-11-18');
    expect(() => decideApart({ content: '张江路的王五' }, { name: '王五' })).toThrow('complaint.identityInText');
});
