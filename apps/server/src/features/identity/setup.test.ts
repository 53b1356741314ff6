import type { EndpointId } from '@liuhen/contract';
import { SYSTEM_ID } from '@liuhen/domain';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testHttp } from '../../testing/http.ts';
import { type TestServices, testServices } from '../../testing/services.ts';
import { verifyWholeLog } from '../../testing/verify-log.ts';

const administrator = (login: string) => ({ name: `管理员 ${login}`, login, password: `Kestrel-of-the-Bund-${login.length}` });
const request = () => ({
    organisation: { code: '310101', name: '黄浦区卫生健康委员会监督所', kind: 'districtInstitute' },
    systemAdmin: administrator('sun.system'),
    securityAdmin: administrator('qian.sec'),
    auditAdmin: administrator('wu.audit'),
});

let services: TestServices;
const open: TestServices[] = [];
beforeEach(async () => {
    services = await testServices();
    open.push(services);
});
afterEach(async () => {
    expect(await verifyWholeLog(services.database.superUrl)).toMatchObject({ findings: [], rows: [] });
});
afterAll(async () => {
    for (const each of open) await each.close();
});

const entries = async (orgId: string): Promise<string[]> => {
    const rows = await services.db.read({ readOrgs: [orgId] }, (db) =>
        db.selectFrom('ledger.entry').select('kind').where('org_id', '=', orgId).orderBy('idx').execute(),
    );
    return rows.map((row) => row.kind);
};

describe('set-up', () => {
    it('creates the organisation with three separated administrators, who can sign in', async () => {
        const { browser } = await testHttp(services);
        const visitor = browser();
        expect((await visitor.call('setup.state')).body).toEqual({
            needed: true,
            codeNeeded: false,
            demo: false,
            demoLogins: [],
        });
        const answer = await visitor.call('setup.run', { body: request() });
        expect(answer.status).toBe(200);
        expect((await visitor.call('setup.state')).body.needed).toBe(false);
        const { organisationId } = answer.body;
        expect((await entries(organisationId)).slice(0, 4)).toEqual([
            'organisation.created',
            'person.created',
            'account.created',
            'role.granted',
        ]);
        expect(await entries(SYSTEM_ID)).toEqual(['key.introduced', 'system.initialised']);
        for (const role of ['systemAdmin', 'securityAdmin', 'auditAdmin'] as const) {
            const person = browser();
            await person.signIn(request()[role].login, request()[role].password);
            expect((await person.call('session.get')).body).toMatchObject({ roles: [role], mustChangePassword: false });
        }
    });

    it('happens once, whether asked at the same moment or later; a repeat of the same request gets its answer', async () => {
        const { browser } = await testHttp(services);
        const commandId = services.clock.newId();
        const both = await Promise.all([
            browser().call('setup.run', { body: request(), commandId }),
            browser().call('setup.run', { body: { ...request(), organisation: { ...request().organisation, code: 'B-2' } } }),
        ]);
        expect(both.map((each) => each.status).sort()).toEqual([200, 409]);
        const won = both[0].status === 200;
        expect(both.find((each) => each.status === 409)?.code).toBe('setup.alreadyDone');
        const again = await browser().call('setup.run', { body: request(), commandId });
        if (won) expect(again).toMatchObject({ status: 200, body: both[0].body });
        else expect(again.code).toBe('setup.alreadyDone');
        expect((await browser().call('setup.run', { body: request() })).code).toBe('setup.alreadyDone');
        expect(await entries(SYSTEM_ID)).toEqual(['key.introduced', 'system.initialised', 'command.refused']);
    });

    it('refuses equal logins and weak passwords before anything is written', async () => {
        const { browser } = await testHttp(services);
        const run = (body: unknown) => browser().call('setup.run', { body });
        const whole = request();
        expect((await run({ ...whole, auditAdmin: whole.systemAdmin })).code).toBe('setup.sameLogin');
        expect((await run({ ...whole, auditAdmin: { ...whole.auditAdmin, password: 'short' } })).code).toBe(
            'account.passwordTooShort',
        );
        expect((await run({ ...whole, auditAdmin: { ...whole.auditAdmin, password: 'x-Wu.Audit-2026!' } })).code).toBe(
            'account.passwordContainsLogin',
        );
        expect((await browser().call('setup.state')).body.needed).toBe(true);
    });
});

describe('a server that others can reach', () => {
    it('asks for the code of its console', async () => {
        const reachable = { ...services, config: { ...services.config, setupCodeNeeded: true } };
        let shown = '';
        const { browser } = await testHttp(reachable, { onSetupCode: (code) => (shown = code) });
        await expect.poll(() => shown).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
        expect((await browser().call('setup.state')).body.codeNeeded).toBe(true);
        expect((await browser().call('setup.run', { body: request() })).code).toBe('setup.wrongCode');
        expect((await browser().call('setup.run', { body: { ...request(), setupCode: 'aaaa-aaaa' } })).code).toBe(
            'setup.wrongCode',
        );
        const right = await browser().call('setup.run', { body: { ...request(), setupCode: ` ${shown.toUpperCase()} ` } });
        expect(right.status).toBe(200);
    });

    it('shows demo logins in demo mode only', async () => {
        const demoLogins = () => [{ login: 'zhao', name: '赵', roles: ['officer' as const], organisation: '演示' }];
        const state = async (demo: boolean) => {
            const { browser } = await testHttp({ ...services, config: { ...services.config, demo } }, { demoLogins });
            return (await browser().call('setup.state' satisfies EndpointId)).body;
        };
        expect(await state(false)).toMatchObject({ demo: false, demoLogins: [] });
        expect(await state(true)).toMatchObject({ demo: true, demoLogins: [{ login: 'zhao' }] });
    });
});
