import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../kernel/instant.ts';
import type { DocumentType } from '../document-type.ts';
import { TEMPLATE_RULE_IDS } from '../drafting-rule-id.ts';
import type { DocumentContent, Template } from '../template.ts';
import { statedContent } from '../template.ts';
import { templateOf } from '../templates/catalogue.ts';
import { sampleContent } from '../templates/sample-content.ts';
import { checkContent, DRAFTING_RULES } from './check-content.ts';
import { DRAFTING_CODES, type DraftingCode } from './drafting-codes.ts';
import type { DraftingFacts } from './drafting-facts.ts';

const DAY = '2026-11-18';
const START = Date.UTC(2026, 10, 18, 1, 31);
const END = START + 76 * MINUTE;

const form = (type: DocumentType, day = DAY): Template => {
    const template = templateOf(type, day);
    if (template === undefined) throw new Error(type);
    return template;
};

const SIGNED = {
    refused: false,
    reason: '',
    partyAbsent: false,
    witness: false,
    reading: 'byParty',
    statement: '以上笔录属实',
    pages: 2,
    signedPages: 2,
} as const;
const REMEDY = '可以依法申请行政复议，也可以依法提起行政诉讼。';
const REVIEW_FIRST = '应当先依法申请行政复议；对复议决定不服的，可以依法提起行政诉讼。';

/** A document without a fault: what follows changes one thing in it. */
const FACTS: DraftingFacts = {
    stage: 'signed',
    day: DAY,
    agencies: ['上海市示例区卫生健康委员会'],
    party: { name: '上海示例口腔门诊部有限公司', naturalPerson: false },
    act: { start: START - 10 * MINUTE, end: END },
    validCertificates: ['310100001', '310100002'],
    investigators: ['p1', 'p2'],
    confirmedTexts: { 'remedy.ordinary': REMEDY, 'remedy.reviewFirst': REVIEW_FIRST },
    notice: { fine: 3000_00, defended: true },
    preservationUntil: { value: '2026-11-27', standing: 'verified' },
    seizureUntil: { value: '2026-12-18', standing: 'verified' },
    spotFineMost: { value: 3000_00, standing: 'verified' },
    service: { recorded: true, reason: null },
    signing: SIGNED,
};

const officer = (person: string, certificate: string, name = '王监督') => ({ person, name, certificate });

function sound(type: DocumentType): DocumentContent {
    const template = form(type);
    const content: Record<string, unknown> = { ...sampleContent(template) };
    const set = (key: string, value: unknown) => {
        if (key in content) content[key] = value;
    };
    set('officers', [officer('p1', '310100001'), officer('p2', '310100002', '陈执法')]);
    set('recorder', [officer('p2', '310100002', '陈执法')]);
    set('reviewer', [officer('p9', '', '赵审核')]);
    set('presider', [officer('p8', '', '钱主持')]);
    set('investigators', [officer('p1', '310100001')]);
    set('remedies', type === 'spotPenalty' ? REVIEW_FIRST : REMEDY);
    set('name', '李样本');
    set('until', '2026-12-17');
    set('to', '2026-11-25');
    set('agency', '上海市示例区卫生健康委员会');
    for (const field of ['breached', 'basis', 'citations']) set(field, [{ law: 'penalties2021', article: 56 }]);
    return content as DocumentContent;
}

const codes = (type: DocumentType, content: DocumentContent, facts: Partial<DraftingFacts> = {}, day = DAY) =>
    checkContent(form(type, day), content, { ...FACTS, ...facts }).map((each) => each.code);

/** What is to be found when a fact is not known. */
const without = (fact: keyof DraftingFacts): Partial<DraftingFacts> => ({ [fact]: undefined }) as Partial<DraftingFacts>;
const unverified = (fact: 'seizureUntil' | 'preservationUntil'): Partial<DraftingFacts> => ({
    [fact]: { value: FACTS[fact]?.value ?? '', standing: 'verify' },
});

type Example = readonly [code: DraftingCode, type: DocumentType, change: DocumentContent, facts?: Partial<DraftingFacts>];

/** One example at least for everything that can be found. */
const EXAMPLES: readonly Example[] = [
    ['required.missing', 'sceneRecord', { party: ' ' }],
    ['required.missing', 'sceneRecord', { officers: [] }],
    ['required.cell', 'itemList', { items: [{ name: '口罩', quantity: '' }] }],
    ['required.cell', 'inquiryRecord', { dialogue: [{ question: '你叫什么名字？', answer: '' }] }],
    ['unfilled.blank', 'sceneRecord', { phone: '' }],
    ['kinds.wrong', 'penaltyDecision', { day: '2026-02-30' }],
    ['kinds.wrong', 'sceneRecord', { place: '一\n二' }],
    ['kinds.wrong', 'spotPenalty', { penalty: 'exile' }],
    ['kinds.wrong', 'penaltyDecision', { fine: -1 }],
    ['kinds.wrong', 'penaltyDecision', { basis: [{ law: 'penalties2021' }] }],
    ['kinds.tooLong', 'sceneRecord', { place: '长'.repeat(201) }],
    ['kinds.cellTooLong', 'itemList', { items: [{ name: '长'.repeat(501), quantity: '1' }] }],
    ['kinds.cellTooLong', 'inquiryRecord', { dialogue: [{ question: '问', answer: '长'.repeat(5_001) }] }],
    ['kinds.unknownField', 'sceneRecord', { colour: '红' }],
    ['blanks.left', 'penaltyDecision', { remedies: `${REMEDY}期限____日` }],
    ['blanks.left', 'penaltyDecision', { facts: '经查XXX有违法行为' }],
    ['certificates.none', 'sceneRecord', { officers: [officer('p1', '310100001'), officer('p3', '', '周协管')] }],
    ['certificates.notValid', 'sceneRecord', { officers: [officer('p1', '310100001'), officer('p3', '310199999')] }],
    ['citations.unknownLaw', 'penaltyDecision', { basis: [{ law: 'nothing', article: 1 }] }],
    ['citations.noArticle', 'penaltyDecision', { basis: [{ law: 'penalties2021', article: 0 }] }],
    ['citations.notYet', 'penaltyDecision', { basis: [{ law: 'infectiousDiseases2025', article: 95 }] }, { day: '2025-08-31' }],
    ['citations.noLonger', 'penaltyDecision', { basis: [{ law: 'infectiousDiseases2013', article: 55 }] }],
    ['citations.unverified', 'penaltyDecision', { basis: [{ law: 'disinfection2017', article: 41 }] }],
    ['agencyName.unknown', 'sceneRecord', { agency: '示例区卫健委' }],
    ['numberBrackets.wrong', 'penaltyDecision', { evidence: '见沪示卫医罚[2026]12号' }],
    ['guessingWords.found', 'sceneRecord', { observations: '手机大概未灭菌。' }],
    ['guessingWords.found', 'inquiryRecord', { dialogue: [{ question: '估计是没有登记吧？', answer: '是。' }] }],
    ['endMark.textAfter', 'sceneRecord', { observations: '查见三支手机。以下空白。又查见一支。' }],
    ['trueRecord.missing', 'sceneRecord', {}, { signing: { ...SIGNED, statement: '看过' } }],
    ['sceneConclusion.found', 'sceneRecord', { observations: '该单位违反了消毒管理规定。' }],
    ['sceneConclusion.found', 'sceneRecord', { observations: '据反映该处夜间营业。' }],
    ['caseTitle.pattern', 'penaltyDecision', { caseTitle: '未消毒案' }],
    ['caseTitle.pattern', 'penaltyDecision', { caseTitle: '上海示例口腔门诊部有限公司未按规定消毒' }],
    ['twoOfficers.tooFew', 'sceneRecord', { officers: [officer('p1', '310100001'), officer('p1', '310100001')] }],
    ['times.missing', 'sceneRecord', { end: '' }],
    ['times.order', 'sceneRecord', { end: START }],
    ['times.notMinute', 'sceneRecord', { start: START + 1000 }],
    ['withinAct.outside', 'sceneRecord', { start: START - 24 * 60 * MINUTE }],
    ['withinAct.outside', 'sceneRecord', { end: END + MINUTE }],
    ['withinAct.before', 'sceneRecord', { start: START - MINUTE }, { act: { start: START, end: null } }],
    ['onePerson.several', 'inquiryRecord', { name: '李样本、王样本' }],
    ['recorderNotAlone.alone', 'inquiryRecord', { officers: [officer('p2', '310100002')] }],
    ['sealStrip.order', 'sealStrip', { sealedOn: '2026-11-18', until: '2026-11-17' }],
    ['refusal.noReason', 'sceneRecord', {}, { signing: { ...SIGNED, refused: true, statement: '' } }],
    ['refusal.noWitness', 'seizureDecision', {}, { signing: { ...SIGNED, partyAbsent: true } }],
    ['sixItems.missing', 'penaltyDecision', { remedies: '' }],
    ['fiveItems.missing', 'seizureDecision', { held: [] }],
    ['pages.unsigned', 'sceneRecord', {}, { signing: { ...SIGNED, signedPages: 1 } }],
    ['remedies.incomplete', 'penaltyDecision', { remedies: '可以提起诉讼。' }],
    ['remedies.threeMonths', 'penaltyDecision', { remedies: `${REMEDY}自收到之日起三个月内。` }],
    ['remedies.notConfirmed', 'penaltyDecision', { remedies: `${REMEDY}。` }],
    ['reviewFirst.missing', 'spotPenalty', { remedies: REMEDY }],
    ['notHeavier.fine', 'penaltyDecision', { fine: 3000_01 }],
    ['otherReviewer.same', 'defenceReview', { reviewer: [officer('p1', '310100001')] }],
    ['otherReviewer.same', 'legalReviewOpinion', { reviewer: [officer('p7', '', '孙审核')] }, { investigators: ['p7'] }],
    ['otherPresider.same', 'hearingRecord', { presider: [officer('p1', '310100001')] }],
    ['seizureTerm.tooLong', 'seizureDecision', { from: '2026-11-18', to: '2026-12-19' }],
    ['seizureTerm.order', 'seizureDecision', { from: '2026-11-18', to: '2026-11-17' }],
    ['preservationTerm.tooLong', 'evidencePreserve', { to: '2026-11-28' }],
    ['preservationTerm.order', 'evidencePreserve', { from: '2026-11-18', to: '2026-11-17' }],
    ['spotFine.tooHigh', 'spotPenalty', { fine: 3000_01 }],
    ['spotFine.tooHigh', 'spotPenalty', { fine: 200_01 }, { spotFineMost: { value: 200_00, standing: 'verified' } }],
    ['spotFine.unverified', 'spotPenalty', { fine: 200_01 }, { spotFineMost: { value: 200_00, standing: 'verify' } }],
    ['spotFine.unjudged', 'spotPenalty', { fine: 1 }, without('spotFineMost')],
    ['spotFine.sumMissing', 'spotPenalty', { penalty: 'fine', fine: 0 }],
    ['leftService.noReason', 'serviceReceipt', { mode: 'lien', refusal: '' }],
    ['leftService.noProof', 'serviceReceipt', { mode: 'lien', witness: '' }, { service: { recorded: false, reason: '无设备' } }],
    ['leftService.notRecorded', 'serviceReceipt', { mode: 'lien' }, { service: { recorded: false, reason: null } }],
    ['leftService.notRecorded', 'serviceReceipt', { mode: 'publicNotice' }, { service: { recorded: false, reason: ' ' } }],
    ['leftService.unjudged', 'serviceReceipt', { mode: 'publicNotice' }, { service: { recorded: null, reason: null } }],
    ['leftService.unjudged', 'serviceReceipt', { mode: 'lien' }, without('service')],
    ['certificates.unjudged', 'sceneRecord', {}, without('validCertificates')],
    ['agencyName.unjudged', 'sceneRecord', {}, without('agencies')],
    ['trueRecord.unjudged', 'sceneRecord', {}, { signing: { ...SIGNED, statement: null } }],
    ['trueRecord.unjudged', 'sceneRecord', {}, without('signing')],
    ['trueRecord.readingUnknown', 'sceneRecord', {}, { signing: { ...SIGNED, reading: null } }],
    ['withinAct.unjudged', 'sceneRecord', {}, without('act')],
    ['refusal.unjudged', 'sceneRecord', {}, without('signing')],
    ['pages.unjudged', 'sceneRecord', {}, { signing: { ...SIGNED, pages: null } }],
    ['pages.unjudged', 'sceneRecord', {}, without('signing')],
    ['notHeavier.unjudged', 'penaltyDecision', { fine: 1 }, without('notice')],
    ['notHeavier.unjudged', 'penaltyDecision', { fine: 1 }, { notice: { fine: null, defended: true } }],
    ['otherReviewer.unjudged', 'defenceReview', {}, without('investigators')],
    ['otherPresider.unjudged', 'hearingRecord', {}, without('investigators')],
    ['seizureTerm.unverified', 'seizureDecision', { from: '2026-11-18', to: '2026-12-19' }, unverified('seizureUntil')],
    ['seizureTerm.unjudged', 'seizureDecision', { from: '2026-11-18', to: '2026-11-20' }, without('seizureUntil')],
    ['preservationTerm.unverified', 'evidencePreserve', { to: '2026-11-28' }, unverified('preservationUntil')],
    ['preservationTerm.unjudged', 'evidencePreserve', {}, without('preservationUntil')],
];

describe('rules of drafting', () => {
    it('every finding has an example, every rule a check', () => {
        expect([...new Set(EXAMPLES.map(([code]) => code))].sort()).toEqual(Object.keys(DRAFTING_CODES).sort());
        expect(Object.keys(DRAFTING_RULES).sort()).toEqual([...TEMPLATE_RULE_IDS].sort());
    });

    it.each(EXAMPLES.map(([code, type, change, facts]) => ({ code, type, change, facts })))('$code in $type', (example) => {
        const { code, type, change, facts } = example;
        expect(codes(type, sound(type))).not.toContain(code);
        expect(codes(type, { ...sound(type), ...change }, facts)).toContain(code);
    });

    it('finds no fault in documents that keep all rules', () => {
        for (const type of [
            'sceneRecord',
            'inquiryRecord',
            'penaltyDecision',
            'seizureDecision',
            'spotPenalty',
            'itemList',
        ] as const)
            expect(codes(type, sound(type)), type).toEqual([]);
    });
});

it('a quotation and an answer keep their own words', () => {
    expect(codes('sceneRecord', { ...sound('sceneRecord'), observations: '李样本称“大概是昨天用的”。' })).toEqual([]);
    const dialogue = [{ question: '何时使用？', answer: '好像是昨天，应该是昨天。' }];
    expect(codes('inquiryRecord', { ...sound('inquiryRecord'), dialogue })).toEqual([]);
});

it('a refusal with its reason needs no statement and no signed pages', () => {
    const signing = { ...SIGNED, refused: true, reason: '不认可检查结果', reading: null, statement: null, signedPages: 0 };
    expect(codes('sceneRecord', sound('sceneRecord'), { signing })).toEqual([]);
});

it('what nobody could judge has not passed: it asks for a look, and stops nothing', () => {
    const facts: DraftingFacts = { stage: 'draft', day: DAY };
    const found = checkContent(form('sceneRecord'), { ...sound('sceneRecord'), phone: '' }, facts);
    expect([...new Set(found.map((each) => each.code))]).toEqual([
        'certificates.unjudged',
        'agencyName.unjudged',
        'withinAct.unjudged',
    ]);
    expect(found.every((each) => each.level === 'notice')).toBe(true);
});

it('an absent party signs no pages and writes nothing under a record', () => {
    const signing = { ...SIGNED, partyAbsent: true, witness: true, reading: null, statement: null, signedPages: 0 };
    expect(codes('sceneRecord', sound('sceneRecord'), { signing })).toEqual([]);
});

it('the form of a spot penalty follows its day', () => {
    expect(form('spotPenalty', '2023-12-31').version).toBe(1);
    expect(form('spotPenalty', '2024-01-01').version).toBe(2);
    const old = { ...sound('spotPenalty'), remedies: REMEDY };
    expect(codes('spotPenalty', old, { day: '2023-12-31' }, '2023-12-31')).not.toContain('reviewFirst.missing');
});

it('start and end are those the document states, whatever its content says', () => {
    const content = statedContent(form('sceneRecord'), { start: 1, end: 2, place: 'x' }, { startedAt: START, endedAt: null });
    expect(content).toEqual({ place: 'x', start: START });
    expect(statedContent(form('supervisionOpinion'), {}, { startedAt: START, endedAt: END })).toEqual({});
});

describe('what is just inside a rule is no fault', () => {
    it.each<[string, DocumentType, DocumentContent, Partial<DraftingFacts>, string]>([
        ['a strip for one day', 'sealStrip', { sealedOn: '2026-11-18', until: '2026-11-18' }, {}, 'sealStrip.order'],
        ['a seizure of one day', 'seizureDecision', { from: '2026-11-18', to: '2026-11-18' }, {}, 'seizureTerm.order'],
        ['a seizure to its last day', 'seizureDecision', { from: '2026-11-18', to: '2026-12-18' }, {}, 'seizureTerm.tooLong'],
        ['evidence kept one day', 'evidencePreserve', { from: '2026-11-18', to: '2026-11-18' }, {}, 'preservationTerm.order'],
        ['evidence kept to its last day', 'evidencePreserve', { to: '2026-11-27' }, {}, 'preservationTerm.tooLong'],
        ['a warning without a sum', 'spotPenalty', { penalty: 'warning', fine: 0 }, {}, 'spotFine.sumMissing'],
        ['a spot fine with its sum', 'spotPenalty', { penalty: 'fine', fine: 1 }, {}, 'spotFine.sumMissing'],
        ['the highest spot fine', 'spotPenalty', { fine: 3000_00 }, {}, 'spotFine.tooHigh'],
        ['as much as the notice said', 'penaltyDecision', { fine: 3000_00 }, {}, 'notHeavier.fine'],
        [
            'more than the notice said, where nobody defended',
            'penaltyDecision',
            { fine: 3000_01 },
            { notice: { fine: 3000_00, defended: false } },
            'notHeavier.fine',
        ],
        [
            'a public notice, which nobody refuses',
            'serviceReceipt',
            { mode: 'publicNotice', refusal: '' },
            { service: { recorded: true, reason: null } },
            'leftService.noReason',
        ],
        [
            'a record that begins with its act',
            'sceneRecord',
            { start: START },
            { act: { start: START, end: END } },
            'withinAct.outside',
        ],
    ])('%s', (_, type, change, facts, code) => {
        expect(codes(type, { ...sound(type), ...change }, facts)).not.toContain(code);
    });

    it('a record outside its act is marked where it leaves it', () => {
        const fieldOf = (change: DocumentContent) =>
            checkContent(
                form('sceneRecord'),
                { ...sound('sceneRecord'), ...change },
                { ...FACTS, act: { start: START, end: END } },
            )
                .filter((each) => each.code === 'withinAct.outside')
                .map((each) => each.field);
        expect([fieldOf({ start: START - MINUTE }), fieldOf({ end: END + MINUTE })]).toEqual([['start'], ['end']]);
    });
});
