import { DomainError } from '@liuhen/domain';
import { z } from 'zod';

/** An opaque place in a sorted list: the sort keys of the last row shown. */
export const cursorAfter = (keys: readonly (string | number)[]): string =>
    Buffer.from(JSON.stringify(keys)).toString('base64url');

/** The keys of a cursor, checked; anything that is none of ours is `request.invalid`. */
export function cursorKeys<T>(shape: z.ZodType<T>, cursor: string | undefined): T | undefined {
    if (cursor === undefined) return undefined;
    try {
        return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    } catch {
        throw new DomainError('request.invalid', { path: 'cursor' });
    }
}

/** Asks for one row more than the page holds, and so knows whether there is a next one. */
export function pageOf<Row>(
    rows: readonly Row[],
    limit: number,
    keysOf: (row: Row) => readonly (string | number)[],
): { rows: readonly Row[]; next: string | null } {
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return { rows: shown, next: rows.length > limit && last !== undefined ? cursorAfter(keysOf(last)) : null };
}

const AT = z.tuple([z.int()]);

/** The page of a list that is at hand as a whole; its cursor is the place in the list at which the page begins. */
export function pageWithin<Item>(
    items: readonly Item[],
    { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): { items: Item[]; next: string | null } {
    const [start = 0] = cursorKeys(AT, cursor) ?? [];
    const end = start + limit;
    return { items: items.slice(start, end), next: end < items.length ? cursorAfter([end]) : null };
}
