import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liuhen } from '../apps/server/src/cli/run.fixture.ts';
import { type TemporaryFolder, temporaryFolder } from '../apps/server/src/testing/temporary-folder.ts';
import { type Clip, lastTenOClock, makeClip } from './clips.ts';
import { button, eventually, gone, seen } from './steps.ts';
import { handIn } from './story.ts';
import { type System, systemWith } from './system.ts';

let system: System;
let folder: TemporaryFolder;
let clip: Clip;
let bytes: Buffer;

beforeAll(async () => {
    folder = await temporaryFolder('e2e-files');
    [system, clip] = await Promise.all([
        systemWith(),
        makeClip(folder.path, { device: 'A0901', start: lastTenOClock(), seconds: 6 }),
    ]);
    bytes = await readFile(clip.path);
}, 120_000);
afterAll(async () => {
    await system?.close();
    await folder?.remove();
});

type Given = { name: string; mimeType: string; buffer: Buffer };
const file = (name: string, buffer: Buffer): Given => ({ name, mimeType: 'video/mp4', buffer });

/** Uploads from the list of recordings and waits until each is taken in. */
async function upload(page: Page, files: readonly Given[]): Promise<void> {
    await page.goto('/recordings');
    await button(page, '上传').first().click();
    const panel = page.getByRole('dialog', { name: '上传' });
    await panel.locator('input[type=file]').setInputFiles([...files]);
    await button(panel, `开始上传 ${files.length} 个文件`).click();
    const tasks = page.getByRole('dialog', { name: '上传任务' });
    await seen(tasks.getByText(`${files.length} / ${files.length} 个完成`));
    await button(tasks, '关闭').click();
    await gone(tasks);
}

/** Name and finding of every recording on the list, once all are inspected. */
async function listed(page: Page): Promise<{ name: string; finding: string }[]> {
    const rows = page.getByRole('table', { name: '音像资料' }).locator('tbody tr');
    await seen(rows);
    await eventually(() => page.getByText('检查中', { exact: true }).count()).toBe(0);
    return rows.evaluateAll((all) =>
        all.map((row) => {
            const cells = [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '');
            return { name: row.querySelector('a.main')?.textContent ?? '', finding: cells[2] ?? '' };
        }),
    );
}

describe('files as they really come', () => {
    it('broken ones are taken in, kept as they are, and what is wrong is said in words', async () => {
        const officer = await system.pageOf('zhouqing');
        await upload(officer, [
            file('notes.mp4', Buffer.from('这是一份文字记录，不是录像。'.repeat(40))),
            file('empty.mp4', Buffer.alloc(0)),
            file('cut.mp4', bytes.subarray(0, Math.floor(bytes.length * 0.6))),
        ]);
        const found = new Map((await listed(officer)).map(({ name, finding }) => [name, finding]));
        expect(found.get('notes.mp4')).toContain('不是音像文件，或已损坏到无法识别');
        expect(found.get('empty.mp4')).toContain('空文件（0 字节）');
        expect(found.get('cut.mp4')).toMatch(/文件不完整，缺少末尾/);
        await officer.getByRole('link', { name: 'notes.mp4' }).click();
        await seen(officer.getByText('收到时就是这样，原件照存', { exact: false }));
        await system.expectSound();
    });

    it('hostile names are shown without doing harm', async () => {
        const officer = await system.pageOf('zhouqing');
        const long = `${'很长的名字'.repeat(59)}.mp4`;
        await upload(officer, [
            file(long, Buffer.from(`1${Math.random()}`)),
            file('gnp.\u202E4pm.现场', Buffer.from(`2${Math.random()}`)),
            file('../../../etc/passwd.mp4', Buffer.from(`3${Math.random()}`)),
            file('<img src=x onerror=document.title=1>.mp4', Buffer.from(`4${Math.random()}`)),
        ]);
        const names = (await listed(officer)).map(({ name }) => name);
        expect(names.join('\n')).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
        expect(names).toEqual(expect.arrayContaining([expect.stringContaining('<img src=x onerror=')]));
        expect(names.some((name) => name.includes('passwd.mp4'))).toBe(true);
        expect(await officer.title()).not.toBe('1');
        for (const width of [1440, 390]) {
            await officer.setViewportSize({ width, height: 900 });
            expect(await officer.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        }
        await system.expectSound();
    });

    it('the same file twice is one item; from two officers it is two items', async () => {
        const officer = await system.pageOf('zhouqing');
        const colleague = await system.pageOf('hebei');
        const count = async () => (await listed(officer)).filter(({ name }) => name.startsWith('twice')).length;
        await upload(officer, [file('twice.mp4', bytes)]);
        await upload(officer, [file('twice again.mp4', bytes)]);
        await officer.reload();
        expect(await count()).toBe(1);
        await upload(colleague, [file('twice.mp4', bytes)]);
        await officer.reload();
        await eventually(count).toBe(2);
        const items = (await (await system.remoteOf('zhouqing')).call('recording.list', { query: { q: 'twice' } })).items;
        expect(items.map((item) => item.uploadedBy.name).sort()).toEqual(['何北', '周青']);
        await system.expectSound();
    });

    it('what the command line hands in stands on the list, and the command line verifies everything', async () => {
        const other = await makeClip(folder.path, { device: 'A0909', start: lastTenOClock(), seconds: 3 });
        const id = await handIn(system.url, 'hebei', [other.path]);
        const officer = await system.pageOf('zhouqing');
        await officer.goto('/recordings');
        await officer.getByRole('link', { name: other.name }).click();
        await eventually(() => new URL(officer.url()).pathname).toBe(`/recordings/${id}`);
        await seen(officer.getByRole('heading', { name: other.name }));
        await seen(officer.getByText(other.sha256));
        const verified = await liuhen(['verify', '--data', system.dataFolder, '--lang', 'zh-CN']);
        expect(verified).toMatchObject({ code: 0 });
        await system.expectSound();
    });
});
