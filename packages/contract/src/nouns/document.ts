import { DOCUMENT_STATES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id, idParams, instant, line, optionalLine, pageQuery } from '../shapes.ts';
import { contentFinding, documentContent, documentDetail, documentPage, documentType, stated } from './document-shapes.ts';

const links = {
    partyId: id.nullable().optional(),
    actId: id.nullable().optional(),
    segmentId: id.nullable().optional(),
    caseId: id.nullable().optional(),
    parentId: id.nullable().optional(),
};
const LINK_ERRORS = [
    'party.notFound',
    'party.merged',
    'act.notFound',
    'act.restricted',
    'case.notFound',
    'document.segmentNotOfAct',
    'document.parentNotFound',
] as const;

export const documentEndpoints = {
    'document.list': endpoint({
        method: 'GET',
        path: '/api/documents',
        summary: 'Documents, newest first',
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            type: documentType.optional(),
            state: z.enum(DOCUMENT_STATES).optional(),
            actId: id.optional(),
            caseId: id.optional(),
            partyId: id.optional(),
            number: z.string().max(100).optional(),
            authorId: id.optional(),
            /** Only what waits for the roles of the reader, or for the reader as its author. */
            waiting: z.literal('me').optional(),
            from: z.coerce.number().int().optional(),
            to: z.coerce.number().int().optional(),
        }),
        response: documentPage,
        errors: [],
        permission: 'document.list',
        kind: 'query',
    }),
    'document.get': endpoint({
        method: 'GET',
        path: '/api/documents/:id',
        summary: 'One document with its content and its way so far',
        params: idParams,
        response: documentDetail,
        errors: ['document.notFound', 'act.restricted'],
        permission: 'document.list',
        kind: 'query',
    }),
    'document.findings': endpoint({
        method: 'GET',
        path: '/api/documents/:id/findings',
        summary: 'What a document lacks and which rules of drafting it does not keep',
        params: idParams,
        response: z.object({ revision: z.number().int(), findings: z.array(contentFinding) }),
        errors: ['document.notFound', 'act.restricted'],
        permission: 'document.list',
        kind: 'query',
    }),
    'document.versions': endpoint({
        method: 'GET',
        path: '/api/documents/:id/versions',
        summary: 'Kept contents of a document, newest first',
        params: idParams,
        response: z.object({
            items: z.array(
                z.object({
                    revision: z.number().int(),
                    savedAt: instant,
                    savedBy: z.object({ id, name: z.string() }),
                    title: z.string(),
                    startedAt: instant.nullable(),
                    endedAt: instant.nullable(),
                    content: documentContent,
                }),
            ),
        }),
        errors: ['document.notFound', 'act.restricted'],
        permission: 'document.list',
        kind: 'query',
    }),
    'document.create': endpoint({
        method: 'POST',
        path: '/api/documents',
        summary: 'Begins a document, or brings one that was begun offline under the id it was given there',
        body: z.object({
            id: id.optional(),
            type: documentType,
            title: optionalLine(200),
            ...links,
            content: documentContent.default({}),
            ...stated,
            /** When writing began, where it began offline. */
            madeAt: instant.optional(),
        }),
        response: z.object({ id, version: z.number().int(), revision: z.number().int() }),
        errors: ['document.idTaken', 'document.contentTooLong', 'document.endBeforeStart', 'document.inFuture', ...LINK_ERRORS],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.save': endpoint({
        method: 'PUT',
        path: '/api/documents/:id/content',
        summary: 'Saves a draft as it is; when somebody else saved meanwhile, both contents come back and nothing is overwritten',
        params: idParams,
        body: z.object({
            /** The revision that was read. */
            revision: z.number().int(),
            title: optionalLine(200),
            content: documentContent,
            ...stated,
        }),
        response: z.discriminatedUnion('outcome', [
            z.object({ outcome: z.literal('saved'), revision: z.number().int(), version: z.number().int(), savedAt: instant }),
            z.object({
                outcome: z.literal('conflict'),
                yours: z.object({ revision: z.number().int(), content: documentContent }),
                theirs: z.object({
                    revision: z.number().int(),
                    content: documentContent,
                    savedAt: instant,
                    savedBy: z.object({ id, name: z.string() }),
                }),
            }),
        ]),
        errors: [
            'document.notFound',
            'document.notDraft',
            'document.alreadySigned',
            'document.savedMeanwhile',
            'document.contentTooLong',
            'document.endBeforeStart',
            'document.inFuture',
        ],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.relate': endpoint({
        method: 'PATCH',
        path: '/api/documents/:id/links',
        summary: 'Changes what a document belongs to',
        params: idParams,
        body: z.object({ ...links, reason: line(200), version: z.number().int() }),
        response: z.object({ version: z.number().int() }),
        errors: ['document.notFound', 'document.isDone', 'conflict.changedMeanwhile', ...LINK_ERRORS],
        permission: 'document.write',
        kind: 'command',
    }),
};
