import { describe, expect, it } from 'vitest';
import type { DocumentStanding } from './document.decide.ts';
import { decidePrint } from './document-print.ts';
import { decideSigning, type NewSignature, signersOffered } from './document-signature.decide.ts';
import { UNTOUCHED } from './standing-testing.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const outcome = (body: () => void): string => {
    try {
        body();
        return 'done';
    } catch (error) {
        return (error as { code: string }).code;
    }
};

const standing = (more: Partial<DocumentStanding> = {}): DocumentStanding => ({
    ...UNTOUCHED,
    revision: 2,
    startedAt: 1,
    endedAt: 2,
    ...more,
});

describe('a signature', () => {
    const print = { revision: 2, kind: 'final', printedAt: NOW - 5 * MINUTE, pages: 2 } as const;
    const signature: NewSignature = {
        signer: 'party',
        name: '曾小贤',
        outcome: 'signed',
        means: 'wet',
        at: NOW,
        pages: [1, 2],
        reason: null,
        witness: null,
        print,
    };
    const absent = { outcome: 'absent', reason: '不在场' } as const;

    it.each<[string, Partial<NewSignature>, Partial<DocumentStanding>, string]>([
        ['of what was printed as it stands', {}, {}, 'done'],
        ['of what is filed', {}, { state: 'filed' }, 'document.cannotBeSigned'],
        ['of an office document that nobody approved', {}, { type: 'priorNotice', state: 'inReview' }, 'document.cannotBeSigned'],
        ['of an urgent measure', {}, { type: 'seizureDecision', state: 'awaitingSignature', regulariseBy: NOW }, 'done'],
        ['before start and end are stated', {}, { endedAt: null }, 'document.intervalMissing'],
        ['on a draft', { print: { ...print, kind: 'draft' } }, {}, 'document.printIsDraft'],
        ['on a print of other words', { print: { ...print, revision: 1 } }, {}, 'document.printOutdated'],
        ['of tomorrow', { at: NOW + 1 }, {}, 'document.inFuture'],
        ['of the minute of the print', { at: print.printedAt - MINUTE }, {}, 'done'],
        ['before there was a print', { at: print.printedAt - MINUTE - 1 }, {}, 'document.signedBeforePrint'],
        ['on a page that is none', { pages: [1, 3] }, {}, 'document.noSuchPage'],
        ['on pages nobody has counted', { pages: [9], print: { ...print, pages: null } }, {}, 'done'],
        ['refused without a reason', { outcome: 'refused' }, {}, 'document.refusalReasonMissing'],
        ['refused with a reason', { outcome: 'refused', reason: '不实' }, {}, 'done'],
        ['absent, and nobody saw it', absent, {}, 'document.witnessMissing'],
        ['absent, and somebody saw it', { ...absent, witness: '林某' }, {}, 'done'],
        ['absent from what asks for no witness', absent, { type: 'inquiryRecord' }, 'done'],
    ])('%s', (_name, more, document, expected) => {
        expect(outcome(() => decideSigning(standing(document), { ...signature, ...more }, true, NOW))).toBe(expected);
    });

    it('of an absence without coercion asks for no witness', () => {
        expect(outcome(() => decideSigning(standing(), { ...signature, ...absent }, false, NOW))).toBe('done');
    });
});

describe('a print', () => {
    it.each<[string, 'draft' | 'final', Partial<DocumentStanding>, number, string]>([
        ['of a draft that lacks much', 'draft', {}, 3, 'done'],
        ['of what is void, even as a draft', 'draft', { state: 'voided' }, 0, 'document.isDone'],
        ['for signing, of a record that lacks something', 'final', {}, 1, 'document.incomplete'],
        ['for signing, of a record that lacks nothing', 'final', {}, 0, 'done'],
        ['of a record that was handed over', 'final', { state: 'issued' }, 1, 'done'],
        [
            'of a decision under review',
            'final',
            { type: 'priorNotice', state: 'inReview', numberedAt: 1 },
            0,
            'document.notApproved',
        ],
        [
            'of a decision that waits for its head',
            'final',
            { type: 'priorNotice', state: 'awaitingSignature' },
            0,
            'document.notApproved',
        ],
        ['of a decision without a number', 'final', { type: 'priorNotice', state: 'approved' }, 0, 'document.numberFirst'],
        ['of a decision', 'final', { type: 'priorNotice', state: 'approved', numberedAt: 1 }, 0, 'done'],
    ])('%s', (_name, kind, document, faults, expected) => {
        expect(outcome(() => decidePrint(standing(document), kind, faults))).toBe(expected);
    });
});

it.each<[string, Parameters<typeof signersOffered>[0], boolean]>([
    ['a decision not served yet', { type: 'penaltyDecision', content: {}, servedMode: null }, true],
    ['a receipt of what is handed over', { type: 'serviceReceipt', content: { mode: 'direct' }, servedMode: null }, true],
    // 民事诉讼法 2023 第89条: who is left a document has refused to sign for it.
    ['a receipt of what is left', { type: 'serviceReceipt', content: { mode: 'lien' }, servedMode: null }, false],
    ['a receipt of what was posted', { type: 'serviceReceipt', content: { mode: 'post' }, servedMode: null }, false],
    ['what was left', { type: 'penaltyDecision', content: {}, servedMode: 'lien' }, false],
])('%s offers 收件人: %s', (_name, document, offered) => {
    const template = { signers: ['recipient', 'officers', 'witness'] as const };
    const signers = signersOffered(document, template);
    expect(signers.includes('recipient')).toBe(offered);
    expect(signers).toContain('witness');
    expect(signersOffered(document, undefined).includes('recipient')).toBe(offered);
});
