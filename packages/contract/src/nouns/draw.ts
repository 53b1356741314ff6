import {
    AVOIDANCE_REASONS,
    DRAW_STATES,
    EXCLUSIONS,
    GRADE_SCHEMES,
    MOST_DRAW_OBJECTS,
    MOST_DRAW_WEIGHT,
    SPECIALITIES,
} from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import {
    createdId,
    day,
    empty,
    hex32,
    id,
    idParams,
    instant,
    line,
    optionalLine,
    page,
    pageQuery,
    partyRef,
    personRef,
} from '../shapes.ts';
import { share } from './plan.ts';

const grade = line(20);
const strata = z
    .array(z.object({ grade, take: share }))
    .min(1)
    .max(40);

export const drawItem = z.object({
    id,
    number: z.string(),
    title: z.string(),
    year: z.number().int(),
    state: z.enum(DRAW_STATES),
    objectCount: z.number().int(),
    committedAt: instant,
    committedBy: personRef,
    publicValueIs: z.string().nullable(),
    publicValueFrom: instant.nullable(),
    dueDay: day,
    /** Earlier draws of the same objects. */
    earlier: z.array(z.string()),
    redrawReason: z.string().nullable(),
    abandonReason: z.string().nullable(),
    endedAt: instant.nullable(),
});

const weighed = z.object({ grade: z.string(), weight: z.number().int() });
const gradedWeight = weighed.extend({ scheme: z.enum(GRADE_SCHEMES) });

const candidate = z.object({
    party: partyRef,
    creditCode: z.string().nullable(),
    address: z.string().nullable(),
    inspections: z.number().int(),
    closed: z.boolean(),
    openTask: z.boolean(),
    /** Stored grades that the tables know, and what they weigh together. */
    graded: z.array(gradedWeight.extend({ fromDay: day })),
    weight: z.number().int(),
});

export const drawEndpoints = {
    'draw.list': endpoint({
        method: 'GET',
        path: '/api/draws',
        summary: 'Draws, newest first; those given up stay in it',
        query: z.object(pageQuery),
        response: page(drawItem),
        errors: [],
        permission: 'task.list',
        kind: 'query',
    }),
    'draw.get': endpoint({
        method: 'GET',
        path: '/api/draws/:id',
        summary: 'One draw: lists and commitment, and once revealed the secret and the result',
        params: idParams,
        response: drawItem.extend({
            listsDigest: hex32,
            commitment: hex32,
            secret: hex32.nullable(),
            publicValue: z.string().nullable(),
            strata,
            capPerYear: z.number().int().nullable(),
            mostPerOfficer: z.number().int().nullable(),
            /** What grades weighed, by the tables of the day of the commitment; null for draws from before there were any. */
            gradeWeights: z.object({ risk: z.array(weighed), credit: z.array(weighed) }).nullable(),
            officers: z.array(personRef),
            avoidances: z.array(z.object({ officer: z.string(), object: z.string(), reason: z.enum(AVOIDANCE_REASONS) })),
            picks: z.array(
                z.object({
                    place: z.number().int(),
                    object: partyRef,
                    grade: z.string(),
                    weight: z.number().int(),
                    /** The stored grades that the weight follows from; of another weight the reason. */
                    graded: z.array(gradedWeight),
                    weightReason: z.string().nullable(),
                    officers: z.array(z.string()),
                    task: z.object({ id, number: z.string() }).nullable(),
                }),
            ),
            eligible: z.array(z.object({ grade: z.string(), eligible: z.number().int(), taken: z.number().int() })),
            excluded: z.array(z.object({ object: partyRef, reason: z.enum(EXCLUSIONS) })),
        }),
        errors: ['draw.notFound'],
        permission: 'task.list',
        kind: 'query',
    }),
    'draw.record': endpoint({
        method: 'GET',
        path: '/api/draws/:id/record',
        summary: 'The published record of a revealed draw, as the text whoever has it can draw again from',
        params: idParams,
        response: z.object({ record: z.string() }),
        errors: ['draw.notFound', 'draw.notRevealed'],
        permission: 'task.list',
        kind: 'query',
    }),
    'draw.candidates': endpoint({
        method: 'GET',
        path: '/api/draw-candidates',
        summary: 'Parties that could be drawn, with the facts that decide about it',
        query: z.object({
            year: z.coerce.number().int().min(2000).max(2100),
            q: z.string().max(100).optional(),
            speciality: z.enum(SPECIALITIES).optional(),
        }),
        response: z.object({
            items: z.array(candidate),
            /** More parties than one draw takes: the filters have to be narrower. */
            tooMany: z.boolean(),
            capPerYear: z.number().int().nullable(),
        }),
        errors: [],
        permission: 'task.draw',
        kind: 'query',
    }),
    'draw.commit': endpoint({
        method: 'POST',
        path: '/api/draws',
        summary: 'Fixes lists and secret of a draw before anything is drawn; facts about objects are looked up by the server',
        body: z.object({
            title: line(120),
            year: z.number().int().min(2000).max(2100),
            planItemId: id.optional(),
            objects: z
                .array(
                    z.object({
                        partyId: id,
                        grade,
                        /** Absent: what its stored grades weigh by the tables of today. Another one needs `weightReason`. */
                        weight: z.number().int().min(1).max(MOST_DRAW_WEIGHT).optional(),
                        exempt: optionalLine(200),
                    }),
                )
                .min(1)
                .max(MOST_DRAW_OBJECTS),
            officerIds: z.array(id).min(2).max(500),
            strata,
            avoidLastVisit: z.boolean(),
            /** Why weights differ from those of the grades. */
            weightReason: optionalLine(200),
            publicValueIs: optionalLine(200),
            publicValueFrom: instant.optional(),
            dueDay: day,
            redrawReason: optionalLine(300),
        }),
        response: createdId,
        errors: [
            'draw.weightReasonMissing',
            'draw.listInvalid',
            'draw.reasonMissing',
            'draw.publicValueKnown',
            'draw.publicValueUnclear',
            'draw.dueInPast',
            'party.notFound',
            'party.merged',
            'person.notFound',
            'person.hasLeft',
            'act.officerNeedsCertificate',
        ],
        permission: 'task.draw',
        kind: 'command',
    }),
    'draw.reveal': endpoint({
        method: 'POST',
        path: '/api/draws/:id/reveal',
        summary: 'Reveals the secret, draws, and makes the tasks',
        params: idParams,
        body: z.object({ publicValue: optionalLine(200) }),
        response: z.object({ picks: z.number().int(), unstaffed: z.number().int() }),
        errors: ['draw.notFound', 'draw.done', 'draw.tooEarly', 'draw.publicValueMissing', 'draw.publicValueUnclear'],
        permission: 'task.draw',
        kind: 'command',
    }),
    'draw.abandon': endpoint({
        method: 'POST',
        path: '/api/draws/:id/abandon',
        summary: 'Gives a draw up before it is revealed, with a reason',
        params: idParams,
        body: z.object({ reason: line(300) }),
        response: empty,
        errors: ['draw.notFound', 'draw.done'],
        permission: 'task.draw',
        kind: 'command',
    }),
};

export const avoidanceEndpoints = {
    'avoidance.list': endpoint({
        method: 'GET',
        path: '/api/avoidances',
        summary: 'Who keeps away from whom in draws',
        response: z.object({
            items: z.array(
                z.object({
                    id,
                    person: personRef,
                    party: partyRef.nullable(),
                    area: z.string().nullable(),
                    reason: z.enum(AVOIDANCE_REASONS),
                    declaredAt: instant,
                }),
            ),
        }),
        errors: [],
        permission: 'task.draw',
        kind: 'query',
    }),
    'avoidance.declare': endpoint({
        method: 'POST',
        path: '/api/avoidances',
        summary: 'Keeps an officer away from a party, or from every place whose address contains a text',
        body: z.object({ personId: id, partyId: id.optional(), area: optionalLine(60) }),
        response: createdId,
        errors: ['avoidance.unclear', 'avoidance.twice', 'person.notFound', 'party.notFound', 'party.merged'],
        permission: 'task.draw',
        kind: 'command',
    }),
    'avoidance.end': endpoint({
        method: 'POST',
        path: '/api/avoidances/:id/end',
        summary: 'Ends an avoidance; draws made before keep it',
        params: idParams,
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['avoidance.notFound'],
        permission: 'task.draw',
        kind: 'command',
    }),
};
