import { type Day, dayOf } from '../kernel/day.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { CampaignState } from './campaign.ts';
import type { ScoreItem } from './scheme.ts';
import type { AppealState, CorrectedPoints, RectificationState, SheetAnswer, SheetState } from './sheet.ts';

export type ReviewedSheet = {
    readonly state: SheetState;
    readonly campaignState: CampaignState;
    readonly number: string;
    readonly reviewerId: Id | null;
    /** Whoever takes part in the act, removed ones too: having been there does not end by being taken off the list. */
    readonly tookPart: readonly Id[];
};

/** Whoever was there does not judge it. Throws `inspection.reviewerTookPart`. */
export function decideReviewer({ tookPart, number }: Pick<ReviewedSheet, 'tookPart' | 'number'>, personId: Id): void {
    if (tookPart.includes(personId)) throw new DomainError('inspection.reviewerTookPart', { number });
}

function decideOpen({ state, campaignState }: Pick<ReviewedSheet, 'state' | 'campaignState'>): void {
    if (campaignState !== 'drawn') throw new DomainError('inspection.wrongState', { state: campaignState });
    if (state !== 'open') throw new DomainError('inspection.sheetClosed', { state });
}

/** Names another reviewer. Throws `inspection.sheetClosed`, `inspection.wrongState` or `inspection.reviewerTookPart`. */
export function decideSheetAssign(sheet: ReviewedSheet, reviewerId: Id): void {
    decideOpen(sheet);
    decideReviewer(sheet, reviewerId);
}

/**
 * Writes a sheet. Only its reviewer does, and points are whole, from none to the most of their item. Throws
 * `inspection.notReviewer`, `inspection.itemUnknown`, `inspection.pointsTooMany` with the item and its most, and those of `decideSheetAssign`.
 */
export function decideSheet(
    sheet: ReviewedSheet,
    scheme: readonly ScoreItem[],
    answers: readonly SheetAnswer[],
    actor: Id,
): void {
    decideSheetAssign(sheet, actor);
    if (sheet.reviewerId !== actor) throw new DomainError('inspection.notReviewer');
    if (new Set(answers.map((each) => each.item)).size !== answers.length) throw new DomainError('inspection.itemUnknown');
    for (const { item, points } of answers) decidePoints(scheme, item, points);
}

/**
 * Lets the reviewer play a recording for a sheet while it is open, and whoever decides on an objection to it while that waits: only recordings
 * of its act, and never of one that is secret (附件1 第12条). `waiting` is the objection, null where none waits. Throws `inspection.notReviewer`,
 * `act.restricted`, `inspection.recordingElsewhere`, and those of `decideSheetAssign` or `decideAppealJudge`.
 */
export function decideSheetViewing(
    sheet: ReviewedSheet & { readonly actId: Id; readonly isSecret: boolean },
    recording: { readonly actId: Id | null },
    actor: Id,
    waiting: { readonly by: Id } | null,
): void {
    if (waiting === null) {
        decideSheetAssign(sheet, actor);
        if (sheet.reviewerId !== actor) throw new DomainError('inspection.notReviewer');
    } else {
        if (sheet.campaignState !== 'drawn') throw new DomainError('inspection.wrongState', { state: sheet.campaignState });
        decideAppealJudge(waiting, sheet, actor);
    }
    if (sheet.isSecret) throw new DomainError('act.restricted');
    if (recording.actId !== sheet.actId) throw new DomainError('inspection.recordingElsewhere');
}

function decidePoints(scheme: readonly ScoreItem[], key: string, points: number | undefined): void {
    const item = scheme.find((each) => each.key === key);
    if (item === undefined) throw new DomainError('inspection.itemUnknown');
    const { words, most } = item;
    if (points !== undefined && !(Number.isSafeInteger(points) && points >= 0 && points <= most))
        throw new DomainError('inspection.pointsTooMany', { words, most });
}

/**
 * Finishes a sheet: every item answered, what does not apply and what lost points with words. Throws `inspection.incomplete` with
 * the first item, and those of `decideSheet`.
 */
export function decideSheetFinish(
    sheet: ReviewedSheet,
    scheme: readonly ScoreItem[],
    answers: readonly SheetAnswer[],
    actor: Id,
): void {
    decideSheet(sheet, scheme, answers, actor);
    for (const { key, words, most } of scheme) {
        const answer = answers.find((each) => each.item === key);
        if (answer === undefined || answer.open === true || (answer.points !== most && answer.words === undefined))
            throw new DomainError('inspection.incomplete', { words });
    }
}

/** Leaves an act unreviewed, for a reason that stays in the result. Throws as `decideSheetAssign`, or `inspection.notReviewer`. */
export function decideSheetSkip(sheet: ReviewedSheet, actor: Id): void {
    decideOpen(sheet);
    if (sheet.reviewerId !== null && sheet.reviewerId !== actor) throw new DomainError('inspection.notReviewer');
}

const decideFinished = (state: SheetState): void => {
    if (state !== 'finished') throw new DomainError('inspection.notFinished');
};

/** Says what has to be put right, and by when. Throws `inspection.notFinished` or `inspection.dueInPast`. */
export function decideRectification(sheet: { readonly state: SheetState }, dueDay: Day, today: Day): void {
    decideFinished(sheet.state);
    if (dueDay < today) throw new DomainError('inspection.dueInPast');
}

/** Throws `inspection.rectificationState`, or `inspection.notConcerned` for somebody else than who has to answer. */
export function decideRectificationAnswer(
    rectification: { readonly state: RectificationState; readonly responsibleId: Id | null },
    { personId, isHead }: { readonly personId: Id; readonly isHead: boolean },
): void {
    const { state, responsibleId } = rectification;
    if (state !== 'open') throw new DomainError('inspection.rectificationState', { state });
    if (responsibleId !== personId && !isHead) throw new DomainError('inspection.notConcerned');
}

/** Checks an answer; another person than who gave it. Throws `inspection.rectificationState` or `inspection.ownWork`. */
export function decideRectificationCheck(
    { state, answeredBy }: { readonly state: RectificationState; readonly answeredBy: Id | null },
    actor: Id,
): void {
    if (state !== 'answered') throw new DomainError('inspection.rectificationState', { state });
    if (answeredBy === actor) throw new DomainError('inspection.ownWork');
}

/**
 * Objects to a finished sheet. Throws `inspection.notFinished`, `inspection.notConcerned`, `inspection.appealWaiting` while an
 * appeal waits, `inspection.appealLate` when the unit's own term is over, or `inspection.itemUnknown`.
 */
export function decideAppeal(
    sheet: { readonly state: SheetState; readonly finishedAt: Instant | null; readonly appealUntil: Instant | null },
    items: readonly string[],
    { scheme, waiting, concerned, now }: { scheme: readonly ScoreItem[]; waiting: boolean; concerned: boolean; now: Instant },
): void {
    decideFinished(sheet.state);
    if (!concerned) throw new DomainError('inspection.notConcerned');
    if (waiting) throw new DomainError('inspection.appealWaiting');
    if (sheet.appealUntil !== null && now >= sheet.appealUntil) throw new DomainError('inspection.appealLate');
    if (items.length === 0) throw new DomainError('inspection.itemUnknown');
    for (const item of items) decidePoints(scheme, item, undefined);
}

/** Who may decide an appeal: somebody else than who reviewed, who objected and who took part. Throws `inspection.ownWork` or `inspection.reviewerTookPart`. */
function decideAppealJudge(appeal: { readonly by: Id }, sheet: ReviewedSheet, actor: Id): void {
    if (appeal.by === actor || sheet.reviewerId === actor) throw new DomainError('inspection.ownWork');
    decideReviewer(sheet, actor);
}

/**
 * Decides an appeal. What is upheld changes points of items that were objected to, and of no other. Throws `inspection.appealState`,
 * `inspection.itemUnknown`, `inspection.pointsTooMany`, and those of `decideAppealJudge`.
 */
export function decideAppealDecision(
    appeal: { readonly state: AppealState; readonly items: readonly string[]; readonly by: Id },
    sheet: ReviewedSheet,
    given: { readonly upheld: boolean; readonly points: readonly CorrectedPoints[] },
    { scheme, actor }: { readonly scheme: readonly ScoreItem[]; readonly actor: Id },
): void {
    if (appeal.state !== 'waiting') throw new DomainError('inspection.appealState', { state: appeal.state });
    decideAppealJudge(appeal, sheet, actor);
    if (given.upheld !== given.points.length > 0) throw new DomainError('inspection.itemUnknown');
    for (const { item, points } of given.points) {
        if (!appeal.items.includes(item)) throw new DomainError('inspection.itemUnknown');
        decidePoints(scheme, item, points);
    }
}

/**
 * No campaign ends while something of it waits, nor while a finished sheet may be objected to by the term that was set (`appealUntil`, the
 * last of them; null: none was). Throws `inspection.wrongState`, `inspection.stillOpen` with how much, or `inspection.appealTermRuns`.
 */
export function decideCampaignEnd(
    state: CampaignState,
    open: { readonly sheets: number; readonly rectifications: number; readonly appeals: number },
    { appealUntil, now }: { readonly appealUntil: Instant | null; readonly now: Instant },
): void {
    if (state !== 'drawn') throw new DomainError('inspection.wrongState', { state });
    if (open.sheets + open.rectifications + open.appeals > 0) throw new DomainError('inspection.stillOpen', { ...open });
    if (appealUntil !== null && now < appealUntil)
        throw new DomainError('inspection.appealTermRuns', { until: dayOf(appealUntil - 1) });
}
