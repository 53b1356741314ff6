import { FILE_RULES } from './pdf-a-file-rules.ts';
import { FONT_RULES } from './pdf-a-font-rules.ts';
import { GRAPHICS_RULES } from './pdf-a-graphics-rules.ts';
import { INTERACTION_RULES } from './pdf-a-interaction-rules.ts';
import { METADATA_RULES } from './pdf-a-metadata-rules.ts';
import type { PdfARule } from './pdf-a-rule.ts';
import { readContent } from './pdf-content.ts';
import { readPdf } from './pdf-file.ts';

/**
 * ISO 19005-2 (PDF/A-2b) as far as it concerns what our type-setter can write, clause by clause. What it does not look into it
 * refuses (images within content, fonts that are not composite), but for the widths of outlines in CFF, which are not compared.
 */
export const PDF_A_RULES: readonly PdfARule[] = [
    ...FILE_RULES,
    ...METADATA_RULES,
    ...GRAPHICS_RULES,
    ...FONT_RULES,
    ...INTERACTION_RULES,
];

/** What of a file is not PDF/A-2b, as `clause: what`; empty when all is kept. */
export function breachesOf(pdf: Buffer): string[] {
    const file = readPdf(pdf);
    const content = readContent(file);
    return PDF_A_RULES.flatMap((rule) => rule.find(file, content).map((said) => `${rule.clause}: ${said}`));
}
