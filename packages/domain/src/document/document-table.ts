import { type Day, isDay } from '../kernel/day.ts';
import { creditCodeFault, normaliseCreditCode } from '../party/credit-code.ts';
import { readDay } from '../task/task-import.ts';
import { DOCUMENT_TYPE_IDS, type DocumentType, documentTypeFacts } from './document-type.ts';

/** What other systems call the columns of their lists of documents; the first name is the one of our own sheet. */
export const DOCUMENT_COLUMNS = {
    type: ['文书种类', '文书类型', '种类', '类型'],
    title: ['文书标题', '文书名称', '标题', '题名', '名称'],
    number: ['文号', '编号', '文书编号', '文书文号', '文号或编号'],
    date: ['文书日期', '日期', '制作日期', '落款日期', '发文日期'],
    from: ['来源系统', '来源'],
    signers: ['签名人', '签发人', '签署人', '签名'],
    partyName: ['相对人', '当事人', '单位名称', '相对人名称'],
    creditCode: ['统一社会信用代码', '社会信用代码', '信用代码'],
    actNumber: ['执法行为编号', '行为编号', '检查编号'],
    caseNumber: ['案号', '案件编号', '立案号'],
    file: ['文件名', '文件', '扫描件', '附件'],
} as const;
export type DocumentColumn = keyof typeof DOCUMENT_COLUMNS;
export const DOCUMENT_COLUMN_IDS = Object.keys(DOCUMENT_COLUMNS) as readonly DocumentColumn[];

/** A row as it came: texts, whatever stands in them. */
export type DocumentRowTexts = { readonly [column in DocumentColumn]?: string };

/** What is wrong with a row. `notice`s do not keep it out. */
export const DOCUMENT_ROW_FAULTS = [
    'typeMissing',
    'typeUnknown',
    'dateMissing',
    'dateWrong',
    'dateInFuture',
    'fromMissing',
    'creditCodeWrong',
    'tooLong',
    'numberTwice',
    'partyUnknown',
    'actUnknown',
    'caseUnknown',
] as const;
export type DocumentRowFault = (typeof DOCUMENT_ROW_FAULTS)[number];
export const DOCUMENT_ROW_NOTICES = ['partyByName'] as const;
export type DocumentRowNotice = (typeof DOCUMENT_ROW_NOTICES)[number];

const LONGEST: Readonly<Partial<Record<DocumentColumn, number>>> = {
    title: 200,
    number: 100,
    from: 200,
    signers: 300,
    file: 200,
};

export type DocumentRowRead = {
    readonly type: DocumentType | null;
    readonly title: string;
    readonly number: string | null;
    readonly date: Day | null;
    readonly from: string | null;
    readonly signers: string | null;
    readonly creditCode: string | null;
    readonly faults: readonly DocumentRowFault[];
};

const fold = (name: string): string =>
    name
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s*（）()：:]/g, '');

const columnOf = (name: string): DocumentColumn | undefined =>
    DOCUMENT_COLUMN_IDS.find((column) => (DOCUMENT_COLUMNS[column] as readonly string[]).includes(fold(name)));

/** One line without control characters, as the contract takes it. */
const clean = (text: string): string =>
    text
        .normalize('NFC')
        .replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]+/gu, ' ')
        .trim();

/**
 * Rows of a list from its cells; the first line names the columns. `undefined` when the columns that say which document it is
 * and of which day are not there. Columns that nobody knows are named, so that nothing is left out in silence.
 */
export function readDocumentTable(
    cells: readonly (readonly string[])[],
): { readonly rows: readonly DocumentRowTexts[]; readonly others: readonly string[] } | undefined {
    const [head = [], ...body] = cells;
    const columns = head.map((name, at) => {
        const column = columnOf(name);
        // The second column of a kind is another one.
        return column !== undefined && head.findIndex((other) => columnOf(other) === column) === at ? column : undefined;
    });
    if (!columns.includes('date') || !(columns.includes('type') || columns.includes('title'))) return undefined;
    const rows = body.map((line) =>
        Object.fromEntries(
            line.flatMap((cell, at) => {
                const column = columns[at];
                const text = clean(cell);
                return column === undefined || text === '' ? [] : [[column, text] as const];
            }),
        ),
    );
    return { rows, others: head.filter((name, at) => columns[at] === undefined && name.trim() !== '') };
}

/** By its whole name, or the longest name that its title holds. */
function typeOf(type: string | undefined, title: string | undefined): DocumentType | undefined {
    if (type !== undefined) return DOCUMENT_TYPE_IDS.find((each) => fold(documentTypeFacts(each).zh) === fold(type));
    return DOCUMENT_TYPE_IDS.filter((each) => title?.includes(documentTypeFacts(each).zh) === true).toSorted(
        (a, b) => documentTypeFacts(b).zh.length - documentTypeFacts(a).zh.length,
    )[0];
}

/** What a row says, and everything that is wrong with it by itself. */
export function readDocumentRow(row: DocumentRowTexts, { today, from }: { today: Day; from: string | null }): DocumentRowRead {
    const faults: DocumentRowFault[] = [];
    const type = typeOf(row.type, row.title);
    if (type === undefined) faults.push(row.type === undefined ? 'typeMissing' : 'typeUnknown');
    const date = row.date === undefined ? undefined : readDay(row.date);
    if (date === undefined) faults.push(row.date === undefined ? 'dateMissing' : 'dateWrong');
    else if (isDay(today) && date > today) faults.push('dateInFuture');
    const source = row.from ?? from;
    if (source === null) faults.push('fromMissing');
    const creditCode = row.creditCode === undefined ? null : normaliseCreditCode(row.creditCode);
    if (creditCode !== null && creditCodeFault(creditCode) !== undefined) faults.push('creditCodeWrong');
    const long = DOCUMENT_COLUMN_IDS.some((column) => (row[column]?.length ?? 0) > (LONGEST[column] ?? Number.POSITIVE_INFINITY));
    if (long) faults.push('tooLong');
    return {
        type: type ?? null,
        title: row.title ?? (type === undefined ? '' : documentTypeFacts(type).zh),
        number: row.number ?? null,
        date: date ?? null,
        from: source,
        signers: row.signers ?? null,
        creditCode,
        faults,
    };
}
