import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
    composeDocument,
    DOCUMENT_TYPE_IDS,
    type DocumentContent,
    type DocumentType,
    documentTypeFacts,
    type Id,
    type PrintModel,
    type RetrievalPaperFacts,
    retrievalStatement,
    sampleContent,
    templateByVersion,
} from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocumentRenderer, documentRenderer } from './document-renderer.ts';
import { installedFonts } from './fonts.ts';

const run = promisify(execFile);
const AT = Date.UTC(2026, 10, 18, 3, 0);
let renderer: DocumentRenderer;
let folder: string;

beforeAll(async () => {
    renderer = documentRenderer({ processes: 1, fonts: { ...installedFonts(), further: [] } });
    folder = await mkdtemp(join(tmpdir(), 'liuhen-print-'));
});
afterAll(async () => {
    await renderer.close();
    await rm(folder, { recursive: true });
});

function page(
    content: DocumentContent = {},
    facts: { draft?: boolean; marks?: string[] } = {},
    type: DocumentType = 'sceneRecord',
): PrintModel {
    const template = templateByVersion(type, 1);
    if (template === undefined) throw new Error('no template');
    return composeDocument(
        template,
        { ...sampleContent(template), ...content },
        {
            agency: '上海市示例区卫生健康委员会',
            number: null,
            day: '2026-11-18',
            code: { payload: 'LH-1', label: 'LH-1' },
            draft: false,
            marks: [],
            ...facts,
        },
    );
}

/** Of the whole, or from one page on. */
async function textOf(pdf: Buffer, first = 1): Promise<string> {
    const path = join(folder, `${crypto.randomUUID()}.pdf`);
    await writeFile(path, pdf);
    return (await run('pdftotext', ['-layout', '-f', String(first), path, '-'])).stdout;
}

it('keeps a long name without spaces within its cell', async () => {
    const name = `${'DCAM_A0173_110207_20261028_'.repeat(6)}.MP4`;
    const facts: RetrievalPaperFacts = {
        ...{ agency: '上海市示例区卫生健康委员会', number: 'A-DQ-2026-0001', source: 'act', of: '', purpose: 'litigation' },
        ...{ proceeding: '', basis: '', recipient: 'x'.repeat(120), reason: '', requestedBy: '周青', requestedAt: AT },
        ...{ decidedBy: '顾明之', decidedAt: AT, opinion: null },
    };
    const item = { name, size: '1', sha256: 'ab'.repeat(32), sm3: 'cd'.repeat(32) };
    const recording = { ...item, officer: null, device: null, start: null };
    const { pdf } = await renderer.render(
        retrievalStatement(facts, { maker: '陆管理', takenAt: AT, recordings: [recording], documents: [] }),
        AT,
    );
    const path = join(folder, 'long.pdf');
    await writeFile(path, pdf);
    const { stdout } = await run('pdftotext', ['-bbox', path, '-']);
    const width = Number(/<page width="([\d.]+)"/.exec(stdout)?.[1]);
    const ends = [...stdout.matchAll(/xMax="([\d.]+)"/g)].map(([, end]) => Number(end));
    expect(ends.length).toBeGreaterThan(20);
    // The margins of the page are more than 50 points.
    for (const end of ends) expect(end).toBeLessThan(width - 50);
    expect((await textOf(pdf)).replace(/[\s\u200b]/g, '')).toContain(name.slice(0, 20));
});

it('keeps what is said of one recording on one page, with both digests', async () => {
    const facts: RetrievalPaperFacts = {
        ...{ agency: '上海市示例区卫生健康委员会', number: 'A-DQ-2026-0001', source: 'act', of: '', purpose: 'litigation' },
        ...{ proceeding: '', basis: '', recipient: '', reason: '', requestedBy: '周青', requestedAt: AT },
        ...{ decidedBy: '顾明之', decidedAt: AT, opinion: null },
    };
    const recordings = Array.from({ length: 9 }, (_, at) => ({
        ...{ name: `N${at}.MP4`, size: '1', sha256: `${at}a`.repeat(32), sm3: `${at}b`.repeat(32) },
        ...{ officer: null, device: null, start: null },
    }));
    const { pdf } = await renderer.render(
        retrievalStatement(facts, { maker: '陆管理', takenAt: AT, recordings, documents: [] }),
        AT,
    );
    const pages = (await textOf(pdf)).split('\f');
    const pageWith = (words: string) => pages.findIndex((text) => text.includes(words));
    for (const { name, sha256, sm3 } of recordings)
        expect([pageWith(sha256.slice(0, 8)), pageWith(sm3.slice(0, 8))]).toEqual([pageWith(name), pageWith(name)]);
    expect(pageWith('N8.MP4')).toBeGreaterThan(1);
});

it('is PDF/A-2b, the same bytes each time, with text that can be searched and all fonts inside', async () => {
    const first = await renderer.render(page(), AT);
    const second = await renderer.render(page(), AT);
    expect(second.sha256).toBe(first.sha256);
    expect((await renderer.render(page(), AT + 1000)).sha256).not.toBe(first.sha256);
    expect(first.pdf.toString('latin1')).toMatch(/<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>B</);
    const text = await textOf(first.pdf);
    expect(text).toContain('上海示例口腔门诊部有限公司');
    expect(text).toContain('以上笔录属实');
    expect(text.replace(/\s/g, '')).toContain('第1页共');

    const path = join(folder, 'first.pdf');
    await writeFile(path, first.pdf);
    const fonts = (await run('pdffonts', [path])).stdout.trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/ yes {1,2}yes {1,2}yes /);
});

it('what is kept from one document does not show in the next, nor in the bytes of the same one set afresh', async () => {
    const parties = ['上海示例甲门诊部', '上海示例乙门诊部'];
    const of = (party: string) => ({ ...page({ party, observations: '长文。\n'.repeat(60) }), codeLabel: `码·${party}` });
    const both = [];
    for (const party of [...parties, ...parties]) both.push(await renderer.render(of(party), AT));
    for (const [at, party] of parties.entries()) {
        const text = await textOf(both[at + 2]?.pdf ?? Buffer.alloc(0));
        expect(text).toContain(`码·${party}`);
        expect(text).not.toContain(parties[1 - at]);
        expect(both[at + 2]?.sha256).toBe(both[at]?.sha256);
    }
    const fresh = documentRenderer({ processes: 1, fonts: { ...installedFonts(), further: [] } });
    expect((await fresh.render(of('上海示例乙门诊部'), AT)).sha256).toBe(both[1]?.sha256);
    await fresh.close();
}, 30_000);

it('sets a record of forty pages, numbers them, and leaves no line out', async () => {
    const lines = Array.from({ length: 1240 }, (_, at) => `第${at + 1}处：查见治疗盘内器械包无灭菌日期标识，已拍照。`);
    const { pages, pdf } = await renderer.render(page({ observations: lines.join('\n') }), AT);
    expect(pages).toBeGreaterThanOrEqual(40);
    const text = (await textOf(pdf)).replace(/\s/g, '');
    for (const line of [lines[0], lines[619], lines[1239]]) expect(text).toContain(line);
    for (const at of [1, 20, pages]) expect(text).toContain(`第${at}页共${pages}页`);
}, 60_000);

it('prints rare characters of names and names those that no font has', async () => {
    const { pdf } = await renderer.render(page({ party: '上海𠮷䶮㛃珺喆堃门诊部' }), AT);
    expect(await textOf(pdf)).toContain('𠮷䶮㛃珺喆堃');
    await expect(renderer.render(page({ party: '𪨊氏诊所', answer: '𪚥' }), AT)).rejects.toMatchObject({
        code: 'document.characterMissing',
        params: { characters: '𪨊、𪚥' },
    });
    expect((await renderer.render(page(), AT)).pages).toBeGreaterThan(0);
});

it('a title is one word to whoever searches for it, whatever its length', async () => {
    // A strip's characters stand far apart on paper: it is found by what stands on it.
    const types = DOCUMENT_TYPE_IDS.filter((type) => type !== 'sealStrip');
    const made = await Promise.all(types.map((type) => renderer.render(page({}, {}, type), AT)));
    const texts = await Promise.all(made.map(({ pdf }) => textOf(pdf)));
    expect(types.filter((type, at) => !(texts[at] ?? '').includes(documentTypeFacts(type).zh))).toEqual([]);
}, 60_000);

it('blanks in a sentence do not tear the words beside them apart', async () => {
    const template = templateByVersion('priorNotice', 1);
    if (template === undefined) throw new Error('no template');
    const facts = { agency: '', number: null, day: null, code: null, draft: true, marks: [] };
    const text = await textOf((await renderer.render(composeDocument(template, {}, facts), AT)).pdf);
    expect(text).toContain('证据证实，违反了');
});

it('shows what looks like an instruction as it was written', async () => {
    const hostile = '#panic("x") #read("/etc/passwd") $x^2$ *b* _i_ `c` <l> @r \\ // /* #{1+1} [y] "quoted" \u0000';
    const { pdf } = await renderer.render(page({ party: hostile, answer: hostile, observations: hostile }), AT);
    const text = (await textOf(pdf)).replace(/\s+/g, ' ');
    for (const piece of ['#panic("x")', '#read("/etc/passwd")', '$x^2$', '*b* _i_', '#{1+1} [y] "quoted"'])
        expect(text).toContain(piece);
    expect(text).not.toContain('root:');
});

it('a draft says so, a finished document does not', async () => {
    const draft = await textOf((await renderer.render(page({}, { draft: true, marks: ['样张未核对'] }), AT)).pdf);
    expect(draft).toContain('样张未核对');
    expect(draft).toContain('稿');
    const final = await textOf((await renderer.render(page({}, { marks: ['样张未核对'] }), AT)).pdf);
    expect(final).not.toContain('样张未核对');
    expect(final).not.toContain('稿');
});

const rows = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ name: `第${at + 1}件`, quantity: at + 1, title: `第${at + 1}件` }));
const paragraphs = (count: number) => Array.from({ length: count }, (_, at) => `第${at + 1}处：台面有积水。`).join('\n');
const dialogue = (count: number) => rows(count).map(({ name }) => ({ question: `${name}？`, answer: '是。' }));

/** What the last page must bear beside its signatures, by the number of things in the document. */
const ENDINGS: readonly [DocumentType, (count: number) => DocumentContent, (count: number) => string][] = [
    ['seizureDecision', (count) => ({ held: rows(count) }), () => '复议、诉讼途径和期限的示例文字'],
    ['itemList', (count) => ({ items: rows(count) }), (count) => `第${count}件`],
    ['destructionList', (count) => ({ entries: rows(count) }), (count) => `第${count}件`],
    ['sceneRecord', (count) => ({ observations: paragraphs(count), attachments: [] }), (count) => `第${count}处`],
    ['inquiryRecord', (count) => ({ dialogue: dialogue(count) }), (count) => `第${count}件`],
    ['hearingRecord', (count) => ({ lastWords: paragraphs(count) }), (count) => `第${count}处`],
];

it.each(ENDINGS)(
    '%s: no page bears signatures alone, however long it is',
    async (type, content, last) => {
        for (let count = 1; count <= 24; count++) {
            const { pdf, pages } = await renderer.render(page(content(count), {}, type), AT);
            const end = (await textOf(pdf, pages)).replace(/\s/g, '');
            expect(end, `${type} of ${count}`).toContain(last(count));
            expect(end).toMatch(/签名/);
        }
    },
    120_000,
);

describe('pictures of pages', () => {
    const all = { first: 1, last: 12, before: [], known: [] };
    const long = (lines: number, word = '长文。') => page({ observations: `${word}\n`.repeat(lines) }, { draft: true });
    const OUTLINE = /<path id="(\w+)"/g;
    const ids = (svg: string, pattern: RegExp) => new Set([...svg.matchAll(pattern)].map((match) => match[1]));

    it('hold a page each, with the outlines of the characters on it and no others', async () => {
        const { shapes, pictures } = await renderer.pictures(long(80), AT, all);
        expect(shapes.length).toBeGreaterThan(1);
        expect(pictures.map((each) => each.page)).toEqual(shapes.map((_, at) => at + 1));
        for (const { svg } of pictures) {
            expect(svg).toMatch(/^<svg .*viewBox="0 0 595\.\d+ 841\.\d+"/);
            expect(svg).toMatch(/<\/svg>\s*$/);
            expect(svg).not.toContain('<script');
            // A page's own ground would hide the watermark behind it.
            expect(svg).not.toContain('fill="#ffffff"');
            const drawn = ids(svg, OUTLINE);
            expect(drawn.size).toBeGreaterThan(10);
            expect(drawn).toEqual(ids(svg, /<use xlink:href="#(\w+)"/g));
            for (const name of ['g', 'svg', 'defs', 'symbol'])
                expect(svg.split(new RegExp(`<${name}[ >]`)).length, name).toBe(svg.split(`</${name}>`).length);
        }
        // The end of the record is on the last page only.
        const [first, last] = [pictures[0]?.svg ?? '', pictures.at(-1)?.svg ?? ''];
        expect(first).not.toBe(last);
        expect(shapes.every(({ width, height }) => Math.round(width) === 595 && Math.round(height) === 842)).toBe(true);
    });

    it('are sent of the pages in view, with how large all others are', async () => {
        const model = long(200);
        const { pages } = await renderer.render(model, AT);
        const { shapes, pictures, changed } = await renderer.pictures(model, AT, { first: 2, last: 3, before: [], known: [] });
        expect(shapes).toHaveLength(pages);
        expect(pictures.map((each) => each.page)).toEqual([2, 3]);
        expect(changed).toBeNull();
        const beyond = await renderer.pictures(model, AT, { first: pages, last: pages + 3, before: [], known: [] });
        expect(beyond.pictures.map((each) => each.page)).toEqual([pages]);
    });

    it('say on which page something else stands than before, though the foot of every page counts one page more', async () => {
        const before = await renderer.pictures(long(190), AT, { first: 1, last: 1, before: [], known: [] });
        const marks = before.shapes.map(({ body }) => body);
        const more = await renderer.pictures(long(190 + 38), AT, { first: 1, last: 1, before: marks, known: [] });
        expect(more.shapes.length).toBeGreaterThan(before.shapes.length);
        expect(more.shapes[0]?.picture).not.toBe(before.shapes[0]?.picture);
        expect(more.shapes[0]?.body).toBe(before.shapes[0]?.body);
        const last = before.shapes.length;
        expect(more.changed).toBe(last);
        expect(more.pictures.map((each) => each.page)).toEqual([last - 1, last, last + 1]);
        const seen = await renderer.pictures(long(190 + 38), AT, { first: last - 1, last: last, before: marks, known: [] });
        expect(seen.pictures.map((each) => each.page)).toEqual([last - 1, last]);
        const same = await renderer.pictures(long(190), AT, { first: 1, last: 1, before: marks, known: [] });
        expect(same.changed).toBeNull();
    });

    it('are not sent again where they are known', async () => {
        const before = await renderer.pictures(long(200), AT, { first: 2, last: 4, before: [], known: [] });
        const known = before.shapes.map(({ picture }) => picture);
        const marks = before.shapes.map(({ body }) => body);
        expect((await renderer.pictures(long(200), AT, { first: 2, last: 4, before: marks, known })).pictures).toEqual([]);
        const lines = ['首行', ...Array.from({ length: 199 }, () => '长文。')].join('\n');
        const changed = await renderer.pictures(page({ observations: lines }, { draft: true }), AT, {
            first: 2,
            last: 4,
            before: marks,
            known,
        });
        expect(changed.changed).toBe(1);
        expect(changed.pictures.map((each) => each.page)).toEqual([1]);
    });

    it('have the outlines of a character, short, under a name that says all of its shape', async () => {
        const made = [];
        for (const word of ['长文。', '文长。']) made.push(await renderer.pictures(long(5, word), AT, all));
        const outlines = made.map(({ pictures: [first] }) => [...(first?.svg ?? '').matchAll(/<path id="(\w+)"[^>]*>/g)]);
        const named = outlines.map((each) => new Map(each.map(([whole, id]) => [id, whole])));
        for (const [id, whole] of named[0] ?? []) expect(named[1]?.get(id) ?? whole).toBe(whole);
        expect(outlines.flat().filter(([whole]) => /\d\.\d{5}/.test(whole))).toEqual([]);
        // A browser would make an element of each symbol wherever its character stands; black goes without saying.
        for (const {
            pictures: [first],
        } of made) {
            expect(first?.svg).not.toContain('<symbol');
            expect(first?.svg).toMatch(/<use xlink:href="#\w+" x="[\d.]+"\/>/);
            expect(first?.svg).toMatch(/<use xlink:href="#\w+" x="[\d.]+" y="0" fill="#e4e4e4"/);
        }
    });

    it('are set ahead where nobody waits for anything, and are the same', async () => {
        const own = documentRenderer({ processes: 1, fonts: { ...installedFonts(), further: [] } });
        const [model, of] = [long(200, '长文二。'), crypto.randomUUID() as Id];
        const asked = own.render(long(50), AT);
        expect(await own.ahead(model, AT, of)).toBe(false);
        await asked;
        expect(await own.ahead(model, AT, of)).toBe(true);
        expect(await own.pictures(model, AT, all, of)).toEqual(await renderer.pictures(model, AT, all));
        await own.close();
    });

    it('of a print have the code of each page, however many there are', async () => {
        const model = { ...long(200), code: 'LH2:AB' };
        const { shapes, pictures } = await renderer.pictures(model, AT, all);
        expect(shapes.length).toBeGreaterThan(3);
        for (const { svg } of pictures) expect(svg).toContain('data:image/svg+xml');
        expect((await renderer.pictures(model, AT, all)).shapes).toEqual(shapes);
    });

    it('are there of every kind of form', async () => {
        const made = await Promise.all(
            DOCUMENT_TYPE_IDS.map((type) => renderer.pictures(page({}, { draft: true }, type), AT, all)),
        );
        for (const { shapes, pictures } of made) {
            expect(pictures).toHaveLength(shapes.length);
            for (const { svg } of pictures) expect(ids(svg, OUTLINE)).toEqual(ids(svg, /<use xlink:href="#(\w+)"/g));
        }
    }, 60_000);
});

it('goes on after a type-setter was lost, and answers what was asked of it', async () => {
    const asked = renderer.render(page({ observations: '长文。\n'.repeat(3000) }), AT);
    const [pid] = renderer.pids();
    if (pid === undefined) throw new Error('no type-setter');
    process.kill(pid, 'SIGKILL');
    await expect(asked).rejects.toMatchObject({ code: 'document.printFailed' });
    expect((await renderer.render(page(), AT)).pages).toBeGreaterThan(0);
});
