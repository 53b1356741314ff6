import type { PrintModel } from '@liuhen/domain';
import type { FontSet } from './fonts.ts';

export type TypstRequest = {
    readonly call: number;
    readonly model: PrintModel;
    /** SVG of the code of each page, the first ones; empty for none. */
    readonly codes: readonly string[];
    /** Seconds since 1970: the version's time, so that the same version gives the same bytes. */
    readonly timestamp: number;
    readonly format: 'pdf' | 'svg';
};

export type TypstAnswer =
    | { readonly call: number; readonly ok: true; readonly content: Uint8Array; readonly pages: number }
    | { readonly call: number; readonly ok: false; readonly missing: readonly string[] }
    | { readonly call: number; readonly ok: false; readonly failure: string };

/** First message to a child. */
export type TypstSetup = { readonly fonts: FontSet; readonly folder: string };

/** What a child says besides answers: that it can work, and that it has grown and should be replaced. */
export type TypstNotice = { readonly notice: 'ready' | 'grown' };
