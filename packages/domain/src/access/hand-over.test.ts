import { expect, test } from 'vitest';
import { decideHandOver, decideReceiptPaper } from './retrieval.decide.ts';
import { MOST_RECEIPT_PAPERS } from './retrieval.ts';

const made = { state: 'packaged' as const, packagedAt: 90_000 };

test('what was made is handed over once, not before it was there and not in the future', () => {
    expect(decideHandOver(made, 90_000, 100_000)).toBe('handedOver');
    // The minute in which it was made is written down without its seconds.
    expect(decideHandOver(made, 60_000, 100_000)).toBe('handedOver');
    expect(() => decideHandOver(made, 59_999, 100_000)).toThrow('retrieval.receivedBefore');
    expect(() => decideHandOver(made, 100_001, 100_000)).toThrow('retrieval.receivedInFuture');
    expect(() => decideHandOver({ ...made, state: 'handedOver' }, 90_000, 100_000)).toThrow('retrieval.wrongState');
    expect(() => decideHandOver({ ...made, state: 'consented' }, 90_000, 100_000)).toThrow('retrieval.wrongState');
});

test('receipts belong to what was handed over, and are not without number', () => {
    expect(() => decideReceiptPaper({ state: 'handedOver', papers: MOST_RECEIPT_PAPERS - 1 })).not.toThrow();
    expect(() => decideReceiptPaper({ state: 'handedOver', papers: MOST_RECEIPT_PAPERS })).toThrow('retrieval.tooManyPapers');
    expect(() => decideReceiptPaper({ state: 'packaged', papers: 0 })).toThrow('retrieval.wrongState');
});
