import { COMMAND_ID_HEADER } from '@liuhen/contract';
import { dayOf, MOST_ATTESTATION_PAPERS } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { type Browser, type TestHttp, testHttp } from '../../testing/http.ts';
import { type TestServices, testServices } from '../../testing/services.ts';
import { verifyWholeLog } from '../../testing/verify-log.ts';
import { attestationHandlers, attestationPaperRoutes } from './attestation.routes.ts';

let services: TestServices;
let http: TestHttp;
let city: Browser;
let head: Browser;
let officer: Browser;
let other: Browser;
let entry: string;
let of: string;

const RULES = 'A1-14-1';
const PDF = Buffer.from('%PDF-1.7\n执法记录仪音像资料管理制度');

beforeAll(async () => {
    services = await testServices();
    http = await testHttp(services, { handlers: attestationHandlers(services) });
    await attestationPaperRoutes(http.app, services, http.sessions);
    const above = await buildOrganisation(services, { code: '310000', name: '市卫生健康委', kind: 'cityCommission' });
    const unit = await buildOrganisation(services, { code: '310115', name: '浦东新区监督所', parentId: above.id });
    const beside = await buildOrganisation(services, { code: '310106', name: '静安区监督所', parentId: above.id });
    const signIn = async (organisation: typeof unit, ...roles: ('instituteHead' | 'inspector' | 'archivist')[]) => {
        const browser = http.browser();
        await browser.signIn((await buildPerson(services, organisation, { kind: 'staff', roles })).login);
        return browser;
    };
    city = await signIn(above, 'inspector');
    head = await signIn(unit, 'instituteHead');
    officer = await signIn(unit, 'archivist');
    other = await signIn(beside, 'instituteHead');
    entry = (
        await head.call('attestation.confirm', {
            body: { clause: RULES, fromDay: dayOf(services.clock.now()), paper: '音像资料管理制度' },
        })
    ).body.id;
    of = `${RULES}_${unit.id}`;
});
afterAll(async () => {
    expect(await verifyWholeLog(services.database.superUrl)).toMatchObject({ findings: [], rows: [] });
    await http.app.close();
    await services.close();
});

const send = (browser: Browser, payload: Buffer, name = '制度.pdf', commandId: string = services.clock.newId()) =>
    http.app.inject({
        method: 'POST',
        url: `/api/attestation-entries/${entry}/papers?${new URLSearchParams({ name })}`,
        headers: { cookie: browser.cookie ?? '', [COMMAND_ID_HEADER]: commandId, 'content-type': 'application/octet-stream' },
        payload,
    });
const open = (browser: Browser, paper: string) =>
    http.app.inject({
        method: 'GET',
        url: `/api/attestation-entries/${entry}/papers/${paper}`,
        headers: { cookie: browser.cookie ?? '' },
    });
const papers = async () => {
    const { entries } = (await head.call('attestation.get', { params: { id: of } })).body;
    return entries[0]?.papers ?? [];
};

describe('the paper that a confirmation rests on', () => {
    it('goes in as bytes, stands beside the confirmation and comes out as it went in, for the city above too', async () => {
        const commandId = services.clock.newId();
        const { id } = (await send(head, PDF, '制度\u202Efdp.pdf', commandId)).json();
        expect((await send(head, PDF, '制度\u202Efdp.pdf', commandId)).json()).toEqual({ id });
        expect(await papers()).toEqual([{ id, name: '制度fdp.pdf' }]);
        for (const reader of [head, officer, city]) {
            const got = await open(reader, id);
            expect([got.statusCode, got.headers['content-type'], got.rawPayload]).toEqual([200, 'application/pdf', PDF]);
        }
        expect((await open(other, id)).json()).toMatchObject({ code: 'attestation.paperNotFound' });
    });

    it('is added by who may confirm, to what is theirs, and only as PDF or picture', async () => {
        expect((await send(officer, PDF)).statusCode).toBe(403);
        expect((await send(other, PDF)).json()).toMatchObject({ code: 'attestation.entryNotFound' });
        expect((await send(head, Buffer.from('MZ nothing of the kind'))).json()).toMatchObject({
            code: 'document.scanWrongKind',
        });
        expect((await send(head, PDF, '\u0000')).json()).toMatchObject({ code: 'request.invalid' });
        expect(await papers()).toHaveLength(1);
    });

    it('has its limit, and ends with the confirmation', async () => {
        for (let count = 1; count < MOST_ATTESTATION_PAPERS; count++)
            expect((await send(head, Buffer.concat([PDF, Buffer.from([count])]))).statusCode).toBe(200);
        expect((await send(head, PDF)).json()).toMatchObject({
            code: 'attestation.papersTooMany',
            params: { most: MOST_ATTESTATION_PAPERS },
        });
        await head.call('attestation.withdraw', { params: { id: entry }, body: { reason: '文件有误' } });
        expect((await send(head, PDF)).json()).toMatchObject({ code: 'attestation.withdrawn' });
        expect(await papers()).toHaveLength(MOST_ATTESTATION_PAPERS);
    });
});
