import { expect, test } from 'vitest';
import {
    decideRetrievalConsent,
    decideRetrievalRequest,
    decideRetrievalWithdrawal,
    retrievalNumber,
    seesAllRetrievals,
    stepOfRetrieval,
} from './retrieval.decide.ts';
import { MOST_RETRIEVED, RETRIEVAL_STATES, RETRIEVAL_STEPS, RETRIEVAL_TABLE } from './retrieval.ts';

const recording = (given: object = {}) => ({ name: 'A.mp4', state: 'sealed' as const, concerned: ['zhang'], ...given });
const request = (by: object, recordings = [recording()]) =>
    decideRetrievalRequest({ personId: 'zhang', roles: ['officer'], working: false, ...by }, recordings);

test('who works on it asks, or the recordings manager; nobody else (附件1 第20条)', () => {
    expect(() => request({})).not.toThrow();
    expect(() => request({ personId: 'li' })).toThrow('retrieval.notYours');
    expect(() => request({ personId: 'li', working: true })).not.toThrow();
    expect(() => request({ personId: 'lin', roles: ['recordingManager'] })).not.toThrow();
    expect(() => request({}, [recording(), recording({ concerned: ['li'] })])).toThrow('retrieval.notYours');
});

test('only what is whole is evidence, something, and not without bound', () => {
    expect(() => request({}, [])).toThrow('retrieval.nothing');
    for (const state of ['registered', 'quarantined', 'damaged'] as const)
        expect(() => request({}, [recording({ state })])).toThrow('retrieval.recordingUnusable');
    const many = (count: number) => Array.from({ length: count }, () => recording());
    expect(() => request({}, many(MOST_RETRIEVED))).not.toThrow();
    expect(() => request({}, many(MOST_RETRIEVED + 1))).toThrow('retrieval.tooMany');
});

test('every step leads from where the table says and from nowhere else', () => {
    for (const step of RETRIEVAL_STEPS)
        for (const state of RETRIEVAL_STATES) {
            const { from, to } = RETRIEVAL_TABLE[step];
            if (from.includes(state)) expect(stepOfRetrieval(state, step)).toBe(to);
            else expect(() => stepOfRetrieval(state, step)).toThrow('retrieval.wrongState');
        }
});

test('nobody consents to a request of their own, whatever roles they hold', () => {
    const asked = { state: 'requested' as const, requestedBy: 'gu' };
    expect(decideRetrievalConsent(asked, 'consent', 'head')).toBe('consented');
    expect(decideRetrievalConsent(asked, 'refuse', 'head')).toBe('refused');
    expect(() => decideRetrievalConsent(asked, 'consent', 'gu')).toThrow('retrieval.ownRequest');
    expect(() => decideRetrievalConsent({ ...asked, state: 'consented' }, 'refuse', 'head')).toThrow('retrieval.wrongState');
});

test('who asked takes it back, or the manager', () => {
    const asked = { state: 'consented' as const, requestedBy: 'zhang' };
    expect(decideRetrievalWithdrawal(asked, { personId: 'zhang', roles: ['officer'] })).toBe('withdrawn');
    expect(decideRetrievalWithdrawal(asked, { personId: 'lin', roles: ['recordingManager'] })).toBe('withdrawn');
    expect(() => decideRetrievalWithdrawal(asked, { personId: 'head', roles: ['instituteHead'] })).toThrow('retrieval.notYours');
    expect(seesAllRetrievals(['instituteHead'])).toBe(true);
    expect(seesAllRetrievals(['officer'])).toBe(false);
    expect(retrievalNumber('310115', 2026, 7)).toBe('310115-DQ-2026-0007');
});
