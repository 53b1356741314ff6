import type { RandomAccess } from './zip-reader.ts';

/** Windows that are kept: of a reader that goes forward, the one it is in and the next. */
const KEPT = 2;

/**
 * Bytes that are had in large pieces only, read anywhere with bounded memory: many small reads beside each other ask once. `load` gives exactly
 * the bytes from `start` up to `end`, which are a whole `window` but at the end of `size`.
 */
export function windowAccess(
    size: number,
    window: number,
    load: (start: number, end: number) => Promise<Uint8Array>,
): RandomAccess {
    const loaded = new Map<number, Promise<Uint8Array>>();
    const windowAt = (place: number): Promise<Uint8Array> => {
        const known = loaded.get(place);
        if (known !== undefined) return known;
        const loading = load(place * window, Math.min(size, (place + 1) * window));
        // A failure is told to whoever waits for it, and is asked for anew by others.
        loading.catch(() => loaded.delete(place));
        loaded.set(place, loading);
        for (const other of loaded.keys()) if (loaded.size > KEPT && other !== place) loaded.delete(other);
        return loading;
    };
    return {
        size,
        async read(offset, length) {
            if (offset + length > size) throw new RangeError('behind the end');
            const bytes = new Uint8Array(length);
            for (let done = 0; done < length; ) {
                const at = offset + done;
                const from = await windowAt(Math.floor(at / window));
                const part = from.subarray(at % window, (at % window) + length - done);
                if (part.length === 0) throw new RangeError('fewer bytes than were asked for');
                bytes.set(part, done);
                done += part.length;
            }
            return bytes;
        },
    };
}
