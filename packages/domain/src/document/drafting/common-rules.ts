import { citationFault, citationText } from '../../law/citation.ts';
import { lawById } from '../../law/library.ts';
import type { ContentFinding } from '../document-content.ts';
import type { CommonRuleId } from '../drafting-rule-id.ts';
import { citationsOf, isRows, rowsOf } from '../print/print-value.ts';
import { type FieldValue, fieldsOf, mostInCell, type TemplateField } from '../template.ts';
import { type DraftingCheck, finding, isBlank, texts } from './drafting-tools.ts';

/** Fields whose officers act, and so need a certificate (处罚法55); a recorder or presider may be other staff. */
const ACTING = ['officers', 'investigators'];

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Checked for every document. Sources: 《卫生行政执法文书规范》第4条, 第7条; 处罚法42、55. */
export const COMMON_RULES: Readonly<Record<CommonRuleId, DraftingCheck>> = {
    required: ({ template, content }) =>
        fieldsOf(template).flatMap((field) => {
            const value = content[field.key];
            // `times` says it of start and end.
            if ((field.key === 'start' || field.key === 'end') && template.rules.includes('times')) return [];
            if (isBlank(value)) return field.required ? [finding('required.missing', field.key, { label: field.label })] : [];
            return emptyCells(field, value);
        }),

    // 第7条: what does not apply is struck out by “/” or “无”, so that nothing can be added afterwards.
    unfilled: ({ template, content, facts }) =>
        facts.stage === 'draft'
            ? []
            : fieldsOf(template)
                  .filter((field) => !field.required && field.hidden !== true && field.signed === undefined)
                  .filter((field) => (field.kind === 'line' || field.kind === 'text') && isBlank(content[field.key]))
                  .map((field) => finding('unfilled.blank', field.key, { label: field.label })),

    kinds: ({ template, content }) => {
        const fields = new Map(fieldsOf(template).map((field) => [field.key, field]));
        return Object.entries(content).flatMap(([key, value]) => {
            const field = fields.get(key);
            if (field === undefined) return [finding('kinds.unknownField', null, { key })];
            if (isBlank(value)) return [];
            if (!fits(field, value)) return [finding('kinds.wrong', key, { label: field.label })];
            const size = typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : 0;
            const most = field.most ?? Number.POSITIVE_INFINITY;
            if (size > most) return [finding('kinds.tooLong', key, { label: field.label, most })];
            return longCells(field, value);
        });
    },

    blanks: (drafted) =>
        texts(drafted)
            .filter(({ text }) => /[_＿]{2,}|【\s*】|[×✕Xx]{3,}/.test(text))
            .map(({ field }) => finding('blanks.left', field.key, { label: field.label })),

    certificates: ({ template, content, facts }) =>
        fieldsOf(template)
            .filter((field) => field.kind === 'officers' && ACTING.includes(field.key))
            .flatMap((field) =>
                rowsOf(content[field.key]).flatMap((row) => {
                    const name = String(row.name ?? '');
                    const certificate = String(row.certificate ?? '');
                    if (certificate === '') return [finding('certificates.none', field.key, { name })];
                    if (facts.validCertificates === undefined)
                        return [finding('certificates.unjudged', field.key, { name, day: facts.day })];
                    const valid = facts.validCertificates.includes(certificate);
                    return valid ? [] : [finding('certificates.notValid', field.key, { name, certificate, day: facts.day })];
                }),
            ),

    citations: ({ template, content, facts }) =>
        fieldsOf(template)
            .filter((field) => field.kind === 'citations')
            .flatMap((field) =>
                citationsOf(content[field.key]).flatMap((citation) => {
                    const fault = citationFault(citation, facts.day);
                    if (fault === undefined) return [];
                    const law = lawById(citation.law);
                    const params = { citation: citationText(citation), day: facts.day, from: law?.from ?? '', to: law?.to ?? '' };
                    return [finding(`citations.${fault}`, field.key, params)];
                }),
            ),

    agencyName: ({ template, content, facts }) =>
        fieldsOf(template)
            .filter((field) => field.prefill === 'agency.name' && !isBlank(content[field.key]))
            .filter((field) => facts.agencies?.includes(String(content[field.key])) !== true)
            .map((field) =>
                finding(facts.agencies === undefined ? 'agencyName.unjudged' : 'agencyName.unknown', field.key, {
                    name: String(content[field.key]),
                }),
            ),

    numberBrackets: (drafted) =>
        texts(drafted).flatMap(({ field, text }) => {
            const [wrong] = /[[(（【［]\s*(?:19|20)\d\d\s*[\])）】］]\s*第?\d+\s*号/.exec(text) ?? [];
            return wrong === undefined ? [] : [finding('numberBrackets.wrong', field.key, { text: wrong })];
        }),
};

function emptyCells(field: TemplateField, value: FieldValue | undefined): ContentFinding[] {
    if (field.kind === 'dialogue')
        return rowsOf(value).flatMap((row, at) =>
            ['question', 'answer']
                .filter((key) => isBlank(row[key]))
                .map((key) =>
                    finding('required.cell', field.key, {
                        label: field.label,
                        row: at + 1,
                        column: key === 'question' ? '问' : '答',
                    }),
                ),
        );
    return rowsOf(value).flatMap((row, at) =>
        (field.columns ?? [])
            .filter((column) => column.required === true && isBlank(row[column.key]))
            .map((column) => finding('required.cell', field.key, { label: field.label, row: at + 1, column: column.label })),
    );
}

/** Cells of rows in which more stands than may; a form has room for it, its reader has not. */
function longCells(field: TemplateField, value: FieldValue): ContentFinding[] {
    if (field.kind !== 'dialogue' && field.kind !== 'items') return [];
    const most = mostInCell(field.kind);
    return rowsOf(value).flatMap((row, at) =>
        Object.values(row).some((cell) => typeof cell === 'string' && [...cell].length > most)
            ? [finding('kinds.cellTooLong', field.key, { label: field.label, row: at + 1, most })]
            : [],
    );
}

/** Whether a value has the form its kind asks for. */
function fits(field: TemplateField, value: FieldValue): boolean {
    switch (field.kind) {
        case 'line':
            return typeof value === 'string' && !value.includes('\n');
        case 'text':
            return typeof value === 'string';
        case 'date':
            return typeof value === 'string' && DAY.test(value) && new Date(value).toISOString().startsWith(value);
        case 'instant':
        case 'number':
            return typeof value === 'number';
        case 'money':
            return typeof value === 'number' && value >= 0;
        case 'yesNo':
            return typeof value === 'boolean';
        case 'choice':
            return field.choices?.some((choice) => choice.value === value) ?? false;
        case 'choices':
            return Array.isArray(value) && value.every((each) => field.choices?.some((choice) => choice.value === each));
        case 'citations':
            return isRows(value) && citationsOf(value).length === value.length;
        default:
            return isRows(value);
    }
}
