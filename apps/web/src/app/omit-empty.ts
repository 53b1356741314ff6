type Filled<T> = { [K in keyof T]: Exclude<T[K], null> };

/** Leaves out what was not filled in: the contract takes absence, not empty strings. */
export function omitEmpty<T extends Record<string, unknown>>(fields: T): Filled<T> {
    return Object.fromEntries(
        Object.entries(fields).filter(
            ([, value]) => value !== undefined && value !== null && !(typeof value === 'string' && value.trim() === ''),
        ),
    ) as Filled<T>;
}
