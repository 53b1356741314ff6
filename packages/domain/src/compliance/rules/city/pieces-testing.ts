/** A stretch of time in which something does not change. */
export type Piece<T> = { readonly start: number; readonly end: number; readonly value: T };

/**
 * Looks at every stretch between two edges by itself, and puts together those that are alike. Slower than arithmetic on intervals and
 * plain to see, and none of the code that it is held against.
 */
export function piecesOf<T>(edges: readonly number[], valueAt: (at: number) => T): Piece<T>[] {
    const sorted = [...new Set(edges)].sort((a, b) => a - b);
    const pieces: Piece<T>[] = [];
    for (const [index, start] of sorted.entries()) {
        const end = sorted[index + 1];
        if (end === undefined) break;
        const value = valueAt(start);
        const last = pieces.at(-1);
        if (last !== undefined && last.value === value) pieces[pieces.length - 1] = { ...last, end };
        else pieces.push({ start, end, value });
    }
    return pieces;
}

export const isIn = ({ start, end }: { readonly start: number; readonly end: number }, at: number): boolean =>
    start <= at && at < end;
