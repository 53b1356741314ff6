import { appendFile, mkdir, open, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DockFacts, FileLine } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { fileHasher } from './hash-files.ts';
import { journalFile, openJournal, readBook } from './journal.ts';
import { Lanes } from './lanes.ts';
import { openSpool } from './spool.ts';
import { findVolumes } from './volumes.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
    folder = await temporaryFolder('dock-parts');
});
afterAll(() => folder.remove());

describe('turns', () => {
    it('are bounded, go in order, and are not held up by slow ones', async () => {
        const lanes = new Lanes(2);
        const [slow, other] = [await lanes.take(), await lanes.take()];
        const order: string[] = [];
        const third = lanes.take().then((turn) => {
            order.push('third');
            return turn;
        });
        const fourth = lanes.take().then((turn) => {
            order.push('fourth');
            return turn;
        });
        await Promise.resolve();
        expect([order, lanes.working]).toEqual([[], { quick: 2, slow: 0 }]);
        slow.slow();
        const next = await third;
        expect([order, lanes.working]).toEqual([['third'], { quick: 2, slow: 1 }]);
        other.done();
        (await fourth).done();
        next.done();
        slow.done();
        expect([order, lanes.working]).toEqual([['third', 'fourth'], { quick: 0, slow: 0 }]);
    });

    it('have room for only so many slow ones', async () => {
        const lanes = new Lanes(1);
        const first = await lanes.take();
        first.slow();
        const second = await lanes.take();
        second.slow();
        second.slow();
        expect(lanes.working).toEqual({ quick: 1, slow: 1 });
        first.done();
        first.done();
        second.done();
        expect(lanes.working).toEqual({ quick: 0, slow: 0 });
    });
});

describe('volumes', () => {
    it('have the serial of the file system that is mounted there, and of no other', async () => {
        const media = join(folder.path, 'media');
        for (const name of ['card one', 'plain', '.hidden']) await mkdir(join(media, name), { recursive: true });
        const device = join(folder.path, 'sdb1');
        await writeFile(device, '');
        const byUuid = join(folder.path, 'by-uuid');
        await mkdir(byUuid);
        await symlink(device, join(byUuid, '1A2B-3C4D'));
        const mounts = join(folder.path, 'mountinfo');
        await writeFile(mounts, `36 25 8:17 / ${media}/card\\040one rw,relatime shared:1 - vfat ${device} rw,fmask=0022\n`);
        const watch = {
            path: media,
            parent: true,
            mountsOnly: false,
            source: undefined,
            profile: undefined,
            device: undefined,
            devices: {},
        };
        const found = await findVolumes([watch], { mounts, byUuid });
        expect(found.map((each) => [each.name, each.serial])).toEqual([
            ['card one', '1A2B-3C4D'],
            ['plain', undefined],
        ]);
        const only = await findVolumes([{ ...watch, mountsOnly: true }], { mounts, byUuid });
        expect(only.map((each) => each.name)).toEqual(['card one']);
        expect(await findVolumes([{ ...watch, path: join(media, 'gone') }], { mounts: '/nothing', byUuid })).toEqual([]);
    });
});

describe('the journal', () => {
    const facts: DockFacts = {
        v: 1,
        station: 's',
        source: 'recorder',
        volume: {},
        path: 'QQ==',
        size: '1',
        modifiedNs: '1',
        mode: 1,
        readOnly: false,
        zone: 'UTC',
        kind: 'video',
        marks: [],
        seenAt: 1,
    };
    const read = (file: string): FileLine => ({ of: 'file', step: 'read', file, at: 1, sha256: 'a', facts });

    it('keeps every line that was confirmed, however many come at once, and loses only an unfinished end', async () => {
        const state = join(folder.path, 'state');
        const journal = await openJournal(state);
        // One after the other and together: a line that comes as another round ends is written too.
        for (let at = 0; at < 50; at += 1) await journal.write(read(`one ${at}`));
        await Promise.all(Array.from({ length: 200 }, (_, at) => journal.write(read(`many ${at}`))));
        await expect(journal.write({ of: 'file', step: 'erased', file: 'one 0', at: 1 })).rejects.toThrow();
        await journal.close();
        expect((await readBook(state)).book.files.size).toBe(250);
        await appendFile(journalFile(state), 'half a line');
        const again = await openJournal(state);
        expect([again.tornBytes, again.badLines, again.book.files.size]).toEqual([11, 0, 250]);
        await again.write(read('after'));
        await again.close();
        expect(await readBook(state)).toMatchObject({ tornBytes: 0, badLines: 0 });
        const bytes = await readFile(journalFile(state));
        await truncate(journalFile(state), bytes.length - 5);
        expect((await readBook(state)).book.files.size).toBe(250);
    });
});

describe('the spool', () => {
    it('keeps only what it has read back, within its bound, and takes away what nothing waits for', async () => {
        const hasher = fileHasher(2);
        const place = join(folder.path, 'spool');
        const spool = await openSpool({ folder: place, mostBytes: 10, keepFreeBytes: 0 }, hasher);
        const file = join(folder.path, 'content');
        await writeFile(file, 'content');
        const handle = await open(file);
        const { sha256 } = await hasher.hash(handle.fd, 7);
        expect(await spool.hasRoom(7)).toBe(true);
        expect(await spool.keep(handle.fd, 7, 'b'.repeat(64))).toBe(false);
        expect(await spool.keep(handle.fd, 7, sha256)).toBe(true);
        expect(await spool.usage()).toEqual({ bytes: 7, count: 1 });
        expect(await spool.hasRoom(7)).toBe(false);
        await writeFile(join(place, 'note.txt'), 'x');
        expect(await spool.sweep(new Set([sha256]))).toEqual({ foreign: true });
        expect((await spool.usage()).count).toBe(1);
        await spool.sweep(new Set());
        expect((await spool.usage()).count).toBe(0);
        await handle.close();
        await hasher.close();
    });
});
