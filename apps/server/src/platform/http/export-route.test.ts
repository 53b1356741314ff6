import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { COMMAND_ID_HEADER, EXPORTABLE, type ExportBody, endpoints } from '@liuhen/contract';
import { creditCodeCheck, dayOf, type Id, permissionsOf, ROLES } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { actHandlers } from '../../features/act/act.routes.ts';
import { ledgerHandlers } from '../../features/ledger/ledger.routes.ts';
import { partyHandlers } from '../../features/party/party.routes.ts';
import { type BuiltOrganisation, buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { type Browser, type TestHttp, testHttp } from '../../testing/http.ts';
import { type TestServices, testServices } from '../../testing/services.ts';
import { verifyWholeLog } from '../../testing/verify-log.ts';

let services: TestServices;
let http: TestHttp;
let organisation: BuiltOrganisation;
let officer: Browser;
let stranger: Browser;

const PARTIES = 205;

const signedIn = async (of: BuiltOrganisation, roles: Parameters<typeof buildPerson>[2]): Promise<Browser & { id: Id }> => {
    const { login, id } = await buildPerson(services, of, roles);
    const browser = http.browser();
    await browser.signIn(login);
    return Object.assign(browser, { id });
};

beforeAll(async () => {
    services = await testServices();
    http = await testHttp(services, {
        handlers: { ...partyHandlers(services), ...actHandlers(services), ...ledgerHandlers(services) },
    });
    organisation = await buildOrganisation(services);
    officer = await signedIn(organisation, { roles: ['officer'] });
    stranger = await signedIn(await buildOrganisation(services), { roles: ['officer'] });
    for (let place = 0; place <= PARTIES; place += 1) {
        const digits = `91310199MA1FC${String(place).padStart(4, '0')}`;
        const party = { name: `示范店 ${place}（测试）`, creditCode: digits + creditCodeCheck(digits) };
        const kind = place === 0 ? 'organisation' : 'soleTrader';
        const { code, status } = await officer.call('party.create', { body: { ...party, kind } });
        expect({ code, status }).toEqual({ code: undefined, status: 200 });
    }
});
afterAll(async () => {
    expect(await verifyWholeLog(services.database.superUrl)).toMatchObject({ findings: [], rows: [] });
    await services.close();
});

async function exported(who: Browser, list: string, body: Partial<ExportBody> = {}) {
    const answer = await http.app.inject({
        method: 'POST',
        url: `/api/exports/${list}`,
        headers: { ...(who.cookie === undefined ? {} : { cookie: who.cookie }), [COMMAND_ID_HEADER]: services.clock.newId() },
        payload: { columns: ['name'], language: 'zh-CN', ...body },
    });
    const lines = answer.body.split('\n').filter((line) => line !== '');
    return {
        status: answer.statusCode,
        headers: answer.headers,
        lines,
        code: answer.statusCode === 200 ? '' : answer.json().code,
    };
}

const entries = () =>
    services.db.read({ readOrgs: [organisation.id] }, async (db) =>
        (
            await db
                .selectFrom('ledger.entry as e')
                .innerJoin('ledger.body as b', (join) => join.onRef('b.org_id', '=', 'e.org_id').onRef('b.idx', '=', 'e.idx'))
                .select('b.body')
                .where('e.kind', '=', 'list.exported')
                .orderBy('e.idx')
                .execute()
        ).map((each) => JSON.parse(Buffer.from(each.body).toString()) as object),
    );

describe('an export', () => {
    it('holds everything that the filter matches, once, and is an entry with filter and count', async () => {
        const { status, lines, headers } = await exported(officer, 'party.list', { query: { kind: 'soleTrader' } });
        expect(status).toBe(200);
        const names = lines.map((line) => (JSON.parse(line) as { name: string }).name);
        expect(new Set(names).size).toBe(PARTIES);
        expect(names.length).toBe(PARTIES);
        expect(headers['liuhen-count']).toBe(String(PARTIES));
        expect(await entries()).toEqual([
            { list: 'party.list', filter: { kind: 'soleTrader' }, columns: ['name'], language: 'zh-CN', count: PARTIES },
        ]);
        // Nothing of it stays on the disk.
        expect(await readdir(join(services.config.dataFolder, 'exports'))).toEqual([]);
    });

    it('gives nobody a row that their list does not show', async () => {
        expect((await exported(stranger, 'party.list')).lines).toEqual([]);
        expect(await exported(http.browser(), 'party.list')).toMatchObject({ status: 401, code: 'access.signInFirst' });
        const nobody = await signedIn(organisation, { kind: 'staff', roles: [] });
        expect(await exported(nobody, 'party.list')).toMatchObject({ status: 403, code: 'access.denied' });
    });

    it('of acts leaves out what a mark of secrecy hides from the reader', async () => {
        const { body } = await officer.call('act.create', {
            body: {
                scenario: 'doubleRandomInspection',
                place: '不该外传的地点',
                startsAt: services.clock.now() - 3_600_000,
                endsAt: services.clock.now() - 3_000_000,
                participants: [{ personId: (officer as Browser & { id: Id }).id, part: 'officer' }],
            },
        });
        const { version } = (await officer.call('act.get', { params: { id: body.id } })).body;
        await officer.call('act.markSecrecy', { params: { id: body.id }, body: { secrecy: 'work', version } });
        expect((await exported(officer, 'act.list')).lines.join()).toContain('不该外传的地点');
        const colleague = await signedIn(organisation, { roles: ['officer'] });
        const { lines } = await exported(colleague, 'act.list');
        expect(lines.length).toBe(1);
        expect(lines.join()).not.toContain('不该外传的地点');
    });

    it('of the rows of an import, of the log and of what happened about a party is whole, too', async () => {
        const content = Buffer.from(`名称,类别\n${Array.from({ length: 450 }, (_, at) => `户 ${at},个人`).join('\n')}`).toString(
            'base64',
        );
        const { body } = await officer.call('party.previewImport', { body: { fileName: '名单.csv', content } });
        const rows = await exported(officer, 'party.importRows', { query: { importId: body.id } });
        expect(rows.lines.map((line) => (JSON.parse(line) as { line: number }).line)).toEqual(
            Array.from({ length: 450 }, (_, at) => at + 2),
        );
        const others = await exported(stranger, 'party.importRows', { query: { importId: body.id } });
        expect(others).toMatchObject({ status: 404, code: 'party.importNotFound' });

        const { total } = (await officer.call('ledger.list', { query: { limit: 1 } })).body;
        const log = await exported(officer, 'ledger.list');
        expect(log.lines.length).toBe(total);
        expect(total).toBeGreaterThan(PARTIES);

        const party = (await officer.call('party.list', { query: { kind: 'organisation' } })).body.items[0];
        const id = party?.id ?? '';
        await officer.call('party.rename', {
            params: { id },
            body: { name: '示范店（新）', fromDay: dayOf(services.clock.now()), reason: '换证', version: party?.version ?? 0 },
        });
        const happened = await exported(officer, 'party.timeline', { query: { partyId: id } });
        expect(happened.lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(['name']);
    });

    it('of something that is no list, or by a filter that is none, is refused and leaves no entry', async () => {
        const before = (await entries()).length;
        expect(await exported(officer, 'act.get')).toMatchObject({ status: 404, code: 'request.notFound' });
        expect(await exported(officer, 'party.list', { query: { kind: 'nonsense' } })).toMatchObject({ code: 'request.invalid' });
        expect((await entries()).length).toBe(before);
    });
});

it('every list that can be exported answers page by page, to a role that there is', () => {
    for (const list of EXPORTABLE) {
        const { kind, response, permission } = endpoints[list];
        expect([list, kind]).toEqual([list, 'query']);
        expect(Object.keys((response as z.ZodObject).shape), list).toEqual(expect.arrayContaining(['items', 'next']));
        expect(
            permission === 'signedIn' || ROLES.some((role) => permissionsOf([role]).some((each) => each === permission)),
            list,
        ).toBe(true);
    }
});
