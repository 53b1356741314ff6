import { DRAW_SECRET_LENGTH } from '../chance/draw-sample.ts';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { fromHex, isHex, toHex } from '../kernel/hex.ts';
import type { Instant } from '../kernel/instant.ts';
import type { HashFunction } from '../ledger/digest.ts';
import type { DrawLists, DrawResult } from './draw.ts';
import { listsDigest, normalLists } from './draw-lists.ts';
import { drawCommitment, runDraw } from './draw-run.ts';

export const DRAW_RECORD_FORMAT = 'liuhen.draw.record.v1';

/** Everything that is published about a draw: whoever has it can draw again and compare. */
export type DrawRecord = {
    readonly format: typeof DRAW_RECORD_FORMAT;
    readonly organisation: { readonly code: string; readonly name: string };
    readonly number: string;
    readonly lists: DrawLists;
    readonly listsDigest: string;
    readonly commitment: string;
    readonly committedAt: Instant;
    readonly secret: string;
    readonly publicValue?: string;
    readonly revealedAt: Instant;
    /** Earlier draws of the same objects, with the reason for drawing again. */
    readonly earlier: readonly string[];
    readonly redrawReason?: string;
    readonly result: DrawResult;
};

/** What does not agree when a record is worked out again. */
export const DRAW_FAULTS = ['format', 'lists', 'listsDigest', 'commitment', 'result'] as const;
export type DrawFault = (typeof DRAW_FAULTS)[number];

/** Draws again from what a record states; the faults it has, none when all agrees. Takes anything, throws nothing. */
export function checkDrawRecord(sha256: HashFunction, given: unknown): { faults: DrawFault[]; result?: DrawResult } {
    const record = given as Partial<DrawRecord> | null;
    if (typeof record !== 'object' || record?.format !== DRAW_RECORD_FORMAT) return { faults: ['format'] };
    const { lists, secret, publicValue } = record;
    if (!isHex(secret, DRAW_SECRET_LENGTH) || lists === undefined) return { faults: ['format'] };
    try {
        const faults: DrawFault[] = [];
        const normal = normalLists(lists);
        // A value that was announced and is missing, or given and not announced, is another draw.
        if (canonicalJson(normal) !== canonicalJson(lists) || (lists.publicValueIs === undefined) !== (publicValue === undefined))
            faults.push('lists');
        const digest = listsDigest(sha256, normal);
        if (toHex(digest) !== record.listsDigest) faults.push('listsDigest');
        const secretBytes = fromHex(secret);
        if (toHex(drawCommitment(sha256, secretBytes, digest)) !== record.commitment) faults.push('commitment');
        const result = runDraw(sha256, normal, secretBytes, publicValue);
        if (record.result === undefined || canonicalJson(result) !== canonicalJson(record.result)) faults.push('result');
        return { faults, result };
    } catch {
        return { faults: ['format'] };
    }
}
