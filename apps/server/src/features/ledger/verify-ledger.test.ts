import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { bodyOf, entryBytes, entrySigningMessage, type Id, parseEntry, SYSTEM_ID, toHex } from '@liuhen/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { insertRow } from '../../platform/command/row-writer.ts';
import { commandBy } from '../../testing/builders.ts';
import {
    addOrganisation,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { verifyLedger } from './verify-ledger.ts';
import type { LedgerFinding } from './verify-report.ts';

let system: FeatureSystem;
let pudong: TestOrganisation;
let party: Id;
/** Index of the entry that created the party. */
let index: number;

beforeEach(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    const call = caller(system, partyHandlers(system.services));
    const make = (name: string) => call('party.create', pudong, { body: { name, kind: 'naturalPerson' } });
    party = (await make('李雷')).id;
    await make('韩梅梅');
    const found = await system.superPool.query('select idx from ledger.object where object_id = $1', [party]);
    index = Number(found.rows[0]?.idx);
});
afterEach(() => system.close());

/** As a database owner who knows what stands in his way. */
async function tamper(statement: string, values: unknown[] = []): Promise<void> {
    const client = await system.superPool.connect();
    try {
        await client.query("set session_replication_role = 'replica'");
        const { rowCount } = await client.query(statement, values);
        expect(rowCount).toBeGreaterThan(0);
        await client.query('reset session_replication_role');
    } finally {
        client.release();
    }
}

const summary = (finding: LedgerFinding): string => {
    if (finding.about === 'log') return `${finding.code} ${finding.org === pudong.id ? finding.index : 'elsewhere'}`;
    return finding.about === 'row' ? `${finding.code} ${finding.table} ${finding.id}` : finding.code;
};
const found = async (): Promise<string[]> => {
    const { findings, total, sound } = await system.verify();
    expect([total, sound]).toEqual([findings.length, findings.length === 0]);
    return findings.map(summary);
};

describe('an untouched database', () => {
    it('is sound, and the report says what was read', async () => {
        const seen: string[] = [];
        expect((await verifyLedger({ pool: system.superPool })).sound).toBe(true);
        const report = await system.verify({ onProgress: ({ org, step }) => seen.push(`${org} ${step}`) });
        expect(report).toMatchObject({ total: 0, sound: true, findings: [] });
        expect(report.logs.map((log) => [log.org, log.name])).toEqual([
            [SYSTEM_ID, null],
            [pudong.id, '浦东新区卫生健康委员会监督所'],
        ]);
        expect(report.tables.find((each) => each.table === 'party')).toEqual({ table: 'party', rows: 2 });
        expect(seen.at(-1)).toBe(`${pudong.id} tables`);
        const head = await system.superPool.query('select size, chain from ledger.head where org_id = $1', [pudong.id]);
        expect(report.logs[1]).toMatchObject({ size: BigInt(head.rows[0].size), chain: toHex(head.rows[0].chain) });
    });

    it('lists the content that the log vouches for', async () => {
        const content = { sha256: 'aa'.repeat(32), sm3: 'bb'.repeat(32), size: '5000000000', chunkRoot: 'cc'.repeat(32) };
        const command = commandBy(system.services, pudong.id, pudong.actor);
        await runCommand(system.services.commands, command, 'upload.create', async () => ({
            result: null,
            events: [{ kind: 'recording.registered', content: [content], body: {} }],
        }));
        const { contents } = await system.verify();
        expect(contents).toEqual([{ ...content, idx: expect.any(BigInt), org: pudong.id }]);
    });

    it('is read in batches without losing a row or an entry', async () => {
        const command = commandBy(system.services, pudong.id, pudong.actor);
        await runCommand(system.services.commands, command, 'party.create', async (tx) => {
            const ids = Array.from({ length: 1_203 }, () => tx.newId());
            for (const id of ids)
                await insertRow(tx, 'party', { id, name: '批量', kind: 'naturalPerson', state: 'active', search_text: '' });
            const events = ids.map((id) => ({ kind: 'party.created' as const, creates: [id], body: bodyOf({ name: '批量' }) }));
            return { result: null, events: events as [(typeof events)[0]] };
        });
        const { tables, logs, total } = await system.verify();
        expect(tables.find((each) => each.table === 'party')?.rows).toBe(1_205);
        expect([total, (logs[1]?.size ?? 0n) > 1_203n]).toEqual([0, true]);
    });
});

describe('names', () => {
    it('a changed row', async () => {
        await tamper("update liuhen.party set name = '李磊' where id = $1", [party]);
        expect(await found()).toEqual([`state.rowChanged party ${party}`]);
    });

    it('a row with a number that no command can have written, and the rows after it', async () => {
        const beyond = '9007199254740993';
        await tamper(`update liuhen.account set locked_until = ${beyond} where id = $1`, [pudong.actor]);
        await tamper("update liuhen.party set name = '李磊' where id = $1", [party]);
        const [blob, command] = [system.services.clock.newId(), system.services.clock.newId()];
        const bytes = `decode(repeat('aa', 32), 'hex')`;
        await tamper(
            `insert into liuhen.blob (id, org_id, version, command_id, sha256, sm3, size, chunk_root, chunk_digests)
             values ($1, $2, 1, $3, ${bytes}, ${bytes}, 'NaN', ${bytes}, ${bytes})`,
            [blob, pudong.id, command],
        );
        expect((await found()).sort()).toEqual(
            [
                `state.rowChanged account ${pudong.actor}`,
                `state.rowUnlogged blob ${blob}`,
                `state.rowChanged party ${party}`,
            ].sort(),
        );
    });

    it('such a number in the log', async () => {
        await tamper('update ledger.entry set at = 9007199254740993 where org_id = $1 and idx = $2', [pudong.id, index]);
        await tamper('update ledger.object set seq = 9007199254740993 where object_id = $1', [party]);
        expect((await found()).sort()).toEqual([
            `log.columnMismatch ${index}`,
            `log.objectIndex ${index}`,
            `log.objectIndex ${index}`,
        ]);
        await tamper('update ledger.entry set idx = 9007199254740993 where org_id = $1 and idx = $2', [pudong.id, index]);
        expect(await found()).toContain('log.indexGap 9007199254740993');
    });

    it('a row changed together with its version', async () => {
        await tamper("update liuhen.party set name = '李磊', version = 2 where id = $1", [party]);
        expect(await found()).toEqual([`state.versionMismatch party ${party}`]);
    });

    it('a deleted row and a row slipped in', async () => {
        const other = system.services.clock.newId();
        await tamper('update liuhen.party set id = $2 where id = $1', [party, other]);
        expect((await found()).sort()).toEqual([`state.rowMissing party ${party}`, `state.rowUnlogged party ${other}`].sort());
    });

    it('a row of an organisation that nobody registered', async () => {
        const [row, org] = [system.services.clock.newId(), system.services.clock.newId()];
        await tamper(
            `insert into liuhen.party (id, org_id, version, command_id, name, kind, state, search_text)
             values ($1, $2, 1, $1, '幽灵', 'naturalPerson', 'active', '')`,
            [row, org],
        );
        expect(await found()).toEqual([`state.rowUnlogged party ${row}`]);
    });

    it('one changed byte of an entry', async () => {
        await tamper(
            'update ledger.entry set entry = set_byte(entry, 40, get_byte(entry, 40) # 1) where org_id = $1 and idx = $2',
            [pudong.id, index],
        );
        expect(await found()).toContain(`log.leafMismatch ${index}`);
    });

    it('changed bytes anywhere in an entry, its leaf and its chain', async () => {
        const { rows } = await system.superPool.query(
            'select octet_length(entry) as length from ledger.entry where org_id = $1 and idx = $2',
            [pudong.id, index],
        );
        for (const [column, length] of [
            ['entry', rows[0].length],
            ['leaf', 32],
            ['chain', 32],
        ] as const) {
            for (let at = 0; at < length; at += 97) {
                const flip = `update ledger.entry set ${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 64) where org_id = $1 and idx = $2`;
                await tamper(flip, [pudong.id, index]);
                expect((await found()).some((each) => each.endsWith(` ${index}`))).toBe(true);
                await tamper(flip, [pudong.id, index]);
            }
        }
        expect(await found()).toEqual([]);
    });

    it('a changed column beside the signed bytes', async () => {
        await tamper('update ledger.entry set actor = $3 where org_id = $1 and idx = $2', [pudong.id, index, party]);
        expect(await found()).toEqual([`log.columnMismatch ${index}`]);
    });

    it('a changed or missing body', async () => {
        await tamper("update ledger.body set body = convert_to('{}', 'UTF8') where org_id = $1 and idx = $2", [pudong.id, index]);
        expect(await found()).toEqual([`log.bodyMismatch ${index}`]);
        await tamper('delete from ledger.body where org_id = $1 and idx = $2', [pudong.id, index]);
        expect(await found()).toEqual([`log.bodyMissing ${index}`]);
        await tamper('insert into ledger.body select org_id, 99999, salt, body from ledger.body where org_id = $1 limit 1', [
            pudong.id,
        ]);
        expect(await found()).toContain('log.bodySurplus 99999');
    });

    it('a changed head', async () => {
        await tamper('update ledger.head set chain = set_byte(chain, 0, get_byte(chain, 0) # 1) where org_id = $1', [pudong.id]);
        expect((await found()).map((each) => each.split(' ')[0])).toEqual(['log.headMismatch']);
        await tamper('delete from ledger.head where org_id = $1', [pudong.id]);
        expect((await found()).map((each) => each.split(' ')[0])).toEqual(['log.headMismatch']);
    });

    it('a deleted entry', async () => {
        await tamper('delete from ledger.entry where org_id = $1 and idx = $2', [pudong.id, index]);
        const findings = await found();
        expect(findings).toContain(`log.indexGap ${index + 1}`);
        expect(findings).toContain(`state.rowUnlogged party ${party}`);
        expect(findings).toContain(`log.bodySurplus ${index}`);
    });

    it('an entry cut off the end together with its head', async () => {
        const last = 'select max(idx) from ledger.entry where org_id = $1';
        await tamper(`delete from ledger.body where org_id = $1 and idx = (${last})`, [pudong.id]);
        await tamper(`delete from ledger.object where org_id = $1 and idx = (${last})`, [pudong.id]);
        await tamper(`delete from ledger.entry where org_id = $1 and idx = (${last})`, [pudong.id]);
        await tamper(
            `update ledger.head h set size = e.idx + 1, chain = e.chain from ledger.entry e
             where h.org_id = $1 and e.org_id = $1 and e.idx = (${last})`,
            [pudong.id],
        );
        expect((await found()).map((each) => each.split(' ').slice(0, 2).join(' '))).toEqual(['state.rowUnlogged party']);
    });

    it('a step left out of the list of an object', async () => {
        await tamper('delete from ledger.object where object_id = $1', [party]);
        expect(await found()).toEqual([`log.objectIndex ${index}`]);
    });

    it('a tally that keeps entries out of the lists', async () => {
        const command = commandBy(system.services, pudong.id, pudong.actor);
        const event = { kind: 'party.updated' as const, body: {} };
        await runCommand(system.services.commands, command, 'test.append', async () => ({
            result: null,
            events: [event, ...Array.from({ length: 700 }, () => event)],
        }));
        expect(await found()).toEqual([]);
        const of = (block: number) => `org_id = '${pudong.id}' and block = ${block} and kind = 'party.updated'`;
        const steps: readonly [change: string, back: string, names: readonly number[]][] = [
            [`entries = entries - 1`, `entries = entries + 1`, [256]],
            [`last_at = last_at - 1`, `last_at = last_at + 1`, [256]],
            [`first_at = first_at + 1`, `first_at = first_at - 1`, [256]],
            [`actor = '${party}'`, `actor = '${pudong.actor}'`, [256]],
            [`kind = 'party.created'`, `kind = 'party.updated'`, [256]],
        ];
        for (const [change, back, names] of steps) {
            await tamper(`update ledger.tally set ${change} where ${of(1)}`);
            expect(await found(), change).toEqual(names.map((first) => `log.tallyMismatch ${first}`));
            await tamper(`update ledger.tally set ${back} where org_id = '${pudong.id}' and block = 1`);
        }
        expect(await found()).toEqual([]);
        await tamper(
            `insert into ledger.tally select org_id, 9, kind, actor, entries, first_at, last_at from ledger.tally where ${of(1)}`,
        );
        expect(await found()).toEqual(['log.tallyMismatch 2304']);
        await tamper(`delete from ledger.tally where ${of(9)}`);
        await tamper(`delete from ledger.tally where ${of(0)}`);
        expect(await found()).toEqual(['log.tallyMismatch 0']);
        const other = system.services.clock.newId();
        await tamper(`update ledger.tally set org_id = '${other}' where ${of(1)}`);
        expect(await found()).toEqual(['log.tallyMismatch 0', 'log.tallyMismatch 256', 'log.tallyMismatch elsewhere']);
    });

    it('a log without an organisation', async () => {
        await tamper('delete from liuhen.organisation where id = $1', [pudong.id]);
        expect(await found()).toEqual([`state.rowMissing organisation ${pudong.id}`]);
    });
});

describe('a forged entry', () => {
    /** Appends an entry that copies the last one, signed with the given key, with leaf, chain and head as they must be. */
    async function forge(key: { keyId: string; sign(message: Uint8Array): Uint8Array }, change: object = {}): Promise<number> {
        const { rows } = await system.superPool.query('select * from ledger.entry where org_id = $1 order by idx desc limit 1', [
            pudong.id,
        ]);
        const last = rows[0];
        const { sig: _, ...honest } = parseEntry(last.entry);
        const unsigned = { ...honest, objects: [], rows: [], app: key.keyId, ...change };
        const entry = entryBytes({ ...unsigned, sig: toHex(key.sign(entrySigningMessage(unsigned))) });
        const leaf = createHash('sha256')
            .update(Buffer.from([0]))
            .update(entry)
            .digest();
        const chain = createHash('sha256')
            .update(Buffer.from([2]))
            .update(last.chain)
            .update(leaf)
            .digest();
        const idx = Number(last.idx) + 1;
        await tamper(
            `insert into ledger.entry (org_id, idx, leaf, chain, at, kind, actor, command_id, entry)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
            [pudong.id, idx, leaf, chain, last.at, last.kind, last.actor, last.command_id, entry],
        );
        await tamper('insert into ledger.body select org_id, $2, salt, body from ledger.body where org_id = $1 and idx = $3', [
            pudong.id,
            idx,
            last.idx,
        ]);
        await tamper('update ledger.head set size = $2, chain = $3 where org_id = $1', [pudong.id, idx + 1, chain]);
        return idx;
    }
    const newKey = () => {
        const { privateKey, publicKey } = generateKeyPairSync('ed25519');
        const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
        const keyId = createHash('sha256').update(raw).digest('hex').slice(0, 16);
        return { keyId, raw, sign: (message: Uint8Array) => sign(null, message, privateKey) };
    };

    it('in the name of the application’s key is named', async () => {
        const idx = await forge({ keyId: system.services.commands.signer.keyId, sign: newKey().sign });
        expect(await found()).toEqual([`log.badSignature ${idx}`]);
    });

    it('with an unknown key is named', async () => {
        expect(await found()).toEqual([]);
        const idx = await forge(newKey());
        expect(await found()).toEqual([`log.unknownKey ${idx}`]);
    });

    it('with a key put into the table is betrayed by the key', async () => {
        const key = newKey();
        await tamper('insert into ledger.app_key (key_id, public_key, at) values ($1, $2, 0)', [key.keyId, key.raw]);
        await forge(key);
        expect(await found()).toEqual(['key.notIntroduced']);
        const { keyId, publicKey } = system.services.commands.signer;
        const { findings } = await system.verify({ trustedKeys: [{ keyId, publicKey }] });
        expect(findings.map(summary)).toEqual(['key.notIntroduced', 'key.notTrusted']);
    });

    it('that covers a changed row is named, and so is the row', async () => {
        const idx = await forge(newKey(), { rows: [{ table: 'party', id: party, version: 2, sha256: 'aa'.repeat(32) }] });
        expect(await found()).toEqual([`log.unknownKey ${idx}`, `state.versionMismatch party ${party}`]);
    });

    it('cannot hide behind another key under the same name', async () => {
        const key = newKey();
        await tamper('update ledger.app_key set public_key = $1', [key.raw]);
        const findings = await found();
        expect(findings).toContain('key.misnamed');
        expect(findings.some((each) => each.startsWith('log.badSignature'))).toBe(true);
    });
});

it('many findings are counted, and the first are named', async () => {
    await tamper('update ledger.entry set at = at + 1');
    const { findings, total } = await system.verify({ keep: 3 });
    expect(findings).toHaveLength(3);
    expect(total).toBeGreaterThan(5);
});
