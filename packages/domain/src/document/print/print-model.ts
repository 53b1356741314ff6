import type { Layout, Signer } from '../template.ts';

/** A piece of a sentence: fixed words of the form, a value written in, or a line left to be written on. */
export type PrintPart = { readonly kind: 'fixed' | 'value' | 'blank'; readonly text: string };

/** An opinion that was given in the system, and the line that says by whom and on which day. */
export type PrintOpinion = { readonly opinion: string; readonly signature: string };

/**
 * A labelled value of a form; an empty value leaves room to write. `share` is its part of the row in sixths; `signed` names who
 * signs there with ink; `given` stands before that.
 */
export type PrintCell = {
    readonly label: string;
    readonly value: string;
    readonly share: number;
    readonly signed?: string;
    readonly given?: readonly PrintOpinion[];
};

/** `number` is centred, `right` a sum. */
export type PrintColumn = {
    readonly label: string;
    readonly width: number;
    readonly right: boolean;
    readonly number: boolean;
};

/** What stands at one of a signer's lines: a picture of the handwriting on each page, or words where nothing was written. */
export type PrintHand = {
    readonly line: number;
    /** Several share a line: which of how many. */
    readonly place: number;
    readonly of: number;
    readonly words: string;
    readonly pages: readonly number[];
    readonly pictures: readonly { readonly page: number; readonly svg: string }[];
};

/** Whoever signs, and on how many lines side by side: two officers have one each. `written` and `day` are of a signed copy. */
export type PrintSigner = {
    readonly signer: Signer;
    readonly label: string;
    readonly hands: number;
    readonly written?: readonly PrintHand[];
    readonly day?: string;
};

/** The sheet behind a signed copy. */
export type PrintSigning = {
    /** Of the version that was signed: the sheet is none of them. */
    readonly pages: number;
    readonly about: string;
    readonly facts: readonly (readonly [label: string, value: string])[];
    readonly rows: readonly {
        readonly who: string;
        readonly when: string;
        readonly how: string;
        readonly page: string;
        readonly svg: string;
        readonly digest: string;
        readonly said: string;
    }[];
};

export type PrintBlock =
    | { readonly kind: 'heading'; readonly text: string }
    | { readonly kind: 'salutation'; readonly text: string }
    | { readonly kind: 'lines'; readonly cells: readonly PrintCell[] }
    /** `whole`: no page parts it, as far as one page holds it. */
    | { readonly kind: 'grid'; readonly cells: readonly PrintCell[]; readonly whole?: true }
    | { readonly kind: 'paragraph'; readonly label: string; readonly parts: readonly PrintPart[] }
    | {
          readonly kind: 'table';
          readonly columns: readonly PrintColumn[];
          readonly rows: readonly (readonly string[])[];
          /** Whether words that are too long for a line are broken. */
          readonly breaks?: true;
      }
    /** A drawing of its own, as wide as the text, as SVG. */
    | { readonly kind: 'picture'; readonly svg: string }
    | { readonly kind: 'dialogue'; readonly rows: readonly { readonly question: string; readonly answer: string }[] }
    | { readonly kind: 'endMark'; readonly text: string }
    | { readonly kind: 'statement'; readonly label: string; readonly value: string; readonly written?: string }
    | { readonly kind: 'signatures'; readonly boxes: readonly (PrintSigner & { readonly names: string })[] }
    | { readonly kind: 'issued'; readonly agency: string; readonly day: string; readonly seal: boolean };

/** One head of the log on a daily sheet. */
export type PrintSheetHead = {
    readonly title: string;
    readonly facts: readonly (readonly [label: string, value: string])[];
    readonly rootLabel: string;
    readonly groups: readonly string[];
    readonly beforeLabel: string;
    /** Empty on the first sheet. */
    readonly before: readonly string[];
    readonly keyLabel: string;
    readonly keys: readonly string[];
    /** The code with the text of the checkpoint, as SVG. */
    readonly svg: string;
};

/** The sheet of a day's last checkpoint, to be sealed and signed. */
export type PrintSheet = {
    readonly language: 'zh' | 'en';
    readonly facts: readonly (readonly [label: string, value: string])[];
    readonly heads: readonly PrintSheetHead[];
    readonly remarks: readonly string[];
    readonly seal: string;
    readonly hands: readonly string[];
    readonly signedOn: string;
};

/**
 * All that the page shows, as plain strings: the one input of the printing of a document. It holds no markup, so that nothing
 * a person wrote can become an instruction to the type-setter.
 */
export type PrintModel = {
    /** `sheet` is no form of a document. */
    readonly layout: Layout | 'sheet';
    readonly agency: string;
    readonly title: string;
    /** `文号` or `编号`, empty when the form has neither; the number itself is empty before one is given. */
    readonly numberLabel: string;
    readonly number: string;
    readonly blocks: readonly PrintBlock[];
    /** Who signs at the foot of every page. */
    readonly pageSigners: readonly PrintSigner[];
    readonly copiesNote: string;
    /** What the code on each page says, empty for none, and the words beside it. */
    readonly code: string;
    readonly codeLabel: string;
    /** Picture of a seal, of what may still be changed only. */
    readonly draft: boolean;
    /** Across every page of what is not the document itself; empty on a final print. */
    readonly watermark: string;
    /** Said at the head of every page that has a watermark, such as 样张未核对. */
    readonly marks: readonly string[];
    /** Of a signed copy (签名件). */
    readonly signing?: PrintSigning;
    /** Of a daily sheet. */
    readonly sheet?: PrintSheet;
};
