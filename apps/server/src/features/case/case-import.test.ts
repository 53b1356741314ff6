import type { BodyOf, Endpoints } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPerson } from '../../testing/builders.ts';
import {
    addOrganisation,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { caseHandlers } from './case.routes.ts';

const handlersOf = (of: FeatureSystem) => ({
    ...caseHandlers(of.services),
    ...partyHandlers(of.services),
    ...parameterHandlers(of.services),
});
let system: FeatureSystem;
let pudong: TestOrganisation;
let zhang: Id;
let li: Id;
let party: Id;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    zhang = (await buildPerson(system.services, pudong, { name: '张明', kind: 'officer', roles: ['officer'] })).id;
    li = (await buildPerson(system.services, pudong, { name: '李岚', kind: 'officer', roles: ['officer'] })).id;
    call = caller(system, handlersOf(system));
    party = (await call('party.create', pudong, { body: { name: '云汀口腔门诊部', kind: 'naturalPerson' } })).id;
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const HEAD =
    '案件编号,办案程序,案由,当事人,承办人,登记日期,罚款金额,当前状态,立案日期,立案文号,调查终结,合议,告知,告知文书日期,决定,决定文号,送达,天气';
const GOOD = (number: string) =>
    `${number},普通程序,云汀口腔未按规定消毒案,云汀口腔门诊部,张明、李岚,2026-03-02,"5,000元",,2026-03-02,沪卫立〔2026〕1号,2026-04-01 调查报告,2026-04-02 合议记录,2026-04-03,2026-04-03,2026-04-20,沪卫罚〔2026〕9号,2026-04-21 回执,晴`;
const OUT_OF_ORDER =
    '乙-2,普通程序,云汀口腔未公示案,云汀口腔门诊部,张明、李岚,2026-03-02,,已送达，待履行,2026-03-02,沪卫立〔2026〕2号,,,,,2026-04-20,,,'.replace(
        '已送达，待履行',
        '"已送达，待履行"',
    );
const FAULTY = '乙-3,普通程序,某案,没有这家,王五,2026-02-30,,,,,,,,,,,,';
const list = (...rows: string[]) => ({
    fileName: '案件清单.csv',
    content: Buffer.from(`\u{feff}${[HEAD, ...rows].join('\n')}`).toString('base64'),
    from: '旧办案系统',
});
const DAY = (text: string) => Date.parse(`${text}T00:00:00+08:00`);

describe('a list of cases from another system', () => {
    it('is taken through the procedure before anything comes in', async () => {
        const { rows, others } = await call('case.importPreview', pudong, {
            body: list(GOOD('乙-1'), OUT_OF_ORDER, FAULTY, GOOD('乙-1')),
        });
        expect(others).toEqual(['天气']);
        expect(rows.map((row) => [row.state, row.statedState, row.faults.map((each) => each.code)])).toEqual([
            ['served', null, []],
            ['decided', 'served', []],
            [null, null, ['dayWrong', 'openedMissing', 'partyUnknown', 'handlerUnknown']],
            ['served', null, ['numberTwice']],
        ]);
        expect(rows[0]?.steps.flatMap((step) => step.refusals)).toEqual([]);
        expect(rows[1]?.steps.map((step) => [step.step, step.refusals.map((each) => each.code)])).toEqual([
            ['file', []],
            ['decide', ['case.wrongState']],
        ]);
        expect(rows[1]?.refusals).toMatchObject([{ code: 'case.importStateDiffers', params: { state: 'decided' } }]);
        expect((await call('case.list', pudong, { query: {} })).total).toBe(0);
    });

    it('arrives where it stands: steps with their mark and paper, terms from their days', async () => {
        const { items } = await call('case.importMany', pudong, { body: { ...list(GOOD('乙-1')), places: [1] } });
        const found = await call('case.get', pudong, { params: { id: items[0]?.id ?? '' } });
        expect(found).toMatchObject({
            state: 'served',
            source: 'imported',
            imported: { from: '旧办案系统', number: '乙-1' },
            openedAt: DAY('2026-03-02'),
            endedAt: null,
            party: { id: party },
            handlers: [{ name: '张明' }, { name: '李岚' }],
        });
        expect(found.steps.map(({ step, at, origin, paper }) => [step, at, origin, paper])).toEqual([
            ['file', DAY('2026-03-02'), 'imported', { number: '沪卫立〔2026〕1号', date: null }],
            ['investigate', DAY('2026-04-01'), 'imported', { number: '调查报告', date: null }],
            ['deliberate', DAY('2026-04-02'), 'imported', { number: '合议记录', date: null }],
            ['notify', DAY('2026-04-03'), 'imported', { number: null, date: '2026-04-03' }],
            ['decide', DAY('2026-04-20'), 'imported', { number: '沪卫罚〔2026〕9号', date: null }],
            ['serve', DAY('2026-04-21'), 'imported', { number: '回执', date: null }],
        ]);
        expect(found.steps.find(({ step }) => step === 'deliberate')?.unstated).toEqual([
            'people',
            'grave',
            'hearingDue',
            'legalReviewDue',
        ]);
        const term = (key: string) => found.countdowns.find((each) => each.key === key);
        expect(term('deadline.finePayment')).toMatchObject({ from: DAY('2026-04-21'), lastDay: '2026-05-06' });
        expect(term('deadline.penaltyDecision')).toMatchObject({
            from: DAY('2026-03-02'),
            metAt: DAY('2026-04-20'),
            state: 'met',
        });
        expect(found.papers.filter((each) => each.taken).every((each) => each.standing === 'elsewhere')).toBe(true);
        expect((await call('case.list', pudong, { query: { q: '乙-1' } })).total).toBe(1);
    });

    it('goes on here by the same procedure, and comes once only', async () => {
        const [found] = (await call('case.list', pudong, { query: { q: '乙-1' } })).items;
        const { version } = await call('case.get', pudong, { params: { id: found?.id ?? '' } });
        const body = { version, step: 'perform', at: DAY('2026-04-30'), data: {} };
        await call('case.step', { ...pudong, actor: zhang }, { params: { id: found?.id ?? '' }, body });
        const after = await call('case.get', pudong, { params: { id: found?.id ?? '' } });
        expect(after.steps.at(-1)).toMatchObject({ step: 'perform', origin: null, paper: null, unstated: [] });
        const again = await call('case.importPreview', pudong, { body: list(GOOD('乙-1')) });
        expect(again.rows[0]?.known).toMatchObject({ id: found?.id });
        await expect(call('case.importMany', pudong, { body: { ...list(GOOD('乙-1')), places: [1] } })).rejects.toMatchObject({
            code: 'case.importRowFaulty',
            params: { place: 1 },
        });
    });

    it('what the procedure does not allow comes in as stated, with a reason, or not at all', async () => {
        const body = { ...list(GOOD('乙-4'), OUT_OF_ORDER), places: [1, 2] };
        await expect(call('case.importMany', pudong, { body })).rejects.toMatchObject({
            code: 'case.importStepRefused',
            params: { place: 2, steps: 'decide, stated' },
        });
        expect((await call('case.list', pudong, { query: { q: '乙-4' } })).total).toBe(0);
        const reason = '旧系统未登记合议和告知日期，卷宗已核';
        const { items } = await call('case.importMany', pudong, { body: { ...body, stated: [{ place: 2, reason }] } });
        const found = await call('case.get', pudong, { params: { id: items[1]?.id ?? '' } });
        expect(found.state).toBe('served');
        expect(found.steps.map(({ step, origin, to, data }) => [step, origin, to, data.reason])).toEqual([
            ['file', 'imported', 'filed', undefined],
            ['decide', 'stated', 'decided', undefined],
            ['stated', 'stated', 'served', reason],
        ]);
    });

    it.each([
        ['案由,天气\nx,y', 'case.listNoColumns'],
        ['案件编号,案由', 'table.empty'],
        [`案件编号,案由\n${Array.from({ length: 501 }, (_, at) => `${at},x`).join('\n')}`, 'table.tooManyRows'],
    ])('%#: a list that cannot be read is refused clearly', async (text, code) => {
        const body = { ...list(), content: Buffer.from(`\u{feff}${text}`).toString('base64') };
        await expect(call('case.importPreview', pudong, { body })).rejects.toMatchObject({ code });
    });

    it('is read in GB18030, as Chinese spreadsheets save it', async () => {
        const { execFileSync } = await import('node:child_process');
        const bytes = execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: [HEAD, GOOD('乙-9')].join('\n') });
        const { rows } = await call('case.importPreview', pudong, { body: { ...list(), content: bytes.toString('base64') } });
        expect(rows[0]).toMatchObject({ externalNumber: '乙-9', state: 'served', faults: [] });
    });
});

describe('one case from a program', () => {
    type Body = BodyOf<Endpoints['case.import']>;
    const body = (more: Partial<Body> = {}): Body => ({
        from: '市平台',
        externalNumber: 'P-1',
        procedure: 'simplePenalty',
        title: '当场处罚案',
        openedAt: DAY('2026-05-04'),
        handlerIds: [zhang, li],
        steps: [
            { step: 'tell', at: DAY('2026-05-04') + 1, hasTime: true, data: {} },
            {
                step: 'decide',
                at: DAY('2026-05-04') + 2,
                hasTime: true,
                data: { fine: 10_000 },
                paper: { number: '2026-12', date: null },
            },
        ],
        ...more,
    });
    it('comes in with its steps', async () => {
        const { id } = await call('case.import', pudong, { body: body() });
        expect(await call('case.get', pudong, { params: { id } })).toMatchObject({
            state: 'decided',
            imported: { from: '市平台', number: 'P-1' },
        });
    });
    it.each([
        [{ externalNumber: 'P-1' }, 'case.importRowFaulty'],
        [{ procedure: 'hearing' as const, steps: [] }, 'case.parentMissing'],
        [{ openedAt: 4_000_000_000_000 }, 'case.dateInFuture'],
        [{ breachAt: DAY('2026-06-01') }, 'case.breachAfterOpening'],
        [{ steps: [{ step: 'decide', at: DAY('2026-05-04'), hasTime: true, data: { fine: 1 } }] }, 'case.importStepRefused'],
        [{ state: 'closed' }, 'case.importStepRefused'],
    ])('%o is refused as %s', async (more, code) => {
        await expect(call('case.import', pudong, { body: body({ externalNumber: 'P-2', ...more }) })).rejects.toMatchObject({
            code,
        });
    });
});
