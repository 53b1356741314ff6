import { createHash } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import type { Id, Role } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { updateRow } from '../../platform/command/row-writer.ts';
import type { DocumentRenderer } from '../../platform/typst/document-renderer.ts';
import { commandBy } from '../../testing/builders.ts';
import { type DocumentSystem, documentSystem, officerAt } from '../../testing/document-system.ts';
import { caller } from '../../testing/feature-system.ts';
import { type TestHttp, testHttp } from '../../testing/http.ts';
import { pdfText } from '../../testing/pdf-text.ts';
import { templateSampleRoute } from '../template/template-sample.routes.ts';
import { draftPages } from './document-draft-pages.ts';
import { keepPages } from './document-pages.commands.ts';
import { documentPictureHandlers } from './document-pictures.routes.ts';
import { draftOfDocument, pagesOfPrint } from './document-print.queries.ts';
import { documentDraftRoute, documentPrintRoute } from './document-print.routes.ts';

let it_: DocumentSystem;
let http: TestHttp;
let roles: readonly Role[] = ['officer'];
/** The same installation after an update that sets everything a little differently. */
let updated: TestHttp;
let callUpdated: ReturnType<typeof caller<'document.draftPictures' | 'document.printPictures'>>;
const otherLayout = (real: DocumentRenderer): DocumentRenderer => ({
    ...real,
    render: (model, at) => real.render({ ...model, title: `${model.title}稿` }, at),
});
beforeAll(async () => {
    it_ = await documentSystem('310118');
    http = await testHttp(it_.services);
    updated = await testHttp(it_.services);
    const access = officerAt(it_, http, () => roles);
    for (const route of [documentDraftRoute, documentPrintRoute, templateSampleRoute]) route(http.app, it_.services, access);
    const renderer = otherLayout(it_.services.renderer);
    documentPrintRoute(updated.app, { ...it_.services, renderer }, access);
    const services = { ...it_.services, renderer };
    callUpdated = caller(it_, documentPictureHandlers(services, draftPages(services)));
});
afterAll(async () => {
    await Promise.all([http.app.close(), updated.app.close()]);
    await it_.expectSound();
    await it_.close();
});

const fetch = (url: string) => http.app.inject({ method: 'GET', url });
const fetchUpdated = (url: string) => updated.app.inject({ method: 'GET', url });
const paper = (id: Id) => it_.call('document.paper', it_.officer, { params: { id } });
const page = (id: Id, printId: Id) => ({ params: { id, printId }, query: { first: 1, last: 1 } });
const pictures = (id: Id, printId: Id) => it_.call('document.printPictures', it_.officer, page(id, printId));
const picturesUpdated = (id: Id, printId: Id) => callUpdated('document.printPictures', it_.officer, page(id, printId));
async function notice(): Promise<Id> {
    const content = it_.wholeContent('priorNotice');
    const { id } = await it_.call('document.create', it_.officer, { body: { type: 'priorNotice', actId: it_.act, content } });
    return id;
}
const print = async (id: Id, kind: 'draft' | 'final') =>
    it_.call('document.print', it_.officer, { params: { id }, body: { kind, version: await it_.versionOf(id) } });

it('shows a draft as PDF and as a picture, to those who may read documents', async () => {
    const id = await notice();
    const pdf = await fetch(`/api/documents/${id}/draft.pdf`);
    expect(pdf.statusCode).toBe(200);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    const draft = await it_.call('document.draftPictures', it_.officer, { params: { id }, query: { first: 1, last: 3 } });
    expect(draft).toMatchObject({ shapes: [{}], pictures: [{ page: 1, svg: expect.stringContaining('<svg ') }], changed: null });
    // What was seen before is told by the pages' marks; the page that is another one now comes with the answer.
    const before = draft.shapes.map(({ body }) => body).join();
    const content = { ...it_.wholeContent('priorNotice'), facts: '改过的事实。' };
    await it_.call('document.save', it_.officer, { params: { id }, body: { revision: 1, content } });
    const beyond = { params: { id }, query: { first: 9, last: 9, before } };
    const after = await it_.call('document.draftPictures', it_.officer, beyond);
    expect(after).toMatchObject({ pictures: [{ page: 1 }], changed: 1 });
    expect((await fetch(`/api/documents/${id}/draft.docx`)).statusCode).toBe(404);
    expect((await fetch('/api/documents/00000000-0000-7000-8000-000000000001/draft.pdf')).json().code).toBe('document.notFound');
    roles = ['systemAdmin'];
    expect((await fetch(`/api/documents/${id}/draft.pdf`)).statusCode).toBe(403);
    roles = ['officer'];
});

it('a character that no font has is named, and nothing is lost', async () => {
    const id = await notice();
    const content = { ...it_.wholeContent('priorNotice'), facts: '当事人\u{2A6A5}\u{10FFFD}' };
    await it_.call('document.save', it_.officer, { params: { id }, body: { revision: 1, content } });
    const answer = await fetch(`/api/documents/${id}/draft.pdf`);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'document.characterMissing' });
    expect(answer.json().params.characters).toContain('\u{10FFFD}');
});

it('the pages of a print are the same bytes whenever they are asked for, and the first time is noted', async () => {
    const id = await notice();
    const { id: printId } = await print(id, 'draft');
    const url = `/api/documents/${id}/prints/${printId}.pdf`;
    const [first, atOnce] = await Promise.all([fetch(url), fetch(url)]);
    expect(first.statusCode).toBe(200);
    expect(atOnce.rawPayload.equals(first.rawPayload)).toBe(true);
    const noted = (await paper(id)).prints.find((each) => each.id === printId);
    expect(noted?.pages).toBe(1);

    // What happens afterwards to the document does not change what was printed.
    const content = { ...it_.wholeContent('priorNotice'), facts: '后来改了。' };
    await it_.call('document.save', it_.officer, { params: { id }, body: { revision: 1, content } });
    it_.services.clock.advance(60_000);
    expect((await fetch(url)).rawPayload.equals(first.rawPayload)).toBe(true);
    expect((await fetch(`/api/documents/${id}/prints/${id}.pdf`)).json().code).toBe('document.printNotFound');
});

/** A print as it was noted while only the digest of its pages was kept. */
async function noted(pdfSha256?: string): Promise<{ url: string; printId: Id; id: Id }> {
    const id = await notice();
    const { id: printId } = await print(id, 'draft');
    const { model, at } = await it_.services.db.read({ readOrgs: [it_.officer.id] }, (db) =>
        pagesOfPrint(db, it_.officer.id, id, printId),
    );
    const { sha256, pages } = await it_.services.renderer.render(model, at);
    const command = commandBy(it_.services, it_.officer.id, it_.officer.actor);
    await runCommand(it_.services.commands, command, 'document.notePages', async (tx) => {
        await updateRow(
            tx,
            'document_print',
            { id: printId, version: 1 },
            { pages, pdf_sha256: Buffer.from(pdfSha256 ?? sha256, 'hex') },
        );
        return { result: null, events: [{ kind: 'document.printed', objects: [id], body: { print: printId } }] };
    });
    return { id, printId, url: `/api/documents/${id}/prints/${printId}` };
}
const standing = async ({ id, printId }: { id: Id; printId: Id }) => (await paper(id)).prints.find((each) => each.id === printId);

describe('the pages of a print', () => {
    it('are kept the first time, and come from the store whatever sets documents by then', async () => {
        const id = await notice();
        const { id: printId } = await print(id, 'draft');
        const url = `/api/documents/${id}/prints/${printId}`;
        expect(await standing({ id, printId })).toMatchObject({ kept: false, pdfSha256: null });
        const first = await fetch(`${url}.pdf`);
        const kept = await standing({ id, printId });
        const sha256 = createHash('sha256').update(first.rawPayload).digest('hex');
        expect(kept).toMatchObject({ kept: true, pdfSha256: sha256, pages: 1 });
        // The log vouches for the object.
        const { contents } = await it_.verify();
        expect(contents.map((each) => each.sha256)).toContain(sha256);

        expect((await fetchUpdated(`${url}.pdf`)).rawPayload.equals(first.rawPayload)).toBe(true);
        // A picture is always set anew: one that is not of these pages is not shown as if it were.
        await expect(picturesUpdated(id, printId)).rejects.toMatchObject({ code: 'document.printDiffers' });
        for (let time = 0; time < 2; time++)
            expect(await pictures(id, printId)).toMatchObject({ shapes: [{}], pictures: [{ page: 1 }] });
        roles = ['systemAdmin'];
        expect((await fetch(`${url}.pdf`)).statusCode).toBe(403);
        roles = ['officer'];
    });

    it('of which only the digest was kept are kept when they come out the same, else it is said', async () => {
        const same = await noted();
        expect(await standing(same)).toMatchObject({ kept: false, pages: 1 });
        const { statusCode, rawPayload } = await fetch(`${same.url}.pdf`);
        expect(statusCode).toBe(200);
        expect(await standing(same)).toMatchObject({ kept: true });
        expect((await fetchUpdated(`${same.url}.pdf`)).rawPayload.equals(rawPayload)).toBe(true);

        const other = await noted('ab'.repeat(32));
        expect((await fetch(`${other.url}.pdf`)).json().code).toBe('document.printDiffers');
        await expect(pictures(other.id, other.printId)).rejects.toMatchObject({ code: 'document.printDiffers' });
        expect(await standing(other)).toMatchObject({ kept: false, pdfSha256: 'ab'.repeat(32) });
    });

    it('are those of the first time: others that come later are refused, the same ones change nothing', async () => {
        const id = await notice();
        const { id: printId } = await print(id, 'draft');
        const pages = (text: string) => {
            const pdf = Buffer.from(text);
            return { pdf, pages: 1, sha256: createHash('sha256').update(pdf).digest('hex') };
        };
        const keep = (text: string) =>
            keepPages(it_.services, commandBy(it_.services, it_.officer.id, it_.officer.actor), id, printId, pages(text));
        await keep('%PDF-1');
        const version = async () =>
            (await it_.superPool.query('select version from liuhen.document_print where id = $1', [printId])).rows;
        const noted = await version();
        await keep('%PDF-1');
        expect(await version()).toEqual(noted);
        await expect(keep('%PDF-2')).rejects.toMatchObject({ code: 'document.printDiffers' });
    });

    it('looked at as a picture first are kept by that', async () => {
        const id = await notice();
        const { id: printId } = await print(id, 'draft');
        await pictures(id, printId);
        expect(await standing({ id, printId })).toMatchObject({ kept: true });
    });

    it('that were damaged in the store are not served', async () => {
        const id = await notice();
        const { id: printId } = await print(id, 'draft');
        const url = `/api/documents/${id}/prints/${printId}.pdf`;
        const { rawPayload } = await fetch(url);
        const { pdfSha256 } = (await standing({ id, printId })) ?? {};
        const key = it_.services.store.keyOf(it_.officer.id, pdfSha256 ?? '');
        const path = await it_.services.store.withLocalFile(key, async (file) => file);
        await chmod(path, 0o600);
        const bytes = Buffer.from(rawPayload);
        bytes[100] = (bytes[100] ?? 0) ^ 1;
        await writeFile(path, bytes);
        expect((await fetch(url)).json().code).toBe('document.printDamaged');
        await writeFile(path, rawPayload);
        expect((await fetch(url)).statusCode).toBe(200);
    });
});

it('pages that were not printed for good say what they are in each state', async () => {
    const id = await notice();
    const pagesNow = async () => pdfText((await fetch(`/api/documents/${id}/draft.pdf`)).rawPayload);
    const org = it_.officer.id;
    // Upright words are read from the PDF; those across the page are not, their characters stand on lines of their own.
    const across = async () => {
        const read = { readOrgs: [org] };
        return (await it_.services.db.read(read, (db) => draftOfDocument(db, org, id, it_.services.clock.now()))).model.watermark;
    };
    expect(await across()).toBe('草稿');
    expect(await pagesNow()).toContain('不具效力');
    await it_.call('document.submit', it_.officer, { params: { id }, body: { version: await it_.versionOf(id) } });
    expect(await across()).toBe('送审稿');
    expect(await pagesNow()).toContain('不具效力');
    await it_.call('document.review', it_.sectionHead, {
        params: { id },
        body: { verdict: 'return', reason: '再核对一次', version: await it_.versionOf(id) },
    });
    await it_.approve(id);
    const approved = await pagesNow();
    expect(approved).toContain('不是正式打印件，不得签名、用印');
    expect(approved).toContain('览');
    expect(await across()).toBe('预览');
    for (const word of ['稿', '不具效力']) expect(approved).not.toContain(word);
    await it_.call('document.number', it_.officer, {
        params: { id },
        body: { category: '医', version: await it_.versionOf(id) },
    });
    const { id: printId } = await print(id, 'final');
    const final = await pdfText((await fetch(`/api/documents/${id}/prints/${printId}.pdf`)).rawPayload);
    for (const word of ['览', '不是正式打印件', '稿']) expect(final).not.toContain(word);
    await it_.call('document.void', it_.agencyHead, {
        params: { id },
        body: { reason: '当事人名称写错', version: await it_.versionOf(id) },
    });
    const voided = await pagesNow();
    expect(voided).toContain('本文书已作废');
    expect(voided).not.toContain('稿');
    expect(await across()).toBe('作废');
});

describe('what stands beside the content', () => {
    const pdfOf = async (id: Id, printId: Id) => {
        const { rawPayload } = await fetch(`/api/documents/${id}/prints/${printId}.pdf`);
        return pdfText(rawPayload);
    };

    it('opinions given on the screen are printed in their fields once they are given, and signed for', async () => {
        const content = it_.wholeContent('coercionApproval');
        const body = { type: 'coercionApproval' as const, actId: it_.act, content };
        const { id } = await it_.call('document.create', it_.officer, { body });
        const params = { id };
        const at = async () => ({ version: await it_.versionOf(id) });
        const before = await print(id, 'draft');
        await it_.call('document.submit', it_.officer, { params, body: await at() });
        it_.services.clock.advance(60_000);
        const review = { verdict: 'pass' as const, opinion: '情况属实，建议查封。' };
        await it_.call('document.review', it_.sectionHead, { params, body: { ...review, ...(await at()) } });
        const half = await pdfOf(id, (await print(id, 'draft')).id);
        expect(half).toContain('情况属实，建议查封。审核人（系统内审核）：韩科长2026年11月18日');
        expect(half).toContain('负责人签名：年月日');
        // Sent back, what was said so far counts no more.
        const back = { verdict: 'return' as const, reason: '补充依据' };
        it_.services.clock.advance(60_000);
        await it_.call('document.sign', it_.agencyHead, { params, body: { ...back, ...(await at()) } });
        it_.services.clock.advance(60_000);
        expect(await pdfOf(id, (await print(id, 'draft')).id)).not.toContain('情况属实');
        await it_.call('document.submit', it_.officer, { params, body: await at() });
        await it_.call('document.review', it_.sectionHead, { params, body: { ...review, ...(await at()) } });
        const sign = { verdict: 'pass' as const, opinion: '同意。请二十四小时内实施。' };
        await it_.call('document.sign', it_.agencyHead, { params, body: { ...sign, ...(await at()) } });
        await it_.call('document.number', it_.officer, { params, body: { category: '医', ...(await at()) } });
        const after = await print(id, 'final');
        const whole = await pdfOf(id, after.id);
        expect(whole).toContain('同意。请二十四小时内实施。');
        expect(whole).toContain('行政机关负责人（系统内审批）：钟主任2026年11月18日');
        expect(after.digest).not.toBe(before.digest);
        // Opened for the first time after all that, a print has nothing that was said later.
        const blank = await pdfOf(id, before.id);
        expect(blank).toContain('审核人签名：年月日');
        expect(blank).toContain('负责人签名：年月日');
        expect(blank).not.toContain('系统内');
    });

    it('a list of items names its decision, with the number that it had by then', async () => {
        const draftOf = async () =>
            it_.call('document.create', it_.officer, {
                body: { type: 'seizureDecision', actId: it_.act, content: it_.wholeContent('seizureDecision') },
            });
        const { id: decision } = await draftOf();
        const early = { ...it_.wholeContent('itemList'), parentTitle: '', parentNumber: '' };
        const list = { type: 'itemList' as const, actId: it_.act, parentId: decision, content: early };
        const { id: earlyList } = await it_.call('document.create', it_.officer, { body: list });
        const beforeNumber = await print(earlyList, 'draft');
        it_.services.clock.advance(60_000);
        await it_.approve(decision);
        const numbering = { category: '医', version: await it_.versionOf(decision) };
        await it_.call('document.number', it_.officer, { params: { id: decision }, body: numbering });
        const { number } = await it_.call('document.get', it_.officer, { params: { id: decision } });
        const begun = await it_.call('template.begin', it_.officer, {
            params: { type: 'itemList' },
            query: { parentId: decision },
        });
        expect(begun.content).toMatchObject({ parentTitle: '查封、扣押决定书', parentNumber: number });
        const content = { ...it_.wholeContent('itemList'), parentTitle: '', parentNumber: '' };
        const body = { type: 'itemList' as const, actId: it_.act, parentId: decision, content };
        const { id } = await it_.call('document.create', it_.officer, { body });
        const text = await pdfOf(id, (await print(id, 'draft')).id);
        expect(text).toContain(`所附文书：查封、扣押决定书${number}`.replace(/\s/g, ''));

        const unnumbered = await pdfOf(earlyList, beforeNumber.id);
        expect(unnumbered).toContain('所附文书：查封、扣押决定书当事人');

        const stranger = { params: { type: 'itemList' as const }, query: { parentId: it_.services.clock.newId() } };
        await expect(it_.call('template.begin', it_.officer, stranger)).rejects.toMatchObject({ code: 'document.notFound' });
    });
});

it('a sample of every kind of form is there to be compared', async () => {
    for (const form of ['sceneRecord/1', 'sealStrip/1', 'destructionList/1', 'spotPenalty/2'])
        expect((await fetch(`/api/document-templates/${form}/sample.pdf`)).statusCode).toBe(200);
    expect((await fetch('/api/document-templates/sceneRecord/9/sample.pdf')).json().code).toBe('template.notFound');
});
