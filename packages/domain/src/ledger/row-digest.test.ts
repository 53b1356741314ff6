import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DomainError } from '../kernel/domain-error.ts';
import { canonicalRow, rowDigest } from './row-digest.ts';

const hash = (name: string) => (bytes: Uint8Array) => new Uint8Array(createHash(name).update(bytes).digest());
const digest = { sha256: hash('sha256'), sm3: hash('sm3') };

describe('canonical row', () => {
    it.each<[string, unknown, string | undefined]>([
        ['null', null, undefined],
        ['integer', 3, '3'],
        ['bigint', 2n ** 63n, '"9223372036854775808"'],
        ['Buffer', Buffer.from([0, 255]), '"00ff"'],
        ['bytes', Uint8Array.of(1), '"01"'],
        ['boolean', false, 'false'],
        ['text', '留痕', '"留痕"'],
        ['empty text', '', '""'],
        ['text not NFC', 'e\u0301', '{"utf8":"65cc81"}'],
        ['array', ['b', 'a', 1n, 'e\u0301'], '["b","a","1",{"utf8":"65cc81"}]'],
        ['jsonb', { z: null, y: { x: [], w: null }, a: 'e\u0301' }, '{"a":{"utf8":"65cc81"},"y":{"x":[]}}'],
    ])('writes %s', (_, value, written) => {
        expect(canonicalRow({ column: value })).toBe(written === undefined ? '{}' : `{"column":${written}}`);
    });

    it.each<[string, unknown, string]>([
        ['a fraction', 1.5, 'canonical.notInteger'],
        ['a fraction in jsonb', { a: [0.1] }, 'canonical.notInteger'],
        ['a number beyond 2^53', 2 ** 53, 'canonical.integerRange'],
        ['a date', new Date(0), 'canonical.unsupportedType'],
        ['a column nobody selected', undefined, 'canonical.undefined'],
        ['null in an array', ['a', null], 'canonical.null'],
        ['a member not in NFC', { 'e\u0301': 1 }, 'canonical.notNfc'],
        ['an object that looks like wrapped text', { utf8: '65cc81' }, 'row.reservedMember'],
        ['the same deeper', [{ a: { utf8: 1, b: null } }], 'row.reservedMember'],
        ['a lone surrogate', '\ud800', 'canonical.loneSurrogate'],
        ['jsonb without end', JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)), 'canonical.tooDeep'],
    ])('refuses %s', (_, value, code) => {
        expect(() => canonicalRow({ column: value })).toThrow(new DomainError(code).message);
    });

    it('does not lose a member called __proto__', () => {
        const row = JSON.parse('{"column":{"__proto__":{"changed":true}}}') as Record<string, unknown>;
        expect(canonicalRow(row)).toBe('{"column":{"__proto__":{"changed":true}}}');
    });

    it('is the same whatever the order of columns, and other for another table', () => {
        const one = rowDigest(digest, 'act', { id: 'x', version: 1 });
        expect(rowDigest(digest, 'act', { version: 1, id: 'x', note: null })).toBe(one);
        expect(rowDigest(digest, 'acts', { id: 'x', version: 1 })).not.toBe(one);
        expect(one).toBe(createHash('sha256').update('{"row":{"id":"x","version":1},"table":"act"}').digest('hex'));
    });
});
