import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { fromHex, toHex } from '../kernel/hex.ts';
import type { Digest } from './digest.ts';
import {
    bodyHash,
    chainValue,
    entryBytes,
    entrySigningMessage,
    genesisChain,
    leafHash,
    parseEntry,
    unsignedEntryBytes,
} from './entry.ts';
import type { LogFindingCode } from './findings.ts';
import type { GoldenFile, GoldenHead, GoldenRow } from './golden/format.ts';
import { readRow } from './golden/log.ts';
import { canonicalRow, rowDigest } from './row-digest.ts';
import { createLogVerifier } from './verify.ts';

const golden = JSON.parse(readFileSync(new URL('./golden/entry-v1.json', import.meta.url), 'utf8')) as GoldenFile;

const hash = (name: string) => (bytes: Uint8Array) => new Uint8Array(createHash(name).update(bytes).digest());
const digest: Digest = { sha256: hash('sha256'), sm3: hash('sm3') };
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: hex(golden.key.publicKey).toString('base64url') },
    format: 'jwk',
});

const verifySignature = (keyId: string, message: Uint8Array, signature: Uint8Array): boolean => {
    if (keyId !== golden.key.id) throw new DomainError('log.unknownKey', { key: keyId });
    return verify(null, message, publicKey, signature);
};

async function verifyLog(rows: readonly GoldenRow[], head: GoldenHead) {
    const verifier = createLogVerifier({ digest, verifySignature, org: golden.org });
    for (const row of rows) {
        const { idx, kind, at, commandId, actor, salt, body } = row;
        const columns = { idx: BigInt(idx), kind, at, commandId, actor };
        const bytes = { leaf: fromHex(row.leaf), chain: fromHex(row.chain), entry: fromHex(row.entry) };
        const destroyed = salt === undefined || body === undefined;
        await verifier.next({
            ...columns,
            ...bytes,
            body: destroyed ? 'destroyed' : { salt: fromHex(salt), body: utf8Bytes(body) },
        });
    }
    return { verifier, verdict: verifier.finish({ size: BigInt(head.size), chain: fromHex(head.chain) }) };
}

describe('golden entries, by Node alone', () => {
    it('fix the bytes of the file itself', () => {
        expect(createHash('sha256').update(JSON.stringify(golden.log)).digest('hex')).toBe(
            '1b09cc426078e6ca3014768f2a658e137570ab571514f29df47c6c5c7f006f2c',
        );
    });

    it('have the test key their seed gives', () => {
        const key = createPrivateKey({
            key: Buffer.concat([hex('302e020100300506032b657004220420'), hex(golden.key.seed)]),
            format: 'der',
            type: 'pkcs8',
        });
        expect(createPublicKey(key).export({ format: 'jwk' })).toEqual(publicKey.export({ format: 'jwk' }));
        for (const each of golden.log) {
            const signature = sign(null, Buffer.concat([Buffer.from('liuhen/entry/v1\n'), hex(each.unsigned)]), key);
            expect(JSON.parse(hex(each.entry).toString()).sig).toBe(signature.toString('hex'));
        }
    });

    it('are leaf, chain, body hash and signature as the format says', () => {
        let chain = createHash('sha256').digest();
        for (const each of golden.log) {
            const leaf = createHash('sha256')
                .update(Buffer.concat([Uint8Array.of(0), hex(each.entry)]))
                .digest();
            chain = createHash('sha256')
                .update(Buffer.concat([Uint8Array.of(2), chain, leaf]))
                .digest();
            expect([each.leaf, each.chain]).toEqual([leaf.toString('hex'), chain.toString('hex')]);
            const { sig, ...unsigned } = JSON.parse(hex(each.entry).toString()) as Record<string, string>;
            expect(JSON.parse(hex(each.unsigned).toString())).toEqual(unsigned);
            expect(unsigned.bodyHash).toBe(each.bodyHash);
            if (each.salt !== undefined && each.body !== undefined) {
                expect(createHash('sha256').update(hex(each.salt)).update(each.body, 'utf8').digest('hex')).toBe(each.bodyHash);
            }
            const message = Buffer.concat([Buffer.from('liuhen/entry/v1\n'), hex(each.unsigned)]);
            expect(verify(null, message, publicKey, hex(sig ?? ''))).toBe(true);
        }
        expect(golden.head).toEqual({ size: golden.log.length, chain: chain.toString('hex') });
    });
});

describe('golden entries, by the ledger', () => {
    it.each(golden.log.map((each) => [each.name, each] as const))('%s: the same bytes both ways', (_, each) => {
        const entry = parseEntry(fromHex(each.entry));
        expect(toHex(entryBytes(entry))).toBe(each.entry);
        expect(toHex(unsignedEntryBytes(entry))).toBe(each.unsigned);
        expect(Buffer.from(entrySigningMessage(entry)).toString()).toBe(`liuhen/entry/v1\n${hex(each.unsigned)}`);
        expect(toHex(leafHash(digest, fromHex(each.entry)))).toBe(each.leaf);
        const before = golden.log[each.idx - 1];
        const chain = chainValue(digest, before === undefined ? genesisChain(digest) : fromHex(before.chain), fromHex(each.leaf));
        expect(toHex(chain)).toBe(each.chain);
        if (each.salt !== undefined && each.body !== undefined) {
            expect(toHex(bodyHash(digest, fromHex(each.salt), utf8Bytes(each.body)))).toBe(each.bodyHash);
        }
    });

    it.each(golden.stateRows.map((each) => [`${each.table} ${each.row.id} v${each.row.version}`, each] as const))(
        'digest of row %s',
        (_, { table, row, canonical, sha256 }) => {
            expect(canonicalRow(readRow(row))).toBe(canonical);
            expect(rowDigest(digest, table, readRow(row))).toBe(sha256);
            expect(createHash('sha256').update(`{"row":${canonical},"table":"${table}"}`).digest('hex')).toBe(sha256);
        },
    );

    it('verify without a finding', async () => {
        const { verifier, verdict } = await verifyLog(golden.log, golden.head);
        expect(verdict).toMatchObject({ size: 6n, total: 0, findings: [], bodies: { checked: 5, destroyed: 1, absent: 0 } });
        expect(toHex(verdict.root)).toBe(golden.root);
        const latest = golden.stateRows.filter((each) => each.table !== 'act' || each.row.version === 2);
        expect([...verifier.rows()].map(({ table, id, sha256 }) => `${table} ${id} ${sha256}`).sort()).toEqual(
            latest.map(({ table, row, sha256 }) => `${table} ${row.id} ${sha256}`).sort(),
        );
        expect([...verifier.contents()].map(({ idx, size }) => [idx, size])).toEqual([[2n, '9007199254740993']]);
    });
});

describe('tampered logs', () => {
    const CODES: Record<LogFindingCode, true> = {
        'log.indexGap': true,
        'log.leafMismatch': true,
        'log.chainMismatch': true,
        'log.notCanonical': true,
        'log.malformedEntry': true,
        'log.badSignature': true,
        'log.unknownKey': true,
        'log.columnMismatch': true,
        'log.wrongOrg': true,
        'log.bodyMismatch': true,
        'log.objectSequence': true,
        'log.objectLink': true,
        'log.duplicateRowVersion': true,
        'log.rowVersionGap': true,
        'log.contentConflict': true,
        'log.headMismatch': true,
    };

    it('show every kind of finding', () => {
        const shown = new Set(golden.tampered.flatMap((each) => each.expect.map(({ code }) => code)));
        expect([...shown].sort()).toEqual(Object.keys(CODES).sort());
    });

    it.each(golden.tampered.map((each) => [each.name, each] as const))('%s', async (_, { rows, head, expect: expected }) => {
        const spoilt = rows.map(({ of, ...change }) => ({ ...(golden.log[of] as GoldenRow), ...change }));
        const { verdict } = await verifyLog(spoilt, head);
        expect(verdict.findings.map(({ code, idx }) => ({ code, idx: Number(idx) }))).toEqual(expected);
        expect(verdict.total).toBe(expected.length);
    });
});
