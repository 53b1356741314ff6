import { appendFile, mkdir, open, readFile, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DockFacts, DockLedger, type FileLine, MINUTE, SECOND } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { liuhen } from '../run.fixture.ts';
import type { DockConfig } from './dock-config.ts';
import type { DockContext } from './dock-context.ts';
import { Glances } from './glance.ts';
import { fileHasher } from './hash-files.ts';
import { journalFile, openJournal, readBook } from './journal.ts';
import { Lanes } from './lanes.ts';
import { openSpool } from './spool.ts';
import { findVolumes, type Volume } from './volumes.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
    folder = await temporaryFolder('dock-parts');
});
afterAll(() => folder.remove());

/** A folder in which volumes appear, with nothing said of them. */
const WATCH = {
    path: '',
    parent: true,
    mountsOnly: false,
    source: undefined,
    profile: undefined,
    device: undefined,
    devices: {},
};

describe('what an operator may get wrong in the configuration', () => {
    it.each([
        [{ watch: [{ folder: 'a', parent: 'b' }] }, 'watch.0 is wrong, expected an object with either folder or parent'],
        [{ paralel: 3 }, 'paralel is not known'],
        [{ parallel: 'x' }, 'parallel is wrong, expected a number'],
        [{ spool: { folder: 'x', mostMiB: 0 } }, 'spool.mostMiB is wrong, expected an integer above 0'],
        [{ serverKey: 'abc' }, 'is not 64 hex digits'],
        [{ secret: [{ kind: 'secret', name: '(a+)+' }] }, 'may repeat without end'],
        [{ watch: [{ folder: '/tmp', profile: 'none' }] }, 'There is no profile "none"'],
    ])('is said in one line: %j', async (more, said) => {
        const config = join(folder.path, 'dock.json');
        await writeFile(config, JSON.stringify({ server: 'http://127.0.0.1:1', state: folder.path, ...more }));
        const ran = await liuhen(['dock', '--config', config, '--once']);
        expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(said)]);
    });
});

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
        const watch = { ...WATCH, path: media };
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

describe('a look at a volume', () => {
    const watch = WATCH;
    const signal = new AbortController().signal;

    /** A volume whose folders were last changed an hour before it is looked at. */
    async function looked(name: string) {
        const path = join(folder.path, name);
        await mkdir(join(path, 'a', 'b'), { recursive: true });
        for (const file of ['one.mp4', 'a/two.mp4', 'a/b/three.mp4']) await writeFile(join(path, file), file);
        const begun = Date.now();
        const age = async () => {
            for (const each of ['', 'a', 'a/b']) await utimes(join(path, each), begun / 1_000 - 3_600, begun / 1_000 - 3_600);
        };
        await age();
        const book = new DockLedger();
        const glances = new Glances();
        let at = begun;
        const volume: Volume = { path, name, watch, serial: undefined, mount: '36 /dev/sdb1', twin: undefined };
        const of = {
            config: { walkMs: MINUTE, secret: [], station: 's' } as unknown as DockConfig,
            journal: { book } as DockContext['journal'],
            now: () => at,
        };
        const look = async (more: { as?: Partial<Volume>; afterMs?: number } = {}) => {
            at += more.afterMs ?? 5 * SECOND;
            const before = glances.looks.walked;
            const card = await glances.look({ ...volume, ...more.as }, [], of, { signal });
            return { card, walked: glances.looks.walked > before, names: card.items.map((each) => each.entry.text) };
        };
        const known = (file: string): void => {
            book.enter({ of: 'file', step: 'read', file, at, sha256: 'a', facts: journalFacts });
            book.enter({ of: 'file', step: 'sent', file, at, recording: 'r' });
        };
        return { path, look, known, age, glances };
    }

    it('reads names only when something changed, or after a while', async () => {
        const { path, look, known, age } = await looked('looked');
        const first = await look();
        expect([first.walked, first.names]).toEqual([true, ['a/b/three.mp4', 'a/two.mp4', 'one.mp4']]);
        const second = await look();
        expect([second.walked, second.card === first.card]).toEqual([false, true]);

        // A name more, deep inside; a folder less.
        await writeFile(join(path, 'a', 'b', 'four.mp4'), 'x');
        expect((await look()).names).toContain('a/b/four.mp4');
        await rm(join(path, 'a', 'b'), { recursive: true });
        expect((await look()).names).toEqual(['a/two.mp4', 'one.mp4']);
        await mkdir(join(path, 'a', 'b'));
        await age();
        expect([(await look()).walked, (await look()).walked]).toEqual([true, false]);

        // One that is still to be taken has grown, which no folder tells.
        await appendFile(join(path, 'one.mp4'), 'more');
        const grown = await look();
        expect([grown.walked, grown.card.items[1]?.facts.size]).toEqual([true, '11']);
        for (const { file } of grown.card.items) known(file);
        await appendFile(join(path, 'one.mp4'), 'more');
        expect((await look()).walked).toBe(false);
        const later = await look({ afterMs: MINUTE });
        expect([later.walked, later.card.items[1]?.facts.size]).toEqual([true, '15']);
    });

    it('is a whole one for another mount, another serial, what came back, and a clock that was set', async () => {
        const { look, glances, path } = await looked('mounts');
        await look();
        expect((await look()).walked).toBe(false);
        expect((await look({ as: { mount: '37 /dev/sdb1' } })).walked).toBe(true);
        expect((await look({ as: { mount: '37 /dev/sdb1', serial: '1A2B-3C4D' } })).walked).toBe(true);
        expect((await look({ afterMs: -MINUTE })).walked).toBe(true);
        expect((await look()).walked).toBe(false);
        glances.forget(path);
        expect((await look()).walked).toBe(true);
    });

    it('does not trust a folder that changed within the two seconds FAT counts in', async () => {
        const { look, path } = await looked('young');
        const { mtimeMs } = await stat(join(path, 'a'));
        await utimes(join(path, 'a'), Date.now() / 1_000 + 5, Date.now() / 1_000 + 5);
        expect([(await look()).walked, (await look()).walked]).toEqual([true, true]);
        await utimes(join(path, 'a'), mtimeMs / 1_000, mtimeMs / 1_000);
        expect([(await look()).walked, (await look()).walked]).toEqual([true, false]);
    });
});

const journalFacts: DockFacts = {
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

describe('the journal', () => {
    const read = (file: string): FileLine => ({ of: 'file', step: 'read', file, at: 1, sha256: 'a', facts: journalFacts });

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

describe('a journal that has grown', () => {
    it('is written anew without what was overtaken, and holds the same book', async () => {
        const state = join(folder.path, 'grown');
        const journal = await openJournal(state);
        const line = (step: FileLine['step'], file: string, more: Partial<FileLine> = {}): FileLine => ({
            ...{ of: 'file', step, file, at: 7 },
            ...more,
        });
        const files = Array.from({ length: 20 }, (_, at) => `file ${at}`);
        for (const file of files) {
            await journal.write(line('read', file, { sha256: 'a', facts: journalFacts }));
            await Promise.all(Array.from({ length: 20 }, () => journal.write(line('sent', file, { recording: `r ${file}` }))));
        }
        await journal.write(line('receipted', 'file 1', { receipt: 't', signature: 's' }));
        await journal.write(line('erasing', 'file 1', { root: '1:2' }));
        await journal.write({ of: 'docking', step: 'noted', docking: 'd', at: 1, report: {} });
        await journal.write({ of: 'docking', step: 'noted', docking: 'told', at: 1, report: {} });
        await journal.write({ of: 'docking', step: 'reported', docking: 'told', at: 1 });
        await journal.close();
        const before = await readFile(journalFile(state));
        const { book } = await readBook(state);

        // Below the bound, and where little would be gained, it stays as it is.
        await (await openJournal(state, before.length)).close();
        expect((await readFile(journalFile(state))).length).toBe(before.length);
        // What a run before left unfinished beside it is no hindrance.
        await writeFile(`${journalFile(state)}.new`, 'half');
        const compacted = await openJournal(state, before.length - 1);
        expect([compacted.tornBytes, compacted.badLines]).toEqual([0, 0]);
        await compacted.write(line('erased', 'file 1'));
        await compacted.close();
        const after = await readBook(state);
        expect((await readFile(journalFile(state))).length * 2).toBeLessThan(before.length);
        expect(after).toMatchObject({ tornBytes: 0, badLines: 0 });
        expect(after.book.dockings).toEqual(book.dockings);
        expect(after.book.files.get('file 1')?.state).toBe('erased');
        for (const file of files.filter((each) => each !== 'file 1'))
            expect(after.book.files.get(file)).toEqual(book.files.get(file));
        expect([...after.book.files.keys()]).toEqual([...book.files.keys()]);
        const small = (await readFile(journalFile(state))).length;
        await (await openJournal(state, 1)).close();
        expect((await readFile(journalFile(state))).length).toBe(small);
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
