/** Reads one value of the address; `undefined` when it is absent or not what it should be: a bad link still opens. */
export type Reader<T> = (raw: string) => T | undefined;

export const words =
    (most = 100): Reader<string> =>
    (raw) =>
        raw.trim() === '' ? undefined : raw.slice(0, most);

export const oneOf =
    <const T extends string>(values: readonly T[]): Reader<T> =>
    (raw) =>
        values.find((value) => value === raw);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const uuid: Reader<string> = (raw) => (UUID.test(raw) ? raw : undefined);

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
/** A calendar day `2026-11-18`. */
export const day: Reader<string> = (raw) => (DAY.test(raw) ? raw : undefined);

const MONTH = /^[1-9]\d{3}-(0[1-9]|1[0-2])$/;
/** A calendar month `2026-11`. */
export const month: Reader<string> = (raw) => (MONTH.test(raw) ? raw : undefined);

export const logIndex: Reader<string> = (raw) => (/^(0|[1-9]\d{0,17})$/.test(raw) ? raw : undefined);

type Readers = Record<string, Reader<unknown>>;
export type SearchOf<R extends Readers> = { [K in keyof R]?: NonNullable<ReturnType<R[K]>> };

/** The filters of a page from its address. Unknown names are dropped, so that links stay clean. */
export const readSearch =
    <R extends Readers>(readers: R) =>
    (raw: Record<string, unknown>): SearchOf<R> => {
        const found: Record<string, unknown> = {};
        for (const [name, read] of Object.entries(readers)) {
            const given = raw[name];
            const value = typeof given === 'string' ? read(given) : undefined;
            if (value !== undefined) found[name] = value;
        }
        return found as SearchOf<R>;
    };

/** Addresses stay readable: `?state=open&q=口腔`, no JSON in them. */
export const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));

export function stringifySearch(search: Record<string, unknown>): string {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(search)) {
        if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
    }
    return params.size === 0 ? '' : `?${params}`;
}
