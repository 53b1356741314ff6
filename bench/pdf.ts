import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { composeDocument, type PrintModel, sampleContent, templateOf } from '@liuhen/domain';
import { chromium } from 'playwright-core';
import { documentRenderer } from '../apps/server/src/platform/typst/document-renderer.ts';
import { median, printTable } from './table.ts';

const AT = Date.UTC(2026, 10, 18, 3, 0);
const DOCUMENTS = 300;
const PREVIEWS = 60;
const IN_VIEW = { first: 1, last: 3, before: [], known: [] };
const CHROMIUM = 30;

/**
 * Two-page documents, no two alike, in one type-setter's process, that is on one core; against Chromium printing the same words.
 * The figures of the first document and of previews are what a person waits for.
 */
export async function benchPdf(): Promise<void> {
    const cold = documentRenderer({ processes: 1 });
    const first = await timed(() => cold.render(twoPages(0), AT));
    if (first.result.pages !== 2) throw new Error(`the document has ${first.result.pages} pages`);
    for (let at = 1; at < 20; at++) await cold.render(twoPages(at), AT);

    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const cpuBefore = await cpuSeconds(cold.pids()[0]);
    const rate = await perSecond(DOCUMENTS, 4, (at) => cold.render(twoPages(1000 + at), AT));
    delay.disable();
    const perCore = DOCUMENTS / ((await cpuSeconds(cold.pids()[0])) - cpuBefore);
    const previews = await times(PREVIEWS, (at) => cold.pictures(twoPages(5000 + at), AT, IN_VIEW));
    const forty = await timed(() => cold.render(pagesOf('2', 1240), AT));
    await cold.close();
    const chromium = await chromiumRate();

    printTable('Documents as PDF/A-2b', [
        {
            what: 'two-page documents per second of processor time, warm',
            value: `${perCore.toFixed(0)}/s`,
            wanted: '≥ 100/s',
            met: perCore >= 100,
        },
        {
            what: 'the same by the clock, one process (against Chromium printing the same words, no PDF/A)',
            value: `${rate.toFixed(0)}/s`,
            against: `${chromium.toFixed(0)}/s`,
            ratio: rate / chromium,
        },
        { what: 'the first document, with the start of the process', value: `${first.ms.toFixed(0)} ms` },
        {
            what: 'preview of two pages, warm, p95 (median)',
            value: `${percentile(previews, 0.95).toFixed(0)} ms (${median(previews).toFixed(0)} ms)`,
            wanted: '< 200 ms',
            met: percentile(previews, 0.95) < 200,
        },
        { what: `a record of ${forty.result.pages} pages`, value: `${forty.ms.toFixed(0)} ms` },
        { what: 'longest wait of the server’s event loop meanwhile', value: `${(delay.max / 1e6).toFixed(0)} ms` },
    ]);
}

/** A scene record whose lines all carry the number, so that no cache of the type-setter can answer. */
function pagesOf(number: string, lines: number): PrintModel {
    const template = templateOf('sceneRecord', '2026-11-18');
    if (template === undefined) throw new Error('no template');
    const observations = Array.from(
        { length: lines },
        (_, at) => `第${at + 1}处（${number}）：查见器械包${at + 2}个，无灭菌日期标识。`,
    ).join('\n');
    return composeDocument(
        template,
        { ...sampleContent(template), observations, party: `上海示例第${number}门诊部` },
        {
            agency: '上海市示例区卫生健康委员会',
            number: null,
            day: null,
            code: { payload: `LH1:${number}`, label: number },
            draft: false,
            marks: [],
        },
    );
}

const twoPages = (number: number): PrintModel => pagesOf(String(number), 30);

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
    const start = performance.now();
    const result = await work();
    return { ms: performance.now() - start, result };
}

async function times(count: number, work: (at: number) => Promise<unknown>): Promise<number[]> {
    const all: number[] = [];
    for (let at = 0; at < count; at++) all.push((await timed(() => work(at))).ms);
    return all;
}

/** Processor time a process has used, by the kernel's count of hundredths; a busy machine does not change it much. */
async function cpuSeconds(pid: number | undefined): Promise<number> {
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** So many at once that the process never waits for the next one. */
async function perSecond(count: number, abreast: number, work: (at: number) => Promise<unknown>): Promise<number> {
    const start = performance.now();
    let next = 0;
    const lane = async () => {
        while (next < count) await work(next++);
    };
    await Promise.all(Array.from({ length: abreast }, lane));
    return (count * 1000) / (performance.now() - start);
}

async function chromiumRate(): Promise<number> {
    const browser = await chromium.launch({
        executablePath: '/usr/bin/chromium',
        args: ['--no-sandbox', '--headless', '--disable-gpu'],
    });
    try {
        const page = await browser.newPage();
        return await perSecond(CHROMIUM, 1, async (at) => {
            const text = JSON.stringify(twoPages(at).blocks).replaceAll('<', '&lt;').replaceAll('\\n', '<br>');
            await page.setContent(
                `<meta charset="utf-8"><body style="font:12pt 'Noto Serif CJK SC';line-height:1.7">${text}</body>`,
            );
            await page.pdf({ format: 'A4' });
        });
    } finally {
        await browser.close();
    }
}

const percentile = (values: readonly number[], part: number): number =>
    [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
