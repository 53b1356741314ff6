import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, RECORD_MAX_BYTES } from '@liuhen/domain';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainRecord, provenRecord, recordPolicy } from '../packages/domain/src/inspection/record-testing.ts';
import { verifyPage } from '../tools/verify-page.ts';
import { goldenZip } from './golden-package.ts';

const folder = mkdtempSync(join(tmpdir(), 'liuhen-verify-record-page-'));
let browser: Browser;
let page: Page;
const errors: string[] = [];
const put = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
};

beforeAll(async () => {
    const html = put('verify.html', await verifyPage());
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    page.on('console', (message) => errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`file://${html}`);
});
afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
});

const result = (text: string) => page.locator('#result', { hasText: text }).waitFor();
const heading = () => page.locator('#result h2').textContent();
const choose = (path: string) => page.setInputFiles('#zip', path);

it('verify.html draws the sample of a record again, in both languages, and judges by a policy from elsewhere', async () => {
    await choose(put('record.json', canonicalJson(await provenRecord())));
    await result('未提供另行取得的策略');
    expect(await heading()).toBe('稽查抽样核验: 不完整');
    await page.setInputFiles('#policy', put('policy.txt', recordPolicy()));
    await result('期间结束前，见证方已于 2026-12-31 00:00:00 UTC 见到含有此承诺的日志');
    expect(await heading()).toBe('稽查抽样核验: 有效');
    expect(await page.locator('section.holds').count()).toBe(6);
    await result('310100-JC-2026-0002 专项稽查');
    await page.click('#language');
    await result('drawn again, the sample is the same');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.click('#language');
});

it('names the act that was put in the place of another, and what cannot be read', async () => {
    const record = await provenRecord();
    const { result: drawn, frame } = record;
    const [first, ...rest] = drawn.picks;
    const other = frame.acts.find((act) => !drawn.picks.some((pick) => pick.act === act.id));
    if (first === undefined || other === undefined) throw new Error('sample');
    const picks = [{ ...first, act: other.id }, ...rest];
    await choose(put('swapped.json', canonicalJson({ ...record, result: { ...drawn, picks } })));
    await result(`第 1 位：记录为 ${other.number}`);
    expect(await heading()).toBe('稽查抽样核验: 无效');
    await choose(put('cut.json', canonicalJson(record).slice(0, 900)));
    await result('文件不完整，可能没有下载或者复制完');
    expect(await heading()).toBe('稽查抽样核验: 无法读取');
    const huge = put('huge.json', '{');
    truncateSync(huge, RECORD_MAX_BYTES + 1);
    await choose(huge);
    await result('文件过大，不是抽样记录');
});

it('goes from a record to a package and back, and nothing of the one stays', async () => {
    await choose(put('plain.json', canonicalJson(plainRecord())));
    await result('记录不含日志条目');
    await choose(put('package.zip', goldenZip('sound, with its receipt')));
    await result('策略中没有该日志');
    expect(await page.locator('#result').textContent()).not.toContain('抽样');
    await choose(put('plain.json', canonicalJson(plainRecord())));
    await result('重新抽取的样本与记录一致');
    expect(await page.locator('#result h2').count()).toBe(1);
    expect(errors).toEqual([]);
});
