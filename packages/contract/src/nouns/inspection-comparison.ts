import { COMPARED_CHOICES, COMPARED_ORDERS, COMPARED_STATES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { id, idParams, instant, organisationRef, page, pageQuery, scenario } from '../shapes.ts';

const permille = z.number().int();
const answer = z.object({
    item: z.string(),
    most: z.number().int(),
    weight: z.number().int(),
    /** As they count now; null: the item does not apply to the act. */
    points: z.number().int().nullable(),
    /** What the reviewer gave, where an upheld objection changed it. */
    given: z.number().int().optional(),
    words: z.string().optional(),
});
const scores = {
    here: permille.nullable(),
    there: permille.nullable(),
    /** `there` less `here`, each by the scheme of its own inspection. */
    difference: permille.nullable(),
    sameScheme: z.boolean(),
    /** How many of the items that both schemes ask are not answered alike. */
    differing: z.number().int(),
};
const about = z.object({ id, number: z.string(), title: z.string(), by: organisationRef });

export const inspectionComparisonEndpoints = {
    'inspection.compared': endpoint({
        method: 'GET',
        path: '/api/inspection-comparisons',
        summary: 'Acts reviewed here that another inspection reviewed too, with both scores; handed-in sheets only',
        query: z.object({
            ...pageQuery,
            inspectionId: id,
            choice: z.enum(COMPARED_CHOICES).optional(),
            /** Beside this inspection only. */
            withId: id.optional(),
            order: z.enum(COMPARED_ORDERS).default('place'),
        }),
        response: page(
            z.object({
                ...scores,
                sheetId: id,
                place: z.number().int(),
                number: z.string(),
                organisation: z.string(),
                scenario,
                other: about,
                /** The other sheet; null where it is no page of the reader's. */
                otherSheetId: id.nullable(),
                /** How many items both schemes ask. */
                shared: z.number().int(),
                /** Difference over what both ask and both found to apply, by the points and weights of this inspection. */
                alike: permille.nullable(),
            }),
        ).extend({
            /** The other inspections there are, whatever is chosen. */
            others: z.array(about),
            /** Of all that can be compared with the inspection chosen, or with any. */
            summary: z.object({
                acts: z.number().int(),
                pairs: z.number().int(),
                ...{ higher: z.number().int(), lower: z.number().int(), same: z.number().int() },
                mean: permille.nullable(),
            }),
            /** Acts left out because the reader is still to hand in a sheet of the own about them. */
            withheld: z.number().int(),
        }),
        errors: ['inspection.notFound'],
        permission: 'inspection.list',
        kind: 'query',
    }),
    'inspectionSheet.compare': endpoint({
        method: 'GET',
        path: '/api/inspection-sheets/:id/comparison',
        summary: 'Other handed-in sheets about the act of a handed-in sheet, item by item; never before the own one is handed in',
        params: idParams,
        response: z.object({
            others: z.array(
                z.object({
                    ...scores,
                    inspection: about,
                    sheetId: id.nullable(),
                    closedAt: instant,
                    remark: z.string().nullable(),
                    items: z.array(
                        z.object({
                            key: z.string(),
                            here: answer,
                            there: answer,
                            state: z.enum(COMPARED_STATES),
                        }),
                    ),
                    alike: z.object({ here: permille, there: permille }).nullable(),
                }),
            ),
            /** The reader is still to hand in a sheet of the own about this act: nothing is told before. */
            withheld: z.boolean(),
        }),
        errors: ['inspection.sheetNotFound', 'inspection.notFinished'],
        permission: 'inspection.list',
        kind: 'query',
    }),
};
