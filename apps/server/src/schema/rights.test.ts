import type { DomainEvent } from '@liuhen/domain';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastCheckpoint } from '../features/ledger/checkpoint/checkpoint.queries.ts';
import { checkpointerOf } from '../features/ledger/checkpoint/start-checkpoints.ts';
import { addCosignature } from '../features/ledger/checkpoint/witness.store.ts';
import { addTimeStamp } from '../features/ledger/stamp/stamp.store.ts';
import { runCommand } from '../platform/command/command.ts';
import { type BuiltOrganisation, buildOrganisation, buildPerson } from '../testing/builders.ts';
import { type TestServices, testServices } from '../testing/services.ts';
import { stateTables } from '../testing/verify-log.ts';

let services: TestServices;
let organisation: BuiltOrganisation;
let superuser: pg.Client;
let app: pg.Client;
let reader: pg.Client;

const connect = async (url: string): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
};

beforeAll(async () => {
    services = await testServices();
    organisation = await buildOrganisation(services);
    await buildPerson(services, organisation);
    await fillBlock();
    const { superUrl, appUrl, readerUrl } = services.database;
    [superuser, app, reader] = await Promise.all([connect(superUrl), connect(appUrl), connect(readerUrl)]);
});
afterAll(async () => {
    await Promise.all([superuser.end(), app.end(), reader.end()]);
    await services.close();
});

/** As many entries as it takes for every table of the log to have rows. */
async function fillBlock(): Promise<void> {
    const event: DomainEvent = { kind: 'organisation.updated', body: {} };
    await runCommand(services.commands, organisation.as(organisation.systemAdmin), 'test.append', async () => ({
        result: null,
        events: [event, ...Array.from({ length: 256 }, () => event)],
    }));
    await checkpointerOf(services).sign(organisation.id);
    const cosigned = { head: 'sha256', verifier: 'x', origin: 'x', time: 1n, signature: new Uint8Array(72) } as const;
    await addCosignature(services, organisation.id, { ...cosigned, size: await signedSize() });
    const stamped = { token: new Uint8Array(100), says: { at: 1, accuracyMs: 0, serial: '01', authority: 'x' } };
    await addTimeStamp(services, organisation.id, 'sha256', await signedSize(), stamped);
}

async function signedSize(): Promise<bigint> {
    const read = { readOrgs: [organisation.id] };
    return (await services.db.read(read, (db) => lastCheckpoint(db, organisation.id, 'sha256')))?.size ?? 0n;
}

type Table = { schema: string; name: string; rls: boolean; forced: boolean };
const tables = async (): Promise<(Table & { full: string })[]> => {
    const { rows } = await superuser.query<Table>(
        `select n.nspname as schema, c.relname as name, c.relrowsecurity as rls, c.relforcerowsecurity as forced
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('liuhen', 'ledger') and c.relkind in ('r', 'p') order by 1, 2`,
    );
    return rows.map((row) => ({ ...row, full: `${row.schema}.${row.name}` }));
};

/** Runs one statement as somebody with this organisation in scope and takes it back; gives the error's code, if any. */
async function attempt(client: pg.Client, statement: string): Promise<string | undefined> {
    await client.query('begin');
    await client.query(
        `select set_config('liuhen.orgs', '${organisation.id}', true), set_config('liuhen.org', '${organisation.id}', true)`,
    );
    try {
        await client.query(statement);
        return undefined;
    } catch (error) {
        return (error as { code?: string }).code;
    } finally {
        await client.query('rollback');
    }
}

const DENIED = '42501';
const LEDGER = [
    'app_key',
    'body',
    'checkpoint',
    'cosignature',
    'entry',
    'head',
    'log_key',
    'object',
    'tally',
    'time_stamp',
    'tree_node',
];
/**
 * Progress, tokens and command ids: no facts, so they may be removed. Anything new here needs a reason. `upload_part`: where the bytes of
 * an unfinished upload lie; `object_lock`: what a store was told last, so that the night says nothing twice; told again, nothing is lost.
 * `judging_progress`, `subject_progress`: how far the log was read for judging; read again, nothing changes. `compliance_month`,
 * `compliance_year`, `compliance_whole`, `compliance_officer_…`, `open_finding`, `rule_standing`: figures that follow from the judgements
 * and findings at any time, `document_error`: from documents and their steps. `checkpoint_alarm`: why no checkpoint is signed now; looked at again every few seconds.
 * `witness_trouble`, `time_stamp_trouble`: why a witness does not cosign, why there is no time-stamp; they are asked again.
 * `witness_lapse`: which witness lost what it kept, and when last; the entry `witness.forgot` says it for ever.
 */
const OPERATIONAL = [
    'checkpoint_alarm',
    'clock_alarm',
    'command',
    'compliance_month',
    'compliance_officer_month',
    'compliance_officer_year',
    'compliance_whole',
    'compliance_year',
    'document_error',
    'judging_progress',
    'log_check',
    'log_check_finding',
    'object_lock',
    'open_finding',
    'packing_progress',
    'party_import_row',
    'rule_standing',
    'scrub_round',
    'second_disk',
    'session',
    'subject_progress',
    'time_stamp_trouble',
    'upload',
    'upload_part',
    'witness_lapse',
    'witness_trouble',
];

describe('every table', () => {
    it('is a state table, an operational one or the log', async () => {
        const all = await tables();
        const named = (schema: string) => all.filter((each) => each.schema === schema).map((each) => each.name);
        expect(named('ledger')).toEqual(LEDGER);
        expect(named('liuhen').sort()).toEqual([...(await stateTables(superuser)), ...OPERATIONAL].sort());
    });

    it('has row-level security that binds its owner too', async () => {
        // Public keys belong to no organisation.
        const open = (await tables()).filter((each) => !(each.rls && each.forced)).map((each) => each.full);
        expect(open).toEqual(['ledger.app_key']);
    });

    it('shows nothing to a connection without scope', async () => {
        for (const { full } of (await tables()).filter((each) => each.full !== 'ledger.app_key')) {
            const { rows } = await app.query<{ count: string }>(`select count(*) from ${full}`);
            // Names and places in the tree are open to everybody signed in.
            expect([full, rows[0]?.count]).toEqual([full, full === 'liuhen.organisation' ? '1' : '0']);
        }
    });

    it('has no key to the row of its organisation, which all writers would have to share', async () => {
        const { rows } = await superuser.query(
            `select c.conrelid::regclass::text as table, c.conname as name from pg_constraint c
             join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
             where c.contype = 'f' and c.confrelid = 'liuhen.organisation'::regclass and a.attname = 'org_id'`,
        );
        expect(rows).toEqual([]);
    });

    it('belongs to a role nobody signs in as, and the logins bypass nothing', async () => {
        const { rows } = await superuser.query(
            `select rolname from pg_roles where rolname like 'liuhen%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
                or (rolname in ('liuhen_owner', 'liuhen_jobs') and rolcanlogin))`,
        );
        expect(rows).toEqual([]);
        const { rows: owned } = await superuser.query(
            `select distinct tableowner from pg_tables where schemaname in ('liuhen', 'ledger')`,
        );
        expect(owned).toEqual([{ tableowner: 'liuhen_owner' }]);
        const { rows: member } = await superuser.query(`select pg_has_role('liuhen_app', 'liuhen_owner', 'member') as is`);
        expect(member).toEqual([{ is: false }]);
    });
});

describe('the application', () => {
    it('can take no row out of a state table', async () => {
        for (const name of await stateTables(superuser)) {
            expect(await attempt(app, `delete from liuhen.${name}`), name).toBe(DENIED);
            expect(await attempt(app, `truncate liuhen.${name} cascade`), name).toBe(DENIED);
        }
    });

    it('can change nothing in the log but by appending', async () => {
        for (const name of LEDGER) {
            for (const verb of ['delete from', 'truncate'])
                expect(await attempt(app, `${verb} ledger.${name}`), name).toBe(DENIED);
            const column = name === 'app_key' ? 'key_id' : 'org_id';
            expect(await attempt(app, `update ledger.${name} set ${column} = ${column}`), name).toBe(DENIED);
            expect(await attempt(app, `insert into ledger.${name} default values`), name).toBe(DENIED);
        }
    });

    it('can write no row that has no entry, nor one of another organisation', async () => {
        const insert = (orgId: string) =>
            `insert into liuhen.department (id, org_id, version, command_id, name)
             values (gen_random_uuid(), '${orgId}', 1, gen_random_uuid(), 'x'); set constraints all immediate`;
        expect(await attempt(app, insert(organisation.id))).toBe('LH006');
        expect(await attempt(app, insert('00000000-0000-7000-8000-000000000001'))).toBe(DENIED);
        const rename = (set: string) =>
            `update liuhen.person set ${set} where org_id = '${organisation.id}'; set constraints all immediate`;
        expect(await attempt(app, rename(`name = 'x'`))).toBe('LH005');
        expect(await attempt(app, rename(`name = 'x', version = version + 1`))).toBe('LH006');
        expect(await attempt(app, rename(`id = gen_random_uuid(), version = version + 1`))).toBe('LH005');
    });

    it('can neither change the schema nor reach the job queue', async () => {
        for (const statement of [
            'alter table liuhen.person disable row level security',
            'drop trigger append_only on ledger.entry',
            'create table liuhen.mine (n int)',
            'create table public.mine (n int)',
            'select * from graphile_worker._private_jobs',
            'set role liuhen_owner',
            'set session_replication_role = replica',
        ])
            expect(await attempt(app, statement), statement).toBe(DENIED);
    });
});

describe('the reader', () => {
    it('changes nothing anywhere', async () => {
        for (const { full, schema } of await tables()) {
            if (schema === 'liuhen') expect(await attempt(reader, `update ${full} set org_id = org_id`), full).toBe(DENIED);
            expect(await attempt(reader, `delete from ${full}`), full).toBe(DENIED);
            expect(await attempt(reader, `insert into ${full} default values`), full).toBe(DENIED);
        }
    });
});

describe('the log', () => {
    it('refuses even a superuser who does not first remove its triggers', async () => {
        for (const name of LEDGER) {
            const column = name === 'app_key' ? 'key_id' : 'org_id';
            expect(await attempt(superuser, `update ledger.${name} set ${column} = ${column}`), `update ${name}`).toBe('LH001');
            expect(await attempt(superuser, `delete from ledger.${name}`), `delete ${name}`).toBe('LH001');
            expect(await attempt(superuser, `truncate ledger.${name}`), `truncate ${name}`).toBe('LH001');
        }
    });

    it('keeps the rows of the state tables from being deleted by anybody', async () => {
        for (const name of await stateTables(superuser)) {
            const { rows } = await superuser.query<{ n: string }>(`select count(*) as n from liuhen.${name}`);
            if (rows[0]?.n !== '0') expect(await attempt(superuser, `delete from liuhen.${name}`), name).toBe('LH005');
            expect(await attempt(superuser, `truncate liuhen.${name} cascade`), name).toBe('LH005');
        }
    });
});
