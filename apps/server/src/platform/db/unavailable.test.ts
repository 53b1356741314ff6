import { describe, expect, it } from 'vitest';
import { isUnavailable } from './unavailable.ts';

const failure = (code: string | undefined, message: string) => Object.assign(new Error(message), { code });

describe('what may go through later', () => {
    it('is every way of having no room, also those that PostgreSQL calls an internal error', () => {
        expect(isUnavailable(failure('53100', 'could not extend file "base/5/1": No space left on device'))).toBe(true);
        expect(isUnavailable(failure('XX000', 'could not extend file "base/5/1": File too large'))).toBe(true);
        expect(isUnavailable(failure('XX000', 'could not write to file "pg_wal/1": Disk quota exceeded'))).toBe(true);
    });

    it('is not an error of the program, whatever it quotes', () => {
        expect(isUnavailable(failure('XX000', 'cache lookup failed for type 5'))).toBe(false);
        expect(isUnavailable(failure('XX000', 'unexpected ": File too large" in a name'))).toBe(false);
        expect(isUnavailable(failure('23505', 'could not extend file "x": File too large'))).toBe(false);
        expect(isUnavailable(failure(undefined, 'could not extend file "x": File too large'))).toBe(false);
    });
});
