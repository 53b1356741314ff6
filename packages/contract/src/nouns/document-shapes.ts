import {
    DOCUMENT_ORIGINS,
    DOCUMENT_STATES,
    DOCUMENT_STEPS,
    DOCUMENT_TYPE_IDS,
    DOCUMENT_WAITINGS,
    type DocumentContent,
    type FieldValue,
    SERVICE_MODES,
    SIGNING_HEADS,
} from '@liuhen/domain';
import { z } from 'zod';
import { id, instant, page, partyRef, personRef } from '../shapes.ts';

export const documentType = z.enum(DOCUMENT_TYPE_IDS);

/** Text as somebody typed it: NFC, without what cannot be printed, blanks kept, and empty while nothing is written. */
const typed = z
    .string()
    .max(200_000)
    .transform((text) => text.normalize('NFC').replace(/\r\n?/g, '\n'))
    .pipe(z.string().regex(/^(?:[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]|[\n\t])*$/u));
/** Whole numbers only: money is fen, measures carry their unit. */
const whole = z.number().refine((value) => Number.isSafeInteger(value) && !Object.is(value, -0));
const key = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,59}$/);
export const fieldValue: z.ZodType<FieldValue, FieldValue> = z.union([
    typed,
    whole,
    z.boolean(),
    z.array(typed).max(2_000),
    z.array(z.record(key, z.union([typed, whole]))).max(2_000),
]);
export const documentContent: z.ZodType<DocumentContent, DocumentContent> = z
    .record(key, fieldValue)
    .refine((fields) => Object.keys(fields).length <= 200);

/** Start and end that stand beside the content. */
export const stated = { startedAt: instant.nullable().optional(), endedAt: instant.nullable().optional() };

const plainRef = z.object({ id, name: z.string() });

export const documentItem = z.object({
    id,
    type: documentType,
    title: z.string(),
    number: z.string().nullable(),
    state: z.enum(DOCUMENT_STATES),
    origin: z.enum(DOCUMENT_ORIGINS),
    /** Whose turn it is; null when nobody is waited for. */
    waitsFor: z.enum(DOCUMENT_WAITINGS).nullable(),
    party: partyRef.nullable(),
    actId: id.nullable(),
    caseId: id.nullable(),
    author: plainRef,
    madeAt: instant,
    savedAt: instant,
    issuedAt: instant.nullable(),
});

export const documentPage = page(documentItem).extend({
    /** Counting stops at some thousands: there are at least `total`. */
    totalIsLeast: z.boolean(),
});

export const contentFinding = z.object({
    code: z.string(),
    level: z.enum(['fault', 'notice']),
    field: z.string().nullable(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const documentStep = z.object({
    step: z.enum(DOCUMENT_STEPS),
    person: plainRef,
    at: instant,
    revision: z.number().int(),
    from: z.enum(DOCUMENT_STATES),
    to: z.enum(DOCUMENT_STATES),
    note: z.string().nullable(),
});

export const documentDetail = documentItem.extend({
    templateVersion: z.number().int(),
    content: documentContent,
    /** Of the saved content; `version` is of the row. */
    revision: z.number().int(),
    version: z.number().int(),
    savedBy: plainRef,
    writers: z.array(plainRef),
    enteredAt: instant,
    segmentId: id.nullable(),
    act: z.object({ id, number: z.string() }).nullable(),
    case: z.object({ id, number: z.string() }).nullable(),
    parent: z.object({ id, type: documentType, title: z.string(), number: z.string().nullable() }).nullable(),
    children: z.array(z.object({ id, type: documentType, title: z.string(), state: z.enum(DOCUMENT_STATES) })),
    /** As the officers state them (附件1 第10条). */
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
    legalReview: z
        .object({
            needed: z.boolean(),
            reason: z.string().nullable(),
            reviewer: personRef.nullable(),
            qualification: z.string().nullable(),
            at: instant.nullable(),
        })
        .nullable(),
    approval: z.object({ by: personRef, as: z.enum(SIGNING_HEADS), at: instant }).nullable(),
    urgent: z.object({ reason: z.string(), regulariseBy: instant, regularisedAt: instant.nullable() }).nullable(),
    firstSignedAt: instant.nullable(),
    numberedAt: instant.nullable(),
    sealedAt: instant.nullable(),
    issuedTo: z.string().nullable(),
    checkedAt: instant.nullable(),
    checkFault: z.string().nullable(),
    served: z.object({ at: instant, mode: z.enum(SERVICE_MODES) }).nullable(),
    filedAt: instant.nullable(),
    voided: z.object({ at: instant, reason: z.string() }).nullable(),
    originalPlace: z.string().nullable(),
    imported: z.object({ from: z.string(), date: z.string().nullable(), signers: z.string().nullable() }).nullable(),
    steps: z.array(documentStep),
});
