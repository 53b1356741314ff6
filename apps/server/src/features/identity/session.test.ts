import { HOUR, MINUTE, SYSTEM_ID } from '@liuhen/domain';
import { TOTP } from 'otpauth';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BuiltOrganisation, buildOrganisation, buildPerson, TEST_PASSWORD } from '../../testing/builders.ts';
import { type Browser, type TestHttp, testHttp } from '../../testing/http.ts';
import { type TestServices, testServices } from '../../testing/services.ts';
import { verifyWholeLog } from '../../testing/verify-log.ts';
import { createPasswordHashing } from './password-hashing.ts';

let services: TestServices;
let http: TestHttp;
let organisation: BuiltOrganisation;

beforeAll(async () => {
    services = await testServices();
});
beforeEach(async () => {
    // Also a new memory of unknown logins.
    http = await testHttp(services);
    organisation = await buildOrganisation(services);
});
afterEach(async () => {
    await http.sessions.close();
    expect(await verifyWholeLog(services.database.superUrl)).toMatchObject({ findings: [], rows: [] });
});
afterAll(() => services.close());

const signedIn = async (login: string, password = TEST_PASSWORD): Promise<Browser> => {
    const browser = http.browser();
    expect((await browser.signIn(login, password)).body).toEqual({ state: 'signedIn' });
    return browser;
};

const entries = async (orgId = organisation.id) => {
    const rows = await services.db.read({ readOrgs: [orgId] }, (db) =>
        db
            .selectFrom('ledger.entry as e')
            .innerJoin('ledger.body as b', (join) => join.onRef('b.org_id', '=', 'e.org_id').onRef('b.idx', '=', 'e.idx'))
            .select(['e.kind', 'b.body', 'e.actor'])
            .where('e.org_id', '=', orgId)
            .orderBy('e.idx')
            .execute(),
    );
    return rows.map(({ kind, body, actor }) => ({ kind, actor, text: Buffer.from(body).toString() }));
};
const kinds = async (...wanted: string[]) => (await entries()).map((each) => each.kind).filter((kind) => wanted.includes(kind));

describe('a session', () => {
    it('opens with a new token each time, in a cookie that scripts and other sites do not get', async () => {
        const { login } = await buildPerson(services, organisation);
        const browser = http.browser();
        const first = await browser.signIn(login.toUpperCase());
        expect(first.cookie).toMatch(/^liuhen_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
        const before = browser.cookie;
        await browser.signIn(login);
        expect(browser.cookie).not.toBe(before);
        expect(await kinds('session.opened', 'session.ended')).toEqual(['session.opened', 'session.opened', 'session.ended']);
        const old = http.browser();
        old.cookie = before;
        expect((await old.call('session.get')).code).toBe('access.signInFirst');
    });

    it('is stored without its token', async () => {
        const browser = await signedIn((await buildPerson(services, organisation)).login);
        const token = browser.cookie?.split('=')[1] ?? '';
        const client = new pg.Client({ connectionString: services.database.superUrl });
        await client.connect();
        try {
            const { rows } = await client.query('select s::text as row from liuhen.session s');
            expect(rows.length).toBeGreaterThan(0);
            expect(rows.map((row) => row.row).join()).not.toContain(token);
            expect((await entries()).map((each) => each.text).join()).not.toContain(token);
        } finally {
            await client.end();
        }
    });

    it('says who is signed in, with the roles of this moment', async () => {
        const person = await buildPerson(services, organisation, { name: '李 四' });
        const browser = await signedIn(person.login);
        expect((await browser.call('session.get')).body).toMatchObject({
            person: { id: person.id, name: '李 四', certificateNumber: person.certificateNumber },
            organisation: { id: organisation.id, name: organisation.name, kind: 'districtInstitute' },
            roles: ['officer'],
            mustChangePassword: false,
            secondFactor: false,
            demo: false,
        });
        const admin = await signedIn(organisation.securityAdmin.login);
        const role = (await admin.call('person.get', { params: { id: person.id } })).body.roleHistory[0]?.id ?? '';
        expect((await admin.call('role.end', { params: { id: role } })).status).toBe(200);
        expect((await browser.call('session.get')).body).toMatchObject({ roles: [], permissions: [] });
        expect((await browser.call('person.list')).code).toBe('access.denied');
    });

    it('ends at sign-out', async () => {
        const browser = await signedIn((await buildPerson(services, organisation)).login);
        const { cookie } = browser;
        const answer = await browser.call('session.close');
        expect([answer.status, answer.cookie]).toEqual([200, 'liuhen_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0']);
        browser.cookie = cookie;
        expect((await browser.call('session.get')).code).toBe('access.signInFirst');
        expect(await kinds('session.ended')).toEqual(['session.ended']);
    });

    it('ends when idle, and at its absolute limit however busy', async () => {
        const { login } = await buildPerson(services, organisation);
        const { sessionIdleMs, sessionAbsoluteMs } = services.config;
        // Those of the tests before.
        services.clock.advance(sessionAbsoluteMs);
        await http.sessions.endExpired();
        const idle = await signedIn(login);
        services.clock.advance(sessionIdleMs - 1);
        expect((await idle.call('session.get')).status).toBe(200);
        services.clock.advance(sessionIdleMs);
        expect((await idle.call('session.get')).code).toBe('access.signInFirst');

        const busy = await signedIn(login);
        for (let passed = 0; passed + sessionIdleMs / 2 < sessionAbsoluteMs; passed += sessionIdleMs / 2) {
            services.clock.advance(sessionIdleMs / 2);
            expect((await busy.call('session.get')).status).toBe(200);
        }
        services.clock.advance(sessionIdleMs / 2);
        expect((await busy.call('session.get')).code).toBe('access.signInFirst');

        expect(await http.sessions.endExpired()).toBe(2);
        expect(await http.sessions.endExpired()).toBe(0);
        const ended = (await entries()).filter((each) => each.kind === 'session.ended');
        expect(ended.map((each) => each.text).sort()).toEqual(['{"because":"absolute"}', '{"because":"idle"}']);
        expect(ended.map((each) => each.actor)).toEqual([SYSTEM_ID, SYSTEM_ID]);
    });

    it('takes its name from TLS', async () => {
        const secure = await testHttp({ ...services, config: { ...services.config, https: true } });
        const browser = secure.browser();
        const { login } = await buildPerson(services, organisation);
        expect((await browser.signIn(login)).cookie).toMatch(
            /^__Host-liuhen_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
        );
        expect((await browser.call('session.get')).status).toBe(200);
    });

    it('is not lent to pages of other sites', async () => {
        const browser = await signedIn((await buildPerson(services, organisation)).login);
        const close = (headers: Record<string, string>) => browser.call('session.close', { headers });
        expect((await close({ origin: 'https://evil.example' })).code).toBe('request.foreignOrigin');
        expect((await close({ origin: 'null' })).code).toBe('request.foreignOrigin');
        expect((await close({ 'sec-fetch-site': 'cross-site' })).code).toBe('request.foreignOrigin');
        expect((await close({ 'sec-fetch-site': 'same-site' })).code).toBe('request.foreignOrigin');
        expect((await close({ origin: 'http://localhost:80', 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    });
});

describe('wrong sign-ins', () => {
    it('lock the account at the fifth for fifteen minutes, even for the right password', async () => {
        const { login } = await buildPerson(services, organisation);
        const attempt = (password?: string) => http.browser().signIn(login, password);
        for (let count = 0; count < 5; count++) expect((await attempt('wrong')).code).toBe('session.wrongCredentials');
        expect(await attempt()).toMatchObject({ status: 423, code: 'session.locked', params: { minutes: 15 } });
        for (let count = 0; count < 20; count++) await attempt('wrong');
        expect(await kinds('session.refused', 'account.locked')).toEqual([
            ...Array(5).fill('session.refused'),
            'account.locked',
            // The first attempt against the lock; the other twenty are a number.
            'session.refused',
        ]);
        await http.sessions.close();
        const summary = (await entries()).findLast((each) => each.kind === 'command.refusalsSummarised');
        expect(JSON.parse(summary?.text ?? '')).toMatchObject({ code: 'session.locked', count: 20 });
        services.clock.advance(15 * MINUTE);
        expect((await attempt()).status).toBe(200);
        expect((await entries()).filter((each) => each.text.includes('wrong"')).map((each) => each.text)).toEqual([]);
    });

    it('side by side are counted one by one', async () => {
        const { login } = await buildPerson(services, organisation);
        const answers = await Promise.all(Array.from({ length: 12 }, () => http.browser().signIn(login, 'wrong')));
        expect(answers.filter((each) => each.code === 'session.wrongCredentials')).toHaveLength(5);
        expect(answers.filter((each) => each.code === 'session.locked')).toHaveLength(7);
        expect((await http.browser().signIn(login)).code).toBe('session.locked');
    });

    it('are forgotten by a right one', async () => {
        const { login } = await buildPerson(services, organisation);
        for (let round = 0; round < 3; round++) {
            for (let count = 0; count < 4; count++) await http.browser().signIn(login, 'wrong');
            await signedIn(login);
        }
    });

    it('of unknown logins look the same, and what was typed is kept nowhere', async () => {
        const typed = 'My-Secret-Password!';
        const attempt = () => http.browser().signIn(typed, 'wrong');
        for (let count = 0; count < 5; count++) expect((await attempt()).code).toBe('session.wrongCredentials');
        expect(await attempt()).toMatchObject({ code: 'session.locked', params: { minutes: 15 } });
        expect((await http.browser().signIn('nul\0nul')).code).toBe('session.wrongCredentials');
        await http.sessions.close();
        const system = await entries(SYSTEM_ID);
        expect(system.at(-2)?.kind).toBe('session.refused');
        expect(
            system
                .map((each) => each.text)
                .join()
                .toLowerCase(),
        ).not.toContain('secret-pass');
    });

    it('take one time for logins that exist and for those that do not', async () => {
        const slow = await testHttp(services, { refusalTakes: 300 });
        const { login } = await buildPerson(services, organisation);
        for (const each of [login, 'nobody.has.this']) {
            const start = performance.now();
            expect((await slow.browser().signIn(each, 'wrong')).code).toBe('session.wrongCredentials');
            // Timers may fire a moment early.
            expect(performance.now() - start).toBeGreaterThan(295);
        }
    });

    it('can be unlocked by an administrator', async () => {
        const { id, login } = await buildPerson(services, organisation);
        for (let count = 0; count < 5; count++) await http.browser().signIn(login, 'wrong');
        const admin = await signedIn(organisation.securityAdmin.login);
        expect((await admin.call('person.get', { params: { id } })).body.account?.locked).toBe(true);
        expect((await admin.call('account.unlock', { params: { id } })).status).toBe(200);
        await signedIn(login);
    });
});

describe('passwords', () => {
    it('given by others open nothing but their change', async () => {
        const { login } = await buildPerson(services, organisation, { mustChangePassword: true });
        const browser = await signedIn(login);
        expect((await browser.call('session.get')).body.mustChangePassword).toBe(true);
        expect((await browser.call('person.list')).code).toBe('access.passwordChangeFirst');
        expect((await browser.call('session.startSecondFactor')).code).toBe('access.passwordChangeFirst');
        const change = (next: string, current = TEST_PASSWORD) =>
            browser.call('session.changePassword', { body: { current, next } });
        expect((await change(TEST_PASSWORD)).code).toBe('account.passwordReused');
        expect((await change('short')).code).toBe('account.passwordTooShort');
        expect((await change('Password2026!')).code).toBe('account.passwordCommon');
        expect((await change('Quiet-Lantern-42')).status).toBe(200);
        expect((await browser.call('person.list')).status).toBe(200);
    });

    it('once changed end the other sessions; a repeated request is answered again', async () => {
        const { login } = await buildPerson(services, organisation);
        const [browser, other] = [await signedIn(login), await signedIn(login)];
        const request = { commandId: services.clock.newId(), body: { current: TEST_PASSWORD, next: 'Quiet-Lantern-42' } };
        expect((await browser.call('session.changePassword', request)).status).toBe(200);
        expect((await browser.call('session.changePassword', request)).status).toBe(200);
        expect((await other.call('session.get')).code).toBe('access.signInFirst');
        expect((await browser.call('session.get')).status).toBe(200);
        expect((await http.browser().signIn(login)).code).toBe('session.wrongCredentials');
        await signedIn(login, 'Quiet-Lantern-42');
    });

    it('cannot be guessed through a session', async () => {
        const { login } = await buildPerson(services, organisation);
        const browser = await signedIn(login);
        const guess = () => browser.call('session.changePassword', { body: { current: 'wrong', next: 'Quiet-Lantern-42' } });
        for (let count = 0; count < 5; count++) expect((await guess()).code).toBe('session.wrongCredentials');
        expect((await browser.call('session.get')).code).toBe('access.signInFirst');
        expect((await http.browser().signIn(login)).code).toBe('session.locked');
    });

    it('are hashed again at sign-in when the cost has changed', async () => {
        const { id, login } = await buildPerson(services, organisation);
        const hashOf = () =>
            services.db.read({ readOrgs: [organisation.id] }, (db) =>
                db.selectFrom('account').select('password_hash').where('id', '=', id).executeTakeFirstOrThrow(),
            );
        const dearer = await testHttp(services, { passwords: createPasswordHashing({ memoryKib: 2048, passes: 2 }) });
        expect((await dearer.browser().signIn(login)).status).toBe(200);
        expect((await hashOf()).password_hash).toContain('$argon2id$v=19$m=2048,t=2,p=1$');
    });
});

describe('the second factor', () => {
    const codeAt = (secret: string, at: number) => new TOTP({ secret, period: 30 }).generate({ timestamp: at });

    async function withSecondFactor() {
        const person = await buildPerson(services, organisation);
        const browser = await signedIn(person.login);
        const { secret, uri, qrSvg } = (await browser.call('session.startSecondFactor')).body;
        expect(uri).toContain(`secret=${secret}`);
        expect(qrSvg).toContain('<svg');
        const code = codeAt(secret, services.clock.now());
        expect((await browser.call('session.confirmSecondFactor', { body: { code: '000000' } })).code).toBe('session.wrongCode');
        expect((await browser.call('session.confirmSecondFactor', { body: { code } })).status).toBe(200);
        return { ...person, browser, secret, code };
    }

    it('is asked for once it is on, and a code is good once', async () => {
        const { login, secret, code, browser } = await withSecondFactor();
        expect((await browser.call('session.startSecondFactor')).code).toBe('account.secondFactorAlreadyOn');
        const needed = await http.browser().signIn(login);
        expect([needed.body, needed.cookie]).toEqual([{ state: 'secondFactorNeeded' }, undefined]);
        expect((await http.browser().signIn(login, TEST_PASSWORD, code)).code).toBe('session.wrongCode');
        services.clock.advance(30_000);
        const next = codeAt(secret, services.clock.now());
        const both = await Promise.all([1, 2].map(() => http.browser().signIn(login, TEST_PASSWORD, next)));
        expect(both.map((each) => each.status).sort()).toEqual([200, 401]);
        services.clock.advance(HOUR);
        expect((await http.browser().signIn(login, TEST_PASSWORD, next)).code).toBe('session.wrongCode');
    });

    it('locks after five wrong codes', async () => {
        const { login, secret } = await withSecondFactor();
        services.clock.advance(HOUR);
        for (let count = 0; count < 5; count++)
            expect((await http.browser().signIn(login, TEST_PASSWORD, '000000')).code).toBe('session.wrongCode');
        const right = codeAt(secret, services.clock.now());
        expect((await http.browser().signIn(login, TEST_PASSWORD, right)).code).toBe('session.locked');
    });

    it('is removed by an administrator, which ends all sessions', async () => {
        const { id, login, browser } = await withSecondFactor();
        const admin = await signedIn(organisation.securityAdmin.login);
        expect((await admin.call('account.resetSecondFactor', { params: { id } })).status).toBe(200);
        expect((await browser.call('session.get')).code).toBe('access.signInFirst');
        await signedIn(login);
        expect((await (await signedIn(login)).call('session.confirmSecondFactor', { body: { code: '123456' } })).code).toBe(
            'account.secondFactorNotStarted',
        );
    });

    it('is stored sealed', async () => {
        const { id, secret } = await withSecondFactor();
        const row = await services.db.read({ readOrgs: [organisation.id] }, (db) =>
            db.selectFrom('account').select('totp_secret').where('id', '=', id).executeTakeFirstOrThrow(),
        );
        const plain = new TOTP({ secret }).secret.bytes;
        expect(Buffer.from(row.totp_secret ?? []).includes(Buffer.from(plain))).toBe(false);
        expect(Buffer.from(services.secrets.open('totp', id, row.totp_secret ?? new Uint8Array()))).toEqual(Buffer.from(plain));
    });
});
