import { DUTY_OF, ROLES } from '@liuhen/domain';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { insertRow } from '../../platform/command/row-writer.ts';
import {
    type BuiltOrganisation,
    buildDepartment,
    buildOrganisation,
    buildPerson,
    TEST_PASSWORD,
} from '../../testing/builders.ts';
import { type Browser, type TestHttp, testHttp } from '../../testing/http.ts';
import { type TestServices, testServices } from '../../testing/services.ts';
import { verifyWholeLog } from '../../testing/verify-log.ts';

let services: TestServices;
let http: TestHttp;
let organisation: BuiltOrganisation;
let system: Browser;
let security: Browser;

beforeAll(async () => {
    services = await testServices();
    http = await testHttp(services);
});
beforeEach(async () => {
    organisation = await buildOrganisation(services);
    system = await signedIn(organisation.systemAdmin.login);
    security = await signedIn(organisation.securityAdmin.login);
});
afterEach(async () => {
    expect(await verifyWholeLog(services.database.superUrl)).toMatchObject({ findings: [], rows: [] });
});
afterAll(() => services.close());

async function signedIn(login: string, password = TEST_PASSWORD): Promise<Browser> {
    const browser = http.browser();
    expect((await browser.signIn(login, password)).status).toBe(200);
    return browser;
}

const kinds = async (): Promise<string[]> => {
    const rows = await services.db.read({ readOrgs: [organisation.id] }, (db) =>
        db.selectFrom('ledger.entry').select('kind').where('org_id', '=', organisation.id).orderBy('idx').execute(),
    );
    return rows.map((row) => row.kind);
};

const officer = (certificateNumber: string, name = '李四') => ({ name, kind: 'officer', certificateNumber });

describe('persons', () => {
    it('are created and changed with a certificate of their own', async () => {
        const created = await system.call('person.create', { body: officer('sh-0001', '张三') });
        expect(created.status).toBe(200);
        const { id } = created.body;
        expect(await system.call('person.create', { body: officer('SH-0001') })).toMatchObject({
            status: 409,
            code: 'person.certificateTaken',
            params: { number: 'SH-0001', name: '张三' },
        });
        expect((await system.call('person.create', { body: { name: '王五', kind: 'officer' } })).code).toBe(
            'person.certificateMissing',
        );
        const change = (body: object) => system.call('person.update', { params: { id }, body });
        expect((await change({ ...officer('SH-0002', '张三丰'), version: 1 })).body).toEqual({ version: 2 });
        expect((await change({ ...officer('SH-0003'), version: 1 })).code).toBe('conflict.changedMeanwhile');
        expect((await change({ name: '张', kind: 'officer', version: 2 })).code).toBe('person.certificateMissing');
        expect((await system.call('person.get', { params: { id } })).body).toMatchObject({
            name: '张三丰',
            certificateNumber: 'SH-0002',
            account: null,
            version: 2,
        });
    });

    it('created at the same moment with one certificate: one is told who has it', async () => {
        const both = await Promise.all(
            ['甲', '乙'].map((name) => system.call('person.create', { body: officer('SH-0009', name) })),
        );
        expect(both.map((each) => each.status).sort()).toEqual([200, 409]);
        const refused = both.find((each) => each.status === 409);
        expect(refused).toMatchObject({ code: 'person.certificateTaken', params: { name: expect.stringMatching(/[甲乙]/) } });
    });

    it('are found in pinyin order, page by page, by name, certificate, initials and login', async () => {
        const department = await buildDepartment(services, organisation, '监督一科');
        const names = ['周敏', '赵敏', '安丽', '李强'];
        for (const name of names) await buildPerson(services, organisation, { name, departmentId: department.id });
        const list = (query: Record<string, string | number>) => system.call('person.list', { query });
        const all = (await list({})).body;
        expect(all.total).toBe(7);
        expect(all.items.map((each) => each.name)).toEqual(['安丽', '李强', '钱安全', '孙系统', '吴审计', '赵敏', '周敏']);
        const paged: string[] = [];
        for (let cursor: string | null = ''; cursor !== null; ) {
            const page: Awaited<ReturnType<typeof list>>['body'] = (
                await list({ limit: 2, ...(cursor === '' ? {} : { cursor }) })
            ).body;
            expect(page.total).toBe(7);
            paged.push(...page.items.map((each) => each.name));
            cursor = page.next;
        }
        expect(paged).toEqual(all.items.map((each) => each.name));
        const found = async (query: Record<string, string>) => (await list(query)).body.items.map((each) => each.name);
        expect(await found({ q: '敏' })).toEqual(['赵敏', '周敏']);
        expect(await found({ q: 'zm' })).toEqual(['赵敏', '周敏']);
        expect(await found({ q: 'systemadmin.' })).toEqual(['孙系统']);
        expect(await found({ q: '%' })).toEqual([]);
        expect(await found({ q: 'a\0b' })).toEqual([]);
        expect(await found({ kind: 'officer', departmentId: department.id })).toHaveLength(4);
        expect(await found({ role: 'auditAdmin' })).toEqual(['吴审计']);
        expect((await list({ cursor: 'bm9uc2Vuc2U' })).code).toBe('request.invalid');
        // An address with its end cut off.
        const cut = all.items[0]?.id.slice(0, 20) ?? '';
        expect((await system.call('person.get', { params: { id: cut } })).code).toBe('request.notFound');
    });

    it('of other organisations do not exist', async () => {
        const other = await buildOrganisation(services);
        const person = await buildPerson(services, other);
        expect((await system.call('person.get', { params: { id: person.id } })).code).toBe('person.notFound');
        expect((await system.call('account.resetPassword', { params: { id: person.id } })).code).toBe('person.notFound');
        expect((await security.call('role.grant', { params: { id: person.id }, body: { role: 'inspector' } })).code).toBe(
            'person.notFound',
        );
    });

    it('belong to departments of their organisation, and the tree counts its own people only', async () => {
        const made = await system.call('department.create', { body: { name: '监督一科' } });
        expect((await system.call('department.create', { body: { name: '监督一科' } })).code).toBe('department.nameTaken');
        const other = await buildOrganisation(services);
        const foreign = await buildDepartment(services, other, '监督一科');
        const person = (departmentId: string) =>
            system.call('person.create', { body: { ...officer('SH-1'.padEnd(7, '0')), departmentId } });
        expect((await person(foreign.id)).code).toBe('department.notFound');
        expect((await person(made.body.id)).status).toBe(200);
        const { organisations } = (await system.call('organisation.tree')).body;
        expect(organisations.find((each) => each.id === organisation.id)).toMatchObject({
            own: true,
            people: 4,
            departments: [{ name: '监督一科', people: 1 }],
        });
        expect(organisations.find((each) => each.id === other.id)).toMatchObject({ own: false, people: 0, departments: [] });
    });
});

describe('accounts', () => {
    it('begin with a password that is shown once and must be changed', async () => {
        const { id } = (await system.call('person.create', { body: officer('SH-2001') })).body;
        const request = { params: { id }, body: { login: 'li.si.2001' }, commandId: services.clock.newId() };
        const { firstPassword } = (await system.call('account.create', request)).body;
        expect(firstPassword).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
        expect((await system.call('account.create', request)).code).toBe('request.commandIdReused');
        expect((await system.call('account.create', { params: { id }, body: { login: 'other.name' } })).code).toBe(
            'account.exists',
        );
        const other = (await system.call('person.create', { body: officer('SH-2002') })).body;
        expect(await system.call('account.create', { params: { id: other.id }, body: { login: 'LI.SI.2001' } })).toMatchObject({
            code: 'account.loginTaken',
            params: { login: 'li.si.2001' },
        });
        const browser = await signedIn('li.si.2001', firstPassword);
        expect((await browser.call('session.get')).body.mustChangePassword).toBe(true);
    });

    it('get a new first password that ends all sessions, but never by their owner', async () => {
        const person = await buildPerson(services, organisation);
        const browser = await signedIn(person.login);
        const reset = (id: string) => system.call('account.resetPassword', { params: { id } });
        const { firstPassword } = (await reset(person.id)).body;
        expect((await browser.call('session.get')).code).toBe('access.signInFirst');
        expect((await http.browser().signIn(person.login)).code).toBe('session.wrongCredentials');
        await signedIn(person.login, firstPassword);
        expect((await reset(organisation.systemAdmin.id)).code).toBe('person.self');
        expect((await system.call('account.resetSecondFactor', { params: { id: organisation.systemAdmin.id } })).code).toBe(
            'person.self',
        );
        const { id } = (await system.call('person.create', { body: officer('SH-2003') })).body;
        expect((await reset(id)).code).toBe('account.none');
    });
});

describe('leaving', () => {
    const leave = (id: string, by = system) => by.call('person.leave', { params: { id }, body: { reason: '调离' } });

    it('ends roles, account and sessions in one moment', async () => {
        const person = await buildPerson(services, organisation, { roles: ['officer', 'inspector'] });
        const browser = await signedIn(person.login);
        expect((await leave(person.id)).status).toBe(200);
        expect((await browser.call('session.get')).code).toBe('access.signInFirst');
        expect((await http.browser().signIn(person.login)).code).toBe('session.wrongCredentials');
        expect((await kinds()).slice(-4)).toEqual(['person.left', 'role.ended', 'role.ended', 'session.ended']);
        expect((await system.call('person.get', { params: { id: person.id } })).body).toMatchObject({
            leftAt: services.clock.now(),
            roles: [],
            account: null,
            login: null,
        });
        expect((await leave(person.id)).code).toBe('person.hasLeft');
        const role = { params: { id: person.id }, body: { role: 'officer' } };
        expect((await security.call('role.grant', role)).code).toBe('person.hasLeft');
        expect((await system.call('account.create', { params: { id: person.id }, body: { login: 'again' } })).code).toBe(
            'person.hasLeft',
        );
        const listed = async (left: string) => (await system.call('person.list', { query: { left, q: person.name } })).body.total;
        expect([await listed('no'), await listed('yes'), await listed('all')]).toEqual([0, 1, 1]);
    });

    it('is refused to oneself, and while recorders are held, with their numbers', async () => {
        expect((await leave(organisation.systemAdmin.id)).code).toBe('person.self');
        const person = await buildPerson(services, organisation);
        await runCommand(services.commands, organisation.as(organisation.systemAdmin), 'device.create', async (tx) => {
            const [id, issue] = [tx.newId(), tx.newId()];
            const device = { id, kind: 'recorder', number: 'R-0173', state: 'inService', search_text: 'r-0173' } as const;
            await insertRow(tx, 'device', device);
            await insertRow(tx, 'device_issue', { id: issue, device_id: id, person_id: person.id, issued_at: tx.now });
            return { result: null, events: [{ kind: 'device.issued', creates: [id], objects: [person.id], body: {} }] };
        });
        expect(await leave(person.id)).toMatchObject({ code: 'person.holdsDevices', params: { numbers: 'R-0173' } });
    });

    it('never takes the last administrator, also when two go at the same moment', async () => {
        expect((await leave(organisation.auditAdmin.id)).code).toBe('role.lastAdministrator');
        const spare = await buildPerson(services, organisation, { kind: 'staff', roles: ['auditAdmin'] });
        const both = await Promise.all([leave(organisation.auditAdmin.id), leave(spare.id)]);
        expect(both.map((each) => each.code ?? 'left').sort()).toEqual(['left', 'role.lastAdministrator']);
    });
});

describe('roles', () => {
    const grant = (id: string, role: string) => security.call('role.grant', { params: { id }, body: { role } });

    it('are granted and ended by the security administrator, never to oneself', async () => {
        const person = await buildPerson(services, organisation, { kind: 'staff', roles: [] });
        const granted = await grant(person.id, 'inspector');
        expect(granted.status).toBe(200);
        expect((await grant(person.id, 'inspector')).code).toBe('role.held');
        expect((await grant(person.id, 'officer')).code).toBe('role.needsCertificate');
        expect((await grant(organisation.securityAdmin.id, 'securityAdmin')).code).toBe('person.self');
        expect((await system.call('role.grant', { params: { id: person.id }, body: { role: 'archivist' } })).code).toBe(
            'access.denied',
        );
        expect((await security.call('role.end', { params: { id: granted.body.id } })).status).toBe(200);
        expect((await security.call('role.end', { params: { id: granted.body.id } })).code).toBe('role.notFound');
        const { roleHistory } = (await security.call('person.get', { params: { id: person.id } })).body;
        expect(roleHistory).toMatchObject([{ role: 'inspector', grantedBy: '钱安全', until: services.clock.now() }]);
    });

    it('of different duties exclude each other, also when granted at the same moment', async () => {
        for (const held of ['systemAdmin', 'inspector'] as const) {
            const person = await buildPerson(services, organisation, { roles: [held] });
            for (const role of ROLES.filter((each) => DUTY_OF[each] !== DUTY_OF[held]))
                expect((await grant(person.id, role)).code, `${held} ${role}`).toBe('role.dutiesExclude');
        }
        const person = await buildPerson(services, organisation, { kind: 'staff', roles: [] });
        const both = await Promise.all([grant(person.id, 'auditAdmin'), grant(person.id, 'systemAdmin')]);
        expect(both.map((each) => each.code ?? 'granted').sort()).toEqual(['granted', 'role.dutiesExclude']);
    });

    it('cannot be mixed in the database either', async () => {
        const client = new pg.Client({ connectionString: services.database.superUrl });
        await client.connect();
        try {
            const insert = (role: string, duty: string) =>
                client.query(
                    `insert into liuhen.role_grant (id, org_id, version, command_id, person_id, role, duty, granted_by, valid_from)
                     select gen_random_uuid(), org_id, 1, command_id, person_id, $2, $3, granted_by, valid_from
                     from liuhen.role_grant where person_id = $1 limit 1`,
                    [organisation.auditAdmin.id, role, duty],
                );
            await expect(insert('systemAdmin', 'system')).rejects.toMatchObject({
                code: '23P01',
                constraint: 'one_duty_per_person',
            });
            await expect(insert('officer', 'content')).rejects.toMatchObject({ constraint: 'one_duty_per_person' });
            await expect(insert('officer', 'audit')).rejects.toMatchObject({ constraint: 'role_has_its_duty' });
            await expect(insert('auditAdmin', 'audit')).rejects.toMatchObject({ constraint: 'role_once' });
        } finally {
            await client.end();
        }
    });
});
