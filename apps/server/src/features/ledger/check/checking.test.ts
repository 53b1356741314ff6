import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY, type Id } from '@liuhen/domain';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BuiltOrganisation, buildOrganisation, buildPerson } from '../../../testing/builders.ts';
import { fillLog } from '../../../testing/fill-log.ts';
import { type Browser, type TestHttp, testHttp } from '../../../testing/http.ts';
import { type TestServices, testServices } from '../../../testing/services.ts';
import { smallDisk } from '../../../testing/small-disk.ts';
import { temporaryFolder } from '../../../testing/temporary-folder.ts';
import { verifyWholeLog } from '../../../testing/verify-log.ts';
import { partyHandlers } from '../../party/party.routes.ts';
import { prepareDisk } from '../checkpoint/disk-folder.ts';
import { writeSecondDisk } from '../checkpoint/second-disk.ts';
import { checkpointerOf } from '../checkpoint/start-checkpoints.ts';
import { ledgerHandlers } from '../ledger.routes.ts';
import { Checking } from './checking.ts';
import { logCheckHandlers } from './log-check.routes.ts';

let services: TestServices;
let http: TestHttp;
let unit: BuiltOrganisation;
let officer: Browser;
let auditor: Browser;
let root: pg.Pool;
let checking: Checking;

beforeEach(async () => {
    services = await testServices();
    const handlers = { ...ledgerHandlers(services), ...logCheckHandlers(services), ...partyHandlers(services) };
    http = await testHttp(services, { handlers });
    unit = await buildOrganisation(services, { code: '310115', name: '浦东新区监督所' });
    officer = http.browser();
    await officer.signIn((await buildPerson(services, unit)).login);
    auditor = http.browser();
    await auditor.signIn(unit.auditAdmin.login);
    root = new pg.Pool({ connectionString: services.database.superUrl, max: 2 });
    root.on('error', () => undefined);
    checking = new Checking(services, { afterStartMs: 0 });
}, 60_000);
afterEach(async () => {
    await checking.close();
    await http.app.close();
    await root.end();
    await services.close();
});

const makeParty = async (name: string): Promise<Id> =>
    (await officer.call('party.create', { body: { name, kind: 'naturalPerson' } })).body.id;
const checks = async () => (await auditor.call('logCheck.list')).body;
/** The newest check of the own log, with what it found. */
async function last(log = 'own') {
    const found = (await auditor.call('logCheck.list', { query: { log } })).body.items[0];
    const { items } = (await auditor.call('logCheck.findings', { query: { checkId: found?.id ?? '' } })).body;
    return {
        check: found,
        found: items.map(({ code, index, table, row }) => [code, ...(row === null ? [index] : [table, row])]),
    };
}
/** The next night, three hours into it. */
async function night(): Promise<void> {
    services.clock.advance(DAY);
    await auditor.signIn(unit.auditAdmin.login);
    await checking.look();
}

/** As a database owner who knows what stands in his way. */
async function tamper(statement: string, values: unknown[] = []): Promise<void> {
    const client = await root.connect();
    try {
        await client.query("set session_replication_role = 'replica'");
        expect((await client.query(statement, values)).rowCount).toBeGreaterThan(0);
        await client.query('reset session_replication_role');
    } finally {
        client.release();
    }
}

const answer = (id: string, reason: string) => auditor.call('logCheck.answer', { params: { id }, body: { reason } });

describe('a log that nobody touched', () => {
    it('is found sound, night after night, and the first night every signature is looked at, then the new ones and a thirtieth', async () => {
        await makeParty('李雷');
        await checking.look();
        const first = (await last()).check;
        expect(first).toMatchObject({ state: 'sound', findings: 0, attempt: 1, answer: null });
        expect([first?.size, first?.read]).toEqual([first?.signatures, first?.size]);
        expect(Number(first?.rows)).toBeGreaterThan(5);
        // The same night nothing more is done.
        await checking.look();
        expect((await checks()).total).toBe(2);
        await makeParty('韩梅梅');
        await night();
        const second = (await last()).check;
        expect(second?.state).toBe('sound');
        const [before, after] = [Number(first?.size), Number(second?.size)];
        // Of the old ones those with the remainder whose turn it is.
        const old = Array.from({ length: before }, (_, index) => index).filter((index) => index % 30 === 1).length;
        expect(Number(second?.signatures)).toBe(after - before + old);
        expect((await checks()).standing).toMatchObject({
            alarms: [],
            running: [],
            soundAt: second?.startedAt,
            signatureNights: 30,
        });
        expect(await verifyWholeLog(services.database.superUrl)).toMatchObject({ findings: [], rows: [] });
    }, 60_000);

    it('is checked once more when somebody asks, which is an entry; who may only look may not ask', async () => {
        await checking.look();
        expect((await officer.call('logCheck.start', { body: {} })).code).toBe('access.denied');
        expect((await auditor.call('logCheck.start', { body: {} })).status).toBe(200);
        const entries = (await auditor.call('ledger.list', { query: { kind: 'logCheck.asked' } })).body;
        expect(entries.total).toBe(1);
        await checking.look();
        await checking.look();
        expect((await checks()).total).toBe(4);
        expect((await last()).check).toMatchObject({ state: 'sound', night: '2026-11-18' });
    }, 60_000);

    // Case 11 of the fault list, for the second disk.
    it('is checked also while its second disk is mounted read-only, which is said, and is written there afterwards', async () => {
        const folder = await temporaryFolder('read-only-disk');
        const mount = join(folder.path, 'disk');
        await mkdir(mount);
        const disk = await smallDisk(mount, 4);
        const own = services;
        try {
            Object.assign(own.config, { secondDisk: disk.path });
            const nightly = new Checking(own, { afterStartMs: 0, afterCheck: (log) => writeSecondDisk(own, log) });
            await prepareDisk(disk.path, own.installation.storeId);
            await checkpointerOf(own).sign(unit.id);
            await nightly.look();
            const before = (await checks()).standing.disk;
            expect(before).toMatchObject({ trouble: null });
            expect(Number(before?.size)).toBeGreaterThan(0);

            await disk.mountAs('ro');
            await makeParty('李雷');
            await checkpointerOf(own).sign(unit.id);
            services.clock.advance(DAY);
            await auditor.signIn(unit.auditAdmin.login);
            await nightly.look();
            expect((await last()).check).toMatchObject({ state: 'sound', findings: 0 });
            expect((await checks()).standing).toMatchObject({
                alarms: [],
                disk: { size: before?.size, trouble: { code: 'disk.readOnly' } },
            });

            await disk.mountAs('rw');
            services.clock.advance(DAY);
            await auditor.signIn(unit.auditAdmin.login);
            await nightly.look();
            const after = (await checks()).standing.disk;
            expect(after?.trouble).toBeNull();
            expect(Number(after?.size)).toBeGreaterThan(Number(before?.size));
            await nightly.close();
        } finally {
            Object.assign(own.config, { secondDisk: undefined });
            await disk.end();
            await folder.remove();
        }
    }, 60_000);

    it('is not checked for ever when the clock of the server is put back by a day', async () => {
        services.clock.advance(DAY);
        await checking.look();
        services.clock.advance(-DAY);
        await auditor.signIn(unit.auditAdmin.login);
        await checking.look();
        await checking.look();
        expect((await checks()).items.filter(({ log }) => log === 'own').map((each) => each.night)).toEqual([
            '2026-11-19',
            '2026-11-18',
        ]);
    }, 60_000);
});

// Cases 17, 19 and 20 of the fault list, while the server works.
describe('what a database owner changed is named by the next night', () => {
    it('a row of state, one deleted, one added: by table and row', async () => {
        const [changed, deleted] = [await makeParty('李雷'), await makeParty('韩梅梅')];
        await checking.look();
        await tamper("update liuhen.party set name = '李磊' where id = $1", [changed]);
        await tamper('delete from liuhen.party_name where party_id = $1', [deleted]).catch(() => undefined);
        await tamper('delete from liuhen.party where id = $1', [deleted]);
        const added = services.clock.newId();
        await tamper(
            `insert into liuhen.party (id, org_id, version, command_id, name, kind, state, search_text)
             values ($1, $2, 1, $3, '无名', 'naturalPerson', 'active', '')`,
            [added, unit.id, services.clock.newId()],
        );
        await night();
        const { check, found } = await last();
        expect(check).toMatchObject({ state: 'wrong', night: '2026-11-19' });
        expect(found.filter(([, table]) => table === 'party').sort()).toEqual(
            [
                ['state.rowChanged', 'party', changed],
                ['state.rowMissing', 'party', deleted],
                ['state.rowUnlogged', 'party', added],
            ].sort(),
        );
        expect((await checks()).standing.alarms.map((each) => each.id)).toEqual([check?.id]);
    }, 60_000);

    it('an entry, its body, an entry forged with leaf, chain and head whose signature is not the turn of this night', async () => {
        const party = await makeParty('李雷');
        for (let at = 0; at < 4; at++) await makeParty(`韩梅梅${at}`);
        await checkpointerOf(services).sign(unit.id);
        await checking.look();
        const { rows } = await root.query('select idx from ledger.object where object_id = $1', [party]);
        const index = Number(rows[0].idx);
        await tamper(`update ledger.body set body = body || ' ' where org_id = $1 and idx = $2`, [unit.id, index]);
        await night();
        expect((await last()).found).toEqual([['log.bodyMismatch', String(index)]]);
        // Everything that can be computed without a key follows the change.
        await tamper(`update ledger.body set body = substr(body, 1, length(body) - 1) where org_id = $1 and idx = $2`, [
            unit.id,
            index,
        ]);
        await tamper(
            `update ledger.entry set entry = convert_to(replace(convert_from(entry, 'utf8'), 'party.created', 'party.renamed'), 'utf8'),
                kind = 'party.renamed' where org_id = $1 and idx = $2`,
            [unit.id, index],
        );
        await tamper(`update ledger.entry set leaf = sha256('\\x00'::bytea || entry) where org_id = $1 and idx = $2`, [
            unit.id,
            index,
        ]);
        await tamper(
            `with recursive c as (
                 select idx, sha256('\\x02'::bytea || (select chain from ledger.entry where org_id = $1 and idx = $2 - 1) || leaf) as chain
                 from ledger.entry where org_id = $1 and idx = $2
                 union all select e.idx, sha256('\\x02'::bytea || c.chain || e.leaf) from ledger.entry e join c on e.idx = c.idx + 1 where e.org_id = $1
             ) update ledger.entry e set chain = c.chain from c where e.org_id = $1 and e.idx = c.idx`,
            [unit.id, index],
        );
        await tamper(
            `update ledger.head h set chain = e.chain from ledger.entry e where h.org_id = $1 and e.org_id = $1 and e.idx = h.size - 1`,
            [unit.id],
        );
        await night();
        const { check, found } = await last();
        expect(found).toContainEqual(['log.badSignature', String(index)]);
        expect(found.map(([code]) => code)).toContain('log.checkpointRoot');
        expect(check?.signatures).toBe(check?.size);
    }, 60_000);

    it('a kept node of the tree, the list of entries of one object, and an organisation that nobody registered', async () => {
        const party = await makeParty('李雷');
        // A node is kept for each 256 entries.
        const { id: actor } = await buildPerson(services, unit, { name: '赵六（虚构）' });
        await fillLog({ services }, { id: unit.id, actor }, 300);
        await checkpointerOf(services).sign(unit.id);
        await checking.look();
        await tamper('update ledger.object set seq = 7 where object_id = $1', [party]);
        await tamper("update ledger.tree_node set node = sha256('') where org_id = $1 and hash = 'sha256'", [unit.id]);
        const foreign = services.clock.newId();
        await tamper(
            `insert into liuhen.party (id, org_id, version, command_id, name, kind, state, search_text)
             values ($1, $2, 1, $3, '无名', 'naturalPerson', 'active', '')`,
            [services.clock.newId(), foreign, services.clock.newId()],
        );
        await night();
        expect((await last()).found.map(([code]) => code).sort()).toEqual(['log.objectIndex', 'log.objectIndex', 'log.treeNode']);
        const { check, found } = await last('other');
        expect([check?.logId, found.map(([code, table]) => [code, table])]).toEqual([foreign, [['state.rowUnlogged', 'party']]]);
    }, 90_000);
});

describe('findings are an alarm', () => {
    it('until somebody gives the reason, for these findings and as long as they stay; others are an alarm anew', async () => {
        const [one, other] = [await makeParty('李雷'), await makeParty('韩梅梅')];
        await checking.look();
        const sound = (await last()).check?.id ?? '';
        expect((await answer(sound, '没有')).code).toBe('logCheck.nothingToAnswer');
        expect((await answer(services.clock.newId(), '没有')).code).toBe('logCheck.notFound');
        await tamper("update liuhen.party set name = '李磊' where id = $1", [one]);
        await night();
        const first = (await last()).check?.id ?? '';
        // Put right by whoever did it: the alarm stands all the same.
        await tamper("update liuhen.party set name = '李雷' where id = $1", [one]);
        await night();
        expect((await last()).check?.state).toBe('sound');
        expect((await checks()).standing.alarms.map((each) => each.id)).toEqual([first]);
        await tamper("update liuhen.party set name = '李磊' where id = $1", [one]);
        await night();
        const again = (await last()).check?.id ?? '';
        expect((await checks()).standing.alarms.map((each) => each.id)).toEqual([again]);
        expect((await answer(again, '数据库维护时误改，已报告')).status).toBe(200);
        expect((await answer(again, '再说一次')).code).toBe('logCheck.answered');
        await night();
        const { standing, items } = await checks();
        expect(standing.alarms).toEqual([]);
        expect(items.find((each) => each.log === 'own')?.answer).toMatchObject({ reason: '数据库维护时误改，已报告' });
        await tamper("update liuhen.party set name = '韩美美' where id = $1", [other]);
        await night();
        expect((await checks()).standing.alarms).toMatchObject([{ findings: 2, answer: null }]);
        const told = (await auditor.call('ledger.list', { query: { kind: 'logCheck.answered' } })).body;
        expect(told.total).toBe(1);
    }, 90_000);
});

describe('a server that ends in the middle', () => {
    it('leaves a check that is begun again, as the same one, and after three times it says that it could not', async () => {
        await checking.look();
        services.clock.advance(DAY);
        const stopped = new Checking(services, { afterStartMs: 0 });
        const running = stopped.look();
        for (;;) {
            const { rows } = await root.query(`select count(*) as n from liuhen.log_check where state = 'running'`);
            if (Number(rows[0].n) > 0) break;
            await new Promise((resolve) => setTimeout(resolve, 5));
        }
        stopped.stop();
        await running;
        await stopped.close();
        await auditor.signIn(unit.auditAdmin.login);
        expect((await checks()).standing.running).toMatchObject([{ attempt: 1, state: 'running' }]);
        await checking.look();
        const left = (await checks()).items.filter((each) => each.night === '2026-11-19');
        expect(left.map((each) => each.state)).toEqual(['sound', 'sound']);
        expect(left.map((each) => each.attempt).sort()).toEqual([1, 2]);
        services.clock.advance(DAY);
        await root.query(
            `insert into liuhen.log_check (id, org_id, log, night, state, attempt, requests, started_at)
             values ($1, $2, $2, '2026-11-20', 'running', 3, 0, $3)`,
            [services.clock.newId(), unit.id, services.clock.now()],
        );
        await auditor.signIn(unit.auditAdmin.login);
        await checking.look();
        expect((await last()).check).toMatchObject({ state: 'unfinished', reason: 'check.interrupted' });
    }, 90_000);
});
