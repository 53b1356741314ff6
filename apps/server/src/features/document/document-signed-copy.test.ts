import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dayOf, type Id, MINUTE, type Role } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandBy } from '../../testing/builders.ts';
import { type DocumentSystem, documentSystem, officerAt } from '../../testing/document-system.ts';
import { type TestHttp, testHttp } from '../../testing/http.ts';
import { pdfText } from '../../testing/pdf-text.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { type TemporaryFolder, temporaryFolder } from '../../testing/temporary-folder.ts';
import { documentPrintRoute, signedCopyRoute } from './document-print.routes.ts';
import { makeSignedCopy } from './document-signed-copy.commands.ts';
import { pagesOfSignedCopy } from './document-signed-copy.queries.ts';

let it_: DocumentSystem;
let http: TestHttp;
let folder: TemporaryFolder;
let roles: readonly Role[] = ['officer'];
beforeAll(async () => {
    it_ = await documentSystem('310119');
    http = await testHttp(it_.services);
    folder = await temporaryFolder('signed');
    const access = officerAt(it_, http, () => roles);
    for (const route of [documentPrintRoute, signedCopyRoute]) route(http.app, it_.services, access);
    const on = { key: 'document.onScreenSigning' as const, value: true, standing: 'own' as const, from: dayOf(it_.now) };
    await setParameter(it_.call, it_.sectionHead, { ...on, basis: '正文二（三）', reason: '试点' });
});
afterAll(async () => {
    await http.app.close();
    await folder.remove();
    await it_.expectSound();
    await it_.close();
});

const fetch = async (url: string) => http.app.inject({ method: 'GET', url });
const paper = (id: Id) => it_.call('document.paper', it_.officer, { params: { id } });
const copy = (id: Id, printId: Id) => it_.call('document.signedCopy', it_.officer, { params: { id, printId } });

/** A record of two pages with its final print. */
async function printed(): Promise<{ id: Id; printId: Id; pages: number[] }> {
    const actId = await it_.addAct('doubleRandomInspection');
    const observations = '三楼诊室未见消毒记录。\n'.repeat(30).trim();
    const content = { ...it_.wholeContent('sceneRecord'), observations };
    const { id } = await it_.call('document.create', it_.officer, { body: { type: 'sceneRecord', actId, content } });
    const body = { kind: 'final' as const, version: await it_.versionOf(id) };
    const { id: printId } = await it_.call('document.print', it_.officer, { params: { id }, body });
    return { id, printId, pages: [1, 2] };
}

/** As a hand would, in strokes; each page another. */
const strokesOn = (pages: readonly number[]) =>
    pages.map((page) => ({ page, path: `M10 10L200 ${200 + page}L400 20M90 20L100 300` }));
const onScreen = (id: Id, printId: Id, name: string, pages: readonly number[], more: object = {}) =>
    it_.call('document.signOnScreen', it_.officer, {
        params: { id },
        body: { printId, signer: 'officers', name, strokes: strokesOn(pages), ...more },
    });

/** How much is dark at the lines of the officers, at the foot of a page. */
async function ink(pdf: Uint8Array, page: number): Promise<number> {
    const path = join(folder.path, `${it_.services.clock.newId()}.pdf`);
    await writeFile(path, pdf);
    const at = ['-f', String(page), '-l', String(page), '-gray', '-r', '144', '-x', '716', '-y', '1450', '-W', '220', '-H', '60'];
    const { stdout } = await promisify(execFile)('pdftoppm', [...at, path], { encoding: 'buffer' });
    return stdout.subarray(-220 * 60).filter((value) => value < 128).length;
}

it('is made of what was written on the screen; the version that was signed stays as it is', async () => {
    const { id, printId, pages } = await printed();
    await expect(copy(id, printId)).rejects.toMatchObject({ code: 'document.nothingWritten' });
    await onScreen(id, printId, '陈默', pages);
    await onScreen(id, printId, '何北', pages);
    const refusal = {
        signer: 'partyEachPage' as const,
        outcome: 'refused' as const,
        reason: '认为记录不实',
        witness: '居委会林某',
    };
    const body = { ...refusal, printId, name: '曾小贤', pages };
    await it_.call('document.recordSignature', it_.officer, { params: { id }, body });

    const made = await copy(id, printId);
    const url = `/api/documents/${id}/signed-copies/${made.id}.pdf`;
    const signed = await fetch(url);
    expect(signed.headers['content-type']).toBe('application/pdf');
    const print = await fetch(`/api/documents/${id}/prints/${printId}.pdf`);
    const { prints, signedCopies } = await paper(id);
    const before = prints.find((each) => each.id === printId);
    expect(before).toMatchObject({ kept: true, pages: 2 });
    expect(signedCopies).toMatchObject([{ id: made.id, printId, pages: 3, signatures: 3, current: true, sha256: made.sha256 }]);

    const words = await pdfText(signed.rawPayload);
    for (const said of [
        '签名件',
        '签名记录',
        '拒绝签名',
        '认为记录不实',
        '居委会林某',
        printId,
        before?.digest,
        before?.pdfSha256,
    ])
        expect(words).toContain(said);
    expect(words).toContain('第2页共2页');
    for (const page of pages)
        expect(await ink(signed.rawPayload, page), `page ${page}`).toBeGreaterThan((await ink(print.rawPayload, page)) + 100);
    // The log vouches for both.
    const { contents } = await it_.verify();
    expect(contents.map((each) => each.sha256)).toEqual(expect.arrayContaining([made.sha256, before?.pdfSha256]));
});

it('comes out the same from the same signatures and is made once; another signature makes another', async () => {
    const { id, printId, pages } = await printed();
    await onScreen(id, printId, '陈默', pages);
    const [first, atOnce] = await Promise.all([copy(id, printId), copy(id, printId)]);
    expect(atOnce).toEqual(first);
    expect(await copy(id, printId)).toEqual(first);
    it_.services.clock.advance(MINUTE);
    const { model, at } = await it_.services.db.read({ readOrgs: [it_.officer.id] }, (db) =>
        pagesOfSignedCopy(db, it_.officer.id, id, printId),
    );
    expect((await it_.services.renderer.render(model, at)).sha256).toBe(first.sha256);

    await onScreen(id, printId, '何北', pages);
    expect((await paper(id)).signedCopies).toMatchObject([{ id: first.id, current: false }]);
    const second = await copy(id, printId);
    expect(second.id).not.toBe(first.id);
    expect((await paper(id)).signedCopies).toMatchObject([
        { id: first.id, current: false },
        { id: second.id, current: true, signatures: 2 },
    ]);
    // What was handed out before is still what it was.
    const old = await fetch(`/api/documents/${id}/signed-copies/${first.id}.pdf`);
    expect(old.statusCode).toBe(200);
});

it('is not made of signatures that are no longer all of them', async () => {
    const { id, printId, pages } = await printed();
    await onScreen(id, printId, '陈默', pages);
    const { renderer } = it_.services;
    // The second officer signs while the pages are being set: after the print was kept, before the copy is.
    let kept = false;
    const slow: typeof renderer = {
        ...renderer,
        async render(model, at) {
            if (model.signing !== undefined && !kept) {
                kept = true;
                await onScreen(id, printId, '何北', pages);
            }
            return renderer.render(model, at);
        },
    };
    const context = commandBy(it_.services, it_.officer.id, it_.officer.actor);
    await expect(makeSignedCopy({ ...it_.services, renderer: slow }, context, id, printId)).rejects.toMatchObject({
        code: 'conflict.changedMeanwhile',
    });
    expect((await paper(id)).signedCopies).toEqual([]);
    await copy(id, printId);
    expect((await paper(id)).signedCopies).toMatchObject([{ current: true, signatures: 2 }]);
});

it('strokes that make no line are set as nothing, and a stranger finds no copy', async () => {
    const { id, printId } = await printed();
    await onScreen(id, printId, '陈默', [], { strokes: [{ page: 1, path: 'M..,L-' }] });
    const made = await copy(id, printId);
    const url = `/api/documents/${id}/signed-copies/${made.id}`;
    expect((await fetch(`${url}.svg`)).json().code).toBe('request.notFound');
    expect((await fetch(`/api/documents/${id}/signed-copies/${printId}.pdf`)).json().code).toBe('document.signedCopyNotFound');
    roles = ['systemAdmin'];
    expect((await fetch(`${url}.pdf`)).statusCode).toBe(403);
    roles = ['officer'];
    const other = await printed();
    await expect(copy(other.id, printId)).rejects.toMatchObject({ code: 'document.printNotFound' });
});
