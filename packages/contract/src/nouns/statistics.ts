import {
    ACT_RULE_IDS,
    COUNTED_FIGURES,
    DOCUMENT_TYPE_IDS,
    isMonth,
    ORGANISATION_KINDS,
    STATISTIC_GROUPS,
    STATISTIC_ORDERS,
    VERDICTS,
} from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id, instant, page, pageQuery, personRef, scenario } from '../shapes.ts';
import { findingItem, interruption } from './finding.ts';

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
    documentErrors: count,
});
/** What is divided by what stands in the domain: `ComplianceRates`. */
const rates = z.object({
    completePermille: rate,
    coveragePermille: rate,
    interruptionTenths: rate,
    lateTenths: rate,
    openGapTenths: rate,
    openFindingTenths: rate,
    faultTenths: rate,
    documentErrorTenths: rate,
});
/** Of the whole city, formed of at least two districts beside the reader's; null: there are fewer, and nothing is said. */
const cityRates = rates.nullable();

const named = z.object({ id, name: z.string() });

/** A group; what it is not grouped by is null, and so is a department or an officer that its acts do not have. */
const statisticItem = figures.extend(rates.shape).extend({
    id: z.string(),
    organisation: named.nullable(),
    department: named.nullable(),
    person: personRef.nullable(),
    scenario: scenario.nullable(),
    month: month.nullable(),
    /** The whole city in this month, where groups are months and only a part of the city is shown. */
    city: cityRates,
});

const NONE = 'none';
const orNone = <T extends z.ZodType>(of: T) => z.union([of, z.literal(NONE)]);

/** One part of a figure: an act, a gap or a late recording of one, a finding, a fault of a recorder, or a document that was sent back. */
const countedItem = z.object({
    id: z.string(),
    organisation: named,
    /** Of the reader's own organisation: its page can be opened. Of one below it is read here and no more. */
    own: z.boolean(),
    /** When the act began, the gap began, the finding was made, the fault reported, the document sent back. */
    at: instant,
    /** Whom it is counted for. */
    person: personRef.nullable(),
    act: z.object({ id, number: z.string(), scenario, place: z.string(), startsAt: instant }).nullable(),
    /** The act as it was judged last; null where the part is no act, gap or recording. */
    judged: z
        .object({
            ...{ verdict: z.enum(VERDICTS), requiredMs: count, coveredMs: count, exemptMs: count },
            /** Rules that count and are not met, or wait for a fact or a person. */
            unmet: z.array(z.object({ rule: z.enum(ACT_RULE_IDS), verdict: z.enum(VERDICTS) })),
        })
        .nullable(),
    gap: interruption.pick({ from: true, to: true, place: true, state: true, person: true }).nullable(),
    /** Null too where a later judgement no longer says which recording it was. */
    late: z.object({ recordingId: id, tookMs: count, limitMs: count }).nullable(),
    finding: findingItem.pick({ id: true, rule: true, code: true, params: true, clause: true, state: true }).nullable(),
    device: z.object({ id, number: z.string(), model: z.string().nullable() }).nullable(),
    document: z
        .object({
            ...{ id, type: z.enum(DOCUMENT_TYPE_IDS), title: z.string(), number: z.string().nullable() },
            step: z.enum(['returned', 'faultFound']),
        })
        .nullable(),
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
            city: cityRates,
            /** Fewer than two districts beside the reader's have judged acts in these months: an average would say what one of them has. */
            cityWithheld: z.boolean(),
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
    'statistics.counted': endpoint({
        method: 'GET',
        path: '/api/statistics/compliance/counted',
        summary: 'What one figure of the statistics counts, one by one, newest first',
        query: z.object({
            ...pageQuery,
            figure: z.enum(COUNTED_FIGURES).default('acts'),
            ...{ from: month.optional(), to: month.optional(), organisationId: id.optional() },
            /** `none`: of nobody, of whoever is in no department, of no act. */
            ...{ departmentId: orNone(id).optional(), personId: orNone(id).optional(), scenario: orNone(scenario).optional() },
        }),
        response: page(countedItem).extend({
            ...{ figure: z.enum(COUNTED_FIGURES), from: month, to: month, now: instant },
            /** As the figure stands in the statistics: what is listed and what is hidden together; null: it is not counted so. */
            count: rate,
            /** Parts of secret acts that the reader may not see: counted, never listed (附件1 第12条). */
            hidden: count,
            /** Of all acts of the figure together, hidden ones too. */
            sum: figures.extend(rates.shape),
            organisation: named.nullable(),
            department: named.nullable(),
            person: personRef.nullable(),
        }),
        errors: ['statistics.periodInvalid'],
        permission: 'finding.list',
        kind: 'query',
    }),
};
