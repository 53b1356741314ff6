import type { ChildProcess } from 'node:child_process';
import { chmod, lstat, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { INSTITUTE_PASSWORD } from '../../testing/found-institute.ts';
import { type Remote, remote } from '../../testing/remote.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';
import { liuhen } from '../run.fixture.ts';
import { before, type DockSystem, decideErasing, dockSystem, put, recordings, video } from './dock.fixture.ts';
import { changedAt, fatCard } from './fat-card.fixture.ts';
import { openJournal, readBook } from './journal.ts';

let here: DockSystem;
let manager: Remote;
let cards = 0;

beforeAll(async () => {
    here = await dockSystem('dock');
    manager = await here.manager();
    for (const number of ['A00001', 'A00002', 'R-301'])
        await manager.call('device.create', { body: { kind: 'recorder', number } });
}, 180_000);
afterAll(() => here?.close());
beforeEach(async () => {
    await rm(here.media, { recursive: true, force: true });
    await put(here.media, '.keep', new Uint8Array());
});

const named = async (part: string) => (await recordings(manager)).filter((each) => each.name.includes(part));
const exists = async (path: string | Buffer) => (await lstat(path).catch(() => undefined)) !== undefined;
/** A name of the underscore kind that no other test has. */
function name(device = 'A00001'): string {
    cards += 1;
    return `${device}_210001_202610${String(10 + (cards % 20))}09${String(cards % 60).padStart(2, '0')}00_0001.MP4`;
}

describe('docking', () => {
    it('takes what recorders hold, whatever their layout, and leaves alone what is secret or a system’s', async () => {
        const own = name();
        await put(here.media, `one/VIDEO/${own}`, await video(here));
        await put(here.media, 'one/System Volume Information/x', Buffer.from('x'));
        await put(here.media, 'one/涉密/A00001_210001_20261001090000_0009.MP4', await video(here));
        await put(here.media, 'two/DCIM/DCAM_A00002_20261002_091500_IMP.MP4', await video(here));
        await put(here.media, 'two/DCIM/DCAM_A00002_20261002_091500_IMP.JPG', Buffer.from([0xff, 0xd8, 0xff, 0xd9, 1]));
        await put(here.media, 'three/会议.mp4', await video(here));
        const ran = await here.dock();
        expect(ran.code, ran.err).toBe(0);
        expect(ran.out.trim().split('\n')).toHaveLength(4);
        expect(ran.err).toContain('1 files are marked as state secrets');
        expect(ran.err).toContain('three: no profile fits');
        expect(ran.err).toContain('4 in, 0 taken before');
        expect(await named(own)).toMatchObject([{ device: 'A00001', source: 'recorder' }]);
        expect(await named('DCAM_A00002_20261002_091500_IMP')).toMatchObject([{ device: 'A00002' }, { device: 'A00002' }]);
        expect(await named('会议')).toMatchObject([{ state: 'quarantined', device: null }]);
        expect(await named('_0009')).toEqual([]);
        // Neither the journal nor what was printed names it.
        expect(`${await readFile(join(here.state, 'journal'), 'utf8')}${ran.out}${ran.err}`).not.toContain('_0009');
    });

    it('takes nothing twice: the same again, moved, renamed, in another slot, with a lost journal', async () => {
        const own = name();
        const bytes = await video(here);
        const path = await put(here.media, `one/${own}`, bytes);
        expect((await here.dock()).err).toContain('1 in');
        expect((await here.dock()).err).toContain('0 in, 1 taken before');
        await put(here.media, `one/old/${own}`, bytes);
        await rm(path);
        expect((await here.dock()).err).toContain('0 in, 1 taken before');
        await rename(join(here.media, 'one'), join(here.media, 'slot2'));
        expect((await here.dock()).err).toContain('0 in, 1 taken before');
        await rm(join(here.state, 'journal'));
        const again = await here.dock();
        expect(again.code, again.err).toBe(0);
        expect(await named(own)).toHaveLength(1);
    });

    it('keeps names that are no text, and follows no links', async () => {
        const gbk = Buffer.concat([Buffer.from([0xd6, 0xb4, 0xb7, 0xa8]), Buffer.from(`-${name()}`)]);
        await put(here.media, Buffer.concat([Buffer.from('one/'), gbk]), await video(here));
        await put(here.media, 'one/a\n\u001b[2Jb.mp4', await video(here));
        await symlink('/etc', join(here.media, 'one', 'etc'));
        await symlink('/etc/passwd', join(here.media, 'one', 'A00001_210001_20261001090000_0001.MP4'));
        const ran = await here.dock();
        expect(ran.code, ran.err).toBe(0);
        expect(ran.out.trim().split('\n')).toHaveLength(2);
        expect(ran.out).not.toContain('\u001b');
        const [found] = await named('执法-');
        const { originalNameHex } = await manager.call('recording.get', { params: { id: found?.id ?? '' } });
        expect(originalNameHex).toBe(gbk.toString('hex'));
        const { items } = await manager.call('recording.docks', { params: { id: found?.id ?? '' } });
        expect(items[0]?.pathHex).toBe(gbk.toString('hex'));
    });

    it('reads a card of FAT as recorders write them, and knows its files again on a computer of another zone', async () => {
        const [key, plain, short, chinese] = [name(), name(), 'VID00001.MP4', '卫生监督 现场检查.MP4'];
        const at = '2026-10-05 09:30:01';
        const card = await fatCard(here.folder, [
            { path: `VIDEO/${key}`, bytes: await video(here), at, readOnly: true },
            { path: `VIDEO/${plain}`, bytes: await video(here), at },
            { path: `VIDEO/${short}`, bytes: await video(here), at },
            { path: `VIDEO/${chinese}`, bytes: await video(here), at },
            { path: `涉密/${name()}`, bytes: await video(here), at },
        ]);
        await card.readAs('Asia/Shanghai', join(here.media, 'fat'));
        // In steps of two seconds, and by the zone of whoever mounts it.
        expect(await changedAt(join(here.media, 'fat/VIDEO', plain))).toBe(Date.UTC(2026, 9, 5, 1, 30, 0) / 1_000);
        const ran = await here.dock();
        expect([
            ran.code,
            ran.err.includes('4 in, 0 taken before'),
            ran.err.includes('1 files are marked as state secrets'),
        ]).toEqual([0, true, true]);
        const docked = async (file: string) => {
            const found = await named(file);
            expect([file, found.length]).toEqual([file, 1]);
            const { items } = await manager.call('recording.docks', { params: { id: found[0]?.id ?? '' } });
            return items.map((each) => [Buffer.from(each.pathHex, 'hex').toString(), each.readOnly, each.marks, each.modifiedAt]);
        };
        const shanghai = Date.UTC(2026, 9, 5, 1, 30, 0);
        expect(await docked(key)).toEqual([[`VIDEO/${key}`, true, ['readOnly'], shanghai]]);
        expect(await docked(plain)).toEqual([[`VIDEO/${plain}`, false, [], shanghai]]);
        expect(await docked(short)).toEqual([[`VIDEO/${short}`, false, [], shanghai]]);
        expect(await docked(chinese)).toEqual([[`VIDEO/${chinese}`, false, [], shanghai]]);

        // The same card, mounted where the zone is UTC: every time is eight hours later, no content is.
        await rm(join(here.media, 'fat'), { recursive: true });
        await card.readAs('UTC', join(here.media, 'fat'));
        expect(await changedAt(join(here.media, 'fat/VIDEO', plain))).toBe(Date.UTC(2026, 9, 5, 9, 30, 0) / 1_000);
        expect((await here.dock()).err).toContain('0 in, 4 taken before');
        for (const each of [key, plain, short, chinese]) expect(await named(each)).toHaveLength(1);
    });

    it('binds the export of a room to its camera', async () => {
        await here.configure({
            watch: [{ folder: join(here.media, 'nvr'), source: 'room', profile: 'room-export', devices: { ch03: 'R-301' } }],
        });
        await put(here.media, 'nvr/ch03_20261003090000_20261003091000.mp4', await video(here));
        const ran = await here.dock(['--once']);
        await here.configure({});
        expect(ran.code, ran.err).toBe(0);
        expect(await named('ch03_20261003090000')).toMatchObject([{ device: 'R-301', source: 'room' }]);
    });

    it('says beforehand what it would take and how it read each name, and does nothing', async () => {
        await put(here.media, `one/${name().replace('.MP4', '_IMP.MP4')}`, await video(here));
        await put(here.media, 'one/机密/x.mp4', await video(here));
        const ran = await here.dock(['--dry-run', '--parent', here.media]);
        expect(ran.code).toBe(0);
        expect(ran.out).toMatch(/one: device_officer_time_segment \(score 6\)/);
        expect(ran.out).toMatch(/takes {2}A00001_210001_\d+_0001_IMP\.MP4 {2}video {2}device A00001, officer 210001/);
        expect(ran.out).toContain('neither opens nor copies 1 files');
        expect(ran.out).not.toContain('x.mp4');
        const plain = await here.dock(['--dry-run', '--json', '--parent', here.media]);
        expect(JSON.parse(plain.out)).toMatchObject([
            { profile: 'underscore', secret: 1, files: [{ device: 'A00001', segment: 1 }] },
        ]);
        expect(plain.out).not.toContain('x.mp4');
    });
});

describe('without a server', () => {
    it('leaves files on their recorder, or copies them into the spool as far as that reaches, and hands them in later', async () => {
        const [first, second, third] = [name(), name(), name()];
        await put(here.media, `one/${first}`, await video(here));
        await here.server.stop();
        const away = await here.dock();
        expect(away).toMatchObject({ code: 3, out: '' });
        expect(away.err).toContain('1 files stay');

        const spool = { folder: join(here.folder, 'spool'), mostMiB: 1, keepFreeMiB: 1 };
        await here.configure({ spool });
        await put(here.media, `one/${second}`, await video(here));
        await put(here.media, `one/${third}`, Buffer.alloc(2 * 1024 * 1024, 7));
        const spooled = await here.dock();
        expect(spooled.code).toBe(3);
        expect(spooled.err).toContain('2 files are spooled here');
        expect(spooled.err).toContain('the spool is full (or the disk here); 1 files stay');
        expect((await here.dock(['status'])).out).toContain('2 files');
        // The recorder is taken away before the server is back.
        await rename(join(here.media, 'one'), join(here.folder, 'away'));
        await here.start();
        manager = await here.manager();
        const back = await here.dock();
        expect(back.code, back.err).toBe(0);
        expect(await named(first)).toHaveLength(1);
        expect(await named(second)).toHaveLength(1);
        expect((await here.dock(['status'])).out).toContain('Spool 0 B, 0 files');
        await rename(join(here.folder, 'away'), join(here.media, 'one'));
        expect((await here.dock()).err).toContain('1 in');
        expect(await named(third)).toHaveLength(1);
        await here.configure({});
    }, 120_000);
});

describe('killed at any moment', () => {
    it.each(['dock.journalWritten', 'dock.read', 'dock.sent', 'dock.receipted'])(
        'at %s it goes on, and nothing comes in twice',
        async (at) => {
            const names = [name(), name(), name()];
            for (const each of names) await put(here.media, `one/${each}`, await video(here));
            for (const times of [1, 2]) {
                const killed = await here.dock(undefined, { env: { LIUHEN_FAILPOINT: `${at}:kill:${times}` } });
                expect(killed.code).toBeNull();
            }
            const ran = await here.dock();
            expect(ran.code, ran.err).toBe(0);
            for (const each of names) expect(await named(each)).toHaveLength(1);
        },
        60_000,
    );

    it.each(['dock.compacted', 'dock.compactionNamed'])(
        'at %s, while its journal is written anew, it has lost nothing',
        async (at) => {
            await put(here.media, `one/${name()}`, await video(here));
            expect((await here.dock()).code).toBe(0);
            // Lines that say again what is known, until the journal is long enough to be written anew.
            const journal = await openJournal(here.state, Number.POSITIVE_INFINITY);
            const files = [...journal.book.files.values()].slice(0, 1);
            for (const { file, sha256, facts } of files) {
                const line = { of: 'file', step: 'read', file, at: 1, sha256, facts } as const;
                await Promise.all(Array.from({ length: 30_000 }, () => journal.write(line)));
            }
            await journal.close();
            const before = await readBook(here.state);
            const size = async () => (await lstat(join(here.state, 'journal'))).size;
            const long = await size();
            expect(long).toBeGreaterThan(16 * 1024 * 1024);
            const killed = await here.dock(undefined, { env: { LIUHEN_FAILPOINT: `${at}:kill` } });
            expect([killed.code, (await size()) < long / 2]).toEqual([null, at === 'dock.compactionNamed']);
            expect((await readBook(here.state)).book.files).toEqual(before.book.files);
            const ran = await here.dock();
            expect([ran.code, ran.err.includes('0 in, 1 taken before')]).toEqual([0, true]);
            expect(await size()).toBeLessThan(long / 2);
            expect((await readBook(here.state)).badLines).toBe(0);
        },
        60_000,
    );

    it('while it spools, and while the server is killed under it', async () => {
        const names = [name(), name(), name()];
        for (const each of names) await put(here.media, `one/${each}`, await video(here));
        await here.configure({ spool: { folder: join(here.folder, 'spool2'), mostMiB: 100, keepFreeMiB: 1 } });
        await here.server.stop();
        const killed = await here.dock(undefined, { env: { LIUHEN_FAILPOINT: 'dock.spooled:kill:2' } });
        expect(killed.code).toBeNull();
        expect((await here.dock()).code).toBe(3);
        await here.start('upload.afterSealed:kill:2');
        const server = here.server;
        expect((await here.dock()).code).toBe(3);
        expect(await server.ended).toBe('SIGKILL');
        await here.start();
        manager = await here.manager();
        const ran = await here.dock();
        expect(ran.code, ran.err).toBe(0);
        for (const each of names) expect(await named(each)).toHaveLength(1);
        await here.configure({});
    }, 120_000);
});

describe('erasing', () => {
    const half = async () => [...(await readBook(here.state)).book.files.values()].filter((each) => each.state === 'erasing');
    const key = async () => /key ([0-9a-f]{64})/.exec((await here.dock(['key'])).out)?.[1] ?? '';

    it('happens only when the organisation has switched it on and the key was given by hand', async () => {
        const path = await put(here.media, `one/${name()}`, await video(here));
        await here.configure({ serverKey: await key() });
        expect((await here.dock()).code).toBe(0);
        expect(await exists(path)).toBe(true);

        await decideErasing(here.url, true);
        await here.configure({});
        expect((await here.dock()).err).toContain('not in the configuration');
        expect(await exists(path)).toBe(true);

        await here.configure({ serverKey: 'ab'.repeat(32) });
        const other = await put(here.media, `one/${name()}`, await video(here));
        expect((await here.dock()).err).toContain('no receipt is accepted');
        expect([await exists(path), await exists(other)]).toEqual([true, true]);

        await here.configure({ serverKey: await key() });
        const ran = await here.dock();
        expect(ran.err).toContain('2 files erased');
        expect([await exists(path), await exists(other)]).toEqual([false, false]);
        expect(ran.code).toBe(0);
    }, 120_000);

    it('is told to the server, file by file', async () => {
        await here.configure({ serverKey: await key() });
        const own = name();
        await put(here.media, `one/${own}`, await video(here));
        expect((await here.dock()).err).toContain('1 files erased');
        const [found] = await named(own);
        const { items } = await manager.call('recording.docks', { params: { id: found?.id ?? '' } });
        expect(items[0]?.erasedAt).not.toBeNull();
    }, 60_000);

    it('touches nothing but the very file that came in', async () => {
        await here.configure({ serverKey: await key() });
        await decideErasing(here.url, false);
        const changed = await put(here.media, `one/${name()}`, await video(here));
        const replaced = await put(here.media, `one/${name()}`, await video(here));
        await utimes(changed, 1_790_000_000, 1_790_000_000);
        expect((await here.dock()).code).toBe(0);
        // Other bytes, with size and time as they were.
        const bytes = await readFile(changed);
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        await writeFile(changed, bytes);
        await utimes(changed, 1_790_000_000, 1_790_000_000);
        const elsewhere = join(here.folder, 'elsewhere');
        await rename(replaced, elsewhere);
        await symlink(elsewhere, replaced);
        await decideErasing(here.url, true);
        const ran = await here.dock();
        expect(ran.err).not.toContain('files erased');
        expect(ran.err).toContain('1 files not erased: the file is not what came in');
        expect(await exists(changed)).toBe(true);
        expect(await exists(elsewhere)).toBe(true);
    }, 120_000);

    it.each(['dock.erasing', 'dock.erased'])(
        'killed at %s leaves nothing half done',
        async (at) => {
            await here.configure({ serverKey: await key() });
            const own = name();
            const path = await put(here.media, `one/${own}`, await video(here));
            const killed = await here.dock(undefined, { env: { LIUHEN_FAILPOINT: `${at}:kill` } });
            expect(killed.code).toBeNull();
            expect(await exists(path)).toBe(at === 'dock.erasing');
            expect(await half()).toHaveLength(1);
            // The slot is empty, and the place where it lay is there no more: nothing can be said of it yet.
            await rename(join(here.media, 'one'), join(here.folder, `taken out at ${at}`));
            expect((await here.dock()).code).toBe(0);
            expect(await half()).toHaveLength(1);
            // Nor of another card in the same slot.
            await put(here.media, 'one/VIDEO/A00001_210001_20261001090000_0077.MP4', await video(here));
            expect((await here.dock()).code).toBe(0);
            expect(await half()).toHaveLength(1);
            await rm(join(here.media, 'one'), { recursive: true });
            await rename(join(here.folder, `taken out at ${at}`), join(here.media, 'one'));
            const ran = await here.dock();
            expect([ran.code, ran.err.includes('whose erasing was interrupted')]).toEqual([0, at === 'dock.erased']);
            expect(await exists(path)).toBe(false);
            expect(await half()).toEqual([]);
            const { book } = await readBook(here.state);
            const [file] = [...book.files.values()].filter((each) =>
                Buffer.from(each.facts.path, 'base64').equals(Buffer.from(own)),
            );
            expect(file).toMatchObject({ state: 'erased', receipt: expect.any(String), signature: expect.any(String) });
            const [found, ...more] = await named(own);
            expect(more).toEqual([]);
            const { items } = await manager.call('recording.docks', { params: { id: found?.id ?? '' } });
            expect(items[0]?.erasedAt).not.toBeNull();
        },
        60_000,
    );

    it('that was begun and is wanted no more leaves the file, and says so', async () => {
        await here.configure({ serverKey: await key() });
        const path = await put(here.media, `one/${name()}`, await video(here));
        expect((await here.dock(undefined, { env: { LIUHEN_FAILPOINT: 'dock.erasing:kill' } })).code).toBeNull();
        await here.configure({ serverKey: 'ab'.repeat(32) });
        expect((await here.dock()).err).toContain('the receipt’s signature is wrong');
        expect([await exists(path), (await half()).length]).toEqual([true, 0]);
        await here.configure({ serverKey: await key() });
        expect((await here.dock()).err).toContain('1 files erased');
        expect(await exists(path)).toBe(false);
    }, 60_000);

    it('leaves what no recorder holds: rooms, stations, phones', async () => {
        await here.configure({ serverKey: await key() });
        const path = await put(here.media, `one/${name()}`, await video(here));
        expect((await here.dock(['--once', '--source', 'stationCopy', '--parent', here.media])).code).toBe(0);
        expect(await exists(path)).toBe(true);
        await here.configure({});
        await decideErasing(here.url, false);
    }, 60_000);
});

describe('the clock of a device', () => {
    const driver = async (script: string) => {
        const file = join(here.folder, 'driver.mjs');
        await writeFile(file, script);
        return { driver: { command: [process.execPath, file], setClock: true, timeoutSeconds: 5 } };
    };
    const clock = async (number: string) => {
        const { items } = await manager.call('device.list', { query: { q: number } });
        return (await manager.call('device.clock', { params: { id: items[0]?.id ?? '' } })).readings;
    };

    it('is read by the vendor’s program before it is set, and after', async () => {
        await manager.call('device.create', { body: { kind: 'recorder', number: 'A00003' } });
        const state = join(here.folder, 'device-clock');
        await writeFile(state, '-90');
        await here.configure(
            await driver(`
                import { readFileSync, writeFileSync } from 'node:fs';
                const ask = JSON.parse(readFileSync(0, 'utf8'));
                if (ask.liuhen !== 'dock-driver' || ask.version !== 1 || process.env.LIUHEN_PASSWORD) process.exit(9);
                if (ask.command === 'setClock') writeFileSync(${JSON.stringify(state)}, '0');
                const at = Date.now() + 8 * 3600000 + 1000 * Number(readFileSync(${JSON.stringify(state)}, 'utf8'));
                console.log(JSON.stringify({ ok: true, shown: new Date(at).toISOString().slice(0, 19).replace('T', ' '), device: 'A00003' }));
            `),
        );
        await put(here.media, `one/${name('A00003')}`, await video(here));
        const ran = await here.dock();
        expect(ran.err).toContain('the device’s clock was set');
        const readings = await clock('A00003');
        expect(readings.map((each) => [each.source, each.afterSet])).toEqual([
            ['driver', true],
            ['driver', false],
        ]);
        const error = (readings[1]?.lower ?? 0) - (readings[1]?.device ?? 0);
        expect(Math.abs(error - 90_000)).toBeLessThan(8_000);
    });

    it('is only bounded without one, or where it does not answer, and says so', async () => {
        await manager.call('device.create', { body: { kind: 'recorder', number: 'A00004' } });
        await here.configure(await driver('process.exit(3)'));
        await put(here.media, `one/${name('A00004')}`, await video(here));
        expect((await here.dock()).err).toContain('cannot be read (the driver ended (3))');
        await here.configure({});
        await put(here.media, `one/${name('A00004')}`, await video(here));
        expect((await here.dock()).err).toContain('there is no driver');
        expect((await clock('A00004')).every((each) => each.source === 'dockFiles' && each.lower === null)).toBe(true);
    });
});

describe('enrolling', () => {
    const file = () => join(here.folder, 'second.credentials');
    const enrol = (server: string, password: string) =>
        liuhen(['dock', 'enrol', '--server', server, '--login', 'caiji2', '--credentials', file()], {
            env: { LIUHEN_PASSWORD: password },
        });

    it('keeps the file where the answer was lost, since it may hold the only copy of the password, and removes one that was refused', async () => {
        const lossy = await before(here.url, async (send) => {
            await send();
            return 'cut';
        });
        const lost = await enrol(lossy.url, INSTITUTE_PASSWORD);
        await lossy.close();
        expect([lost.code, lost.err]).toEqual([3, expect.stringContaining('is not known')]);
        const { login, password } = JSON.parse(await readFile(file(), 'utf8')) as { login: string; password: string };
        await remote(here.url).signIn(login, password);
        await rm(file());

        // Locked by wrong passwords between signing in and the change.
        const locking = await before(here.url, async (send) => {
            for (let tries = 0; tries < 5; tries += 1) await expect(remote(here.url).signIn(login, 'wrong')).rejects.toThrow();
            return send();
        });
        const refused = await enrol(locking.url, password);
        await locking.close();
        expect(refused.code).toBe(1);
        expect(refused.err).toContain(`was not changed; ${file()} was taken away`);
        expect(await exists(file())).toBe(false);
    }, 60_000);
});

describe('what an operator may get wrong', () => {
    it('is a credentials file that others can read', async () => {
        const file = join(here.folder, 'dock.credentials');
        await chmod(file, 0o640);
        const ran = await here.dock();
        await chmod(file, 0o600);
        expect(ran).toMatchObject({ code: 2, out: '' });
        expect(ran.err).toContain('0640');
    });

    it('is a second program on the same state', async () => {
        const config = join(here.folder, 'dock.json');
        expect(JSON.parse(await readFile(config, 'utf8'))).toMatchObject({ state: here.state });
        const { promise, resolve } = Promise.withResolvers<ChildProcess>();
        const watching = here.dock(['--parent', here.media], {
            onStart: (child) => child.stderr?.once('data', () => resolve(child)),
        });
        const first = await promise;
        expect((await here.dock()).err).toContain('Another docking program');
        first.kill('SIGTERM');
        expect((await watching).code).toBe(0);
    }, 30_000);
});

it('leaves a log and stores that agree', async () => {
    await here.server.stop();
    expect(await verifyInstallation({ dataFolder: here.dataFolder })).toMatchObject({ outcome: 'sound', findings: [] });
}, 60_000);
