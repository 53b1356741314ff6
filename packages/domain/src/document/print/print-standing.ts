import { type DocumentState, isMade } from '../document.ts';

/** What pages that were not printed for good say of themselves. */
export type PrintStanding = {
    readonly as: 'draft' | 'review' | 'unprinted' | 'void';
    /** Whether its words may still change: a made-up seal stands where the real one will. */
    readonly draft: boolean;
    readonly watermark: string;
    readonly marks: readonly string[];
};

/**
 * A draft says so, and so does what is under review. What was approved is no draft any more, but only its final print, with a code
 * on every page, is signed, sealed and handed out; what was voided is void on every page that is set from then on.
 */
export function printStanding(state: DocumentState): PrintStanding {
    if (state === 'voided') return { as: 'void', draft: false, watermark: '作废', marks: ['本文书已作废'] };
    if (isMade(state)) return { as: 'unprinted', draft: false, watermark: '预览', marks: ['不是正式打印件，不得签名、用印'] };
    const [as, watermark] = state === 'draft' ? (['draft', '草稿'] as const) : (['review', '送审稿'] as const);
    return { as, draft: true, watermark, marks: [] };
}
