import { readdirSync, readFileSync } from 'node:fs';
import { createLogVerifier, fromHex, rowDigest, toHex, utf8Bytes } from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import type { GoldenFile, GoldenHead, GoldenRow } from '../../../packages/domain/src/ledger/golden/format.ts';
import { readRow } from '../../../packages/domain/src/ledger/golden/log.ts';
import { verifierDigest } from './digest.ts';
import { ed25519Verifier } from './signature.ts';

const GOLDEN = new URL('../../../packages/domain/src/ledger/golden/entry-v1.json', import.meta.url);
const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as GoldenFile;
const verifySignature = ed25519Verifier(new Map([[golden.key.id, fromHex(golden.key.publicKey)]]));

async function verifyLog(rows: readonly GoldenRow[], head: GoldenHead) {
    const verifier = createLogVerifier({ digest: verifierDigest, verifySignature, org: golden.org });
    for (const { idx, leaf, chain, entry, salt, body, ...columns } of rows) {
        await verifier.next({
            ...columns,
            idx: BigInt(idx),
            leaf: fromHex(leaf),
            chain: fromHex(chain),
            entry: fromHex(entry),
            body: salt === undefined || body === undefined ? 'destroyed' : { salt: fromHex(salt), body: utf8Bytes(body) },
        });
    }
    return verifier.finish({ size: BigInt(head.size), chain: fromHex(head.chain) });
}

describe('the golden log, without the machine’s own cryptography', () => {
    it('is sound and has its root', async () => {
        const verdict = await verifyLog(golden.log, golden.head);
        expect(verdict).toMatchObject({ total: 0, bodies: { checked: 5, destroyed: 1, absent: 0 } });
        expect(toHex(verdict.root)).toBe(golden.root);
    });

    it.each(golden.tampered.map((each) => [each.name, each] as const))('%s: found', async (_, { rows, head, expect: due }) => {
        const spoilt = rows.map(({ of, ...change }) => ({ ...(golden.log[of] as GoldenRow), ...change }));
        const { findings } = await verifyLog(spoilt, head);
        expect(findings.map(({ code, idx }) => ({ code, idx: Number(idx) }))).toEqual(due);
    });

    it('has its rows digested alike', () => {
        for (const { table, row, sha256 } of golden.stateRows)
            expect(rowDigest(verifierDigest, table, readRow(row))).toBe(sha256);
    });

    it('refuses what is no signature at all', () => {
        const message = utf8Bytes('anything');
        expect(verifySignature(golden.key.id, message, new Uint8Array(64).fill(0xff))).toBe(false);
        expect(verifySignature(golden.key.id, message, new Uint8Array(3))).toBe(false);
        expect(() => verifySignature('nobody', message, new Uint8Array(64))).toThrow('log.unknownKey');
    });
});

it('the verifier asks the machine for no cryptography but digests of whole files on the command line, and for time-stamps', () => {
    const folder = new URL('./', import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
        (name) => name.endsWith('.ts') && !/[.](test|fixture)[.]ts$/.test(name),
    );
    expect(sources).toContain('digest.ts');
    const such = (pattern: RegExp) => sources.filter((name) => pattern.test(readFileSync(new URL(name, folder), 'utf8')));
    expect(such(/['"](?:node:)?crypto['"]/)).toEqual(['node-hasher.ts']);
    expect(such(/crypto\.subtle/)).toEqual(['certificate-crypto.ts']);
    expect(such(/node-hasher\.ts['"]/)).toEqual(['main.ts']);
});
