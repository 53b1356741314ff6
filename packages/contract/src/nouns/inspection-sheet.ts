import { APPEAL_STATES, CAMPAIGN_STATES, RECTIFICATION_STATES, SHEET_STATES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, day, empty, id, idParams, instant, organisationRef, personRef, scenario, text } from '../shapes.ts';
import { actRecording } from './act-shapes.ts';
import { scoreItem } from './inspection.ts';

const moment = z.object({ recordingId: id, mediaMs: z.number().int().min(0) });
const item = z.string().max(31);
const points = z.number().int();
const answer = z.object({
    item,
    /** Absent: the item does not apply to this act, or is `open`: nobody has decided yet. */
    points: points.optional(),
    open: z.literal(true).optional(),
    words: text(500).optional(),
    moments: z.array(moment).max(20),
});
const body = z.object({
    answers: z.array(answer).max(40),
    remark: text(1_000).optional(),
    version: z.number().int(),
});
const SHEET_ERRORS = [
    'inspection.sheetNotFound',
    'inspection.sheetClosed',
    'inspection.wrongState',
    'inspection.reviewerTookPart',
    'inspection.notReviewer',
] as const;
const WRITE_ERRORS = [
    ...SHEET_ERRORS,
    'inspection.itemUnknown',
    'inspection.pointsTooMany',
    'inspection.momentUnknown',
    'act.restricted',
    'conflict.changedMeanwhile',
] as const;
const who = z.object({ id, name: z.string() });

export const inspectionSheetEndpoints = {
    'inspectionSheet.get': endpoint({
        method: 'GET',
        path: '/api/inspection-sheets/:id',
        summary: 'One review sheet with its act as far as the reader may see it, rectifications and objections',
        params: idParams,
        response: z.object({
            id,
            version: z.number().int(),
            inspection: z.object({ id, number: z.string(), title: z.string(), state: z.enum(CAMPAIGN_STATES), own: z.boolean() }),
            place: z.number().int(),
            actId: id,
            number: z.string(),
            organisation: organisationRef,
            scenario,
            stratum: z.string(),
            /** Null where the reader may see no more than the number (附件1 第12条), or is of another organisation. */
            act: z
                .object({
                    party: z.string().nullable(),
                    place: z.string(),
                    startsAt: instant,
                    endsAt: instant.nullable(),
                    standing: z.object({
                        status: z.enum(['held', 'act', 'judge', 'broken']),
                        openGaps: z.number().int(),
                        coveragePermille: z.number().int().nullable(),
                        missingOfficers: z.number().int(),
                    }),
                    recordings: z.array(
                        actRecording.pick({ id: true, name: true, personId: true, device: true, frameRateMilli: true }).extend({
                            ...actRecording.pick({ stretches: true, playable: true }).shape,
                            officer: z.string().nullable(),
                        }),
                    ),
                    /** Whether the reader opens act and recordings on pages of their own; those of another organisation never. */
                    opens: z.boolean(),
                })
                .nullable(),
            officers: z.array(personRef),
            reviewer: who.nullable(),
            state: z.enum(SHEET_STATES),
            scheme: z.array(scoreItem),
            answers: z.array(answer),
            /** With what upheld objections changed. */
            counting: z.array(z.object({ item, points: points.nullable() })),
            remark: z.string().nullable(),
            score: z.number().int().nullable(),
            /** The reader's own sheet about this act, to be handed in first: until then points and words of this one are not told. */
            ownSheetFirst: id.nullable(),
            skipReason: z.string().nullable(),
            closedAt: instant.nullable(),
            appealUntil: instant.nullable(),
            may: z.object({
                write: z.boolean(),
                /** The recordings of the act, as long as the sheet is open. */
                play: z.boolean(),
                ...{ assign: z.boolean(), appeal: z.boolean(), order: z.boolean() },
            }),
            rectifications: z.array(
                z.object({
                    id,
                    words: z.string(),
                    responsible: who.nullable(),
                    dueDay: day,
                    state: z.enum(RECTIFICATION_STATES),
                    orderedBy: who,
                    answer: z.string().nullable(),
                    answeredBy: who.nullable(),
                    answeredAt: instant.nullable(),
                    checkWords: z.string().nullable(),
                    checkedBy: who.nullable(),
                    checkedAt: instant.nullable(),
                    may: z.object({ answer: z.boolean(), check: z.boolean() }),
                }),
            ),
            appeals: z.array(
                z.object({
                    id,
                    items: z.array(item),
                    words: z.string(),
                    state: z.enum(APPEAL_STATES),
                    appealedBy: who,
                    appealedAt: instant,
                    points: z.array(z.object({ item, points })),
                    decision: z.string().nullable(),
                    decidedBy: who.nullable(),
                    decidedAt: instant.nullable(),
                    mayDecide: z.boolean(),
                }),
            ),
        }),
        errors: ['inspection.sheetNotFound'],
        permission: 'inspection.list',
        kind: 'query',
    }),
    'inspectionSheet.assign': endpoint({
        method: 'POST',
        path: '/api/inspection-sheets/:id/reviewer',
        summary: 'Names another reviewer, with a reason; never somebody who took part in the act',
        params: idParams,
        body: z.object({ reviewerId: id, reason: text(300) }),
        response: empty,
        errors: [...SHEET_ERRORS, 'inspection.reviewerUnknown'],
        permission: 'inspection.manage',
        kind: 'command',
    }),
    'inspectionSheet.save': endpoint({
        method: 'PUT',
        path: '/api/inspection-sheets/:id',
        summary: 'Keeps a review sheet as a draft: points, words and moments of recordings',
        params: idParams,
        body,
        response: z.object({ version: z.number().int() }),
        errors: [...WRITE_ERRORS],
        permission: 'inspection.review',
        kind: 'command',
    }),
    'inspectionSheet.finish': endpoint({
        method: 'POST',
        path: '/api/inspection-sheets/:id/finish',
        summary: 'Finishes a review sheet; every item answered, every lost point explained',
        params: idParams,
        body,
        response: z.object({ score: z.number().int().nullable() }),
        errors: [...WRITE_ERRORS, 'inspection.incomplete'],
        permission: 'inspection.review',
        kind: 'command',
    }),
    'inspectionSheet.skip': endpoint({
        method: 'POST',
        path: '/api/inspection-sheets/:id/skip',
        summary: 'Leaves an act that was drawn unreviewed, with a reason; it stays in the result',
        params: idParams,
        body: z.object({ reason: text(300) }),
        response: empty,
        errors: [...SHEET_ERRORS],
        permission: 'inspection.review',
        kind: 'command',
    }),
    'inspectionSheet.order': endpoint({
        method: 'POST',
        path: '/api/inspection-sheets/:id/rectifications',
        summary: 'Says what has to be put right, by whom and by when (a day of the unit)',
        params: idParams,
        body: z.object({ words: text(500), responsibleId: id.optional(), dueDay: day }),
        response: createdId,
        errors: [
            'inspection.sheetNotFound',
            'inspection.wrongState',
            'inspection.notFinished',
            'inspection.dueInPast',
            'inspection.notConcerned',
        ],
        permission: 'inspection.review',
        kind: 'command',
    }),
    'inspectionSheet.answer': endpoint({
        method: 'POST',
        path: '/api/inspection-rectifications/:id/answer',
        summary: 'Says what was put right: the officer named, or a head of the inspected organisation',
        params: idParams,
        body: z.object({ words: text(1_000) }),
        response: empty,
        errors: [
            'inspection.rectificationNotFound',
            'inspection.rectificationState',
            'inspection.notConcerned',
            'inspection.wrongState',
        ],
        permission: 'inspection.respond',
        kind: 'command',
    }),
    'inspectionSheet.check': endpoint({
        method: 'POST',
        path: '/api/inspection-rectifications/:id/check',
        summary: 'Accepts what was put right or sends it back; another person than who answered',
        params: idParams,
        body: z.object({ done: z.boolean(), words: text(500) }),
        response: empty,
        errors: [
            'inspection.rectificationNotFound',
            'inspection.rectificationState',
            'inspection.ownWork',
            'inspection.wrongState',
        ],
        permission: 'inspection.review',
        kind: 'command',
    }),
    'inspectionSheet.appeal': endpoint({
        method: 'POST',
        path: '/api/inspection-sheets/:id/appeals',
        summary: 'Objects to points of a finished sheet: an officer of the act, or a head of the inspected organisation',
        params: idParams,
        body: z.object({ items: z.array(item).min(1).max(40), words: text(1_000) }),
        response: createdId,
        errors: [
            ...([
                'inspection.sheetNotFound',
                'inspection.notFinished',
                'inspection.notConcerned',
                'inspection.appealWaiting',
            ] as const),
            ...(['inspection.appealLate', 'inspection.itemUnknown', 'inspection.wrongState'] as const),
        ],
        permission: 'inspection.respond',
        kind: 'command',
    }),
    'inspectionSheet.decideAppeal': endpoint({
        method: 'POST',
        path: '/api/inspection-appeals/:id/decide',
        summary: 'Decides an objection: somebody who neither reviewed nor objected nor took part',
        params: idParams,
        body: z.object({ upheld: z.boolean(), words: text(1_000), points: z.array(z.object({ item, points })).max(40) }),
        response: empty,
        errors: [
            ...([
                'inspection.appealNotFound',
                'inspection.appealState',
                'inspection.ownWork',
                'inspection.reviewerTookPart',
            ] as const),
            ...(['inspection.itemUnknown', 'inspection.pointsTooMany', 'inspection.wrongState'] as const),
        ],
        permission: 'inspection.decide',
        kind: 'command',
    }),
};
