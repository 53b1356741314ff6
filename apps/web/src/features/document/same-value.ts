import type { FieldValue } from '@liuhen/domain';

/**
 * Whether two values of a field say the same. What somebody is typing or pasted has no canonical form yet (text that is not NFC,
 * half a surrogate pair), and is compared all the same: a view that breaks on it would take the text with it.
 */
export const isSameValue = (one: FieldValue | undefined, other: FieldValue | undefined): boolean =>
    JSON.stringify(plain(one ?? '')) === JSON.stringify(plain(other ?? ''));

function plain(value: unknown): unknown {
    if (typeof value === 'string') return value.normalize('NFC');
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, member]) => [name, plain(member)]);
}
