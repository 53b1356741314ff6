import { PARTY_KINDS, PARTY_STATES, SCENARIOS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, id, idParams, instant, line, optionalLine, page, pageQuery } from '../shapes.ts';

export const partyItem = z.object({
    id,
    name: z.string(),
    kind: z.enum(PARTY_KINDS),
    creditCode: z.string().nullable(),
    address: z.string().nullable(),
    state: z.enum(PARTY_STATES),
    actCount: z.number().int(),
    lastActAt: instant.nullable(),
    version: z.number().int(),
});

const partyFields = z.object({
    name: line(120),
    kind: z.enum(PARTY_KINDS),
    /** 统一社会信用代码, GB 32100-2015; the check character is verified by the domain. */
    creditCode: z
        .string()
        .transform((v) => v.trim().toUpperCase())
        .pipe(z.string().max(30))
        .optional(),
    legalRepresentative: optionalLine(60),
    phone: optionalLine(40),
    address: optionalLine(200),
});

const premises = z.object({
    id,
    name: z.string(),
    address: z.string(),
    latitudeE7: z.number().int().nullable(),
    longitudeE7: z.number().int().nullable(),
});

export const partyDetail = partyItem.extend({
    legalRepresentative: z.string().nullable(),
    phone: z.string().nullable(),
    premises: z.array(premises),
    acts: z.array(
        z.object({
            id,
            scenario: z.enum(SCENARIOS),
            place: z.string(),
            startsAt: instant,
            endsAt: instant,
            officers: z.array(z.string()),
            recordingCount: z.number().int(),
        }),
    ),
    recordingCount: z.number().int(),
});

export const partyEndpoints = {
    'party.list': endpoint({
        method: 'GET',
        path: '/api/parties',
        summary: 'Parties by any part of name, code or address, in pinyin order',
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            kind: z.enum(PARTY_KINDS).optional(),
            state: z.enum(PARTY_STATES).optional(),
        }),
        response: page(partyItem),
        errors: [],
        permission: 'party.list',
        kind: 'query',
    }),
    'party.get': endpoint({
        method: 'GET',
        path: '/api/parties/:id',
        summary: 'One party, one file: everything about it',
        params: idParams,
        response: partyDetail,
        errors: ['party.notFound'],
        permission: 'party.list',
        kind: 'query',
    }),
    'party.create': endpoint({
        method: 'POST',
        path: '/api/parties',
        summary: 'Adds a party',
        body: partyFields,
        response: createdId,
        errors: ['party.creditCodeTaken', 'party.creditCodeWrong', 'party.creditCodeMissing'],
        permission: 'party.manage',
        kind: 'command',
    }),
    'party.update': endpoint({
        method: 'PATCH',
        path: '/api/parties/:id',
        summary: 'Changes a party',
        params: idParams,
        body: partyFields.extend({ state: z.enum(PARTY_STATES), version: z.number().int() }),
        response: z.object({ version: z.number().int() }),
        errors: [
            'party.notFound',
            'party.creditCodeTaken',
            'party.creditCodeWrong',
            'party.creditCodeMissing',
            'conflict.changedMeanwhile',
        ],
        permission: 'party.manage',
        kind: 'command',
    }),
    'party.addPremises': endpoint({
        method: 'POST',
        path: '/api/parties/:id/premises',
        summary: 'Adds premises, with position where known (WGS 84, ten-millionths of a degree)',
        params: idParams,
        body: z.object({
            name: line(80),
            address: line(200),
            latitudeE7: z.number().int().min(-900_000_000).max(900_000_000).optional(),
            longitudeE7: z.number().int().min(-1_800_000_000).max(1_800_000_000).optional(),
        }),
        response: createdId,
        errors: ['party.notFound', 'party.positionIncomplete'],
        permission: 'party.manage',
        kind: 'command',
    }),
};
