import type { Law, LawArticle } from './law.ts';
import { LAWS, lawInForce } from './library.ts';

export type LawHit = { readonly law: Law; readonly articles: readonly LawArticle[] };

const PREFIX = '中华人民共和国';

/**
 * Laws in force on the day whose title, abbreviation, number or pinyin initials hold the words, or whose articles' subjects do;
 * `处罚法 57` and `xzcff57` also pick the article. All words must be found. Best first: title or initials from their start, then
 * inside, then subjects only.
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

/** A number at the end of a word is an article: 处罚法57, 第57条. */
function wordsOf(words: string): string[] {
    return words
        .normalize('NFKC')
        .toLowerCase()
        .split(/[\s《》〈〉、，,]+|(?<=\p{L})(?=\d)|第|条/u)
        .filter((each) => each !== '');
}

function matched(law: Law, wanted: readonly string[]): { hit: LawHit; rank: number } | undefined {
    const title = law.title.replace(PREFIX, '');
    const names = [title, law.initials, ...law.short, law.number ?? ''].map((each) => each.normalize('NFKC').toLowerCase());
    let rank = 0;
    let articles: readonly LawArticle[] = law.articles;
    for (const word of wanted) {
        const start = names.some((each) => each.startsWith(word));
        const inside = start || names.some((each) => each.includes(word)) || law.title.includes(word);
        const fitting = articles.filter((each) => each.topic.includes(word) || String(each.article) === word);
        if (!inside && fitting.length === 0) return undefined;
        if (!inside) articles = fitting;
        rank = Math.max(rank, start ? 0 : inside ? 1 : 2);
    }
    return { hit: { law, articles }, rank };
}
