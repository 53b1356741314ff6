import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { fromHex, toHex } from '../kernel/hex.ts';
import { compareRow } from './compare-row.ts';
import type { VerifySignature } from './digest.ts';
import { genesisChain } from './entry.ts';
import type { GoldenEntry } from './golden/format.ts';
import { makeLog, ORG, uuid } from './golden/log.ts';
import type { LoggedEntry } from './verify.ts';
import { createLogVerifier } from './verify.ts';

const hash = (name: string) => (bytes: Uint8Array) => new Uint8Array(createHash(name).update(bytes).digest());
const digest = { sha256: hash('sha256'), sm3: hash('sm3') };
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const tools = { digest, keyId: 'app', sign: (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)) };
const verifySignature: VerifySignature = (_, message, signature) => verify(null, message, publicKey, signature);

const LENGTH = 40;
const OBJECTS = 4;
/** A log in which four objects, each with its row, change in turn. */
const drafts = Array.from({ length: LENGTH }, (_, idx) => ({
    name: String(idx),
    kind: 'act.updated',
    objects: [uuid(idx % OBJECTS), uuid(900)],
    rows: [
        {
            table: 'act',
            id: uuid(idx % OBJECTS),
            version: 1 + Math.floor(idx / OBJECTS),
            sha256: toHex(digest.sha256(Uint8Array.of(idx))),
        },
    ],
    body: { idx },
}));

const logged = (each: GoldenEntry): LoggedEntry => ({
    idx: BigInt(each.idx),
    kind: each.kind,
    at: each.at,
    commandId: each.commandId,
    actor: each.actor,
    leaf: fromHex(each.leaf),
    chain: fromHex(each.chain),
    entry: fromHex(each.entry),
    body: { salt: fromHex(each.salt ?? ''), body: utf8Bytes(each.body ?? '') },
});

async function run(
    rows: readonly LoggedEntry[],
    options: { verifySignature?: VerifySignature; keep?: number; size?: number } = {},
) {
    const verifier = createLogVerifier({ digest, org: ORG, verifySignature, ...options });
    for (const row of rows) await verifier.next(row);
    const size = BigInt(options.size ?? rows.length);
    return { verifier, verdict: verifier.finish({ size, chain: rows.at(-1)?.chain ?? genesisChain(digest) }) };
}

let log: LoggedEntry[];
beforeAll(() => {
    log = makeLog(tools, drafts).map(logged);
});
const flipped = (bytes: Uint8Array, at: number, by: number): Uint8Array =>
    Uint8Array.from(bytes).with(at % bytes.length, (bytes[at % bytes.length] ?? 0) ^ by);

describe('log verifier', () => {
    it('finds nothing in a sound log, and knows its rows', async () => {
        const { verifier, verdict } = await run(log);
        expect(verdict).toMatchObject({ size: BigInt(LENGTH), total: 0, bodies: { checked: LENGTH, destroyed: 0, absent: 0 } });
        expect([...verifier.rows()].length).toBe(OBJECTS);
        expect(verifier.row('act', uuid(3))).toEqual({
            table: 'act',
            id: uuid(3),
            version: 10,
            sha256: drafts[39]?.rows[0]?.sha256,
            idx: 39n,
        });
        expect(verifier.row('act', uuid(9))).toBeUndefined();
    });

    it('takes an empty log as sound, with a head of nothing', async () => {
        expect((await run([])).verdict).toMatchObject({ size: 0n, total: 0, root: digest.sha256(new Uint8Array(0)) });
        expect((await run([], { size: 1 })).verdict.findings).toMatchObject([
            { code: 'log.headMismatch', idx: 0n, params: { what: 'size' } },
        ]);
    });

    it('names any changed byte at its entry, and no honest entry after it', async () => {
        const place = fc.record({
            idx: fc.nat(LENGTH - 1),
            part: fc.constantFrom<'entry' | 'leaf' | 'chain' | 'salt' | 'body'>('entry', 'leaf', 'chain', 'salt', 'body'),
            at: fc.nat(2_000),
            by: fc.integer({ min: 1, max: 255 }),
        });
        await fc.assert(
            fc.asyncProperty(place, async ({ idx, part, at, by }) => {
                const rows = log.map((row) => {
                    if (row.idx !== BigInt(idx) || typeof row.body !== 'object') return row;
                    if (part === 'salt' || part === 'body')
                        return { ...row, body: { ...row.body, [part]: flipped(row.body[part], at, by) } };
                    return { ...row, [part]: flipped(row[part], at, by) };
                });
                const { verdict } = await run(rows, { size: LENGTH });
                expect(verdict.findings[0]?.idx).toBe(BigInt(idx));
                const later = verdict.findings.filter((finding) => finding.idx !== BigInt(idx));
                // Where what the entry said of its row is lost, that row goes on with a version nobody explained, once.
                expect(later.map(({ code }) => code)).toEqual(later.length === 0 ? [] : ['log.rowVersionGap']);
                if (part !== 'entry') expect(later).toEqual([]);
            }),
            { numRuns: 150 },
        );
    });

    it('names each of several bad entries', async () => {
        const spoilt = [3, 4, 5, 6, 20, 39];
        const rows = log.map((row) => (spoilt.includes(Number(row.idx)) ? { ...row, chain: flipped(row.chain, 5, 1) } : row));
        const { verdict } = await run(rows);
        expect(verdict.findings.map(({ idx, code }) => [Number(idx), code])).toEqual(
            spoilt.map((idx) => [idx, 'log.chainMismatch']),
        );
    });

    it('cannot be led by a forged entry into doubting the honest ones', async () => {
        const forged = makeLog(
            { ...tools, sign: () => new Uint8Array(64) },
            drafts
                .slice(0, 5)
                .map((draft, idx) =>
                    idx === 4
                        ? { ...draft, rows: [{ table: 'act', id: uuid(0), version: 999, sha256: 'ee'.repeat(32) }] }
                        : draft,
                ),
        );
        const last = forged[4];
        if (last === undefined) throw new Error('no forged entry');
        const rows = log.map((row) => (row.idx === 4n ? { ...logged(last), chain: row.chain } : row));
        const { verifier, verdict } = await run(rows);
        expect(verdict.findings.map(({ idx, code }) => [Number(idx), code])).toEqual([
            [4, 'log.chainMismatch'],
            [4, 'log.badSignature'],
        ]);
        expect(verifier.row('act', uuid(0))?.version).toBe(10);
    });

    it('checks the columns beside the signed bytes', async () => {
        const rows = log.map((row) =>
            row.idx === 7n ? { ...row, commandId: uuid(1), kind: 'act.closed', at: 0, actor: uuid(2) } : row,
        );
        const { verdict } = await run(rows);
        expect(verdict.findings.map(({ idx, params }) => [Number(idx), params.column, params.stored])).toEqual([
            [7, 'kind', 'act.closed'],
            [7, 'at', 0],
            [7, 'commandId', uuid(1)],
            [7, 'actor', uuid(2)],
        ]);
    });

    it('still checks sequences when it knows no key', async () => {
        const unknown: VerifySignature = (key) => {
            throw new DomainError('log.unknownKey', { key });
        };
        const { verdict } = await run(
            log.filter((row) => row.idx !== 8n),
            { verifySignature: unknown, size: LENGTH },
        );
        expect(Object.fromEntries(verdict.counts)).toEqual({
            'log.unknownKey': 39,
            'log.indexGap': 1,
            // The object changed by entry 8 and the one in every entry.
            'log.objectSequence': 2,
            'log.rowVersionGap': 1,
        });
    });

    it('lets a failure of the check itself through', async () => {
        const broken: VerifySignature = () => Promise.reject(new Error('signer is away'));
        await expect(run(log, { verifySignature: broken })).rejects.toThrow('signer is away');
    });

    it('keeps the first findings and counts all', async () => {
        const { verdict } = await run(log, { verifySignature: async () => false, keep: 3 });
        expect([verdict.findings.length, verdict.total, verdict.counts.get('log.badSignature')]).toEqual([3, LENGTH, LENGTH]);
    });

    it('tells bodies that are destroyed from bodies not at hand', async () => {
        const rows = log.map(
            ({ body, ...row }, idx): LoggedEntry =>
                idx % 3 === 0 ? row : { ...row, body: idx % 3 === 1 ? 'destroyed' : (body ?? 'destroyed') },
        );
        expect((await run(rows)).verdict).toMatchObject({ total: 0, bodies: { checked: 13, destroyed: 13, absent: 14 } });
    });
});

describe('row of the database against the log', () => {
    const row = { version: 2, sha256: 'aa' };
    it.each([
        [row, row, undefined],
        [undefined, undefined, undefined],
        [row, { version: 2, sha256: 'bb' }, 'state.rowChanged'],
        [row, { version: 2, sha256: undefined }, 'state.rowChanged'],
        [row, { version: 3, sha256: 'aa' }, 'state.versionMismatch'],
        [row, undefined, 'state.rowMissing'],
        [undefined, row, 'state.rowUnlogged'],
    ])('expected %o, found %o: %s', (expected, actual, verdict) => {
        expect(compareRow(expected, actual)).toBe(verdict);
    });
});
