import type { BoundedInstant, BoundedInterval, SpokenReason } from '../act/coverage-facts.ts';
import type { SpeechMark } from '../act/coverage-statement.ts';
import { isCustodian } from '../identity/access.decide.ts';
import type { Role } from '../identity/roles.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Duration, Instant } from '../kernel/instant.ts';
import type { HeardKind, HeardState } from './heard.ts';
import type { RecordingState } from './recording.ts';

/**
 * What somebody found at a moment of a recording. Opening and closing words (附件1 第9、8条), the kinds of key footage that
 * 附件1 第11条 lists, the reason of an interruption as it is spoken (第10条), or a note. It stands beside the original, never in it.
 */
export const RECORDING_MARK_KINDS = [
    'opening',
    'closing',
    'scene',
    'people',
    'evidence',
    'measure',
    'important',
    'gapReason',
    'note',
] as const;
export type RecordingMarkKind = (typeof RECORDING_MARK_KINDS)[number];

/** The kinds of 附件1 第11条, in its order: what has to be filmed above all. */
export const KEY_FOOTAGE = [
    'scene',
    'people',
    'evidence',
    'measure',
    'important',
] as const satisfies readonly RecordingMarkKind[];

/** These say nothing without words: which reason, which matter. */
const NEED_WORDS: readonly RecordingMarkKind[] = ['important', 'gapReason', 'note'];
export const markNeedsWords = (kind: RecordingMarkKind): boolean => NEED_WORDS.includes(kind);

/** An unbroken stretch of the file on both clocks. */
export type MarkedStretch = {
    readonly mediaStartMs: Duration;
    readonly deviceStart: Instant;
    readonly deviceEnd: Instant;
    readonly corrected: BoundedInterval | null;
};

/** When a place in the file was, by the device's clock and corrected; null where that is not known. */
export type MarkedMoment = { readonly device: Instant | null; readonly corrected: BoundedInstant | null };

/** At the very end of a stretch it is still that stretch: a mark on the last picture has its time. */
export function momentAt(mediaMs: Duration, stretches: readonly MarkedStretch[]): MarkedMoment {
    const of = stretches.findLast((each) => each.mediaStartMs <= mediaMs);
    if (of === undefined || mediaMs - of.mediaStartMs > of.deviceEnd - of.deviceStart) return { device: null, corrected: null };
    const into = mediaMs - of.mediaStartMs;
    const start = of.corrected?.start;
    const moved = start === undefined ? null : { at: start.at + into, lower: start.lower + into, upper: start.upper + into };
    return { device: of.deviceStart + into, corrected: moved };
}

/**
 * The words of 附件1 第8、9条 as rules take them: a mark that stands is a person's confirmation, a place at which a program heard
 * them a proposal.
 */
export const speechOf = (
    marks: readonly {
        readonly kind: RecordingMarkKind;
        readonly corrected: BoundedInstant | null;
        readonly withdrawn: unknown;
    }[],
    heard: readonly { readonly kind: HeardKind; readonly corrected: BoundedInstant | null; readonly state: HeardState }[],
): SpeechMark[] => [
    ...marks.flatMap(({ kind, corrected, withdrawn }): SpeechMark[] =>
        withdrawn === null && (kind === 'opening' || kind === 'closing') ? [{ kind, state: 'confirmed', corrected }] : [],
    ),
    ...heard.flatMap(({ kind, corrected, state }): SpeechMark[] =>
        state === 'waiting' ? [{ kind, state: 'proposed', corrected }] : [],
    ),
];

/** Reasons of interruptions that stand, as rules take them (附件1 第10条). */
export const spokenReasonsOf = (
    marks: readonly {
        readonly id: string;
        readonly recordingId: string;
        readonly kind: RecordingMarkKind;
        readonly deviceAt: Instant | null;
        readonly corrected: BoundedInstant | null;
        readonly words: string | null;
        readonly withdrawn: unknown;
    }[],
): SpokenReason[] =>
    marks.flatMap(({ id, recordingId, kind, deviceAt, corrected, words, withdrawn }) =>
        withdrawn === null && kind === 'gapReason' && words !== null
            ? [{ id, recordingId, device: deviceAt, corrected, words }]
            : [],
    );

/** What is marked must be there: in a recording that can be shown, inside its length. */
export function decideMark(
    mark: { readonly kind: RecordingMarkKind; readonly mediaMs: Duration; readonly words: string | null },
    recording: { readonly state: RecordingState; readonly durationMs: Duration | null },
): void {
    if (recording.state === 'quarantined') throw new DomainError('recording.quarantined');
    if (recording.state === 'damaged') throw new DomainError('recording.damaged');
    if (recording.durationMs === null || mark.mediaMs < 0 || mark.mediaMs > recording.durationMs)
        throw new DomainError('recording.markOutside');
    if (mark.words === null && markNeedsWords(mark.kind)) throw new DomainError('recording.markNeedsWords');
}

/** The author takes back what they said; those who look after all recordings may take back anybody's. */
export const mayWithdrawMark = (madeBy: string, by: { readonly personId: string; readonly roles: readonly Role[] }): boolean =>
    madeBy === by.personId || isCustodian(by.roles);

/** Nothing is erased: a mark that was taken back stays readable. Throws `recording.markWithdrawn` or `access.denied`. */
export function decideMarkWithdrawal(
    mark: { readonly madeBy: string; readonly withdrawnAt: Instant | null },
    by: { readonly personId: string; readonly roles: readonly Role[] },
): void {
    if (mark.withdrawnAt !== null) throw new DomainError('recording.markWithdrawn');
    if (!mayWithdrawMark(mark.madeBy, by)) throw new DomainError('access.denied');
}
