import { CASE_ROW_FAULTS, PROCEDURES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, day, id, instant, line, partyRef, text } from '../shapes.ts';
import { refusal, stepData } from './case-shapes.ts';
import { TABLE_BODY_LIMIT, TABLE_ERRORS, tableFile } from './table-shapes.ts';

const LIST_ERRORS = [...TABLE_ERRORS, 'case.listNoColumns', 'request.tooLarge'] as const;
export const MOST_CASE_ROWS = 500;
const list = {
    ...tableFile,
    /** The system they come from; with its number it says which case it is. */
    from: line(120),
};
const paper = z.object({ number: z.string().nullable(), date: day.nullable() });

/** A step as the procedure sees it: what speaks against it, and what was not said. */
const toldStep = z.object({
    step: z.string(),
    at: instant,
    hasTime: z.boolean(),
    paper: paper.nullable(),
    refusals: z.array(refusal),
    unstated: z.array(z.string()),
});

export const caseImportRow = z.object({
    /** Line of the list, the first after its headings being 1. */
    place: z.number().int(),
    externalNumber: z.string(),
    title: z.string(),
    procedure: z.enum(PROCEDURES).nullable(),
    openedAt: instant.nullable(),
    party: partyRef.nullable(),
    partyByName: z.boolean(),
    handlers: z.array(z.string()),
    /** Where the steps lead. */
    state: z.string().nullable(),
    /** What the other system states, where it does. */
    statedState: z.string().nullable(),
    steps: z.array(toldStep),
    /** What speaks against the state that is stated. */
    refusals: z.array(refusal),
    /** A case of that number from that system, which is here already. */
    known: z.object({ id, number: z.string() }).nullable(),
    faults: z.array(z.object({ code: z.enum(CASE_ROW_FAULTS), value: z.string() })),
});

export const caseImportEndpoints = {
    'case.importPreview': endpoint({
        method: 'POST',
        path: '/api/case-imports/preview',
        summary: 'What would become of each row of a list of cases: its steps taken through the procedure; nothing is taken in',
        body: z.object(list),
        response: z.object({ rows: z.array(caseImportRow), others: z.array(z.string()) }),
        errors: [...LIST_ERRORS],
        permission: 'case.import',
        // It carries a file and is therefore sent as commands are, other sites kept out; it writes nothing.
        kind: 'command',
        bodyLimit: TABLE_BODY_LIMIT,
    }),
    'case.importMany': endpoint({
        method: 'POST',
        path: '/api/case-imports',
        summary:
            'Takes in the chosen rows of a list, all of them or none. What the procedure does not allow comes in as stated by the other system, not checked, with a reason',
        body: z.object({
            ...list,
            places: z.array(z.number().int().min(1)).min(1).max(MOST_CASE_ROWS),
            stated: z.array(z.object({ place: z.number().int().min(1), reason: line(300) })).default([]),
        }),
        response: z.object({ items: z.array(z.object({ place: z.number().int(), id })) }),
        errors: [...LIST_ERRORS, 'case.importRowFaulty', 'case.importStepRefused'],
        permission: 'case.import',
        kind: 'command',
        bodyLimit: TABLE_BODY_LIMIT,
    }),
    'case.import': endpoint({
        method: 'POST',
        path: '/api/cases/import',
        summary:
            'Takes in one case from another system with its steps; refused where the procedure does not allow them and no reason is given',
        body: z.object({
            from: line(120),
            externalNumber: line(80),
            procedure: z.enum(PROCEDURES),
            title: line(200),
            partyId: id.optional(),
            openedAt: instant,
            breachAt: instant.optional(),
            summary: text(4000).optional(),
            handlerIds: z.array(id).min(1).max(20),
            /** The state that the other system states. */
            state: line(40).optional(),
            steps: z
                .array(
                    z.object({
                        step: line(40),
                        at: instant,
                        /** Whether the hour was told, or only the day. */
                        hasTime: z.boolean().default(true),
                        paper: z.object({ number: line(100).nullable(), date: day.nullable() }).optional(),
                        data: stepData.default({}),
                    }),
                )
                .max(60),
            statedReason: line(300).optional(),
        }),
        response: createdId,
        errors: [
            'case.importStepRefused',
            'case.importRowFaulty',
            'case.parentMissing',
            'case.dateInFuture',
            'case.breachAfterOpening',
            'case.personTwice',
            'person.notFound',
            'party.notFound',
            'party.merged',
        ],
        permission: 'case.import',
        kind: 'command',
    }),
};
