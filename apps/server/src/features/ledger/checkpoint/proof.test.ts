import { headOrigin, merkleLeaf, parsePolicy, utf8Text, verifyGrowth, verifyTlogProof } from '@liuhen/domain';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifierDigest } from '../../../../../verify/src/digest.ts';
import { verifyWithKey } from '../../../../../verify/src/verify-with-key.ts';
import { type BuiltOrganisation, buildOrganisation, buildPerson } from '../../../testing/builders.ts';
import { type Browser, type TestHttp, testHttp } from '../../../testing/http.ts';
import { type TestServices, testServices } from '../../../testing/services.ts';
import { verifyWholeLog } from '../../../testing/verify-log.ts';
import { partyHandlers } from '../../party/party.routes.ts';
import { ledgerHandlers } from '../ledger.routes.ts';
import { proofRoutes } from '../proof.routes.ts';
import { checkpointerOf } from './start-checkpoints.ts';

let services: TestServices;
let http: TestHttp;
let unit: BuiltOrganisation;
let officer: Browser;
let other: Browser;

beforeAll(async () => {
    services = await testServices();
    http = await testHttp(services, { handlers: { ...ledgerHandlers(services), ...partyHandlers(services) } });
    proofRoutes(http.app, services, http.sessions);
    unit = await buildOrganisation(services, { code: '310115', name: '浦东新区监督所' });
    const beside = await buildOrganisation(services, { code: '310106', name: '静安区监督所' });
    officer = http.browser();
    other = http.browser();
    await officer.signIn((await buildPerson(services, unit, { kind: 'staff', roles: ['instituteHead'] })).login);
    await other.signIn((await buildPerson(services, beside, { kind: 'staff', roles: ['instituteHead'] })).login);
    await checkpointerOf(services).sign(unit.id);
});
afterAll(async () => {
    expect(await verifyWholeLog(services.database.superUrl)).toMatchObject({ findings: [], rows: [] });
    await http.app.close();
    await services.close();
});

const get = (browser: Browser, url: string) =>
    http.app.inject({ method: 'GET', url, headers: browser.cookie === undefined ? {} : { cookie: browser.cookie } });
const entryOf = async (browser: Browser, index: string) =>
    Buffer.from((await browser.call('ledger.get', { params: { index } })).body.entry);
const policy = async (browser: Browser) =>
    parsePolicy(verifierDigest.sha256, new Uint8Array((await get(browser, '/api/ledger/policy')).rawPayload));
const hashOf = (origin: string) => verifierDigest[origin.endsWith('/sm') ? 'sm3' : 'sha256'];

/** Verifies as a stranger would: the answer's bytes, the entry's bytes, the policy, and cryptography of others. */
const verified = async (bytes: Uint8Array, entry: Uint8Array, head: 'sha256' | 'sm3') =>
    verifyTlogProof(bytes, {
        policy: await policy(officer),
        leaf: merkleLeaf(verifierDigest[head], entry),
        hash: hashOf,
        verify: verifyWithKey,
    });

describe('the proof of an entry', () => {
    it('verifies with the policy of the log, for every entry and both heads', async () => {
        const { size } = (await officer.call('ledger.checkpoints')).body.standing;
        expect(Number(size)).toBeGreaterThan(3);
        for (const head of ['sha256', 'sm3'] as const)
            for (let index = 0; index < Number(size); index++) {
                const answer = await get(officer, `/api/ledger/${index}/proof?head=${head}`);
                expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
                expect(answer.headers['content-disposition']).toContain(`entry-${index}-${head}.tlog-proof`);
                const bytes = new Uint8Array(answer.rawPayload);
                const verdict = await verified(bytes, await entryOf(officer, String(index)), head);
                expect(verdict).toMatchObject({ index: BigInt(index), quorum: true, checkpoint: { size: BigInt(size) } });
                expect(verdict.checkpoint.origin.endsWith('/sm')).toBe(head === 'sm3');
                const wrong = await entryOf(officer, String(index === 0 ? 1 : index - 1));
                await expect(verified(bytes, wrong, head)).rejects.toMatchObject({ code: 'tlogProof.notIncluded' });
            }
    });

    it('is given by an older checkpoint as well, and not by one that does not reach the entry', async () => {
        const before = (await officer.call('ledger.checkpoints')).body.standing.signed;
        await officer.call('party.create', { body: { name: '虚构餐饮有限公司', kind: 'naturalPerson' } });
        const unsigned = await get(officer, `/api/ledger/${before}/proof`);
        expect([unsigned.statusCode, unsigned.json()]).toMatchObject([
            409,
            { code: 'ledger.notSignedYet', params: { index: before, size: before } },
        ]);
        await checkpointerOf(services).sign(unit.id);
        const entry = await entryOf(officer, '1');
        const newest = await get(officer, '/api/ledger/1/proof');
        const older = await get(officer, `/api/ledger/1/proof?size=${before}`);
        expect((await verified(new Uint8Array(newest.rawPayload), entry, 'sha256')).checkpoint.size).toBeGreaterThan(
            BigInt(before),
        );
        expect((await verified(new Uint8Array(older.rawPayload), entry, 'sha256')).checkpoint.size).toBe(BigInt(before));
        const late = await get(officer, `/api/ledger/${before}/proof?size=${before}`);
        expect(late.json()).toMatchObject({ code: 'ledger.notSignedYet' });
        expect((await get(officer, `/api/ledger/${before}/proof`)).statusCode).toBe(200);
    });

    // Case 15 of the fault list.
    it('is refused for an entry with a flipped bit, and for one whose leaf or tree is not what was signed', async () => {
        const client = new pg.Client({ connectionString: services.database.superUrl });
        await client.connect();
        await client.query("set session_replication_role = 'replica'");
        const codeOf = async (index: number, head = 'sha256') => {
            const answer = await get(officer, `/api/ledger/${index}/proof?head=${head}`);
            return answer.statusCode === 200 ? 'handed out' : answer.json().code;
        };
        const flip = (column: string, index: number) =>
            client.query(
                `update ledger.entry set ${column} = set_byte(${column}, 20, get_byte(${column}, 20) # 1) where org_id = $1 and idx = $2`,
                [unit.id, index],
            );
        await flip('entry', 2);
        expect([await codeOf(2), await codeOf(2, 'sm3'), await codeOf(5)]).toEqual([
            'ledger.entryDamaged',
            'ledger.entryDamaged',
            'handed out',
        ]);
        await flip('entry', 2);
        // A leaf of the tree that the proof of its neighbour leads over.
        await flip('leaf', 3);
        expect([await codeOf(3), await codeOf(2)]).toEqual(['ledger.entryDamaged', 'ledger.entryDamaged']);
        await flip('leaf', 3);
        expect([await codeOf(2), await codeOf(3)]).toEqual(['handed out', 'handed out']);
        await client.end();
    });

    it('is refused clearly for what is not there', async () => {
        const codeOf = async (url: string) => (await get(officer, url)).json().code;
        expect(await codeOf('/api/ledger/999999/proof')).toBe('ledger.notFound');
        expect(await codeOf('/api/ledger/01/proof')).toBe('ledger.notFound');
        expect(await codeOf('/api/ledger/-1/proof')).toBe('ledger.notFound');
        expect(await codeOf('/api/ledger/999999999999999999/proof')).toBe('ledger.notFound');
        expect(await codeOf('/api/ledger/0/proof?size=99999')).toBe('ledger.checkpointNotFound');
        expect(await codeOf('/api/ledger/0/proof?size=0')).toBe('request.invalid');
        expect(await codeOf('/api/ledger/0/proof?head=md5')).toBe('request.invalid');
    });

    it('is of the own log, and only for whoever may read that', async () => {
        expect((await get(other, '/api/ledger/0/proof')).json()).toMatchObject({ code: 'ledger.notSignedYet' });
        expect((await get(http.browser(), '/api/ledger/0/proof')).statusCode).toBe(401);
        const stranger = http.browser();
        await stranger.signIn((await buildPerson(services, unit, { kind: 'staff', roles: [] })).login);
        for (const path of ['/api/ledger/0/proof', '/api/ledger/policy', '/api/ledger/consistency?from=1&to=2'])
            expect((await get(stranger, path)).statusCode).toBe(403);
    });
});

describe('the proof that the log only grew', () => {
    const sizes = async (head: 'sha256' | 'sm3') =>
        (await officer.call('ledger.checkpoints', { query: { head } })).body.items.map(({ size }) => Number(size)).reverse();
    const noteOf = async (head: 'sha256' | 'sm3', size: number) => {
        const { items } = (await officer.call('ledger.checkpoints', { query: { head } })).body;
        return Buffer.from(items.find((each) => each.size === String(size))?.note ?? '');
    };
    const grown = async (older: Uint8Array, proof: Uint8Array) =>
        verifyGrowth({ older, proof }, { policy: await policy(officer), hash: hashOf, verify: verifyWithKey });

    it('verifies with the policy and the kept checkpoint, between every two of both heads, equal ones as well', async () => {
        for (let more = 0; more < 3; more++) {
            await buildPerson(services, unit, { kind: 'staff', roles: [] });
            await checkpointerOf(services).sign(unit.id);
        }
        for (const head of ['sha256', 'sm3'] as const) {
            const all = await sizes(head);
            expect(all.length).toBeGreaterThan(3);
            for (const [at, from] of all.entries())
                for (const to of all.slice(at)) {
                    const answer = await get(officer, `/api/ledger/consistency?head=${head}&from=${from}&to=${to}`);
                    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
                    expect(answer.headers['content-disposition']).toContain(`consistency-${head}-${from}-${to}.txt`);
                    const { older, newer } = await grown(await noteOf(head, from), new Uint8Array(answer.rawPayload));
                    expect([older.checkpoint.size, newer.checkpoint.size]).toEqual([BigInt(from), BigInt(to)]);
                }
            const [first = 0, second = 0] = all;
            const proof = new Uint8Array(
                (await get(officer, `/api/ledger/consistency?head=${head}&from=${first}&to=${second}`)).rawPayload,
            );
            await expect(grown(await noteOf(head, second), proof)).rejects.toMatchObject({ code: 'consistency.otherSize' });
        }
    });

    it('is refused clearly in the wrong order, beyond the last checkpoint and where there is none', async () => {
        const [from = 0, to = 0] = await sizes('sha256');
        const answer = async (query: string, browser = officer) =>
            (await get(browser, `/api/ledger/consistency?${query}`)).json() as { code: string; params: object };
        expect(await answer(`from=${to}&to=${from}`)).toMatchObject({
            code: 'ledger.checkpointOrder',
            params: { from: String(to), to: String(from) },
        });
        expect(await answer(`from=${from}&to=999999`)).toMatchObject({
            code: 'ledger.checkpointNotFound',
            params: { size: '999999' },
        });
        expect(await answer(`from=1&to=${to}`)).toMatchObject({ code: 'ledger.checkpointNotFound' });
        for (const query of ['from=0&to=5', 'to=5', 'from=1', 'from=01&to=5', 'from=-1&to=5', 'from=1&to=5&head=md5', ''])
            expect(await answer(query)).toMatchObject({ code: 'request.invalid' });
        expect(await answer(`from=${from}&to=${to}`, other)).toMatchObject({ code: 'ledger.checkpointNotFound' });
        expect((await get(http.browser(), `/api/ledger/consistency?from=${from}&to=${to}`)).statusCode).toBe(401);
    });
});

describe('the policy', () => {
    it('names the keys of both heads, and says that there is no witness', async () => {
        const answer = await get(officer, '/api/ledger/policy');
        const { logs, ...rest } = await policy(officer);
        const [origin = ''] = logs.map(({ key }) => key.name).sort();
        expect(logs.map(({ key }) => [key.name, key.algorithm])).toEqual([
            [origin, 'ed25519'],
            [headOrigin(origin, 'sm3'), 'sm2'],
        ]);
        expect(rest).toEqual({ witnesses: [], groups: [], quorum: undefined });
        expect(utf8Text(new Uint8Array(answer.rawPayload))).toMatch(/^# 日志与见证方/);
    });
});
