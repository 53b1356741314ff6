import { type EndpointId, endpoints } from '@liuhen/contract';
import { permissionsOf, ROLES } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltOrganisation, buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { type Browser, type TestHttp, testHttp } from '../../testing/http.ts';
import { type TestServices, testServices } from '../../testing/services.ts';
import { verifyWholeLog } from '../../testing/verify-log.ts';

let services: TestServices;
let http: TestHttp;
let organisation: BuiltOrganisation;

beforeAll(async () => {
    services = await testServices();
    http = await testHttp(services);
    organisation = await buildOrganisation(services);
});
afterAll(async () => {
    expect(await verifyWholeLog(services.database.superUrl)).toMatchObject({ findings: [], rows: [] });
    await services.close();
});

const ids = Object.keys(endpoints) as EndpointId[];
const closed = ids.filter((id) => endpoints[id].permission !== 'public');
const byPermission = closed.filter((id) => endpoints[id].permission !== 'signedIn');
const call = (browser: Browser, id: EndpointId) =>
    browser.call(id, { params: { id: services.clock.newId(), index: '0', participantId: services.clock.newId() }, body: {} });

describe('every endpoint', () => {
    it('but a known few asks for a session', () => {
        expect(ids.filter((id) => endpoints[id].permission === 'public')).toEqual(['setup.state', 'setup.run', 'session.open']);
    });

    it.each(closed)('%s is shut to strangers', async (id) => {
        expect(await call(http.browser(), id)).toMatchObject({ status: 401, code: 'access.signInFirst' });
    });

    it('that asks for a permission is shut to a person without roles, and the log says who tried what', async () => {
        const { id, login } = await buildPerson(services, organisation, { kind: 'staff', roles: [] });
        const browser = http.browser();
        await browser.signIn(login);
        for (const endpoint of byPermission)
            expect(await call(browser, endpoint), endpoint).toMatchObject({ status: 403, code: 'access.denied' });
        const refused = await services.db.read({ readOrgs: [organisation.id] }, (db) =>
            db
                .selectFrom('ledger.entry as e')
                .innerJoin('ledger.body as b', (join) => join.onRef('b.org_id', '=', 'e.org_id').onRef('b.idx', '=', 'e.idx'))
                .select('b.body')
                .where('e.kind', '=', 'command.refused')
                .where('e.actor', '=', id)
                .execute(),
        );
        const tried = refused.map((each) => (JSON.parse(Buffer.from(each.body).toString()) as { command: string }).command);
        expect(tried.sort()).toEqual([...byPermission].sort());
    });

    // Every role calls every endpoint.
    it('opens to exactly the roles that have its permission', async () => {
        for (const role of ROLES) {
            const { login } = await buildPerson(services, organisation, { roles: [role] });
            const browser = http.browser();
            await browser.signIn(login);
            for (const endpoint of byPermission) {
                const permission = endpoints[endpoint].permission;
                const { code } = await call(browser, endpoint);
                expect(code === 'access.denied', `${role} ${endpoint}`).toBe(
                    !permissionsOf([role]).some((each) => each === permission),
                );
            }
        }
    }, 180_000);
});
