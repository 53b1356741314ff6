import { isMonth, ORGANISATION_KINDS, STATISTIC_GROUPS, STATISTIC_ORDERS } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id, instant, page, pageQuery, personRef, scenario } from '../shapes.ts';

const count = z.number().int();
const month = z.string().refine(isMonth);
const rate = count.nullable();

/** What each figure counts stands in the domain: `ComplianceFigures`. */
const figures = z.object({
    acts: count,
    complete: count,
    failed: count,
    review: count,
    requiredMs: count,
    coveredMs: count,
    exemptMs: count,
    interruptions: count,
    late: count,
    openGaps: count,
    openWeek: count,
    openMonth: count,
    openOlder: count,
    faults: rate,
    documentErrors: rate,
});
const rates = z.object({ completePermille: rate, coveragePermille: rate, interruptionTenths: rate, lateTenths: rate });

const named = z.object({ id, name: z.string() });

/** A group; what it is not grouped by is null, and so is a department or an officer that its acts do not have. */
const statisticItem = figures.extend(rates.shape).extend({
    id: z.string(),
    organisation: named.nullable(),
    department: named.nullable(),
    person: personRef.nullable(),
    scenario: scenario.nullable(),
    month: month.nullable(),
});

export const statisticsEndpoints = {
    'statistics.compliance': endpoint({
        method: 'GET',
        path: '/api/statistics/compliance',
        summary:
            'Judged acts of some months in figures, for the own organisation and those below it, with the average of the city',
        query: z.object({
            ...pageQuery,
            /** Without it by organisation where several are shown, else by department. */
            by: z.enum(STATISTIC_GROUPS).optional(),
            /** In which the acts began, both included; without them the year until now. */
            from: month.optional(),
            to: month.optional(),
            organisationId: id.optional(),
            departmentId: id.optional(),
            /** Who leads the act. */
            personId: id.optional(),
            scenario: scenario.optional(),
            order: z.enum(STATISTIC_ORDERS).default('name'),
        }),
        response: page(statisticItem).extend({
            by: z.enum(STATISTIC_GROUPS),
            from: month,
            to: month,
            now: instant,
            /** Of all groups together. */
            sum: figures.extend(rates.shape),
            /** Of the whole city in the same months and kinds of act; null: what is shown is the whole city. */
            city: rates.nullable(),
            organisations: z.array(named.extend({ kind: z.enum(ORGANISATION_KINDS) })),
            /** Of the organisation that is shown, where it is one. */
            departments: z.array(named),
            /** Who was asked for, where it is somebody of these organisations. */
            person: personRef.nullable(),
        }),
        errors: ['statistics.periodInvalid'],
        permission: 'finding.list',
        kind: 'query',
    }),
};
