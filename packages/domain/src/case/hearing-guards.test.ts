import { describe, expect, it } from 'vitest';
import type { CaseFacts } from './case.ts';
import { codes, given, NOTICED, noticed, walk } from './case-testing.ts';

describe('a hearing', () => {
    it('is not waived with the defence (处罚法 45, 63): a decision waits until it can no longer be asked for', () => {
        const waived = walk(noticed({ hearingDue: true }), [['waiveDefence', '2026-10-14 09:00', { reason: '书面放弃' }]]);
        expect(codes(waived, 'decide', '2026-10-15 09:00', { fine: 1 })).toEqual(['case.hearingTermRuns']);
        const both = walk(waived, [['waiveHearing', '2026-10-14 10:00', { reason: '书面放弃' }]]);
        expect(codes(both, 'decide', '2026-10-15 09:00', { fine: 1 })).toEqual([]);
    });

    it('is waived and asked for only where one was offered', () => {
        expect(codes(noticed(), 'waiveHearing', '2026-10-14 09:00', { reason: 'x' })).toEqual(['case.noHearingOffered']);
        expect(codes(noticed(), 'requestHearing', '2026-10-14 09:00')).toEqual(['case.noHearingOffered']);
    });

    it('about a licence: no decision before those who were told have had their days (许可法 47), no request after', () => {
        const told = walk(given('licence'), [
            ['accept', '2026-09-03 09:00'],
            ['tellHearing', '2026-09-07 09:00'],
        ]);
        for (const [step, data] of [
            ['grant', {}],
            ['refuse', { reason: 'x' }],
        ] as const) {
            expect(codes(told, step, '2026-09-14 09:00', data)).toEqual(['case.hearingTermRuns']);
            expect(codes(told, step, '2026-09-15 09:00', data)).toEqual([]);
        }
        expect(codes(told, 'requestHearing', '2026-09-14 09:00')).toEqual([]);
        expect(codes(told, 'requestHearing', '2026-09-15 09:00')).toEqual(['case.hearingRequestLate']);
        const waived = walk(told, [['waiveHearing', '2026-09-08 09:00', { reason: '放弃' }]]);
        expect(codes(waived, 'grant', '2026-09-09 09:00')).toEqual([]);
    });

    it('is announced by the notice period of the case it serves', () => {
        const key = (parentProcedure: 'penalty' | 'licence') => {
            const asked: string[] = [];
            const facts = given('hearing', { parentProcedure });
            const parameters: CaseFacts['parameters'] = (name, at) => {
                asked.push(name);
                return facts.parameters(name, at);
            };
            codes({ ...facts, parameters }, 'notify', '2026-09-02 09:00', { day: '2026-09-30', presiderId: 'p' });
            return asked;
        };
        expect(key('penalty')).toContain('deadline.hearingNotice');
        expect(key('licence')).toContain('deadline.licenceHearingNotice');
        expect(key('licence')).not.toContain('deadline.hearingNotice');
    });
});

describe('a published decision', () => {
    it('is withdrawn after it was published, once', () => {
        const done = walk(noticed(), [
            ['decide', '2026-10-19 09:00', { fine: 1 }],
            ['serve', '2026-10-20 09:00'],
            ['publish', '2026-10-21 09:00'],
        ]);
        expect(codes(done, 'withdrawPublication', '2026-10-22 09:00')).toEqual([]);
        const back = walk(done, [['withdrawPublication', '2026-10-22 09:00']]);
        expect(codes(back, 'withdrawPublication', '2026-10-23 09:00')).toEqual(['case.notPublished']);
        expect(codes(walk(given('penalty'), NOTICED.slice(0, 1)), 'withdrawPublication', '2026-10-22 09:00')).toEqual([
            'case.notPublished',
        ]);
    });
});
