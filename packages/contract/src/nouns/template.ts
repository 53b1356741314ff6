import { DOCUMENT_TYPE_IDS, LAYOUTS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id, instant, line, personRef } from '../shapes.ts';
import { documentContent, documentType } from './document-shapes.ts';
import { day } from './parameter.ts';

const version = z.coerce.number().int().min(1).max(1000);

export const templateItem = z.object({
    type: documentType,
    version: z.number().int(),
    from: day,
    to: day.nullable(),
    layout: z.enum(LAYOUTS),
    copies: z.number().int(),
    source: z.string(),
    /** Null: 样张未核对. Drafts can be written and printed, nothing can be issued on it. */
    confirmed: z.object({ by: personRef, at: instant, comparedWith: z.string() }).nullable(),
});

export const templateEndpoints = {
    'template.list': endpoint({
        method: 'GET',
        path: '/api/document-templates',
        summary: 'Forms of documents and whether the organisation has compared them with the printed sample',
        query: z.object({}),
        response: z.object({ items: z.array(templateItem) }),
        errors: [],
        permission: 'document.list',
        kind: 'query',
    }),
    'template.confirm': endpoint({
        method: 'POST',
        path: '/api/document-templates/:type/:version/confirmation',
        summary: 'The legal section has compared a form with the printed sample; it can be issued from now on',
        params: z.object({ type: z.enum(DOCUMENT_TYPE_IDS), version }),
        body: z.object({ comparedWith: line(200) }),
        response: z.object({ id }),
        errors: ['template.notFound', 'template.alreadyConfirmed'],
        permission: 'template.confirm',
        kind: 'command',
    }),
    'template.phrases': endpoint({
        method: 'GET',
        path: '/api/document-templates/phrases',
        summary: 'What the organisation offers its writers for fields of documents, beside the phrases of the forms',
        query: z.object({}),
        response: z.object({ items: z.array(z.object({ type: documentType, label: z.string(), phrase: z.string() })) }),
        errors: [],
        permission: 'document.write',
        kind: 'query',
    }),
    'template.begin': endpoint({
        method: 'GET',
        path: '/api/document-templates/:type/beginning',
        summary: 'What a new document of a type begins with: the form of the day, and what party, act and earlier documents give',
        params: z.object({ type: z.enum(DOCUMENT_TYPE_IDS) }),
        query: z.object({ partyId: id.optional(), actId: id.optional(), caseId: id.optional(), parentId: id.optional() }),
        response: z.object({
            version: z.number().int(),
            content: documentContent,
            /** Fields whose text the organisation has not confirmed: shown as 未核实. */
            unconfirmed: z.array(z.string()),
        }),
        errors: ['template.notFound', 'party.notFound', 'act.notFound', 'document.notFound', 'act.restricted'],
        permission: 'document.write',
        kind: 'query',
    }),
};
