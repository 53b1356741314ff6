import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INSTITUTE_PASSWORD } from '../testing/found-institute.ts';
import { type Remote, remote } from '../testing/remote.ts';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { attemptParty, newAttempt } from './writers.ts';

let system: FaultSystem;
beforeAll(async () => {
    system = await faultSystem('nightly-check');
}, 120_000);
afterAll(() => system?.close());

async function auditor(): Promise<Remote> {
    return remote(system.server().url).signIn(system.institute.auditAdmin, INSTITUTE_PASSWORD);
}
const checksOf = (by: Remote) => by.call('logCheck.list', { query: { log: 'own' } });

/** Until the newest check of the own log is over. */
async function ended(by: Remote) {
    for (;;) {
        const [last] = (await checksOf(by)).items;
        if (last !== undefined && last.state !== 'running') return last;
        await sleep(200);
    }
}
/** Processes that check, as the database sees them. */
const checkers = async (): Promise<number> =>
    system.asSuperuser(async (client) => {
        const { rows } = await client.query(`select count(*) as n from pg_stat_activity where application_name = 'liuhen check'`);
        return Number(rows[0].n);
    });

describe('the check of the log inside the running server', () => {
    it('killed in the middle ends with it, and is begun again by the next server, as the same check', async () => {
        await system.start({ failpoint: 'check.reading:pause:4000' });
        await attemptParty(system.officer(), newAttempt());
        const by = await auditor();
        await by.call('logCheck.start', { body: {} });
        while ((await checksOf(by)).items[0]?.state !== 'running') await sleep(100);
        const [before] = (await checksOf(by)).items;
        await system.server().kill();
        await system.start();
        const after = await ended(await auditor());
        expect(after).toMatchObject({ id: before?.id, state: 'sound', attempt: 2, findings: 0 });
        expect(Number(after.size)).toBeGreaterThan(10);
        for (let at = 0; (await checkers()) > 0; at++) {
            expect(at).toBeLessThan(50);
            await sleep(200);
        }
        await system.expectSound();
    }, 180_000);

    it('names the rows and the entry that a superuser edits while it works, and answers requests meanwhile', async () => {
        await system.start();
        const by = await auditor();
        const [kept, gone] = [newAttempt(), newAttempt()];
        for (const each of [kept, gone]) expect(await attemptParty(system.officer(), each)).toBe(true);
        const ids = await system.asSuperuser(async (client) => {
            await client.query("set session_replication_role = 'replica'");
            const { rows } = await client.query('select id from liuhen.party order by id desc limit 2');
            await client.query(`update liuhen.party set search_text = search_text || 'x' where id = $1`, [rows[0].id]);
            await client.query('delete from liuhen.party where id = $1', [rows[1].id]);
            return [rows[0]?.id as string, rows[1]?.id as string] as const;
        });
        await by.call('logCheck.start', { body: {} });
        // The log goes on meanwhile.
        for (let at = 0; at < 20; at++) expect(await attemptParty(system.officer(), newAttempt())).toBe(true);
        let last = await ended(by);
        while (last.state !== 'wrong') last = await ended(by);
        const { items } = await by.call('logCheck.findings', { query: { checkId: last.id } });
        expect(items.filter(({ table }) => table === 'party').map(({ code, row }) => [code, row])).toEqual([
            ['state.rowChanged', ids[0]],
            ['state.rowMissing', ids[1]],
        ]);
        const { standing } = await checksOf(by);
        expect(standing.alarms.map(({ id }) => id)).toEqual([last.id]);
        await by.call('logCheck.answer', { params: { id: last.id }, body: { reason: 'a drill' } });
        expect((await checksOf(by)).standing.alarms).toEqual([]);
    }, 180_000);
});
