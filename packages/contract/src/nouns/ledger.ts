import {
    CHECKPOINT_ALARMS,
    EVENT_KINDS,
    type EventKind,
    HEAD_HASHES,
    TIME_STAMP_TROUBLES,
    WITNESS_TROUBLES,
} from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { day, hex32, id, instant, page, pageQuery, size } from '../shapes.ts';

export const eventKind = z.enum(Object.keys(EVENT_KINDS) as [EventKind, ...EventKind[]]);

export const ledgerItem = z.object({
    /** Position in the log, decimal: logs may outgrow 2^53 never, JavaScript numbers not being the reason. */
    index: z.string(),
    at: instant,
    kind: eventKind,
    /** Without a name it was the system. `organisation` is named where it is another one than the log's. */
    actor: z.object({ id, name: z.string().nullable(), organisation: z.string().nullable() }),
    objects: z.array(z.object({ id, seq: z.number().int() })),
    leaf: hex32,
});

const checkpointSize = z.string().regex(/^[1-9][0-9]{0,14}$/);

/**
 * Which proof of an entry is asked for, at `/api/ledger/:index/proof`: of one head's tree, by the checkpoint of `size` entries or the newest.
 * The answer is a file (C2SP tlog-proof), and so is that of `/api/ledger/policy` (C2SP tlog-policy).
 */
export const proofQuery = z.object({
    head: z.enum(HEAD_HASHES).default('sha256'),
    size: checkpointSize.optional(),
});
export const PROOF_PATH = '/api/ledger/:index/proof';

/**
 * Between which two checkpoints of one head it is to be proven that the log only grew, at `/api/ledger/consistency`. The answer is a file in
 * the form of the body of add-checkpoint (C2SP tlog-witness).
 */
export const consistencyQuery = z.object({
    head: z.enum(HEAD_HASHES).default('sha256'),
    from: checkpointSize,
    to: checkpointSize,
});
export const CONSISTENCY_PATH = '/api/ledger/consistency';
export const POLICY_PATH = '/api/ledger/policy';

/** The sheet of a day, to be printed: `/api/ledger/sheets/2026-11-27/sheet.pdf?language=en`. */
export const SHEET_PATH = '/api/ledger/sheets/:day/sheet';
export const sheetQuery = z.object({ language: z.enum(['zh-CN', 'en']).default('zh-CN') });

const sheetHead = z.object({ head: z.enum(HEAD_HASHES), size, root: hex32, at: instant });
/** A token of a time-stamp authority (RFC 3161) about the checkpoint, in base 64, and what it says. */
const timeStamp = z.object({ at: instant, accuracyMs: z.number(), authority: z.string(), token: z.string() });
/** Whether the entries, as they are now, have the root that is asked about; or there are fewer of them. */
const treeNow = z.enum(['same', 'different', 'shorter']);
/** Up to which checkpoint somebody signed a log, and what keeps them from more. */
const witnessStanding = z.object({
    name: z.string(),
    size: size.nullable(),
    at: instant.nullable(),
    trouble: z.object({ code: z.enum(WITNESS_TROUBLES), params: z.record(z.string(), z.string()), since: instant }).nullable(),
    /** It named fewer entries (`answered`) than it had cosigned (`had`): so often, first and last at these times. */
    lapse: z.object({ had: size, answered: size, times: z.number().int(), since: instant, at: instant }).nullable(),
});

export const ledgerEndpoints = {
    'ledger.list': endpoint({
        method: 'GET',
        path: '/api/ledger',
        summary: 'Entries of the own log, newest first; `objectId` lists everything done to one thing',
        query: z.object({
            ...pageQuery,
            kind: eventKind.optional(),
            objectId: id.optional(),
            actorId: id.optional(),
            from: z.coerce.number().int().optional(),
            to: z.coerce.number().int().optional(),
        }),
        response: z.object({
            items: z.array(ledgerItem),
            next: z.string().nullable(),
            total: z.number().int(),
            head: z.object({ size: z.string(), chain: hex32 }),
        }),
        errors: [],
        permission: 'ledger.view',
        kind: 'query',
    }),
    'ledger.checkpoints': endpoint({
        method: 'GET',
        path: '/api/ledger/checkpoints',
        summary: 'Signed checkpoints of the own log, newest first, as notes (C2SP tlog-checkpoint); how far the log is signed',
        query: z.object({
            ...pageQuery,
            head: z.enum(HEAD_HASHES).optional(),
            from: z.coerce.number().int().optional(),
            to: z.coerce.number().int().optional(),
        }),
        response: z.object({
            items: z.array(
                z.object({
                    head: z.enum(HEAD_HASHES),
                    size,
                    root: hex32,
                    at: instant,
                    /** With every signature it has by now. */
                    note: z.string(),
                    /** Who cosigned it, and when, as they say. */
                    witnesses: z.array(z.object({ name: z.string(), at: instant })),
                }),
            ),
            next: z.string().nullable(),
            total: z.number().int(),
            /** Entries of the log, and how many of them are under a signed checkpoint. */
            standing: z.object({
                size,
                signed: size,
                /** Who is to witness: the largest checkpoint of SHA-256 that they cosigned, and what keeps them from more. */
                witnesses: z.array(witnessStanding),
                /** Who is to keep every entry, the same of them. */
                mirrors: z.array(witnessStanding),
                /** Why nothing is signed now; null while nothing is wrong. */
                alarm: z
                    .object({
                        code: z.enum(CHECKPOINT_ALARMS),
                        params: z.record(z.string(), z.union([z.string(), z.number()])),
                        since: instant,
                    })
                    .nullable(),
            }),
        }),
        errors: [],
        permission: 'ledger.view',
        kind: 'query',
    }),
    'ledger.sheets': endpoint({
        method: 'GET',
        path: '/api/ledger/sheets',
        summary:
            'Every day since the log began, newest first, with the last checkpoint of each head on that day; none on a day without',
        query: z.object({ ...pageQuery, from: day.optional(), to: day.optional() }),
        response: page(
            z.object({
                day,
                /** The day is over, so there will be no other sheet of it. */
                over: z.boolean(),
                heads: z.array(sheetHead.extend({ stamp: timeStamp.nullable() })),
            }),
        ).extend({
            /** Whether an authority is asked at all, and why there is no time-stamp now. */
            stamps: z.object({
                stamping: z.boolean(),
                trouble: z
                    .object({
                        code: z.enum(TIME_STAMP_TROUBLES),
                        params: z.record(z.string(), z.union([z.string(), z.number()])),
                        since: instant,
                    })
                    .nullable(),
            }),
        }),
        errors: [],
        permission: 'ledger.view',
        kind: 'query',
    }),
    'ledger.compareSheet': endpoint({
        method: 'GET',
        path: '/api/ledger/sheets/compare',
        summary: 'Compares what stands on a daily sheet, a root or the text of its code, with the own log as it is now',
        query: z
            .object({ root: hex32.optional(), note: z.string().max(20_000).optional() })
            .refine(({ root, note }) => (root === undefined) !== (note === undefined)),
        response: z.object({
            /** Checkpoints that were published with this root. */
            found: z.array(sheetHead.extend({ tree: treeNow })),
            /** What the text of the code says, where that was given. */
            note: z
                .object({
                    origin: z.string(),
                    size,
                    root: hex32,
                    /** Another log, or a name that this one never had. */
                    own: z.boolean(),
                    /** Signed by a key that this log introduced. */
                    signed: z.boolean(),
                    tree: treeNow,
                })
                .nullable(),
        }),
        errors: ['ledger.sheetUnreadable'],
        permission: 'ledger.view',
        kind: 'query',
    }),
    'ledger.get': endpoint({
        method: 'GET',
        path: '/api/ledger/:index',
        summary: 'One entry: its signed bytes, hashes and signature',
        params: z.object({ index: z.string().regex(/^(0|[1-9][0-9]{0,17})$/) }),
        response: ledgerItem.extend({
            entry: z.string(),
            chain: hex32,
            commandId: id,
            bodyState: z.enum(['kept', 'destroyed']),
            content: z.array(z.object({ sha256: hex32, sm3: hex32, size: z.string() })),
            rows: z.array(z.object({ table: z.string(), id, version: z.number().int() })),
        }),
        errors: ['ledger.notFound'],
        permission: 'ledger.view',
        kind: 'query',
    }),
    'ledger.viewBody': endpoint({
        method: 'POST',
        path: '/api/ledger/:index/body',
        summary: 'Opens the body of an entry (names, values); looking is an entry of its own',
        params: z.object({ index: z.string().regex(/^(0|[1-9][0-9]{0,17})$/) }),
        response: z.object({ body: z.record(z.string(), z.unknown()) }),
        errors: ['ledger.notFound', 'ledger.bodyDestroyed', 'act.restricted', 'inspection.ownSheetFirst'],
        permission: 'ledger.viewBody',
        kind: 'command',
    }),
};
