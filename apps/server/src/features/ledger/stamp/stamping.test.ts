import { DAY, dayOf, HOUR, type Id } from '@liuhen/domain';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificatesIn, tokenOfResponse } from '../../../platform/time-stamp/read-token.ts';
import { timeStampRequest } from '../../../platform/time-stamp/time-stamp-request.ts';
import type { TimeStamper } from '../../../platform/time-stamp/time-stamper.ts';
import { verifyToken } from '../../../platform/time-stamp/verify-token.ts';
import { type BuiltOrganisation, buildOrganisation, buildPerson } from '../../../testing/builders.ts';
import { type Browser, type TestHttp, testHttp } from '../../../testing/http.ts';
import { type TestServices, testServices } from '../../../testing/services.ts';
import { timeStampAuthority } from '../../../testing/time-stamp-authority.ts';
import { verifyWholeLog } from '../../../testing/verify-log.ts';
import { checkpointerOf } from '../checkpoint/start-checkpoints.ts';
import { ledgerHandlers } from '../ledger.routes.ts';
import { verifyLedger } from '../verify-ledger.ts';
import { stampLog } from './stamping.ts';

let services: TestServices;
let http: TestHttp;
let authority: Awaited<ReturnType<typeof timeStampAuthority>>;
let unit: BuiltOrganisation;
let officer: Browser;

beforeAll(async () => {
    authority = await timeStampAuthority();
    services = await testServices({
        timeStampAuthority: { url: 'http://127.0.0.1:9/', rootsFile: `${authority.path}/root.pem` },
    });
    http = await testHttp(services, { handlers: ledgerHandlers(services) });
    unit = await buildOrganisation(services, { code: '310115', name: '浦东新区监督所' });
    await checkpointerOf(services).sign(unit.id);
    services.clock.advance(DAY);
    officer = await reader(http);
}, 60_000);
afterAll(async () => {
    expect(await verifyWholeLog(services.database.superUrl)).toMatchObject({ findings: [], rows: [] });
    await http.app.close();
    await services.close();
    await authority.remove();
});

/** The authority of the test, without a network; its clock is today's and not that of the test. */
const stamper = async (): Promise<TimeStamper> => ({
    async stamp(message) {
        const { bytes, nonce } = timeStampRequest(message);
        const token = tokenOfResponse(await authority.reply(bytes));
        return { token, says: await verifyToken(token, { message, nonce, anchors: certificatesIn(await authority.rootPem()) }) };
    },
});
async function reader(of: TestHttp): Promise<Browser> {
    const browser = of.browser();
    await browser.signIn((await buildPerson(services, unit, { kind: 'staff', roles: ['instituteHead'] })).login);
    return browser;
}
const sheets = async () => (await officer.call('ledger.sheets')).body;
const stamp = (by: () => Promise<TimeStamper> = stamper) => stampLog(services, by, unit.id);
const kept = async (orgId: Id = unit.id) =>
    services.db.read({ readOrgs: [orgId] }, (db) => db.selectFrom('ledger.time_stamp').select(['hash', 'size']).execute());

describe('time-stamps of checkpoints', () => {
    it('are missing plainly while an authority does not answer, and the reason is said', async () => {
        const { stamperOf } = await import('./stamping.ts');
        await stamp(() => stamperOf(services));
        const { items, stamps } = await sheets();
        expect(stamps).toMatchObject({ stamping: true, trouble: { code: 'timeStamp.unavailable' } });
        expect(items.flatMap(({ heads }) => heads.map((each) => each.stamp))).toEqual([null, null]);
        expect(await kept()).toEqual([]);
    });

    it('are asked for about the last checkpoint of each day that is over, once, and are shown', async () => {
        await stamp();
        await stamp();
        const [yesterday] = (await sheets()).items.filter((each) => each.over);
        expect(await kept()).toEqual(yesterday?.heads.map(({ head, size }) => ({ hash: head, size: Number(size) })));
        const { items: notes } = (await officer.call('ledger.checkpoints')).body;
        for (const { head, size, stamp: shown } of yesterday?.heads ?? []) {
            expect(shown).toMatchObject({ authority: 'tsa of a test', accuracyMs: 1_000 });
            const note = notes.find((each) => each.head === head && each.size === size)?.note ?? '';
            const token = new Uint8Array(Buffer.from(shown?.token ?? '', 'base64'));
            expect(await authority.opensslAccepts(token, Buffer.from(note))).toBe(true);
        }
        expect((await sheets()).stamps).toEqual({ stamping: true, trouble: null });
    });

    it('are asked for every hour where that is set', async () => {
        const before = (await kept()).length;
        await checkpointerOf(services).sign(unit.id);
        await stamp();
        expect(await kept()).toHaveLength(before);
        const hourly = { ...services, config: { ...services.config, stampEvery: 'hour' as const } };
        services.clock.advance(HOUR);
        await stampLog(hourly, stamper, unit.id);
        await stampLog(hourly, stamper, unit.id);
        expect(await kept()).toHaveLength(before + 2);
        // Nobody is signed in for an hour without doing anything.
        officer = await reader(http);
        const [today] = (await sheets()).items;
        expect([today?.day, today?.heads.map((each) => each.stamp === null)]).toEqual([
            dayOf(services.clock.now()),
            [false, false],
        ]);
    });

    it('say that nobody is asked where none is set up', async () => {
        const without = { ...services, config: { ...services.config, timeStampAuthority: undefined } };
        const other = await testHttp(without, { handlers: ledgerHandlers(without) });
        const browser = await reader(other);
        expect((await browser.call('ledger.sheets')).body.stamps).toEqual({ stamping: false, trouble: null });
        await other.app.close();
    });
});

describe('verification of the log', () => {
    const findings = async (anchors?: ReturnType<typeof certificatesIn>) => {
        const pool = new pg.Pool({ connectionString: services.database.superUrl, max: 1 });
        try {
            return (await verifyLedger({ pool, anchors })).findings.map((each) => each.code);
        } finally {
            await pool.end();
        }
    };
    /** What only the owner of the database can do. */
    async function change(to: string, values: unknown[] = []): Promise<void> {
        const client = new pg.Client({ connectionString: services.database.superUrl });
        await client.connect();
        try {
            await client.query('set session_replication_role = replica');
            await client.query(
                `update ledger.time_stamp set ${to} where hash = 'sha256' and size = (select min(size) from ledger.time_stamp)`,
                values,
            );
        } finally {
            await client.end();
        }
    }

    it('checks each token against its checkpoint and the authorities that are believed', async () => {
        const anchors = certificatesIn(await authority.rootPem());
        expect(await findings(anchors)).toEqual([]);
        await authority.root('stranger');
        const { readFile } = await import('node:fs/promises');
        const strangers = certificatesIn(await readFile(`${authority.path}/stranger.pem`, 'utf8'));
        expect(new Set(await findings(strangers))).toEqual(new Set(['log.timeStampNotTrusted']));
        const [{ token, size } = { token: Buffer.alloc(0), size: 0 }] = await services.db.read({ readOrgs: [unit.id] }, (db) =>
            db.selectFrom('ledger.time_stamp').select(['token', 'size']).where('hash', '=', 'sha256').orderBy('size').execute(),
        );
        expect(size).toBeGreaterThan(0);
        const other = await (await stamper()).stamp(new TextEncoder().encode('other'));
        await authority.certificate('two', { extensions: 'extendedKeyUsage=critical,timeStamping,codeSigning\n' });
        await authority.certificate('old', { extensions: 'extendedKeyUsage=critical,timeStamping\n', until: '20210101000000Z' });
        const changes: [string, Uint8Array][] = [
            ['log.timeStampOther', other.token],
            ['log.timeStampBroken', Buffer.concat([token.subarray(0, -1), Buffer.from([(token.at(-1) ?? 0) ^ 1])])],
            ['log.timeStampPurpose', await authority.signedBy(token, 'two')],
            ['log.timeStampValidity', await authority.signedBy(token, 'old')],
        ];
        for (const [code, changed] of changes) {
            await change('token = $1', [Buffer.from(changed)]);
            expect(await findings(anchors), code).toEqual([code]);
        }
        await change('token = $1', [Buffer.from(token)]);
        await change('time = time + 1');
        expect(await findings()).toEqual(['log.timeStampOther']);
        await change('time = time - 1');
        expect(await findings(anchors)).toEqual([]);
    }, 60_000);
});
