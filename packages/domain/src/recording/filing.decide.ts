import type { ActState } from '../act/act.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { RecordingState } from './recording.ts';

export type FilingRecording = { readonly actId: Id | null; readonly state: RecordingState; readonly personId: Id | null };
export type FilingAct = {
    readonly id: Id;
    readonly state: ActState;
    readonly participants: readonly Id[];
};

/**
 * Whose recording it becomes in the act: the person named, or the one it already belongs to. A person who took no part
 * is refused; a recording of nobody in particular (a room, a phone) may be filed without one.
 */
export function decideFiling(recording: FilingRecording, act: FilingAct, named: Id | undefined): { personId: Id | null } {
    if (recording.state === 'quarantined') throw new DomainError('recording.quarantined');
    if (recording.actId !== null) throw new DomainError('recording.alreadyFiled');
    if (act.state === 'cancelled') throw new DomainError('act.cancelled');
    const personId = named ?? recording.personId;
    if (personId !== null && !act.participants.includes(personId)) throw new DomainError('recording.personNotInAct');
    return { personId };
}

/** Longest viewing without asking again; a viewer who stays opens a new one. */
export const VIEWING_HOURS = 4;

/** More stretches than this no summary of a viewing names: it says what it leaves out. */
export const PLAYED_RANGES_MOST = 500;

/** Played stretches as reported by a player: whole, sorted, joined and inside the recording. */
export function playedRanges(
    reported: readonly { startMs: number; endMs: number }[],
    durationMs: number | null,
): { startMs: number; endMs: number }[] {
    const most = durationMs ?? Number.MAX_SAFE_INTEGER;
    const sorted = reported
        .map(({ startMs, endMs }) => ({ startMs: Math.max(0, startMs), endMs: Math.min(most, endMs) }))
        .filter(({ startMs, endMs }) => startMs < endMs)
        .sort((a, b) => a.startMs - b.startMs);
    const joined: { startMs: number; endMs: number }[] = [];
    for (const next of sorted) {
        const last = joined.at(-1);
        if (last !== undefined && next.startMs <= last.endMs) last.endMs = Math.max(last.endMs, next.endMs);
        else joined.push({ ...next });
    }
    return joined;
}
