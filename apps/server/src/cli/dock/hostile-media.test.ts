import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { lstat, mkdir, readdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failpoint } from '../../platform/failpoint.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { put } from './dock.fixture.ts';
import { JournalUnwritable, readBook } from './journal.ts';
import { type LoneDock, loneDock } from './lone-dock.fixture.ts';
import { readCard } from './read-card.ts';
import { findVolumes, isTakenOut } from './volumes.ts';
import { type WalkFiles, walkVolume } from './walk.ts';

/** What happens at a failpoint, in this process. */
const hooks = vi.hoisted(() => new Map<string, () => void>());
vi.mock('../../platform/failpoint.ts', () => ({ failpoint: (name: Failpoint) => hooks.get(name)?.() }));

const failing = (code: string, times = Number.POSITIVE_INFINITY) => {
    let left = times;
    return () => {
        left -= 1;
        if (left >= 0) throw Object.assign(new Error(code), { code });
    };
};

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let media: string;
let here: LoneDock;
let runs = 0;
beforeAll(async () => {
    folder = await temporaryFolder('hostile');
});
afterAll(() => folder.remove());
beforeEach(async () => {
    runs += 1;
    media = join(folder.path, `run${runs}`, 'media');
    await mkdir(media, { recursive: true });
    here = await loneDock(join(folder.path, `run${runs}`), media, true);
});
afterEach(async () => {
    hooks.clear();
    await here.close();
});

const signal = new AbortController().signal;
const spoken = () => here.said.join('\n');
const states = () => [...here.of.journal.book.files.values()].map((each) => each.state).sort();
const OLD = Date.UTC(2026, 9, 5) / 1_000;
/** FAT's zero, which a clock without its battery shows each time. */
const ZERO = Date.UTC(1980, 0, 1) / 1_000;
const at = async (path: string, text: string, seconds: number) => {
    const full = await put(media, path, Buffer.from(text));
    await utimes(full, seconds, seconds);
    return full;
};

describe('the walk of a hostile medium', () => {
    it('takes plain files only: no link is followed, no pipe, socket or device is waited for', async () => {
        await put(media, 'VIDEO/a.mp4', Buffer.from('a'));
        await symlink('/etc', join(media, 'VIDEO', 'out'));
        await symlink('..', join(media, 'VIDEO', 'round'));
        await symlink('/etc/passwd', join(media, 'VIDEO', 'b.mp4'));
        await symlink('nowhere', join(media, 'c.mp4'));
        execFileSync('mkfifo', [join(media, 'd.mp4')]);
        const socket = createServer().listen(join(media, 'e.mp4'));
        await once(socket, 'listening');
        const walked = await walkVolume(media, signal);
        socket.close();
        expect(walked.entries.map((each) => each.text)).toEqual(['VIDEO/a.mp4']);
        expect([walked.odd, walked.unread, walked.complete, walked.folders.length]).toEqual([6, 0, true, 2]);
        expect(await here.take()).toBe(0);
        expect(spoken()).toMatch(/links, pipes or device files are no recordings and were left alone/);
    });

    /** The real one, with what a damaged medium answers for some paths. */
    const damaged = (more: Partial<WalkFiles>, real: WalkFiles): WalkFiles => ({ ...real, ...more });
    const real = async (): Promise<WalkFiles> => {
        const fs = await import('node:fs/promises');
        return { lstat: fs.lstat, readdir: fs.readdir };
    };
    const broken = (code: string) => Promise.reject(Object.assign(new Error(code), { code }));

    it('goes on past what cannot be read, counts it, and says so', async () => {
        for (const each of ['a/1.mp4', 'b/2.mp4', 'c/3.mp4', 'c/4.mp4', 'd/5.mp4']) await put(media, each, Buffer.from(each));
        const fs = await real();
        const files = damaged(
            {
                readdir: (path, how) => (path.toString().endsWith('/b') ? broken('EIO') : fs.readdir(path, how)),
                lstat: (path, how) =>
                    path.toString().endsWith('3.mp4')
                        ? broken('EUCLEAN')
                        : path.toString().endsWith('5.mp4')
                          ? broken('ENOENT')
                          : fs.lstat(path, how),
            },
            fs,
        );
        const walked = await walkVolume(media, signal, files);
        // What was removed meanwhile is no damage.
        expect([walked.entries.map((each) => each.text), walked.unread]).toEqual([['a/1.mp4', 'c/4.mp4'], 2]);
        const { volume } = await here.see();
        const card = readCard(volume, walked, { profiles: [], secret: [], station: 's', now: 1 });
        expect([card.unread, card.state === (await here.see()).state]).toEqual([2, false]);
        await expect(walkVolume(media, signal, damaged({ readdir: () => broken('EIO') }, fs))).rejects.toThrow('EIO');
    });

    it('does not go round in a folder that holds itself', async () => {
        await put(media, 'a/b/1.mp4', Buffer.from('1'));
        const fs = await real();
        const outer = await lstat(join(media, 'a'), { bigint: true });
        const files = damaged(
            { lstat: (path, how) => (path.toString().endsWith('/b') ? Promise.resolve(outer) : fs.lstat(path, how)) },
            fs,
        );
        const walked = await walkVolume(media, signal, files);
        expect([walked.entries.length, walked.unread, walked.folders.length]).toEqual([0, 1, 2]);
    });

    it('takes names of any bytes and of 255 of them, and shows none that moves a terminal', async () => {
        const names = [
            Buffer.from('new\nline\u001b[2J.mp4'),
            Buffer.from('\u202egpj.4pm'),
            Buffer.concat([Buffer.from([0xff, 0xfe, 0x80]), Buffer.from('.mp4')]),
            Buffer.from([0xd6, 0xb4, 0xb7, 0xa8]),
            Buffer.from(`${'长'.repeat(83)}12.mp4`),
        ];
        expect(names.at(-1)?.length).toBe(255);
        for (const [index, name] of names.entries())
            await put(media, Buffer.concat([Buffer.from('x/'), name]), Buffer.from(`${index}`));
        hooks.set('dock.reading', failing('EIO', 2));
        expect(await here.take()).toBe(2);
        expect(await here.take()).toBe(0);
        const hexOf = (name: string) => Buffer.from(name, 'latin1').toString('hex');
        expect(here.taken.map((each) => hexOf(each.name)).sort()).toEqual(names.map((each) => each.toString('hex')).sort());
        for (const line of [...here.said, ...here.progress]) expect(line.replace(/\t/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(spoken()).toMatch(/cannot be read \(reading or writing failed, the medium may be damaged, EIO\)/);
    });

    it('goes through a folder of thousands with one file after the other', async () => {
        await mkdir(join(media, 'many'));
        const many = 1_500;
        for (let each = 0; each < many; each += 1) await writeFile(join(media, 'many', `${each}.mp4`), `${each}`);
        expect(await here.take()).toBe(0);
        expect([here.taken.length, here.progress.length]).toEqual([many, many]);
        expect(await here.take()).toBe(0);
        expect(here.taken.length).toBe(many);
    });
});

describe('volumes that are not what they seem', () => {
    const mounted = async (lines: readonly string[]) => {
        const mounts = join(folder.path, `mountinfo${runs}`);
        await writeFile(mounts, `${lines.join('\n')}\n`);
        const byUuid = join(folder.path, `by-uuid${runs}`);
        const udev = join(folder.path, `udev${runs}`);
        for (const each of [byUuid, udev]) await mkdir(each, { recursive: true });
        for (const disk of ['sdb1', 'sdc1']) await writeFile(join(folder.path, disk), '');
        await symlink(join(folder.path, 'sdb1'), join(byUuid, '0000-0000'));
        for (const minor of [17, 33]) await writeFile(join(udev, `b8:${minor}`), 'S:disk\nE:ID_FS_UUID=0000-0000\nE:OTHER=1\n');
        return { mounts, byUuid, udev };
    };
    const watch = () => ({
        ...{ path: media, parent: true, mountsOnly: false, source: undefined },
        ...{ profile: undefined, device: undefined, devices: {} },
    });

    it('two with one serial at once are known by their places, and what lies on both is taken from each', async () => {
        for (const name of ['one', 'two']) await at(`${name}/VIDEO/VID00001.MP4`, `of ${name}`, OLD);
        for (const name of ['one', 'two']) await utimes(join(media, name, 'VIDEO/VID00001.MP4'), OLD, OLD);
        const files = await mounted([
            `36 25 8:17 / ${media}/one rw - vfat ${folder.path}/sdb1 rw`,
            `37 25 8:33 / ${media}/two rw - vfat ${folder.path}/sdc1 rw`,
        ]);
        const found = await findVolumes([watch()], files);
        expect(found.map((each) => [each.name, each.serial, each.twin])).toEqual([
            ['one', '0000-0000', 'two'],
            ['two', '0000-0000', 'one'],
        ]);
        // One after the other, so that what the journal knows of the first is there when the second is read.
        for (const each of found) await here.take(each).then(here.receipts);
        expect(here.taken.map((each) => each.bytes.toString()).sort()).toEqual(['of one', 'of two']);
        expect(spoken()).toContain('two: has the same serial as one (0000-0000); both are taken');
        // Each again, alone: nothing twice.
        await rm(files.mounts);
        await writeFile(files.mounts, `36 25 8:17 / ${media}/one rw - vfat ${folder.path}/sdb1 rw\n`);
        for (const each of await findVolumes([{ ...watch(), mountsOnly: true }], files)) await here.take(each);
        expect(here.taken).toHaveLength(2);
    });

    it('one that is mounted at two places is one', async () => {
        for (const name of ['one', 'two']) await mkdir(join(media, name));
        const files = await mounted([
            `36 25 8:17 / ${media}/one rw - vfat ${folder.path}/sdb1 rw`,
            `37 25 8:17 / ${media}/two rw - vfat ${folder.path}/sdb1 rw`,
        ]);
        expect((await findVolumes([watch()], files)).map((each) => each.name)).toEqual(['one']);
    });

    it('a mount point whose name is no text is said, and one that moves a terminal is shown tame', async () => {
        await mkdir(Buffer.concat([Buffer.from(`${media}/`), Buffer.from([0xff, 0x41])]));
        await mkdir(join(media, 'a\u001b[2J'));
        const said: string[] = [];
        const found = await findVolumes([watch()], { mounts: '/nothing', byUuid: '/nothing' }, (each) => said.push(each));
        expect([found.map((each) => each.name), said]).toEqual([['a\ufffd[2J'], [`${media}/\ufffdA`]]);
    });

    it('one whose device is gone from the system was taken out, also where it answers like a damaged one', async () => {
        const { root, volume } = await here.see();
        const { dev } = await lstat(media);
        expect(await isTakenOut({ volume, root })).toBe(false);
        expect(await isTakenOut({ volume, root }, 'ENODEV')).toBe(true);
        const none = join(folder.path, 'no devices');
        await mkdir(none, { recursive: true });
        // A file system without a device of its own, as containers have, has none to be missed.
        expect(await isTakenOut({ volume, root }, 'EIO', none)).toBe(dev >= 256);
        expect(await isTakenOut({ volume, root }, 'EACCES', none)).toBe(false);
        await rename(media, `${media} gone`);
        expect(await isTakenOut({ volume, root })).toBe(true);
        await mkdir(media);
        expect(await isTakenOut({ volume, root })).toBe(true);
    });
});

describe('files that do not hold still', () => {
    it('one that grows while it is read is left, and taken whole when it is still', async () => {
        const path = await at('VIDEO/a.mp4', 'begin', OLD);
        await at('VIDEO/b.mp4', 'other', OLD);
        hooks.set('dock.reading', () => {
            hooks.clear();
            execFileSync('sh', ['-c', `printf ' and more' >> '${path}'`]);
        });
        expect(await here.take()).toBe(1);
        expect(here.taken.map((each) => each.bytes.toString())).toEqual(['other']);
        expect(spoken()).toContain('a.mp4 is still being written');
        expect([states(), await here.take()]).toEqual([['sent'], 0]);
        expect(here.taken.map((each) => each.bytes.toString())).toEqual(['other', 'begin and more']);
    });

    it('one that is written to while it is sent is left, and taken as it is then', async () => {
        const path = await at('VIDEO/a.mp4', 'first', OLD);
        here.onSend = async () => {
            here.onSend = async () => undefined;
            await writeFile(path, 'other');
        };
        expect(await here.take()).toBe(1);
        expect([here.taken.length, spoken().includes('a.mp4 is still being written')]).toEqual([0, true]);
        expect(await here.take()).toBe(0);
        expect(here.taken.map((each) => each.bytes.toString())).toEqual(['other']);
    });

    it('another content by the same name, size and time is taken too, where the time tells nothing', async () => {
        await at('DCIM/100MEDIA/VID00001.MP4', 'first', ZERO);
        await here.take();
        await here.receipts();
        // The recorder was emptied, and begins again where it began, on the same day.
        await at('DCIM/100MEDIA/VID00001.MP4', 'other', ZERO);
        expect([await here.take(undefined, false), here.taken.length]).toEqual([0, 1]);
        await here.take();
        expect(here.taken.map((each) => each.bytes.toString())).toEqual(['first', 'other']);
        await here.take();
        expect(here.taken).toHaveLength(2);
    });

    it('also while the first waits for the server: both come in', async () => {
        here.up = false;
        await at('DCIM/100MEDIA/VID00001.MP4', 'first', ZERO);
        await here.take();
        await at('DCIM/100MEDIA/VID00001.MP4', 'other', ZERO);
        await here.take();
        await here.take();
        expect(states()).toEqual(['spooled', 'spooled']);
        const digests = ['first', 'other'].map((each) => createHash('sha256').update(each).digest('hex'));
        expect((await readdir(join(folder.path, `run${runs}`, 'spool'))).sort()).toEqual(digests.sort());
    });

    it('one that is gone when its turn comes is said to be gone', async () => {
        await at('VIDEO/a.mp4', 'a', OLD);
        await at('VIDEO/b.mp4', 'b', OLD);
        here.onSend = () => rm(join(media, 'VIDEO/b.mp4'), { force: true });
        expect(await here.take()).toBe(1);
        expect(spoken()).toContain('b.mp4 is on the medium no more and was not taken');
    });

    it('a card pulled in the middle is said once, and gone on with when it is back', async () => {
        for (const each of ['a', 'b', 'c', 'd']) await at(`VIDEO/${each}.mp4`, each, OLD);
        here.onSend = async (name) => {
            if (name === 'b.mp4') await rename(media, `${media} out`);
        };
        expect(await here.take()).toBe(1);
        expect([here.taken.length, spoken().match(/taken out while docking/g)?.length]).toEqual([2, 1]);
        expect(spoken()).not.toMatch(/cannot be read|no more/);
        here.onSend = async () => undefined;
        await rename(`${media} out`, media);
        expect(await here.take()).toBe(0);
        expect(here.taken.map((each) => each.bytes.toString()).sort()).toEqual(['a', 'b', 'c', 'd']);
    });
});

describe('the docking computer’s own disk', () => {
    it('that is full stops the work before anything depends on it, and the journal says what it said before', async () => {
        for (const each of ['a', 'b', 'c']) await at(`VIDEO/${each}.mp4`, each, OLD);
        let written = 0;
        hooks.set('dock.journalWritten', () => {
            written += 1;
            if (written >= 3) failing('ENOSPC')();
        });
        // The third line is that b was read; a was read and sent.
        await expect(here.take()).rejects.toThrow(JournalUnwritable);
        const onDisk = await readBook(join(folder.path, `run${runs}`, 'state'));
        expect([states(), here.taken.length]).toEqual([['sent'], 1]);
        expect(onDisk).toMatchObject({ tornBytes: 0, badLines: 0 });
        expect(onDisk.book.files).toEqual(here.of.journal.book.files);
        expect(await here.of.journal.isWritable()).toBe(true);
        hooks.clear();
        expect(await here.take()).toBe(0);
        expect(here.taken.map((each) => each.bytes.toString())).toEqual(['a', 'b', 'c']);
    });

    it.each([
        ['ENOSPC', /the spool is full \(or the disk here\); 2 files stay/],
        ['EROFS', /a\.mp4 cannot be spooled \(read-only, EROFS\) and stays/],
    ])('that fails with %s where it spools leaves files on their recorder and blames no file', async (code, sentence) => {
        here.up = false;
        await at('VIDEO/a.mp4', 'a', OLD);
        await at('VIDEO/b.mp4', 'b', OLD);
        hooks.set('dock.spooling', failing(code));
        expect(await here.take()).toBe(2);
        expect(spoken()).toMatch(sentence);
        expect(spoken()).not.toContain('cannot be read');
        hooks.clear();
        expect([await here.take(), states()]).toEqual([0, ['spooled', 'spooled']]);
    });
});
