import { servedBy, signersAsked } from '../document-signature.decide.ts';
import { documentTypeFacts } from '../document-type.ts';
import type { DocumentNumbering } from '../document-type-facts.ts';
import type { DocumentContent, Signer, Template, TemplateField, TemplateSection } from '../template.ts';
import { fieldsOf } from '../template.ts';
import { correctionBlocks, type PrintCorrection } from './print-corrections.ts';
import type { PrintBlock, PrintCell, PrintModel, PrintPart, PrintSigner } from './print-model.ts';
import { type GivenOpinion, type PlacedOpinions, placedOpinions } from './print-opinions.ts';
import { type SignedPrint, withHandwriting } from './print-signing.ts';
import { printCell, printDay, printValue, rowsOf } from './print-value.ts';

/** What the page shows beside the content. */
export type PrintFacts = {
    /** Full name of the authority whose document it is: 卫生健康 or 疾病预防控制, so never a constant. */
    readonly agency: string;
    /** 文号 or 编号 as given, or `null` before one is given. */
    readonly number: string | null;
    /** Day of the document, `YYYY-MM-DD`, or `null` for a line to be filled in by hand. */
    readonly day: string | null;
    /** What the code on each page says, and the words beside it for people; `null` for none. */
    readonly code: { readonly payload: string; readonly label: string } | null;
    readonly draft: boolean;
    /** Where pages are looked at that are no draft and were not printed for good; 草稿 on every draft that does not say otherwise. */
    readonly watermark?: string;
    readonly marks: readonly string[];
    /** What was said of it in the system, for forms that have a field for that. */
    readonly opinions?: readonly GivenOpinion[];
    /** The document it belongs to, as it stood; its number is `null` before one is given. */
    readonly parent?: { readonly title: string; readonly number: string | null } | null;
    /** Of what was signed already, in order. */
    readonly corrections?: readonly PrintCorrection[];
};

const SIGNER_WORDS: Readonly<Record<Signer, string>> = {
    officers: '执法人员签名',
    party: '当事人签名',
    partyEachPage: '当事人签名',
    witness: '见证人签名',
    interviewee: '被询问人签名',
    recorder: '记录人签名',
    presider: '主持人签名',
    participants: '参加人签名',
    recipient: '收件人签名',
    responsible: '负责人签名',
    reviewer: '审核人签名',
};

const DRAFT = '草稿';

const SHARES = { third: 2, half: 3, full: 6 } as const;

const NUMBER_LABELS = { docNumber: '文号', serial: '编号', parent: '所附文书', none: '' } as const;

/** Signatures that stand at the foot of each page of a record (《卫生行政执法文书规范》第10条). */
const PAGE_SIGNERS: readonly Signer[] = ['partyEachPage', 'interviewee', 'officers'];

/** The page of a document: fixed words and values in printed order, as plain strings. */
export function composeDocument(template: Template, content: DocumentContent, facts: PrintFacts): PrintModel {
    const type = documentTypeFacts(template.type);
    const record = template.layout === 'record';
    const numberLabel = NUMBER_LABELS[type.numbering];
    const address = template.addressee === undefined ? [] : [salutation(template, content)];
    const watermark = facts.watermark ?? (facts.draft ? DRAFT : '');
    const opinions = placedOpinions(template.type, facts.opinions ?? []);
    const words: Words = { content, opinions, fixed: { agency: facts.agency, party: String(content.party ?? '') } };
    return {
        layout: template.layout,
        agency: facts.agency,
        title: type.zh,
        numberLabel,
        number: numberOf(type.numbering, content, facts),
        blocks: [
            ...address,
            ...template.sections.flatMap((section) => sectionBlocks(section, words)),
            ...(record ? [endMark, statementOf(content)] : []),
            ...(template.sealed ? [issuedBlock(facts, template)] : []),
            ...signatureBlocks(template, content),
            ...correctionBlocks(template, facts.corrections ?? []),
        ],
        pageSigners: record
            ? template.signers.filter((each) => PAGE_SIGNERS.includes(each)).map((each) => signerOf(each, template, content))
            : [],
        copiesNote: template.copiesNote ?? '',
        code: facts.code?.payload ?? '',
        codeLabel: facts.code?.label ?? '',
        draft: facts.draft,
        watermark,
        marks: watermark === '' ? [] : facts.marks,
    };
}

/** A signed copy (签名件): the same pages with what was written on the screen. */
export const composeSigned = (template: Template, content: DocumentContent, facts: PrintFacts, signed: SignedPrint): PrintModel =>
    withHandwriting(composeDocument(template, content, facts), signed, namesOf(template, content), SIGNER_WORDS);

type Words = {
    readonly content: DocumentContent;
    readonly fixed: Readonly<Record<string, string>>;
    readonly opinions: PlacedOpinions;
};

/** A list has no number of its own: it names what it belongs to, by the documents' relation or else by what was written. */
function numberOf(numbering: DocumentNumbering, content: DocumentContent, facts: PrintFacts): string {
    if (numbering === 'none') return '';
    if (numbering !== 'parent') return facts.number ?? '';
    const { title = content.parentTitle, number = content.parentNumber } = facts.parent ?? {};
    return [title, number].filter((each) => typeof each === 'string' && each !== '').join(' ');
}

const salutation = (template: Template, content: DocumentContent): PrintBlock => ({
    kind: 'salutation',
    text: String(content[template.addressee ?? ''] ?? ''),
});

/** Fixed words of every record made on the spot (《卫生行政执法文书规范》第9条). */
const endMark: PrintBlock = { kind: 'endMark', text: '（以下空白）' };

const statementOf = (content: DocumentContent): PrintBlock => ({
    kind: 'statement',
    label: '以上内容经核对无误后，由签名人亲笔写明“以上笔录属实”：',
    value: String(content.trueRecord ?? ''),
});

function sectionBlocks(section: TemplateSection, words: Words): PrintBlock[] {
    const named = new Set([...`${section.before ?? ''}${section.after ?? ''}`.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
    const shown = section.fields.filter((field) => field.hidden !== true && !named.has(field.key));
    const blocks: PrintBlock[] = [];
    if (section.heading !== undefined) blocks.push({ kind: 'heading', text: section.heading });
    if (section.before !== undefined) blocks.push(fixedParagraph(section.before, section, words));
    blocks.push(...fieldBlocks(section, shown, words));
    if (section.after !== undefined) blocks.push(fixedParagraph(section.after, section, words));
    return blocks;
}

function fieldBlocks(section: TemplateSection, fields: readonly TemplateField[], { content, opinions }: Words): PrintBlock[] {
    const blocks: PrintBlock[] = [];
    let cells: PrintCell[] = [];
    const flush = () => {
        if (cells.length > 0) blocks.push({ kind: section.style === 'grid' ? 'grid' : 'lines', cells });
        cells = [];
    };
    for (const field of fields) {
        const whole = wholeBlock(field, content);
        if (whole !== undefined) {
            flush();
            blocks.push(...whole);
        } else if (section.style === 'lines' || section.style === 'grid') {
            cells.push(cellOf(field, content, opinions[field.key]));
        } else {
            const label = section.style === 'prose' && field.label !== section.heading ? field.label : '';
            blocks.push(...paragraphs(label, printValue(field, content[field.key])));
        }
    }
    flush();
    return blocks;
}

/** Tables and dialogues take the whole width whatever the style. */
function wholeBlock(field: TemplateField, content: DocumentContent): PrintBlock[] | undefined {
    const rows = rowsOf(content[field.key]);
    if (field.kind === 'dialogue')
        return [
            {
                kind: 'dialogue',
                rows: rows.map((row) => ({ question: String(row.question ?? ''), answer: String(row.answer ?? '') })),
            },
        ];
    if (field.kind !== 'items') return undefined;
    const columns = field.columns ?? [];
    return [
        {
            kind: 'table',
            columns: [
                { label: '序号', width: 0.45, right: false, number: true },
                ...columns.map((each) => ({
                    label: each.label,
                    width: each.width ?? 1,
                    right: each.kind === 'money',
                    number: each.kind === 'number',
                })),
            ],
            rows: rows.map((row, at) => [String(at + 1), ...columns.map((each) => printCell(each, row[each.key]))]),
        },
    ];
}

function cellOf(field: TemplateField, content: DocumentContent, said: PlacedOpinions[string] | undefined): PrintCell {
    const byHand = field.signed !== undefined && said?.inPlace !== true;
    return {
        label: field.label,
        value: printValue(field, content[field.key]),
        share: SHARES[field.width ?? 'full'],
        ...(said === undefined ? {} : { given: said.given }),
        ...(byHand && field.signed !== undefined ? { signed: SIGNER_WORDS[field.signed] } : {}),
    };
}

/** One paragraph per line feed; an empty value leaves a line. The label stands before the first. */
function paragraphs(label: string, value: string): PrintBlock[] {
    return value.split('\n').map((text, at) => ({
        kind: 'paragraph',
        label: at === 0 ? label : '',
        parts: [text === '' && value === '' ? { kind: 'blank', text: '' } : { kind: 'value', text }],
    }));
}

function fixedParagraph(text: string, section: TemplateSection, words: Words): PrintBlock {
    const parts: PrintPart[] = [];
    let at = 0;
    for (const match of text.matchAll(/\{(\w+)\}/g)) {
        if (match.index > at) parts.push({ kind: 'fixed', text: text.slice(at, match.index) });
        parts.push(filledIn(match[1] ?? '', section, words));
        at = match.index + match[0].length;
    }
    if (at < text.length) parts.push({ kind: 'fixed', text: text.slice(at) });
    return { kind: 'paragraph', label: '', parts };
}

function filledIn(key: string, section: TemplateSection, { content, fixed }: Words): PrintPart {
    const field = section.fields.find((each) => each.key === key);
    const value = field === undefined ? (fixed[key] ?? '') : printValue(field, content[key]);
    return value === '' ? { kind: 'blank', text: '' } : { kind: 'value', text: value };
}

/** What the pages' feet do not already hold. Names are printed beside officers only: others write theirs. */
function signatureBlocks(template: Template, content: DocumentContent): PrintBlock[] {
    const boxed = new Set(fieldsOf(template).map((field) => field.signed));
    const boxes = signersAsked(template.signers, servedBy(template.type, content, null))
        .signers.filter((signer) => !boxed.has(signer) && !(template.layout === 'record' && PAGE_SIGNERS.includes(signer)))
        .map((signer) => ({
            ...signerOf(signer, template, content),
            names: signer === 'officers' ? namesOf(template, content).join('、') : '',
        }));
    return boxes.length === 0 ? [] : [{ kind: 'signatures', boxes }];
}

/** As many lines as there are officers; two while nobody is named (处罚法42). */
function signerOf(signer: Signer, template: Template, content: DocumentContent): PrintSigner {
    const named = signer === 'officers' ? namesOf(template, content).length || LEAST_OFFICERS : 1;
    return { signer, label: SIGNER_WORDS[signer], hands: Math.min(named, MOST_HANDS) };
}
const LEAST_OFFICERS = 2;
/** More names sign on the last line, one after the other. */
const MOST_HANDS = 3;

function namesOf(template: Template, content: DocumentContent): string[] {
    const field = fieldsOf(template).find((each) => each.kind === 'officers');
    return field === undefined ? [] : rowsOf(content[field.key]).map((row) => String(row.name ?? ''));
}

const issuedBlock = (facts: PrintFacts, template: Template): PrintBlock => ({
    kind: 'issued',
    agency: facts.agency,
    day: facts.day === null ? '' : printDay(facts.day),
    seal: template.sealed,
});
