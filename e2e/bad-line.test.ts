import { createHash, randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badLine } from '../apps/server/src/platform/uploads/testing/bad-line.ts';
import { INSTITUTE_PASSWORD } from '../apps/server/src/testing/found-institute.ts';
import { openContext, pageErrors } from './browser.ts';
import { button, eventually, seen, signIn } from './steps.ts';
import { systemWith } from './system.ts';

const MB = 1_000_000;

let system: Awaited<ReturnType<typeof systemWith>>;
beforeAll(async () => {
    system = await systemWith();
}, 120_000);
afterAll(() => system?.close());

describe('an upload in the browser', () => {
    it('over a line with delay and losses that is cut again and again comes in whole, and at most twice its bytes are sent', async () => {
        const bytes = randomBytes(12 * MB);
        const line = await badLine(system.url, {
            delayMs: 40,
            bytesPerSecond: 2 * MB,
            loss: { part: 0.3, againMs: 4 },
            cut: { everyMs: 3_000, ifBytes: 0.3 * MB },
        });
        const page = await (await openContext(line.url)).newPage();
        const errors = pageErrors(page);
        await signIn(page, 'zhouqing', INSTITUTE_PASSWORD);
        const before = line.count.sent;
        await upload(page, bytes);
        const { sent, cuts, standstills } = line.count;
        const officer = await system.remoteOf('zhouqing');
        const { items } = await officer.call('recording.list', { query: {} });
        expect(items).toHaveLength(1);
        const { sha256, size } = await officer.call('recording.get', { params: { id: items[0]?.id ?? '' } });
        expect([sha256, size]).toEqual([createHash('sha256').update(bytes).digest('hex'), String(bytes.length)]);
        expect(cuts).toBeGreaterThanOrEqual(3);
        expect(standstills).toBeGreaterThan(50);
        expect(sent - before).toBeLessThanOrEqual(2 * bytes.length);
        expect(errors).toEqual([]);
        await page.context().close();
        await line.close();
        await system.expectSound();
    }, 180_000);
});

async function upload(page: Page, bytes: Buffer): Promise<void> {
    await page.goto('/recordings');
    await button(page, '上传').first().click();
    const panel = page.getByRole('dialog', { name: '上传' });
    await panel.locator('input[type=file]').setInputFiles({ name: 'site.mp4', mimeType: 'video/mp4', buffer: bytes });
    await button(panel, '开始上传 1 个文件').click();
    const tasks = page.getByRole('dialog', { name: '上传任务' });
    await seen(tasks);
    await eventually(() => tasks.getByText('1 / 1 个完成').count()).toBe(1);
}
