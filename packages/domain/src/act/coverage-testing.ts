import type { Interval } from '../kernel/interval.ts';
import type { ActSegmentFacts, ExemptionFacts, ParticipantFacts, RecordingFacts, SegmentFacts } from './coverage-facts.ts';
import { COVERAGE_PARAMETERS } from './coverage-facts.ts';
import type { StatementInput } from './coverage-statement.ts';

/** 2026-11-18（周三）09:31 in Shanghai: the start of the act every test tells. */
export const NINE_31 = Date.UTC(2026, 10, 18, 1, 31);

/** Seconds after 09:31 as an interval. */
export const seconds = (from: number, to: number): Interval => ({ start: NINE_31 + from * 1000, end: NINE_31 + to * 1000 });

export const officer = (id: string, more: Partial<ParticipantFacts> = {}): ParticipantFacts => {
    return { id, name: id, part: 'officer', own: [present()], certificate: 'valid', intake: 'complete', ...more };
};

/** The one segment of an act that is not divided. */
export const WHOLE = 'whole';
export const present = (during: Interval | null = null, segmentId = WHOLE) => ({ segmentId, during });
export const actSegment = (id: string, during: Interval, more: Partial<ActSegmentFacts> = {}): ActSegmentFacts => {
    return { id, during, onSite: true, recording: 'must', room: null, ...more };
};

/** Confirmed, of everybody, throughout the act. */
export const exemption = (id: string, during: Interval, more: Partial<ExemptionFacts> = {}): ExemptionFacts => {
    return { id, personId: null, segmentId: null, during, ground: '手术进行中', state: 'confirmed', note: 'notNeeded', ...more };
};

/** Footage with a known clock: corrected = device + `offsetMs` ± `plusMinusMs`; `null` leaves the clock unknown. */
export const segment = (
    id: string,
    at: Interval,
    fit: { offsetMs: number; plusMinusMs: number } | null = EXACT,
): SegmentFacts => {
    const bounded = (device: number, offsetMs: number, slack: number) => {
        return { at: device + offsetMs, lower: device + offsetMs - slack, upper: device + offsetMs + slack };
    };
    const corrected =
        fit === null
            ? null
            : { start: bounded(at.start, fit.offsetMs, fit.plusMinusMs), end: bounded(at.end, fit.offsetMs, fit.plusMinusMs) };
    return { id, device: at, corrected };
};

const EXACT = { offsetMs: 0, plusMinusMs: 0 };

export const recording = (id: string, carrierId: string, segments: readonly SegmentFacts[]): RecordingFacts => {
    const storedAt = NINE_31 + 8 * 3_600_000;
    return { id, carrierId, deviceId: `device of ${carrierId}`, deviceLabel: 'A-0173', segments, openStart: null, storedAt };
};

/** A file that says when it began, and was cut off before it could say how long it ran. */
export const cutOff = (id: string, carrierId: string, fromSecond: number, fit: typeof EXACT | null = EXACT): RecordingFacts => {
    const { device, corrected } = segment(id, seconds(fromSecond, fromSecond + 1), fit);
    return { ...recording(id, carrierId, []), openStart: { device: device.start, corrected: corrected?.start ?? null } };
};

/** Two certified officers, 76 minutes, nothing else. */
export const act = (more: Partial<StatementInput> = {}): StatementInput => ({
    now: NINE_31 + 5 * 86_400_000,
    stated: seconds(0, 76 * 60),
    segments: more.stated === null ? [] : [actSegment(WHOLE, more.stated ?? seconds(0, 76 * 60))],
    participants: [officer('a'), officer('b')],
    recordings: [],
    exemptions: [],
    explanations: [],
    spoken: [],
    parameters: COVERAGE_PARAMETERS,
    documents: [{ id: 'd', title: '现场笔录', start: NINE_31, end: NINE_31 + 76 * 60_000 }],
    speech: [],
    speechRequired: false,
    ...more,
});
