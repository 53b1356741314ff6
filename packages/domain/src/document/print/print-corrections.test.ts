import { expect, it } from 'vitest';
import { templateOf } from '../templates/catalogue.ts';
import { correctionBlocks, type PrintCorrection } from './print-corrections.ts';

const template = templateOf('sceneRecord', '2026-11-18');
if (template === undefined) throw new Error('no form');
const correction: PrintCorrection = {
    field: 'place',
    before: '世纪大道 100 号',
    after: '世纪大道 101 号',
    reason: '门牌写错',
    by: '陈默',
    at: Date.UTC(2026, 10, 18, 17),
    needsSignature: true,
};
const words = (of: readonly PrintCorrection[]) =>
    correctionBlocks(template, of).map((block) =>
        block.kind === 'paragraph' ? block.parts.map((part) => part.text).join('') : '',
    );

it('says what stood there, what stands there now, why, who and when, with a line for the party', () => {
    expect(words([])).toEqual([]);
    expect(words([correction])[1]).toMatch(
        /由“世纪大道 100 号”更正为“世纪大道 101 号”。理由：门牌写错。更正人：陈默，2026年11月19日。当事人对更正签名：$/,
    );
    const without = correctionBlocks(template, [{ ...correction, needsSignature: false }])[1];
    expect(without).toMatchObject({ parts: [{ kind: 'fixed' }] });
});

it('a field that was empty, and one of many words', () => {
    expect(words([{ ...correction, before: null, after: '长'.repeat(500) }])[1]).toContain(`由“”更正为“${'长'.repeat(120)}……”`);
});
