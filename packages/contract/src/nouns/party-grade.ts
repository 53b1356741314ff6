import { GRADE_SCHEMES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, day, id, idParams, instant, line, partyRef, personRef, text } from '../shapes.ts';
import { importReason } from './party-import.ts';

export const partyGrade = z.object({
    id,
    scheme: z.enum(GRADE_SCHEMES),
    grade: z.string(),
    fromDay: day,
    source: z.string(),
    reason: z.string(),
    decidedBy: personRef,
    decidedAt: instant,
    /** In force today. */
    current: z.boolean(),
});
const decided = { scheme: z.enum(GRADE_SCHEMES), grade: line(20), fromDay: day };
const GRADE_ERRORS = ['party.gradeUnknown', 'party.gradeInFuture', 'party.gradeSame'] as const;

export const partyGradeEndpoints = {
    'party.grades': endpoint({
        method: 'GET',
        path: '/api/parties/:id/grades',
        summary: 'Risk and credit grades of a party over time, and which grades the tables of today name',
        params: idParams,
        response: z.object({
            items: z.array(partyGrade),
            known: z.object({ risk: z.array(z.string()), credit: z.array(z.string()) }),
        }),
        errors: ['party.notFound'],
        permission: 'party.list',
        kind: 'query',
    }),
    'party.grade': endpoint({
        method: 'POST',
        path: '/api/parties/:id/grades',
        summary: 'Decides a risk or credit grade from a day on, with its source and the reason; earlier ones stay',
        params: idParams,
        body: z.object({ ...decided, source: line(120), reason: text(500) }),
        response: createdId,
        errors: ['party.notFound', 'party.merged', ...GRADE_ERRORS],
        permission: 'party.grade',
        kind: 'command',
    }),
    'party.importGrades': endpoint({
        method: 'POST',
        path: '/api/party-grades',
        summary:
            'Takes in grades by credit code from another system; without `apply` it says only what would become of each row. Rows that are faulty or say nothing new are left out and named',
        body: z.object({
            source: line(120),
            reason: text(500),
            rows: z
                .array(z.object({ creditCode: line(40), ...decided }))
                .min(1)
                .max(1_000),
            apply: z.boolean().default(false),
        }),
        response: z.object({
            items: z.array(
                z.object({
                    place: z.number().int(),
                    party: partyRef.nullable(),
                    outcome: z.enum(['graded', 'same', 'faulty']),
                    reasons: z.array(importReason),
                }),
            ),
            applied: z.number().int(),
        }),
        errors: ['task.nothingToApply'],
        permission: 'party.grade',
        kind: 'command',
    }),
};
