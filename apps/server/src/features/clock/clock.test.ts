import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY, formatVerifierKey, HOUR, type Id, MINUTE, parseCheckpoint, parseNote, SECOND } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWitnessKey, type WitnessKey } from '../../../../witness/src/witness-key.ts';
import { ClockGuard } from '../../platform/clock-guard.ts';
import { whileTrusted } from '../../platform/keep-looking.ts';
import { type BuiltOrganisation, buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { type Browser, type TestHttp, testHttp } from '../../testing/http.ts';
import { type TestServices, testServices } from '../../testing/services.ts';
import { verifyWholeLog } from '../../testing/verify-log.ts';
import { actHandlers } from '../act/act.routes.ts';
import { LogFollower } from '../compliance/follow-log.ts';
import { lastCheckpoint } from '../ledger/checkpoint/checkpoint.queries.ts';
import { keepCosignature } from '../ledger/checkpoint/handing-over.ts';
import { checkpointerOf } from '../ledger/checkpoint/start-checkpoints.ts';
import { ledgerHandlers } from '../ledger/ledger.routes.ts';
import { otherClocks } from './clock.queries.ts';
import { clockHandlers } from './clock.routes.ts';
import { ClockWatch, recallDoubt } from './clock-watch.ts';

let services: TestServices;
let http: TestHttp;
let unit: BuiltOrganisation;
let officer: Browser;
let auditor: Browser;
/** What the clock that nobody can set has counted; the other one is that of the test. */
let monotonic = 0;
let watch: ClockWatch;

beforeAll(async () => {
    services = await testServices();
    const guard = new ClockGuard(() => ({ wall: services.clock.now(), monotonic }), MINUTE);
    services = Object.assign(services, { clockGuard: guard });
    http = await testHttp(services, {
        handlers: { ...clockHandlers(services), ...ledgerHandlers(services), ...actHandlers(services) },
    });
    unit = await buildOrganisation(services, { code: '310115', name: '浦东新区监督所' });
    officer = http.browser();
    auditor = http.browser();
    await signIn();
    watch = watching();
}, 60_000);
afterAll(async () => {
    expect(await verifyWholeLog(services.database.superUrl)).toMatchObject({ findings: [], rows: [] });
    await http.app.close();
    await services.close();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** Of the keys of witnesses. */
const folders: string[] = [];

let login: string | undefined;
async function signIn(): Promise<void> {
    login ??= (await buildPerson(services, unit)).login;
    await officer.signIn(login);
    await auditor.signIn(unit.auditAdmin.login);
}
/** The clock of the database is that of this machine, and time passes here as the test says: it is handed in like the other. */
const watching = (of: TestServices = services) =>
    new ClockWatch(
        of,
        async () => [unit.id],
        async (db, orgs) => ({ ...(await otherClocks(db, orgs)), database: of.clock.now() }),
    );

/** Time passes, by every clock. */
const pass = (ms: number) => {
    services.clock.advance(ms);
    monotonic += ms;
};
const doubt = async () => (await auditor.call('serverClock.get')).body.doubt;
const verdicts = async (): Promise<number> => {
    const rows = await services.db.read({ readOrgs: [unit.id] }, (db) => db.selectFrom('finding').select('id').execute());
    return rows.length;
};

describe('the clock of the server', () => {
    it('is trusted as time passes', async () => {
        pass(2 * HOUR);
        await watch.look();
        await signIn();
        expect(await doubt()).toBeNull();
    });

    // Case 22 of the fault list.
    it.each([
        ['forward', DAY],
        ['back', -DAY],
    ])(
        'put %s by a day raises an alarm, is no reason to judge anything, and entries keep their order',
        async (_, jump) => {
            const follower = new LogFollower(services, async () => [unit.id]);
            const judging = whileTrusted(services, follower);
            await signIn();
            const me: Id = (await officer.call('session.get')).body.person.id;
            const now = services.clock.now();
            const times = { startsAt: now - 3 * HOUR, endsAt: now - 2 * HOUR };
            const act = await officer.call('act.create', {
                body: {
                    ...{ scenario: 'routineInspection', place: '世纪大道 100 号', ...times },
                    participants: [{ personId: me, part: 'officer' }],
                },
            });
            expect(act.status).toBe(200);
            await judging.look();
            const before = await verdicts();
            services.clock.advance(jump);
            await signIn();
            await judging.look();
            await watch.look();
            expect(await doubt()).toMatchObject({
                code: 'serverClock.jumped',
                params: { seconds: String(jump / 1_000) },
                since: services.clock.now(),
            });
            expect(await verdicts()).toBe(before);
            // A new start makes no clock right.
            const again = new ClockGuard(() => ({ wall: services.clock.now(), monotonic }), MINUTE);
            await recallDoubt({ ...services, clockGuard: again });
            expect(again.doubt()?.code).toBe('serverClock.jumped');
            // Put right again.
            services.clock.advance(-jump);
            expect(again.doubt()).toBeUndefined();
            await watch.look();
            await signIn();
            expect(await doubt()).toBeNull();
            // And the time that really passes is judged.
            pass(26 * HOUR);
            await judging.look();
            expect(await verdicts()).toBeGreaterThan(before);
            await judging.close();
        },
        60_000,
    );

    it('is right once somebody who may has said so, which is an entry with the reason', async () => {
        services.clock.advance(2 * MINUTE);
        await signIn();
        expect((await officer.call('serverClock.confirm', { body: { reason: '看了表' } })).code).toBe('access.denied');
        expect((await auditor.call('serverClock.confirm', { body: { reason: '与电话报时核对' } })).status).toBe(200);
        expect(await doubt()).toBeNull();
        await watch.look();
        expect(await doubt()).toBeNull();
        expect((await auditor.call('serverClock.confirm', { body: { reason: '再说一次' } })).code).toBe('serverClock.trusted');
        const { items } = (await auditor.call('ledger.list', { query: { kind: 'serverClock.confirmed' } })).body;
        expect(items).toHaveLength(1);
    });

    it('behind the last entry of a log, or away from that of the database, is not trusted either', async () => {
        const now = () => services.clock.now() - HOUR;
        const guard = () => new ClockGuard(() => ({ wall: now(), monotonic }), MINUTE);
        const late = { ...services, clock: { ...services.clock, now }, clockGuard: guard() };
        await watching(late).look();
        expect(late.clockGuard.doubt()).toMatchObject({ code: 'serverClock.behindLog', params: { seconds: '-3600' } });
        expect((await auditor.call('serverClock.confirm', { body: { reason: '测试' } })).status).toBe(200);
        // Confirmed, the same entries are no doubt again, after a new start neither; later ones are.
        const anew = { ...late, clockGuard: guard() };
        await watching(anew).look();
        expect(anew.clockGuard.doubt()).toBeUndefined();
        pass(HOUR);
        await signIn();
        const overtaken = { ...late, clock: { ...services.clock, now: () => services.clock.now() - HOUR }, clockGuard: guard() };
        await watching(overtaken).look();
        expect(overtaken.clockGuard.doubt()?.code).toBe('serverClock.behindLog');
        expect((await auditor.call('serverClock.confirm', { body: { reason: '测试' } })).status).toBe(200);
        const apart = { ...services, clockGuard: new ClockGuard(() => ({ wall: services.clock.now(), monotonic }), MINUTE) };
        await new ClockWatch(apart, async () => [unit.id]).look();
        expect(apart.clockGuard.doubt()?.code).toBe('serverClock.database');
        expect((await auditor.call('serverClock.confirm', { body: { reason: '测试' } })).status).toBe(200);
        const started = () => ({
            ...services,
            clockGuard: new ClockGuard(() => ({ wall: services.clock.now(), monotonic }), MINUTE),
        });
        const after = started();
        await new ClockWatch(after, async () => [unit.id]).look();
        expect(after.clockGuard.doubt()).toBeUndefined();
        // Another difference is another doubt.
        pass(HOUR);
        await signIn();
        const further = started();
        await new ClockWatch(further, async () => [unit.id]).look();
        expect(further.clockGuard.doubt()?.code).toBe('serverClock.database');
        expect((await auditor.call('serverClock.confirm', { body: { reason: '测试' } })).status).toBe(200);
    });

    it('away from those of the witnesses is not trusted, by any of them that still agrees it is', async () => {
        const guarded = { ...services, clockGuard: new ClockGuard(() => ({ wall: services.clock.now(), monotonic }), MINUTE) };
        const looking = watching(guarded);
        const witness = async (name: string) => {
            const folder = await mkdtemp(join(tmpdir(), 'liuhen-clock-witness-'));
            folders.push(folder);
            return openWitnessKey(folder, name);
        };
        const [first, second] = [await witness('witness.example/first'), await witness('witness.example/second')];
        /** What is signed now, cosigned by a witness whose clock is so much ahead of ours; verified and kept as it arrives. */
        const cosign = async (by: WitnessKey, aheadMs: number): Promise<void> => {
            pass(SECOND);
            await signIn();
            await checkpointerOf(services).sign(unit.id);
            const checkpoint = await services.db.read({ readOrgs: [unit.id] }, (db) => lastCheckpoint(db, unit.id, 'sha256'));
            if (checkpoint === undefined) throw new Error('nothing signed');
            const { text } = parseNote(checkpoint.note);
            const { origin } = parseCheckpoint(text);
            const time = BigInt(Math.round((services.clock.now() + aheadMs) / SECOND));
            const of = { orgId: unit.id, head: 'sha256', witness: { name: by.key.name, key: by.key, url: '' } } as const;
            const asked = { ...of, verifier: formatVerifierKey(by.key), checkpoint, origin, has: 0n };
            expect(await keepCosignature(services, asked, [by.cosign(text, time)])).toBeUndefined();
        };
        const seen = async () => {
            await looking.look();
            return guarded.clockGuard.doubt();
        };

        await cosign(first, -50 * SECOND);
        expect(await seen()).toBeUndefined();
        await cosign(first, -HOUR);
        expect(await seen()).toMatchObject({ code: 'serverClock.witness', params: { seconds: '3600' } });
        // Its clock is put right.
        await cosign(first, 0);
        expect(await seen()).toBeUndefined();
        await cosign(first, HOUR);
        expect(await seen()).toMatchObject({ code: 'serverClock.witness', params: { seconds: '-3600' } });
        // Another one agrees with us: it is the first that is wrong.
        await cosign(second, 5 * SECOND);
        expect(await seen()).toBeUndefined();
        await cosign(first, HOUR);
        expect(await seen()).toBeUndefined();
        // What the second said is too old to be about the clock now.
        pass(2 * HOUR);
        await cosign(first, HOUR);
        expect(await seen()).toMatchObject({ code: 'serverClock.witness' });
        // Confirmed, it is not the same word again that is a doubt, but the next one is.
        await signIn();
        expect((await auditor.call('serverClock.confirm', { body: { reason: '与电话报时核对' } })).status).toBe(200);
        expect(await seen()).toBeUndefined();
        expect(await seen()).toBeUndefined();
        const anew = { ...guarded, clockGuard: new ClockGuard(() => ({ wall: services.clock.now(), monotonic }), MINUTE) };
        await watching(anew).look();
        expect(anew.clockGuard.doubt()).toBeUndefined();
        await cosign(first, HOUR);
        expect(await seen()).toMatchObject({ code: 'serverClock.witness' });
        expect((await auditor.call('serverClock.confirm', { body: { reason: '测试' } })).status).toBe(200);
    }, 60_000);
});
