import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bodyOf, type DomainEvent, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { insertRow } from '../../platform/command/row-writer.ts';
import { commandBy } from '../../testing/builders.ts';
import { addOrganisation, type FeatureSystem, featureSystem, type TestOrganisation } from '../../testing/feature-system.ts';

const ENTRIES = 1_000_000;
/** The log against whose verification that of the whole one is held. */
const FEW = 50_000;
/** Entries of one command: the log is filled through the one way to write, only in larger pieces than people do. */
const AT_ONCE = 1_000;
const NEW_AT_ONCE = 10;
/** What JavaScript's values may take in the verifying process; the entries alone would not fit. */
const HEAP_MIB = 160;
/** Twenty times the entries, objects and rows may cost this much more resident memory. */
const GROWTH_MIB = 128;
const CHILD = fileURLToPath(new URL('./verify-child.fixture.ts', import.meta.url));

let system: FeatureSystem;
let pudong: TestOrganisation;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
});
afterAll(() => system?.close());

/** One command: some new parties, and everything else about those that there are. */
function fill(parties: Id[], step: number): Promise<null> {
    const { services } = system;
    return runCommand(services.commands, commandBy(services, pudong.id, pudong.actor), 'party.import', async (tx) => {
        const fresh = Array.from({ length: NEW_AT_ONCE }, () => tx.newId());
        for (const id of fresh)
            await insertRow(tx, 'party', { id, name: `相对人 ${step}`, kind: 'naturalPerson', state: 'active', search_text: '' });
        const created = fresh.map(
            (id): DomainEvent => ({ kind: 'party.created', creates: [id], body: bodyOf({ name: `相对人 ${step}` }) }),
        );
        parties.push(...fresh);
        const seen = Array.from({ length: AT_ONCE - created.length }, (_, at): DomainEvent => {
            const id = parties[(step * 7_919 + at * 31) % parties.length] ?? pudong.id;
            return { kind: 'party.updated', objects: [id], body: bodyOf({ step, at }) };
        });
        return { result: null, events: [...created, ...seen] as [DomainEvent, ...DomainEvent[]] };
    });
}

type Verified = { entries: number; rows: number; findings: unknown[]; total: number; seconds: number; peakMib: number };

/** In a process of its own, so that its memory is that of the verification alone. */
async function verified(): Promise<Verified> {
    // Whatever autovacuum has not looked at yet.
    await system.superPool.query('analyze');
    const { stdout } = await promisify(execFile)(process.execPath, [
        `--max-old-space-size=${HEAP_MIB}`,
        CHILD,
        system.services.database.readerUrl,
    ]);
    const report: Verified = JSON.parse(stdout);
    expect({ findings: report.findings, total: report.total }).toEqual({ findings: [], total: 0 });
    return report;
}

it('a log of a million entries is verified whole, in memory that hardly grows with it', async () => {
    const parties: Id[] = [];
    let step = 0;
    const fillUntil = async (entries: number) => {
        for (; step < entries / AT_ONCE; step++) await fill(parties, step);
    };
    await fillUntil(FEW);
    const few = await verified();
    const begun = performance.now();
    await fillUntil(ENTRIES);
    const written = (ENTRIES - FEW) / ((performance.now() - begun) / 1_000);
    const { entries, rows, seconds, peakMib } = await verified();
    expect(entries).toBeGreaterThanOrEqual(ENTRIES);
    expect(rows).toBeGreaterThanOrEqual((ENTRIES / AT_ONCE) * NEW_AT_ONCE);
    const { rows: sizes } = await system.superPool.query<{ bytes: string }>(
        `select sum(pg_total_relation_size(c.oid)) as bytes from pg_class c
         where c.relnamespace = 'ledger'::regnamespace and c.relkind = 'r'`,
    );
    const storedMib = Number(sizes[0]?.bytes ?? 0) / 2 ** 20;
    console.log(
        `million: ${entries} entries about ${parties.length} parties, ${Math.round(storedMib)} MiB stored, written at ${Math.round(written)}/s; verified in ${Math.round(seconds)} s (${Math.round(entries / seconds)}/s), at most ${peakMib} MiB resident; of ${few.entries} entries ${few.peakMib} MiB`,
    );
    expect(peakMib - few.peakMib).toBeLessThan(GROWTH_MIB);
});
