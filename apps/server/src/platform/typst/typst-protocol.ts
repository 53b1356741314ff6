import type { PrintModel } from '@liuhen/domain';
import type { FontSet } from './fonts.ts';
import type { PageShape } from './svg-pages.ts';

/** Which pages are looked at. */
export type PicturesWanted = {
    readonly first: number;
    readonly last: number;
    /** The bodies of all pages as they were seen before: where the first that differs is not in view, it is sent instead. */
    readonly before: readonly string[];
    /** Pictures that are there already and are not sent again. */
    readonly known: readonly string[];
};

export type PagePictures = {
    readonly shapes: readonly PageShape[];
    readonly pictures: readonly { readonly page: number; readonly svg: string }[];
    /** The first page whose body is not what was seen before. */
    readonly changed: number | null;
};

export type TypstRequest = {
    readonly call: number;
    readonly model: PrintModel;
    /** SVG of the code of each page, the first ones; empty for none. */
    readonly codes: readonly string[];
    /** Seconds since 1970: the version's time, so that the same version gives the same bytes. */
    readonly timestamp: number;
    readonly format: 'pdf' | PicturesWanted;
};

export type TypstAnswer =
    | { readonly call: number; readonly ok: true; readonly pages: number; readonly made: Uint8Array | PagePictures }
    /** There are more pages than codes were drawn for. */
    | { readonly call: number; readonly ok: false; readonly codesFor: number }
    | { readonly call: number; readonly ok: false; readonly missing: readonly string[] }
    | { readonly call: number; readonly ok: false; readonly failure: string };

/** First message to a child. */
export type TypstSetup = { readonly fonts: FontSet; readonly folder: string };

/** What a child says besides answers: that it can work, and that it has grown and should be replaced. */
export type TypstNotice = { readonly notice: 'ready' | 'grown' };
