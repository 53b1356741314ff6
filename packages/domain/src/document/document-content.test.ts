import { describe, expect, it } from 'vitest';
import { decideContentLength, findingsOfDocument, MOST_CONTENT } from './document-content.ts';

const codes = (content: Parameters<typeof findingsOfDocument>[1], more: Partial<Parameters<typeof findingsOfDocument>[0]> = {}) =>
    findingsOfDocument({ type: 'penaltyDecision', startedAt: null, endedAt: null, ...more }, content).map(
        ({ code, level }) => `${code} ${level}`,
    );

describe('what every document must have', () => {
    it('is something in it: empty fields, and lists without a row, are none', () => {
        expect(codes({})).toEqual(['content.empty fault']);
        expect(codes({ facts: '', breached: [] })).toEqual(['content.empty fault']);
        expect(codes({ facts: '', breached: [{ law: 'x', article: 1 }] })).toEqual([]);
        expect(codes({ facts: '事实', breached: [] })).toEqual([]);
        // Nothing and no are answers.
        expect([codes({ fine: 0 }), codes({ grave: false })]).toEqual([[], []]);
    });
    it('is its beginning and its end, where it is of something that lasted', () => {
        const scene = (more: object) => codes({ facts: '事实' }, { type: 'sceneRecord', ...more });
        expect(scene({})).toEqual(['content.intervalMissing fault']);
        expect(scene({ startedAt: 1 })).toEqual(['content.intervalMissing fault']);
        expect(scene({ endedAt: 2 })).toEqual(['content.intervalMissing fault']);
        expect(scene({ startedAt: 1, endedAt: 2 })).toEqual([]);
        expect(codes({}, { type: 'sceneRecord' })).toEqual(['content.empty fault', 'content.intervalMissing fault']);
    });
});

it('a content may be as long as said, and not a sign longer', () => {
    expect(() => decideContentLength('字'.repeat(MOST_CONTENT))).not.toThrow();
    expect(() => decideContentLength('字'.repeat(MOST_CONTENT + 1))).toThrow(
        expect.objectContaining({ code: 'document.contentTooLong', params: { most: MOST_CONTENT } }),
    );
});
