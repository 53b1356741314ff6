import type { CaseFacts, Procedure, StepData } from '../case.ts';
import { after, lastStep, said } from '../case-facts.ts';
import { extendedOnce, headsAreTwo, notInvestigator, papersAfter, twoOfficers, urgencyAnswered, urgencyOpen } from '../guards.ts';
import { stillRuns } from '../guards-terms.ts';

const table = (): Procedure => COERCION;
const isControl = (facts: CaseFacts, data: StepData): boolean => (data.measure ?? said(facts, 'measure')) === 'control';
const isSeizure = (facts: CaseFacts, data: StepData): boolean => !isControl(facts, data);
const carried = (measure: 'seizure' | 'control') => (facts: CaseFacts) =>
    (said(facts, 'measure') ?? 'seizure') === measure ? lastStep(facts, 'execute', 'executeUrgently')?.at : undefined;

/** What is signed and handed over on the spot (强制法 18, 24; 附件1 第11条). */
const ON_SCENE = [
    { types: ['seizureDecision'], level: 'issued', when: isSeizure },
    { types: ['itemList'], level: 'issued', when: isSeizure },
    { types: ['controlDecision'], level: 'issued', when: isControl },
    { types: ['sceneRecord'], level: 'issued' },
] as const;

/** 行政强制措施: 查封扣押, 卫生行政控制 (强制法 第17–28条). */
export const COERCION: Procedure = {
    zh: '行政强制措施',
    en: 'Coercive measure',
    letter: 'QZ',
    initial: 'proposed',
    serves: ['penalty', 'simplePenalty', 'licence', 'complaint'],
    states: {
        proposed: { zh: '待批准', en: 'to be approved' },
        approved: { zh: '已批准', en: 'approved' },
        heldUrgently: { zh: '紧急实施，待补办批准', en: 'carried out urgently, approval to follow' },
        held: { zh: '查封、扣押或控制中', en: 'in force' },
        mustRelease: { zh: '补办未获批准，应立即解除', en: 'approval refused: to be lifted at once' },
        disposed: { zh: '已作处理决定', en: 'disposed of' },
        released: { zh: '已解除', en: 'lifted' },
        closed: { zh: '已办结', en: 'closed', ended: true },
        refused: { zh: '未获批准', en: 'not approved', ended: true },
    },
    steps: {
        approve: {
            zh: '批准实施',
            en: 'approve',
            clause: '强制法18(1)',
            from: ['proposed'],
            to: 'approved',
            by: 'agencyHead',
            documents: [{ types: ['coercionApproval'], level: 'made' }],
            guards: [headsAreTwo, notInvestigator],
        },
        refuse: {
            zh: '不予批准',
            en: 'refuse',
            clause: '强制法18(1)',
            from: ['proposed', 'approved'],
            to: 'refused',
            by: 'agencyHead',
            asks: ['reason'],
            guards: [headsAreTwo, notInvestigator],
        },
        execute: {
            zh: '实施',
            en: 'carry out',
            clause: '强制法18、24',
            from: ['approved'],
            to: 'held',
            by: 'handler',
            asks: ['measure'],
            documents: ON_SCENE,
            guards: [twoOfficers, papersAfter('approve')],
        },
        executeUrgently: {
            zh: '紧急实施',
            en: 'carry out urgently',
            clause: '强制法19',
            from: ['proposed'],
            to: 'heldUrgently',
            by: 'handler',
            asks: ['measure', 'reason'],
            documents: ON_SCENE,
            guards: [twoOfficers],
        },
        regularise: {
            zh: '补办批准',
            en: 'approve afterwards',
            clause: '强制法19',
            from: ['heldUrgently'],
            to: 'held',
            by: 'agencyHead',
            documents: [{ types: ['coercionApproval'], level: 'made' }],
            guards: [headsAreTwo, notInvestigator],
        },
        refuseUrgent: {
            zh: '认为不应当采取，责令立即解除',
            en: 'refuse: lift it at once',
            clause: '强制法19',
            from: ['heldUrgently'],
            to: 'mustRelease',
            by: 'agencyHead',
            asks: ['reason'],
            guards: [headsAreTwo, notInvestigator],
        },
        extend: {
            zh: '延长期限',
            en: 'prolong',
            clause: '强制法25',
            from: ['held'],
            by: 'agencyHead',
            asks: ['reason'],
            documents: [{ types: ['seizureExtension'], level: 'issued' }],
            guards: [headsAreTwo, notInvestigator, extendedOnce, stillRuns(table, 'deadline.seizure')],
        },
        dispose: {
            zh: '作出处理决定',
            en: 'decide what becomes of it',
            clause: '强制法27',
            from: ['held'],
            to: 'disposed',
            by: 'agencyHead',
            asks: ['outcome'],
            outcomes: ['confiscated', 'destroyed', 'transferred'],
            documents: [{ types: ['seizureDisposal', 'controlRelease'], level: 'issued' }],
            guards: [headsAreTwo, notInvestigator, stillRuns(table, 'deadline.seizure', 'deadline.control')],
        },
        release: {
            zh: '解除',
            en: 'lift',
            clause: '强制法19、28',
            from: ['held', 'heldUrgently', 'mustRelease'],
            to: 'released',
            by: 'handler',
            asks: ['reason'],
            documents: [
                { types: ['seizureDisposal'], level: 'issued', when: isSeizure },
                { types: ['controlRelease'], level: 'issued', when: isControl },
            ],
            guards: [twoOfficers],
        },
        regulariseLater: {
            zh: '解除后补办批准',
            en: 'approve afterwards what was lifted',
            clause: '强制法19',
            from: ['released'],
            by: 'agencyHead',
            documents: [{ types: ['coercionApproval'], level: 'made' }],
            guards: [headsAreTwo, notInvestigator, urgencyOpen],
        },
        refuseLater: {
            zh: '解除后认为不应当采取',
            en: 'refuse afterwards what was lifted',
            clause: '强制法19',
            from: ['released'],
            by: 'agencyHead',
            asks: ['reason'],
            guards: [headsAreTwo, notInvestigator, urgencyOpen],
        },
        close: {
            zh: '办结',
            en: 'close',
            clause: '强制法27、28',
            from: ['disposed', 'released'],
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
        {
            key: 'deadline.seizure',
            kind: 'act',
            from: carried('seizure'),
            until: after('dispose', 'release'),
            excludable: true,
            extension: { key: 'deadline.seizureExtension', step: 'extend' },
        },
        { key: 'deadline.control', kind: 'act', from: carried('control'), until: after('dispose', 'release'), excludable: true },
    ],
};
