import { chmod, readFile, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Id } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandBy } from '../../testing/builders.ts';
import { type DocumentSystem, documentSystem } from '../../testing/document-system.ts';
import { pdfOfPages, type Scanner, scannedPage } from '../../testing/scans.ts';
import { keepPages } from './document-pages.commands.ts';
import { pagesOfPrint } from './document-print.queries.ts';
import { addScan } from './document-scan.commands.ts';
import { scanJobs } from './document-scan.jobs.ts';
import { SCAN_TASK } from './document-scan-task.ts';

let it_: DocumentSystem;
let id: Id;
let printed: { pdf: Buffer; pages: number };
let other: Buffer;

beforeAll(async () => {
    it_ = await documentSystem('310115');
    id = await record('查见治疗盘内器械包无灭菌日期标识。\n'.repeat(40));
    printed = await print(id);
    other = (await print(await record('另一处检查。'))).pdf;
}, 120_000);
afterAll(async () => {
    await it_.expectSound();
    await it_.close();
});

const code = (code: string) => expect.objectContaining({ code });
const asOfficer = () => commandBy(it_.services, it_.officer.id, it_.officer.actor);
const record = async (observations: string): Promise<Id> =>
    (
        await it_.call('document.create', it_.officer, {
            body: { type: 'sceneRecord', actId: it_.act, content: { ...it_.wholeContent('sceneRecord'), observations } },
        })
    ).id;

/** A final print with its pages, as it goes to the printer. */
async function print(of: Id): Promise<{ pdf: Buffer; pages: number }> {
    const body = { kind: 'final' as const, version: await it_.versionOf(of) };
    const { id: printId } = await it_.call('document.print', it_.officer, { params: { id: of }, body });
    const { model, at } = await it_.services.db.read({ readOrgs: [it_.officer.id] }, (db) =>
        pagesOfPrint(db, it_.officer.id, of, printId),
    );
    const made = await it_.services.renderer.render(model, at);
    await keepPages(it_.services, asOfficer(), of, printId, made);
    return made;
}

const add = async (bytes: Buffer, role: 'signed' | 'sealed' | 'receipt' = 'signed'): Promise<Id> =>
    (
        await addScan(
            it_.services,
            asOfficer(),
            { documentId: id, role, printId: undefined, name: '签字件.pdf' },
            Readable.from([bytes]),
        )
    ).id;
const runJob = async (scanId: Id, programs?: Parameters<typeof scanJobs>[1]) =>
    scanJobs(it_.services, programs)[SCAN_TASK]?.({ orgId: it_.officer.id, data: { scanId }, command: asOfficer() });
const seen = async (scanId: Id) => {
    const { scans } = await it_.call('document.paper', it_.officer, { params: { id } });
    return scans.find((each) => each.id === scanId);
};
const sheets = (...of: [number | Buffer, Scanner][]) =>
    Promise.all(
        of.map(([page, scanner]) =>
            scannedPage(typeof page === 'number' ? printed.pdf : page, typeof page === 'number' ? page : 1, scanner),
        ),
    );

it('a scan with every page of the print is bound to it, however it lay on the glass', async () => {
    expect(printed.pages).toBe(3);
    const scan = await add(pdfOfPages(await sheets([1, 'upsideDown'], [1, 'blank'], [2, 'skewed'], [3, 'noisy'])));
    expect(await seen(scan)).toMatchObject({ finding: 'waiting', standing: 'waiting', reading: null });
    const order = { as: 'order' as const, reason: '逐页比对' };
    const settling = it_.call('document.settleScan', it_.officer, { params: { id, scanId: scan }, body: order });
    // What nobody has looked at yet is not for a person to settle.
    await expect(settling).rejects.toEqual(code('document.scanNotInReview'));
    await runJob(scan);
    expect(await seen(scan)).toMatchObject({
        finding: 'matches',
        standing: 'bound',
        printId: expect.any(String),
        reading: {
            sheets: [{ page: 1, finding: 'matches' }, { finding: 'blank' }, { page: 2 }, { page: 3 }],
            pages: 3,
            missing: [],
        },
    });
    // Run again after a crash, it changes nothing.
    await runJob(scan);
    expect((await it_.call('document.get', it_.officer, { params: { id } })).state).toBe('draft');
}, 120_000);

it('a page of another document is found, and no person makes it one of this', async () => {
    const scan = await add(pdfOfPages(await sheets([1, 'straight'], [other, 'straight'], [2, 'withoutCode'])));
    await runJob(scan);
    expect(await seen(scan)).toMatchObject({
        finding: 'otherDocument',
        standing: 'review',
        reading: { sheets: [{ finding: 'matches' }, { finding: 'otherDocument' }, { finding: 'noCode' }], missing: [2, 3] },
    });
    const settle = (body: Parameters<typeof it_.call<'document.settleScan'>>[2]['body']) =>
        it_.call('document.settleScan', it_.officer, { params: { id, scanId: scan }, body });
    const reason = '逐字比对';
    await expect(settle({ as: 'page', sheet: 2, page: 2, reason })).rejects.toEqual(code('document.scanCodeIsCertain'));
    expect(await settle({ as: 'notPart', sheet: 2, reason })).toEqual({ finding: 'noCode', standing: 'review' });
    expect(await settle({ as: 'page', sheet: 3, page: 2, reason })).toEqual({ finding: 'pagesWrong', standing: 'review' });
    expect(await seen(scan)).toMatchObject({
        reading: { missing: [3], sheets: [{}, { settled: { as: 'notPart', by: { name: expect.any(String) }, reason } }, {}] },
    });
}, 120_000);

it('papers on which no code is expected are kept, and their bytes looked at', async () => {
    const scan = await add((await sheets([1, 'coarse']))[0] ?? Buffer.alloc(0), 'receipt');
    await runJob(scan);
    expect(await seen(scan)).toMatchObject({ finding: 'notRead', standing: 'notExpected', reading: null });
}, 60_000);

it('without the programs it says so, and is read once they are there', async () => {
    const scan = await add((await sheets([2, 'pale']))[0] ?? Buffer.alloc(0));
    await runJob(scan, { pdftoppm: undefined, ffmpeg: undefined });
    expect(await seen(scan)).toMatchObject({ finding: 'programMissing', standing: 'notRead', reading: null });
    const again = () => it_.call('document.readScan', it_.officer, { params: { id, scanId: scan }, body: {} });
    await again();
    await expect(again()).rejects.toEqual(code('document.scanNotToRead'));
    await runJob(scan);
    expect(await seen(scan)).toMatchObject({ finding: 'pagesWrong', reading: { missing: [1, 3] } });
}, 60_000);

it('what no program can open is for a person to look at', async () => {
    const scan = await add(Buffer.from('%PDF-1.7\nnothing\n'));
    await runJob(scan);
    expect(await seen(scan)).toMatchObject({ finding: 'notReadable', standing: 'review' });
}, 60_000);

it('damaged bytes are noticed, shown no more, and whole again once the same file has come again', async () => {
    const bytes = (await sheets([3, 'straight']))[0] ?? Buffer.alloc(0);
    const scan = await add(bytes);
    const { sha256 = '' } = (await seen(scan)) ?? {};
    const key = it_.services.store.keyOf(it_.officer.id, sha256);
    await it_.services.store.withLocalFile(key, async (path) => {
        const stored = await readFile(path);
        stored[100] = (stored[100] ?? 0) ^ 1;
        await chmod(path, 0o600);
        await writeFile(path, stored);
    });
    await runJob(scan);
    expect(await seen(scan)).toMatchObject({ finding: 'damaged', standing: 'damaged' });
    const second = await add(bytes);
    expect(await seen(scan)).toMatchObject({ finding: 'waiting' });
    for (const each of [scan, second]) {
        await runJob(each);
        expect(await seen(each)).toMatchObject({ finding: 'pagesWrong', reading: { missing: [1, 2] } });
    }
}, 60_000);

it('one that needs a look keeps the document from its file', async () => {
    const one = await record('一页的记录。');
    const [kept, keptPdf] = [id, printed];
    id = one;
    printed = await print(one);
    const { prints } = await it_.call('document.paper', it_.officer, { params: { id } });
    const sign = (signer: 'partyEachPage' | 'officers', name: string) =>
        it_.call('document.recordSignature', it_.officer, {
            params: { id },
            body: { printId: prints[0]?.id ?? '', signer, name, outcome: 'signed', pages: [1], at: it_.now },
        });
    await sign('partyEachPage', '曾小贤');
    await sign('officers', '陈默');
    await sign('officers', '何北');
    const version = async () => ({ version: await it_.versionOf(one) });
    await it_.call('document.issue', it_.officer, { params: { id }, body: { handedTo: '曾小贤', ...(await version()) } });
    await it_.call('document.check', it_.sectionHead, { params: { id }, body: { verdict: 'pass', ...(await version()) } });
    const scan = await add((await sheets([1, 'withoutCode']))[0] ?? Buffer.alloc(0));
    await runJob(scan);
    const file = async () =>
        it_.call('document.file', it_.officer, { params: { id }, body: { originalPlace: '3 柜', ...(await version()) } });
    await expect(file()).rejects.toEqual(code('document.scanNeedsReview'));
    const body = { as: 'page' as const, sheet: 1, page: 1, reason: '二维码被印章盖住，逐字比对一致' };
    expect(await it_.call('document.settleScan', it_.officer, { params: { id, scanId: scan }, body })).toEqual({
        finding: 'settled',
        standing: 'bound',
    });
    await file();
    [id, printed] = [kept, keptPdf];
}, 120_000);
