import { describe, expect, it } from 'vitest';
import {
    decideAppeal,
    decideAppealDecision,
    decideCampaignEnd,
    decideRectification,
    decideRectificationAnswer,
    decideRectificationCheck,
    decideSheet,
    decideSheetAssign,
    decideSheetFinish,
    decideSheetSkip,
    decideSheetViewing,
    type ReviewedSheet,
} from './sheet.decide.ts';
import type { SheetAnswer } from './sheet.ts';

const scheme = [
    { key: 'a', words: '甲', most: 10, weight: 1 },
    { key: 'b', words: '乙', most: 5, weight: 1 },
];
const sheet = (more: Partial<ReviewedSheet> = {}): ReviewedSheet => ({
    ...{ state: 'open', campaignState: 'drawn', number: 'XC-1', reviewerId: 'zhao', tookPart: ['li'] },
    ...more,
});
const answer = (item: string, points?: number, words?: string): SheetAnswer => ({
    ...{ item, moments: [] },
    ...(points === undefined ? {} : { points }),
    ...(words === undefined ? {} : { words }),
});
const refused = (code: string) => expect.objectContaining({ code });

describe('a review sheet', () => {
    it('lets its reviewer play recordings of its act while it is open, and never of a secret one', () => {
        const of = (more: object = {}) => ({ ...sheet(), actId: 'act', isSecret: false, ...more });
        const play =
            (more: object, actId: string | null = 'act', actor = 'zhao', waiting: { by: string } | null = null) =>
            () =>
                decideSheetViewing(of(more), { actId }, actor, waiting);
        expect(play({})).not.toThrow();
        expect(play({}, 'other')).toThrow(refused('inspection.recordingElsewhere'));
        expect(play({}, null)).toThrow(refused('inspection.recordingElsewhere'));
        expect(play({}, 'act', 'qian')).toThrow(refused('inspection.notReviewer'));
        expect(play({ reviewerId: null })).toThrow(refused('inspection.notReviewer'));
        expect(play({ state: 'finished' })).toThrow(refused('inspection.sheetClosed'));
        expect(play({ state: 'skipped' })).toThrow(refused('inspection.sheetClosed'));
        expect(play({ campaignState: 'ended' })).toThrow(refused('inspection.wrongState'));
        expect(play({ tookPart: ['zhao'] })).toThrow(refused('inspection.reviewerTookPart'));
        expect(play({ isSecret: true })).toThrow(refused('act.restricted'));
        // Once it is objected to: whoever decides on that, as long as it waits.
        const objected = (actor: string, more: object = {}, actId = 'act') =>
            play({ state: 'finished', ...more }, actId, actor, { by: 'sun' });
        expect(objected('qian')).not.toThrow();
        expect(objected('qian', {}, 'other')).toThrow(refused('inspection.recordingElsewhere'));
        expect(objected('qian', { isSecret: true })).toThrow(refused('act.restricted'));
        expect(objected('qian', { campaignState: 'ended' })).toThrow(refused('inspection.wrongState'));
        expect(objected('zhao')).toThrow(refused('inspection.ownWork'));
        expect(objected('sun')).toThrow(refused('inspection.ownWork'));
        expect(objected('li')).toThrow(refused('inspection.reviewerTookPart'));
    });

    it('is written by its reviewer only, who was not there', () => {
        expect(() => decideSheet(sheet(), scheme, [answer('a', 10)], 'zhao')).not.toThrow();
        expect(() => decideSheet(sheet(), scheme, [], 'qian')).toThrow(refused('inspection.notReviewer'));
        expect(() => decideSheet(sheet({ reviewerId: 'li' }), scheme, [], 'li')).toThrow(refused('inspection.reviewerTookPart'));
        expect(() => decideSheetAssign(sheet(), 'li')).toThrow(refused('inspection.reviewerTookPart'));
        expect(() => decideSheetAssign(sheet({ state: 'finished' }), 'zhao')).toThrow(refused('inspection.sheetClosed'));
        expect(() => decideSheetAssign(sheet({ campaignState: 'ended' }), 'zhao')).toThrow(refused('inspection.wrongState'));
    });

    it.each([
        [[answer('c', 1)], 'inspection.itemUnknown'],
        [[answer('a', 1), answer('a', 2)], 'inspection.itemUnknown'],
        [[answer('a', 11)], 'inspection.pointsTooMany'],
        [[answer('a', -1)], 'inspection.pointsTooMany'],
        [[answer('a', 0.5)], 'inspection.pointsTooMany'],
    ])('takes no answers that say nothing', (answers, code) => {
        expect(() => decideSheet(sheet(), scheme, answers, 'zhao')).toThrow(refused(code));
    });

    it('is finished when every item is answered, and every lost point explained', () => {
        const finish =
            (...answers: SheetAnswer[]) =>
            () =>
                decideSheetFinish(sheet(), scheme, answers, 'zhao');
        expect(finish(answer('a', 10), answer('b', 5))).not.toThrow();
        expect(finish(answer('a', 3, '中断未说明'), answer('b', undefined, '未使用文书'))).not.toThrow();
        expect(finish(answer('a', 10))).toThrow(refused('inspection.incomplete'));
        expect(finish(answer('a', 3), answer('b', 5))).toThrow(refused('inspection.incomplete'));
        // Words without points leave nothing out of the score before somebody says that it does not apply.
        const undecided = { ...answer('a', undefined, '看过'), open: true } as const;
        expect(finish(undecided, answer('b', 5))).toThrow(refused('inspection.incomplete'));
        expect(finish(answer('a', 10), answer('b'))).toThrow(refused('inspection.incomplete'));
    });

    it('is skipped by its reviewer, or by anybody who may when it has none', () => {
        expect(() => decideSheetSkip(sheet(), 'zhao')).not.toThrow();
        expect(() => decideSheetSkip(sheet({ reviewerId: null }), 'qian')).not.toThrow();
        expect(() => decideSheetSkip(sheet(), 'qian')).toThrow(refused('inspection.notReviewer'));
        expect(() => decideSheetSkip(sheet({ state: 'skipped' }), 'zhao')).toThrow(refused('inspection.sheetClosed'));
    });
});

describe('what follows a sheet', () => {
    it('has to be put right by whom it concerns, and is checked by somebody else', () => {
        expect(() => decideRectification({ state: 'open' }, '2026-12-01', '2026-11-01')).toThrow(
            refused('inspection.notFinished'),
        );
        expect(() => decideRectification({ state: 'finished' }, '2026-10-01', '2026-11-01')).toThrow(
            refused('inspection.dueInPast'),
        );
        const open = { state: 'open' as const, responsibleId: 'li' };
        expect(() => decideRectificationAnswer(open, { personId: 'li', isHead: false })).not.toThrow();
        expect(() => decideRectificationAnswer(open, { personId: 'sun', isHead: true })).not.toThrow();
        expect(() => decideRectificationAnswer(open, { personId: 'he', isHead: false })).toThrow(
            refused('inspection.notConcerned'),
        );
        expect(() => decideRectificationAnswer({ ...open, state: 'done' }, { personId: 'li', isHead: false })).toThrow(
            refused('inspection.rectificationState'),
        );
        const answered = { state: 'answered' as const, answeredBy: 'li' };
        expect(() => decideRectificationCheck(answered, 'zhao')).not.toThrow();
        expect(() => decideRectificationCheck(answered, 'li')).toThrow(refused('inspection.ownWork'));
        expect(() => decideRectificationCheck({ ...answered, state: 'open' }, 'zhao')).toThrow(
            refused('inspection.rectificationState'),
        );
    });

    it('may be objected to while the term runs, once at a time', () => {
        const finished = { state: 'finished' as const, finishedAt: 0, appealUntil: 100 };
        const about = { scheme, waiting: false, concerned: true, now: 99 };
        expect(() => decideAppeal(finished, ['a'], about)).not.toThrow();
        expect(() => decideAppeal(finished, ['a'], { ...about, now: 100 })).toThrow(refused('inspection.appealLate'));
        expect(() => decideAppeal({ ...finished, appealUntil: null }, ['a'], { ...about, now: 1e9 })).not.toThrow();
        expect(() => decideAppeal(finished, ['a'], { ...about, waiting: true })).toThrow(refused('inspection.appealWaiting'));
        expect(() => decideAppeal(finished, ['a'], { ...about, concerned: false })).toThrow(refused('inspection.notConcerned'));
        expect(() => decideAppeal(finished, [], about)).toThrow(refused('inspection.itemUnknown'));
        expect(() => decideAppeal(finished, ['x'], about)).toThrow(refused('inspection.itemUnknown'));
        expect(() => decideAppeal({ ...finished, state: 'open' }, ['a'], about)).toThrow(refused('inspection.notFinished'));
    });

    it('is decided by somebody who neither reviewed, objected nor was there', () => {
        const appeal = { state: 'waiting' as const, items: ['a'], by: 'li2' };
        const decide =
            (actor: string, given = { upheld: true, points: [{ item: 'a', points: 8 }] }, of = appeal) =>
            () =>
                decideAppealDecision(of, sheet({ state: 'finished' }), given, { scheme, actor });
        expect(decide('qian')).not.toThrow();
        expect(decide('qian', { upheld: false, points: [] })).not.toThrow();
        expect(decide('zhao')).toThrow(refused('inspection.ownWork'));
        expect(decide('li2')).toThrow(refused('inspection.ownWork'));
        expect(decide('li')).toThrow(refused('inspection.reviewerTookPart'));
        expect(decide('qian', { upheld: true, points: [] })).toThrow(refused('inspection.itemUnknown'));
        expect(decide('qian', { upheld: true, points: [{ item: 'b', points: 1 }] })).toThrow(refused('inspection.itemUnknown'));
        expect(decide('qian', { upheld: true, points: [{ item: 'a', points: 11 }] })).toThrow(
            refused('inspection.pointsTooMany'),
        );
    });

    it('keeps the campaign open until nothing waits and nobody may object any more', () => {
        const none = { sheets: 0, rectifications: 0, appeals: 0 };
        const noTerm = { appealUntil: null, now: 7 };
        const end =
            (of: object, term = noTerm as { appealUntil: number | null; now: number }) =>
            () =>
                decideCampaignEnd('drawn', { ...none, ...of }, term);
        expect(end({})).not.toThrow();
        expect(() => decideCampaignEnd('committed', none, noTerm)).toThrow(refused('inspection.wrongState'));
        for (const key of ['sheets', 'rectifications', 'appeals'])
            expect(end({ [key]: 1 })).toThrow(refused('inspection.stillOpen'));
        const appealUntil = Date.UTC(2026, 10, 25, 16);
        expect(end({}, { appealUntil, now: appealUntil - 1 })).toThrow(
            expect.objectContaining({ code: 'inspection.appealTermRuns', params: { until: '2026-11-25' } }),
        );
        expect(end({}, { appealUntil, now: appealUntil })).not.toThrow();
    });
});
