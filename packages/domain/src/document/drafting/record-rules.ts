import { formatDate, formatTime } from '../../kernel/format.ts';
import { type Instant, MINUTE } from '../../kernel/instant.ts';
import { type DraftingCheck, finding, numberOf, peopleOf, textOf, texts } from './drafting-tools.ts';

/** Words of guessing (《卫生行政执法文书规范》第8条 by its wording of 2002), from their day on; the list grows with dates, nothing is dropped. */
export const GUESSING_WORDS: readonly { readonly word: string; readonly from: string }[] = [
    { word: '可能', from: '2021-07-15' },
    { word: '大概', from: '2021-07-15' },
    { word: '好像', from: '2021-07-15' },
    { word: '估计', from: '2021-07-15' },
    { word: '应该是', from: '2021-07-15' },
];

/** Conclusions, hearsay and penalties have no place among what was seen. */
const CONCLUSIONS = [
    '违法',
    '违反了',
    '违反《',
    '不符合规定',
    '构成',
    '涉嫌',
    '应予处罚',
    '应当处罚',
    '罚款',
    '没收',
    '据反映',
    '据说',
    '听说',
    '据了解',
];

const found = (text: string, words: readonly string[]): string[] => words.filter((word) => text.includes(word));

const moment = (at: Instant) => `${formatDate(at)} ${formatTime(at, 'minute')}`;

/** Records made on the spot. */
export const RECORD_RULES = {
    guessingWords: (drafted) =>
        texts(drafted).flatMap(({ field, text }) => {
            const words = found(
                text,
                GUESSING_WORDS.filter((each) => each.from <= drafted.facts.day).map((each) => each.word),
            );
            return words.length === 0 ? [] : [finding('guessingWords.found', field.key, { words: words.join('、') })];
        }),

    // The form prints the mark after the last line; what a writer puts behind one of their own would stand after the end.
    endMark: (drafted) =>
        texts(drafted)
            .filter(({ text }) => /以下空白[）)。\s]*[^）)。\s]/.test(text))
            .map(({ field }) => finding('endMark.textAfter', field.key, { label: field.label })),

    // Read by the party or to it, and then written by its own hand.
    trueRecord: ({ facts: { signing, stage } }) => {
        if (stage !== 'signed') return [];
        if (signing === undefined) return [finding('trueRecord.unjudged', null)];
        if (signing.refused || signing.partyAbsent) return [];
        return [
            ...(signing.reading === null ? [finding('trueRecord.readingUnknown', null)] : []),
            ...(signing.statement === null ? [finding('trueRecord.unjudged', null)] : []),
            ...(signing.statement?.includes('以上笔录属实') === false ? [finding('trueRecord.missing', null)] : []),
        ];
    },

    sceneConclusion: (drafted) =>
        texts(drafted)
            .filter(({ field }) => field.kind === 'text')
            .flatMap(({ field, text }) => {
                const words = found(text, CONCLUSIONS);
                return words.length === 0 ? [] : [finding('sceneConclusion.found', field.key, { words: words.join('、') })];
            }),

    // 处罚法42; 强制法18: two officers at least, and nobody counted twice.
    twoOfficers: ({ content }) => {
        const count = new Set(peopleOf(content, 'officers').map((each) => each.id)).size;
        return count >= 2 ? [] : [finding('twoOfficers.tooFew', 'officers', { count })];
    },

    // 附件1 第10条: start and end, to the minute.
    times: ({ content }) => {
        const start = numberOf(content, 'start');
        const end = numberOf(content, 'end');
        const missing = (['start', 'end'] as const).filter((key) => numberOf(content, key) === undefined);
        if (missing.length > 0) return missing.map((key) => finding('times.missing', key));
        if (start === undefined || end === undefined) return [];
        if (start >= end) return [finding('times.order', 'end', { start: moment(start), end: moment(end) })];
        return [start, end].some((at) => at % MINUTE !== 0) ? [finding('times.notMinute', 'start')] : [];
    },

    withinAct: ({ content, facts: { act } }) => {
        const start = numberOf(content, 'start');
        const end = numberOf(content, 'end');
        if (start === undefined || end === undefined) return [];
        if (act === undefined) return [finding('withinAct.unjudged', 'start')];
        if (start >= act.start && end <= (act.end ?? Number.POSITIVE_INFINITY)) return [];
        // An act that goes on has no end yet that could be named.
        if (act.end === null)
            return [finding('withinAct.before', 'start', { start: moment(start), actStart: moment(act.start) })];
        return [
            finding('withinAct.outside', start < act.start ? 'start' : 'end', {
                start: moment(start),
                end: moment(end),
                actStart: moment(act.start),
                actEnd: moment(act.end),
            }),
        ];
    },

    onePerson: ({ content }) =>
        /[、，,；;/]/.test(textOf(content, 'name'))
            ? [finding('onePerson.several', 'name', { name: textOf(content, 'name') })]
            : [],

    // Who writes may be one of the two who ask, but never all of them.
    recorderNotAlone: ({ content }) => {
        const recorders = new Set(peopleOf(content, 'recorder').map((each) => each.id));
        const officers = peopleOf(content, 'officers');
        return officers.length > 0 && recorders.size > 0 && officers.every((each) => recorders.has(each.id))
            ? [finding('recorderNotAlone.alone', 'recorder')]
            : [];
    },

    // 强制法18(8)(9): the reason is noted; where the party is absent from a coercive measure a witness signs.
    refusal: ({ facts: { signing, stage }, template }) => {
        if (stage !== 'signed') return [];
        if (signing === undefined) return [finding('refusal.unjudged', null)];
        const witnessed = template.signers.includes('witness');
        return [
            ...(signing.refused && signing.reason.trim() === '' ? [finding('refusal.noReason', null)] : []),
            ...(signing.partyAbsent && witnessed && !signing.witness ? [finding('refusal.noWitness', null)] : []),
        ];
    },

    pages: ({ facts: { signing, stage } }) => {
        if (stage !== 'signed') return [];
        if (signing === undefined) return [finding('pages.unjudged', null)];
        const { refused, partyAbsent, pages, signedPages: signed } = signing;
        if (refused || partyAbsent) return [];
        if (pages === null) return [finding('pages.unjudged', null)];
        return signed < pages ? [finding('pages.unsigned', null, { pages, signed })] : [];
    },
} as const satisfies Record<string, DraftingCheck>;
