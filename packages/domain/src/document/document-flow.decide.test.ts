import { describe, expect, it } from 'vitest';
import type { Role } from '../identity/roles.ts';
import { type DocumentStanding, waitingFor } from './document.decide.ts';
import { DOCUMENT_STATES, type DocumentState } from './document.ts';
import {
    decideDocumentCheck,
    decideDocumentFiling,
    decideDocumentIssue,
    decideDocumentLegalReview,
    decideDocumentNumber,
    decideDocumentReopening,
    decideDocumentReturn,
    decideDocumentReview,
    decideDocumentSeal,
    decideDocumentSignature,
    decideDocumentVoid,
    decideServiceBegins,
    decideUrgentIssue,
} from './document-flow.decide.ts';
import { SIGNING, signingFacts } from './document-signing.ts';
import { DOCUMENT_TYPE_IDS, documentTypeFacts } from './document-type.ts';
import { UNTOUCHED } from './standing-testing.ts';

const NOW = 1_800_000_000_000;
const standing = (more: Partial<DocumentStanding> = {}): DocumentStanding => ({
    ...UNTOUCHED,
    type: 'penaltyDecision',
    writerIds: ['a'],
    ...more,
});
const who = (personId: string, ...roles: Role[]) => ({ personId, roles });
const outcome = (body: () => unknown): unknown => {
    try {
        return body() ?? 'done';
    } catch (error) {
        return (error as { code: string }).code;
    }
};

describe('the table of signing', () => {
    it('has every type that goes through the office, and no other', () => {
        const office = DOCUMENT_TYPE_IDS.filter((type) => documentTypeFacts(type).flow === 'office');
        expect(Object.keys(SIGNING).sort()).toEqual([...office].sort());
        for (const type of DOCUMENT_TYPE_IDS)
            expect([type, signingFacts(type) === undefined]).toEqual([type, documentTypeFacts(type).flow === 'scene']);
    });

    it('says for each from where it is known, and seals what is served', () => {
        for (const type of DOCUMENT_TYPE_IDS) {
            const facts = signingFacts(type);
            if (facts === undefined) continue;
            expect([type, facts.basis !== '']).toEqual([type, true]);
            // What leaves the house bears the seal of the agency, and so its head signs it.
            expect([type, facts.seal]).toEqual([type, documentTypeFacts(type).side !== 'internal']);
            if (facts.seal) expect([type, facts.head]).toEqual([type, 'agencyHead']);
        }
    });

    it.each([
        ['penaltyDecision', 'agencyHead'],
        ['noPenaltyDecision', 'agencyHead'],
        ['seizureDecision', 'agencyHead'],
        ['controlDecision', 'agencyHead'],
        ['evidencePreserve', 'agencyHead'],
        ['preservationApproval', 'agencyHead'],
        ['collectiveDiscussion', 'agencyHead'],
        ['retrievalStatement', 'instituteHead'],
        ['investigationReport', 'sectionHead'],
    ] as const)('lets %s be signed by %s alone', (type, head) => {
        const document = standing({ type, state: 'awaitingSignature' });
        const heads = ['agencyHead', 'instituteHead', 'sectionHead'] as const;
        for (const role of heads) {
            const signed = outcome(() => decideDocumentSignature(document, who('b', role), ['b']));
            expect([role, signed]).toEqual([
                role,
                role === head ? head : `document.needs${head[0]?.toUpperCase()}${head.slice(1)}`,
            ]);
        }
        expect(outcome(() => decideDocumentSignature(document, who('a', head), []))).toBe('document.ownDraft');
    });

    it.each(['interruptionStatement', 'unrecordedWorkRecord'] as const)('lets %s be signed only by who was not there', (type) => {
        const document = standing({ type, state: 'awaitingSignature' });
        const signed = (...roles: Role[]) => outcome(() => decideDocumentSignature(document, who('b', ...roles), ['c']));
        expect([signed('sectionHead'), signed('instituteHead'), signed('sectionHead', 'instituteHead')]).toEqual([
            'sectionHead',
            'instituteHead',
            'sectionHead',
        ]);
        expect(signed('agencyHead')).toBe('document.needsSectionHead');
        for (const role of ['sectionHead', 'instituteHead'] as const)
            expect(outcome(() => decideDocumentSignature(document, who('c', role), ['b', 'c']))).toBe('document.signerTookPart');
        expect(outcome(() => decideDocumentReturn(document, who('c', 'sectionHead'), 'awaitingSignature'))).toBe('done');
    });
});

describe('review', () => {
    const inReview = standing({ state: 'inReview' });
    const facts = { hearingHeld: false };
    const legal = (needed: boolean) => ({ needed, reason: '理由' });

    it.each([
        ['by who wrote in it', () => decideDocumentReview(inReview, who('a'), legal(false), facts), 'document.ownDraft'],
        [
            'without a word about legal review',
            () => decideDocumentReview(inReview, who('b'), undefined, facts),
            'document.legalReviewUnstated',
        ],
        ['without legal review', () => decideDocumentReview(inReview, who('b'), legal(false), facts), 'awaitingSignature'],
        ['with legal review', () => decideDocumentReview(inReview, who('b'), legal(true), facts), 'inLegalReview'],
        [
            'without it after a hearing',
            () => decideDocumentReview(inReview, who('b'), legal(false), { hearingHeld: true }),
            'document.legalReviewNeeded',
        ],
        [
            'of a type the law does not name',
            () => decideDocumentReview(standing({ type: 'priorNotice', state: 'inReview' }), who('b'), undefined, facts),
            'awaitingSignature',
        ],
        [
            'too late',
            () => decideDocumentReview(standing({ state: 'approved' }), who('b'), legal(false), facts),
            'document.notAtThisStep',
        ],
    ])('%s', (_name, body, expected) => {
        expect(outcome(body)).toBe(expected);
    });

    it('of legality is for people who did not handle the case', () => {
        const document = standing({ state: 'inLegalReview' });
        expect(outcome(() => decideDocumentLegalReview(document, who('b'), ['b']))).toBe('document.reviewerInvestigated');
        expect(outcome(() => decideDocumentLegalReview(document, who('a'), []))).toBe('document.ownDraft');
        expect(outcome(() => decideDocumentLegalReview(document, who('b'), ['c']))).toBe('awaitingSignature');
    });
});

describe('number, seal and issue', () => {
    const approved = standing({ state: 'approved', approvedAt: NOW });
    const none = { missing: 0, openCorrections: 0 };

    it.each([
        [
            'a number before approval',
            () => decideDocumentNumber(standing({ state: 'awaitingSignature' })),
            'document.notApproved',
        ],
        ['a number', () => decideDocumentNumber(approved), 'done'],
        ['a second number', () => decideDocumentNumber({ ...approved, numberedAt: NOW }), 'document.alreadyNumbered'],
        ['a number of a record', () => decideDocumentNumber(standing({ type: 'sceneRecord' })), 'document.hasNoNumber'],
        ['a number on the spot', () => decideDocumentNumber(standing({ type: 'spotPenalty' })), 'done'],
        ['a seal before approval', () => decideDocumentSeal(standing()), 'document.notApproved'],
        ['a seal before the number', () => decideDocumentSeal(approved), 'document.numberFirst'],
        ['a seal', () => decideDocumentSeal({ ...approved, numberedAt: NOW }), 'done'],
        ['sending out unsealed', () => decideDocumentIssue({ ...approved, numberedAt: NOW }, 0, none), 'document.sealFirst'],
        ['sending out', () => decideDocumentIssue({ ...approved, numberedAt: NOW, sealedAt: NOW }, 0, none), 'done'],
        [
            'handing over unsigned',
            () => decideDocumentIssue(standing({ type: 'spotPenalty', numberedAt: NOW }), 0, { ...none, missing: 1 }),
            'document.notSigned',
        ],
        [
            'handing over unnumbered',
            () => decideDocumentIssue(standing({ type: 'spotPenalty' }), 0, none),
            'document.numberFirst',
        ],
        [
            'handing over without its interval',
            () => decideDocumentIssue(standing({ type: 'sceneRecord' }), 0, none),
            'document.intervalMissing',
        ],
        ['handing over with faults', () => decideDocumentIssue(standing({ type: 'itemList' }), 2, none), 'document.incomplete'],
        [
            'an urgent preservation',
            () => decideUrgentIssue(standing({ type: 'evidencePreserve' }), 0, NOW),
            'document.notUrgentType',
        ],
        ['an urgent seizure', () => decideUrgentIssue(standing({ type: 'seizureDecision' }), 0, NOW), NOW + 24 * 3_600_000],
    ])('%s', (_name, body, expected) => {
        expect(outcome(body)).toBe(expected);
    });
});

describe('the rest of the way', () => {
    const paper = {
        originalPlace: null,
        onScreenOnly: false,
        recording: 'complete',
        openCorrections: 0,
        fileThere: false,
    } as const;
    const checked = standing({ type: 'sceneRecord', state: 'checked' });

    it.each([
        [
            'a check by who made it',
            () => decideDocumentCheck(standing({ type: 'sceneRecord', state: 'issued' }), who('a')),
            'document.ownDraft',
        ],
        [
            'a check of an office document',
            () => decideDocumentCheck(standing({ state: 'issued' }), who('b')),
            'document.notAtThisStep',
        ],
        ['filing without the paper', () => decideDocumentFiling(checked, paper), 'document.originalMissing'],
        ['filing with its place', () => decideDocumentFiling(checked, { ...paper, originalPlace: '3 柜' }), 'done'],
        [
            'filing without paper, all on the screen',
            () => decideDocumentFiling(checked, { ...paper, onScreenOnly: true }),
            'done',
        ],
        [
            'filing without paper, not recorded',
            () => decideDocumentFiling(checked, { ...paper, onScreenOnly: true, recording: 'notYetKnown' }),
            'document.notFullyRecorded',
        ],
        [
            'filing with an open correction',
            () => decideDocumentFiling(checked, { ...paper, openCorrections: 1 }),
            'document.correctionUnsigned',
        ],
        ['filing what is not served', () => decideDocumentFiling(standing({ state: 'issued' }), paper), 'document.notAtThisStep'],
        [
            'filing an internal paper',
            () => decideDocumentFiling(standing({ type: 'panelRecord', state: 'approved' }), paper),
            'done',
        ],
        [
            'filing an import without its file',
            () => decideDocumentFiling(standing({ origin: 'imported', state: 'imported' }), paper),
            'document.importFileMissing',
        ],
        ['writing anew before the number', () => decideDocumentReopening(standing({ state: 'approved' })), 'done'],
        [
            'writing anew after it',
            () => decideDocumentReopening(standing({ state: 'approved', numberedAt: NOW })),
            'document.cannotReopen',
        ],
        ['writing anew what nobody signed', () => decideDocumentReopening(standing()), 'document.cannotReopen'],
        ['voiding an own draft', () => decideDocumentVoid(standing(), who('a')), 'done'],
        ["voiding another's draft", () => decideDocumentVoid(standing(), who('b')), 'document.headVoids'],
        [
            'voiding what is approved',
            () => decideDocumentVoid(standing({ state: 'approved', approvedAt: NOW }), who('a')),
            'document.headVoids',
        ],
        [
            'voiding it as a head',
            () => decideDocumentVoid(standing({ state: 'approved', approvedAt: NOW }), who('c', 'agencyHead')),
            'done',
        ],
        [
            'voiding what left the house',
            () => decideDocumentVoid(standing({ state: 'served' }), who('c', 'agencyHead')),
            'document.isIssued',
        ],
    ])('%s', (_name, body, expected) => {
        expect(outcome(body)).toBe(expected);
    });

    it('says of every state whose turn it is', () => {
        const turns = Object.fromEntries(DOCUMENT_STATES.map((state: DocumentState) => [state, waitingFor(standing({ state }))]));
        expect(turns).toEqual({
            draft: 'writing',
            inReview: 'review',
            inLegalReview: 'legalReview',
            awaitingSignature: 'agencyHead',
            approved: 'number',
            issued: 'service',
            checked: 'filing',
            served: 'filing',
            filed: null,
            voided: null,
            imported: 'filing',
        });
        expect(waitingFor(standing({ state: 'approved', numberedAt: NOW }))).toBe('seal');
        expect(waitingFor(standing({ state: 'issued', regulariseBy: NOW }))).toBe('regularisation');
        expect(waitingFor(standing({ type: 'sceneRecord', state: 'issued', checkFault: '错' }))).toBe('correction');
    });
});

describe('voiding and service', () => {
    const head = who('b', 'sectionHead');
    it.each([
        ['what is void', () => decideDocumentVoid(standing({ state: 'voided' }), head), 'document.isDone'],
        ['what is filed', () => decideDocumentVoid(standing({ state: 'filed' }), head), 'document.isDone'],
        ['what was handed over', () => decideDocumentVoid(standing({ state: 'issued' }), head), 'document.isIssued'],
        ['what served', () => decideDocumentVoid(standing({ state: 'served' }), head), 'document.isIssued'],
        ['a draft of another', () => decideDocumentVoid(standing(), who('b', 'officer')), 'document.headVoids'],
        ['a draft of one’s own', () => decideDocumentVoid(standing(), who('a', 'officer')), 'done'],
        [
            'a draft of one’s own with a number',
            () => decideDocumentVoid(standing({ numberedAt: 1 }), who('a', 'officer')),
            'document.headVoids',
        ],
        [
            'service of a report nobody is served with',
            () => decideServiceBegins(standing({ type: 'panelRecord', state: 'approved' })),
            'document.notServedType',
        ],
        ['service of a draft', () => decideServiceBegins(standing()), 'document.notAtThisStep'],
        [
            'service of a decision that is approved only',
            () => decideServiceBegins(standing({ state: 'approved' })),
            'document.notAtThisStep',
        ],
        ['service of what left the house', () => decideServiceBegins(standing({ state: 'issued' })), 'done'],
        [
            'service of an answer to a complaint',
            () => decideServiceBegins(standing({ type: 'complaintReply', state: 'issued' })),
            'done',
        ],
        ['service twice', () => decideServiceBegins(standing({ state: 'served', servedAt: 1 })), 'document.notAtThisStep'],
    ])('%s', (_, body, expected) => {
        expect(outcome(body)).toBe(expected);
    });

    it('a record with one missing signature is not handed over', () => {
        const record = standing({ type: 'sceneRecord', state: 'draft', startedAt: 1, endedAt: 2 });
        expect(outcome(() => decideDocumentIssue(record, 0, { missing: 1, openCorrections: 0 }))).toBe('document.notSigned');
        expect(outcome(() => decideDocumentIssue(record, 0, { missing: 0, openCorrections: 0 }))).toBe('done');
    });
});
