import { MERGE_STATES, PARTY_KINDS, PARTY_STATES } from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, id, idParams, instant, line, page, pageQuery, personRef } from '../shapes.ts';

/** How much of each kind a merger moves; recordings and sites go with their acts and premises. */
export const mergeMoves = z.object({
    acts: z.number().int(),
    recordings: z.number().int(),
    premises: z.number().int(),
    sites: z.number().int(),
    licences: z.number().int(),
    documents: z.number().int(),
    cases: z.number().int(),
    complaints: z.number().int(),
    tasks: z.number().int(),
});

const side = z.object({
    id,
    name: z.string(),
    kind: z.enum(PARTY_KINDS),
    creditCode: z.string().nullable(),
    legalRepresentative: z.string().nullable(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    state: z.enum(PARTY_STATES),
});

const version = z.number().int();

/** With what tells two of one name apart. */
const mergedParty = z.object({ id, name: z.string(), creditCode: z.string().nullable(), address: z.string().nullable() });

export const partyMergeEndpoints = {
    'party.previewMerge': endpoint({
        method: 'GET',
        path: '/api/parties/:id/merge-preview',
        summary: 'What would move if this party were merged into another',
        params: idParams,
        query: z.object({ survivorId: id }),
        response: z.object({ duplicate: side, survivor: side, moves: mergeMoves }),
        errors: ['party.notFound', 'party.merged', 'party.mergeSelf'],
        permission: 'party.merge',
        kind: 'query',
    }),
    'party.merges': endpoint({
        method: 'GET',
        path: '/api/party-merges',
        summary: 'Mergers and proposals of them, newest first',
        query: z.object({ ...pageQuery, partyId: id.optional(), state: z.enum(MERGE_STATES).optional() }),
        response: page(
            z.object({
                id,
                version,
                duplicate: mergedParty,
                survivor: mergedParty,
                state: z.enum(MERGE_STATES),
                reason: z.string(),
                proposedBy: personRef,
                proposedAt: instant,
                decidedBy: personRef.nullable(),
                decidedAt: instant.nullable(),
                decisionNote: z.string().nullable(),
                undoneBy: personRef.nullable(),
                undoneAt: instant.nullable(),
                undoReason: z.string().nullable(),
            }),
        ),
        errors: [],
        permission: 'party.list',
        kind: 'query',
    }),
    'party.proposeMerge': endpoint({
        method: 'POST',
        path: '/api/party-merges',
        summary: 'Proposes to merge a duplicate into its survivor; another person confirms',
        body: z.object({ duplicateId: id, survivorId: id, reason: line(200) }),
        response: createdId,
        errors: ['party.notFound', 'party.merged', 'party.mergeSelf', 'party.mergeOpen'],
        permission: 'party.merge',
        kind: 'command',
    }),
    'party.confirmMerge': endpoint({
        method: 'POST',
        path: '/api/party-merges/:id/confirm',
        summary: 'Confirms a merger as previewed, and carries it out',
        params: idParams,
        body: z.object({ version, seen: mergeMoves }),
        response: z.object({ version }),
        errors: [
            'party.mergeNotFound',
            'party.mergeNotOpen',
            'party.mergeSamePerson',
            'party.merged',
            'conflict.changedMeanwhile',
        ],
        permission: 'party.merge',
        kind: 'command',
    }),
    'party.rejectMerge': endpoint({
        method: 'POST',
        path: '/api/party-merges/:id/reject',
        summary: 'Ends a proposal without a merger: withdrawn by who made it, rejected by anybody else',
        params: idParams,
        body: z.object({ version, reason: line(200) }),
        response: z.object({ version }),
        errors: ['party.mergeNotFound', 'party.mergeNotOpen', 'conflict.changedMeanwhile'],
        permission: 'party.merge',
        kind: 'command',
    }),
    'party.undoMerge': endpoint({
        method: 'POST',
        path: '/api/party-merges/:id/undo',
        summary: 'Puts everything that a merger moved back where it was, or refuses and says why',
        params: idParams,
        body: z.object({ version, reason: line(200) }),
        response: z.object({ version }),
        errors: [
            'party.mergeNotFound',
            'party.mergeNotConfirmed',
            'party.mergeLater',
            'party.mergeMovedOn',
            'party.mergeUsedSince',
            'conflict.changedMeanwhile',
        ],
        permission: 'party.merge',
        kind: 'command',
    }),
};
