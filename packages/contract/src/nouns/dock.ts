import { DOCK_QUESTIONS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { empty, hex32, id, instant } from '../shapes.ts';

const MOST_AT_ONCE = 100;
/** A number as a recorder writes it; kept letter by letter. */
const foundText = z.string().max(100);

/** Between the server and a docking computer, and for the manager who settles what it could not read. */
export const dockEndpoints = {
    'dock.settings': endpoint({
        method: 'GET',
        path: '/api/dock/settings',
        summary: "What a docking computer may do, the server's time and the key that signs its receipts",
        response: z.object({
            now: instant,
            /** Whether recorders are erased after the receipt; a dated parameter of the organisation. */
            erase: z.boolean(),
            organisationId: id,
            keyId: z.string(),
            publicKey: hex32,
        }),
        errors: [],
        permission: 'dock.use',
        kind: 'query',
    }),
    'dock.receipts': endpoint({
        method: 'POST',
        path: '/api/dock/receipts',
        summary: 'Signed receipts for files that were read back from the store and found right',
        body: z.object({
            recordings: z
                .array(z.object({ recordingId: id, sha256: hex32 }))
                .min(1)
                .max(MOST_AT_ONCE),
        }),
        response: z.object({
            receipts: z.array(
                z.object({
                    recordingId: id,
                    /** `pending`: not read back yet · `refused`: unknown here, damaged, or of another content. */
                    state: z.enum(['issued', 'pending', 'refused']),
                    /** Canonical JSON, and the signature over it (Ed25519, hex). */
                    receipt: z.string().optional(),
                    signature: z.string().optional(),
                }),
            ),
        }),
        errors: [],
        permission: 'dock.use',
        kind: 'command',
    }),
    'dock.erasures': endpoint({
        method: 'POST',
        path: '/api/dock/erasures',
        summary: 'Notes which files a docking computer erased from recorders',
        body: z.object({
            erased: z
                .array(z.object({ recordingId: id, place: hex32, path: z.base64().max(3_000), at: instant }))
                .min(1)
                .max(MOST_AT_ONCE),
        }),
        response: empty,
        errors: ['recording.notFound'],
        permission: 'dock.use',
        kind: 'command',
    }),
    'dock.questions': endpoint({
        method: 'GET',
        path: '/api/dock/questions',
        summary: 'Numbers of recorders and officers found at docking that nobody knows, with the files that wait for them',
        response: z.object({
            items: z.array(
                z.object({
                    question: z.enum(DOCK_QUESTIONS),
                    text: z.string(),
                    count: z.number().int(),
                    newestAt: instant,
                    oldestAt: instant,
                    samples: z.array(
                        z.object({
                            recordingId: id,
                            name: z.string(),
                            path: z.string(),
                            station: z.string(),
                            serial: z.string().nullable(),
                            device: z.string().nullable(),
                        }),
                    ),
                }),
            ),
        }),
        errors: [],
        permission: 'recording.list',
        kind: 'query',
    }),
    'dock.settle': endpoint({
        method: 'POST',
        path: '/api/dock/questions/settle',
        summary: 'Says whose number it is, for all files that carry it and those to come',
        body: z.object({
            question: z.enum(DOCK_QUESTIONS),
            text: foundText,
            deviceId: id.optional(),
            personId: id.optional(),
            /** The number is nobody's: one set at the factory. */
            nobody: z.boolean().optional(),
            /** For files that carry no number at all: these, and no others. */
            recordings: z.array(id).max(25).optional(),
        }),
        response: empty,
        errors: ['dock.alreadySettled', 'dock.nothingAsked', 'dock.answerIncomplete', 'device.notFound', 'person.notFound'],
        permission: 'dock.settle',
        kind: 'command',
    }),
};
