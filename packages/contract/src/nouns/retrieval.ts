import { DISC_MEDIA, MOST_RETRIEVED, RETRIEVAL_PURPOSES, RETRIEVAL_SOURCES, RETRIEVAL_STATES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import {
    createdId,
    empty,
    hex32,
    id,
    idParams,
    instant,
    line,
    optionalLine,
    page,
    pageQuery,
    personRef,
    size,
    text,
} from '../shapes.ts';
import { discSet } from './retrieval-discs.ts';

/** What is asked for and why (附件1 第20条). */
const asked = {
    purpose: z.enum(RETRIEVAL_PURPOSES),
    /** The proceeding in which it is to be evidence, with its number where there is one. */
    proceeding: z.string(),
    basis: z.string(),
    /** Who is to receive it: unit and person. */
    recipient: z.string(),
    reason: z.string(),
};

const retrievalItem = z.object({
    id,
    number: z.string(),
    source: z.enum(RETRIEVAL_SOURCES),
    act: z.object({ id, number: z.string() }).nullable(),
    case: z.object({ id, number: z.string() }).nullable(),
    ...asked,
    state: z.enum(RETRIEVAL_STATES),
    recordings: z.number().int(),
    size,
    requestedBy: personRef,
    requestedAt: instant,
    decided: z.object({ by: personRef, at: instant, note: z.string().nullable() }).nullable(),
    withdrawn: z.object({ by: personRef, at: instant, why: z.string() }).nullable(),
});

/** Retrieval as evidence: asked for, consented to by the head of the institution, registered. */
export const retrievalEndpoints = {
    'retrieval.list': endpoint({
        method: 'GET',
        path: '/api/retrievals',
        summary: 'The register of retrievals, the latest first: all for those who look after recordings, their own for others',
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            state: z.enum(RETRIEVAL_STATES).optional(),
            purpose: z.enum(RETRIEVAL_PURPOSES).optional(),
            actId: id.optional(),
            caseId: id.optional(),
            recordingId: id.optional(),
            from: z.coerce.number().pipe(instant).optional(),
            to: z.coerce.number().pipe(instant).optional(),
            sort: z.enum(['latest', 'earliest', 'largest']).default('latest'),
        }),
        response: page(retrievalItem),
        errors: [],
        permission: 'retrieval.list',
        kind: 'query',
    }),
    'retrieval.waiting': endpoint({
        method: 'GET',
        path: '/api/retrievals-waiting',
        summary: 'How many requests of others wait for the consent of who asks',
        response: z.object({ count: z.number().int() }),
        errors: [],
        permission: 'retrieval.list',
        kind: 'query',
    }),
    'retrieval.get': endpoint({
        method: 'GET',
        path: '/api/retrievals/:id',
        summary: 'One retrieval with each recording and its digests',
        params: idParams,
        response: retrievalItem.extend({
            mayDecide: z.boolean(),
            mayWithdraw: z.boolean(),
            /** Whether who asks provides copies: makes the package, fetches it, hands it over. */
            mayProvide: z.boolean(),
            packing: z
                .object({
                    ...{ by: personRef, since: instant },
                    ...{ files: z.number(), filesDone: z.number(), bytes: size, bytesDone: size },
                    /** Discs that are to follow. */
                    medium: z.enum(DISC_MEDIA).nullable(),
                })
                .nullable(),
            /** Why the last making came to nothing: the code of an error, and what it was about. */
            packingFailed: z.object({ code: z.string(), name: z.string().nullable() }).nullable(),
            package: z
                .object({
                    fileName: z.string(),
                    size,
                    files: z.number(),
                    sha256: hex32,
                    sm3: hex32,
                    manifestSha256: hex32,
                    madeBy: personRef,
                    madeAt: instant,
                })
                .nullable(),
            discSets: z.array(discSet),
            /** Whether the server has the program that makes images of discs. */
            discsPossible: z.boolean(),
            /** What a disc of each kind holds. */
            discBytes: z.object({ dvd: z.number(), bd: z.number() }),
            /** `disc`: which one was fetched; null for the package. */
            downloads: z.array(
                z.object({
                    ...{ id, by: personRef, at: instant },
                    disc: z.object({ medium: z.enum(DISC_MEDIA), volume: z.number() }).nullable(),
                }),
            ),
            handover: z.object({ by: personRef, receiver: z.string(), medium: z.string(), receivedAt: instant }).nullable(),
            receipts: z.array(z.object({ id, name: z.string(), at: instant })),
            items: z.array(
                z.object({
                    id,
                    recording: z.object({ id, name: z.string() }),
                    officer: personRef.nullable(),
                    device: z.string().nullable(),
                    start: instant.nullable(),
                    durationMs: z.number().nullable(),
                    size,
                    sha256: hex32,
                    sm3: hex32,
                }),
            ),
        }),
        errors: ['retrieval.notFound'],
        permission: 'retrieval.list',
        kind: 'query',
    }),
    'retrieval.request': endpoint({
        method: 'POST',
        path: '/api/retrievals',
        summary: 'Asks for recordings as evidence: all of an act, all of a case, or those that are named',
        body: z.object({
            actId: id.optional(),
            caseId: id.optional(),
            recordingIds: z.array(id).min(1).max(MOST_RETRIEVED).optional(),
            purpose: z.enum(RETRIEVAL_PURPOSES),
            proceeding: line(200),
            basis: line(200),
            recipient: line(200),
            reason: text(1_000),
        }),
        response: createdId,
        errors: [
            'retrieval.nothing',
            'retrieval.tooMany',
            'retrieval.sourceUnclear',
            'retrieval.notYours',
            'retrieval.recordingUnusable',
            'act.notFound',
            'act.restricted',
            'case.notFound',
            'recording.notFound',
        ],
        permission: 'retrieval.request',
        kind: 'command',
    }),
    'retrieval.consent': endpoint({
        method: 'POST',
        path: '/api/retrievals/:id/consent',
        summary: 'The head of the institution consents; not to a request of their own',
        params: idParams,
        body: z.object({ note: optionalLine(500) }),
        response: empty,
        errors: ['retrieval.notFound', 'retrieval.wrongState', 'retrieval.ownRequest', 'act.restricted'],
        permission: 'retrieval.decide',
        kind: 'command',
    }),
    'retrieval.refuse': endpoint({
        method: 'POST',
        path: '/api/retrievals/:id/refuse',
        summary: 'The head of the institution refuses, with a reason',
        params: idParams,
        body: z.object({ reason: line(500) }),
        response: empty,
        errors: ['retrieval.notFound', 'retrieval.wrongState', 'retrieval.ownRequest', 'act.restricted'],
        permission: 'retrieval.decide',
        kind: 'command',
    }),
    'retrieval.withdraw': endpoint({
        method: 'POST',
        path: '/api/retrievals/:id/withdraw',
        summary: 'Takes a request back with a reason: whoever asked, or the recordings manager',
        params: idParams,
        body: z.object({ reason: line(500) }),
        response: empty,
        errors: ['retrieval.notFound', 'retrieval.wrongState', 'retrieval.notYours', 'act.restricted'],
        permission: 'retrieval.request',
        kind: 'command',
    }),
    'retrieval.pack': endpoint({
        method: 'POST',
        path: '/api/retrievals/:id/pack',
        summary: 'Begins to make the evidence package, after consent, and then discs of it where a kind of them is named',
        params: idParams,
        body: z.object({ medium: z.enum(DISC_MEDIA).optional() }),
        response: empty,
        errors: ['retrieval.notFound', 'retrieval.wrongState', 'retrieval.discsImpossible', 'act.restricted'],
        permission: 'retrieval.provide',
        kind: 'command',
    }),
    'retrieval.stopPacking': endpoint({
        method: 'POST',
        path: '/api/retrievals/:id/stop-packing',
        summary: 'Stops the making of the evidence package; it may be begun again',
        params: idParams,
        body: empty,
        response: empty,
        errors: ['retrieval.notFound', 'retrieval.wrongState', 'act.restricted'],
        permission: 'retrieval.provide',
        kind: 'command',
    }),
    'retrieval.openDownload': endpoint({
        method: 'POST',
        path: '/api/retrievals/:id/downloads',
        summary:
            'Registers that the package or one of its discs is fetched; the bytes are sent for this id only, by range, for twelve hours',
        params: idParams,
        body: z.object({ discId: id.optional() }),
        response: createdId,
        errors: ['retrieval.notFound', 'retrieval.notPackaged', 'retrieval.discsNotFound', 'act.restricted'],
        permission: 'retrieval.provide',
        kind: 'command',
    }),
    'retrieval.handOver': endpoint({
        method: 'POST',
        path: '/api/retrievals/:id/hand-over',
        summary: 'Notes who received the package, on what and when',
        params: idParams,
        body: z.object({ receiver: line(200), medium: line(200), receivedAt: instant }),
        response: empty,
        errors: [
            'retrieval.notFound',
            'retrieval.notPackaged',
            'retrieval.wrongState',
            'retrieval.receivedBefore',
            'retrieval.receivedInFuture',
            'act.restricted',
        ],
        permission: 'retrieval.provide',
        kind: 'command',
    }),
};
