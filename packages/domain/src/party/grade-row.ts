import type { Day } from '../kernel/day.ts';
import { GRADE_SCHEMES, type GradeScheme, normaliseGrade } from './grade.ts';
import { type Cells, codeOf, isRefused, refuseForms, refusing, textOf } from './import-cell.ts';
import { GRADE_COLUMNS, type GradeColumn } from './import-columns.ts';
import type { ImportReason } from './import-reason.ts';
import { importDay } from './import-row.ts';

/** What a row of a list of grades says. A grade that is null was not said. */
export type GradeFields = Readonly<Record<GradeScheme, string | null>> & {
    readonly name: string | null;
    readonly creditCode: string | null;
    readonly fromDay: Day;
    readonly source: string;
    readonly reason: string;
};

/** What was said of the whole list, for rows that do not say it themselves. */
export type GradeListStated = { readonly source: string; readonly reason: string; readonly fromDay: Day | null };

const MOST: Readonly<Record<GradeColumn, number>> = {
    name: 120,
    creditCode: 40,
    risk: 20,
    credit: 20,
    fromDay: 30,
    source: 120,
    reason: 500,
};

/** What a row says, or every reason why it cannot be taken. */
export function readGradeRow(
    cells: Cells<GradeColumn>,
    stated: GradeListStated,
): { readonly fields: GradeFields | undefined; readonly reasons: readonly ImportReason[] } {
    const reasons: ImportReason[] = [];
    const refuse = refusing<GradeColumn>(reasons);
    const text = (column: GradeColumn): string | null => textOf(cells, column, MOST[column], refuse);
    refuseForms(cells, GRADE_COLUMNS, refuse);
    const name = text('name');
    const creditCode = codeOf(cells.get('creditCode'), text('creditCode'), refuse);
    const isUnnamed = name === null && creditCode === null;
    if (isUnnamed && !isRefused(reasons, 'creditCode', 'name')) refuse('partyMissing', 'creditCode');
    const [risk, credit] = GRADE_SCHEMES.map((scheme) => gradeOf(text(scheme))) as [string | null, string | null];
    if (risk === null && credit === null && !isRefused(reasons, 'risk', 'credit')) refuse('gradeMissing', 'risk');
    const day = text('fromDay');
    const fromDay = day === null ? stated.fromDay : (importDay(day) ?? refuse('dayWrong', 'fromDay', { value: day }));
    if (fromDay === null && !isRefused(reasons, 'fromDay')) refuse('dayMissing', 'fromDay');
    const source = text('source') ?? stated.source;
    const reason = text('reason') ?? stated.reason;
    if (reasons.length > 0 || fromDay === null) return { fields: undefined, reasons };
    return { fields: { name, creditCode, risk, credit, fromDay, source, reason }, reasons };
}

const gradeOf = (text: string | null): string | null => (text === null ? null : normaliseGrade(text));
