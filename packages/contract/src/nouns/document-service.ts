import { RECIPIENT_RELATIONS, SERVICE_MODES, SERVICE_STATES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, id, idParams, instant, line, optionalLine, text } from '../shapes.ts';

const facts = z.discriminatedUnion('mode', [
    z.object({ mode: z.literal('direct'), relation: z.enum(RECIPIENT_RELATIONS), place: line(200), signedAt: instant }),
    z.object({
        mode: z.literal('lien'),
        place: line(200),
        refusal: text(1_000),
        leftAt: instant,
        witness: optionalLine(200),
    }),
    z.object({
        mode: z.literal('post'),
        address: line(200),
        carrier: line(60),
        trackingNumber: line(60),
        sentAt: instant,
    }),
    z.object({ mode: z.literal('entrusted'), agency: line(100), sentAt: instant }),
    z.object({ mode: z.literal('electronic'), address: line(200), consentId: id, sentAt: instant }),
    z.object({
        mode: z.literal('publicNotice'),
        media: line(200),
        reason: text(1_000),
        course: text(2_000),
        publishedAt: instant,
    }),
]);

const service = z.object({
    id,
    mode: z.enum(SERVICE_MODES),
    recipient: z.string(),
    facts,
    servers: z.array(z.object({ id, name: z.string() })),
    actId: id.nullable(),
    receiptId: id.nullable(),
    begunAt: instant,
    /** Until then a public notice has no effect. */
    effectAt: instant.nullable(),
    state: z.enum(SERVICE_STATES),
    servedAt: instant.nullable(),
    closedAt: instant.nullable(),
    recorded: z.boolean().nullable(),
    unrecordedReason: z.string().nullable(),
    note: z.string().nullable(),
});

export const documentServiceEndpoints = {
    'document.services': endpoint({
        method: 'GET',
        path: '/api/documents/:id/services',
        summary: 'Attempts at serving a document, in order',
        params: idParams,
        response: z.object({ items: z.array(service) }),
        errors: ['document.notFound', 'act.restricted'],
        permission: 'document.list',
        kind: 'query',
    }),
    'document.startService': endpoint({
        method: 'POST',
        path: '/api/documents/:id/services',
        summary: 'Begins service in one way, with what that way asks for, and its receipt',
        params: idParams,
        body: z.object({
            recipient: line(200),
            facts,
            /** Those who serve: two of them (行政处罚法 第42条). */
            serverIds: z.array(id).min(1).max(6),
            /** The act in which it is done; its recordings show it. */
            actId: id.optional(),
            /** A receipt that is there already; without it one is begun. */
            receiptId: id.optional(),
        }),
        response: createdId.extend({ receiptId: id, effectAt: instant.nullable() }),
        errors: [
            'document.notFound',
            'document.notServedType',
            'document.notAtThisStep',
            'document.serviceOpen',
            'document.serviceBeforeIssue',
            'document.inFuture',
            'document.serverNeedsTwo',
            'document.consentMissing',
            'document.receiptWrong',
            'act.notFound',
            'act.restricted',
            'person.notFound',
            'document.noticeTermMissing',
        ],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.closeService': endpoint({
        method: 'POST',
        path: '/api/document-services/:id/close',
        summary: 'States the outcome of a service: served, with the day it took effect, or failed',
        params: idParams,
        body: z.discriminatedUnion('outcome', [
            z.object({
                outcome: z.literal('served'),
                /** The day of the slip or of arrival, where the mode leaves it to them. */
                at: instant.optional(),
                actId: id.optional(),
                unrecordedReason: text(1_000).optional(),
                note: text(1_000).optional(),
            }),
            z.object({ outcome: z.literal('failed'), note: text(1_000) }),
        ]),
        response: z.object({ servedAt: instant.nullable() }),
        errors: [
            'document.serviceNotFound',
            'document.serviceClosed',
            'act.notFound',
            'act.restricted',
            'document.servedAtMissing',
            'document.servedBeforeSent',
            'document.inFuture',
            'document.serviceNotRecorded',
            'document.lienNeedsWitness',
            'document.captureMissing',
            'document.noticeStillRuns',
        ],
        permission: 'document.write',
        kind: 'command',
    }),
};
