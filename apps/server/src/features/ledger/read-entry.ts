import { DomainError, type Entry, parseEntry } from '@liuhen/domain';

/** `undefined` for bytes that are no entry: naming what is wrong with them is the verifier's work. */
export function readEntry(bytes: Uint8Array): Entry | undefined {
    return unlessRefused(() => parseEntry(bytes));
}

/** What `read` gives; `undefined` where the domain refuses what is read. */
export function unlessRefused<T>(read: () => T): T | undefined {
    try {
        return read();
    } catch (error) {
        if (error instanceof DomainError) return undefined;
        throw error;
    }
}
