/** Rank of a text: statute, administrative regulation, ministry rule, Shanghai rule, normative document. */
export const LAW_RANKS = ['statute', 'regulation', 'rule', 'local', 'document'] as const;
export type LawRank = (typeof LAW_RANKS)[number];

/**
 * One article that this trade cites, with its subject in our own words. `verified` only where the article was read in a stored
 * copy (the reference of law facts says which); all others are shown as 未核对 and compared with the text before use.
 */
export type LawArticle = { readonly article: number; readonly topic: string; readonly verified: boolean };

/**
 * One edition of a text. A revision that renumbers articles is another edition with an id of its own, so that a citation says
 * which numbering it means. `verified` speaks of title, number and days.
 */
export type Law = {
    readonly id: string;
    /** As it is printed between 《 》. */
    readonly title: string;
    /** What people type; the title without 中华人民共和国 is always searched. */
    readonly short: readonly string[];
    /** First letters of the title's pinyin, without 中华人民共和国. */
    readonly initials: string;
    readonly rank: LawRank;
    readonly issuer: string;
    /** Number of the order or document that gave it this form; `null` where it is not known here. */
    readonly number: string | null;
    /** First and last day in force, `YYYY-MM-DD`. */
    readonly from: string;
    readonly to?: string;
    readonly verified: boolean;
    readonly articles: readonly LawArticle[];
};

/** Written form of the data files: `'23': 'subject'`, or `'23!': …` for an article that was read. */
export type ArticleTable = { readonly [article: `${number}` | `${number}!`]: string };

export const law = (
    of: Omit<Law, 'articles' | 'short'> & { readonly short?: readonly string[]; readonly articles: ArticleTable },
): Law => ({
    ...of,
    short: of.short ?? [],
    articles: Object.entries(of.articles)
        .map(([key, topic]) => ({ article: Number.parseInt(key, 10), topic, verified: key.endsWith('!') }))
        .sort((a, b) => a.article - b.article),
});
