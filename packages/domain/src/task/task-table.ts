import type { TaskRowTexts } from './task-import.ts';

/** What platforms call the columns of their lists. */
const COLUMNS: Readonly<Record<keyof TaskRowTexts, readonly string[]>> = {
    externalId: ['任务编号', '任务号', '编号', '任务id', '任务单号'],
    title: ['任务名称', '抽查任务', '抽查计划名称', '任务'],
    partyName: ['单位名称', '被监督单位', '被检查单位', '相对人', '企业名称', '名称'],
    creditCode: ['统一社会信用代码', '社会信用代码', '信用代码'],
    address: ['地址', '单位地址', '注册地址', '经营地址', '检查地址'],
    dueDay: ['完成期限', '截止日期', '完成时限', '完成日期', '期限'],
    scenario: ['执法情形', '情形'],
    note: ['备注', '说明', '检查内容'],
};

export type TaskTable = {
    readonly rows: readonly TaskRowTexts[];
    /** Columns nobody knows: their texts go into the remarks, so that nothing is lost. */
    readonly others: readonly string[];
};

const fold = (name: string): string =>
    name
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s*（）()：:]/g, '');

/**
 * Rows of a list from its cells; the first line names the columns. `undefined` when the columns that say which task and
 * which party are not there.
 */
export function readTaskTable(cells: readonly (readonly string[])[]): TaskTable | undefined {
    const [head = [], ...body] = cells;
    const fieldOf = (name: string) =>
        (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).find((field) => COLUMNS[field].includes(fold(name)));
    const taken = new Set<string>();
    const columns = head.map((name) => {
        const field = fieldOf(name);
        // The second column of a kind is another one.
        if (field === undefined || taken.has(field)) return undefined;
        taken.add(field);
        return field;
    });
    if (!taken.has('externalId') || !(taken.has('partyName') || taken.has('creditCode'))) return undefined;
    const rows = body.map((line) => {
        const row: Partial<Record<keyof TaskRowTexts, string>> = {};
        const rest: string[] = [];
        for (const [at, cell] of line.entries()) {
            const text = clean(cell);
            if (text === '') continue;
            const field = columns[at];
            if (field === undefined) rest.push(`${clean(head[at] ?? '')}：${text}`);
            else row[field] = clip(text, LONGEST[field]);
        }
        const note = [row.note, ...rest].filter((each) => each !== undefined).join('；');
        return note === '' ? row : { ...row, note: clip(note, LONGEST.note) };
    });
    return { rows, others: head.filter((name, at) => columns[at] === undefined && name.trim() !== '') };
}

const LONGEST = {
    externalId: 80,
    title: 120,
    partyName: 120,
    creditCode: 40,
    address: 200,
    dueDay: 30,
    scenario: 60,
    note: 500,
} as const;

/** What is longer than fits ends with a mark that says so. */
const clip = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** One line without control characters, as the contract takes it. */
const clean = (text: string): string =>
    text
        .normalize('NFC')
        .replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]+/gu, ' ')
        .trim();
