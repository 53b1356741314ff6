import { DomainError, type Id } from '@liuhen/domain';
import type { ReadOptions } from './store.ts';

const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64}$/;

/** `<organisation>/ab/cd/<sha256>`: the same in every kind of store, so that a copy is found under its name anywhere. */
export const keyOf = (orgId: Id, sha256: string): string => `${orgId}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;

export const isKey = (text: string): boolean => KEY.test(text);

/** Throws `storage.badKey` for anything that this system has not made itself. */
export function checkedKey(key: string): string {
    if (!isKey(key)) throw new DomainError('storage.badKey');
    return key;
}

/** The half-open range that is asked for. Throws `storage.badRange {size}`. */
export function rangeOf(read: ReadOptions, size: bigint): { start: bigint; end: bigint } {
    const start = read.start ?? 0n;
    const end = read.end ?? size;
    if (start < 0n || end < start || end > size) throw new DomainError('storage.badRange', { size: Number(size) });
    return { start, end };
}
