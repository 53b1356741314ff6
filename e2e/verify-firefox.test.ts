import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyPage } from '../tools/verify-page.ts';
import { type FirefoxPage, openFirefox } from './firefox.ts';
import { goldenDiscs, goldenDiscsPolicy } from './golden-discs.ts';
import { goldenPolicy, goldenZip } from './golden-package.ts';

const folder = mkdtempSync(join(tmpdir(), 'liuhen-verify-firefox-'));
let page: FirefoxPage;
let files = 0;
/** A file under a name of its own: whoever chooses the same file again changes nothing. */
function put(name: string, bytes: string | Uint8Array): string {
    const path = join(folder, `${++files}-${name}`);
    writeFileSync(path, bytes);
    return path;
}

beforeAll(async () => {
    const html = put('verify.html', await verifyPage());
    page = await openFirefox();
    await page.setViewport(390, 844);
    await page.goto(`file://${html}`);
}, 180_000);
afterAll(async () => {
    await page?.close();
    rmSync(folder, { recursive: true });
});

const result = () => page.evaluate<string>('document.getElementById("result").textContent');
const heading = () => page.evaluate<string>('document.querySelector("#result h2").textContent');
const says = (text: string) => vi.waitFor(async () => expect(await result()).toContain(text), { timeout: 60_000, interval: 100 });
/** Nothing can be chosen while files are read. */
const give = (input: string, path: string) => vi.waitFor(() => page.setFiles(input, [path]), { timeout: 60_000, interval: 100 });
const choose = (name: string) => give('#zip', put('package.zip', goldenZip(name)));
const trust = (name?: string) => give('#policy', put('policy.txt', goldenPolicy(name)));

describe('verify.html opened from a disk in Firefox', () => {
    it('says that a policy from elsewhere is missing, and with it that the package is valid, in both languages', async () => {
        await choose('sound, with its receipt');
        await says('未提供另行取得的策略');
        expect(await heading()).toBe('不完整');
        await trust();
        await says('包内每一项内容与日志登记一致。');
        expect(await heading()).toBe('有效');
        const text = await result();
        for (const fact of ['已入日志 golden.example/east，第 2 条，共 5 条', '没有时间戳', '所摄内容属实、完整、未经摆拍'])
            expect(text).toContain(fact);
        expect(await page.evaluate('document.querySelectorAll("section.holds").length')).toBe(2);
        await page.evaluate('document.getElementById("language").click()');
        await says('Every item is what was entered in the log.');
        await says('witnesses 2 of 2');
        await page.evaluate('document.getElementById("language").click()');
    });

    it('says what was changed by one bit', async () => {
        await choose('a bit of a recording turned over');
        await says('文件与清单不一致');
        expect(await heading()).toBe('无效');
    });

    it('checks time-stamps of RSA and of ECDSA, and the second head', async () => {
        await trust('stamped');
        for (const name of ['time-stamped, the checkpoint of the proofs', 'time-stamped by an authority with ECDSA']) {
            await choose(name);
            await says('时间戳：20');
            expect(await heading(), name).toBe('有效');
        }
        await choose('a time-stamp with its signature spoilt');
        await says('时间戳不成立');
        expect(await heading()).toBe('无效');
        await trust('sm');
        await choose('with proofs of the second head');
        await says('国密检查点（SM2、SM3）已核验');
    });

    it('reads one disc after the other, says which are missing, and joins what was cut', async () => {
        const discs = goldenDiscs(folder);
        const [one = '', two = '', three = ''] = discs.map(({ path }) => path);
        const read = async (path: string, text: string) => {
            await page.chooseFolder('#folder', path);
            await says(text);
        };
        const anew = () => page.evaluate('document.getElementById("again").click()');
        await give('#policy', put('policy.txt', goldenDiscsPolicy));
        await anew();
        await read(one, '共 3 张，已读取 1 张 · 还缺第 2、3 张');
        expect(await heading()).toBe('不完整');
        // The end of a recording before its middle: it has to be chosen again.
        await read(three, '共 3 张，已读取 2 张 · 还缺第 2 张 · 请再次读取第 3 张');
        await read(two, '共 3 张，已读取 3 张 · 请再次读取第 3 张');
        await read(three, '全部光盘已读取');
        expect(await heading()).toBe('有效');
        expect(await page.evaluate('document.querySelectorAll("section.holds").length')).toBe(2);

        await anew();
        const part = discs[1]?.names.find((name) => name.endsWith('.part002')) ?? '';
        writeFileSync(join(two, part), Buffer.alloc(300));
        for (const [at, path] of [one, two, three].entries()) await read(path, `已读取 ${at + 1} 张`);
        expect(await result()).toContain(`文件的一段与分段清单不一致 - ${part} - 第 2 张`);
        expect(await heading()).toBe('无效');
        await anew();
    });

    it('says what cannot be read', async () => {
        await give('#zip', put('policy.txt', goldenPolicy()));
        await says('不是 ZIP 文件（zip.notZip）');
    });

    it('asks for nothing, needs no sideways scrolling on a phone, and does nothing that its policy forbids', async () => {
        expect(page.asked.filter((url) => !/^(?:file|data|blob):/.test(url))).toEqual([]);
        expect(page.errors).toEqual([]);
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
        const sent = await page.evaluate('fetch("https://example.invalid/").then(() => "sent", () => "refused")');
        expect(sent).toBe('refused');
        await vi.waitFor(() => expect(page.errors.join()).toContain('Content-Security-Policy'), { timeout: 20_000 });
    });
});
