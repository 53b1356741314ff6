import { DomainError } from '../kernel/domain-error.ts';
import { type Duration, SECOND } from '../kernel/instant.ts';
import type { Inspection } from './inspection.ts';
import { isTimedTrack } from './inspection.ts';
import type { RecordingState } from './recording.ts';

/**
 * The words that a program may point at: they open and close an act (附件1 第9条, 第8条). A program only says where to listen; what
 * was said there is a person's to confirm.
 */
export const HEARD_KINDS = ['opening', 'closing'] as const;
export type HeardKind = (typeof HEARD_KINDS)[number];

/** `rejected`: somebody listened, and these words are not said there. */
export const HEARD_STATES = ['waiting', 'confirmed', 'rejected'] as const;
export type HeardState = (typeof HEARD_STATES)[number];

/**
 * How far the listening to a recording is. `noSound`: there is nothing to hear in it · `programMissing`: none is named for this server,
 * or it does not start · `failed`: it ended badly, took too long or did not answer as agreed.
 */
export const LISTENING_STATES = ['asked', 'done', 'noSound', 'programMissing', 'failed'] as const;
export type ListeningState = (typeof LISTENING_STATES)[number];

/** What was said from where to where in the file, in ms, as a program for speech recognition wrote it down. */
export type HeardCue = { readonly startMs: Duration; readonly endMs: Duration; readonly text: string };

/** A place in the file at which the words of a kind seem to be said, with what was written down there. */
export type HeardPlace = { readonly kind: HeardKind; readonly mediaMs: Duration; readonly words: string };

/**
 * What tells the words of each kind, as the clause has them: parts that mean the same, and how many of them have to be heard close
 * to each other. A program writes other characters for some of it, so not every part is asked for.
 */
const PHRASES: Readonly<Record<HeardKind, { readonly parts: readonly (readonly string[])[]; readonly least: number }>> = {
    opening: {
        parts: [
            ['卫健委', '卫生健康', '执法人员', '监督员', '监督所'],
            ['证号', '执法证', '证件'],
            ['依法', '监督检查', '予以配合', '请配合'],
            ['全程录音', '全程录像', '录音录像'],
        ],
        least: 2,
    },
    closing: {
        parts: [
            ['执法结束', '检查结束'],
            ['关闭执法记录仪', '关闭记录仪'],
        ],
        least: 1,
    },
};

/** The words of 附件1 第9条 take some twenty seconds; said slowly and asked about in between, twice that. */
const TOGETHER_MS = 40 * SECOND;
const MOST_WORDS = 200;
/** More places of a kind than these are no longer of help to anybody. */
const MOST_PLACES = 20;

const bare = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '');
const holds = (text: string, part: readonly string[]): boolean => part.some((word) => text.includes(word));

/** Where the words of each kind seem to be said, in the order of the file. */
export function heardPlaces(cues: readonly HeardCue[]): HeardPlace[] {
    const sorted = cues.toSorted((a, b) => a.startMs - b.startMs);
    return HEARD_KINDS.flatMap((kind) => placesOf(kind, sorted)).toSorted((a, b) => a.mediaMs - b.mediaMs);
}

function placesOf(kind: HeardKind, cues: readonly HeardCue[]): HeardPlace[] {
    const { parts, least } = PHRASES[kind];
    const places: HeardPlace[] = [];
    let after = Number.NEGATIVE_INFINITY;
    for (const [index, cue] of cues.entries()) {
        if (places.length === MOST_PLACES) break;
        // One that is part of a place found before is that place.
        if (cue.startMs <= after || !parts.some((part) => holds(bare(cue.text), part))) continue;
        const within = withinReach(cues, index);
        // What follows the last of it is no longer of it.
        const near = within.slice(0, 1 + within.findLastIndex((each) => parts.some((part) => holds(bare(each.text), part))));
        const said = bare(near.map((each) => each.text).join(''));
        if (parts.filter((part) => holds(said, part)).length < least) continue;
        const words = near.map((each) => each.text.normalize('NFC').trim()).join(' ');
        places.push({ kind, mediaMs: cue.startMs, words: [...words].slice(0, MOST_WORDS).join('') });
        after = near.at(-1)?.startMs ?? cue.startMs;
    }
    return places;
}

function withinReach(cues: readonly HeardCue[], first: number): HeardCue[] {
    const found: HeardCue[] = [];
    const from = cues[first]?.startMs ?? 0;
    for (let index = first; index < cues.length; index += 1) {
        const cue = cues[index];
        if (cue === undefined || cue.startMs > from + TOGETHER_MS) break;
        found.push(cue);
    }
    return found;
}

/** Those of them that no earlier listening pointed at. */
export const newPlaces = (found: readonly HeardPlace[], kept: readonly Pick<HeardPlace, 'kind' | 'mediaMs'>[]): HeardPlace[] =>
    found.filter(
        ({ kind, mediaMs }) => !kept.some((each) => each.kind === kind && Math.abs(each.mediaMs - mediaMs) <= TOGETHER_MS),
    );

/** Whether there is any sound in it that could be listened to. */
export const hasSound = (inspection: Inspection): boolean =>
    inspection.tracks.filter(isTimedTrack).some((each) => each.kind === 'audio');

/** Throws `recording.quarantined`, `recording.damaged`, `recording.notListenable` or `recording.listening`. */
export function decideListening(
    recording: { readonly state: RecordingState; readonly inspection: Inspection | null },
    listening: ListeningState | undefined,
): void {
    if (recording.state === 'quarantined') throw new DomainError('recording.quarantined');
    if (recording.state === 'damaged') throw new DomainError('recording.damaged');
    if (recording.inspection === null || !hasSound(recording.inspection)) throw new DomainError('recording.notListenable');
    if (listening === 'asked') throw new DomainError('recording.listening');
}

/**
 * A place is decided on once, by somebody who has opened the recording: a confirmation by reading alone would be the program's.
 * Throws `recording.heardDecided` or `recording.notViewed`.
 */
export function decideHeard(state: HeardState, { viewed }: { readonly viewed: boolean }): void {
    if (state !== 'waiting') throw new DomainError('recording.heardDecided');
    if (!viewed) throw new DomainError('recording.notViewed');
}
