import type { Id } from '../kernel/ids.ts';
import type { Duration } from '../kernel/instant.ts';

/** `skipped` stays in the result with its reason: nothing that was drawn leaves the sample. */
export const SHEET_STATES = ['open', 'finished', 'skipped'] as const;
export type SheetState = (typeof SHEET_STATES)[number];

/** A moment of a recording of the act, in milliseconds of its original. */
export type SheetMoment = { readonly recordingId: Id; readonly mediaMs: Duration };

/**
 * What the reviewer found under one item; `points` absent: it does not apply to this act, and the words say why, or, where it is `open`, it
 * is not decided yet, whatever stands under it already.
 */
export type SheetAnswer = {
    readonly item: string;
    readonly points?: number;
    readonly open?: true;
    readonly words?: string;
    readonly moments: readonly SheetMoment[];
};

/** Points of single items that an appeal changed. */
export type CorrectedPoints = { readonly item: string; readonly points: number };

export const RECTIFICATION_STATES = ['open', 'answered', 'done'] as const;
export type RectificationState = (typeof RECTIFICATION_STATES)[number];

export const APPEAL_STATES = ['waiting', 'upheld', 'refused'] as const;
export type AppealState = (typeof APPEAL_STATES)[number];
