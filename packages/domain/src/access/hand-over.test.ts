import { expect, test } from 'vitest';
import { decideHandOver, decideReceiptPaper } from './retrieval.decide.ts';
import { MOST_RECEIPT_PAPERS } from './retrieval.ts';
import { type RetrievalPaperFacts, retrievalReceipt, retrievalStatement } from './retrieval-papers.ts';

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

test('the papers of a retrieval break a digest between groups of eight, and signatures stand below the digest they are for', () => {
    const facts: RetrievalPaperFacts = {
        agency: '某所',
        number: 'A-DQ-2026-0001',
        source: 'act',
        of: '',
        purpose: 'litigation',
        proceeding: '',
        basis: '',
        recipient: '',
        reason: '',
        requestedBy: '',
        requestedAt: 0,
        decidedBy: '',
        decidedAt: 0,
        opinion: null,
    };
    const [sha256, sm3] = ['0123456789abcdef'.repeat(4), 'fedcba9876543210'.repeat(4)];
    const made = { name: '一', size: '1', sha256, sm3 };
    const recording = { ...made, officer: null, device: null, start: null };
    const disc = { medium: 'dvd' as const, volume: 1, volumes: 1, label: 'A_1_1', size: '1', sha256 };
    const papers = [
        retrievalStatement(facts, { maker: '甲', takenAt: 0, recordings: [recording], documents: [made] }),
        retrievalReceipt(facts, { file: 'a.zip', size: '1', sha256, manifestSha256: sm3, recordings: 1, discs: [disc] }),
    ];
    const digests = papers.map(({ blocks }) =>
        blocks.flatMap((block) =>
            block.kind === 'grid' ? block.cells.filter(({ label }) => /SHA-256$|SM3$/.test(label)).map(({ value }) => value) : [],
        ),
    );
    expect(digests.map((each) => each.length)).toEqual([4, 4]);
    for (const value of digests.flat()) {
        expect(value.split(' ').map((group) => group.length)).toEqual(Array(8).fill(8));
        expect([sha256, sm3]).toContain(value.replaceAll(' ', ''));
    }
    const signed = papers[1]?.blocks.at(-1);
    expect(signed).toMatchObject({ kind: 'grid', whole: true });
    expect(JSON.stringify(signed)).toContain(sha256.slice(0, 8));
});
