import { type Day, isDay, startOfDay } from '../kernel/day.ts';
import type { Instant } from '../kernel/instant.ts';
import { creditCodeFault, normaliseCreditCode } from '../party/credit-code.ts';
import { importDay } from '../party/import-row.ts';
import { PROCEDURES, type ProcedureId, type StepData } from './case.ts';
import type { ToldStep } from './case-import.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';

/** What other systems call the columns of their lists of cases; the first name is the one of our own sheet. */
export const CASE_COLUMNS = {
    number: ['案件编号', '案号', '编号', '案件号', '系统编号'],
    procedure: ['办案程序', '程序', '案件类型', '案件类别', '程序类型'],
    title: ['案由', '案件名称', '标题'],
    partyName: ['当事人', '相对人', '单位名称', '申请人'],
    creditCode: ['统一社会信用代码', '社会信用代码', '信用代码'],
    opened: ['登记日期', '受案日期', '发现日期', '申请日期', '来件日期'],
    breach: ['违法行为日期', '违法日期', '违法行为发生日期'],
    handlers: ['承办人', '办案人员', '承办人员', '执法人员'],
    state: ['当前状态', '案件状态', '状态', '办理状态'],
    proposedFine: ['拟罚款金额', '拟处罚金额', '拟罚款'],
    fine: ['罚款金额', '处罚金额', '罚款'],
    summary: ['案情摘要', '案情', '摘要', '备注'],
} as const;
export type CaseColumn = keyof typeof CASE_COLUMNS;
export const CASE_COLUMN_IDS = Object.keys(CASE_COLUMNS) as readonly CaseColumn[];

/** What lists call steps, beside the names of the procedures. */
const STEP_WORDS: Readonly<Record<string, readonly string[]>> = {
    accept: ['受理'],
    applyCourt: ['申请强制执行', '申请法院执行'],
    approve: ['批准', '审批'],
    check: ['核查'],
    close: ['结案', '办结'],
    collect: ['当场收缴'],
    decide: ['决定', '处罚决定', '作出决定'],
    demand: ['催告'],
    deliver: ['送达'],
    discuss: ['集体讨论'],
    dispose: ['处理决定', '处理'],
    execute: ['实施', '查封扣押', '登记保存'],
    executeUrgently: ['紧急实施', '紧急登记保存'],
    grant: ['准予许可', '许可决定'],
    hearDefence: ['陈述申辩'],
    investigate: ['调查终结'],
    notify: ['告知', '事先告知', '处罚告知', '听证通知'],
    perform: ['履行', '履行完毕', '缴款', '缴纳罚款', '执行完毕'],
    publish: ['公示'],
    release: ['解除'],
    reply: ['答复'],
    report: ['备案'],
    serve: ['送达', '送达决定'],
    tell: ['告知'],
    transfer: ['移送'],
};

/** Columns of our own sheet, after those of the case: what a penalty goes through. */
export const SHEET_STEPS = ['立案', '调查终结', '合议', '告知', '法制审核', '集体讨论', '决定', '送达', '履行', '结案'] as const;

const fold = (name: string): string =>
    name
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s*（）()：:]/g, '');

/** One line without control characters, as the contract takes it. */
const clean = (text: string): string =>
    text
        .normalize('NFC')
        .replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]+/gu, ' ')
        .trim();

const stepNamed = (procedure: ProcedureId, word: string): string | undefined => {
    const ids = Object.keys(PROCEDURE_TABLES[procedure].steps);
    return (
        ids.find((id) => fold(PROCEDURE_TABLES[procedure].steps[id]?.zh ?? '') === word) ??
        ids.find((id) => STEP_WORDS[id]?.includes(word) === true)
    );
};

type StepColumn = { readonly word: string; readonly of: 'day' | 'number' | 'date' };

/** `立案日期`, `立案文号`, `立案文书日期`: what a heading says of which step. */
function stepColumn(heading: string): StepColumn | undefined {
    const name = fold(heading);
    const of = /文书日期$/.test(name) ? 'date' : /(文号|文书号|文书编号|编号)$/.test(name) ? 'number' : 'day';
    const word = name.replace(/(文书日期|文号|文书号|文书编号|编号|日期|时间)$/, '');
    return PROCEDURES.some((procedure) => stepNamed(procedure, word) !== undefined) ? { word, of } : undefined;
}

const columnOf = (heading: string): CaseColumn | undefined =>
    CASE_COLUMN_IDS.find((column) => (CASE_COLUMNS[column] as readonly string[]).includes(fold(heading)));

/** A row as it came. `steps`: cells about steps, in the order of their columns. */
export type CaseRowTexts = {
    readonly fields: { readonly [column in CaseColumn]?: string };
    readonly steps: readonly (StepColumn & { readonly heading: string; readonly text: string })[];
};

/** Rows of a list from its cells; `undefined` when the columns that say which case it is are not there. */
export function readCaseTable(
    cells: readonly (readonly string[])[],
): { readonly rows: readonly CaseRowTexts[]; readonly others: readonly string[] } | undefined {
    const [head = [], ...body] = cells;
    const fields = head.map((name, at) => {
        const column = columnOf(name);
        return column !== undefined && head.findIndex((other) => columnOf(other) === column) === at ? column : undefined;
    });
    const steps = head.map((name, at) =>
        fields[at] === undefined && columnOf(name) === undefined ? stepColumn(name) : undefined,
    );
    if (!fields.includes('number') || !fields.includes('title')) return undefined;
    const rows = body.map((line): CaseRowTexts => {
        const row: { [column in CaseColumn]?: string } = {};
        const told: CaseRowTexts['steps'][number][] = [];
        for (const [at, cell] of line.entries()) {
            const text = clean(cell);
            const [column, step] = [fields[at], steps[at]];
            if (text === '') continue;
            if (column !== undefined) row[column] = text;
            else if (step !== undefined) told.push({ ...step, heading: clean(head[at] ?? ''), text });
        }
        return { fields: row, steps: told };
    });
    return { rows, others: head.filter((name, at) => fields[at] === undefined && steps[at] === undefined && name.trim() !== '') };
}

export const CASE_ROW_FAULTS = [
    'numberMissing',
    'numberTwice',
    'procedureMissing',
    'procedureUnknown',
    'parentMissing',
    'titleMissing',
    'openedMissing',
    'openedInFuture',
    'breachAfterOpening',
    'dayWrong',
    'stepUnknown',
    'creditCodeWrong',
    'partyUnknown',
    'handlersMissing',
    'handlerUnknown',
    'stateUnknown',
    'fineWrong',
    'tooLong',
] as const;
export type CaseRowFault = { readonly code: (typeof CASE_ROW_FAULTS)[number]; readonly value: string };

export type CaseRowRead = {
    readonly number: string;
    readonly procedure: ProcedureId | null;
    readonly title: string;
    readonly openedAt: Instant | null;
    readonly breachAt: Instant | null;
    readonly creditCode: string | null;
    readonly handlers: readonly string[];
    /** The state that the other system states, where it does. */
    readonly state: string | null;
    readonly summary: string | null;
    readonly steps: readonly ToldStep[];
    readonly faults: readonly CaseRowFault[];
};

const LONGEST: Readonly<Partial<Record<CaseColumn, number>>> = { number: 80, title: 200, summary: 4000 };

/** What a row says, and everything that is wrong with it by itself. */
export function readCaseRow({ fields, steps: cells }: CaseRowTexts): CaseRowRead {
    const faults: CaseRowFault[] = [];
    const fault = (code: CaseRowFault['code'], value = '') => {
        faults.push({ code, value });
    };
    const procedure = procedureNamed(fields.procedure);
    if (procedure === undefined)
        fault(fields.procedure === undefined ? 'procedureMissing' : 'procedureUnknown', fields.procedure);
    // A hearing belongs to a case that is here; it is opened from its page.
    if (procedure === 'hearing') fault('parentMissing');
    if (fields.number === undefined) fault('numberMissing');
    if (fields.title === undefined) fault('titleMissing');
    for (const column of CASE_COLUMN_IDS)
        if ((fields[column]?.length ?? 0) > (LONGEST[column] ?? Number.POSITIVE_INFINITY))
            fault('tooLong', CASE_COLUMNS[column][0]);
    const dayOfField = (column: 'opened' | 'breach') => {
        const text = fields[column];
        const day = text === undefined ? undefined : importDay(text);
        if (text !== undefined && day === undefined) fault('dayWrong', `${CASE_COLUMNS[column][0]}：${text}`);
        return day === undefined ? null : startOfDay(day);
    };
    const creditCode = fields.creditCode === undefined ? null : normaliseCreditCode(fields.creditCode);
    if (creditCode !== null && creditCodeFault(creditCode) !== undefined) fault('creditCodeWrong', fields.creditCode);
    const handlers = (fields.handlers ?? '').split(/[、，,;；/]/).map((name) => name.trim());
    const known = handlers.filter((name) => name !== '');
    if (known.length === 0) fault('handlersMissing');
    const state = procedure === undefined || fields.state === undefined ? undefined : stateNamed(procedure, fields.state);
    if (procedure !== undefined && fields.state !== undefined && state === undefined) fault('stateUnknown', fields.state);
    const said = { proposedFine: fen(fields.proposedFine, fault), fine: fen(fields.fine, fault) };
    const steps = procedure === undefined ? [] : stepsOf(procedure, cells, said, fault);
    const breachAt = dayOfField('breach');
    // Where the list says only when it was taken in (受理), that is when it began here.
    const openedAt =
        dayOfField('opened') ?? momentOf(cells.find(({ word, of }) => word === '受理' && of === 'day')?.text)?.at ?? null;
    if (openedAt === null) fault('openedMissing');
    else if (breachAt !== null && breachAt > openedAt) fault('breachAfterOpening');
    return {
        number: fields.number ?? '',
        procedure: procedure ?? null,
        title: fields.title ?? '',
        openedAt,
        breachAt,
        creditCode,
        handlers: known,
        state: state ?? null,
        summary: fields.summary ?? null,
        steps,
        faults,
    };
}

const PROCEDURE_WORDS: Readonly<Record<ProcedureId, readonly string[]>> = {
    penalty: ['普通程序', '一般程序', '行政处罚', '处罚'],
    simplePenalty: ['简易程序', '当场处罚'],
    coercion: ['行政强制', '强制措施', '查封扣押'],
    preservation: ['先行登记保存', '登记保存', '证据保存'],
    hearing: ['听证'],
    licence: ['行政许可', '许可'],
    complaint: ['投诉举报', '投诉', '举报'],
};
const procedureNamed = (text: string | undefined): ProcedureId | undefined =>
    text === undefined
        ? undefined
        : PROCEDURES.find((id) => fold(PROCEDURE_TABLES[id].zh) === fold(text) || PROCEDURE_WORDS[id].includes(fold(text)));

/** By its name here, or by a part of a name that only one state has: 已立案 means 已立案，调查中. */
function stateNamed(procedure: ProcedureId, text: string): string | undefined {
    const states = Object.entries(PROCEDURE_TABLES[procedure].states);
    const whole = states.find(([, { zh }]) => fold(zh) === fold(text));
    if (whole !== undefined) return whole[0];
    const part = states.filter(([, { zh }]) => zh.split('，').some((each) => fold(each) === fold(text)));
    return part.length === 1 ? part[0]?.[0] : undefined;
}

/** Yuan as lists write them; whole fen. */
function fen(text: string | undefined, fault: (code: 'fineWrong', value: string) => void): number | undefined {
    if (text === undefined) return undefined;
    const parts = /^(\d+(?:\.\d{1,2})?)(万?)元?$/.exec(text.normalize('NFKC').replace(/[,\s¥]/g, ''));
    const sum = parts === null ? Number.NaN : Math.round(Number(parts[1]) * (parts[2] === '万' ? 1_000_000 : 100));
    if (!Number.isSafeInteger(sum) || sum > 1e13) {
        fault('fineWrong', text);
        return undefined;
    }
    return sum;
}

type Said = { readonly [sum in 'proposedFine' | 'fine']: number | undefined };
type Moment = { readonly at: Instant; readonly hasTime: boolean; readonly rest: string };

/** A day, perhaps with its hour, perhaps with the number of its paper behind it. */
function momentOf(text: string | undefined): Moment | undefined {
    const parts = /^(\S+?)(?:[\sT]+(\d{1,2}):(\d\d)(?::\d\d(?:\.0+)?)?)?(?:\s+(\D.*|\d+\D.*))?$/u.exec(
        (text ?? '').normalize('NFKC'),
    );
    const day: Day | undefined = parts?.[1] === undefined ? undefined : importDay(parts[1]);
    if (parts === null || day === undefined || !isDay(day)) return undefined;
    const [, , hour, minute, rest = ''] = parts;
    if (hour === undefined || minute === undefined) return { at: startOfDay(day), hasTime: false, rest };
    if (Number(hour) > 23 || Number(minute) > 59) return undefined;
    return { at: startOfDay(day) + (Number(hour) * 60 + Number(minute)) * 60_000, hasTime: true, rest };
}

function stepsOf(
    procedure: ProcedureId,
    cells: CaseRowTexts['steps'],
    said: Said,
    fault: (code: CaseRowFault['code'], value: string) => void,
): ToldStep[] {
    const order = Object.keys(PROCEDURE_TABLES[procedure].steps);
    const told = cells.flatMap(({ word, of, heading, text }): ToldStep[] => {
        const step = stepNamed(procedure, word);
        // 受理 of a procedure that has no such step says when the case began.
        if (step === undefined && word === '受理') return [];
        if (step === undefined) fault('stepUnknown', heading);
        if (step === undefined || of !== 'day') return [];
        const moment = momentOf(text);
        if (moment === undefined) {
            fault('dayWrong', `${heading}：${text}`);
            return [];
        }
        const number =
            cells.find((each) => each.word === word && each.of === 'number')?.text ?? (moment.rest === '' ? null : moment.rest);
        const dated = cells.find((each) => each.word === word && each.of === 'date');
        const date = dated === undefined ? undefined : importDay(dated.text);
        if (dated !== undefined && date === undefined) fault('dayWrong', `${dated.heading}：${dated.text}`);
        const paper = number === null && date === undefined ? null : { number, date: date ?? null };
        return [{ step, at: moment.at, hasTime: moment.hasTime, paper, data: dataOf(procedure, step, said) }];
    });
    return told.toSorted((a, b) => a.at - b.at || order.indexOf(a.step) - order.indexOf(b.step));
}

/** Of what the row says, that which the step asks for. */
function dataOf(procedure: ProcedureId, step: string, said: Said): StepData {
    const asks = PROCEDURE_TABLES[procedure].steps[step]?.asks ?? [];
    return {
        ...(asks.includes('proposedFine') && said.proposedFine !== undefined ? { proposedFine: said.proposedFine } : {}),
        ...(asks.includes('fine') && said.fine !== undefined ? { fine: said.fine } : {}),
    };
}
