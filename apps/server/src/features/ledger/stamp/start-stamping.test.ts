import { DAY, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BuiltOrganisation, buildOrganisation } from '../../../testing/builders.ts';
import { fillLog } from '../../../testing/fill-log.ts';
import { type TestServices, testServices } from '../../../testing/services.ts';
import { timeStampAuthority, timeStampServer } from '../../../testing/time-stamp-authority.ts';
import { verifyWholeLog } from '../../../testing/verify-log.ts';
import { lastCheckpoint } from '../checkpoint/checkpoint.queries.ts';
import { checkpointerOf } from '../checkpoint/start-checkpoints.ts';
import { startStamping } from './stamping.ts';

let authority: Awaited<ReturnType<typeof timeStampAuthority>>;
let server: Awaited<ReturnType<typeof timeStampServer>>;
let services: TestServices;
let unit: BuiltOrganisation;
/** How the authority answers now. */
let answers: (request: Uint8Array) => Promise<{ status?: number; type?: string; body: Uint8Array }>;
const well = async (request: Uint8Array) => ({ body: await authority.reply(request) });
/** Requests that got no answer yet. */
const released = new Set<() => void>();

beforeAll(async () => {
    authority = await timeStampAuthority();
    answers = well;
    server = await timeStampServer((request) => answers(request));
    services = await testServices({ timeStampAuthority: { url: server.url, rootsFile: `${authority.path}/root.pem` } });
    unit = await buildOrganisation(services, { code: '310115', name: '浦东新区监督所' });
}, 60_000);
afterAll(async () => {
    for (const release of released) release();
    expect(await verifyWholeLog(services.database.superUrl)).toMatchObject({ findings: [], rows: [] });
    await services.close();
    await server.close();
    await authority.remove();
});

const signed = async () => {
    const last = await services.db.read({ readOrgs: [unit.id] }, (db) => lastCheckpoint(db, unit.id, 'sha256'));
    return Number(last?.size);
};
const sign = async () => {
    await fillLog({ services }, { id: unit.id, actor: unit.auditAdmin.id }, 1);
    await checkpointerOf(services).sign(unit.id);
    return signed();
};
const stamped = async (orgId: Id = unit.id) => {
    const rows = await services.db.read({ readOrgs: [orgId] }, (db) =>
        db.selectFrom('ledger.time_stamp').select('size').where('hash', '=', 'sha256').execute(),
    );
    return rows.map(({ size }) => size);
};
const trouble = async () =>
    services.db.read({ readOrgs: [unit.id] }, (db) => db.selectFrom('time_stamp_trouble').select(['code', 'params']).execute());

describe('time-stamps as long as the server runs', () => {
    it('wait for an authority that is away, slow or answers rubbish, stop nothing meanwhile, and come once it answers', async () => {
        // The clock of the authority is today's: so is ours, and a day is over.
        services.clock.advance(Date.now() - DAY - services.clock.now());
        const yesterday = await sign();
        services.clock.advance(DAY);
        const bad: [string, typeof answers][] = [
            ['HTTP 503', async () => ({ status: 503, body: new Uint8Array(0) })],
            ['TimeoutError', () => new Promise((answer) => released.add(() => answer({ body: new Uint8Array(0) })))],
            ['content-type', async () => ({ type: 'text/html', body: Buffer.from('<html>') })],
            ['too long', async () => ({ body: new Uint8Array(300 * 1024) })],
            ['timeStamp.unreadable', async () => ({ body: Buffer.from('nothing of the kind') })],
            ['timeStamp.signature', async (request) => ({ body: (await authority.reply(request)).with(-1, 0) })],
        ];
        const stops: (() => Promise<void>)[] = [];
        startStamping(services, stops, { everyMs: 20, patienceMs: 300 });
        try {
            for (const [why, how] of bad) {
                answers = how;
                const asked = server.asked.length;
                await vi.waitFor(
                    async () => {
                        expect(server.asked.length).toBeGreaterThan(asked);
                        expect(JSON.stringify(await trouble())).toContain(why);
                    },
                    { timeout: 20_000 },
                );
                const before = await signed();
                expect(await sign()).toBe(before + 1);
                expect(await stamped()).toEqual([]);
            }
            answers = well;
            await vi.waitFor(async () => expect(await stamped()).toEqual([yesterday]), { timeout: 20_000 });
            await vi.waitFor(async () => expect(await trouble()).toEqual([]), { timeout: 20_000 });
        } finally {
            for (const stop of stops) await stop();
        }
    }, 90_000);
});
