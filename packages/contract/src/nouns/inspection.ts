import { ACT_STATES, APART_REASONS, CAMPAIGN_STATES, MOST_SCORE_ITEMS, PARALLEL_STATES, SHEET_STATES } from '@liuhen/domain';
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
    organisationRef,
    page,
    pageQuery,
    personRef,
    scenario,
} from '../shapes.ts';
import { share } from './plan.ts';

export const scoreItem = z.object({
    key: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,30}$/),
    clause: z.string().max(20).optional(),
    words: line(120),
    most: z.number().int().min(1).max(100),
    weight: z.number().int().min(1).max(100),
});

const stratumShare = z.object({ organisation: id.optional(), scenario: scenario.optional(), take: share });

const rules = {
    title: line(120),
    organisationIds: z.array(id).min(1).max(200),
    from: instant,
    to: instant,
    scenarios: z.array(scenario).max(60),
    byOrganisation: z.boolean(),
    byScenario: z.boolean(),
    take: share,
    shares: z.array(stratumShare).max(200),
    publicValueIs: optionalLine(200),
    publicValueFrom: instant.optional(),
    reviewerIds: z.array(id).max(100),
    scheme: z.array(scoreItem).min(1).max(MOST_SCORE_ITEMS),
    appealDays: z.number().int().min(1).max(365).optional(),
};
const RULE_ERRORS = [
    'inspection.rulesInvalid',
    'inspection.schemeInvalid',
    'inspection.outsideReach',
    'inspection.reviewerUnknown',
] as const;

const progress = z.object({ sheets: z.number().int(), finished: z.number().int(), skipped: z.number().int() });

const parallel = z.object({ number: z.string(), state: z.enum(PARALLEL_STATES), to: instant });

export const inspectionItem = z.object({
    id,
    number: z.string(),
    title: z.string(),
    state: z.enum(CAMPAIGN_STATES),
    by: organisationRef,
    /** Whether it is an inspection by the reader's own organisation. */
    own: z.boolean(),
    from: instant,
    to: instant,
    organisations: z.array(z.string()),
    /** Other inspections by the same organisation whose seed was fixed over days that this one covers too; newest first. */
    parallel: z.array(parallel),
    progress,
});

/** Of all sheets, whosever they are. */
const progressOfAll = z.object({ all: z.number().int(), finished: z.number().int(), skipped: z.number().int() });

const stratum = z.object({ stratum: z.string(), eligible: z.number().int(), taken: z.number().int() });

export const inspectionEndpoints = {
    'inspection.list': endpoint({
        method: 'GET',
        path: '/api/inspections',
        summary: 'Inspections by the own organisation, and those in which its acts are looked at; newest first',
        query: z.object({ ...pageQuery, state: z.enum(CAMPAIGN_STATES).optional() }),
        response: page(inspectionItem),
        errors: [],
        permission: 'inspection.list',
        kind: 'query',
    }),
    'inspection.setting': endpoint({
        method: 'GET',
        path: '/api/inspection-setting',
        summary: 'Whose acts the own organisation may inspect, who of it can review, and the scheme to begin with',
        response: z.object({
            organisations: z.array(z.object({ id, code: z.string(), name: z.string(), own: z.boolean() })),
            reviewers: z.array(personRef),
            scheme: z.array(scoreItem),
        }),
        errors: [],
        permission: 'inspection.manage',
        kind: 'query',
    }),
    'inspection.get': endpoint({
        method: 'GET',
        path: '/api/inspections/:id',
        summary: 'One inspection: rules, commitment, and once drawn the seed, the strata and what was listed apart',
        params: idParams,
        response: inspectionItem.extend({
            version: z.number().int(),
            parallel: z.array(
                parallel.extend({
                    /** Absent of one that the reader may not open. */
                    id: id.nullable(),
                    title: z.string(),
                    from: instant,
                    sharesActs: z.boolean(),
                    committedAt: instant,
                    drawnAt: instant.nullable(),
                    abandonReason: z.string().nullable(),
                    sheets: progressOfAll.nullable(),
                }),
            ),
            rules: z.object({
                organisations: z.array(z.object({ id, code: z.string(), name: z.string() })),
                scenarios: z.array(scenario),
                byOrganisation: z.boolean(),
                byScenario: z.boolean(),
                take: share,
                shares: z.array(stratumShare),
            }),
            scheme: z.array(scoreItem),
            reviewers: z.array(personRef),
            appealDays: z.number().int().nullable(),
            publicValueIs: z.string().nullable(),
            publicValueFrom: instant.nullable(),
            publicValue: z.string().nullable(),
            commitment: hex32.nullable(),
            rulesDigest: hex32.nullable(),
            frameDigest: hex32.nullable(),
            secret: hex32.nullable(),
            draftedBy: personRef.nullable(),
            draftedAt: instant,
            committedAt: instant.nullable(),
            drawnAt: instant.nullable(),
            endedAt: instant.nullable(),
            abandonReason: z.string().nullable(),
            frameActs: z.number().int().nullable(),
            withoutRecording: z.number().int().nullable(),
            strata: z.array(stratum),
            apart: z.array(z.object({ number: z.string(), reason: z.enum(APART_REASONS) })),
        }),
        errors: ['inspection.notFound'],
        permission: 'inspection.list',
        kind: 'query',
    }),
    'inspection.record': endpoint({
        method: 'GET',
        path: '/api/inspections/:id/record',
        summary: 'Rules, frame, seed and result of a drawn inspection, as the text whoever has it can draw again from',
        params: idParams,
        response: z.object({ record: z.string() }),
        errors: ['inspection.notFound', 'inspection.notDrawn'],
        permission: 'inspection.list',
        kind: 'query',
    }),
    'inspection.frame': endpoint({
        method: 'GET',
        path: '/api/inspection-frames',
        summary: 'Every act of the period that could be drawn, with or without a recording, and those listed apart',
        query: z.object({ ...pageQuery, inspectionId: id }),
        response: page(
            z.object({
                id,
                number: z.string(),
                organisation: z.string(),
                scenario,
                state: z.enum(ACT_STATES),
                recorded: z.boolean().nullable(),
                stratum: z.string(),
                apart: z.enum(APART_REASONS).nullable(),
                place: z.number().int().nullable(),
            }),
        ),
        errors: ['inspection.notFound', 'inspection.notDrawn'],
        permission: 'inspection.list',
        kind: 'query',
    }),
    'inspection.draft': endpoint({
        method: 'POST',
        path: '/api/inspections',
        summary: 'Prepares an inspection: whose acts, of which period, how many, by which scheme, by whom',
        body: z.object(rules),
        response: createdId,
        errors: [...RULE_ERRORS],
        permission: 'inspection.manage',
        kind: 'command',
    }),
    'inspection.update': endpoint({
        method: 'PUT',
        path: '/api/inspections/:id',
        summary: 'Changes an inspection that is not fixed yet',
        params: idParams,
        body: z.object({ ...rules, version: z.number().int() }),
        response: z.object({ version: z.number().int() }),
        errors: [...RULE_ERRORS, 'inspection.notFound', 'inspection.wrongState', 'conflict.changedMeanwhile'],
        permission: 'inspection.manage',
        kind: 'command',
    }),
    'inspection.commit': endpoint({
        method: 'POST',
        path: '/api/inspections/:id/commit',
        summary: 'Fixes rules, scheme and seed before the period ends; the hash of the seed is published, the seed is sealed',
        params: idParams,
        response: z.object({ commitment: hex32 }),
        errors: [
            ...(['inspection.notFound', 'inspection.wrongState', 'inspection.periodOver', 'inspection.noReviewer'] as const),
            ...(['inspection.publicValueEarly', 'inspection.outsideReach', 'draw.publicValueUnclear'] as const),
        ],
        permission: 'inspection.manage',
        kind: 'command',
    }),
    'inspection.draw': endpoint({
        method: 'POST',
        path: '/api/inspections/:id/draw',
        summary:
            'Opens the seed after the period, freezes the list of all its acts and draws the sample; one review sheet for each',
        params: idParams,
        body: z.object({ publicValue: optionalLine(200) }),
        response: z.object({ drawn: z.number().int(), unassigned: z.number().int() }),
        errors: [
            ...(['inspection.notFound', 'inspection.wrongState', 'inspection.tooEarly', 'inspection.frameTooLarge'] as const),
            ...(['inspection.sampleTooLarge', 'draw.publicValueMissing', 'draw.publicValueUnclear'] as const),
        ],
        permission: 'inspection.manage',
        kind: 'command',
    }),
    'inspection.abandon': endpoint({
        method: 'POST',
        path: '/api/inspections/:id/abandon',
        summary: 'Gives an inspection up before its sample is drawn; it stays in the list with the reason and its seed',
        params: idParams,
        body: z.object({ reason: line(300) }),
        response: empty,
        errors: ['inspection.notFound', 'inspection.wrongState'],
        permission: 'inspection.manage',
        kind: 'command',
    }),
    'inspection.end': endpoint({
        method: 'POST',
        path: '/api/inspections/:id/end',
        summary: 'Ends an inspection of which nothing waits any more',
        params: idParams,
        response: empty,
        errors: ['inspection.notFound', 'inspection.wrongState', 'inspection.stillOpen', 'inspection.appealTermRuns'],
        permission: 'inspection.manage',
        kind: 'command',
    }),
    'inspection.sheets': endpoint({
        method: 'GET',
        path: '/api/inspection-sheets',
        summary: 'The review sheets of what was drawn, in the order drawn; an inspected organisation reads its own',
        query: z.object({
            ...pageQuery,
            inspectionId: id,
            state: z.enum(SHEET_STATES).optional(),
            mine: z.enum(['yes']).optional(),
        }),
        response: page(
            z.object({
                id,
                place: z.number().int(),
                actId: id,
                number: z.string(),
                organisation: z.string(),
                scenario,
                stratum: z.string(),
                secret: z.boolean(),
                recorded: z.boolean().nullable(),
                reviewer: z.string().nullable(),
                state: z.enum(SHEET_STATES),
                /** Thousandths of what could be reached. */
                score: z.number().int().nullable(),
                /** The score is not told: the reader is still to hand in a sheet of the own about this act. */
                withheld: z.boolean(),
                skipReason: z.string().nullable(),
                openRectifications: z.number().int(),
                appealWaiting: z.boolean(),
            }),
        ),
        errors: ['inspection.notFound'],
        permission: 'inspection.list',
        kind: 'query',
    }),
    'inspection.scores': endpoint({
        method: 'GET',
        path: '/api/inspection-scores',
        summary: 'Scores of organisations and officers; an inspected organisation reads its own beside those of all together',
        query: z.object({ ...pageQuery, inspectionId: id }),
        response: page(
            z.object({
                kind: z.enum(['all', 'organisation', 'officer']),
                name: z.string(),
                organisation: z.string(),
                certificateNumber: z.string().nullable(),
                acts: z.number().int(),
                skipped: z.number().int(),
                score: z.number().int().nullable(),
            }),
        ).extend({
            /** Acts left out of all of them because the reader is still to hand in a sheet of the own about them. */
            withheld: z.number().int(),
        }),
        errors: ['inspection.notFound'],
        permission: 'inspection.list',
        kind: 'query',
    }),
};
