import {
    LICENCE_STANDINGS,
    PARTY_KINDS,
    PARTY_STATES,
    SETTABLE_PARTY_STATES,
    SPECIALITIES,
    TIMELINE_KINDS,
} from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, day, id, idParams, instant, line, optionalLine, page, pageQuery, partyRef } from '../shapes.ts';
import { partyImportEndpoints } from './party-import.ts';
import { partyMergeEndpoints } from './party-merge.ts';
import { licence, nameChange, partyPartsEndpoints, premises } from './party-parts.ts';
import { retention } from './retention.ts';

/** Filters of the list: licences whose term ends within the days of a reminder, or has ended. */
export const LICENCE_FILTERS = ['due', 'expired'] as const;

export const partyItem = z.object({
    id,
    name: z.string(),
    kind: z.enum(PARTY_KINDS),
    creditCode: z.string().nullable(),
    address: z.string().nullable(),
    state: z.enum(PARTY_STATES),
    actCount: z.number().int(),
    lastActAt: instant.nullable(),
    /** The valid licence whose term ends or ended first. */
    nextLicence: z
        .object({
            speciality: z.enum(SPECIALITIES),
            specialityOther: z.string().nullable(),
            validTo: day,
            standing: z.enum(LICENCE_STANDINGS),
            daysLeft: z.number().int().nullable(),
        })
        .nullable(),
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

export const partyDetail = partyItem.extend({
    legalRepresentative: z.string().nullable(),
    phone: z.string().nullable(),
    mergedInto: partyRef.nullable(),
    mergedFrom: z.array(partyRef),
    changes: z.array(nameChange),
    premises: z.array(premises),
    licences: z.array(licence),
    recordingCount: z.number().int(),
});

/** `title` and `state` are codes where the noun has codes (scenario, speciality, state), else the text itself. */
export const timelineItem = z.object({
    kind: z.enum(TIMELINE_KINDS),
    id,
    at: instant,
    title: z.string(),
    detail: z.string().nullable(),
    state: z.string().nullable(),
    /** Of a recording. */
    retention: retention.nullable(),
    /** The thing whose page says more; the party itself where there is none. */
    linkId: id,
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
            speciality: z.enum(SPECIALITIES).optional(),
            licence: z.enum(LICENCE_FILTERS).optional(),
        }),
        /** `licenceDueDays`: within so many days of its end a licence counts as due, by the parameter in force. */
        response: page(partyItem).extend({ licenceDueDays: z.number().int() }),
        errors: ['serverClock.doubted'],
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
        body: partyFields.extend({ state: z.enum(SETTABLE_PARTY_STATES), version: z.number().int() }),
        response: z.object({ version: z.number().int() }),
        errors: [
            'party.notFound',
            'party.merged',
            'party.creditCodeTaken',
            'party.creditCodeWrong',
            'party.creditCodeMissing',
            'conflict.changedMeanwhile',
        ],
        permission: 'party.manage',
        kind: 'command',
    }),
    'party.timeline': endpoint({
        method: 'GET',
        path: '/api/party-timeline',
        summary: 'Everything that happened about one party, newest first; never who complained',
        query: z.object({ ...pageQuery, partyId: id, kind: z.enum(TIMELINE_KINDS).optional() }),
        response: page(timelineItem),
        errors: ['party.notFound'],
        permission: 'party.list',
        kind: 'query',
    }),
    'party.duplicates': endpoint({
        method: 'GET',
        path: '/api/parties/:id/duplicates',
        summary: 'Parties that may be the same: equal names, present or earlier, or equal phone and address',
        params: idParams,
        response: z.object({
            items: z.array(
                z.object({
                    id,
                    name: z.string(),
                    kind: z.enum(PARTY_KINDS),
                    creditCode: z.string().nullable(),
                    address: z.string().nullable(),
                    sameName: z.boolean(),
                    sameContact: z.boolean(),
                }),
            ),
        }),
        errors: ['party.notFound'],
        permission: 'party.list',
        kind: 'query',
    }),
    ...partyPartsEndpoints,
    ...partyMergeEndpoints,
    ...partyImportEndpoints,
};
