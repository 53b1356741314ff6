import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { attemptParty, newAttempt } from './writers.ts';

let system: FaultSystem;
let partyId: string;
beforeAll(async () => {
    system = await faultSystem('tampering');
    const attempt = newAttempt();
    await attemptParty(system.officer(), attempt);
    partyId = attempt.acknowledged ?? '';
}, 120_000);
afterAll(() => system?.close());

/** A database superuser does it behind the back of the running server; `undo` proves that the finding came of it alone. */
async function findingsAfter(change: string, undo: string): Promise<readonly Record<string, unknown>[]> {
    const run = (statement: string) =>
        system.asSuperuser(async (client) => {
            await client.query(`begin; set local session_replication_role = replica; ${statement}; commit`);
        });
    await run(change);
    const { findings } = await system.verify();
    await run(undo);
    await system.expectSound();
    return findings as readonly Record<string, unknown>[];
}

describe('what a database superuser changes is named', () => {
    it('a row of a table', async () => {
        const found = await findingsAfter(
            `update liuhen.party set phone = '021-0000' where id = '${partyId}'`,
            `update liuhen.party set phone = null where id = '${partyId}'`,
        );
        expect(found).toEqual([expect.objectContaining({ about: 'row', table: 'party', id: partyId })]);
    });

    it('a row that is taken away', async () => {
        const found = await findingsAfter(
            `create table public.aside as select * from liuhen.party where id = '${partyId}'; delete from liuhen.party where id = '${partyId}'`,
            'insert into liuhen.party select * from public.aside; drop table public.aside',
        );
        expect(found).toEqual([expect.objectContaining({ about: 'row', table: 'party', id: partyId })]);
    });

    it('one byte of an entry', async () => {
        const where = `where org_id = '${system.institute.organisationId}' and idx = 4`;
        const flip = `update ledger.entry set entry = set_byte(entry, 20, get_byte(entry, 20) # 1) ${where}`;
        const found = await findingsAfter(flip, flip);
        expect(found).toEqual(
            expect.arrayContaining([expect.objectContaining({ about: 'log', org: system.institute.organisationId, index: 4n })]),
        );
    });

    it('the head of a log', async () => {
        const where = `where org_id = '${system.institute.organisationId}'`;
        const found = await findingsAfter(
            `update ledger.head set size = size + 1 ${where}`,
            `update ledger.head set size = size - 1 ${where}`,
        );
        expect(found).toEqual(
            expect.arrayContaining([expect.objectContaining({ about: 'log', org: system.institute.organisationId })]),
        );
    });

    // Case 16 of the fault list.
    it('the head of a log, and nothing is entered on top of it until it is right again', async () => {
        const where = `where org_id = '${system.institute.organisationId}'`;
        const run = (statement: string) =>
            system.asSuperuser(async (client) => {
                await client.query(`begin; set local session_replication_role = replica; ${statement}; commit`);
            });
        const changes: readonly (readonly [change: string, undo: string])[] = [
            ['size = size + 1', 'size = size - 1'],
            ['size = size - 1', 'size = size + 1'],
            ['chain = set_byte(chain, 3, get_byte(chain, 3) # 1)', 'chain = set_byte(chain, 3, get_byte(chain, 3) # 1)'],
        ];
        for (const [change, undo] of changes) {
            await run(`update ledger.head set ${change} ${where}`);
            const refused = newAttempt();
            expect(await attemptParty(system.officer(), refused)).toBe(false);
            expect(refused.failures).toEqual([{ status: 500, code: 'ledger.damaged' }]);
            await run(`update ledger.head set ${undo} ${where}`);
            // The same command once more: nothing of it was kept.
            expect(await attemptParty(system.officer(), refused)).toBe(true);
        }
        await system.expectSound();
    });
});
