import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    type CampaignRecord,
    canonicalJson,
    DAY,
    DEFAULT_SCHEME,
    formatPolicy,
    HOUR,
    type Id,
    judgeCampaignRecord,
    PACKAGE_PATHS,
    parsePolicy,
    parseVerifierKey,
    SYSTEM_ID,
    utf8Bytes,
} from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifierDigest } from '../../../../verify/src/digest.ts';
import { verifyWithKey } from '../../../../verify/src/verify-with-key.ts';
import { startWitnessProcess, type WitnessProcess, writeLogs } from '../../../../witness/src/testing/witness-process.ts';
import { nodeDigest } from '../../platform/digest.ts';
import { buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { caller, type FeatureSystem, featureSystem, type TestOrganisation } from '../../testing/feature-system.ts';
import { actHandlers } from '../act/act.routes.ts';
import { policyFile } from '../ledger/checkpoint/policy.queries.ts';
import { checkpointerOf } from '../ledger/checkpoint/start-checkpoints.ts';
import { witnessingOf } from '../ledger/checkpoint/witnessing.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { inspectionHandlers } from './inspection.routes.ts';

const handlersOf = ({ services }: FeatureSystem) => ({
    ...inspectionHandlers(services),
    ...actHandlers(services),
    ...partyHandlers(services),
});
let system: FeatureSystem;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;
let folder: string;
let witness: WitnessProcess;
let city: TestOrganisation;
let inspector: TestOrganisation;
let districtHead: TestOrganisation;
let strangerHead: TestOrganisation;
let district: Id;
/** The witness has a clock of its own, and the period must end after both. */
let from: number;
let to: number;

beforeAll(async () => {
    system = await featureSystem();
    call = caller(system, handlersOf(system));
    const { services } = system;
    const cityBuilt = await buildOrganisation(services, { code: '310100', name: '市卫生健康委员会', kind: 'cityCommission' });
    city = { ...cityBuilt, actor: cityBuilt.systemAdmin.id } as unknown as TestOrganisation;
    const below = async (code: string, name: string) => {
        const built = await buildOrganisation(services, { code, name, kind: 'districtInstitute', parentId: city.id });
        return { ...built, actor: built.systemAdmin.id } as unknown as TestOrganisation;
    };
    const [one, two] = [await below('310115', '浦东监督所'), await below('310106', '静安监督所')];
    district = one.id;
    const person = async (of: TestOrganisation, name: string, role: 'inspector' | 'instituteHead' | 'officer') => {
        const { id } = await buildPerson(services, of, { name, kind: 'officer', roles: [role] });
        return { ...of, actor: id, roles: [role] };
    };
    inspector = await person(city, '赵稽查', 'inspector');
    districtHead = await person(one, '孙所长', 'instituteHead');
    strangerHead = await person(two, '静安所长', 'instituteHead');
    const officer = await person(one, '李监督', 'officer');
    const officers = [officer, await person(one, '何监督', 'officer')];
    const body = { name: '美发店', kind: 'naturalPerson' as const, address: '世纪大道 100 号' };
    const { id: partyId } = await call('party.create', officer, { body });
    const now = services.clock.now();
    for (let number = 0; number < 6; number++)
        await call('act.create', officer, {
            body: {
                ...{ scenario: 'routineInspection', partyId, place: '世纪大道 100 号' },
                ...{ startsAt: now - 8 * HOUR + number * HOUR, endsAt: now - 7 * HOUR + number * HOUR },
                participants: officers.map(({ actor }) => ({ personId: actor, part: 'officer' as const })),
            },
        });
    from = now - 2 * DAY;
    to = Math.max(now, Date.now()) + 2 * DAY;
    folder = await mkdtemp(join(tmpdir(), 'liuhen-record-'));
    await sign();
    const { rows } = await system.superPool.query('select verifier from ledger.log_key');
    await writeLogs(
        folder,
        rows.map((row) => parseVerifierKey(nodeDigest.sha256, row.verifier)),
    );
    witness = await startWitnessProcess(folder, {});
    const witnessFile = join(folder, 'witnesses.txt');
    const witnesses = [{ name: 'city', key: witness.key, url: witness.url }];
    await writeFile(witnessFile, formatPolicy(nodeDigest.sha256, { logs: [], witnesses, groups: [], quorum: 'city' }));
    Object.assign(services.config, { witnessFile });
}, 120_000);
afterAll(async () => {
    await witness?.stop('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    await system?.expectSound();
    await system?.close();
});

async function sign(): Promise<void> {
    for (const id of [city.id, SYSTEM_ID]) await checkpointerOf(system.services).sign(id);
}
/** What was entered until now is signed, and seen by the witness. */
async function beSeen(): Promise<void> {
    await sign();
    await witnessingOf(system.services).look();
}

const order = (more: Partial<BodyOf<Endpoints['inspection.draft']>> = {}): BodyOf<Endpoints['inspection.draft']> => ({
    ...{ title: '第四季度稽查', organisationIds: [district], from, to, scenarios: [], byOrganisation: true, byScenario: false },
    ...{ take: { number: 3 }, shares: [], reviewerIds: [inspector.actor], scheme: [...DEFAULT_SCHEME], ...more },
});
async function commit(more: Parameters<typeof order>[0] = {}): Promise<Id> {
    const { id } = await call('inspection.draft', inspector, { body: order(more) });
    await call('inspection.commit', inspector, { params: { id } });
    return id;
}
const draw = (id: Id) => call('inspection.draw', inspector, { params: { id }, body: {} });
const get = (who: TestOrganisation, id: Id) => call('inspection.get', who, { params: { id } });
const recordOf = async (who: TestOrganisation, id: Id) =>
    JSON.parse((await call('inspection.record', who, { params: { id } })).record) as CampaignRecord;
/** As a stranger judges it, with the policy that the organisation hands out. */
async function judged(record: CampaignRecord) {
    const trusted = parsePolicy(nodeDigest.sha256, await readPolicy());
    return judgeCampaignRecord(utf8Bytes(canonicalJson(record)), {
        ...{ digest: verifierDigest, verify: verifyWithKey, policy: trusted },
    });
}
const readPolicy = () =>
    system.services.db.read({ readOrgs: [city.id, SYSTEM_ID] }, (db) =>
        policyFile(db, city.id, { witnesses: [{ name: 'city', key: witness.key }], groups: [], quorum: 'city' }),
    );
const advanceTo = (instant: number) => system.services.clock.advance(instant - system.services.clock.now());

describe('the record of a draw', () => {
    let [pleasing, other, given, elsewhere]: Id[] = [];

    it('names on every page the inspections whose seeds were fixed over the same days, newest first', async () => {
        pleasing = await commit({ title: '第一次' });
        await beSeen();
        system.services.clock.advance(1);
        other = await commit({ title: '第二次' });
        system.services.clock.advance(1);
        given = await commit({ title: '第三次', scenarios: ['hearing'] });
        await commit({ title: '另一期间', from: to, to: to + DAY });
        // A draft fixes nothing.
        elsewhere = (await call('inspection.draft', inspector, { body: order({ title: '草稿' }) })).id;
        await call('inspection.abandon', inspector, { params: { id: given }, body: { reason: '与第二次合并' } });
        await call('inspection.abandon', inspector, { params: { id: elsewhere }, body: { reason: '不再需要' } });
        const { parallel } = await get(inspector, pleasing ?? '');
        expect(parallel).toMatchObject([
            { number: '310100-JC-2026-0003', state: 'abandoned', abandonReason: '与第二次合并', sharesActs: true, id: given },
            { number: '310100-JC-2026-0002', state: 'committed', abandonReason: null, sharesActs: true, drawnAt: null },
        ]);
        const { items } = await call('inspection.list', inspector, { query: {} });
        const numbers = (id: Id | undefined) => items.find((each) => each.id === id)?.parallel.map((each) => each.number);
        expect(numbers(pleasing)).toEqual(['310100-JC-2026-0003', '310100-JC-2026-0002']);
        expect(numbers(elsewhere)).toHaveLength(3);
        // The inspected are told the same; who is not inspected opens nothing.
        expect((await get(districtHead, pleasing ?? '')).parallel).toHaveLength(2);
        await expect(get(strangerHead, pleasing ?? '')).rejects.toMatchObject({ code: 'inspection.notFound' });
    });

    it('proves that a witness saw the commitment before the period ended', async () => {
        advanceTo(to);
        expect(await draw(pleasing ?? '')).toEqual({ drawn: 3, unassigned: 0 });
        // Until it is signed, the draw is not in what the log can prove, and that is said.
        const early = await judged(await recordOf(inspector, pleasing ?? ''));
        expect([early.result, early.findings.map(({ code }) => code)]).toEqual(['incomplete', ['record.drawNotInLog']]);
        await beSeen();
        const verdict = await judged(await recordOf(districtHead, pleasing ?? ''));
        expect(verdict.findings).toEqual([]);
        expect([verdict.result, verdict.checks.before, verdict.log?.policy]).toEqual(['valid', 'holds', 'given']);
        expect(Number(verdict.log?.seenBefore) * 1000).toBeLessThan(to);
        expect(verdict.record?.parallel?.inspections.map(({ number, state }) => `${number} ${state}`)).toEqual([
            '310100-JC-2026-0003 abandoned',
            '310100-JC-2026-0002 committed',
        ]);
        // Nothing of the people who act stands in it but who sealed and drew, by their ids.
        expect(JSON.stringify(await recordOf(districtHead, pleasing ?? ''))).not.toContain('李监督');
    });

    it('is found out where the other draw is left out', async () => {
        await draw(other ?? '');
        await beSeen();
        const record = await recordOf(inspector, pleasing ?? '');
        // What became of the other since is told, with how much of it was reviewed.
        expect(record.parallel?.inspections.at(-1)).toMatchObject({
            state: 'drawn',
            sheets: { all: 3, finished: 0, skipped: 0 },
        });
        const inspections = record.parallel?.inspections.filter(({ state }) => state !== 'drawn') ?? [];
        const verdict = await judged({ ...record, parallel: { at: record.drawnAt, inspections } });
        expect(verdict.findings).toEqual([{ code: 'record.parallelMissing', about: '310100-JC-2026-0002' }]);
        expect((await judged(await recordOf(inspector, other ?? ''))).checks.log).toBe('holds');
    });

    it('is given without what the log cannot prove any more', async () => {
        const record = await recordOf(inspector, pleasing ?? '');
        const { committed } = record.log ?? {};
        if (committed === undefined) throw new Error('log');
        expect(record.log?.files.map(({ path }) => path)).toContain(PACKAGE_PATHS.proof(committed));
        const bare = { ...record };
        delete (bare as { log?: unknown }).log;
        expect((await judged(bare)).findings).toEqual([{ code: 'record.noLog' }]);
    });
});
