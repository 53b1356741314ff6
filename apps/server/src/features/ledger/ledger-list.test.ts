import type { Endpoints, QueryOf } from '@liuhen/contract';
import { bodyOf, type DomainEvent, type EventKind, type Id } from '@liuhen/domain';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import type { NonEmpty } from '../../platform/command/tx.ts';
import { kyselyOn } from '../../platform/db/client-dialect.ts';
import { type ReadDb, scopeStatement } from '../../platform/db/database.ts';
import { inOneTrip } from '../../platform/db/round-trip.ts';
import { pgTypes } from '../../platform/db/types.ts';
import { commandBy } from '../../testing/builders.ts';
import {
    addOrganisation,
    addPerson,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { listEntries } from './ledger-list.queries.ts';

type Query = Partial<QueryOf<Endpoints['ledger.list']>>;
type Entry = { idx: number; at: number; kind: EventKind; actor: Id };

/** The last one is rare: most blocks hold none of it. */
const KINDS: NonEmpty<EventKind> = ['party.updated', 'act.updated', 'person.updated', 'organisation.updated'];
const SIZES = [1, 3, 90, 2, 1, 410, 7, 1, 600, 5, 30, 1, 222, 64, 256, 1, 2, 17];

let system: FeatureSystem;
let pudong: TestOrganisation;
let objects: readonly Id[];
/** All entries of the log, read without any of what is tested here. */
let entries: readonly Entry[];

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    const jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    const actors = [
        pudong.actor,
        await addPerson(system, pudong, '李雷', 'officer'),
        await addPerson(system, pudong, '韩梅', 'officer'),
    ];
    objects = [system.services.clock.newId(), system.services.clock.newId()];
    let number = 0;
    for (const [position, size] of SIZES.entries()) {
        // Time goes back once in a while: commands that begin early may end late, and clocks are set.
        system.services.clock.advance(position % 5 === 4 ? -40_000 : 9_000);
        await append(pudong, actors[position % 7 === 0 ? 1 : position % 2 === 0 ? 0 : 2] as Id, size, number);
        await append(jingan, jingan.actor, 20, number);
        number += size;
    }
    const { rows } = await system.superPool.query({
        text: 'select idx, at, kind, actor from ledger.entry where org_id = $1 order by idx desc',
        values: [pudong.id],
        types: pgTypes,
    });
    entries = rows;
    await system.superPool.query('analyze ledger.entry; analyze ledger.tally; analyze ledger.object');
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

/** One command with many entries of mixed kinds, every fiftieth about an object. */
async function append(who: TestOrganisation, actor: Id, size: number, from: number): Promise<void> {
    const events = Array.from({ length: size }, (_, at): DomainEvent => {
        const number = from + at;
        const kind = number === 700 ? KINDS[3] : KINDS[Math.floor(number / 11) % 3];
        const about = number % 50 === 0 && who === pudong ? { objects: [objects[(number / 50) % 2] as Id] } : {};
        return { kind: kind ?? KINDS[0], ...about, body: bodyOf({}) };
    });
    await runCommand(system.services.commands, commandBy(system.services, who.id, actor), 'test.append', async () => ({
        result: null,
        events: events as unknown as NonEmpty<DomainEvent>,
    }));
}

const list = (query: Query) =>
    system.services.db.read({ readOrgs: [pudong.id] }, (db) => listEntries(db, pudong.id, { limit: 50, ...query }));

/** Page by page to the end; every page says the same total. */
async function listAll(query: Query): Promise<{ indexes: number[]; total: number }> {
    const first = await list(query);
    const indexes = first.items.map((item) => Number(item.index));
    for (let { next } = first; next !== null; ) {
        const page = await list({ ...query, cursor: next });
        expect(page.total).toBe(first.total);
        expect(page.items.length).toBeGreaterThan(0);
        indexes.push(...page.items.map((item) => Number(item.index)));
        next = page.next;
    }
    return { indexes, total: first.total };
}

const matching = ({ kind, actorId, from, to }: Query): number[] =>
    entries
        .filter(
            (entry) =>
                (kind === undefined || entry.kind === kind) &&
                (actorId === undefined || entry.actor === actorId) &&
                (from === undefined || entry.at >= from) &&
                (to === undefined || entry.at < to),
        )
        .map((entry) => entry.idx);

describe('the list of a log of many blocks', () => {
    it('is made over full blocks and a rest', async () => {
        const { rows } = await system.superPool.query(
            'select count(distinct block)::int as blocks, sum(entries)::int as entries from ledger.tally where org_id = $1',
            [pudong.id],
        );
        expect(rows).toEqual([{ blocks: 6, entries: 6 * 256 }]);
        expect(entries.length).toBeGreaterThan(6 * 256);
    });

    it('holds exactly what is asked for, newest first, whatever is asked', async () => {
        const times = [...new Set(entries.map((entry) => entry.at))].sort();
        const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
        const time = optional(fc.tuple(fc.constantFrom(...times), fc.constantFrom(-1, 0, 1)).map(([at, by]) => at + by));
        const asked = fc.record({
            kind: optional(fc.constantFrom(...KINDS, 'party.created' as const)),
            actorId: optional(fc.constantFrom(...new Set(entries.map((entry) => entry.actor)), objects[0] as Id)),
            from: time,
            to: time,
            limit: fc.constantFrom(7, 50, 200),
        });
        await fc.assert(
            fc.asyncProperty(asked, async ({ limit, ...each }) => {
                const query = Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)) as Query;
                const expected = matching(query);
                expect(await listAll({ ...query, limit })).toEqual({ indexes: expected, total: expected.length });
            }),
            { numRuns: 80, seed: 20_261_125 },
        );
    });

    it('goes on through blocks that lie partly in the time asked for and hold nothing of it', async () => {
        for (const from of new Set(entries.map((entry) => entry.at))) {
            for (const kind of KINDS) {
                const expected = matching({ kind, from, to: from + 1 });
                const { items, total, next } = await list({ kind, from, to: from + 1, limit: 1 });
                expect([items.map((item) => Number(item.index)), total]).toEqual([expected.slice(0, 1), expected.length]);
                expect(next === null).toBe(expected.length < 2);
            }
        }
    });

    it('of one object holds what is done to it, filtered as well', async () => {
        const [objectId = ''] = objects;
        const { rows } = await system.superPool.query({
            text: 'select idx from ledger.object where object_id = $1 order by idx desc',
            values: [objectId],
            types: pgTypes,
        });
        const all: number[] = rows.map((row) => row.idx);
        expect(all.length).toBeGreaterThan(10);
        expect(await listAll({ objectId, limit: 4 })).toEqual({ indexes: all, total: all.length });
        const ofKind = new Set(matching({ kind: KINDS[0] }));
        const both = all.filter((index) => ofKind.has(index));
        expect(await listAll({ objectId, kind: KINDS[0], limit: 3 })).toEqual({ indexes: both, total: both.length });
    });

    it('finds a needle without reading the haystack', async () => {
        const times = entries.map((entry) => entry.at);
        const asked: Query[] = [
            {},
            { kind: KINDS[3] },
            { kind: KINDS[0] },
            { actorId: pudong.actor, limit: 200 },
            { kind: KINDS[0], actorId: pudong.actor },
            { from: Math.min(...times) + 1_000, to: Math.max(...times) - 1_000 },
            { objectId: objects[0] as Id },
        ];
        for (const query of asked) {
            const plans = await plansOf((db) => listEntries(db, pudong.id, { limit: 50, ...query }));
            const ofEntries = plans.filter((plan) => plan.includes('entry_pkey'));
            expect(ofEntries.length, JSON.stringify(query)).toBeGreaterThan(0);
            expect(plans.join('\n'), JSON.stringify(query)).not.toMatch(/Seq Scan on (ledger\.)?entry/);
        }
        // One block of six is looked into for the one entry, beside the rest.
        const plans = await plansOf((db) => listEntries(db, pudong.id, { limit: 50, kind: KINDS[3] }));
        const removed = plans.flatMap((plan) =>
            [...plan.matchAll(/Rows Removed by Filter: (\d+)/g)].map((each) => Number(each[1])),
        );
        expect(Math.max(...removed)).toBeLessThan(256);
    });
});

/** The plans of all statements, as they ran for the application with this organisation in scope. */
async function plansOf(work: (db: ReadDb) => Promise<unknown>): Promise<string[]> {
    const client = new pg.Client({ connectionString: system.services.database.superUrl, types: pgTypes });
    await client.connect();
    const plans: string[] = [];
    client.on('notice', (notice) => plans.push(notice.message ?? ''));
    await client.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_analyze = on;
        set client_min_messages = log; set search_path = liuhen, public; set role liuhen_app`);
    const begin = { name: 'begin', text: 'begin isolation level repeatable read read only' };
    await inOneTrip(client, [begin, scopeStatement({ readOrgs: [pudong.id] })]);
    await work(kyselyOn(client) as unknown as ReadDb);
    await client.query('commit');
    await client.end();
    return plans.filter((plan) => plan.includes('Query Text'));
}
