import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
    createCompactRange,
    DAY,
    type HeadHash,
    type Id,
    inclusionProof,
    merkleLeaf,
    parseCanonical,
    parseCheckpoint,
    parseNote,
    parseVerifierKey,
    sameBytes,
    toHex,
    utf8Bytes,
    type VerifierKey,
    verifyInclusion,
} from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptKey, withdrawKey } from '../../../platform/accepted-keys.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import { introduceKey } from '../../../platform/own-entries.ts';
import { makeKey, verifyEd25519 } from '../../../platform/signer.ts';
import { verifySm2 } from '../../../platform/sm2-verify.ts';
import { addOrganisation, type FeatureSystem, featureSystem, type TestOrganisation } from '../../../testing/feature-system.ts';
import { fillLog } from '../../../testing/fill-log.ts';
import { Checkpointer } from './checkpointer.ts';
import { LogKeys } from './log-keys.ts';
import { SignedState } from './signed-state.ts';
import { checkpointerOf } from './start-checkpoints.ts';
import { treeNodes } from './tree.queries.ts';

let system: FeatureSystem;
let codes = 310_100;

beforeAll(async () => {
    system = await featureSystem();
});
afterAll(() => system.close());

/** An organisation of its own for each test: a log that nobody else writes. */
const organisation = (): Promise<TestOrganisation> => addOrganisation(system, String(++codes), `卫生健康委员会监督所 ${codes}`);

/** One command with as many entries. */
const fill = (org: TestOrganisation, count: number, commands = system.services.commands): Promise<void> =>
    fillLog(system, org, count, commands);

const rows = async <T>(sql: string, values: unknown[]): Promise<T[]> => (await system.superPool.query(sql, values)).rows as T[];

type Stored = { size: string; root: Buffer; note: Buffer };
const checkpoints = (org: Id, head: HeadHash = 'sha256') =>
    rows<Stored>(`select size, root, note from ledger.checkpoint where org_id = $1 and hash = $2 order by size`, [org, head]);
const alarmOf = async (org: Id) =>
    (
        await rows<{ code: string; params: string }>('select code, params from liuhen.checkpoint_alarm where org_id = $1', [org])
    )[0];
const leavesOf = async (org: Id, head: HeadHash = 'sha256') =>
    (await rows<{ entry: Buffer }>('select entry from ledger.entry where org_id = $1 order by idx', [org])).map((row) =>
        merkleLeaf(nodeDigest[head], row.entry),
    );

/** The keys as the log itself introduces them, not from the table beside it. */
async function introducedKeys(org: Id, algorithm = 'ed25519'): Promise<VerifierKey[]> {
    const found = await rows<{ body: Buffer }>(
        `select b.body from ledger.entry e join ledger.body b using (org_id, idx) where e.org_id = $1 and e.kind = 'logKey.introduced'
         order by e.idx`,
        [org],
    );
    return found
        .map(({ body }) =>
            parseVerifierKey(nodeDigest.sha256, (parseCanonical(body) as unknown as { verifier: string }).verifier),
        )
        .filter((key) => key.algorithm === algorithm);
}

/** A database superuser behind the back of everything. */
async function tamper(statements: string): Promise<void> {
    await system.superPool.query(`begin; set local session_replication_role = replica; ${statements}; commit`);
}

const LOG_TABLES = ['entry', 'head', 'body', 'object', 'tally', 'tree_node', 'checkpoint'];
/** Yesterday's backup of one log, and what restoring it does. */
const copyAside = (org: Id): string =>
    LOG_TABLES.map((table) => `create table public.${table}_aside as select * from ledger.${table} where org_id = '${org}'`).join(
        ';',
    );
const putBack = (org: Id): string =>
    LOG_TABLES.map(
        (table) => `delete from ledger.${table} where org_id = '${org}';
            insert into ledger.${table} select * from public.${table}_aside; drop table public.${table}_aside`,
    ).join(';');

function rootOf(leaves: readonly Uint8Array[], head: HeadHash = 'sha256'): string {
    const range = createCompactRange(nodeDigest[head]);
    for (const leaf of leaves) range.append(leaf);
    return toHex(range.root());
}

describe('a checkpoint', () => {
    afterAll(() => system.expectSound());

    it('is signed over every entry, with a key that the log introduces', async () => {
        const org = await organisation();
        await fill(org, 3);
        await checkpointerOf(system.services).sign(org.id);
        const [only, ...others] = await checkpoints(org.id);
        const leaves = await leavesOf(org.id);
        expect(others).toEqual([]);
        const note = parseNote(only?.note ?? Buffer.alloc(0));
        const checkpoint = parseCheckpoint(note.text);
        expect(checkpoint).toMatchObject({ size: BigInt(leaves.length), extensions: [] });
        expect(checkpoint.origin).toMatch(new RegExp(`^liuhen\\.invalid/[0-9a-f-]{36}/${org.code}$`));
        expect(toHex(checkpoint.root)).toBe(rootOf(leaves));
        const [key] = await introducedKeys(org.id);
        const [signature] = note.signatures;
        expect(signature?.name).toBe(checkpoint.origin);
        expect(toHex(signature?.keyHash ?? new Uint8Array())).toBe(toHex(key?.keyHash ?? new Uint8Array()));
        expect(
            verifyEd25519(key?.publicKey ?? new Uint8Array(), utf8Bytes(note.text), signature?.signature ?? new Uint8Array()),
        ).toBe(true);
        expect(await alarmOf(org.id)).toBeUndefined();
    });

    it('of the second head is over the same entries with SM3, signed with SM2 under a name of its own', async () => {
        const org = await organisation();
        await fill(org, 300);
        await checkpointerOf(system.services).sign(org.id);
        await fill(org, 2);
        await checkpointerOf(system.services).sign(org.id);
        const [first, second] = await checkpoints(org.id, 'sm3');
        const leaves = await leavesOf(org.id, 'sm3');
        const [key] = await introducedKeys(org.id, 'sm2');
        for (const [of, size] of [
            [first, leaves.length - 2],
            [second, leaves.length],
        ] as const) {
            const note = parseNote(of?.note ?? Buffer.alloc(0));
            const checkpoint = parseCheckpoint(note.text);
            expect(checkpoint.origin).toMatch(new RegExp(`/${org.code}/sm$`));
            expect([checkpoint.size, toHex(checkpoint.root)]).toEqual([BigInt(size), rootOf(leaves.slice(0, size), 'sm3')]);
            expect(note.signatures.map(({ name, keyHash }) => [name, toHex(keyHash)])).toEqual([
                [checkpoint.origin, toHex(key?.keyHash ?? new Uint8Array())],
            ]);
            const signature = note.signatures[0]?.signature ?? new Uint8Array();
            expect(verifySm2(key?.publicKey ?? new Uint8Array(), utf8Bytes(note.text), signature)).toBe(true);
        }
        expect(await checkpoints(org.id)).toHaveLength(2);
    });

    it('has its key in a file that only the server reads', async () => {
        const org = await organisation();
        await checkpointerOf(system.services).sign(org.id);
        const folder = join(system.services.installation.keyFolder, 'log');
        const files = (await readdir(folder)).filter((name) => name.startsWith(org.id));
        expect(files).toHaveLength(2);
        for (const file of files) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
    });

    it('is not signed again while nothing is new', async () => {
        const org = await organisation();
        const checkpointer = checkpointerOf(system.services);
        await checkpointer.sign(org.id);
        await checkpointer.sign(org.id);
        expect(await checkpoints(org.id)).toHaveLength(1);
        await fill(org, 1);
        await checkpointer.sign(org.id);
        expect(await checkpoints(org.id)).toHaveLength(2);
    });

    it('of a long log keeps what proves each of its entries', async () => {
        const org = await organisation();
        await fill(org, 700);
        const { services } = system;
        const small = new Checkpointer(services, {
            keys: new LogKeys(services, { keyFolder: services.installation.keyFolder, base: 'log.example', token: undefined }),
            signed: new SignedState(services.installation.keyFolder),
            mostEntries: 150,
        });
        await small.sign(org.id);
        const leaves = await leavesOf(org.id);
        const signed = await checkpoints(org.id);
        expect(signed.map((each) => Number(each.size))).toEqual([150, 300, 450, 600, leaves.length]);
        for (const { size, root } of signed) expect(root.toString('hex')).toBe(rootOf(leaves.slice(0, Number(size))));
        const last = signed.at(-1);
        await services.db.read({ readOrgs: [org.id] }, async (db) => {
            for (const index of [0, 1, 255, 256, 511, 512, leaves.length - 1]) {
                const proof = await inclusionProof(
                    nodeDigest.sha256,
                    BigInt(index),
                    BigInt(leaves.length),
                    treeNodes(db, org.id, 'sha256'),
                );
                const claim = {
                    index: BigInt(index),
                    size: BigInt(leaves.length),
                    leaf: leaves[index] ?? new Uint8Array(),
                    root: last?.root ?? new Uint8Array(),
                    proof,
                };
                expect(verifyInclusion(nodeDigest.sha256, claim)).toBe(true);
            }
        });
    });

    it('is the same one again when the signer fell between signing and publishing', async () => {
        const org = await organisation();
        await fill(org, 2);
        await checkpointerOf(system.services).sign(org.id);
        const [before] = await checkpoints(org.id);
        // As after a crash: signed and written down, and not in the database.
        await tamper(`delete from ledger.checkpoint where org_id = '${org.id}'`);
        await fill(org, 2);
        system.services.clock.advance(60_000);
        await checkpointerOf(system.services).sign(org.id);
        const [again, later] = await checkpoints(org.id);
        expect(again?.note.equals(before?.note ?? Buffer.alloc(0))).toBe(true);
        expect(Number(later?.size)).toBe((await leavesOf(org.id)).length);
    });

    it('of a new year carries the signature of the year before for a month', async () => {
        const org = await organisation();
        const { clock } = system.services;
        await checkpointerOf(system.services).sign(org.id);
        clock.advance(60 * DAY);
        await fill(org, 1);
        await checkpointerOf(system.services).sign(org.id);
        clock.advance(31 * DAY);
        await fill(org, 1);
        await checkpointerOf(system.services).sign(org.id);
        for (const [head, algorithm] of [
            ['sha256', 'ed25519'],
            ['sm3', 'sm2'],
        ] as const) {
            const keys = await introducedKeys(org.id, algorithm);
            expect(keys).toHaveLength(2);
            const signers = (await checkpoints(org.id, head)).map(({ note }) =>
                parseNote(note).signatures.map((each) => keys.findIndex((key) => sameBytes(key.keyHash, each.keyHash))),
            );
            expect(signers).toEqual([[0], [1, 0], [1]]);
        }
    });
});

describe('nothing is signed', () => {
    it('over an entry that no known key signed', async () => {
        const org = await organisation();
        await checkpointerOf(system.services).sign(org.id);
        // Somebody who owns the database enters a copy of the last entry with one letter of the signature changed.
        await tamper(`create table public.forged as select * from ledger.entry where org_id = '${org.id}' order by idx desc limit 1;
            update public.forged set idx = idx + 1,
                entry = convert_to(regexp_replace(convert_from(entry, 'UTF8'), '"sig":"(.)', '"sig":"' || case when convert_from(entry, 'UTF8') like '%"sig":"0%' then '1' else '0' end), 'UTF8');
            update public.forged f set leaf = sha256('\\x00'::bytea || f.entry);
            update public.forged f set chain = sha256('\\x02'::bytea || (select chain from ledger.head where org_id = f.org_id) || f.leaf);
            insert into ledger.entry select * from public.forged;
            update ledger.head h set size = size + 1, chain = (select chain from public.forged) where org_id = '${org.id}'`);
        await checkpointerOf(system.services).sign(org.id);
        const size = (await leavesOf(org.id)).length;
        expect(await alarmOf(org.id)).toEqual({
            code: 'checkpoint.entryUnsound',
            params: JSON.stringify({ index: String(size - 1), reason: 'log.badSignature' }),
        });
        expect(await checkpoints(org.id)).toHaveLength(1);
        // Taken away again, the signer goes on and the alarm is over.
        await tamper(`delete from ledger.entry where org_id = '${org.id}' and idx = ${size - 1};
            update ledger.head h set size = size - 1, chain = (select chain from ledger.entry e where e.org_id = h.org_id and e.idx = ${size - 2})
            where org_id = '${org.id}'; drop table public.forged`);
        await fill(org, 1);
        await checkpointerOf(system.services).sign(org.id);
        expect(await alarmOf(org.id)).toBeUndefined();
        expect(await checkpoints(org.id)).toHaveLength(2);
    });

    it('over an entry that is soundly signed by a key that is in the database only, until somebody accepts it', async () => {
        const { services } = system;
        const org = await organisation();
        await checkpointerOf(services).sign(org.id);
        const other = await makeKey(join(services.installation.keyFolder, 'other.pem'));
        // As somebody would who has the database and not the key folder.
        const commands = { ...services.commands, signer: other };
        await introduceKey(commands);
        await fill(org, 1, commands);
        await checkpointerOf(services).sign(org.id);
        const size = (await leavesOf(org.id)).length;
        expect(await alarmOf(org.id)).toEqual({
            code: 'checkpoint.keyUnknown',
            params: JSON.stringify({ index: String(size - 1), key: other.keyId }),
        });
        expect(await checkpoints(org.id)).toHaveLength(1);
        expect(await acceptKey(services.installation.keyFolder, other.publicKey)).toBe(true);
        await checkpointerOf(services).sign(org.id);
        expect(await alarmOf(org.id)).toBeUndefined();
        expect(await checkpoints(org.id)).toHaveLength(2);

        // Withdrawn, what it signs from then on stops the signing; what is under a checkpoint stays and verifies.
        expect(await withdrawKey(services.installation.keyFolder, other.publicKey)).toBe(true);
        await fill(org, 1);
        await checkpointerOf(services).sign(org.id);
        expect(await alarmOf(org.id)).toBeUndefined();
        expect(await checkpoints(org.id)).toHaveLength(3);
        await fill(org, 1, commands);
        await checkpointerOf(services).sign(org.id);
        expect(await alarmOf(org.id)).toMatchObject({ code: 'checkpoint.keyUnknown' });
        expect(await checkpoints(org.id)).toHaveLength(3);
        expect((await system.verify()).findings).toEqual([]);
        expect(await acceptKey(services.installation.keyFolder, other.publicKey)).toBe(true);
        await checkpointerOf(services).sign(org.id);
        expect(await alarmOf(org.id)).toBeUndefined();
    });

    it('when the database was put back to an earlier state', async () => {
        const org = await organisation();
        await checkpointerOf(system.services).sign(org.id);
        await tamper(copyAside(org.id));
        await fill(org, 3);
        await checkpointerOf(system.services).sign(org.id);
        const signed = Number((await checkpoints(org.id)).at(-1)?.size);
        await tamper(putBack(org.id));
        await checkpointerOf(system.services).sign(org.id);
        const size = (await leavesOf(org.id)).length;
        expect(size).toBeLessThan(signed);
        expect(await alarmOf(org.id)).toEqual({
            code: 'checkpoint.logShorter',
            params: JSON.stringify({ signed: String(signed), log: String(size) }),
        });
        // Nor when it has grown past what was signed: other entries stand there now.
        await fill(org, 9);
        await checkpointerOf(system.services).sign(org.id);
        expect(await alarmOf(org.id)).toEqual({
            code: 'checkpoint.logDiffers',
            params: JSON.stringify({ size: String(signed) }),
        });
        expect(Number((await checkpoints(org.id)).at(-1)?.size)).toBeLessThan(signed);
    });

    it('on top of a tree that is not what was signed', async () => {
        const org = await organisation();
        await fill(org, 600);
        await checkpointerOf(system.services).sign(org.id);
        await tamper(
            `update ledger.tree_node set node = set_byte(node, 3, get_byte(node, 3) # 1) where org_id = '${org.id}' and idx = 1`,
        );
        await fill(org, 1);
        await checkpointerOf(system.services).sign(org.id);
        expect((await alarmOf(org.id))?.code).toBe('checkpoint.treeDamaged');
        expect(await checkpoints(org.id)).toHaveLength(1);
    });

    it('with a file of what was signed that cannot be read', async () => {
        const org = await organisation();
        await checkpointerOf(system.services).sign(org.id);
        const file = join(system.services.installation.keyFolder, 'signed', `${org.id}-sha256.json`);
        const text = await readFile(file, 'utf8');
        await writeFile(file, text.slice(0, 20));
        await fill(org, 1);
        await expect(checkpointerOf(system.services).sign(org.id)).rejects.toMatchObject({ code: 'installation.damaged' });
        await writeFile(file, text);
        await checkpointerOf(system.services).sign(org.id);
        expect(await checkpoints(org.id)).toHaveLength(2);
    });
});

// Each of them reads the whole log several times.
describe('the check of the whole log names', { timeout: 120_000 }, () => {
    /** What is found after `change`, and that nothing else is wrong: after `undo` the findings of this log are gone. */
    async function found(org: TestOrganisation, change: string, undo: string) {
        const of = async () => (await system.verify()).findings.filter((each) => each.about === 'log' && each.org === org.id);
        await tamper(change);
        const findings = await of();
        await tamper(undo);
        expect(await of()).toEqual([]);
        // Each of the two heads tells it.
        const told = (head: HeadHash) =>
            findings.flatMap((each) => ('params' in each && each.params.head === head ? [each.code] : []));
        expect(told('sm3')).toEqual(told('sha256'));
        return told('sha256');
    }
    const sized = async (count: number) => {
        const org = await organisation();
        await fill(org, count);
        await checkpointerOf(system.services).sign(org.id);
        return org;
    };
    const flip = (column: string) => `set_byte(${column}, 5, get_byte(${column}, 5) # 1)`;

    it('a checkpoint whose root, note or signature was changed', async () => {
        const org = await sized(3);
        const change = (column: string) => `update ledger.checkpoint set ${column} = ${flip(column)} where org_id = '${org.id}'`;
        expect(await found(org, change('root'), change('root'))).toEqual(['log.checkpointRoot']);
        const other = `update ledger.checkpoint set note = convert_to(regexp_replace(convert_from(note, 'UTF8'), E'\\n[0-9]+\\n', E'\\n7\\n'), 'UTF8') where org_id = '${org.id}'`;
        const last = `set note = set_byte(note, octet_length(note) - 20, case get_byte(note, octet_length(note) - 20) when 65 then 66 else 65 end)`;
        const aside = `create table public.note_aside as select note, hash from ledger.checkpoint where org_id = '${org.id}'`;
        const back = `update ledger.checkpoint c set note = a.note from public.note_aside a where a.hash = c.hash and org_id = '${org.id}'; drop table public.note_aside`;
        expect(await found(org, `${aside}; update ledger.checkpoint ${last} where org_id = '${org.id}'`, back)).toEqual([
            'log.checkpointSignature',
        ]);
        expect(await found(org, `${aside}; ${other}`, back)).toEqual(['log.checkpointNote']);
    });

    it('a checkpoint of more entries than there are', async () => {
        const org = await sized(3);
        const change = (by: string) => `update ledger.checkpoint set size = size ${by} where org_id = '${org.id}'`;
        expect(await found(org, change('+ 1'), change('- 1'))).toEqual(['log.checkpointAhead']);
    });

    // Case 18: no object's sequence has a hole, for the entry taken out is about an object of its own; only what was signed tells.
    it('an entry taken out of the middle, with everything after it renumbered and the chain computed anew', async () => {
        const org = await sized(9);
        const where = `where org_id = '${org.id}'`;
        const tables = ['entry', 'head', 'body', 'object'];
        const aside = tables.map((name) => `create table public.cut_${name} as select * from ledger.${name} ${where}`).join(';');
        const back = tables
            .map(
                (name) =>
                    `delete from ledger.${name} ${where}; insert into ledger.${name} select * from public.cut_${name}; drop table public.cut_${name}`,
            )
            .join(';');
        const at = (await leavesOf(org.id)).length - 5;
        const shift = ['entry', 'body', 'object'].map(
            (name) => `delete from ledger.${name} ${where} and idx = ${at};
                update ledger.${name} set idx = -idx ${where} and idx > ${at}; update ledger.${name} set idx = -idx - 1 ${where} and idx < 0`,
        );
        const rechain = `do $$ declare e record; v bytea; begin
            select chain into v from ledger.entry ${where} and idx = ${at - 1};
            for e in select idx, leaf from ledger.entry ${where} and idx >= ${at} order by idx loop
                v := sha256('\\x02'::bytea || v || e.leaf);
                update ledger.entry set chain = v ${where} and idx = e.idx;
            end loop;
            update ledger.head set size = size - 1, chain = v ${where}; end $$`;
        expect(await found(org, [aside, ...shift, rechain].join(';'), back)).toEqual(['log.checkpointAhead']);
        // With one entry more at the end the length fits again, and the root does not.
        const more = `insert into ledger.entry select org_id, idx + 1, leaf, sha256('\\x02'::bytea || chain || leaf), at, kind, actor, command_id, entry
                from ledger.entry ${where} order by idx desc limit 1;
            insert into ledger.body select org_id, idx + 1, salt, body from ledger.body ${where} order by idx desc limit 1;
            update ledger.head h set size = size + 1, chain = (select chain from ledger.entry e where e.org_id = h.org_id order by idx desc limit 1) ${where}`;
        expect(await found(org, [aside, ...shift, rechain, more].join(';'), back)).toContain('log.checkpointRoot');
    });

    it('a kept node that was changed, one that is gone and one too many', async () => {
        const org = await sized(600);
        const where = `where org_id = '${org.id}' and idx = 1`;
        const change = `update ledger.tree_node set node = ${flip('node')} ${where}`;
        expect(await found(org, change, change)).toEqual(['log.treeNode']);
        const gone = `create table public.node_aside as select * from ledger.tree_node ${where}; delete from ledger.tree_node ${where}`;
        expect(
            await found(org, gone, 'insert into ledger.tree_node select * from public.node_aside; drop table public.node_aside'),
        ).toEqual(['log.treeNode']);
        const more = `insert into ledger.tree_node select org_id, hash, 16, 0, node from ledger.tree_node ${where}`;
        expect(await found(org, more, `delete from ledger.tree_node where org_id = '${org.id}' and level = 16`)).toEqual([
            'log.treeNode',
        ]);
    });
});
