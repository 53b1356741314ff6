import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DocumentStanding } from './document.decide.ts';
import type { ServiceMode } from './document.ts';
import { decideCorrection } from './document-correction.decide.ts';
import { isUsablePattern, NATURE_CODES, type NumberRules, numberText, seriesOf } from './document-number.ts';
import { pageDigest, printDigest } from './document-print.ts';
import { mediaTypeOf } from './document-scan.decide.ts';
import { decideServed, decideServiceFacts } from './document-service.decide.ts';
import type { ServiceFacts } from './document-service.ts';
import {
    decideOnScreen,
    decideRecipient,
    missingSignatures,
    missingSigners,
    type SignatureFacts,
    STROKES,
    servedBy,
    signersAsked,
} from './document-signature.decide.ts';
import { SIGNING } from './document-signing.ts';
import { type DocumentType, documentTypeFacts } from './document-type.ts';
import { UNTOUCHED } from './standing-testing.ts';
import type { DocumentContent } from './template.ts';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const outcome = (body: () => unknown): unknown => {
    try {
        return body() ?? 'done';
    } catch (error) {
        return (error as { code: string }).code;
    }
};

describe('numbers', () => {
    const rules: NumberRules = {
        region: '沪浦',
        docNumberPattern: '{region}卫{category}{nature}〔{year}〕{number}号',
        serialPattern: '{year}-{number:4}',
        categories: ['医', '公'],
        natures: [],
    };
    const text = (...of: Parameters<typeof seriesOf>) => numberText(seriesOf(...of), 7, of[3]);

    it('are written as the organisation writes them', () => {
        expect(text('priorNotice', '医', 2026, rules)).toBe('沪浦卫医告〔2026〕7号');
        expect(text('supervisionOpinion', undefined, 2026, rules)).toBe('2026-0007');
        expect(text('penaltyDecision', '公', 2026, { ...rules, natures: ['penaltyDecision=处'] })).toBe('沪浦卫公处〔2026〕7号');
    });

    it.each([
        ['no number', () => seriesOf('sceneRecord', undefined, 2026, rules), 'document.hasNoNumber'],
        ['no category', () => seriesOf('priorNotice', undefined, 2026, rules), 'document.categoryMissing'],
        ['another category', () => seriesOf('priorNotice', '火', 2026, rules), 'document.categoryUnknown'],
        ['no nature', () => seriesOf('commitmentForm', '医', 2026, rules), 'document.hasNoNumber'],
        ['a serial without a year', () => seriesOf('supervisionOpinion', undefined, 2026, rules).year, 2026],
        ['no region', () => text('priorNotice', '医', 2026, { ...rules, region: null }), 'document.regionMissing'],
    ])('need all their parts: %s', (_name, body, expected) => {
        expect(outcome(body)).toBe(expected);
    });

    it('have a nature for every type with a 文号', () => {
        const wanted = Object.keys(SIGNING).filter((type) => documentTypeFacts(type as 'priorNotice').numbering === 'docNumber');
        expect(Object.keys(NATURE_CODES).sort()).toEqual(wanted.sort());
        expect(new Set(Object.values(NATURE_CODES).map((each) => each.code)).size).toBe(wanted.length);
    });

    it('repeat under no pattern that is taken', () => {
        expect(isUsablePattern('docNumber', rules.docNumberPattern)).toBe(true);
        expect(isUsablePattern('docNumber', '{region}〔{year}〕{number}号')).toBe(false);
        expect(isUsablePattern('serial', '{year}年第{number:3}号')).toBe(true);
        expect(isUsablePattern('serial', '{number}')).toBe(false);
    });
});

describe('a print', () => {
    const digest = { sha256: (b: Uint8Array) => createHash('sha256').update(b).digest(), sm3: () => new Uint8Array(32) };
    const facts = {
        document: '00000000-0000-7000-8000-000000000001',
        type: 'sceneRecord' as const,
        templateVersion: 1,
        revision: 1,
        title: '现场笔录',
        number: null,
        content: { a: '甲' },
        startedAt: 1,
        endedAt: 2,
        corrections: null,
        opinions: null,
        parent: null,
    };
    const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

    it('has a digest that moves with everything it says', () => {
        const first = hex(printDigest(digest, facts));
        // The form of the digest is for ever: signed paper carries it.
        expect(first).toBe('4a37c157ab7073602f3a9069f1086d9d6d76dce03340925e01f9d73c35d234af');
        for (const change of [
            { revision: 2 },
            { title: '笔录' },
            { number: '1' },
            { content: { a: '乙' } },
            { endedAt: 3 },
            { templateVersion: 2 },
            { opinions: [{ step: 'signed', opinion: '同意' }] },
            { parent: { title: '查封、扣押决定书', number: '' } },
        ])
            expect(hex(printDigest(digest, { ...facts, ...change }))).not.toBe(first);
    });

    it('binds each page apart', () => {
        const printed = printDigest(digest, facts);
        const pages = [1, 2].map((page) => pageDigest(digest, facts.document, printed, page));
        expect(new Set(pages).size).toBe(2);
    });
});

describe('signatures', () => {
    const signature = (
        signer: SignatureFacts['signer'],
        name = '甲',
        outcome: SignatureFacts['outcome'] = 'signed',
    ): SignatureFacts => ({
        signer,
        name,
        outcome,
        means: 'wet',
        at: NOW,
    });

    it('are there when two officers and the party signed, or the party refused', () => {
        const taken =
            (mode: string, outcome: 'signed' | 'refused', signer: 'recipient' | 'witness' = 'recipient') =>
            () =>
                decideRecipient({ type: 'serviceReceipt', content: { mode }, servedMode: null }, { signer, outcome });
        // 民事诉讼法 2023 第89条: left with who refused.
        expect(taken('lien', 'signed')).toThrow('document.recipientRefused');
        for (const one of [
            taken('lien', 'refused'),
            taken('lien', 'signed', 'witness'),
            taken('direct', 'signed'),
            taken('post', 'signed'),
        ])
            expect(one).not.toThrow();
        const served = { type: 'penaltyDecision', content: {}, servedMode: 'lien' } as const;
        expect(() => decideRecipient(served, { signer: 'recipient', outcome: 'signed' })).toThrow('document.recipientRefused');
        const signers = { signers: ['partyEachPage', 'officers', 'witness'], always: [] } as const;
        expect(missingSignatures(signers, [])).toBe(3);
        expect(missingSignatures(signers, [signature('officers', '甲'), signature('officers', '甲')])).toBe(2);
        const officers = [signature('officers', '甲'), signature('officers', '乙')];
        expect(missingSignatures(signers, [...officers, signature('party')])).toBe(0);
        expect(missingSignatures(signers, [...officers, signature('party', '丙', 'refused')])).toBe(0);
        expect(missingSignatures({ signers: [], always: [] }, [])).toBe(0);
    });

    it('of what nobody took in hand ask for no recipient, and for the witness who is named', () => {
        const form = ['recipient', 'officers', 'witness'] as const;
        const officers = [signature('officers', '甲'), signature('officers', '乙')];
        const missing = (content: DocumentContent, mode: ServiceMode | null = null, type: DocumentType = 'serviceReceipt') =>
            missingSigners(signersAsked(form, servedBy(type, content, mode)), officers);
        expect(missing({ mode: 'direct', witness: '老吴' })).toEqual(['recipient']);
        expect(missing({ mode: 'lien', witness: '老吴' })).toEqual(['witness']);
        expect(missing({ mode: 'lien', witness: ' ' })).toEqual([]);
        expect(missing({ mode: 'post' })).toEqual([]);
        expect(missing({}, null, 'penaltyDecision')).toEqual(['recipient']);
        expect(missing({}, 'lien', 'penaltyDecision')).toEqual([]);
        expect(missing({}, 'direct', 'penaltyDecision')).toEqual(['recipient']);
    });

    it('on the screen carry handwriting and nothing else', () => {
        expect(STROKES.test('M10 10L20,30.5Q1 2 3-4')).toBe(true);
        for (const bad of ['M1 1"/>', 'url(#a)', 'M1 1\n', '', 'M1e5 0']) expect([bad, STROKES.test(bad)]).toEqual([bad, false]);
    });

    it.each([
        ['is off', { allowed: false }, 'document.onScreenOff'],
        ['is no check', { onSiteCheck: false }, 'document.onScreenOnlyChecks'],
        ['has a penalty', { penalty: true }, 'document.onScreenPenalty'],
        ['has gaps', { recording: 'incomplete' as const }, 'document.onScreenNotRecorded'],
        ['waits for its recordings', { recording: 'notYetKnown' as const }, 'done'],
        ['is recorded throughout', {}, 'done'],
    ])('on the screen where it %s', (_name, more, expected) => {
        const facts = { allowed: true, onSiteCheck: true, penalty: false, recording: 'complete' as const, ...more };
        expect(outcome(() => decideOnScreen(facts))).toBe(expected);
    });
});

describe('a correction', () => {
    const standing = (more: Partial<DocumentStanding>): DocumentStanding => ({
        ...UNTOUCHED,
        startedAt: 1,
        endedAt: 2,
        ...more,
    });
    const change = { before: '"a"', after: '"b"', partySigned: true };

    it.each([
        ['of what nobody signed', standing({}), change, 'document.correctNotNow'],
        ['of what was signed', standing({ firstSignedAt: 1 }), change, { needsSignature: true }],
        [
            'the party did not sign yet',
            standing({ firstSignedAt: 1 }),
            { ...change, partySigned: false },
            { needsSignature: false },
        ],
        ['of what was handed over', standing({ state: 'issued' }), { ...change, partySigned: false }, { needsSignature: true }],
        ['that changes nothing', standing({ state: 'issued' }), { ...change, after: '"a"' }, 'document.nothingChanged'],
        ['under review', standing({ type: 'penaltyDecision', state: 'inReview' }), change, 'document.correctNotNow'],
        ['of an approved decision', standing({ type: 'penaltyDecision', state: 'approved' }), change, 'document.correctNotNow'],
        ['of what was served', standing({ type: 'penaltyDecision', state: 'served' }), change, { needsSignature: true }],
        ['of what is filed', standing({ state: 'filed' }), change, 'document.correctNotNow'],
    ] as const)('%s', (_name, document, given, expected) => {
        expect(outcome(() => decideCorrection(document, given))).toEqual(expected);
    });
});

describe('scans', () => {
    it('are what their bytes are', () => {
        expect(mediaTypeOf(Buffer.from('%PDF-1.4'))).toBe('application/pdf');
        expect(mediaTypeOf(Buffer.from([0xff, 0xd8, 0xff, 0xdb]))).toBe('image/jpeg');
        for (const bad of ['<svg', 'PK\u0003\u0004', '%PD', ''])
            expect(outcome(() => mediaTypeOf(Buffer.from(bad)))).toBe('document.scanWrongKind');
    });
});

describe('service', () => {
    const lien: ServiceFacts = { mode: 'lien', place: 'x', refusal: 'x', leftAt: NOW };
    const notice: ServiceFacts = { mode: 'publicNotice', media: 'x', reason: 'x', course: 'x', publishedAt: NOW - HOUR };
    const post: ServiceFacts = { mode: 'post', address: 'x', carrier: 'x', trackingNumber: 'x', sentAt: NOW - HOUR };
    const electronic: ServiceFacts = { mode: 'electronic', address: 'x', consentId: 'x', sentAt: NOW - HOUR };
    const none = { at: null, recordings: 0, unrecordedReason: null, captures: 0, effectAt: null };

    it.each([
        ['leaving, recorded', lien, { recordings: 1 }, { servedAt: NOW, recorded: true }],
        ['leaving, not recorded', lien, {}, 'document.serviceNotRecorded'],
        ['leaving, with a reason only', lien, { unrecordedReason: 'x' }, 'document.lienNeedsWitness'],
        [
            'leaving, with reason and witness',
            { ...lien, witness: '甲' },
            { unrecordedReason: 'x' },
            { servedAt: NOW, recorded: false },
        ],
        ['a notice that still runs', notice, { recordings: 1, effectAt: NOW + 1 }, 'document.noticeStillRuns'],
        ['a notice that ran out', notice, { recordings: 1, effectAt: NOW }, { servedAt: NOW, recorded: true }],
        ['a notice without a recording', notice, { effectAt: NOW }, 'document.serviceNotRecorded'],
        ['post without its slip', post, {}, 'document.servedAtMissing'],
        ['post that came before it went', post, { at: NOW - 2 * HOUR }, 'document.servedBeforeSent'],
        ['post that comes tomorrow', post, { at: NOW + 1 }, 'document.inFuture'],
        ['post that came the minute it went', post, { at: NOW - HOUR }, { servedAt: NOW - HOUR, recorded: null }],
        ['post', post, { at: NOW - 1 }, { servedAt: NOW - 1, recorded: null }],
        ['electronic without its capture', electronic, { at: NOW }, 'document.captureMissing'],
        ['electronic', electronic, { at: NOW, captures: 1 }, { servedAt: NOW, recorded: null }],
    ] as const)('by %s', (_name, facts, more, expected) => {
        expect(outcome(() => decideServed(facts, { ...none, ...more }, NOW))).toEqual(expected);
    });

    it('comes after the document left the house', () => {
        expect(outcome(() => decideServiceFacts(lien, NOW - HOUR, NOW))).toBe('done');
        expect(outcome(() => decideServiceFacts(lien, NOW + 24 * HOUR, NOW))).toBe('done');
        expect(outcome(() => decideServiceFacts(lien, NOW + 24 * HOUR + 1, NOW))).toBe('document.serviceBeforeIssue');
        expect(outcome(() => decideServiceFacts(lien, NOW + 48 * HOUR, NOW))).toBe('document.serviceBeforeIssue');
        expect(outcome(() => decideServiceFacts({ ...lien, leftAt: NOW + 1 }, NOW, NOW))).toBe('document.inFuture');
    });
});
