import type { Id } from '../kernel/ids.ts';
import { type Inspection, isTimedTrack } from './inspection.ts';

/** What says how many pictures a second the recorder took. `assumed`: nothing does, and it is taken for 30. */
export const REBUILT_RATES = ['reference', 'stream', 'assumed'] as const;
export type RebuiltRate = (typeof REBUILT_RATES)[number];
/**
 * `kept`: each stretch between two pictures is one block of sound for sure · `notApart`: blocks lie together and nothing marks where
 * one ends · `notKnown`: no other recording says how its sound is coded.
 */
export const REBUILT_SOUNDS = ['kept', 'notApart', 'notKnown'] as const;
export type RebuiltSound = (typeof REBUILT_SOUNDS)[number];

/** How near the recording is whose parameters were lent: of the same recorder, or of another of its model. */
export const LIKENESSES = ['sameDevice', 'sameModel'] as const;
export type Likeness = (typeof LIKENESSES)[number];

/** How a copy came about whose original has no index. */
export type Rebuilt = {
    /** The parameters of its pictures: written among them by the recorder, or taken from another recording. */
    readonly parameters: 'inStream' | 'reference';
    readonly reference?: { readonly recordingId: Id; readonly likeness: Likeness };
    readonly pictures: number;
    /** Pictures that are there and build on lost ones. */
    readonly leftOut: number;
    readonly holes: number;
    readonly rateMilli: number;
    readonly rateFrom: RebuiltRate;
    readonly sound: RebuiltSound;
    /** Of the media data in the file. */
    readonly readBytes: number;
    readonly dataBytes: number;
    /** So many pictures from the beginning were decoded without an error before the copy counted. */
    readonly decoded: number;
};

/** Whether its pictures can be sought in its media data: an ISO file whose index was never written, as when a recorder lost power. */
export const isWithoutIndex = ({ container, boxes, tracks }: Inspection): boolean =>
    (container === 'mp4' || container === 'mov') &&
    boxes?.moov === 'absent' &&
    boxes.mdatDeclaredEnd !== undefined &&
    !tracks.some(isTimedTrack);

/** Whether its parameters may be those of a damaged recording of the same recorder: it has an index, and pictures in H.264. */
export const lendsParameters = ({ boxes, tracks }: Inspection): boolean =>
    (boxes?.moov === 'beforeData' || boxes?.moov === 'afterData') &&
    tracks.some((track) => track.kind === 'video' && track.codec === 'avc');
