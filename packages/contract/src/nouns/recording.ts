import {
    CARD_FILE_KINDS,
    CLOCK_DOUBTS,
    DERIVED_KINDS,
    DERIVED_REASONS,
    DERIVED_STATES,
    DOCK_QUESTIONS,
    FILING_CONFLICTS,
    FILING_LEVELS,
    FILING_REASONS,
    ITEM_ROLES,
    JOINT_VERDICTS,
    LIKENESSES,
    PLAYED_RANGES_MOST,
    PROPOSAL_OUTCOMES,
    REBUILT_RATES,
    REBUILT_SOUNDS,
    RECORDING_SOURCES,
    RECORDING_STATES,
    STRUCTURE_SIGNS,
} from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import {
    boundedInterval,
    deviceRef,
    empty,
    hex32,
    id,
    idParams,
    instant,
    line,
    organisationRef,
    page,
    pageQuery,
    partyRef,
    personRef,
    size,
} from '../shapes.ts';
import { retention } from './retention.ts';
import { openedViewing } from './viewing.ts';

/** No term is counted to a day that has more figures than a day is written with. */
const YEAR_2500 = Date.UTC(2500, 0, 1);

/** Which act a recording belongs to, as proposed; acts that are secret to the reader are left out. */
export const filingProposal = z.object({
    level: z.enum(FILING_LEVELS),
    conflicts: z.array(z.enum(FILING_CONFLICTS)),
    outcome: z.enum(PROPOSAL_OUTCOMES),
    proposedAt: instant,
    candidates: z.array(
        z.object({
            act: z.object({
                id,
                number: z.string(),
                place: z.string(),
                party: z.string().nullable(),
                startsAt: instant,
                endsAt: instant,
            }),
            person: z.object({ id, name: z.string() }).nullable(),
            overlapMs: z.number().int(),
            apartMs: z.number().int(),
            reasons: z.array(z.enum(FILING_REASONS)),
        }),
    ),
});

/** Positions a file carries, spread over its whole; degrees × 10⁷. */
export const filePositions = z.object({
    source: z.enum(['gpmf', 'udta', 'nmea']),
    firstUtc: z.number().int().exactOptional(),
    fixes: z.number().int(),
    noFix: z.number().int(),
    fastestMmPerS: z.number().int(),
    points: z.array(z.object({ atMs: z.number().int(), latE7: z.number().int(), lonE7: z.number().int() })),
});

/** A code with the parameters of its sentence; `severity` orders and colours, the words come from the texts. */
export const mediaFinding = z.object({
    code: z.string(),
    severity: z.enum(['broken', 'limited', 'advisory']),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const recordingItem = z.object({
    id,
    name: z.string(),
    state: z.enum(RECORDING_STATES),
    role: z.enum(ITEM_ROLES),
    source: z.enum(RECORDING_SOURCES),
    size,
    device: deviceRef.nullable(),
    officer: personRef.nullable(),
    uploadedBy: personRef,
    receivedAt: instant,
    /** By the device's own clock, never changed; null when the file does not say. */
    deviceStart: instant.nullable(),
    deviceEnd: instant.nullable(),
    /** When it really ran, with bounds; null with `clockDoubt` saying why, both null before it was inspected. */
    corrected: boundedInterval.nullable(),
    clockDoubt: z.enum(CLOCK_DOUBTS).nullable(),
    durationMs: z.number().int().nullable(),
    /** Pictures in 1,000 seconds, measured. */
    frameRateMilli: z.number().int().nullable(),
    codec: z.string().nullable(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    /** Cases in whose list of evidence it stands, itself or a moment of it: it is kept as long as they are (附件1 第18条). */
    evidenceIn: z.array(z.object({ id, number: z.string() })),
    retention,
    playable: z.boolean(),
    /** What a player is given: the original, or what was made of it; null while nothing can be shown. */
    shownAs: z.enum(['original', 'repaired', 'playable']).nullable(),
    /** What was made from it, and what could not be. */
    derived: z.array(z.object({ kind: z.enum(DERIVED_KINDS), state: z.enum(DERIVED_STATES) })),
    inspected: z.boolean(),
    findings: z.array(mediaFinding),
    act: z.object({ id, title: z.string() }).nullable(),
    party: partyRef.nullable(),
});

/** Another file of the same device, and what lies between. */
const fileJoint = z.object({
    recording: z.object({ id, name: z.string() }),
    holeMs: z.number().int().nullable(),
    verdict: z.enum(JOINT_VERDICTS),
});

const stretch = z.object({ fromMs: z.number().int(), toMs: z.number().int() });

/** An item made from an original, with what it was made from and how. */
const derivedItem = z.object({
    kind: z.enum(DERIVED_KINDS),
    state: z.enum(DERIVED_STATES),
    fromSha256: hex32,
    sha256: hex32.nullable(),
    size: size.nullable(),
    program: z.string(),
    programVersion: z.string().nullable(),
    /** `in` and `out` stand for the two files. */
    arguments: z.array(z.string()),
    reason: z.enum(DERIVED_REASONS).nullable(),
    durationMs: z.number().int().nullable(),
    /** How a copy of a recording without an index was put together. Its times are approximate. */
    rebuilt: z
        .object({
            parameters: z.enum(['inStream', 'reference']),
            /** The recording that lent parameters, rate or the coding of sound. */
            reference: z.object({ id, name: z.string(), likeness: z.enum(LIKENESSES) }).nullable(),
            pictures: z.number().int(),
            leftOut: z.number().int(),
            holes: z.number().int(),
            rateMilli: z.number().int(),
            rateFrom: z.enum(REBUILT_RATES),
            sound: z.enum(REBUILT_SOUNDS),
            readBytes: z.number().int(),
            dataBytes: z.number().int(),
            decoded: z.number().int(),
        })
        .nullable(),
    /** Of a storyboard: where nothing is to be seen or heard. Null: it was not looked for; `silent` null: no sound that could be listened to. */
    dull: z.object({ dark: z.array(stretch), silent: z.array(stretch).nullable(), more: z.number().int() }).nullable(),
    madeAt: instant,
});

export const recordingDetail = recordingItem.extend({
    organisation: organisationRef,
    sha256: hex32,
    sm3: hex32,
    chunkRoot: hex32,
    /** The original name as bytes, hex: names are hostile and not always UTF-8. */
    originalNameHex: z.string(),
    deviceTime: z.object({
        text: z.string(),
        zone: z.string(),
        basis: z.enum(['fileName', 'container', 'stated', 'unknown']),
        conflict: z.string().nullable(),
    }),
    /** What the inspection measured; integers only. See the domain's Inspection. */
    inspection: z.record(z.string(), z.unknown()).nullable(),
    /** Where it was: what it carries itself, else the file of positions that lay beside it on its recorder, by its own time. */
    positions: filePositions.nullable(),
    /** What the structure shows that recording straight through does not leave behind; a sign proves nothing. */
    signs: z.array(z.object({ code: z.enum(STRUCTURE_SIGNS), params: z.record(z.string(), z.union([z.string(), z.number()])) })),
    /** What says that this is a key file (附件2 重点文件标记). */
    keyMarks: z.array(z.enum(['name', 'folder', 'readOnly'])),
    /** Files of the same device that continue each other; null while it is not known when it ran, or of which device it is. */
    run: z
        .object({
            /** Within this a file continues the one before, as decided for the model or for all. */
            limitMs: z.number().int(),
            limitSource: z.enum(['model', 'organisation']),
            start: instant.nullable(),
            end: instant.nullable(),
            /** In order; `holeMs` lies before the file, null before the first. */
            files: z.array(z.object({ id, name: z.string(), holeMs: z.number().int().nullable() })),
            before: fileJoint.nullable(),
            after: fileJoint.nullable(),
        })
        .nullable(),
    derivedItems: z.array(derivedItem),
    /** What is being made now and how far it is, where the node that answers makes it itself; else nothing is known. */
    making: z.array(z.object({ kind: z.enum(DERIVED_KINDS), partMilli: z.number().int() })),
    /** Which items can be made of it at all. */
    derivable: z.array(z.enum(DERIVED_KINDS)),
    copies: z.array(z.object({ store: z.string(), state: z.string(), verifiedAt: instant.nullable() })),
    viewings: z.number().int(),
    /** Which act it was proposed for and why; null before its time is known. */
    proposal: filingProposal.nullable(),
});

/** Where a file lay on its recorder when it was docked, and how its name was read there. */
const dockedPlace = z.object({
    id,
    path: z.string(),
    /** Byte for byte, hex; the end of it where it was very long. */
    pathHex: z.string(),
    station: z.string(),
    serial: z.string().nullable(),
    modifiedAt: instant,
    readOnly: z.boolean(),
    profile: z.string().nullable(),
    kind: z.enum([...CARD_FILE_KINDS, 'unknown']),
    device: z.string().nullable(),
    officer: z.string().nullable(),
    start: z.string().nullable(),
    segment: z.number().int().nullable(),
    marks: z.array(z.enum(['name', 'folder', 'readOnly'])),
    dockedAt: instant,
    /** When the docking computer told us. */
    erasedAt: instant.nullable(),
    /** When it erased the file, by its own clock; null where nothing is known of it. */
    erasedSaidAt: instant.nullable(),
    asked: z.array(z.object({ question: z.enum(DOCK_QUESTIONS), text: z.string() })),
});

export const recordingEndpoints = {
    'recording.list': endpoint({
        method: 'GET',
        path: '/api/recordings',
        summary: 'Recordings, newest first',
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            state: z.enum(RECORDING_STATES).optional(),
            deviceId: id.optional(),
            officerId: id.optional(),
            actId: id.optional(),
            partyId: id.optional(),
            filed: z.enum(['yes', 'no']).optional(),
            findings: z.enum(['yes', 'no']).optional(),
            evidence: z.enum(['yes', 'no']).optional(),
            /** When it came in. */
            from: z.coerce.number().int().optional(),
            to: z.coerce.number().int().optional(),
            /** When it ran, by the corrected clock or else its device's; what states no time is in no range. */
            recordedFrom: z.coerce.number().int().optional(),
            recordedTo: z.coerce.number().int().optional(),
            /** Whose time of keeping is counted and has ended by then; what is kept without a day, or waits for a person, has none. */
            keptTo: z.coerce.number().int().min(0).max(YEAR_2500).optional(),
        }),
        response: page(recordingItem).extend({
            /** Counting stops at some thousands: there are at least `total`. */
            totalIsLeast: z.boolean(),
        }),
        errors: [],
        permission: 'recording.list',
        kind: 'query',
    }),
    'recording.get': endpoint({
        method: 'GET',
        path: '/api/recordings/:id',
        summary: 'One recording with its inspection and digests',
        params: idParams,
        response: recordingDetail,
        errors: ['act.restricted', 'recording.notFound'],
        permission: 'recording.list',
        kind: 'query',
    }),
    'recording.docks': endpoint({
        method: 'GET',
        path: '/api/recordings/:id/docks',
        summary: 'Where a recording lay on its recorder when it was docked, and how its name was read',
        params: idParams,
        response: z.object({ items: z.array(dockedPlace) }),
        errors: ['act.restricted', 'recording.notFound'],
        permission: 'recording.list',
        kind: 'query',
    }),
    'recording.proposals': endpoint({
        method: 'GET',
        path: '/api/recordings/proposals',
        summary: 'Recordings that are not filed yet, with the act proposed and why',
        query: z.object({ ...pageQuery, level: z.enum(FILING_LEVELS).optional(), mine: z.enum(['yes']).optional() }),
        response: z.object({
            items: z.array(z.object({ recording: recordingItem, proposal: filingProposal })),
            next: z.string().nullable(),
            total: z.number().int(),
            counts: z.array(z.object({ level: z.enum(FILING_LEVELS), count: z.number().int() })),
            /** How many proposals of each level were answered so far, and how many of them as proposed. */
            kept: z.array(z.object({ level: z.enum(FILING_LEVELS), decided: z.number().int(), kept: z.number().int() })),
        }),
        errors: [],
        permission: 'recording.list',
        kind: 'query',
    }),
    'recording.proposalCount': endpoint({
        method: 'GET',
        path: '/api/recordings/proposal-count',
        summary: 'How many recordings are not filed yet and have a proposal',
        response: z.object({ count: z.number().int() }),
        errors: [],
        permission: 'recording.list',
        kind: 'query',
    }),
    'recording.file': endpoint({
        method: 'POST',
        path: '/api/recordings/:id/file',
        summary: 'Files the recording under an act, as the recording of one of its participants',
        params: idParams,
        body: z.object({ actId: id, personId: id.optional() }),
        response: empty,
        errors: [
            'act.restricted',
            'recording.notFound',
            'act.notFound',
            'recording.alreadyFiled',
            'recording.quarantined',
            'recording.personNotInAct',
            'act.cancelled',
        ],
        permission: 'recording.file',
        kind: 'command',
    }),
    'recording.unfile': endpoint({
        method: 'POST',
        path: '/api/recordings/:id/unfile',
        summary: 'Undoes the filing; an entry of its own',
        params: idParams,
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['recording.notFound', 'recording.notFiled'],
        permission: 'recording.file',
        kind: 'command',
    }),
    'recording.openViewing': endpoint({
        method: 'POST',
        path: '/api/recordings/:id/viewings',
        summary: 'Registers a viewing; only then is the content served, under the address returned',
        params: idParams,
        body: z.object({ purpose: line(100) }),
        response: openedViewing,
        errors: ['act.restricted', 'recording.notFound', 'recording.damaged', 'recording.quarantined', 'access.denied'],
        permission: 'recording.play',
        kind: 'command',
    }),
    'recording.askForDerived': endpoint({
        method: 'POST',
        path: '/api/recordings/:id/derived',
        summary: 'Asks for an item to be made from the recording, or made again; a job does it',
        params: idParams,
        body: z.object({ kind: z.enum(DERIVED_KINDS) }),
        response: empty,
        errors: ['act.restricted', 'recording.notFound', 'recording.notDerivable', 'recording.damaged', 'recording.quarantined'],
        permission: 'recording.play',
        kind: 'command',
    }),
    'recording.openPictures': endpoint({
        method: 'POST',
        path: '/api/recording-pictures',
        summary: 'Registers a look at the pictures of recordings; only then do they have addresses (附件1 第19条)',
        body: z.object({ recordingIds: z.array(id).min(1).max(100), purpose: line(100) }),
        response: z.object({
            until: instant,
            pictures: z.array(
                z.object({
                    recordingId: id,
                    thumbnail: z.string().nullable(),
                    storyboard: z
                        .object({
                            url: z.string(),
                            columns: z.number().int(),
                            rows: z.number().int(),
                            everyMs: z.number().int(),
                        })
                        .nullable(),
                }),
            ),
            /** How many were left out because this person may not see them. */
            withheld: z.number().int(),
        }),
        errors: [],
        permission: 'recording.play',
        kind: 'command',
    }),
    'recording.closeViewing': endpoint({
        method: 'POST',
        path: '/api/viewings/:id/close',
        summary: 'Ends a viewing with the seconds that were really played',
        params: idParams,
        body: z.object({
            played: z
                .array(z.object({ startMs: z.number().int().min(0), endMs: z.number().int().min(0) }))
                .max(PLAYED_RANGES_MOST),
            /** The shortest stretches, where there were more: how many, and how long together. */
            leftOut: z.object({ ranges: z.number().int().min(1), ms: z.number().int().min(0) }).optional(),
        }),
        response: empty,
        errors: ['viewing.notFound'],
        permission: 'recording.play',
        kind: 'command',
    }),
};
