import { numberOfChinese } from '../kernel/chinese-numerals.ts';
import type { Citation } from './citation.ts';
import type { Law, LawArticle } from './law.ts';
import { LAWS, lawInForce } from './library.ts';

export type LawHit = { readonly law: Law; readonly articles: readonly LawArticle[] };

const PREFIX = '中华人民共和国';

/**
 * Laws in force on the day whose title, abbreviation, number or pinyin initials hold the words, or whose articles' subjects do;
 * `处罚法 57`, `xzcff57` and `处罚法第五十七条` also pick the article, which need not be one whose subject is known here. All words
 * must be found. Best first: title or initials from their start, then inside, then subjects only.
 */
export function searchLaws(words: string, day: string, laws: readonly Law[] = LAWS): LawHit[] {
    const wanted = wordsOf(words);
    const hits: { hit: LawHit; rank: number }[] = [];
    for (const law of laws) {
        if (!lawInForce(law, day)) continue;
        const found = matched(law, wanted);
        if (found !== undefined) hits.push(found);
    }
    return hits.sort((a, b) => a.rank - b.rank).map((each) => each.hit);
}

const NUMBER = '([0-9〇零一二三四五六七八九十百]+)';
/** 第五十七条第一款第（一）项 as documents write it; NFKC has made the brackets narrow. */
const PLACE = new RegExp(`第?${NUMBER}条(?!之)(?:第?${NUMBER}款)?(?:第?\\(?${NUMBER}\\)?项)?`);

/** Paragraph and item that somebody wrote behind an article. */
export function placeIn(words: string): Pick<Citation, 'paragraph' | 'item'> {
    const [, , paragraph, item] = PLACE.exec(words.normalize('NFKC')) ?? [];
    const [first, second] = [paragraph, item].map((each) => (each === undefined ? undefined : numberOf(each)));
    return { ...(first === undefined ? {} : { paragraph: first }), ...(second === undefined ? {} : { item: second }) };
}

const numberOf = (written: string): number | undefined => (/^\d+$/.test(written) ? Number(written) : numberOfChinese(written));

/** A number at the end of a word is an article: 处罚法57, 第57条. */
function wordsOf(words: string): string[] {
    return words
        .normalize('NFKC')
        .toLowerCase()
        .replace(PLACE, (whole, article: string) => ` ${numberOf(article) ?? whole} `)
        .split(/[\s《》〈〉、，,]+|(?<=\p{L})(?=\d)|第|条/u)
        .filter((each) => each !== '');
}

function matched(law: Law, wanted: readonly string[]): { hit: LawHit; rank: number } | undefined {
    const title = law.title.replace(PREFIX, '');
    const names = [title, law.initials, ...law.short, law.number ?? ''].map((each) => each.normalize('NFKC').toLowerCase());
    let rank = 0;
    let articles: readonly LawArticle[] = law.articles;
    let named = false;
    let asked: number | undefined;
    for (const word of wanted) {
        const start = names.some((each) => each.startsWith(word));
        const inside = start || names.some((each) => each.includes(word)) || law.title.includes(word);
        const fitting = articles.filter((each) => each.topic.includes(word) || String(each.article) === word);
        named ||= inside;
        if (inside) {
            rank = Math.max(rank, start ? 0 : 1);
            continue;
        }
        if (fitting.length > 0) {
            articles = fitting;
            // A word that only a subject holds says less than a title does; a number behind a title says as much.
            if (!/^\d+$/.test(word)) rank = 2;
        } else if (/^[1-9]\d{0,2}$/.test(word)) asked = Number(word);
        else return undefined;
    }
    if (asked !== undefined && (!named || articles !== law.articles)) return undefined;
    return { hit: { law, articles: asked === undefined ? articles : [unseen(asked)] }, rank };
}

/** An article of which the library knows nothing but its number. */
const unseen = (article: number): LawArticle => ({ article, topic: '', verified: false });
