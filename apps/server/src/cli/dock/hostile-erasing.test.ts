import { lstat, mkdir, readdir, readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Failpoint } from '../../platform/failpoint.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { put } from './dock.fixture.ts';
import { forgetStays } from './erase-files.ts';
import { type LoneDock, loneDock } from './lone-dock.fixture.ts';

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

const exists = async (path: string | Buffer) => (await lstat(path).catch(() => undefined)) !== undefined;
const spoken = () => here.said.join('\n');
const states = () => [...here.of.journal.book.files.values()].map((each) => each.state).sort();
const OLD = Date.UTC(2026, 9, 5) / 1_000;
const at = async (path: string, text: string, seconds: number) => {
    const full = await put(media, path, Buffer.from(text));
    await utimes(full, seconds, seconds);
    return full;
};

describe('erasing on a hostile medium', () => {
    const taken = async () => {
        await here.take();
        await here.receipts();
        return here.see();
    };

    it('never goes through a folder that became a link, nor erases what it leads to', async () => {
        await at('VIDEO/a.mp4', 'a', OLD);
        const card = await taken();
        await rename(join(media, 'VIDEO'), join(media, '..', 'archive'));
        await symlink('../archive', join(media, 'VIDEO'));
        await here.erase(card);
        expect(await readFile(join(media, '..', 'archive', 'a.mp4'), 'utf8')).toBe('a');
        expect(spoken()).toContain('1 files not erased: the name leads to another file');
    });

    it.each([
        ['is written to', async (path: Buffer) => writeFile(path, 'b')],
        [
            'is replaced, looking the same',
            async (path: Buffer) => {
                const other = await at('other.mp4', 'a', OLD);
                await rename(other, path);
            },
        ],
    ])('keeps a file that %s between being read and being erased', async (_, change) => {
        const path = await at('VIDEO/a.mp4', 'a', OLD);
        const card = await taken();
        const { write } = here.of.journal;
        vi.spyOn(here.of.journal, 'write').mockImplementation(async (line) => {
            await write(line);
            if (line.of === 'file' && line.step === 'erasing') await change(path);
        });
        await here.erase(card);
        expect([await exists(path), states()]).toEqual([true, ['receipted']]);
        expect(spoken()).toContain('1 files not erased: the file is not what came in');
    });

    it('takes another content by the same name, size and time first, and erases it then', async () => {
        const path = await at('VIDEO/a.mp4', 'first', OLD);
        await taken();
        await at('VIDEO/a.mp4', 'other', OLD);
        await here.erase(await here.see());
        expect([await exists(path), states()]).toEqual([true, ['read']]);
        await here.erase(await taken());
        // Of this mount it is kept; put in anew it is looked at again.
        await here.erase({ ...(await here.see()), volume: { ...(await here.see()).volume, mount: '38 /dev/sdb1' } });
        expect([await exists(path), here.taken.map((each) => each.bytes.toString())]).toEqual([false, ['first', 'other']]);
    });

    it.each([
        ['EROFS', '1 files not erased: the medium is read-only'],
        ['EPERM', 'a.mp4 cannot be erased (the system does not allow it, EPERM) and stays'],
    ])(
        'that the medium refuses with %s is said once, reads nothing in vain, and is tried when it is put in anew',
        async (code, said) => {
            const path = await at('VIDEO/a.mp4', 'a', OLD);
            const card = await taken();
            const hashed = vi.spyOn(here.of.hasher, 'hash');
            hooks.set('dock.unlinking', failing(code, 1));
            for (let look = 0; look < 3; look += 1) await here.erase(card);
            expect([await exists(path), states(), hashed.mock.calls.length]).toEqual([true, ['receipted'], 1]);
            expect(here.said.filter((each) => each.includes(said))).toHaveLength(1);
            forgetStays(media, here.of);
            await here.erase(card);
            expect([await exists(path), states()]).toEqual([false, ['erased']]);
        },
    );

    it('of a card that was pulled leaves it half done, to be looked at when it is back', async () => {
        const path = await at('VIDEO/a.mp4', 'a', OLD);
        const card = await taken();
        hooks.set('dock.unlinking', failing('ENODEV'));
        await here.erase(card);
        expect([await exists(path), states(), spoken().includes('taken out while docking')]).toEqual([true, ['erasing'], true]);
        hooks.clear();
        await here.erase(card);
        expect([await exists(path), states()]).toEqual([false, ['erased']]);
    });

    it('knows a file again that reappears after it was erased, and takes another one in its place', async () => {
        await at('VIDEO/a.mp4', 'a', OLD);
        await here.erase(await taken());
        expect(states()).toEqual(['erased']);
        await at('VIDEO/a.mp4', 'a', OLD);
        await here.erase(await taken());
        expect([here.taken.length, states(), await readdir(join(media, 'VIDEO'))]).toEqual([1, ['erased'], []]);
        await at('VIDEO/a.mp4', 'b', OLD);
        await taken();
        // The server has not heard of the erasing yet: it is not forgotten for what came in its place.
        expect([here.taken.length, states()]).toEqual([2, ['erased', 'receipted']]);
    });
});
