import { CHANGE_SUBJECTS, LICENCE_STANDINGS, LICENCE_STATES, SPECIALITIES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, day, id, idParams, instant, line, optionalLine } from '../shapes.ts';

/** Everything that is of a party: names over time, premises with their sites, licences. */

const version = z.number().int();
const changed = z.object({ version });

export const nameChange = z.object({
    id,
    subject: z.enum(CHANGE_SUBJECTS),
    earlier: z.string().nullable(),
    value: z.string(),
    fromDay: day,
    reason: z.string(),
    at: instant,
});

export const site = z.object({
    id,
    version,
    name: z.string(),
    note: z.string().nullable(),
    closedDay: day.nullable(),
    closedReason: z.string().nullable(),
});

export const premises = z.object({
    id,
    version,
    name: z.string(),
    address: z.string(),
    latitudeE7: z.number().int().nullable(),
    longitudeE7: z.number().int().nullable(),
    closedDay: day.nullable(),
    closedReason: z.string().nullable(),
    sites: z.array(site),
});

export const licence = z.object({
    id,
    version,
    premisesId: id.nullable(),
    speciality: z.enum(SPECIALITIES),
    specialityOther: z.string().nullable(),
    number: z.string(),
    authority: z.string().nullable(),
    validFrom: day.nullable(),
    validTo: day.nullable(),
    state: z.enum(LICENCE_STATES),
    note: z.string().nullable(),
    standing: z.enum(LICENCE_STANDINGS),
    /** Days the term still has, its last day included; 0 or less when it is over, null without an end. */
    daysLeft: z.number().int().nullable(),
});

const premisesFields = z.object({
    name: line(80),
    address: line(200),
    latitudeE7: z.number().int().min(-900_000_000).max(900_000_000).optional(),
    longitudeE7: z.number().int().min(-1_800_000_000).max(1_800_000_000).optional(),
});
const siteFields = z.object({ name: line(80), note: optionalLine(200) });
const licenceFields = z.object({
    premisesId: id.optional(),
    speciality: z.enum(SPECIALITIES),
    specialityOther: optionalLine(60),
    number: line(80),
    authority: optionalLine(120),
    validFrom: day.optional(),
    validTo: day.optional(),
    state: z.enum(LICENCE_STATES),
    note: optionalLine(200),
});
const closing = z.object({ day, reason: line(200), version });

const permission = 'party.manage' as const;
const kind = 'command' as const;

export const partyPartsEndpoints = {
    'party.rename': endpoint({
        method: 'POST',
        path: '/api/parties/:id/names',
        summary: 'A new name from a day on; the earlier one is kept and still found',
        params: idParams,
        body: z.object({ name: line(120), fromDay: day, reason: line(200), version }),
        response: changed,
        errors: [
            'party.notFound',
            'party.merged',
            'party.changeSame',
            'party.changeInFuture',
            'party.changeBeforeLast',
            'conflict.changedMeanwhile',
        ],
        permission,
        kind,
    }),
    'party.changeRepresentative': endpoint({
        method: 'POST',
        path: '/api/parties/:id/representatives',
        summary: 'A new legal representative from a day on; the earlier one is kept',
        params: idParams,
        body: z.object({ legalRepresentative: line(60), fromDay: day, reason: line(200), version }),
        response: changed,
        errors: [
            'party.notFound',
            'party.merged',
            'party.changeSame',
            'party.changeInFuture',
            'party.changeBeforeLast',
            'conflict.changedMeanwhile',
        ],
        permission,
        kind,
    }),
    'party.addPremises': endpoint({
        method: 'POST',
        path: '/api/parties/:id/premises',
        summary: 'Adds premises, with position where known (WGS 84, ten-millionths of a degree)',
        params: idParams,
        body: premisesFields,
        response: createdId,
        errors: ['party.notFound', 'party.merged', 'party.positionIncomplete'],
        permission,
        kind,
    }),
    'party.updatePremises': endpoint({
        method: 'PATCH',
        path: '/api/premises/:id',
        summary: 'Changes premises',
        params: idParams,
        body: premisesFields.extend({ version }),
        response: changed,
        errors: [
            'party.premisesNotFound',
            'party.merged',
            'party.placeClosed',
            'party.positionIncomplete',
            'conflict.changedMeanwhile',
        ],
        permission,
        kind,
    }),
    'party.closePremises': endpoint({
        method: 'POST',
        path: '/api/premises/:id/close',
        summary: 'Closes premises from a day on; what happened there stays',
        params: idParams,
        body: closing,
        response: changed,
        errors: [
            'party.premisesNotFound',
            'party.merged',
            'party.placeClosed',
            'party.changeInFuture',
            'conflict.changedMeanwhile',
        ],
        permission,
        kind,
    }),
    'party.reopenPremises': endpoint({
        method: 'POST',
        path: '/api/premises/:id/reopen',
        summary: 'Takes the closing of premises back',
        params: idParams,
        body: z.object({ reason: line(200), version }),
        response: changed,
        errors: ['party.premisesNotFound', 'party.merged', 'party.placeOpen', 'conflict.changedMeanwhile'],
        permission,
        kind,
    }),
    'party.addSite': endpoint({
        method: 'POST',
        path: '/api/premises/:id/sites',
        summary: 'Adds a site: a place inside premises that is a unit of its own (附件1 第5条)',
        params: idParams,
        body: siteFields,
        response: createdId,
        errors: ['party.premisesNotFound', 'party.merged', 'party.placeClosed', 'party.siteNameTaken'],
        permission,
        kind,
    }),
    'party.updateSite': endpoint({
        method: 'PATCH',
        path: '/api/sites/:id',
        summary: 'Changes a site',
        params: idParams,
        body: siteFields.extend({ version }),
        response: changed,
        errors: ['party.siteNotFound', 'party.merged', 'party.placeClosed', 'party.siteNameTaken', 'conflict.changedMeanwhile'],
        permission,
        kind,
    }),
    'party.closeSite': endpoint({
        method: 'POST',
        path: '/api/sites/:id/close',
        summary: 'Closes a site from a day on',
        params: idParams,
        body: closing,
        response: changed,
        errors: ['party.siteNotFound', 'party.merged', 'party.placeClosed', 'party.changeInFuture', 'conflict.changedMeanwhile'],
        permission,
        kind,
    }),
    'party.reopenSite': endpoint({
        method: 'POST',
        path: '/api/sites/:id/reopen',
        summary: 'Takes the closing of a site back',
        params: idParams,
        body: z.object({ reason: line(200), version }),
        response: changed,
        errors: [
            'party.siteNotFound',
            'party.merged',
            'party.placeOpen',
            'party.placeClosed',
            'party.siteNameTaken',
            'conflict.changedMeanwhile',
        ],
        permission,
        kind,
    }),
    'party.addLicence': endpoint({
        method: 'POST',
        path: '/api/parties/:id/licences',
        summary: 'Adds a licence of one speciality',
        params: idParams,
        body: licenceFields,
        response: createdId,
        errors: [
            'party.notFound',
            'party.merged',
            'party.premisesNotFound',
            'party.specialityOther',
            'party.licenceTermWrong',
            'party.licenceNumberTaken',
        ],
        permission,
        kind,
    }),
    'party.updateLicence': endpoint({
        method: 'PATCH',
        path: '/api/licences/:id',
        summary: 'Changes a licence: a new term, suspension, cancellation, correction',
        params: idParams,
        body: licenceFields.extend({ version }),
        response: changed,
        errors: [
            'party.licenceNotFound',
            'party.merged',
            'party.premisesNotFound',
            'party.specialityOther',
            'party.licenceTermWrong',
            'party.licenceNumberTaken',
            'conflict.changedMeanwhile',
        ],
        permission,
        kind,
    }),
};
