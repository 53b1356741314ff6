import type { BodyValue } from '@liuhen/domain';

type Value = string | number | boolean | null;

/** What a command changed, for the body of its entry: old and new value of each field that differs, nothing else. */
export function changesOf<T extends Readonly<Record<string, Value>>>(
    before: { readonly [K in keyof T]: Value },
    after: T,
): { readonly [field: string]: BodyValue } {
    const changed: Record<string, BodyValue> = {};
    for (const [field, to] of Object.entries(after)) {
        const from = before[field] as Value;
        if (from === to) continue;
        changed[field] = { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
    }
    return changed;
}
