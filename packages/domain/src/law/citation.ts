import { chineseNumeral } from '../kernel/chinese-numerals.ts';
import { lawById, lawInForce } from './library.ts';

/** An article of one edition; `paragraph` 款 and `item` 项 count from 1. */
export type Citation = {
    readonly law: string;
    readonly article: number;
    readonly paragraph?: number;
    readonly item?: number;
};

/** What is wrong with a citation on a day, or `undefined`. `unverified`: the library has not seen this article. */
export type CitationFault = 'unknownLaw' | 'notYet' | 'noLonger' | 'noArticle' | 'unverified';

export function citationFault(of: Citation, day: string): CitationFault | undefined {
    const law = lawById(of.law);
    if (law === undefined) return 'unknownLaw';
    if (day < law.from) return 'notYet';
    if (law.to !== undefined && day > law.to) return 'noLonger';
    const positive = (value: number | undefined) => value === undefined || (Number.isInteger(value) && value > 0 && value < 1000);
    if (of.article === 0 || ![of.article, of.paragraph, of.item].every(positive)) return 'noArticle';
    return law.articles.find((each) => each.article === of.article)?.verified === true ? undefined : 'unverified';
}

/** Whether the cited edition is in force on the day. */
export function inForce(of: Citation, day: string): boolean {
    const law = lawById(of.law);
    return law !== undefined && lawInForce(law, day);
}

/** `《中华人民共和国行政处罚法》第五十七条第一款第（一）项`; an unknown law prints its id, so that nothing vanishes. */
export function citationText(of: Citation): string {
    const numeral = (value: number) =>
        Number.isInteger(value) && value >= 0 && value < 10_000 ? chineseNumeral(value) : String(value);
    const paragraph = of.paragraph === undefined ? '' : `第${numeral(of.paragraph)}款`;
    const item = of.item === undefined ? '' : `第（${numeral(of.item)}）项`;
    return `《${lawById(of.law)?.title ?? of.law}》第${numeral(of.article)}条${paragraph}${item}`;
}

/** Several citations as a sentence has them; the title is not repeated within one text. */
export function citationsText(of: readonly Citation[]): string {
    return of
        .map((each, at) => {
            const text = citationText(each);
            return of[at - 1]?.law === each.law ? text.slice(text.indexOf('》') + 1) : text;
        })
        .join('、');
}
