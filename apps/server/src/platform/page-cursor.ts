import { DomainError } from '@liuhen/domain';
import type { z } from 'zod';

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
