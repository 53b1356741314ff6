import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    addDays,
    type Day,
    DomainError,
    dayOf,
    daysBetween,
    type HeadHash,
    type Id,
    type Instant,
    isDay,
    startOfDay,
    toHex,
} from '@liuhen/domain';
import { z } from 'zod';
import type { ReadDb } from '../../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../../platform/page-cursor.ts';
import { lastBefore, lastOfDays, ofHead, type SheetHead } from '../checkpoint/day-checkpoints.queries.ts';
import { stampsOf, stampTroubleOf } from '../stamp/stamp.queries.ts';

type Query = QueryOf<Endpoints['ledger.sheets']>;
type List = ResponseOf<Endpoints['ledger.sheets']>;

/** What a sheet says, with the same of the sheet before it. */
export type Sheet = {
    readonly heads: readonly (SheetHead & { readonly before: SheetHead | undefined })[];
    readonly over: boolean;
};

const cursorShape = z.tuple([z.string().refine(isDay)]);

/** Every day since the log began, newest first: a day on which nothing was signed stands there too, and says so. */
export async function listSheets(db: ReadDb, orgId: Id, now: Instant, query: Query, stamping: boolean): Promise<List> {
    const first = await firstDay(db, orgId);
    const trouble = await stampTroubleOf(db, orgId);
    const stamps = {
        stamping,
        trouble: trouble === undefined ? null : { ...trouble, params: JSON.parse(trouble.params) },
    };
    if (first === undefined) return { items: [], next: null, total: 0, stamps };
    const [from, today] = [later(first, query.from), dayOf(now)];
    // A clock that went back must not hide what was signed.
    const newest = later(today, await lastDay(db, orgId));
    const to = query.to !== undefined && query.to < newest ? query.to : newest;
    const [before] = cursorKeys(cursorShape, query.cursor) ?? [];
    const start = before === undefined || before > to ? to : addDays(before, -1);
    const left = daysBetween(from, start) + 1;
    const days = Array.from({ length: Math.max(0, Math.min(left, query.limit + 1)) }, (_, back) => addDays(start, -back));
    const { rows, next } = pageOf(days, query.limit, (day) => [day]);
    const heads = await lastOfDays(db, orgId, rows);
    const tokens = await stampsOf(
        db,
        orgId,
        [...heads.values()].flat().map(({ size }) => size),
    );
    const stampOf = (head: HeadHash, size: bigint) => {
        const found = tokens.find((each) => each.hash === head && BigInt(each.size) === size);
        if (found === undefined) return null;
        const { time, accuracy_ms, authority, token } = found;
        return { at: time, accuracyMs: accuracy_ms, authority, token: Buffer.from(token).toString('base64') };
    };
    const items = rows.map((day) => ({
        day,
        over: day < today,
        heads: (heads.get(day) ?? []).map(({ head, size, root, at }) => ({
            head,
            size: String(size),
            root: toHex(root),
            at,
            stamp: stampOf(head, size),
        })),
    }));
    return { items, next, total: Math.max(0, daysBetween(from, to) + 1), stamps };
}

/** What is printed of a day. Throws `ledger.sheetNone` where nothing was signed on it. */
export async function sheetOf(db: ReadDb, orgId: Id, day: Day, now: Instant): Promise<Sheet> {
    const heads = (await lastOfDays(db, orgId, [day])).get(day);
    if (heads === undefined) throw new DomainError('ledger.sheetNone', { day });
    const before = await Promise.all(heads.map(({ head }) => lastBefore(db, orgId, head, startOfDay(day))));
    return { heads: heads.map((head, index) => ({ ...head, before: before[index] })), over: day < dayOf(now) };
}

async function firstDay(db: ReadDb, orgId: Id): Promise<Day | undefined> {
    const row = await ofHead(db, orgId, 'sha256').select('at').orderBy('at').limit(1).executeTakeFirst();
    return row === undefined ? undefined : dayOf(row.at);
}

async function lastDay(db: ReadDb, orgId: Id): Promise<Day | undefined> {
    const row = await ofHead(db, orgId, 'sha256').select('at').orderBy('at', 'desc').limit(1).executeTakeFirst();
    return row === undefined ? undefined : dayOf(row.at);
}

const later = (day: Day, other: Day | undefined): Day => (other !== undefined && other > day ? other : day);
