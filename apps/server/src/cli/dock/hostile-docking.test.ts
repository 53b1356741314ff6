import { execFileSync } from 'node:child_process';
import { lstat, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Remote } from '../../testing/remote.ts';
import type { Ran } from '../run.fixture.ts';
import { type DockSystem, decideErasing, dockSystem, put, recordings, video } from './dock.fixture.ts';
import { readBook } from './journal.ts';

/** The real program against a real server, on media as they should not be. */
let here: DockSystem;
let manager: Remote;

beforeAll(async () => {
    here = await dockSystem('hostile-docking');
    manager = await here.manager();
    await manager.call('device.create', { body: { kind: 'recorder', number: 'A00001' } });
    const serverKey = /key ([0-9a-f]{64})/.exec((await here.dock(['key'])).out)?.[1] ?? '';
    await here.configure({ serverKey });
    await decideErasing(here.url, true);
}, 180_000);
afterAll(() => here?.close());
beforeEach(async () => {
    await rm(here.media, { recursive: true, force: true });
    await put(here.media, '.keep', new Uint8Array());
});

const exists = async (path: string | Buffer) => (await lstat(path).catch(() => undefined)) !== undefined;
const named = async (part: string) => (await recordings(manager)).filter((each) => each.name.includes(part));
const name = (at: number) => `A00001_210001_202610${String(10 + at)}090000_0001.MP4`;

/** The program that goes on until it is stopped; `when` waits for a sentence of it. */
function watching(more: { env?: Record<string, string>; args?: string[] } = {}) {
    let stop: () => unknown = () => undefined;
    let heard = '';
    const waiting: { isHeard: () => boolean; resolve: () => void }[] = [];
    const hear = (text: string) => {
        heard += text;
        for (const each of waiting) if (each.isHeard()) each.resolve();
    };
    const ended: Promise<Ran> = here.dock(['--parent', here.media, ...(more.args ?? [])], {
        env: more.env ?? {},
        onStart: (child) => {
            child.stdout?.on('data', (bytes: Buffer) => hear(bytes.toString()));
            child.stderr?.on('data', (bytes: Buffer) => hear(bytes.toString()));
            stop = () => child.kill('SIGTERM');
        },
    });
    const whenever = (isHeard: () => boolean) =>
        new Promise<void>((resolve) => {
            waiting.push({ isHeard, resolve });
            hear('');
        });
    const when = (part: string) => whenever(() => heard.includes(part));
    /** So many files, in however many goes: a pause ends one. */
    const whenErased = (count: number) =>
        whenever(() => [...heard.matchAll(/: (\d+) files erased/g)].reduce((sum, [, each]) => sum + Number(each), 0) >= count);
    return { when, whenErased, heard: () => heard, ended, stop: () => stop() };
}

it('takes in a card of traps once, erases from it what came in, and touches nothing it leads to', async () => {
    const outside = join(here.folder, 'outside');
    await put(outside, 'kept.mp4', await video(here));
    await put(here.media, `one/VIDEO/${name(0)}`, await video(here));
    const times = { 'zero.mp4': 315_532_800, 'last.mp4': 4_354_819_198, 'before.mp4': -86_400, 'soon.mp4': 1_893_456_000 };
    for (const [file, time] of Object.entries(times)) {
        const path = await put(here.media, `one/VIDEO/${file}`, await video(here));
        // As dates: Node takes a negative number for now.
        await utimes(path, new Date(time * 1_000), new Date(time * 1_000));
    }
    const long = `${'长'.repeat(83)}12.mp4`;
    const strange = ['empty.mp4', 'new\nline\u001b[2J\u202e.mp4', long];
    await put(here.media, `one/VIDEO/${strange[0]}`, new Uint8Array());
    await put(here.media, `one/VIDEO/${strange[1]}`, await video(here));
    await put(here.media, `one/VIDEO/${strange[2]}`, await video(here));
    await put(here.media, Buffer.from([...Buffer.from('one/VIDEO/'), 0xff, 0xfe, 0x2e]), await video(here));
    await symlink(outside, join(here.media, 'one', 'VIDEO', 'archive'));
    await symlink(join(outside, 'kept.mp4'), join(here.media, 'one', 'VIDEO', name(1)));
    await symlink('..', join(here.media, 'one', 'VIDEO', 'round'));
    execFileSync('mkfifo', [join(here.media, 'one', 'VIDEO', name(2))]);
    const ran = await here.dock();
    expect(ran.code, ran.err).toBe(0);
    expect(ran.err).toContain('one: 4 links, pipes or device files are no recordings and were left alone');
    expect(ran.err).toContain('9 in, 0 taken before, 0 spooled, 0 left, 9 erased');
    expect(ran.out.trim().split('\n')).toHaveLength(9);
    for (const each of ['\u001b', '\u202e']) expect(`${ran.out}${ran.err}`).not.toContain(each);
    expect(await exists(join(outside, 'kept.mp4'))).toBe(true);
    expect((await readdir(join(here.media, 'one/VIDEO'))).sort()).toEqual([name(1), name(2), 'archive', 'round'].sort());
    const modified = async (file: string) => {
        const [found, ...more] = await named(file);
        expect([file, more]).toEqual([file, []]);
        const { items } = await manager.call('recording.docks', { params: { id: found?.id ?? '' } });
        return items.map((each) => (each.modifiedAt ?? 0) / 1_000);
    };
    for (const [file, time] of Object.entries(times)) expect([file, await modified(file)]).toEqual([file, [time]]);
    expect(await named('empty')).toMatchObject([{ name: 'empty.mp4' }]);
    expect(await named(long)).toHaveLength(1);
}, 120_000);

it('knows again what reappears after it was erased, and erases it again', async () => {
    const bytes = await video(here);
    const path = await put(here.media, `one/${name(3)}`, bytes);
    const { mtimeMs } = await lstat(path);
    expect((await here.dock()).err).toContain('1 files erased');
    await writeFile(path, bytes);
    await utimes(path, mtimeMs / 1_000, mtimeMs / 1_000);
    const again = await here.dock();
    expect([again.code, again.out, again.err.includes('1 files erased'), await exists(path)]).toEqual([0, '', true, false]);
    expect(await named(name(3))).toHaveLength(1);
}, 60_000);

it('pauses while its own disk is full, says so, and goes on by itself', async () => {
    const names = [4, 5, 6].map(name);
    for (const each of names) await put(here.media, `one/${each}`, await video(here));
    const agent = watching({ env: { LIUHEN_FAILPOINT: 'dock.journalWritten:fail:ENOSPC:2' } });
    await agent.when('The journal can be written again');
    await agent.whenErased(3);
    agent.stop();
    expect((await agent.ended).code).toBe(0);
    expect(agent.heard()).toContain('cannot be written (the disk is full, ENOSPC): docking pauses');
    for (const each of names) expect(await named(each)).toHaveLength(1);
    expect(await readBook(here.state)).toMatchObject({ tornBytes: 0, badLines: 0 });
    expect((await here.dock(['--once', '--parent', here.media], { env: { LANG: 'zh_CN.UTF-8' } })).code).toBe(0);
}, 60_000);

it('goes on with other cards when one is pulled in the middle, and with that one when it is back', async () => {
    await here.configure({ parallel: 1 });
    const slow = Array.from({ length: 9 }, (_, at) => `A00001_210001_202611${10 + at}090000_0001.MP4`);
    for (const each of slow) await put(here.media, `one/${each}`, await video(here));
    await put(here.media, 'two/other.mp4', await video(here));
    const agent = watching();
    await agent.when(`one\t${slow[1]}`);
    await rename(join(here.media, 'one'), join(here.folder, 'pulled'));
    await agent.when('one: taken out while docking');
    await agent.when('two\tother.mp4');
    await rename(join(here.folder, 'pulled'), join(here.media, 'one'));
    await agent.when(`one\t${slow.at(-1)}`);
    agent.stop();
    expect((await agent.ended).code).toBe(0);
    for (const each of [...slow, 'other.mp4']) expect([each, (await named(each)).length]).toEqual([each, 1]);
    expect(agent.heard()).not.toContain('cannot be read');
    await here.configure({});
}, 60_000);

it('says once that a card is read-only, keeps what is on it, and lets the server know nothing else', async () => {
    const serverKey = /key ([0-9a-f]{64})/.exec((await here.dock(['key'])).out)?.[1] ?? '';
    await here.configure({ serverKey });
    const path = await put(here.media, `one/${name(7)}`, await video(here));
    const bytes = await readFile(path);
    const locked = { env: { LIUHEN_FAILPOINT: 'dock.unlinking:fail:EROFS:99', LANG: 'zh_CN.UTF-8' } };
    const ran = await here.dock(undefined, locked);
    expect([ran.code, ran.err.match(/1 个文件未清除：介质是只读的/g)?.length, await readFile(path)]).toEqual([0, 1, bytes]);
    const states = [...(await readBook(here.state)).book.files.values()];
    expect(states.filter((each) => Buffer.from(each.facts.path, 'base64').toString() === name(7))).toMatchObject([
        { state: 'receipted', why: 'readOnly' },
    ]);
    expect((await here.dock()).err).toContain('1 files erased');
    expect(await exists(path)).toBe(false);
}, 60_000);
