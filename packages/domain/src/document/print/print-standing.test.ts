import { expect, it } from 'vitest';
import { DOCUMENT_STATES } from '../document.ts';
import { templateByVersion } from '../templates/catalogue.ts';
import { sampleContent } from '../templates/sample-content.ts';
import { composeDocument, type PrintFacts } from './compose.ts';
import { printStanding } from './print-standing.ts';

const FACTS: PrintFacts = {
    agency: '上海市示例区卫生健康委员会',
    number: null,
    day: null,
    code: null,
    draft: false,
    marks: ['样张未核对'],
};

function pages(facts: Partial<PrintFacts>) {
    const template = templateByVersion('penaltyDecision', 1);
    if (template === undefined) throw new Error('no template');
    return composeDocument(template, sampleContent(template), { ...FACTS, ...facts });
}

it('says of pages in every state what they are, and calls nothing a draft that was approved', () => {
    expect(Object.fromEntries(DOCUMENT_STATES.map((state) => [state, printStanding(state).watermark]))).toEqual({
        ...{ draft: '草稿', inReview: '送审稿', inLegalReview: '送审稿', awaitingSignature: '送审稿' },
        ...{ approved: '预览', issued: '预览', checked: '预览', served: '预览', filed: '预览', imported: '预览', voided: '作废' },
    });
    expect(DOCUMENT_STATES.filter((state) => printStanding(state).draft)).toEqual([
        'draft',
        'inReview',
        'inLegalReview',
        'awaitingSignature',
    ]);
});

it('marks stand on everything but a final print, a made-up seal on drafts only', () => {
    expect(pages(printStanding('approved'))).toMatchObject({
        ...{ draft: false, watermark: '预览', marks: ['不是正式打印件，不得签名、用印'] },
    });
    expect(pages({ draft: true })).toMatchObject({ draft: true, watermark: '草稿', marks: ['样张未核对'] });
    expect(pages({})).toMatchObject({ draft: false, watermark: '', marks: [] });
});
