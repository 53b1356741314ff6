import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalBytes } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Entry } from './entry.ts';
import {
    bodyHash,
    entryBytes,
    entrySigningMessage,
    parseEntry,
    signedEntryBytes,
    sortEntryRows,
    unsignedEntryBytes,
} from './entry.ts';

const hash = (name: string) => (bytes: Uint8Array) => new Uint8Array(createHash(name).update(bytes).digest());
const digest = { sha256: hash('sha256'), sm3: hash('sm3') };
const id = (n: number): string => `0199a1b2-0000-7000-8000-${String(n).padStart(12, '0')}`;
const H = 'ab'.repeat(32);

const entry: Entry = {
    v: 1,
    kind: 'act.participantAdded',
    bodySchema: 1,
    at: 1_788_226_200_000,
    org: id(1),
    actor: id(2),
    commandId: id(3),
    objects: [
        { id: id(5), seq: 0 },
        { id: id(4), seq: 7, prev: H },
    ],
    rows: [
        { table: 'act', id: id(5), version: 3, sha256: H },
        { table: 'act', id: id(6), version: 1, sha256: H },
        { table: 'act_officer', id: 'a:b', version: 1, sha256: H },
    ],
    content: [{ sha256: H, sm3: H, size: '0', chunkRoot: H }],
    bodyHash: H,
    app: 'app-2026',
    sig: 'cd'.repeat(64),
};
const refusal = (value: unknown): unknown => {
    try {
        parseEntry(canonicalBytes(value));
        return 'taken';
    } catch (error) {
        return error instanceof DomainError ? [error.code, error.params.path] : error;
    }
};
const without = (member: keyof Entry) => Object.fromEntries(Object.entries(entry).filter(([name]) => name !== member));
const [object, row, content] = [entry.objects[1], entry.rows[0], entry.content[0]];

describe('entry', () => {
    it('reads what it writes', () => {
        expect(parseEntry(entryBytes(entry))).toEqual(entry);
        expect(Buffer.from(unsignedEntryBytes(entry)).toString()).toBe(Buffer.from(canonicalBytes(without('sig'))).toString());
        expect(Buffer.from(entrySigningMessage(entry)).toString()).toBe(
            `liuhen/entry/v1\n${Buffer.from(unsignedEntryBytes(entry))}`,
        );
    });

    it('is the same whether its bytes are made with the signature or before it', () => {
        const { sig, ...unsigned } = entry;
        const signed: Uint8Array[] = [];
        const sign = (message: Uint8Array) => {
            signed.push(message);
            return new Uint8Array(Buffer.from(sig, 'hex'));
        };
        for (const each of [unsigned, { ...unsigned, objects: [], rows: [], content: [] }]) {
            expect(signedEntryBytes(each, sign)).toEqual(entryBytes({ ...each, sig }));
            expect(signed.pop()).toEqual(entrySigningMessage(each));
        }
        expect(() => signedEntryBytes(unsigned, () => new Uint8Array(63))).toThrow('entry.wrongValue');
        expect(() => signedEntryBytes({ ...unsigned, kind: '' }, sign)).toThrow('entry.wrongValue');
    });

    it.each(Object.keys(entry) as (keyof Entry)[])('needs %s', (member) => {
        expect(refusal(without(member))).toEqual(['entry.missingMember', `$.${member}`]);
    });

    it.each<[string, object, string, string]>([
        ['a later format', { v: 2, other: true }, 'entry.version', '$.v'],
        ['a format that is no number', { v: '1' }, 'entry.wrongValue', '$.v'],
        ['a member too many', { note: 'x' }, 'entry.surplusMember', '$.note'],
        ['an inherited name as member', { constructor: 1 }, 'entry.surplusMember', '$.constructor'],
        ['a kind with a blank', { kind: 'act created' }, 'entry.wrongValue', '$.kind'],
        ['a kind too long', { kind: 'a'.repeat(101) }, 'entry.wrongValue', '$.kind'],
        ['body schema 0', { bodySchema: 0 }, 'entry.wrongValue', '$.bodySchema'],
        ['a time as text', { at: '2026-09-01' }, 'entry.wrongValue', '$.at'],
        ['an id in capitals', { org: 'A'.repeat(36) }, 'entry.wrongValue', '$.org'],
        ['objects that are no list', { objects: {} }, 'entry.wrongValue', '$.objects'],
        ['an object that is a list', { objects: [[]] }, 'entry.wrongValue', '$.objects[0]'],
        ['an object twice', { objects: [object, { ...object, seq: 8 }] }, 'entry.duplicateObject', '$.objects[1]'],
        ['no predecessor after the first', { objects: [{ id: id(4), seq: 1 }] }, 'entry.prevPresence', '$.objects[0]'],
        ['a predecessor of the first', { objects: [{ id: id(4), seq: 0, prev: H }] }, 'entry.prevPresence', '$.objects[0]'],
        ['a short predecessor', { objects: [{ id: id(4), seq: 1, prev: 'ab' }] }, 'entry.wrongValue', '$.objects[0].prev'],
        ['a negative sequence', { objects: [{ id: id(4), seq: -1, prev: H }] }, 'entry.wrongValue', '$.objects[0].seq'],
        ['rows out of order', { rows: [entry.rows[1], entry.rows[0]] }, 'entry.rowOrder', '$.rows[1]'],
        ['a row twice', { rows: [row, { ...row, version: 4 }] }, 'entry.rowOrder', '$.rows[1]'],
        ['a table with a quote', { rows: [{ ...row, table: 'act"' }] }, 'entry.wrongValue', '$.rows[0].table'],
        ['row version 0', { rows: [{ ...row, version: 0 }] }, 'entry.wrongValue', '$.rows[0].version'],
        ['a digest in capitals', { rows: [{ ...row, sha256: 'AB'.repeat(32) }] }, 'entry.wrongValue', '$.rows[0].sha256'],
        ['a row member too many', { rows: [{ ...row, note: 1 }] }, 'entry.surplusMember', '$.rows[0].note'],
        ['a size as number', { content: [{ ...content, size: 1 }] }, 'entry.wrongValue', '$.content[0].size'],
        ['a size with a zero before', { content: [{ ...content, size: '01' }] }, 'entry.wrongValue', '$.content[0].size'],
        ['content without SM3', { content: [{ sha256: H, size: '1', chunkRoot: H }] }, 'entry.missingMember', '$.content[0].sm3'],
        ['a short body hash', { bodyHash: H.slice(2) }, 'entry.wrongValue', '$.bodyHash'],
        ['a key name with a blank', { app: 'a b' }, 'entry.wrongValue', '$.app'],
        ['a short signature', { sig: H }, 'entry.wrongValue', '$.sig'],
    ])('refuses %s', (_, change, code, path) => {
        expect(refusal({ ...entry, ...change })).toEqual([code, path]);
    });

    it.each([[], 'text', 1, true])('refuses %j', (value) => {
        expect(refusal(value)).toEqual(['entry.wrongValue', '$']);
    });

    it('is not written when no reader would take it', () => {
        const disordered = { ...entry, rows: [...entry.rows].reverse() };
        expect(() => entryBytes(disordered)).toThrow('entry.rowOrder');
        expect(() => unsignedEntryBytes(disordered)).toThrow('entry.rowOrder');
        expect(() => entryBytes({ ...entry, sig: '' })).toThrow('entry.wrongValue');
        expect(sortEntryRows(disordered.rows)).toEqual(entry.rows);
    });

    it('binds a body to a salt of one length', () => {
        expect(() => bodyHash(digest, new Uint8Array(31), new Uint8Array(1))).toThrow('entry.saltLength');
        const [salt, body] = [Buffer.alloc(32, 7), Buffer.from('正文')];
        expect(Buffer.from(bodyHash(digest, salt, body))).toEqual(createHash('sha256').update(salt).update(body).digest());
    });
});
