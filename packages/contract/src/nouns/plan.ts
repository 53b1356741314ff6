import { PLAN_STATES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, day, empty, id, idParams, instant, line, optionalLine, personRef } from '../shapes.ts';

/** So many, or so many of each thousand, rounded up. */
export const share = z.union([
    z.object({ number: z.number().int().min(0).max(5_000) }),
    z.object({ permille: z.number().int().min(0).max(1_000) }),
]);

const itemFields = {
    subject: line(120),
    speciality: optionalLine(60),
    grade: optionalLine(20),
    take: share,
    timesPerYear: z.number().int().min(1).max(12),
    note: optionalLine(300),
};

const year = z.number().int().min(2000).max(2100);
const version = z.object({ version: z.number().int() });

export const planItem = z.object({
    id,
    year,
    title: z.string(),
    state: z.enum(PLAN_STATES),
    itemCount: z.number().int(),
    draftedBy: personRef,
    approvedAt: instant.nullable(),
    publishedDay: day.nullable(),
});

export const planEndpoints = {
    'plan.list': endpoint({
        method: 'GET',
        path: '/api/inspection-plans',
        summary: 'Inspection plans by year, newest first',
        response: z.object({ items: z.array(planItem) }),
        errors: [],
        permission: 'task.list',
        kind: 'query',
    }),
    'plan.get': endpoint({
        method: 'GET',
        path: '/api/inspection-plans/:id',
        summary: 'One plan with its items and how far each is',
        params: idParams,
        response: planItem.extend({
            items: z.array(z.object({ id, ...itemFields, tasks: z.number().int(), done: z.number().int() })),
            submittedBy: personRef.nullable(),
            approvedBy: personRef.nullable(),
            publishedAt: z.string().nullable(),
            reason: z.string().nullable(),
            version: z.number().int(),
        }),
        errors: ['plan.notFound'],
        permission: 'task.list',
        kind: 'query',
    }),
    'plan.draft': endpoint({
        method: 'POST',
        path: '/api/inspection-plans',
        summary: 'Begins a plan of a year',
        body: z.object({ year, title: line(120) }),
        response: createdId,
        errors: [],
        permission: 'task.draw',
        kind: 'command',
    }),
    'plan.update': endpoint({
        method: 'PATCH',
        path: '/api/inspection-plans/:id',
        summary: 'Changes a draft; an item without an id is a new one',
        params: idParams,
        body: z.object({
            title: line(120),
            items: z.array(z.object({ id: id.optional(), ...itemFields })).max(200),
            version: z.number().int(),
        }),
        response: version,
        errors: ['plan.notFound', 'plan.wrongState', 'conflict.changedMeanwhile'],
        permission: 'task.draw',
        kind: 'command',
    }),
    'plan.submit': endpoint({
        method: 'POST',
        path: '/api/inspection-plans/:id/submit',
        summary: 'Hands a plan in to the head',
        params: idParams,
        body: version,
        response: empty,
        errors: ['plan.notFound', 'plan.wrongState', 'plan.empty', 'conflict.changedMeanwhile'],
        permission: 'task.draw',
        kind: 'command',
    }),
    'plan.approve': endpoint({
        method: 'POST',
        path: '/api/inspection-plans/:id/approve',
        summary: 'The head approves a plan as it was handed in, or sends it back with a reason',
        params: idParams,
        body: z.object({ version: z.number().int(), sendBack: optionalLine(300) }),
        response: empty,
        errors: ['plan.notFound', 'plan.wrongState', 'plan.ownWork', 'conflict.changedMeanwhile'],
        permission: 'plan.approve',
        kind: 'command',
    }),
    'plan.publish': endpoint({
        method: 'POST',
        path: '/api/inspection-plans/:id/publish',
        summary: 'Notes when and where an approved plan was published',
        params: idParams,
        body: z.object({ day, where: line(200) }),
        response: empty,
        errors: ['plan.notFound', 'plan.wrongState', 'plan.publishedInFuture'],
        permission: 'task.draw',
        kind: 'command',
    }),
    'plan.withdraw': endpoint({
        method: 'POST',
        path: '/api/inspection-plans/:id/withdraw',
        summary: 'Withdraws a plan with a reason; it stays in the list',
        params: idParams,
        body: z.object({ reason: line(300) }),
        response: empty,
        errors: ['plan.notFound', 'plan.wrongState'],
        permission: 'task.draw',
        kind: 'command',
    }),
};
