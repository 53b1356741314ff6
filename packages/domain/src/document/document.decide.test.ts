import { describe, expect, it } from 'vitest';
import {
    type DocumentStanding,
    decideDocumentDraft,
    decideDocumentSave,
    decideDocumentSubmit,
    decideStatedTimes,
} from './document.decide.ts';
import { decideDocumentIssue, decideDocumentSignature, decideRegularising, decideUrgentIssue } from './document-flow.decide.ts';
import { UNTOUCHED } from './standing-testing.ts';

const NOW = 1_800_000_000_000;
const outcome = (body: () => unknown): unknown => {
    try {
        return body() ?? 'done';
    } catch (error) {
        return (error as { code: string }).code;
    }
};
const standing = (more: Partial<DocumentStanding> = {}): DocumentStanding => ({
    ...UNTOUCHED,
    type: 'priorNotice',
    revision: 2,
    ...more,
});

it('start and end are stated in their order, and nothing of tomorrow', () => {
    const times = (startedAt: number | null, endedAt: number | null, madeAt = NOW) =>
        outcome(() => decideStatedTimes({ startedAt, endedAt, madeAt }, NOW));
    expect(times(1, 1)).toBe('done');
    expect(times(2, 1)).toBe('document.endBeforeStart');
    expect(times(null, 1)).toBe('done');
    expect(times(NOW + 1, null)).toBe('document.inFuture');
    expect(times(null, NOW + 1)).toBe('document.inFuture');
    expect(times(null, null, NOW + 1)).toBe('document.inFuture');
});

it('a draft is saved on what was read, while it is a draft that nobody signed', () => {
    expect(outcome(() => decideDocumentSave(standing(), 2))).toBe('done');
    expect(outcome(() => decideDocumentSave(standing(), 1))).toBe('document.savedMeanwhile');
    expect(outcome(() => decideDocumentDraft(standing({ state: 'inReview' })))).toBe('document.notDraft');
    expect(outcome(() => decideDocumentDraft(standing({ firstSignedAt: 1 })))).toBe('document.alreadySigned');
});

it('an office document is handed in once it lacks nothing; a section head who signs does not review besides', () => {
    expect(outcome(() => decideDocumentSubmit(standing(), 0))).toBe('inReview');
    expect(outcome(() => decideDocumentSubmit(standing({ type: 'caseIntake' }), 0))).toBe('awaitingSignature');
    expect(outcome(() => decideDocumentSubmit(standing(), 1))).toBe('document.incomplete');
    expect(outcome(() => decideDocumentSubmit(standing({ type: 'sceneRecord' }), 0))).toBe('document.signedOnTheSpot');
});

describe('out of the usual order', () => {
    const head = { personId: '00000000-0000-7000-8000-000000000001', roles: ['agencyHead'] } as const;

    it('no head signs what is signed on the spot', () => {
        const scene = standing({ type: 'sceneRecord', state: 'awaitingSignature' });
        expect(outcome(() => decideDocumentSignature(scene, head, []))).toBe('document.signedOnTheSpot');
    });

    it('nothing goes out without its number', () => {
        const approved = standing({ state: 'approved', sealedAt: 1 });
        expect(outcome(() => decideDocumentIssue(approved, 0, { missing: 0, openCorrections: 0 }))).toBe('document.numberFirst');
    });

    it('an urgent measure is issued once, from its draft', () => {
        const measure = standing({ type: 'seizureDecision' });
        expect(outcome(() => decideUrgentIssue(measure, 0, NOW))).toBe(NOW + 24 * 3_600_000);
        expect(outcome(() => decideUrgentIssue({ ...measure, state: 'inReview' }, 0, NOW))).toBe('document.notDraft');
        expect(outcome(() => decideUrgentIssue(measure, 1, NOW))).toBe('document.incomplete');
    });

    it("and is approved afterwards by the agency's head, who did not write it", () => {
        const gone = standing({ type: 'seizureDecision', state: 'issued', numberedAt: 1, regulariseBy: NOW });
        expect(outcome(() => decideRegularising(gone, head))).toBe('done');
        expect(outcome(() => decideRegularising({ ...gone, regularisedAt: 1 }, head))).toBe('document.notAtThisStep');
        expect(outcome(() => decideRegularising(gone, { ...head, roles: ['instituteHead'] }))).toBe('document.needsAgencyHead');
        expect(outcome(() => decideRegularising({ ...gone, writerIds: [head.personId] }, head))).toBe('document.ownDraft');
    });
});
