import { describe, expect, it } from 'vitest';
import { countdownFor } from './case-deadlines.ts';
import { replay, type ToldStep } from './case-import.ts';
import { CASE_COLUMNS, type CaseRowRead, readCaseRow, readCaseTable } from './case-import-row.ts';
import { stepPapers } from './case-papers.ts';
import { at, facts } from './case-testing.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';

const HEAD = [
    '案件编号',
    '办案程序',
    '案由',
    '承办人',
    '登记日期',
    '罚款金额',
    '立案日期',
    '立案文号',
    '调查终结',
    '合议',
    '告知',
    '告知文书日期',
    '决定',
    '决定文号',
    '送达',
    '结案',
];
const USUAL = [
    'A-1',
    '普通程序',
    '某诊所案',
    '张明、李岚',
    '2026-03-02',
    '5,000元',
    '2026-03-02',
    '沪卫立〔2026〕1号',
    '2026-04-01',
    '2026-04-02',
    '2026-04-03',
    '2026-04-03',
    '2026-04-20',
    '沪卫罚〔2026〕9号',
    '2026-04-21',
    '',
];
const row = (more: Readonly<Record<string, string>> = {}): CaseRowRead => {
    const cells = HEAD.map((heading, place) => more[heading] ?? USUAL[place] ?? '');
    const table = readCaseTable([
        [...HEAD, ...Object.keys(more).filter((each) => !HEAD.includes(each))],
        [
            ...cells,
            ...Object.keys(more)
                .filter((each) => !HEAD.includes(each))
                .map((each) => more[each] ?? ''),
        ],
    ]);
    return readCaseRow(table?.rows[0] ?? { fields: {}, steps: [] });
};
const start = (read: CaseRowRead) => facts({ procedure: read.procedure ?? 'penalty', openedAt: read.openedAt ?? 0 });
const papers = { 调查终结: '2026-04-01 调查报告', 合议: '2026-04-02 合议记录' };
const told = (more: Readonly<Record<string, string>> = {}) => row({ ...papers, ...more });
const refusals = (read: CaseRowRead) =>
    replay(start(read), read.steps).steps.flatMap((each) => each.refusals.map(({ code }) => `${each.step} ${code}`));

describe('a row of a list of cases', () => {
    it('is read by its headings; steps in the order of their days, whatever that of the columns', () => {
        const read = row();
        expect(read).toMatchObject({
            number: 'A-1',
            procedure: 'penalty',
            handlers: ['张明', '李岚'],
            openedAt: at('2026-03-02 00:00'),
            faults: [],
        });
        expect(read.steps.map(({ step, paper }) => [step, paper])).toEqual([
            ['file', { number: '沪卫立〔2026〕1号', date: null }],
            ['investigate', null],
            ['deliberate', null],
            ['notify', { number: null, date: '2026-04-03' }],
            ['decide', { number: '沪卫罚〔2026〕9号', date: null }],
            ['serve', null],
        ]);
        expect(read.steps.find(({ step }) => step === 'decide')?.data).toEqual({ fine: 500_000 });
    });

    it('takes days with their hour, with a number behind, and as spreadsheets number them', () => {
        const read = row({
            立案日期: '2026年3月2日 09:31',
            立案文号: '',
            告知: '46115',
            决定: '2026/4/20 沪卫罚〔2026〕9号',
            决定文号: '',
        });
        expect(read.steps[0]).toMatchObject({ at: at('2026-03-02 09:31'), hasTime: true, paper: null });
        expect(read.steps.find(({ step }) => step === 'notify')?.at).toBe(at('2026-04-03 00:00'));
        expect(read.steps.find(({ step }) => step === 'decide')?.paper).toEqual({ number: '沪卫罚〔2026〕9号', date: null });
    });

    it.each([
        [{ 案件编号: '' }, 'numberMissing', ''],
        [{ 办案程序: '' }, 'procedureMissing', ''],
        [{ 办案程序: '特别程序' }, 'procedureUnknown', '特别程序'],
        [{ 案由: '' }, 'titleMissing', ''],
        [{ 登记日期: '' }, 'openedMissing', ''],
        [{ 登记日期: '2026-13-02' }, 'dayWrong', '登记日期：2026-13-02'],
        [{ 立案日期: '三月' }, 'dayWrong', '立案日期：三月'],
        [{ 立案日期: '2026-03-02 25:00' }, 'dayWrong', '立案日期：2026-03-02 25:00'],
        [{ 告知文书日期: '昨天' }, 'dayWrong', '告知文书日期：昨天'],
        [{ 承办人: '' }, 'handlersMissing', ''],
        [{ 罚款金额: '五千' }, 'fineWrong', '五千'],
        [{ 统一社会信用代码: '91310000MA1FL0XX00' }, 'creditCodeWrong', '91310000MA1FL0XX00'],
        [{ 当前状态: '飞' }, 'stateUnknown', '飞'],
        [{ 违法行为日期: '2026-03-05' }, 'breachAfterOpening', ''],
        [{ 案由: '案'.repeat(201) }, 'tooLong', CASE_COLUMNS.title[0]],
        [{ 办案程序: '简易程序', 立案日期: '2026-03-02' }, 'stepUnknown', '立案日期'],
    ])('%o says %s', (more, code, value) => {
        expect(row(more as Record<string, string>).faults).toContainEqual({ code, value });
    });

    it('names the state by a part of its name that only one has', () => {
        expect(row({ 当前状态: '已立案' }).state).toBe('filed');
        expect(row({ 当前状态: '已送达，待履行' }).state).toBe('served');
    });

    it('is no list of cases without number and title; columns that nobody knows are named', () => {
        expect(
            readCaseTable([
                ['案由', '立案'],
                ['x', 'y'],
            ]),
        ).toBeUndefined();
        expect(readCaseTable([['案号', '案由', '天气', '立案日期'], []])?.others).toEqual(['天气']);
    });

    it('受理 is a step of a licence and the beginning of a penalty', () => {
        const read = (procedure: string) => {
            const table = readCaseTable([
                ['案号', '案由', '程序', '承办人', '受理日期'],
                ['1', 'x', procedure, '张明', '2026-03-02'],
            ]);
            return readCaseRow(table?.rows[0] ?? { fields: {}, steps: [] });
        };
        expect(read('行政许可')).toMatchObject({ openedAt: at('2026-03-02 00:00'), steps: [{ step: 'accept' }], faults: [] });
        expect(read('普通程序')).toMatchObject({ openedAt: at('2026-03-02 00:00'), steps: [], faults: [] });
    });
});

describe('the replay of an imported case', () => {
    it('arrives where the case stands; what was not said is named, never guessed', () => {
        const read = told({ 送达: '2026-04-21 回执' });
        const { state, steps } = replay(start(read), read.steps);
        expect([state, steps.flatMap((each) => each.refusals)]).toEqual(['served', []]);
        expect(steps.map(({ step, unstated }) => [step, unstated]).filter(([, of]) => of?.length !== 0)).toEqual([
            ['deliberate', ['people', 'grave', 'hearingDue', 'legalReviewDue']],
            ['notify', ['proposedFine']],
        ]);
        expect(steps.every(({ record }) => record.actor === null && record.imported?.checked === true)).toBe(true);
    });

    it.each([
        ['a step without its paper', { 立案文号: '' }, ['file case.importPaperMissing']],
        ['a step that was left out', { 合议: '' }, ['notify case.wrongState']],
        ['a decision before the notice', { 决定: '2026-04-02' }, 'decide'],
        ['a step before the opening', { 登记日期: '2026-03-10' }, ['file case.dateBeforeOpening']],
        ['a paper dated after its step', { 告知文书日期: '2026-04-08' }, ['notify case.documentLater']],
        [
            'a decision inside the time for a defence',
            { 告知: '2026-04-17', 告知文书日期: '2026-04-17' },
            ['decide case.defenceTermRuns'],
        ],
        ['a step in the future', { 送达: '2027-04-21 回执' }, ['serve case.dateInFuture']],
    ])('says %s', (_, more, expected) => {
        const found = refusals(told({ 送达: '2026-04-21 回执', ...more }));
        if (typeof expected === 'string') expect(found.some((each) => each.startsWith(expected))).toBe(true);
        else for (const each of expected) expect(found).toContain(each);
        expect(found.length).toBeGreaterThan(0);
    });

    it('one officer alone is said, as in a case of our own', () => {
        const read = told();
        const alone = replay({ ...start(read), handlers: ['officer-1'] }, read.steps);
        expect(alone.steps[0]?.refusals.map(({ code }) => code)).toEqual(['case.needsTwoOfficers']);
    });

    it('an urgent measure needs its hour: of a day nobody can say whether 24 hours were kept', () => {
        const urgent = (when: Partial<ToldStep>): ToldStep => ({
            step: 'executeUrgently',
            at: at('2026-09-01 20:00'),
            hasTime: true,
            paper: { number: '1', date: null },
            data: {},
            ...when,
        });
        const of = (step: ToldStep) =>
            replay(facts({ procedure: 'coercion' }), [step]).steps[0]?.refusals.map(({ code }) => code);
        expect(of(urgent({}))).toEqual([]);
        expect(of(urgent({ hasTime: false }))).toEqual(['case.importTimeMissing']);
    });

    it('counts terms from the imported days, and the papers of its steps stand elsewhere', () => {
        const read = told({ 送达: '2026-04-21 回执' });
        const { state, steps } = replay(start(read), read.steps);
        const there = { ...start(read), state, steps: steps.map(({ record }) => record), now: at('2026-04-22 09:00') };
        expect(countdownFor(PROCEDURE_TABLES.penalty, there, 'deadline.finePayment')).toMatchObject({
            from: at('2026-04-21 00:00'),
            end: { lastDay: '2026-05-06' },
        });
        expect(countdownFor(PROCEDURE_TABLES.penalty, there, 'deadline.penaltyService')).toMatchObject({
            metAt: at('2026-04-21 00:00'),
            state: 'met',
        });
        expect(
            stepPapers(there)
                .filter(({ taken }) => taken)
                .map(({ standing }) => standing),
        ).toEqual(expect.arrayContaining(['elsewhere']));
        expect(stepPapers(there).filter(({ taken, standing }) => taken && standing !== 'elsewhere')).toEqual([]);
    });
});
