import { dayOf } from '../../kernel/day.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { FieldValue, Template } from '../template.ts';
import { fieldsOf } from '../template.ts';
import type { PrintBlock } from './print-model.ts';
import { printDay, printValue } from './print-value.ts';

/** One correction of what somebody had signed already. */
export type PrintCorrection = {
    readonly field: string;
    readonly before: FieldValue | null;
    readonly after: FieldValue | null;
    readonly reason: string;
    readonly by: string;
    readonly at: Instant;
    readonly needsSignature: boolean;
};

/** Longer values are named by their beginning: both stand whole among the document's kept versions. */
const MOST_SHOWN = 120;

/**
 * What was changed after the first signature, at the end of the pages, with a line where the party signs at it: corrected
 * words never look as if they had stood there from the beginning (《卫生行政执法文书规范》第5条).
 */
export function correctionBlocks(template: Template, corrections: readonly PrintCorrection[]): PrintBlock[] {
    if (corrections.length === 0) return [];
    return [{ kind: 'heading', text: '更正记录' }, ...corrections.map((each) => paragraphOf(template, each))];
}

function paragraphOf(template: Template, correction: PrintCorrection): PrintBlock {
    const { field: key, before, after, reason, by, at, needsSignature } = correction;
    const field = fieldsOf(template).find((each) => each.key === key);
    const shown = (value: FieldValue | null) => {
        const text = field === undefined || value === null ? String(value ?? '') : printValue(field, value).replaceAll('\n', '');
        const letters = [...text];
        return letters.length > MOST_SHOWN ? `${letters.slice(0, MOST_SHOWN).join('')}……` : text;
    };
    const said = `“${field?.label ?? key}”由“${shown(before)}”更正为“${shown(after)}”。理由：${reason}。更正人：${by}，${printDay(dayOf(at))}。`;
    return {
        kind: 'paragraph',
        label: '',
        parts: needsSignature
            ? [
                  { kind: 'fixed', text: `${said}当事人对更正签名：` },
                  { kind: 'blank', text: '' },
              ]
            : [{ kind: 'fixed', text: said }],
    };
}
