import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeDocument, printCode, readPrintCode, sampleContent, templateByVersion } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pdfOfPages, SCANNERS, type Scanner, scannedPage } from '../../testing/scans.ts';
import { documentRenderer } from '../typst/document-renderer.ts';
import { installedFonts } from '../typst/fonts.ts';
import { readCodes } from './read-codes.ts';

const PRINT = '0198c0de-7000-7abc-8def-0123456789ab';
const DIGEST = new Uint8Array(32).map((_, at) => at * 37 + 11);
let folder: string;
let printed: { pdf: Buffer; pages: number };

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liuhen-codes-'));
    const renderer = documentRenderer({ processes: 1, fonts: { ...installedFonts(), further: [] } });
    const template = templateByVersion('sceneRecord', 1);
    if (template === undefined) throw new Error('no template');
    const model = composeDocument(
        template,
        { ...sampleContent(template), observations: '查见治疗盘内器械包无灭菌日期标识。\n'.repeat(60) },
        {
            agency: '上海市示例区卫生健康委员会',
            number: null,
            day: '2026-11-18',
            code: printCode(PRINT, DIGEST),
            draft: false,
            marks: [],
        },
    );
    printed = await renderer.render(model, Date.UTC(2026, 10, 18, 3));
    await renderer.close();
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

async function read(bytes: Uint8Array, mediaType: string, programs?: Parameters<typeof readCodes>[2]) {
    const path = join(folder, crypto.randomUUID());
    await writeFile(path, bytes);
    return readCodes(path, mediaType, programs);
}
const pagesIn = (found: Awaited<ReturnType<typeof readCodes>>) =>
    found.outcome === 'read' ? found.sheets.map(({ codes }) => codes.map((code) => readPrintCode(code)?.page)) : found.outcome;

it('each page of a long document says which page it is', async () => {
    expect(printed.pages).toBeGreaterThanOrEqual(3);
    const found = await read(printed.pdf, 'application/pdf');
    expect(found).toMatchObject({ outcome: 'read', whole: true });
    expect(pagesIn(found)).toEqual(Array.from({ length: printed.pages }, (_, at) => [at + 1]));
}, 60_000);

const READABLE = (Object.keys(SCANNERS) as Scanner[]).filter((each) => each !== 'withoutCode' && each !== 'blank');
it.each(READABLE)(
    'a %s scan is read',
    async (scanner) => {
        const found = await read(await scannedPage(printed.pdf, 2, scanner), 'image/jpeg');
        expect(pagesIn(found)).toEqual([[2]]);
    },
    60_000,
);

it('a scan of several sheets is read sheet by sheet; one without a code, and the empty back of one, say so', async () => {
    const sheets: [number, Scanner][] = [
        [1, 'upsideDown'],
        [1, 'blank'],
        [2, 'withoutCode'],
        [3, 'sideways'],
    ];
    const pictures = await Promise.all(sheets.map(([page, scanner]) => scannedPage(printed.pdf, page, scanner)));
    const found = await read(pdfOfPages(pictures), 'application/pdf');
    expect(pagesIn(found)).toEqual([[1], [], [], [3]]);
    if (found.outcome !== 'read') throw new Error('not read');
    expect(found.whole).toBe(true);
    expect(found.sheets[1]?.ink).toBe(0);
    expect(found.sheets[2]?.ink).toBeGreaterThan(10);
}, 60_000);

it('PNG is read as well', async () => {
    expect(pagesIn(await read(await scannedPage(printed.pdf, 1, 'straight', 'png'), 'image/png'))).toEqual([[1]]);
}, 60_000);

it('what is no picture, cut short, or of more pages than can be, is an answer and no error', async () => {
    const nothing = { outcome: 'read', sheets: [], whole: false };
    expect(await read(Buffer.from('%PDF-1.7 nothing'), 'application/pdf')).toEqual(nothing);
    expect(await read(Buffer.from('\xff\xd8\xffnothing', 'latin1'), 'image/jpeg')).toEqual(nothing);
    expect(await read(Buffer.alloc(0), 'image/png')).toEqual(nothing);
    const png = await scannedPage(printed.pdf, 1, 'straight', 'png');
    expect(await read(png.subarray(0, 200), 'image/png')).toMatchObject({ whole: false });
}, 60_000);

it('without the program nothing is said about the pages', async () => {
    const programs = { pdftoppm: undefined, ffmpeg: undefined };
    expect(await read(printed.pdf, 'application/pdf', { programs })).toEqual({ outcome: 'programMissing' });
    expect(await read(Buffer.from('\xff\xd8\xff', 'latin1'), 'image/jpeg', { programs })).toEqual({ outcome: 'programMissing' });
});
