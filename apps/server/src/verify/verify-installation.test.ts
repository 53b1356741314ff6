import { chmod, link, open, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liuhen } from '../cli/run.fixture.ts';
import { createDevice } from '../features/device/device.commands.ts';
import { createDocument } from '../features/document/document.commands.ts';
import { makeKey } from '../platform/signer.ts';
import { TEST_PASSWORD } from '../testing/builders.ts';
import { remote } from '../testing/remote.ts';
import { type TestInstallation, testInstallation } from './installation.fixture.ts';
import { openEmbedded } from './open-database.ts';
import type { InstallationReport } from './report.ts';
import { reportText } from './report-text.ts';
import { verifyInstallation } from './verify-installation.ts';

let here: TestInstallation;
/** The stored files: of one chunk, and of three. */
let [short, long] = ['', ''];
let recordings: { id: string; display_name: string }[] = [];

beforeAll(async () => {
    here = await testInstallation();
    const { officer, device, app, scratch } = here;
    const ran = await liuhen(
        ['upload', '--server', app.url, '--login', officer.login, '--device', device.number, ...here.clips],
        { env: { LIUHEN_PASSWORD: TEST_PASSWORD, XDG_STATE_HOME: scratch } },
    );
    expect(ran).toMatchObject({ code: 0 });
    await here.settled(2);
    const found = await here.tamper<{ id: string; display_name: string; key: string }>(
        `select r.id, r.display_name, c.key from liuhen.recording r join liuhen.blob b on b.id = r.blob_id
         join liuhen.blob_copy c on c.blob_id = b.id order by b.size`,
    );
    recordings = found.map(({ id, display_name }) => ({ id, display_name }));
    [short, long] = found.map(({ key }) => join(here.dataFolder, 'objects', 'objects', key)) as [string, string];
}, 120_000);
afterAll(() => here?.close());

const verify = (options: Partial<Parameters<typeof verifyInstallation>[0]> = {}): Promise<InstallationReport> =>
    verifyInstallation({ dataFolder: here.dataFolder, ...options });

const codes = (report: InstallationReport): string[] => report.findings.map((finding) => finding.code);
const words = (report: InstallationReport): string => reportText(report, 'en').join('\n');

/** Changes a row as nobody may, verifies, and puts it back. */
async function afterTampering(
    change: string,
    undo: string,
    values: readonly unknown[],
    look: (report: InstallationReport) => void,
): Promise<void> {
    await here.tamper(change, values);
    try {
        look(await verify());
    } finally {
        await here.tamper(undo, values);
    }
    expect((await verify()).outcome).toBe('sound');
}

/** Changes a stored file, verifies, and puts its bytes back. */
async function afterChanging(file: string, change: () => Promise<unknown>, look: (report: InstallationReport) => void) {
    const [bytes, list] = [await readFile(file), await readFile(`${file}.chunks`)];
    await chmod(file, 0o600);
    await chmod(`${file}.chunks`, 0o600);
    try {
        await change();
        look(await verify());
    } finally {
        await rm(file, { recursive: true, force: true });
        await writeFile(file, bytes, { mode: 0o400 });
        await writeFile(`${file}.chunks`, list, { mode: 0o400 });
    }
}

async function flipByte(file: string, at: number): Promise<void> {
    const handle = await open(file, 'r+');
    const byte = Buffer.alloc(1);
    await handle.read(byte, 0, 1, at);
    await handle.write(Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, at);
    await handle.close();
}

describe('beside a running system', () => {
    it('finds everything in order and says how much it looked at', async () => {
        const report = await verify();
        expect(report).toMatchObject({ outcome: 'sound', total: 0, gaps: [], sample: 1 });
        expect(report.files).toMatchObject({ contents: 2, copies: 2, hashed: 2, unreferenced: { count: 0 } });
        expect(report.keys.sources).toEqual(['file']);
        expect(report.logs.map((log) => log.name)).toContain(here.organisation.name);
        expect(words(report)).toContain('Everything agrees');
        expect(reportText(report, 'zh-CN').join('\n')).toContain('全部相符');
    });

    it('stays in order while recordings come in', async () => {
        const { officer, app, scratch } = here;
        const more = join(scratch, 'more.mp4');
        await writeFile(more, Buffer.concat([await readFile(here.clips[0]), Buffer.from('\0\0\0\x08free')]));
        const uploading = liuhen(['upload', '--server', app.url, '--login', officer.login, more], {
            env: { LIUHEN_PASSWORD: TEST_PASSWORD, XDG_STATE_HOME: scratch },
        });
        const reports: InstallationReport[] = [];
        let done = false;
        void uploading.finally(() => {
            done = true;
        });
        while (!done) reports.push(await verify());
        expect((await uploading).code).toBe(0);
        expect(reports.flatMap(codes)).toEqual([]);
        await here.settled(3);
    });
});

describe('stored files', () => {
    it('names file, recording and chunk of one flipped byte', () =>
        afterChanging(
            long,
            () => flipByte(long, 5_000_000),
            (report) => {
                expect(report.outcome).toBe('wrong');
                expect(report.findings).toMatchObject([
                    {
                        about: 'file',
                        code: 'file.changed',
                        path: expect.stringContaining(basename(long)),
                        recordings: [{ id: recordings[1]?.id }],
                        params: { chunk: 1, from: '4194304', to: '8388608' },
                    },
                ]);
                const text = words(report);
                for (const part of [basename(long), recordings[1]?.id ?? '-', 'chunk 1', 'bytes 4194304 up to 8388608'])
                    expect(text).toContain(part);
            },
        ));

    it('names the documents whose scan, print or signed copy it is', async () => {
        const { organisation, officer, app } = here;
        const begin = async (title: string) =>
            (await createDocument(app.services, organisation.as(officer), { type: 'priorNotice', title, content: {} })).id;
        const [scanned, printed, signed] = [await begin('扫描的文书'), await begin('打印的文书'), await begin('签名的文书')];
        const common = `gen_random_uuid(), r.org_id, 1, r.command_id`;
        const from = `from liuhen.recording r where r.id = $1`;
        await here.tamper(
            `insert into liuhen.document_scan (id, org_id, version, command_id, document_id, blob_id, role, finding, display_name,
                 media_type, added_by, added_at)
             select ${common}, $2, r.blob_id, 'signed', 'notRead', 'x', 'image/png', r.uploaded_by, 1 ${from}`,
            [recordings[0]?.id, scanned],
        );
        const print = `insert into liuhen.document_print (id, org_id, version, command_id, document_id, revision, kind, digest,
                 printed_by, printed_at, blob_id)
             select ${common}, $2, 1, 'draft', b.sha256, r.uploaded_by, 1`;
        const fromBlob = `from liuhen.recording r join liuhen.blob b on b.id = r.blob_id where r.id = $1`;
        await here.tamper(`${print}, r.blob_id ${fromBlob}`, [recordings[0]?.id, printed]);
        await here.tamper(`${print}, null ${fromBlob}`, [recordings[0]?.id, signed]);
        await here.tamper(
            `insert into liuhen.document_signed_copy (id, org_id, version, command_id, document_id, print_id, blob_id, signature_ids,
                 pages, made_by, made_at)
             select ${common}, $2, p.id, r.blob_id, '{}', 1, r.uploaded_by, 1
             from liuhen.recording r join liuhen.document_print p on p.document_id = $2 where r.id = $1`,
            [recordings[0]?.id, signed],
        );
        try {
            await afterChanging(
                short,
                () => flipByte(short, 100),
                (report) => {
                    const found = report.findings.find((each) => each.code === 'file.changed');
                    expect(found).toMatchObject({
                        documents: [
                            { id: scanned, name: '扫描的文书' },
                            { id: printed, name: '打印的文书' },
                            { id: signed, name: '签名的文书' },
                        ],
                    });
                    expect(words(report)).toContain(
                        `(document 扫描的文书 ${scanned}, 打印的文书 ${printed}, 签名的文书 ${signed})`,
                    );
                },
            );
        } finally {
            for (const table of ['document_scan', 'document_signed_copy', 'document_print'])
                await here.tamper(`delete from liuhen.${table} where document_id = any ($1)`, [[scanned, printed, signed]]);
        }
        expect((await verify()).outcome).toBe('sound');
    });

    it('names the chunk from the database when the list beside the file was forged too', () =>
        afterChanging(
            long,
            async () => {
                await flipByte(long, 9_000_000);
                await flipByte(`${long}.chunks`, 70);
            },
            (report) => {
                expect(codes(report).sort()).toEqual(['file.changed', 'file.chunkListDamaged']);
                expect(report.findings.find((each) => each.code === 'file.changed')?.params).toMatchObject({ chunk: 2 });
            },
        ));

    it('says so when a file is gone', () =>
        afterChanging(
            short,
            () => rm(short),
            (report) => {
                expect(codes(report)).toEqual(['file.missing']);
                expect(words(report)).toContain(recordings[0]?.display_name);
            },
        ));

    it('tells a file that is shorter', () =>
        afterChanging(
            short,
            () => truncate(short, 1_000),
            (report) => expect(codes(report)).toContain('file.sizeChanged'),
        ));

    it('does not take a link for a file', () =>
        afterChanging(
            short,
            async () => {
                await rename(short, `${here.scratch}/moved`);
                await symlink(`${here.scratch}/moved`, short);
            },
            (report) => expect(codes(report)).toEqual(['file.notAFile']),
        ));

    it('counts what no row names as information only', async () => {
        const stray = join(dirname(short), 'f'.repeat(64));
        await link(here.clips[0], stray);
        const report = await verify();
        await rm(stray);
        expect(report).toMatchObject({ outcome: 'sound', files: { unreferenced: { count: 1 } } });
        expect(words(report)).toContain('f'.repeat(64));
    });

    it('reads a sample of the files and looks after all of them', async () => {
        const report = await verify({ sample: 0.5, random: () => 0.6 });
        expect(report).toMatchObject({ outcome: 'sound', files: { copies: 3, hashed: 2 } });
        expect(words(report)).toContain('50%');
    });

    it('cannot say more when the store is not mounted', async () => {
        const sentinel = join(here.dataFolder, 'objects', 'LIUHEN-STORE');
        await rename(sentinel, `${sentinel}.away`);
        const report = await verify();
        await rename(`${sentinel}.away`, sentinel);
        expect(report).toMatchObject({ outcome: 'incomplete', total: 0, gaps: [{ code: 'gap.storeNotMounted' }] });
    });
});

describe('what was quarantined', () => {
    it('is compared with the log like everything else', async () => {
        const { app, officer, dataFolder } = here;
        const signedIn = await remote(app.url).signIn(officer.login, TEST_PASSWORD);
        const bytes = Buffer.from('not what was declared');
        const declared = Buffer.from('00'.repeat(32)).toString('base64');
        const answer = await fetch(`${app.url}/api/uploads`, {
            method: 'POST',
            body: bytes,
            headers: {
                cookie: signedIn.cookie ?? '',
                'tus-resumable': '1.0.0',
                'upload-length': String(bytes.length),
                'upload-metadata': `sha256 ${declared}`,
                'content-type': 'application/offset+octet-stream',
            },
        });
        expect(answer.status).toBe(422);
        expect(await verify()).toMatchObject({ outcome: 'sound', files: { quarantined: 1 } });

        const folder = join(dataFolder, 'objects', 'quarantine');
        const [name = ''] = (await readdir(folder)).filter((each) => !each.endsWith('.chunks'));
        await flipByte(join(folder, name), 3);
        const report = await verify();
        await flipByte(join(folder, name), 3);
        expect(report.findings).toMatchObject([{ code: 'file.changed', path: join('objects', 'quarantine', name) }]);
    });
});

describe('rows and log', () => {
    it('names table and id of a changed row', () =>
        afterTampering(
            `update liuhen.recording set display_name = display_name || 'x' where id = $1`,
            `update liuhen.recording set display_name = left(display_name, -1) where id = $1`,
            [recordings[0]?.id],
            (report) => {
                expect(report.findings).toMatchObject([
                    { about: 'row', code: 'state.rowChanged', table: 'recording', id: recordings[0]?.id },
                ]);
                expect(words(report)).toContain(`table recording, row ${recordings[0]?.id}`);
            },
        ));

    it('names the entry whose bytes were changed', async () => {
        const flip = (text: string) =>
            `update ledger.entry set entry = overlay(entry placing '${text}'::bytea from 3) where org_id = $1 and idx = 2`;
        const [row] = await here.tamper<{ part: Buffer }>(
            'select substring(entry from 3 for 1) as part from ledger.entry where org_id = $1 and idx = 2',
            [here.organisation.id],
        );
        await afterTampering(flip('\\x7e'), flip(`\\x${row?.part.toString('hex')}`), [here.organisation.id], (report) => {
            const named = report.findings.filter((each) => each.about === 'log').map((each) => [each.code, String(each.index)]);
            expect(named).toContainEqual(['log.leafMismatch', '2']);
            expect(words(report)).toContain(`${here.organisation.name}, entry 2`);
        });
    });

    it('says what is missing when the end of a log and its head were cut off together', async () => {
        const { id } = here.organisation;
        // What is cut off holds a change of a row, whatever else the server wrote by itself since.
        const [head] = await here.tamper<{ size: string }>('select size::text from ledger.head where org_id = $1', [id]);
        await createDevice(here.app.services, here.organisation.as(here.officer), { kind: 'recorder', number: 'A0174' });
        // The server judges meanwhile what nobody recorded: an entry of it between cutting and putting back would be lost.
        const report = await here.still(async () => {
            const [entries, bodies, objects, heads] = await Promise.all(
                ['entry', 'body', 'object', 'head'].map((table) =>
                    here.tamper(`select to_json(t)::text as row from ledger.${table} t where org_id = $1`, [id]),
                ),
            );
            const tables = { entry: entries, body: bodies, object: objects, head: heads };
            await here.tamper(
                `with cut as (select $2::bigint as at),
                  e as (delete from ledger.entry where org_id = $1 and idx >= (select at from cut)),
                  b as (delete from ledger.body where org_id = $1 and idx >= (select at from cut)),
                  o as (delete from ledger.object where org_id = $1 and idx >= (select at from cut))
             update ledger.head set size = (select at from cut),
                 chain = (select chain from ledger.entry where org_id = $1 and idx = (select at from cut) - 1)
             where org_id = $1`,
                [id, head?.size],
            );
            const cutOff = await verify();
            for (const [table, rows] of Object.entries(tables)) {
                await here.tamper(`delete from ledger.${table} where org_id = $1`, [id]);
                for (const { row } of rows as { row: string }[])
                    await here.tamper(
                        `insert into ledger.${table} select * from json_populate_record(null::ledger.${table}, $1)`,
                        [row],
                    );
            }
            return cutOff;
        });
        expect(report.outcome).toBe('wrong');
        expect(codes(report)).toContain('log.commandUnlogged');
        expect(codes(report).filter((code) => code.startsWith('state.')).length).toBeGreaterThan(0);
        expect((await verify()).outcome).toBe('sound');
    });

    it('names a head that does not fit', () =>
        afterTampering(
            'update ledger.head set size = size + 1 where org_id = $1',
            'update ledger.head set size = size - 1 where org_id = $1',
            [here.organisation.id],
            (report) => expect(codes(report)).toEqual(['log.headMismatch']),
        ));

    it('names a key that signed entries and was withdrawn since, and believes the database’s word for it no more', async () => {
        const own = join(here.dataFolder, 'keys', 'app-ed25519.pem');
        const accepted = join(here.dataFolder, 'keys', 'app-accepted.json');
        const { keyId, publicKey } = here.app.services.commands.signer;
        const hex = Buffer.from(publicKey).toString('hex');
        const keys = (action: string) => liuhen(['keys', action, hex, '--data', here.dataFolder]);
        // A server that runs would take its own key in again.
        await here.app.stop();
        expect(await keys('accept')).toMatchObject({ code: 0 });
        const before = await readFile(accepted);
        // Its own key cannot be withdrawn either: it is that of one that has another now, or none that can be read.
        await rename(own, `${own}.away`);
        try {
            expect(await keys('withdraw')).toMatchObject({ code: 0 });
            for (const has of ['none', 'another']) {
                if (has === 'another') await makeKey(own);
                const report = await verify();
                expect(report.outcome).toBe('wrong');
                expect(report.keys.sources).toEqual(['file']);
                expect(report.findings).toMatchObject([{ code: 'key.notTrusted', params: { key: keyId } }]);
                expect(words(report)).toContain(keyId);
            }
            expect(await keys('accept')).toMatchObject({ code: 0 });
            expect((await verify()).outcome).toBe('sound');
        } finally {
            await rename(`${own}.away`, own);
            await writeFile(accepted, before);
            await here.start();
        }
    });

    it('does not believe the database’s own word for a key', async () => {
        const other = join(here.scratch, 'other.key');
        await writeFile(other, `${'ab'.repeat(32)}\n`);
        const own = join(here.dataFolder, 'keys', 'app-ed25519.pem');
        const accepted = join(here.dataFolder, 'keys', 'app-accepted.json');
        await rename(own, `${own}.away`);
        // What somebody accepted is as good as the key itself, which has been among it since the first checkpoint.
        expect(await verify()).toMatchObject({ outcome: 'sound', keys: { sources: ['file'] } });
        await rename(accepted, `${accepted}.away`);
        try {
            const without = await verify();
            expect(without).toMatchObject({ outcome: 'sound', keys: { sources: ['database'] } });
            expect(words(without)).toContain('a forger of the database could have replaced them');
            expect(codes(await verify({ keyFiles: [other] }))).toContain('key.notTrusted');
            expect(await verify({ keyFiles: [`${own}.away`] })).toMatchObject({ outcome: 'sound' });
        } finally {
            await rename(`${own}.away`, own);
            await rename(`${accepted}.away`, accepted);
        }
    });

    it('survives a value that no command can have written', () =>
        afterTampering(
            'update liuhen.recording set received_at = received_at + 9000000000000000000 where id = $1',
            'update liuhen.recording set received_at = received_at - 9000000000000000000 where id = $1',
            [recordings[0]?.id],
            (report) => expect(report.outcome).toBe('wrong'),
        ));
});

describe('without a running system', () => {
    it('starts the database for its own use and stops it again', async () => {
        await here.app.stop();
        const lines: string[] = [];
        expect(await verify({ log: (line) => lines.push(line) })).toMatchObject({ outcome: 'sound' });
        expect(lines.join()).toContain('PostgreSQL started');
        const pidFile = join(here.dataFolder, 'postgres', 'data', 'postmaster.pid');
        await expect(readFile(pidFile)).rejects.toMatchObject({ code: 'ENOENT' });
        await here.start();
        expect(await verify()).toMatchObject({ outcome: 'sound' });
    });

    it('says that there is nothing to read', async () => {
        await expect(verify({ dataFolder: join(here.scratch, 'none') })).rejects.toMatchObject({ code: 'verify.noDataFolder' });
        await expect(verify({ dataFolder: here.scratch })).rejects.toMatchObject({ code: 'verify.noDatabase' });
        await expect(verify({ databaseUrl: 'postgres://nobody@127.0.0.1:9/none' })).rejects.toMatchObject({
            code: 'verify.databaseUnreachable',
        });
    });

    it('needs a database login that sees everything', async () => {
        const { url } = await openEmbedded(join(here.dataFolder, 'postgres'), () => undefined, undefined);
        const as = (user: string) => {
            const other = new URL(url);
            other.username = user;
            other.password = 'known-to-the-test';
            return other.href;
        };
        await here.tamper(`create role half login password 'known-to-the-test'`);
        await here.tamper(`grant liuhen_reader to half`);
        await here.tamper(`create role whole login noinherit password 'known-to-the-test' in role liuhen_owner`);
        await expect(verify({ databaseUrl: as('half') })).rejects.toMatchObject({ code: 'verify.databaseRights' });
        expect(await verify({ databaseUrl: as('whole') })).toMatchObject({ outcome: 'sound' });
        expect(await verify({ databaseUrl: url })).toMatchObject({ outcome: 'sound' });
        const maintenance = new URL(url);
        maintenance.pathname = '/postgres';
        await expect(verify({ databaseUrl: maintenance.href })).rejects.toMatchObject({ code: 'verify.schemaMissing' });
    });

    it('ends early when asked, and says that it did', async () => {
        const stop = new AbortController();
        const report = await verify({ signal: stop.signal, onProgress: ({ step }) => step === 'files' && stop.abort() });
        expect(report).toMatchObject({ outcome: 'incomplete', gaps: [{ code: 'gap.interrupted' }] });
        expect(words(report)).toContain('what follows was not checked');
        expect(await verify({ signal: AbortSignal.abort() })).toMatchObject({ outcome: 'incomplete', logs: [] });
    });
});
