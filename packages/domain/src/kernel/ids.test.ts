import { describe, expect, it } from 'vitest';
import { DomainError } from './domain-error.ts';
import { isId, SYSTEM_ID } from './ids.ts';
import { HOUR, isInstant } from './instant.ts';

describe('id', () => {
    it('is a lower-case UUID in text form', () => {
        expect([isId(SYSTEM_ID), isId('0198c0de-0000-7000-8000-00000000abcd')]).toEqual([true, true]);
    });

    it.each([
        '0198C0DE-0000-7000-8000-00000000ABCD',
        '{0198c0de-0000-7000-8000-00000000abcd}',
        `${SYSTEM_ID}\n`,
        '',
        7,
        undefined,
        null,
    ])('is not %j', (value) => {
        expect(isId(value)).toBe(false);
    });
});

describe('instant', () => {
    it('is a whole number of milliseconds that JSON keeps', () => {
        expect([0, -1, HOUR, Number.MAX_SAFE_INTEGER].map(isInstant)).toEqual([true, true, true, true]);
        expect([0.5, Number.NaN, 2 ** 53, '0', 0n, new Date(0)].map(isInstant)).toEqual(Array(6).fill(false));
    });
});

describe('domain error', () => {
    it('carries a code, parameters and the cause, and no sentence', () => {
        const cause = new Error('why');
        const error = new DomainError('act.closed', { act: 'x' }, { cause });
        expect(error).toMatchObject({
            name: 'DomainError',
            code: 'act.closed',
            message: 'act.closed',
            params: { act: 'x' },
            cause,
        });
        expect(new DomainError('act.closed').params).toEqual({});
    });
});
