import { join } from 'node:path';
import { type DocumentContent, sampleContent, templateOf } from '@liuhen/domain';
import { chromium, type Page } from 'playwright-core';
import { endProcess } from './child.ts';
import { post, prepareUploader, startServer } from './liuhen.ts';
import { median, printTable, type Row } from './table.ts';

const ROUNDS = 40;
/** 预览 200 ms at the 95th percentile. */
const WANTED_MS = 200;

/**
 * What a writer waits for: a real server, a real browser, a record of many pages in its form. One word is changed in the middle of
 * it; measured from the moment the save has been answered to the moment the pages in view are on the screen as they are now,
 * page jump included. Nothing is warmed but by the rounds themselves. The pages may be set in the pause before the save, so what
 * matters to whoever writes is said beside it: the time from the last key, with that pause.
 */
export async function benchPreview(folder: string): Promise<void> {
    const server = await startServer(join(folder, 'data'));
    const browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--headless', '--disable-gpu'],
    });
    try {
        const cookie = await prepareUploader(server.url, 'officer');
        const [name = '', value = ''] = cookie.split('=');
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
        await context.addCookies([{ name, value, url: server.url }]);
        const rows: Row[] = [];
        for (const lines of [1, 720, 1220]) rows.push(...(await measure(await context.newPage(), server.url, cookie, lines)));
        printTable('Preview of a draft in the browser, after a word was changed', rows);
    } finally {
        await browser.close();
        await endProcess(server.child);
    }
}

async function measure(page: Page, url: string, cookie: string, lines: number): Promise<Row[]> {
    const answer = await post(url, '/api/documents', { type: 'sceneRecord', content: recordOf(lines) }, cookie);
    const { id } = (await answer.json()) as { id: string };
    await page.addInitScript(WATCH);
    await page.goto(`${url}/documents/${id}`);
    const field = page.locator('#field-observations-in');
    await page.locator('.doc-sheet img').first().waitFor();
    const pages = await page.locator('.doc-sheet').count();
    const times: { saved: number; typed: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
        const line = round % 2 === 0 ? Math.floor(lines / 2) : Math.floor(lines / 4);
        await field.evaluate((input, at) => {
            const area = input as unknown as { value: string; focus(): void; setSelectionRange(a: number, b: number): void };
            let index = 0;
            for (let feeds = 0; feeds < at; feeds++) index = area.value.indexOf('\n', index) + 1;
            area.focus();
            area.setSelectionRange(index, index);
        }, line);
        await page.keyboard.insertText(`改${round}`);
        times.push(await page.evaluate('window.next()'));
    }
    await page.close();
    const ofSave = spread(times.map(({ saved }) => saved));
    const ofKey = spread(times.map(({ typed }) => typed));
    return [
        {
            what: `a record of ${pages} pages: p95 of ${ROUNDS} changes (median)`,
            value: ofSave.text,
            wanted: `< ${WANTED_MS} ms`,
            met: ofSave.p95 < WANTED_MS,
        },
        { what: '… from the last key', value: ofKey.text },
    ];
}

function spread(times: number[]): { p95: number; text: string } {
    times.sort((a, b) => a - b);
    const p95 = times[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
    return { p95, text: `${p95.toFixed(0)} ms (${median(times).toFixed(0)} ms)` };
}

/** Notes from the answer of the save until every sheet on the screen has its new picture and that was painted. */
const WATCH = `(() => {
    const fetched = window.fetch;
    let saved, typed;
    document.addEventListener('input', () => { typed = performance.now(); }, true);
    const times = [];
    window.next = async () => {
        while (times.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
        return times.shift();
    };
    window.fetch = async (input, init) => {
        const answer = await fetched(input, init);
        if (init?.method !== undefined && init.method !== 'GET' && /\\/api\\/documents\\/[^/]+\\/content$/.test(String(input)))
            saved = performance.now();
        return answer;
    };
    document.addEventListener('load', (event) => {
        if (saved === undefined || !(event.target instanceof HTMLImageElement) || !event.target.closest('.doc-sheet')) return;
        const since = saved;
        requestAnimationFrame(() => requestAnimationFrame(() => {
            const box = document.querySelector('.doc-preview').getBoundingClientRect();
            const sheets = [...document.querySelectorAll('.doc-sheet')].filter((sheet) => {
                const { top, bottom } = sheet.getBoundingClientRect();
                return bottom > box.top && top < box.bottom && bottom > 0 && top < innerHeight;
            });
            const whole = sheets.every((sheet) => sheet.querySelector('img')?.complete === true);
            if (!whole || saved !== since) return;
            times.push({ saved: performance.now() - since, typed: performance.now() - typed });
            saved = undefined;
        }));
    }, true);
})()`;

function recordOf(lines: number): DocumentContent {
    const template = templateOf('sceneRecord', '2026-11-18');
    if (template === undefined) throw new Error('no template');
    const observations = Array.from({ length: lines }, (_, at) => `第${at + 1}处：查见器械包缺标识。`);
    return { ...sampleContent(template), observations: observations.join('\n') };
}
