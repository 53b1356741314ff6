import { chineseMoney } from '../../kernel/chinese-numerals.ts';
import { formatDate, formatTime } from '../../kernel/format.ts';
import { type Citation, citationsText } from '../../law/citation.ts';
import type { FieldColumn, FieldRow, FieldValue, TemplateField } from '../template.ts';

/** `2026年11月18日`, without leading zeros as documents write it; what is no day prints as it was written. */
export const printDay = (day: string): string =>
    day.replace(
        /^(\d{4})-0?(\d{1,2})-0?(\d{1,2})$/,
        (_, year: string, month: string, date: string) => `${year}年${month}月${date}日`,
    );

/** `2026年11月18日09时31分`. */
export function printInstant(at: number): string {
    const [hour = '', minute = ''] = formatTime(at, 'minute').split(':');
    return `${printDay(formatDate(at))}${hour}时${minute}分`;
}

/** `2,000.00`: cents always, so that nothing can be written behind a sum. */
export const printMoney = (fen: number): string =>
    `${String(Math.trunc(fen / 100)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}.${String(Math.abs(fen % 100)).padStart(2, '0')}`;

export const isRows = (value: FieldValue | undefined): value is readonly FieldRow[] =>
    Array.isArray(value) && value.every((each) => typeof each === 'object');

export const rowsOf = (value: FieldValue | undefined): readonly FieldRow[] => (isRows(value) ? value : []);

/** The citations of a field; a row that is none is left out, and `kinds` says so. */
export const citationsOf = (value: FieldValue | undefined): readonly Citation[] =>
    rowsOf(value).flatMap(({ law, article, paragraph, item }) =>
        typeof law === 'string' && typeof article === 'number'
            ? [
                  {
                      law,
                      article,
                      ...(typeof paragraph === 'number' ? { paragraph } : {}),
                      ...(typeof item === 'number' ? { item } : {}),
                  },
              ]
            : [],
    );

const ATTACHMENT_WORDS: Readonly<Record<string, string>> = { photo: '照片', recording: '音像', sample: '样品', paper: '书证' };

/** A value in one running text; empty when nothing is filled in. */
export function printValue(field: TemplateField, value: FieldValue | undefined): string {
    if (value === undefined) return '';
    switch (field.kind) {
        case 'date':
            return typeof value === 'string' ? printDay(value) : '';
        case 'instant':
            return typeof value === 'number' ? printInstant(value) : '';
        case 'money':
            return typeof value === 'number' ? `${chineseMoney(value)}（¥${printMoney(value)}）` : '';
        case 'yesNo':
            return typeof value === 'boolean' ? (value ? '是' : '否') : '';
        case 'choice':
        case 'choices':
            return (Array.isArray(value) ? value : [value])
                .map((each) => field.choices?.find((choice) => choice.value === each)?.label ?? String(each))
                .join('、');
        case 'officers':
            return rowsOf(value)
                .map((row) => (row.certificate ? `${row.name}（${row.certificate}）` : String(row.name ?? '')))
                .join('、');
        case 'citations':
            return citationsText(citationsOf(value));
        case 'attachments':
            return rowsOf(value)
                .map((row, at) => `${at + 1}. ${ATTACHMENT_WORDS[String(row.kind)] ?? ''}：${row.title ?? ''}`)
                .join('\n');
        case 'dialogue':
            return rowsOf(value)
                .map((row) => `问：${row.question}\n答：${row.answer}`)
                .join('\n');
        case 'items':
            return rowsOf(value)
                .map((row) => (field.columns ?? []).map((column) => printCell(column, row[column.key])).join(' '))
                .join('\n');
        default:
            return typeof value === 'object' ? '' : String(value);
    }
}

export function printCell(column: FieldColumn, value: string | number | undefined): string {
    if (value === undefined) return '';
    if (column.kind === 'date') return printDay(String(value));
    if (column.kind === 'money' && typeof value === 'number') return printMoney(value);
    return String(value);
}
