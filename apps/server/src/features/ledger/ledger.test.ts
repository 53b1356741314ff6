import { leafHash, parseEntry, utf8Bytes } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeDigest } from '../../platform/digest.ts';
import {
    addOrganisation,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { ledgerHandlers } from './ledger.routes.ts';

const handlersOf = (system: FeatureSystem) => ({ ...ledgerHandlers(system.services), ...partyHandlers(system.services) });

let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    call = caller(system, handlersOf(system));
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

const list = (query: object, who = pudong) => call('ledger.list', who, { query });
const addParty = (name: string, who = pudong) => call('party.create', who, { body: { name, kind: 'naturalPerson' } });

describe('the log', () => {
    it('lists everything done, newest first, with who did it', async () => {
        const { id } = await addParty('李雷');
        system.services.clock.advance(1_000);
        await call('party.update', pudong, {
            params: { id },
            body: { name: '李磊', kind: 'naturalPerson', state: 'active', version: 1 },
        });
        const all = await list({ limit: 200 });
        expect(all.total).toBe(all.items.length);
        expect(all.head.size).toBe(String(all.total));
        expect(all.items.map((each) => Number(each.index))).toEqual(all.items.map((_, at) => all.total - 1 - at));
        const trace = await list({ objectId: id });
        expect(trace.items.map((each) => [each.kind, each.actor.name, each.objects])).toEqual([
            ['party.updated', '陈默', [{ id, seq: 1 }]],
            ['party.created', '陈默', [{ id, seq: 0 }]],
        ]);
        // Names are in the bodies, never in the entries.
        const entry = await call('ledger.get', pudong, { params: { index: trace.items[0]?.index ?? '' } });
        expect(entry.entry).not.toContain('李');
    });

    it('is filtered and paged', async () => {
        for (const name of ['甲', '乙', '丙', '丁', '戊']) await addParty(name);
        const now = system.services.clock.now();
        expect((await list({ kind: 'party.created' })).total).toBe(6);
        expect((await list({ actorId: pudong.actor })).total).toBe(7);
        expect((await list({ from: now })).total).toBe(6);
        expect((await list({ from: now - 500, to: now })).total).toBe(0);
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
            const page = await list({ kind: 'party.created', limit: 4, ...(cursor === undefined ? {} : { cursor }) });
            seen.push(...page.items.map((each) => each.index));
            cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        expect(new Set(seen).size).toBe(6);
    });

    it('shows an entry by its signed bytes', async () => {
        const [item] = (await list({ kind: 'party.created', limit: 1 })).items;
        const entry = await call('ledger.get', pudong, { params: { index: item?.index ?? '' } });
        const bytes = utf8Bytes(entry.entry);
        expect(Buffer.from(leafHash(nodeDigest, bytes)).toString('hex')).toBe(entry.leaf);
        expect(parseEntry(bytes)).toMatchObject({ kind: 'party.created', commandId: entry.commandId, actor: pudong.actor });
        expect(entry).toMatchObject({ bodyState: 'kept', content: [], rows: [{ table: 'party', version: 1 }] });
        const { size } = (await list({})).head;
        for (const index of [size, '999999999999999999'])
            await expect(call('ledger.get', pudong, { params: { index } })).rejects.toMatchObject({ code: 'ledger.notFound' });
    });

    it('enters a refusal', async () => {
        const wrong = { name: '某公司', kind: 'organisation' as const, creditCode: '1' };
        await expect(call('party.create', pudong, { body: wrong })).rejects.toMatchObject({ code: 'party.creditCodeWrong' });
        const [item] = (await list({ kind: 'command.refused' })).items;
        const { body } = await call('ledger.viewBody', pudong, { params: { index: item?.index ?? '' } });
        expect(body).toEqual({ command: 'party.create', code: 'party.creditCodeWrong', params: { reason: 'length' } });
    });
});

describe('a body', () => {
    it('is opened only with an entry that says so, once per command', async () => {
        const { id } = await addParty('韩梅梅');
        const [item] = (await list({ objectId: id })).items;
        const params = { index: item?.index ?? '' };
        const commandId = system.services.clock.newId();
        const first = await call('ledger.viewBody', pudong, { params }, commandId);
        expect(first.body).toEqual({ name: '韩梅梅', kind: 'naturalPerson', state: 'active' });
        expect(await call('ledger.viewBody', pudong, { params }, commandId)).toEqual(first);
        expect((await list({ objectId: id })).items.map((each) => each.kind)).toEqual(['ledger.bodyViewed', 'party.created']);
        // The answer kept for retries holds no names.
        const kept = await system.superPool.query('select result from liuhen.command where id = $1', [commandId]);
        expect(kept.rows[0]?.result).not.toContain('韩');
    });

    it('of another log is out of reach', async () => {
        const { size } = (await list({})).head;
        const params = { index: String(Number(size) - 1) };
        await expect(call('ledger.viewBody', jingan, { params })).rejects.toMatchObject({ code: 'ledger.notFound' });
        await expect(call('ledger.get', jingan, { params })).rejects.toMatchObject({ code: 'ledger.notFound' });
        expect((await list({ objectId: pudong.id }, jingan)).items).toEqual([]);
    });
});
