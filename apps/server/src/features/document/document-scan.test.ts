import { COMMAND_ID_HEADER } from '@liuhen/contract';
import { MOST_SCAN_BYTES } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltPerson, buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { type Browser, type TestHttp, testHttp } from '../../testing/http.ts';
import { type TestServices, testServices } from '../../testing/services.ts';
import { verifyWholeLog } from '../../testing/verify-log.ts';
import { actHandlers } from '../act/act.routes.ts';
import { documentHandlers } from './document.routes.ts';
import { scanRoutes } from './document-scan.routes.ts';

let services: TestServices;
let http: TestHttp;
let officer: Browser;
let stranger: Browser;
let reader: Browser;
let administrator: Browser;
let id: string;
/** The officer, as a person. */
let person: BuiltPerson;

beforeAll(async () => {
    services = await testServices();
    http = await testHttp(services, { handlers: { ...documentHandlers(services), ...actHandlers(services) } });
    await scanRoutes(http.app, services, http.sessions);
    const organisation = await buildOrganisation(services);
    const signIn = async ({ login }: BuiltPerson) => {
        const browser = http.browser();
        await browser.signIn(login);
        return browser;
    };
    person = await buildPerson(services, organisation);
    officer = await signIn(person);
    stranger = await signIn(await buildPerson(services, organisation));
    reader = await signIn(await buildPerson(services, organisation, { kind: 'staff', roles: ['archivist'] }));
    administrator = await signIn(await buildPerson(services, organisation, { kind: 'staff', roles: ['systemAdmin'] }));
    id = (await officer.call('document.create', { body: { type: 'sceneRecord' } })).body.id;
});
afterAll(async () => {
    expect(await verifyWholeLog(services.database.superUrl)).toMatchObject({ findings: [], rows: [] });
    await http.app.close();
    await services.close();
});

const send = (browser: Browser, payload: Buffer, more: { of?: string; query?: string; commandId?: string } = {}) =>
    http.app.inject({
        method: 'POST',
        url: `/api/documents/${more.of ?? id}/scans?${more.query ?? `role=signed&name=${encodeURIComponent('笔录.pdf')}`}`,
        headers: {
            cookie: browser.cookie ?? '',
            'content-type': 'application/pdf',
            [COMMAND_ID_HEADER]: more.commandId ?? services.clock.newId(),
        },
        payload,
    });
/** Larger than what JSON may be, so that the two limits are told apart. */
const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(3 << 20, 0x20)]);

describe('scans over HTTP', () => {
    it('go in as bytes and come out as they went in', async () => {
        const sent = await send(officer, pdf);
        expect(sent.statusCode).toBe(200);
        const scan = sent.json() as { id: string; finding: string };
        expect(scan.finding).toBe('waiting');
        const got = await http.app.inject({
            url: `/api/documents/${id}/scans/${scan.id}`,
            headers: { cookie: reader.cookie ?? '' },
        });
        expect(got.statusCode).toBe(200);
        expect(got.rawPayload.equals(pdf)).toBe(true);
        expect(got.headers).toMatchObject({ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' });
    });

    it('sent again under the same command id are one scan', async () => {
        const commandId = services.clock.newId();
        const first = await send(officer, pdf, { commandId });
        expect((await send(officer, pdf, { commandId })).json()).toEqual(first.json());
        const other = await send(officer, Buffer.from('%PDF-1.7 other'), { commandId });
        expect(other.json()).toMatchObject({ code: 'request.commandIdReused' });
    });

    it('are refused without session, right, command id, or a form that is known', async () => {
        expect((await send(http.browser(), pdf)).json()).toMatchObject({ code: 'access.signInFirst' });
        expect((await send(reader, pdf)).json()).toMatchObject({ code: 'access.denied' });
        expect((await send(officer, Buffer.from('GIF89a'))).json()).toMatchObject({ code: 'document.scanWrongKind' });
        // A scanner's usual form for several pages gets an answer of its own: what to do instead.
        for (const tiff of ['II*\0', 'MM\0*'])
            expect((await send(officer, Buffer.from(`${tiff}pages`))).json()).toMatchObject({ code: 'document.scanTiff' });
        expect((await send(officer, pdf, { query: 'role=other&name=a' })).json()).toMatchObject({ code: 'request.invalid' });
        const bare = await http.app.inject({
            method: 'POST',
            url: `/api/documents/${id}/scans?role=signed&name=a`,
            headers: { cookie: officer.cookie ?? '', 'content-type': 'application/pdf' },
            payload: pdf,
        });
        expect(bare.json()).toMatchObject({ code: 'request.commandIdMissing' });
        const otherPrint = `role=signed&name=a&printId=${services.clock.newId()}`;
        expect((await send(officer, pdf, { query: otherPrint })).json()).toMatchObject({ code: 'document.printNotFound' });
        const strange = `/api/documents/${id}/scans/${services.clock.newId()}`;
        const missing = await http.app.inject({ url: strange, headers: { cookie: officer.cookie ?? '' } });
        expect(missing.json()).toMatchObject({ code: 'document.scanNotFound' });
    });

    it('are read by those who may read documents, and by nobody without a session', async () => {
        const { scans } = (await officer.call('document.paper', { params: { id } })).body;
        const url = `/api/documents/${id}/scans/${scans[0]?.id}`;
        const read = async ({ cookie }: Browser) => http.app.inject({ url, headers: { cookie: cookie ?? '' } });
        expect((await read(reader)).statusCode).toBe(200);
        expect((await read(administrator)).json()).toMatchObject({ code: 'access.denied' });
        expect((await read(http.browser())).json()).toMatchObject({ code: 'access.signInFirst' });
    });

    it('of a secret act are for those who take part in it, to read and to add to (附件1 第12条)', async () => {
        const now = services.clock.now();
        const body = {
            scenario: 'doubleRandomInspection',
            place: '世纪大道 100 号',
            startsAt: now - 60_000,
            endsAt: now,
            participants: [{ personId: person.id, part: 'officer' }],
        };
        const act = (await officer.call('act.create', { body })).body.id;
        const of = (await officer.call('document.create', { body: { type: 'sceneRecord', actId: act } })).body.id;
        const scan = (await send(officer, pdf, { of })).json() as { id: string };
        const read = async ({ cookie }: Browser) =>
            http.app.inject({ url: `/api/documents/${of}/scans/${scan.id}`, headers: { cookie: cookie ?? '' } });
        expect((await read(reader)).statusCode).toBe(200);
        const { version } = (await officer.call('act.get', { params: { id: act } })).body;
        await officer.call('act.markSecrecy', { params: { id: act }, body: { secrecy: 'trade', version } });
        expect((await read(officer)).statusCode).toBe(200);
        expect((await read(reader)).json()).toMatchObject({ code: 'act.restricted' });
        expect((await send(stranger, pdf, { of })).json()).toMatchObject({ code: 'act.restricted' });
    });

    it('are bounded', async () => {
        const huge = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(MOST_SCAN_BYTES)]);
        expect((await send(officer, huge)).json()).toMatchObject({ code: 'request.tooLarge' });
        expect((await officer.call('document.paper', { params: { id } })).body.scans).toHaveLength(2);
    });
});
