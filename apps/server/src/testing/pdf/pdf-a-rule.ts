import type { PdfContent } from './pdf-content.ts';
import type { PdfFile } from './pdf-file.ts';

/** One clause of ISO 19005-2 as far as a file can be held to it here: what breaks it, in words; nothing when it is kept. */
export type PdfARule = {
    readonly clause: string;
    readonly says: string;
    find(file: PdfFile, content: PdfContent): readonly string[];
};

export const unless = (kept: boolean, said: string): readonly string[] => (kept ? [] : [said]);
