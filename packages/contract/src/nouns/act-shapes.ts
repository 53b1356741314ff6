import {
    ACT_STATES,
    EXEMPTION_KINDS,
    EXEMPTION_STATES,
    OWN_PARTS,
    PARTS,
    RECORDING_STATES,
    SECRECIES,
    SITE_KINDS,
} from '@liuhen/domain';
import { z } from 'zod';
import {
    boundedInstant,
    boundedInterval,
    deviceRef,
    id,
    instant,
    line,
    optionalLine,
    organisationRef,
    partyRef,
    personRef,
    scenario,
} from '../shapes.ts';
import { filePositions, mediaFinding } from './recording.ts';
import { heardPlace } from './recording-heard.ts';
import { recordingMark } from './recording-mark.ts';
import { retention } from './retention.ts';

/**
 * How an act stands at a glance; worked out by the domain from the facts and from what was found when it was judged last, the same on list and
 * page. `record`: by its recordings, people and times alone · `found` counts findings: to be answered, waiting for somebody else, and confirmed
 * as violations.
 */
export const standing = z.object({
    status: z.enum(['held', 'act', 'judge', 'broken']),
    record: z.enum(['held', 'act', 'judge', 'broken']),
    openGaps: z.number().int(),
    coveragePermille: z.number().int().nullable(),
    missingOfficers: z.number().int(),
    found: z.object({ open: z.number().int(), waiting: z.number().int(), confirmed: z.number().int() }),
});

/**
 * An act in a list. `restricted`: it is marked secret and the reader is neither concerned nor a head (附件1 第12条): number,
 * kind and state are all there is, everything else is empty.
 */
export const actItem = z.object({
    id,
    number: z.string(),
    scenario,
    /** Scenarios of all segments, each once, in order of time. */
    scenarios: z.array(scenario),
    restricted: z.boolean(),
    secrecy: z.enum(SECRECIES),
    party: partyRef.nullable(),
    place: z.string(),
    startsAt: instant.nullable(),
    endsAt: instant.nullable(),
    state: z.enum(ACT_STATES),
    participants: z.array(z.object({ name: z.string(), part: z.enum(PARTS) })),
    recordingCount: z.number().int(),
    standing,
});

/** When somebody was at a segment; `null` is its own beginning or end. */
export const presence = z.object({ segmentId: id, from: instant.nullable(), to: instant.nullable() });

export const actSegment = z.object({
    /** The act's own id where it is the whole of an act from before segments were kept. */
    id,
    scenario,
    siteKind: z.enum(SITE_KINDS),
    place: z.string(),
    premises: z.object({ id, name: z.string() }).nullable(),
    /** The place inside the premises, where one was named. */
    site: z.object({ id, name: z.string() }).nullable(),
    room: deviceRef.nullable(),
    substituteReason: z.string().nullable(),
    startsAt: instant,
    endsAt: instant,
    note: z.string().nullable(),
    /** 正文二(二)1, by what held on that day. */
    recording: z.enum(['must', 'should']),
    version: z.number().int(),
});

export const actParticipant = z.object({
    id,
    part: z.enum(PARTS),
    name: z.string(),
    /** `null`: somebody who is not ours. */
    person: personRef.nullable(),
    agency: z.string().nullable(),
    relation: z.string().nullable(),
    idShown: z.boolean().nullable(),
    certificateShownAt: instant.nullable(),
    presence: z.array(presence),
    device: deviceRef.nullable(),
    version: z.number().int(),
});

export const actExemption = z.object({
    id,
    segmentId: id,
    person: z.object({ id, name: z.string() }).nullable(),
    kind: z.enum(EXEMPTION_KINDS),
    ground: z.string(),
    words: z.string().nullable(),
    startsAt: instant,
    endsAt: instant,
    state: z.enum(EXEMPTION_STATES),
    recordedBy: z.object({ id, name: z.string() }),
    recordedAt: instant,
    decidedBy: z.object({ id, name: z.string() }).nullable(),
    decidedAt: instant.nullable(),
    decision: z.string().nullable(),
    /** 附件1 第13条: the written work record. */
    documentId: id.nullable(),
    /** It is there and is more than a draft. */
    noteDone: z.boolean(),
});

export const actCheck = z.object({
    key: z.string(),
    phase: z.enum(['before', 'during', 'after']),
    clause: z.string().nullable(),
    /** Of what an organisation added; the others have texts. */
    words: z.string().nullable(),
    tickedBy: z.string().nullable(),
    tickedAt: instant.nullable(),
});

export const actRecording = z.object({
    id,
    name: z.string(),
    personId: id.nullable(),
    device: deviceRef.nullable(),
    deviceStart: instant.nullable(),
    deviceEnd: instant.nullable(),
    durationMs: z.number().int().nullable(),
    /** Pictures in 1,000 seconds, measured. */
    frameRateMilli: z.number().int().nullable(),
    /** Unbroken stretches by the device's clock, in order; `mediaStartMs` is where in the file each begins. Empty while unknown. */
    stretches: z.array(
        z.object({
            id,
            mediaStartMs: z.number().int(),
            deviceStart: instant,
            deviceEnd: instant,
            corrected: boundedInterval.nullable(),
        }),
    ),
    correctedStart: boundedInstant.nullable(),
    /** Within which files of its device continue each other. */
    joinWithinMs: z.number().int(),
    state: z.enum(RECORDING_STATES),
    retention,
    playable: z.boolean(),
    inspected: z.boolean(),
    findings: z.array(mediaFinding),
    positions: filePositions.nullable(),
    receivedAt: instant,
});

export const actDetail = actItem.omit({ participants: true, restricted: true, startsAt: true, endsAt: true }).extend({
    organisation: organisationRef,
    /** Which of the party's premises, where one was chosen; `place` is what the record says in words. */
    premises: z.object({ id, name: z.string() }).nullable(),
    /** Where those are, WGS 84, degrees × 10⁷; null while not registered. */
    /** 附件1 第15条 by the organisation's own term when the act ended. */
    storeWithinMs: z.number().int(),
    /** 附件1 第10条: how far documents may state other times than the recording, by the organisation's own tolerance when the act ended. */
    documentToleranceMs: z.number().int(),
    /** How far from an interruption its reason may be spoken, by the organisation's own figure when the act ended. */
    spokenWithinMs: z.number().int(),
    premisesAt: z.object({ latE7: z.number().int(), lonE7: z.number().int() }).nullable(),
    note: z.string().nullable(),
    /** From the first beginning to the last end, as the officers state them (附件1 第10条); never prefilled from a recording. */
    startsAt: instant,
    endsAt: instant,
    segments: z.array(actSegment),
    participants: z.array(actParticipant),
    exemptions: z.array(actExemption),
    checks: z.array(actCheck),
    inspectionCode: z.object({
        code: z.string().nullable(),
        exempt: z.string().nullable(),
        /** The organisation has switched it on, and this act has neither code nor ground. */
        missing: z.boolean(),
        /** The form asked of a code, which no text that was seen sets; `null`: any. */
        format: z.string().nullable(),
    }),
    recordings: z.array(actRecording),
    /** Marks at moments of its recordings, withdrawn ones among them. */
    marks: z.array(recordingMark),
    /** Where a program heard opening and closing words in them; only what somebody has listened to counts. */
    heard: z.array(heardPlace),
    /** Documents past their draft that state a start or an end (附件1 第10条). */
    documents: z.array(z.object({ id, title: z.string(), startedAt: instant.nullable(), endedAt: instant.nullable() })),
    /** Photographs and moments of recordings that its documents name, drafts among them. */
    attached: z.array(
        z.object({
            documentId: id,
            documentTitle: z.string(),
            kind: z.enum(['photo', 'recording']),
            recordingId: id,
            title: z.string(),
            /** Where in the recording, ms. */
            atMs: z.number().int(),
        }),
    ),
    /** In a case or a drawn sample: what only a person can say is asked for and counts (附件1 第8、9条). */
    speechRequired: z.boolean(),
    /** What signed papers and accepted answers say of interruptions, for each recorder's user (附件1 第10条). */
    explanations: z.array(
        z.object({
            ...{ id: z.string(), personId: id, during: z.object({ start: instant, end: instant }), reason: z.string() },
            /** It is an answer to a finding that was accepted, about just the time that was found. */
            accepted: z.boolean().optional(),
        }),
    ),
    version: z.number().int(),
});

const siteFields = {
    scenario,
    siteKind: z.enum(SITE_KINDS).optional(),
    premisesId: id.optional(),
    roomDeviceId: id.optional(),
    substituteReason: optionalLine(200),
    place: line(200),
    startsAt: instant,
    endsAt: instant,
    note: optionalLine(500),
};
export const actFields = z.object({ ...siteFields, partyId: id.optional() });
export const segmentFields = z.object({ ...siteFields, siteId: id.optional() });

const ours = z.object({ part: z.enum(OWN_PARTS), personId: id });
const named = z.object({
    part: z.enum(['partyPerson', 'witness', 'interpreter', 'otherAgency']),
    name: line(60),
    agency: optionalLine(100),
    /** What the party's person is to it: 法定代表人, 负责人, 员工 … */
    relation: optionalLine(60),
    idShown: z.boolean().optional(),
});
export const ownParticipant = ours;
/** `segmentIds` absent: present in every segment there is. */
export const participantFields = z.union([
    ours.extend({ segmentIds: z.array(id).max(50).optional() }),
    named.extend({ segmentIds: z.array(id).max(50).optional() }),
]);
