import { ATTESTATION_STATES, ORGANISATION_KINDS, PERIOD_UNITS, ROLES, STANDINGS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, day, empty, id, idParams, instant, line, optionalLine, page, pageQuery, personRef, text } from '../shapes.ts';

/** A clause of an organisation: the number of the clause, `_` and the id of the organisation. */
const attestationId = z.string().regex(/^[A-Z][A-Z0-9.-]{1,19}_[0-9a-f-]{36}$/);

/** What a confirmation rests on. */
const evidence = {
    /** Name of the paper, or what was looked at. */
    paper: z.string(),
    paperNumber: z.string().nullable(),
    paperDay: day.nullable(),
    note: z.string().nullable(),
};

const entry = z.object({
    id,
    fromDay: day,
    /** Last day on which it holds, by the term that was the unit's own when it was confirmed. */
    untilDay: day,
    ...evidence,
    confirmedBy: personRef,
    confirmedAt: instant,
    withdrawn: z.object({ at: instant, by: z.string(), why: z.string() }).nullable(),
});

const organisation = z.object({ id, name: z.string(), kind: z.enum(ORGANISATION_KINDS) });

const attestationItem = z.object({
    id: attestationId,
    clause: z.string(),
    article: z.string(),
    organisation,
    state: z.enum(ATTESTATION_STATES),
    /** The confirmation that stands, also when it has run out. */
    entry: entry.nullable(),
    mayConfirm: z.boolean(),
});

/** What people confirm because software cannot know it. */
export const attestationEndpoints = {
    'attestation.list': endpoint({
        method: 'GET',
        path: '/api/attestations',
        summary: 'How each clause that people confirm stands, for the own organisation and those below it',
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            state: z.enum(ATTESTATION_STATES).optional(),
            organisationId: id.optional(),
        }),
        response: page(attestationItem).extend({ organisations: z.array(organisation) }),
        errors: [],
        permission: 'organisation.view',
        kind: 'query',
    }),
    'attestation.get': endpoint({
        method: 'GET',
        path: '/api/attestations/:id',
        summary: 'One clause of one organisation with every confirmation, also those that were taken back',
        params: z.object({ id: attestationId }),
        response: attestationItem.extend({
            by: z.array(z.enum(ROLES)),
            /** The unit's own term for a confirmation made now. */
            term: z.object({
                value: z.object({ length: z.number().int(), unit: z.enum(PERIOD_UNITS) }),
                standing: z.enum(STANDINGS),
                basis: z.string(),
            }),
            entries: z.array(entry.extend({ papers: z.array(z.object({ id, name: z.string() })) })),
        }),
        errors: ['attestation.notFound'],
        permission: 'organisation.view',
        kind: 'query',
    }),
    'attestation.confirm': endpoint({
        method: 'POST',
        path: '/api/attestations',
        summary: 'Confirms a clause for the own organisation from a day on, with what it rests on',
        body: z.object({
            clause: line(20),
            fromDay: day,
            paper: line(120),
            paperNumber: optionalLine(60),
            paperDay: day.optional(),
            note: text(1_000).optional(),
        }),
        response: createdId,
        errors: [
            'attestation.notFound',
            'attestation.notAsked',
            'attestation.notYours',
            'attestation.inFuture',
            'attestation.paperLater',
        ],
        permission: 'attestation.confirm',
        kind: 'command',
    }),
    'attestation.withdraw': endpoint({
        method: 'POST',
        path: '/api/attestation-entries/:id/withdraw',
        summary: 'Takes a confirmation back with a reason; it stays in the history',
        params: idParams,
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: [
            'attestation.entryNotFound',
            'attestation.withdrawn',
            'attestation.notYours',
            'attestation.notAsked',
            'attestation.notFound',
        ],
        permission: 'attestation.confirm',
        kind: 'command',
    }),
};
