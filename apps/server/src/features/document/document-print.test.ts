import type { Id, Role } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DocumentSystem, documentSystem } from '../../testing/document-system.ts';
import { type TestHttp, testHttp } from '../../testing/http.ts';
import { templateSampleRoute } from '../template/template-sample.routes.ts';
import { documentDraftRoute, documentPrintRoute } from './document-print.routes.ts';

let it_: DocumentSystem;
let http: TestHttp;
let roles: readonly Role[] = ['officer'];
beforeAll(async () => {
    it_ = await documentSystem('310118');
    http = await testHttp(it_.services);
    const session = () => ({
        id: it_.services.clock.newId(),
        name: '陈默',
        subject: { personId: it_.officer.actor, organisationId: it_.officer.id, roles, mustChangePassword: false },
        idleEndsAt: Number.MAX_SAFE_INTEGER,
        endsAt: Number.MAX_SAFE_INTEGER,
    });
    const access = { sessionOf: async () => session(), authorise: http.sessions.authorise };
    for (const route of [documentDraftRoute, documentPrintRoute, templateSampleRoute]) route(http.app, it_.services, access);
});
afterAll(async () => {
    await http.app.close();
    await it_.expectSound();
    await it_.close();
});

const fetch = (url: string) => http.app.inject({ method: 'GET', url });
const paper = (id: Id) => it_.call('document.paper', it_.officer, { params: { id } });
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
    const svg = await fetch(`/api/documents/${id}/draft.svg`);
    expect(svg.headers['content-type']).toBe('image/svg+xml');
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

it('a sample of every kind of form is there to be compared', async () => {
    for (const form of ['sceneRecord/1', 'sealStrip/1', 'destructionList/1', 'spotPenalty/2'])
        expect((await fetch(`/api/document-templates/${form}/sample.pdf`)).statusCode).toBe(200);
    expect((await fetch('/api/document-templates/sceneRecord/9/sample.pdf')).json().code).toBe('template.notFound');
});
