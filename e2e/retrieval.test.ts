import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SignedInUploader } from '../apps/server/src/faults/uploader.ts';
import { readTable } from '../apps/server/src/platform/table/read-table.ts';
import type { PersonToAdd } from '../apps/server/src/testing/found-institute.ts';
import { sha256, unzip } from '../apps/server/src/testing/packing-system.ts';
import { temporaryFolder } from '../apps/server/src/testing/temporary-folder.ts';
import { exported, WORKBOOK } from './exports.ts';
import { button, choose, field, gone, seen } from './steps.ts';
import { systemWith } from './system.ts';

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const CLIP = 'DCAM_A0173_110207_20261028_140456.MP4';
const PEOPLE: readonly PersonToAdd[] = [
    { login: 'zhouqing', name: '周青', kind: 'officer', certificate: '210001', roles: ['officer'] },
    { login: 'gumingzhi', name: '顾明之', kind: 'officer', certificate: '210003', roles: ['instituteHead'] },
    { login: 'lumanager', name: '陆管理', kind: 'staff', roles: ['recordingManager'] },
];
const HOUR = 3_600_000;

let system: Awaited<ReturnType<typeof systemWith>>;
let actId: string;

beforeAll(async () => {
    system = await systemWith(PEOPLE);
    const zhou = await system.remoteOf('zhouqing');
    const personId = system.institute.people.zhouqing?.id ?? '';
    const now = Date.now();
    ({ id: actId } = await zhou.call('act.create', {
        body: {
            scenario: 'routineInspection',
            place: '示范路 1 号',
            startsAt: now - 2 * HOUR,
            endsAt: now - HOUR,
            participants: [{ personId, part: 'officer' }],
        },
    }));
    const client = new SignedInUploader(zhou);
    const bytes = await readFile(new URL(`../demo/clips/${CLIP}`, import.meta.url));
    const path = await client.create(bytes.length, { filename: CLIP, personId });
    await client.resume(path, bytes);
    const id = await client.recording(path);
    await vi.waitUntil(async () => (await zhou.call('recording.get', { params: { id } })).state === 'sealed', {
        timeout: 30_000,
        interval: 100,
    });
    await zhou.call('recording.file', { params: { id }, body: { actId } });
}, 120_000);
afterAll(() => system?.close());

describe('retrieval as evidence', () => {
    it('is asked for on the page of the act, by phone too, consented to by the head, and stands in the register', async () => {
        const officer = await system.pageOf('zhouqing', PHONE);
        await officer.goto(`/acts/${actId}`);
        await seen(officer.getByText('没有调取登记。'));
        await button(officer, '申请调取').click();
        const form = officer.getByRole('dialog', { name: '申请调取' });
        await button(form, '保存').click();
        await seen(form.getByText('必填'));
        await choose(form, '用途', '行政诉讼');
        await field(form, '用于的程序或案号').fill('（2026）沪测行初1号');
        await field(form, '调取依据').fill('行政诉讼法第三十四条');
        await field(form, '接收单位和接收人').fill('测试区人民法院 钱书记员');
        await field(form, '调取理由').fill('应诉举证');
        await button(form, '保存').click();
        await gone(form);
        await seen(officer.getByText('待审批'));
        await seen(officer.getByText(CLIP));
        expect(await officer.getByRole('button', { name: '同意调取' }).count()).toBe(0);
        expect(await officer.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

        const head = await system.pageOf('gumingzhi');
        await head.goto('/recordings');
        await head.getByRole('link', { name: '待审批调取 1' }).click();
        await head.getByRole('link', { name: /-DQ-/ }).click();
        await button(head, '同意调取').click();
        const dialogue = head.getByRole('dialog', { name: '同意调取' });
        await field(dialogue, /审批意见/).fill('同意，由音像管理员提供');
        await button(dialogue, '同意调取').click();
        await gone(dialogue);
        await seen(head.getByText('已同意'));
        await seen(head.getByText('同意，由音像管理员提供'));

        const manager = await system.pageOf('lumanager');
        await manager.goto('/recordings/retrievals?q=沪测行初');
        await seen(manager.getByText('共 1 条'));
        const { rows } = await readTable((await exported(manager, '导出', WORKBOOK)).bytes);
        const lines = rows.map((row) => row.cells.map((cell) => cell.text).join(' '));
        expect(lines.find((line) => line.includes('沪测行初'))).toContain('已同意');
        await system.expectSound();
    }, 120_000);

    it('becomes a package that verifies itself from a disk, and is handed over against a signed receipt', async () => {
        const manager = await system.pageOf('lumanager');
        await manager.goto('/recordings/retrievals?q=沪测行初');
        await manager.getByRole('link', { name: /-DQ-/ }).click();
        await manager.getByRole('radio', { name: 'DVD 光盘（4.7 GB），约 1 张；同时留存 ZIP' }).check();
        await button(manager, '制作证据包').click();
        await seen(manager.getByText('证据包 SHA-256'));
        const [download] = await Promise.all([manager.waitForEvent('download'), button(manager, '取出证据包').click()]);
        expect(download.suggestedFilename()).toMatch(/-DQ-\d{4}-\d{4}\.zip$/);
        const folder = await temporaryFolder('e2e-package');
        const [zip, html, policy] = ['package.zip', 'verify.html', 'policy.txt'].map((name) => join(folder.path, name)) as [
            string,
            string,
            string,
        ];
        await download.saveAs(zip);
        await seen(manager.getByText(/^陆管理 \d{4}-/));
        // The page out of the package, and the policy from elsewhere, as its receiver has them.
        await writeFile(html, unzip(await readFile(zip)).get('verify.html') ?? '');
        const head = await system.pageOf('gumingzhi');
        await writeFile(policy, await (await head.request.get('/api/ledger/policy')).body());
        const stranger = await system.page();
        await stranger.goto(`file://${html}`);
        await stranger.setInputFiles('#policy', policy);
        await stranger.setInputFiles('#zip', zip);
        await seen(stranger.getByText('包内每一项内容与日志登记一致。'));
        expect(await stranger.locator('h2').textContent()).toBe('有效');
        expect(await stranger.locator('section.holds').count()).toBe(1);
        const changed = await readFile(zip);
        const at = changed.indexOf(unzip(changed).get('README.txt') ?? '');
        changed[at] = (changed[at] ?? 0) ^ 1;
        const other = join(folder.path, 'changed.zip');
        await writeFile(other, changed);
        await stranger.setInputFiles('#zip', other);
        await seen(stranger.getByText('文件与清单不一致 - README.txt'));

        // The disc, as its receiver mounts it: the page out of it reads it and knows that it is the only one.
        await seen(manager.getByText('第 1 张，共 1 张', { exact: true }));
        const [burnt] = await Promise.all([manager.waitForEvent('download'), button(manager, '取出第 1 张').click()]);
        expect(burnt.suggestedFilename()).toMatch(/-DQ-\d{4}-\d{4}-DVD-1-1\.iso$/);
        const [image, disc] = [join(folder.path, 'disc.iso'), join(folder.path, 'disc')];
        await burnt.saveAs(image);
        await seen(manager.getByText(sha256(await readFile(image))));
        const out = spawnSync('xorriso', ['-osirrox', 'on', '-indev', image, '-extract', '/', disc], { encoding: 'utf8' });
        expect(out.status, out.stderr).toBe(0);
        const reader = await system.page();
        await reader.goto(`file://${disc}/verify.html`);
        await reader.setInputFiles('#policy', policy);
        await reader.setInputFiles('#folder', disc);
        await seen(reader.getByText('全部光盘已读取').first());
        expect(await reader.locator('h2').textContent()).toBe('有效');
        const labels = await manager.request.get(
            (await manager.getByRole('link', { name: '光盘标签' }).getAttribute('href')) ?? '',
        );
        expect([labels.status(), (await labels.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
        await seen(manager.getByText(/DVD 光盘（4.7 GB）第 1 张/));

        // The same as a folder, which the browser writes: the folder of the test lies within the browser.
        await manager.evaluate(() => {
            Object.assign(window, { showDirectoryPicker: () => navigator.storage.getDirectory() });
        });
        await button(manager, '取到文件夹').click();
        await seen(manager.getByText(/已写入文件夹“.*-DQ-.*”，共 \d+ 个文件/));
        const manifest = await manager.evaluate(async () => {
            const root = await navigator.storage.getDirectory();
            for await (const [, entry] of (
                root as unknown as { entries(): AsyncIterable<[string, FileSystemHandle]> }
            ).entries()) {
                const list = await (entry as FileSystemDirectoryHandle).getFileHandle('manifest.json');
                return (await list.getFile()).text();
            }
            return '';
        });
        await seen(manager.getByText(sha256(Buffer.from(manifest))));
        await folder.remove();

        const receipt = await (
            await manager.request.get(`/api${new URL(manager.url()).pathname.replace('/recordings', '')}/receipt.pdf`)
        ).body();
        await button(manager, '登记交付').click();
        const drawer = manager.getByRole('dialog', { name: '登记交付' });
        await field(drawer, '交付介质和编号').fill('光盘 2026-001');
        await button(drawer, '保存').click();
        await gone(drawer);
        await seen(manager.getByText('已交付'));
        await manager
            .getByLabel('附上签收单')
            .and(manager.locator('input'))
            .setInputFiles({ name: '签收单.pdf', mimeType: 'application/pdf', buffer: receipt });
        await seen(manager.getByRole('link', { name: '签收单.pdf' }));
        await system.expectSound();
    }, 120_000);
});
