import type { Procedure } from '../case.ts';
import { after } from '../case-facts.ts';
import { nothingOpen, notInvestigator } from '../guards.ts';

/** 投诉举报办理, where it is dealt with as a case of its own. Who complained stands with the complaint, never here. */
export const COMPLAINT: Procedure = {
    zh: '投诉举报办理',
    en: 'Handling of a complaint',
    letter: 'TS',
    initial: 'registered',
    states: {
        registered: { zh: '已登记', en: 'registered' },
        accepted: { zh: '已受理', en: 'accepted' },
        checked: { zh: '已核查', en: 'checked' },
        referred: { zh: '已转办或不予受理，待答复', en: 'sent on or not accepted, reply to follow' },
        replied: { zh: '已答复', en: 'answered' },
        closed: { zh: '已办结', en: 'closed', ended: true },
    },
    steps: {
        accept: {
            zh: '受理',
            en: 'accept',
            clause: '投诉举报各渠道规定',
            from: ['registered'],
            to: 'accepted',
            by: 'reviewer',
            documents: [{ types: ['complaintRegister'], level: 'made' }],
        },
        refer: {
            zh: '转办或不予受理',
            en: 'send on or do not accept',
            clause: '投诉举报各渠道规定',
            from: ['registered'],
            to: 'referred',
            by: 'reviewer',
            asks: ['outcome', 'reason'],
            outcomes: ['transferred', 'notAccepted'],
        },
        check: {
            zh: '核查',
            en: 'check',
            clause: '处罚法54、55',
            from: ['accepted'],
            to: 'checked',
            by: 'handler',
            asks: ['reason'],
        },
        reply: {
            zh: '答复',
            en: 'answer',
            clause: '投诉举报各渠道规定',
            from: ['checked', 'referred'],
            to: 'replied',
            by: 'handler',
            documents: [{ types: ['complaintReply'], level: 'issued' }],
        },
        close: {
            zh: '办结',
            en: 'close',
            clause: '附件3',
            from: ['replied', 'checked', 'referred'],
            to: 'closed',
            by: 'reviewer',
            may: ['reason'],
            guards: [notInvestigator, nothingOpen],
        },
    },
    deadlines: [{ key: 'deadline.complaintReply', kind: 'act', from: after('accept'), until: after('reply', 'close') }],
};
