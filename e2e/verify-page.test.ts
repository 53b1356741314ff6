import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyPage } from '../tools/verify-page.ts';
import { goldenDiscs } from './golden-discs.ts';
import { goldenFiles, goldenPolicy, goldenZip } from './golden-package.ts';

const files = goldenFiles('sound, with its receipt');
const folder = mkdtempSync(join(tmpdir(), 'liuhen-verify-page-'));
const [html, policy, zip, unpacked] = ['verify.html', 'policy.txt', 'package.zip', 'package'].map((name) =>
    join(folder, name),
) as [string, string, string, string];
let browser: Browser;
let page: Page;
const asked: string[] = [];
const errors: string[] = [];

beforeAll(async () => {
    writeFileSync(html, await verifyPage());
    writeFileSync(policy, goldenPolicy());
    writeFileSync(zip, goldenZip('sound, with its receipt'));
    for (const { name, bytes } of files) {
        mkdirSync(dirname(join(unpacked, name)), { recursive: true });
        writeFileSync(join(unpacked, name), bytes);
    }
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`file://${html}`);
});
afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
});

const result = (text: string) => page.locator('#result', { hasText: text }).waitFor();

describe('verify.html opened from a disk', () => {
    it('says of a ZIP that it is valid, with a policy from elsewhere, in both languages', async () => {
        await page.setInputFiles('#zip', zip);
        await result('未提供另行取得的策略');
        expect(await page.locator('h2').textContent()).toBe('不完整');
        await page.setInputFiles('#policy', policy);
        await result('包内每一项内容与日志登记一致。');
        expect(await page.locator('#result').textContent()).toContain('已入日志 golden.example/east，第 2 条，共 5 条');
        expect(await page.locator('section.holds').count()).toBe(2);
        expect(await page.locator('#result').textContent()).toContain('所摄内容属实、完整、未经摆拍');
        await page.click('#language');
        await result('Every item is what was entered in the log.');
        await result('witnesses 2 of 2');
        await page.click('#language');
    });

    it('loses nothing of what is chosen while something else is being read', async () => {
        await page.evaluate(
            async ([policyText, packageBytes]) => {
                const give = (id: string, name: string, bytes: Uint8Array<ArrayBuffer>) => {
                    const input = document.getElementById(id) as HTMLInputElement;
                    const transfer = new DataTransfer();
                    transfer.items.add(new File([bytes], name));
                    input.files = transfer.files;
                    input.dispatchEvent(new Event('change'));
                };
                const bytesOf = (text: string) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
                // What was read before is judged by the new policy; a browser may hand over the next choice meanwhile.
                const begun = new Promise((resolve) => {
                    new MutationObserver(resolve).observe(document.getElementById('zip') as HTMLInputElement, {
                        attributes: true,
                    });
                });
                give('policy', 'policy.txt', bytesOf(policyText));
                await begun;
                give('zip', 'package.zip', bytesOf(packageBytes));
            },
            [Buffer.from(goldenPolicy('sm')), goldenZip('with proofs of the second head')].map((bytes) =>
                Buffer.from(bytes).toString('base64'),
            ) as [string, string],
        );
        await result('国密检查点（SM2、SM3）已核验');
        await page.setInputFiles('#policy', policy);
        await page.setInputFiles('#zip', zip);
        await result('包内每一项内容与日志登记一致。');
    });

    it('says the same of a folder, and what was changed in it', async () => {
        await page.setInputFiles('#folder', unpacked);
        await result('包内每一项内容与日志登记一致。');
        const content = files.find(({ name }) => name.endsWith('.mp4'))?.name ?? '';
        writeFileSync(join(unpacked, content), 'another');
        await page.setInputFiles('#folder', unpacked);
        await result(`文件与清单不一致 - ${content}`);
        expect(await page.locator('h2').textContent()).toBe('无效');
    });

    it('reads one disc after the other, says which are missing, and joins what was cut', async () => {
        const discs = goldenDiscs(folder);
        const [one = '', two = '', three = ''] = discs.map(({ path }) => path);
        await page.setInputFiles('#folder', one);
        await result('共 3 张，已读取 1 张 · 还缺第 2、3 张');
        expect(await page.locator('h2').textContent()).toBe('不完整');
        // What lies on the others is open: nobody says that it does not hold.
        expect(await page.locator('section.fails').count()).toBe(0);
        expect(await page.locator('section.open h3 span').allTextContents()).toContain('尚未核验');
        // The end of a recording before its middle: it has to be chosen again.
        await page.setInputFiles('#folder', three);
        await result('共 3 张，已读取 2 张 · 还缺第 2 张 · 请再次读取第 3 张');
        await page.setInputFiles('#folder', two);
        await result('共 3 张，已读取 3 张 · 请再次读取第 3 张');
        await page.setInputFiles('#folder', three);
        await result('全部光盘已读取');
        expect(await page.locator('h2').textContent()).toBe('有效');
        expect(await page.locator('section.holds').count()).toBe(2);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

        await page.click('#again');
        const part = discs[1]?.names.find((name) => name.endsWith('.part002')) ?? '';
        writeFileSync(join(two, part), Buffer.alloc(300));
        for (const [at, disc] of [one, two, three].entries()) {
            await page.setInputFiles('#folder', disc);
            await result(`已读取 ${at + 1} 张`);
        }
        await result(`文件的一段与分段清单不一致 - ${part} - 第 2 张`);
        expect(await page.locator('h2').textContent()).toBe('无效');
        await page.click('#again');
        expect(await page.locator('#result').textContent()).toBe('');
    });

    it('says of an image of a disc that it has to be mounted', async () => {
        const image = join(folder, 'disc.iso');
        writeFileSync(image, Buffer.concat([Buffer.alloc(16 * 2048), Buffer.from('\u0001CD001'), Buffer.alloc(2048)]));
        await page.setInputFiles('#zip', image);
        await result('请先挂载');
    });

    it('checks time-stamps of RSA and of ECDSA, and the second head', async () => {
        let files = 0;
        // The same file chosen again changes nothing.
        const put = (path: string, bytes: string | Uint8Array) => {
            const other = `${path}.${++files}`;
            writeFileSync(other, bytes);
            return other;
        };
        const trust = (name?: string) => page.setInputFiles('#policy', put(policy, goldenPolicy(name)));
        const choose = (name: string) => page.setInputFiles('#zip', put(zip, goldenZip(name)));
        await trust('stamped');
        for (const name of ['time-stamped, the checkpoint of the proofs', 'time-stamped by an authority with ECDSA']) {
            await choose(name);
            await result('时间戳：20');
            expect(await page.locator('h2').textContent(), name).toBe('有效');
        }
        await choose('a time-stamp with its signature spoilt');
        await result('时间戳不成立');
        expect(await page.locator('h2').textContent()).toBe('无效');
        await trust('sm');
        await choose('with proofs of the second head');
        await result('国密检查点（SM2、SM3）已核验');
    });

    it('says what cannot be read', async () => {
        await page.setInputFiles('#zip', policy);
        await result('不是 ZIP 文件（zip.notZip）');
    });

    it('asks for nothing but itself, needs no sideways scrolling on a phone, and does nothing that its policy forbids', async () => {
        // Its threads run the page's own script.
        expect(asked.filter((url) => !url.startsWith('blob:null/'))).toEqual([`file://${html}`]);
        expect(errors).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        const sent = await page.evaluate(() =>
            fetch('https://example.invalid/').then(
                () => 'sent',
                () => 'refused',
            ),
        );
        expect(sent).toBe('refused');
        expect(errors.join()).toContain('Content Security Policy');
    });
});
