import type { Procedure } from '../case.ts';
import { after } from '../case-facts.ts';
import { headsAreTwo, notInvestigator, papersAfter, twoOfficers, urgencyAnswered, urgencyOpen } from '../guards.ts';
import { notLapsed } from '../guards-terms.ts';

const table = (): Procedure => PRESERVATION;
const ON_SCENE = [
    { types: ['evidencePreserve'], level: 'issued' },
    { types: ['itemList'], level: 'issued' },
    { types: ['sceneRecord'], level: 'issued' },
] as const;

/**
 * 证据先行登记保存 (处罚法 第56条). The article asks for the head's approval and says nothing of urgent cases; approval within
 * 24 hours follows 强制法 第19条, the stricter reading.
 */
export const PRESERVATION: Procedure = {
    zh: '证据先行登记保存',
    en: 'Registration and preservation of evidence',
    letter: 'BC',
    initial: 'proposed',
    serves: ['penalty', 'simplePenalty', 'complaint'],
    states: {
        proposed: { zh: '待批准', en: 'to be approved' },
        approved: { zh: '已批准', en: 'approved' },
        heldUrgently: { zh: '紧急保存，待补办批准', en: 'preserved urgently, approval to follow' },
        held: { zh: '保存中', en: 'preserved' },
        mustRelease: { zh: '补办未获批准，应立即解除', en: 'approval refused: to be lifted at once' },
        disposed: { zh: '已作处理决定', en: 'disposed of' },
        closed: { zh: '已办结', en: 'closed', ended: true },
        refused: { zh: '未获批准', en: 'not approved', ended: true },
    },
    steps: {
        approve: {
            zh: '批准保存',
            en: 'approve',
            clause: '处罚法56',
            from: ['proposed'],
            to: 'approved',
            by: 'agencyHead',
            documents: [{ types: ['preservationApproval'], level: 'made' }],
            guards: [headsAreTwo, notInvestigator],
        },
        refuse: {
            zh: '不予批准',
            en: 'refuse',
            clause: '处罚法56',
            from: ['proposed', 'approved'],
            to: 'refused',
            by: 'agencyHead',
            asks: ['reason'],
            guards: [headsAreTwo, notInvestigator],
        },
        execute: {
            zh: '登记保存',
            en: 'register and preserve',
            clause: '处罚法56',
            from: ['approved'],
            to: 'held',
            by: 'handler',
            documents: ON_SCENE,
            guards: [twoOfficers, papersAfter('approve')],
        },
        executeUrgently: {
            zh: '紧急登记保存',
            en: 'preserve urgently',
            clause: '处罚法56，比照强制法19',
            from: ['proposed'],
            to: 'heldUrgently',
            by: 'handler',
            asks: ['reason'],
            documents: ON_SCENE,
            guards: [twoOfficers],
        },
        regularise: {
            zh: '补办批准',
            en: 'approve afterwards',
            clause: '处罚法56，比照强制法19',
            from: ['heldUrgently'],
            to: 'held',
            by: 'agencyHead',
            documents: [{ types: ['preservationApproval'], level: 'made' }],
            guards: [headsAreTwo, notInvestigator],
        },
        refuseUrgent: {
            zh: '认为不应当保存，责令立即解除',
            en: 'refuse: lift it at once',
            clause: '处罚法56，比照强制法19',
            from: ['heldUrgently'],
            to: 'mustRelease',
            by: 'agencyHead',
            asks: ['reason'],
            guards: [headsAreTwo, notInvestigator],
        },
        dispose: {
            zh: '作出处理决定',
            en: 'decide what becomes of it',
            clause: '处罚法56、85',
            from: ['held', 'heldUrgently', 'mustRelease'],
            to: 'disposed',
            by: 'handler',
            asks: ['outcome'],
            outcomes: ['returned', 'appraised', 'seized', 'confiscated', 'transferred'],
            documents: [{ types: ['evidenceDisposal'], level: 'issued' }],
            guards: [twoOfficers, notLapsed(table)],
        },
        regulariseLater: {
            zh: '解除后补办批准',
            en: 'approve afterwards what was lifted',
            clause: '处罚法56，比照强制法19',
            from: ['disposed'],
            by: 'agencyHead',
            documents: [{ types: ['preservationApproval'], level: 'made' }],
            guards: [headsAreTwo, notInvestigator, urgencyOpen],
        },
        refuseLater: {
            zh: '解除后认为不应当保存',
            en: 'refuse afterwards what was lifted',
            clause: '处罚法56，比照强制法19',
            from: ['disposed'],
            by: 'agencyHead',
            asks: ['reason'],
            guards: [headsAreTwo, notInvestigator, urgencyOpen],
        },
        close: {
            zh: '办结',
            en: 'close',
            clause: '处罚法56',
            from: ['disposed'],
            to: 'closed',
            by: 'reviewer',
            guards: [notInvestigator, urgencyAnswered],
        },
    },
    deadlines: [
        {
            key: 'deadline.coercionReport',
            kind: 'act',
            from: after('executeUrgently'),
            // Lifting it answers for nothing: the report to the head is still owed.
            until: after('regularise', 'refuseUrgent', 'regulariseLater', 'refuseLater'),
        },
        { key: 'deadline.evidencePreserve', kind: 'act', from: after('execute', 'executeUrgently'), until: after('dispose') },
    ],
};
