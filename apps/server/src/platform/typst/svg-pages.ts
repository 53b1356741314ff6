import { createHash, type Hash } from 'node:crypto';
import { BoundedMap } from '../bounded.ts';

/** What is known of a page without sending its picture. */
export type PageShape = {
    readonly width: number;
    readonly height: number;
    /** Of the whole page, and of it without its foot, which changes on every page when one page more is needed. */
    readonly picture: string;
    readonly body: string;
};
export type DrawnPages = { readonly shapes: readonly PageShape[]; pictureOf(page: number): string };

/**
 * The pages of a picture that holds all of them one below the other, as the type-setter draws it (one element a line, four spaces
 * for each level; the outlines of characters behind the pages, for all of them once). A page alone has the outlines it uses.
 */
export function drawnPages(svg: string): DrawnPages {
    const [, across, down] = /^<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
    const pages = pagesOf(svg);
    if (across === undefined || down === undefined || pages.length === 0) throw new Error('the picture has no pages');
    const [, behind] = pages.at(-1) ?? [0, 0];
    const { outlines, rest } = outlinesIn(svg.slice(behind));
    const tops = [...pages.map(([start]) => topOf(svg, start)), Number(down)];
    const shapes = pages.map(([start, end], at) => {
        const page = svg.slice(start, end);
        const foot = footOf(page);
        const body = createHash('sha256').update(page.slice(0, foot));
        return {
            width: Number(across),
            height: (tops[at + 1] ?? 0) - (tops[at] ?? 0),
            body: markOf(body.copy()),
            picture: markOf(body.update(page.slice(foot))),
        };
    });
    return {
        shapes,
        pictureOf(page) {
            const [[start, end], { width, height }] = [pages[page - 1] ?? [0, 0], shapes[page - 1] ?? { width: 0, height: 0 }];
            const drawing = svg.slice(svg.indexOf('\n', start), end);
            const used = new Set([...drawing.matchAll(/href="#(\w+)"/g)].map((match) => match[1] ?? ''));
            const shown = [...used].map((id) => outlines.get(id) ?? '').join('');
            const size = `viewBox="0 0 ${width} ${height}" width="${width}pt" height="${height}pt"`;
            return `<svg ${NAMES} ${size}><g>${plain(drawing)}<defs>${shown}</defs>${rest}`;
        },
    };
}

const NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const PAGE_END = '\n    </g>';

/** Without what goes without saying: indents, and that a character stands on its line and is black. */
const plain = (drawing: string): string =>
    drawing.replace(/\n +/g, '\n').replace(/(<use [^>]*?)(?: y="0")? fill="#000000" fill-rule="nonzero"\/>/g, '$1/>');

/** Where each page's element begins and ends. */
function pagesOf(svg: string): (readonly [start: number, end: number])[] {
    const pages: (readonly [number, number])[] = [];
    for (let start = svg.indexOf('\n') + 1; svg.startsWith('    <g', start); ) {
        const end = svg.indexOf(PAGE_END, start);
        if (end < 0) break;
        pages.push([start, end + PAGE_END.length]);
        start = end + PAGE_END.length + 1;
    }
    return pages;
}

/** How far down the whole picture a page begins. */
const topOf = (svg: string, start: number): number =>
    Number(/^ {4}<g transform="matrix\(1 0 0 1 0 ([\d.]+)\)">/.exec(svg.slice(start, start + 80))?.[1] ?? 0);

/** A page's foot is the last group on its outermost level. */
function footOf(page: string): number {
    const last = Math.max(page.lastIndexOf('\n        <g class'), page.lastIndexOf('\n            <g class'));
    return last < 0 ? page.length : last;
}

const OUTLINE = /\n {8}<symbol id="(\w+)"[\s\S]*?<\/symbol>/g;
/** What stands behind the pages: outlines by their names, and all else, which every page keeps. */
function outlinesIn(behind: string): { outlines: Map<string, string>; rest: string } {
    const outlines = new Map<string, string>();
    const rest = behind.replace(OUTLINE, (whole, id: string) => {
        outlines.set(id, tidied(id, whole));
        return '';
    });
    return { outlines, rest };
}

const SYMBOL_OF_PATH = /\n<symbol id="(\w+)" overflow="visible">\n<path d="([^"]*)"\/>\n<\/symbol>/;

/** Outlines as they are sent, by their names, which say all of their shape. A record and its next version share nearly all. */
const tidy = new BoundedMap<string, string>(20_000);

/**
 * An outline with four decimals of a point instead of the nine that single precision leaves: a third less to send and to read.
 * Steps are relative, so that errors add up, to a hundredth of a point in an outline of two hundred steps: nothing on a screen.
 * And without the symbol around it: a browser makes an element of it wherever the character stands.
 */
function tidied(id: string, outline: string): string {
    const known = tidy.get(id);
    if (known !== undefined) return known;
    const short = outline
        .replace(/\n +/g, '\n')
        .replace(SYMBOL_OF_PATH, '\n<path id="$1" d="$2"/>')
        .replace(/-?\d+\.\d{4,}(?:e-?\d+)?/g, (number) => String(Math.round(Number(number) * 1e4) / 1e4));
    tidy.set(id, short);
    return short;
}

const markOf = (hash: Hash): string => hash.digest('hex').slice(0, 12);
