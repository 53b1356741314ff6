import { MEDIUM_KINDS, MEDIUM_RESULTS, MEDIUM_STANDINGS, MOST_COPIES, MOST_PIECES, MOST_RETRIEVED } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, empty, id, idParams, instant, line, optionalLine, personRef } from '../shapes.ts';

/** An entry that was wrong stays, with who took it back and why. */
const withdrawn = z.object({ by: personRef, at: instant, why: z.string() }).nullable();

const medium = z.object({
    id,
    kind: z.enum(MEDIUM_KINDS),
    /** What is written on it; one of this name only stands in an organisation. */
    label: z.string(),
    /** Discs or disks of one copy. */
    pieces: z.number().int(),
    copies: z.number().int(),
    /** The package that is on it; null where recordings were chosen. */
    retrieval: z.object({ id, number: z.string() }).nullable(),
    recordings: z.array(z.object({ id, name: z.string() })),
    writtenBy: personRef,
    writtenAt: instant,
    keptAt: z.string(),
    note: z.string().nullable(),
    standing: z.enum(MEDIUM_STANDINGS),
    withdrawn,
    /** The latest first. */
    checks: z.array(
        z.object({
            id,
            copy: z.number().int(),
            result: z.enum(MEDIUM_RESULTS),
            done: z.string().nullable(),
            by: personRef,
            at: instant,
            withdrawn,
        }),
    ),
});

/** Media on which recordings are kept for long, and their checks (附件1 第18条). */
export const mediumEndpoints = {
    'medium.list': endpoint({
        method: 'GET',
        path: '/api/media',
        summary: 'Media that hold recordings of one act, case or retrieval, and which of these recordings are on none',
        // Of one of them: there is no list of all.
        query: z
            .object({ actId: id.optional(), caseId: id.optional(), retrievalId: id.optional() })
            .refine((of) => Object.values(of).filter((each) => each !== undefined).length === 1),
        response: z.object({
            media: z.array(medium),
            /** `evidence`: listed as evidence of a case, or fetched as such; `kept`: on a medium that is not damaged. */
            recordings: z.array(z.object({ id, name: z.string(), evidence: z.boolean(), kept: z.boolean() })),
        }),
        errors: ['medium.sourceUnclear', 'act.notFound', 'case.notFound', 'retrieval.notFound'],
        permission: 'medium.list',
        kind: 'query',
    }),
    'medium.record': endpoint({
        method: 'POST',
        path: '/api/media',
        summary: 'Enters a medium that was written: with recordings of an act or case, or with the package of a retrieval',
        body: z.object({
            actId: id.optional(),
            caseId: id.optional(),
            retrievalId: id.optional(),
            recordingIds: z.array(id).min(1).max(MOST_RETRIEVED).optional(),
            kind: z.enum(MEDIUM_KINDS),
            label: line(100),
            pieces: z.number().int().min(1).max(MOST_PIECES),
            copies: z.number().int().min(1).max(MOST_COPIES),
            writtenById: id,
            writtenAt: instant,
            keptAt: line(200),
            note: optionalLine(500),
        }),
        response: createdId,
        errors: [
            'medium.sourceUnclear',
            'medium.recordingElsewhere',
            'medium.labelTaken',
            'medium.writtenInFuture',
            'medium.writtenBefore',
            'act.notFound',
            'act.restricted',
            'case.notFound',
            'recording.notFound',
            'retrieval.notFound',
            'retrieval.notPackaged',
            'person.notFound',
        ],
        permission: 'medium.manage',
        kind: 'command',
    }),
    'medium.move': endpoint({
        method: 'POST',
        path: '/api/media/:id/move',
        summary: 'Notes that a medium is kept elsewhere now, and why',
        params: idParams,
        body: z.object({ keptAt: line(200), reason: line(200) }),
        response: empty,
        errors: ['medium.notFound', 'medium.ended', 'medium.keptThere', 'act.restricted'],
        permission: 'medium.manage',
        kind: 'command',
    }),
    'medium.withdraw': endpoint({
        method: 'POST',
        path: '/api/media/:id/withdraw',
        summary: 'Takes back an entry that was wrong, with a reason; it stays to be read',
        params: idParams,
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['medium.notFound', 'medium.ended', 'act.restricted'],
        permission: 'medium.manage',
        kind: 'command',
    }),
    'medium.check': endpoint({
        method: 'POST',
        path: '/api/media/:id/checks',
        summary: 'Enters what a check of one copy gave, and what was done',
        params: idParams,
        body: z.object({
            copy: z.number().int().min(1).max(MOST_COPIES),
            result: z.enum(MEDIUM_RESULTS),
            done: optionalLine(500),
            checkedById: id,
            checkedAt: instant,
        }),
        response: createdId,
        errors: [
            'medium.notFound',
            'medium.ended',
            'medium.noSuchCopy',
            'medium.checkedInFuture',
            'medium.checkedBefore',
            'medium.doneMissing',
            'person.notFound',
            'act.restricted',
        ],
        permission: 'medium.manage',
        kind: 'command',
    }),
    'medium.withdrawCheck': endpoint({
        method: 'POST',
        path: '/api/media/:id/checks/:checkId/withdraw',
        summary: 'Takes back a check that was entered wrongly, with a reason; it stays to be read',
        params: z.object({ id, checkId: id }),
        body: z.object({ reason: line(200) }),
        response: empty,
        errors: ['medium.notFound', 'medium.ended', 'medium.checkNotFound', 'act.restricted'],
        permission: 'medium.manage',
        kind: 'command',
    }),
};
