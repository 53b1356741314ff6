import { printMoney } from '../print/print-value.ts';
import type { DocumentContent } from '../template.ts';
import type { Limit } from './drafting-facts.ts';
import { type DraftingCheck, finding, isBlank, numberOf, peopleOf, textOf } from './drafting-tools.ts';

/** 处罚法59, in its order; agency, seal and day are the form's own. */
const SIX_ITEMS: readonly (readonly [label: string, keys: readonly string[]])[] = [
    ['当事人的姓名或者名称、地址', ['party', 'address']],
    ['违法事实和证据', ['facts', 'evidence']],
    ['处罚的种类和依据', ['penalty', 'basis']],
    ['履行方式和期限', ['performance']],
    ['复议、诉讼的途径和期限', ['remedies']],
    ['作出决定的日期', ['day']],
];

/** 强制法24. */
const FIVE_ITEMS: typeof SIX_ITEMS = [
    ['当事人的姓名或者名称、地址', ['party', 'address']],
    ['理由、依据和期限', ['reason', 'basis', 'from', 'to']],
    ['场所、设施或者财物的名称、数量', ['held']],
    ['复议、诉讼的途径和期限', ['remedies']],
];

const lacking = (content: DocumentContent, items: typeof SIX_ITEMS): string =>
    items
        .filter(([, keys]) => keys.some((key) => isBlank(content[key])))
        .map(([label]) => label)
        .join('；');

/** What lies beyond a limit: a fault where the figure was verified, a question where it was not. */
const beyond = (
    rule: 'seizureTerm' | 'preservationTerm' | 'spotFine',
    field: string,
    standing: Limit<unknown>['standing'],
    params: Readonly<Record<string, string>>,
) => {
    const over = rule === 'spotFine' ? (`${rule}.tooHigh` as const) : (`${rule}.tooLong` as const);
    return finding(standing === 'verified' || standing === 'own' ? over : `${rule}.unverified`, field, params);
};

const same = (content: DocumentContent, key: string, others: readonly string[]): string =>
    peopleOf(content, key)
        .filter((each) => each.id !== '' && others.includes(each.id))
        .map((each) => each.name)
        .join('、');

/** Decisions, notices and the papers of a case. */
export const DECISION_RULES = {
    // 《卫生行政执法文书规范》第11条: 当事人名称 + 具体违法行为 + 案.
    caseTitle: ({ content }) => {
        const title = textOf(content, 'caseTitle');
        if (title === '') return [];
        const party = textOf(content, 'party');
        const fits = title.endsWith('案') && title.startsWith(party) && [...title].length >= [...party].length + 5;
        return fits ? [] : [finding('caseTitle.pattern', 'caseTitle', { title })];
    },

    sixItems: ({ content }) => {
        const items = lacking(content, SIX_ITEMS);
        return items === '' ? [] : [finding('sixItems.missing', null, { items })];
    },

    fiveItems: ({ content }) => {
        const items = lacking(content, FIVE_ITEMS);
        return items === '' ? [] : [finding('fiveItems.missing', null, { items })];
    },

    // The figures are not verified here: what is not the organisation's confirmed text is shown to the reviewer.
    remedies: ({ template, content, facts }) => {
        const text = textOf(content, 'remedies');
        if (text.trim() === '') return [];
        const source = template.rules.includes('reviewFirst') ? 'remedy.reviewFirst' : 'remedy.ordinary';
        return [
            ...(/复议/.test(text) && /诉讼|起诉/.test(text) ? [] : [finding('remedies.incomplete', 'remedies')]),
            // Forms from before 2015 still say three months.
            ...(/[三3]\s*个月/.test(text) ? [finding('remedies.threeMonths', 'remedies')] : []),
            ...(facts.confirmedTexts?.[source] === text ? [] : [finding('remedies.notConfirmed', 'remedies')]),
        ];
    },

    // 行政复议法2023 第23条第1款第1项, from 2024-01-01.
    reviewFirst: ({ content }) => {
        const text = textOf(content, 'remedies');
        return text.trim() === '' || /先[^。]*复议|对[^。]*复议决定不服/.test(text)
            ? []
            : [finding('reviewFirst.missing', 'remedies')];
    },

    notHeavier: ({ content, facts: { notice } }) => {
        const fine = numberOf(content, 'fine');
        if (fine === undefined) return [];
        if (notice === undefined || (notice.defended && notice.fine === null)) return [finding('notHeavier.unjudged', 'fine')];
        if (!notice.defended || notice.fine === null || fine <= notice.fine) return [];
        return [finding('notHeavier.fine', 'fine', { noticed: printMoney(notice.fine), decided: printMoney(fine) })];
    },

    // 处罚法58; a defence is reviewed by somebody who did not investigate.
    otherReviewer: ({ content, facts }) => {
        const name = same(content, 'reviewer', [
            ...peopleOf(content, 'officers').map((each) => each.id),
            ...(facts.investigators ?? []),
        ]);
        if (name !== '') return [finding('otherReviewer.same', 'reviewer', { name })];
        return facts.investigators === undefined ? [finding('otherReviewer.unjudged', 'reviewer')] : [];
    },

    // 处罚法64(4).
    otherPresider: ({ content, facts }) => {
        const others = [...peopleOf(content, 'investigators').map((each) => each.id), ...(facts.investigators ?? [])];
        const name = same(content, 'presider', others);
        if (name !== '') return [finding('otherPresider.same', 'presider', { name })];
        return facts.investigators === undefined ? [finding('otherPresider.unjudged', 'presider')] : [];
    },

    sealStrip: ({ content }) => {
        const [from, to] = [textOf(content, 'sealedOn'), textOf(content, 'until')];
        return from !== '' && to !== '' && to < from ? [finding('sealStrip.order', 'until', { from, to })] : [];
    },

    seizureTerm: ({ content, facts: { seizureUntil } }) => {
        const [from, to] = [textOf(content, 'from'), textOf(content, 'to')];
        if (from === '' || to === '') return [];
        if (to < from) return [finding('seizureTerm.order', 'to', { from, to })];
        if (seizureUntil === undefined) return [finding('seizureTerm.unjudged', 'to')];
        const { value: latest, standing } = seizureUntil;
        return to > latest ? [beyond('seizureTerm', 'to', standing, { to, latest })] : [];
    },

    preservationTerm: ({ content, facts: { preservationUntil } }) => {
        const [from, to] = [textOf(content, 'from'), textOf(content, 'to')];
        if (from === '' || to === '') return [];
        if (to < from) return [finding('preservationTerm.order', 'to', { from, to })];
        if (preservationUntil === undefined) return [finding('preservationTerm.unjudged', 'to')];
        const { value: latest, standing } = preservationUntil;
        return to > latest ? [beyond('preservationTerm', 'to', standing, { to, latest })] : [];
    },

    spotFine: ({ content, facts: { spotFineMost } }) => {
        const fine = numberOf(content, 'fine') ?? 0;
        if (textOf(content, 'penalty') !== 'warning' && fine === 0) return [finding('spotFine.sumMissing', 'fine')];
        if (fine === 0) return [];
        if (spotFineMost === undefined) return [finding('spotFine.unjudged', 'fine')];
        const { value: most, standing } = spotFineMost;
        const params = { fine: printMoney(fine), most: printMoney(most) };
        return fine > most ? [beyond('spotFine', 'fine', standing, params)] : [];
    },

    // 民诉法89; 13号令55: left in the presence of a witness, or recorded. 正文二(二)1: leaving and public notice are recorded in
    // any case, or the reason is stated.
    leftService: ({ content, facts: { service } }) => {
        const mode = textOf(content, 'mode');
        if (mode !== 'lien' && mode !== 'publicNotice') return [];
        const recorded = service?.recorded ?? null;
        const witnessed = mode !== 'lien' || !isBlank(content.witness);
        return [
            ...(mode === 'lien' && isBlank(content.refusal) ? [finding('leftService.noReason', 'refusal')] : []),
            ...(recorded === null ? [finding('leftService.unjudged', 'mode')] : []),
            ...(recorded === false && !witnessed ? [finding('leftService.noProof', 'witness')] : []),
            ...(recorded === false && isBlank(service?.reason ?? '') ? [finding('leftService.notRecorded', 'mode')] : []),
        ];
    },
} as const satisfies Record<string, DraftingCheck>;
