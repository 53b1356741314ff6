import { CATALOGUE, type CatalogueItem } from './catalogue.ts';
import { ANNEX1 } from './notice/annex1.ts';
import { ANNEX2 } from './notice/annex2.ts';
import { ANNEX3 } from './notice/annex3.ts';
import { MAIN } from './notice/main.ts';
import type { NoticeBlock } from './notice-block.ts';

export const NOTICE_PARTS = ['main', 'annex1', 'annex2', 'annex3'] as const;
export type NoticePart = (typeof NOTICE_PARTS)[number];

/** The whole of 沪卫监督〔2020〕42号. */
export const NOTICE: Readonly<Record<NoticePart, readonly NoticeBlock[]>> = {
    main: MAIN,
    annex1: ANNEX1,
    annex2: ANNEX2,
    annex3: ANNEX3,
};

/** A stretch of a block and the clauses whose words it belongs to. */
export type NoticePiece = { readonly text: string; readonly clauses: readonly string[] };
export type ReadBlock = {
    readonly block: NoticeBlock;
    readonly items: readonly CatalogueItem[];
    readonly pieces: readonly NoticePiece[];
};

/** A part of the notice to read: each clause stands at the first block of its article that has its words. */
export function readNotice(part: NoticePart): readonly ReadBlock[] {
    const open = new Set(CATALOGUE);
    return NOTICE[part].map((block) => {
        const found = [...open]
            .filter(({ clause }) => isOf(clause.article, block.article))
            .map((item) => ({ item, span: spanOf(block.text, item.clause.quote) }))
            .filter((each) => each.span !== undefined) as { item: CatalogueItem; span: Span }[];
        for (const { item } of found) open.delete(item);
        return { block, items: found.map(({ item }) => item), pieces: piecesOf(block.text, found) };
    });
}

/** 附件1 第18条(一) is an item of 附件1 第18条; in the main text 二(一) is a heading of its own. */
const isOf = (article: string, block: string): boolean =>
    block !== '' && (article === block || (block.startsWith('附件') && article.startsWith(`${block}(`)));

type Span = { readonly from: number; readonly to: number };

/** Where the words stand in the text; spaces do not count. */
function spanOf(text: string, quote: string): Span | undefined {
    const places = [...text.matchAll(/\S/gu)].map(({ index }) => index);
    const [bare, wanted] = [text, quote].map((each) => each.replace(/\s/gu, '')) as [string, string];
    const at = bare.indexOf(wanted);
    const [from, last] = [places[at], places[at + wanted.length - 1]];
    return at < 0 || from === undefined || last === undefined ? undefined : { from, to: last + 1 };
}

function piecesOf(text: string, found: readonly { item: CatalogueItem; span: Span }[]): readonly NoticePiece[] {
    const cuts = [...new Set([0, text.length, ...found.flatMap(({ span }) => [span.from, span.to])])].toSorted((a, b) => a - b);
    return cuts.slice(0, -1).map((from, index) => {
        const to = cuts[index + 1] ?? text.length;
        const clauses = found.filter(({ span }) => span.from <= from && span.to >= to).map(({ item }) => item.clause.id);
        return { text: text.slice(from, to), clauses };
    });
}
