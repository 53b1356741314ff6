import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addDays, DAY, dayOf, fromHex, readRootGroups, readSheet, rootGroups } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { type BuiltOrganisation, buildOrganisation, buildPerson } from '../../../testing/builders.ts';
import { type Browser, type TestHttp, testHttp } from '../../../testing/http.ts';
import { breachesOf } from '../../../testing/pdf/pdf-a.ts';
import { pdfText } from '../../../testing/pdf-text.ts';
import { type TestServices, testServices } from '../../../testing/services.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../testing/temporary-folder.ts';
import { verifyWholeLog } from '../../../testing/verify-log.ts';
import { checkpointerOf } from '../checkpoint/start-checkpoints.ts';
import { ledgerHandlers } from '../ledger.routes.ts';
import { sheetRoute } from './sheet.routes.ts';

const run = promisify(execFile);
let services: TestServices;
let http: TestHttp;
let folder: TemporaryFolder;
let unit: BuiltOrganisation;
let officer: Browser;
let other: Browser;
/** The day of the first entries; nothing on the second; more on the third. */
let days: readonly [string, string, string];

beforeAll(async () => {
    // Without the bytes the library would fetch them from elsewhere.
    const program = readFileSync(new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
    await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(program).buffer }, fireImmediately: true });
    services = await testServices();
    folder = await temporaryFolder('sheet');
    http = await testHttp(services, { handlers: ledgerHandlers(services) });
    sheetRoute(http.app, services, http.sessions);
    unit = await buildOrganisation(services, { code: '310115', name: '浦东新区监督所' });
    const beside = await buildOrganisation(services, { code: '310106', name: '静安区监督所' });
    const people = [await buildPerson(services, unit, { kind: 'staff', roles: ['instituteHead'] })];
    people.push(await buildPerson(services, beside, { kind: 'staff', roles: ['instituteHead'] }));
    const checkpointer = checkpointerOf(services);
    await checkpointer.sign(unit.id);
    await checkpointer.sign(beside.id);
    const first = dayOf(services.clock.now());
    days = [first, addDays(first, 1), addDays(first, 2)];
    services.clock.advance(2 * DAY);
    [officer, other] = [http.browser(), http.browser()];
    await officer.signIn(people[0]?.login ?? '');
    await other.signIn(people[1]?.login ?? '');
    for (let more = 0; more < 2; more++) {
        await buildPerson(services, unit);
        await checkpointer.sign(unit.id);
        services.clock.advance(1_000);
    }
});
afterAll(async () => {
    expect(await verifyWholeLog(services.database.superUrl)).toMatchObject({ findings: [], rows: [] });
    await http.app.close();
    await services.close();
    await folder.remove();
});

const get = (browser: Browser, url: string) =>
    http.app.inject({ method: 'GET', url, headers: browser.cookie === undefined ? {} : { cookie: browser.cookie } });
const sheetOf = async (day: string, language = 'zh-CN') => {
    const answer = await get(officer, `/api/ledger/sheets/${day}/sheet.pdf?language=${language}`);
    expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200);
    return answer.rawPayload;
};
const sheets = async () => (await officer.call('ledger.sheets')).body.items;
const compare = async (browser: Browser, query: { root?: string; note?: string }) =>
    (await browser.call('ledger.compareSheet', { query })).body;

/** What a camera makes of the page: its codes, in no order. */
async function codesOn(pdf: Buffer): Promise<string[]> {
    const path = join(folder.path, 'sheet');
    await writeFile(`${path}.pdf`, pdf);
    await run('pdftoppm', ['-r', '150', '-png', '-singlefile', `${path}.pdf`, path]);
    const found = await readBarcodes(new Uint8Array(await readFile(`${path}.png`)), { formats: ['QRCode'], tryHarder: true });
    return found.map((each) => each.text);
}

describe('the days of a log', () => {
    it('are listed with the last checkpoint of each head, also those on which nothing was signed', async () => {
        const [newest, empty, oldest] = await sheets();
        expect([newest?.day, empty?.day, oldest?.day]).toEqual([...days].reverse());
        expect([newest?.over, empty?.over, oldest?.over]).toEqual([false, true, true]);
        expect(empty?.heads).toEqual([]);
        const { items, standing } = (await officer.call('ledger.checkpoints')).body;
        for (const head of ['sha256', 'sm3'] as const) {
            const [last, before] = items.filter((each) => each.head === head);
            expect(dayOf(before?.at ?? 0)).toBe(days[2]);
            expect(newest?.heads.find((each) => each.head === head)).toEqual({
                ...{ head, size: standing.size, root: last?.root, at: last?.at, stamp: null },
            });
        }
        expect(oldest?.heads.map(({ head }) => head)).toEqual(['sha256', 'sm3']);
        expect(BigInt(oldest?.heads[0]?.size ?? 0)).toBeLessThan(BigInt(standing.size));
    });

    it('are listed page by page, and between two days', async () => {
        const one = (await officer.call('ledger.sheets', { query: { limit: 2 } })).body;
        expect([one.items.map(({ day }) => day), one.total]).toEqual([[days[2], days[1]], 3]);
        const two = (await officer.call('ledger.sheets', { query: { limit: 2, cursor: one.next ?? '' } })).body;
        expect([two.items.map(({ day }) => day), two.next]).toEqual([[days[0]], null]);
        const between = (await officer.call('ledger.sheets', { query: { from: days[1], to: days[1] } })).body;
        expect([between.items.map(({ day }) => day), between.total]).toEqual([[days[1]], 1]);
        const none = (await officer.call('ledger.sheets', { query: { from: '2020-01-01', to: '2020-02-01' } })).body;
        expect(none).toMatchObject({ items: [], next: null, total: 0 });
    });
});

describe('the sheet of a day', () => {
    it('is one page of PDF/A that says what was signed', async () => {
        for (const language of ['zh-CN', 'en']) {
            const pdf = await sheetOf(days[2], language);
            expect(breachesOf(pdf)).toEqual([]);
            const text = await pdfText(pdf);
            expect(text).toContain('浦东新区监督所');
            const [newest, , oldest] = await sheets();
            for (const each of [...(newest?.heads ?? []), ...(oldest?.heads ?? [])])
                for (const group of rootGroups(fromHex(each.root))) expect(text).toContain(group);
            expect(text).toContain(days[0]);
            expect(text).toContain(language === 'en' ? 'beforethedaywasover' : '打印时当日尚未结束');
            expect(text.match(/\+[0-9a-f]{8}\+/g)).toHaveLength(2);
        }
    });

    it('holds in its codes the checkpoints, byte by byte', async () => {
        for (const day of [days[0], days[2]]) {
            const codes = await codesOn(await sheetOf(day));
            const { items } = (await officer.call('ledger.checkpoints')).body;
            const shown = (await sheets()).find((each) => each.day === day)?.heads ?? [];
            const notes = shown.map(({ head, size }) => items.find((each) => each.head === head && each.size === size)?.note);
            expect(codes.sort()).toEqual(notes.sort());
        }
    });

    it('is of a day that is over for the last time, and the first has none before it', async () => {
        const text = await pdfText(await sheetOf(days[0]));
        expect(text).toContain('当日最后一次签名');
        expect(text).toContain('这是第一张核对单');
    });

    it('is refused for a day without a checkpoint, for what is no day, and to whoever may not read the log', async () => {
        const codeOf = async (day: string) => (await get(officer, `/api/ledger/sheets/${day}/sheet.pdf`)).json();
        expect(await codeOf(days[1])).toMatchObject({ code: 'ledger.sheetNone', params: { day: days[1] } });
        expect(await codeOf('2026-02-30')).toMatchObject({ code: 'request.invalid' });
        const stranger = http.browser();
        await stranger.signIn((await buildPerson(services, unit, { kind: 'staff', roles: [] })).login);
        expect((await get(stranger, `/api/ledger/sheets/${days[0]}/sheet.pdf`)).statusCode).toBe(403);
        expect((await get(http.browser(), `/api/ledger/sheets/${days[0]}/sheet.pdf`)).statusCode).toBe(401);
    });
});

describe('what stands on a sheet', () => {
    it('is found in the log: the groups as they are typed, and the code as it is scanned', async () => {
        const [, , oldest] = await sheets();
        for (const { stamp: _, ...each } of oldest?.heads ?? []) {
            const typed = readRootGroups(rootGroups(fromHex(each.root)).join(' ').toLowerCase());
            expect(typed.root).toEqual(new Uint8Array(fromHex(each.root)));
            expect(await compare(officer, { root: each.root })).toEqual({ found: [{ ...each, tree: 'same' }], note: null });
        }
        for (const note of await codesOn(await sheetOf(days[0]))) {
            const answer = await compare(officer, { note });
            expect(answer.found).toHaveLength(1);
            expect(answer.note).toMatchObject({ own: true, signed: true, tree: 'same', size: answer.found[0]?.size });
        }
    });

    it('is told apart from what this log never had', async () => {
        expect(await compare(officer, { root: '11'.repeat(32) })).toEqual({ found: [], note: null });
        const [note = ''] = await codesOn(await sheetOf(days[2]));
        // Another unit's log.
        expect(await compare(other, { note })).toMatchObject({
            found: [],
            note: { own: false, signed: false, tree: 'different' },
        });
        const lines = note.split('\n');
        const changed = (line: number, text: string) => lines.map((each, at) => (at === line ? text : each)).join('\n');
        const fewer = String(BigInt(lines[1] ?? 0) - 1n);
        expect(await compare(officer, { note: changed(1, fewer) })).toMatchObject({
            note: { own: true, signed: false, tree: 'different' },
        });
        expect(await compare(officer, { note: changed(1, '999999') })).toMatchObject({
            note: { signed: false, tree: 'shorter' },
        });
        expect(readSheet(changed(2, 'x')).kind).toBe('wrongNote');
        const refused = await officer.call('ledger.compareSheet', { query: { note: changed(2, 'x') } });
        expect(refused.body).toMatchObject({ code: 'ledger.sheetUnreadable' });
        expect((await officer.call('ledger.compareSheet', { query: {} })).body).toMatchObject({ code: 'request.invalid' });
    });

    it('is looked up among the entries, not among what is written beside them', async () => {
        const [, , oldest] = await sheets();
        const root = oldest?.heads[0]?.root ?? '';
        await changeEntry();
        try {
            expect(await compare(officer, { root })).toMatchObject({ found: [{ tree: 'different' }] });
        } finally {
            await changeEntry();
        }
        expect(await compare(officer, { root })).toMatchObject({ found: [{ tree: 'same' }] });
    });
});

/** What only the owner of the database can do; a second time it is undone. */
async function changeEntry(): Promise<void> {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: services.database.superUrl });
    await client.connect();
    try {
        await client.query('set session_replication_role = replica');
        await client.query(
            `update ledger.entry set leaf = set_byte(leaf, 0, get_byte(leaf, 0) # 1) where org_id = $1 and idx = 0`,
            [unit.id],
        );
    } finally {
        await client.end();
    }
}
