import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, copyFile, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHUNK_SIZE, DomainError, type EventKind, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from '../../app.ts';
import { expectSealed, SignedInUploader } from '../../faults/uploader.ts';
import { readConfig } from '../../platform/config.ts';
import type { Services } from '../../platform/services.ts';
import { diskStore } from '../../platform/storage/disk-store.ts';
import { layeredStore } from '../../platform/storage/layered-store.ts';
import { initDiskStore } from '../../platform/storage/sentinel.ts';
import type { ObjectStore } from '../../platform/storage/store.ts';
import { foundInstitute, INSTITUTE_PASSWORD, type Institute, USUAL_PEOPLE } from '../../testing/found-institute.ts';
import { type Remote, remote } from '../../testing/remote.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';
import { signNow } from '../ledger/checkpoint/start-checkpoints.ts';
import { scrubStep } from './scrub.jobs.ts';

const HOUR = 3_600_000;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: RunningApp;
let institute: Institute;
let officer: Remote;
let audit: Remote;
let second: ObjectStore;
/** The clock of the reading only: rounds are hours apart, the system lives on as it is. */
let ahead = 0;

const contents = [randomBytes(9_000_000), randomBytes(300_000), randomBytes(10)];
const ids: Id[] = [];

/** Everything is due at once, and a round every 48 minutes. */
const reading = (store: ObjectStore = app.services.store): Services => ({
    ...app.services,
    store,
    clock: { ...app.services.clock, now: () => app.services.clock.now() + ahead },
    config: { ...app.services.config, scrub: { periodMs: 60_000, mostPerSecond: 1n << 40n } },
});
const step = (store?: ObjectStore, signal?: AbortSignal) => scrubStep(reading(store), institute.organisationId, signal);
const entries = async (kind: EventKind) => (await audit.call('ledger.list', { query: { kind } })).items;
const keyOf = (id: Id): Promise<string> =>
    app.services.db.read({ readOrgs: [institute.organisationId] }, async (db) => {
        const row = await db
            .selectFrom('recording as r')
            .innerJoin('blob_copy as c', 'c.blob_id', 'r.blob_id')
            .select('c.key')
            .where('r.id', '=', id)
            .executeTakeFirstOrThrow();
        return row.key;
    });
const onDisk = async (id: Id): Promise<string> => join(folder.path, 'data/objects/objects', await keyOf(id));
async function flip(path: string, at: number, byte: number | undefined): Promise<void> {
    await chmod(path, 0o600);
    const file = await open(path, 'r+');
    await file.write(Uint8Array.of((byte ?? 0) ^ 1), 0, 1, at);
    await file.close();
}

beforeAll(async () => {
    folder = await temporaryFolder('scrub');
    app = await startApp({
        config: readConfig(
            { LIUHEN_PORT: '0', LIUHEN_LOG_LEVEL: 'silent', LIUHEN_STORAGE_FLOOR_MIB: '0' },
            { dataFolder: join(folder.path, 'data') },
        ),
    });
    institute = await foundInstitute(app.url, USUAL_PEOPLE);
    officer = await remote(app.url).signIn('zhouqing', INSTITUTE_PASSWORD);
    audit = officer;
    for (const [index, content] of contents.entries()) {
        const client = new SignedInUploader(officer);
        const path = await client.create(content.length, { filename: `${index}.bin` });
        await client.resume(path, content);
        const id = await client.recording(path);
        ids.push(id);
    }
    const root = join(folder.path, 'second');
    await mkdir(root);
    const id = randomUUID();
    await initDiskStore(root, id);
    second = diskStore({ root, id, hashes: app.services.hashes, newId: randomUUID });
}, 120_000);
afterAll(async () => {
    await app?.stop();
    await folder?.remove();
});

describe('reading everything that is stored once more', () => {
    it('has something to read', async () => {
        for (const [index, id] of ids.entries()) await expectSealed(officer, id, contents[index] as Buffer);
    });

    it('reads each content once a round and says so in one entry', async () => {
        expect(await step()).toBe(3);
        // What is due is read; that nothing is left is seen by the next step.
        await step();
        expect(await step()).toBe(0);
        const [entry, ...more] = await entries('storage.scrubbed');
        expect([entry?.kind, more]).toEqual(['storage.scrubbed', []]);
        ahead += HOUR;
        expect(await step()).toBe(3);
        await step();
        expect(await entries('storage.scrubbed')).toHaveLength(2);
    });

    it('is stopped in the middle, and goes on where it was', async () => {
        ahead += HOUR;
        expect(await step(undefined, AbortSignal.abort())).toBe(0);
        expect(await step()).toBe(3);
        await step();
    });

    it('a large content is read over several minutes, no more at once than may be', async () => {
        ahead += HOUR;
        const asked: string[] = [];
        const store: ObjectStore = {
            ...app.services.store,
            open: (key, options = {}) => {
                asked.push(`${options.start} ${options.end}`);
                return app.services.store.open(key, options);
            },
        };
        const slow = { periodMs: 60_000, mostPerSecond: BigInt(CHUNK_SIZE) / 60n };
        const some = () => {
            const usual = reading(store);
            return scrubStep({ ...usual, config: { ...usual.config, scrub: slow } }, institute.organisationId);
        };
        const [chunk, size] = [CHUNK_SIZE, contents[0]?.length];
        expect([await some(), asked.splice(0)]).toEqual([0, [`0 ${chunk}`]]);
        expect([await some(), asked.splice(0)]).toEqual([0, [`${chunk} ${2 * chunk}`]]);
        expect([await some(), asked.splice(0)]).toEqual([3, [`${2 * chunk} ${size}`, '0 300000', '0 10']]);
        await step();
        expect((await entries('storage.scrubbed')).length).toBeGreaterThan(2);
    });

    it('a store that is away is no damage', async () => {
        ahead += HOUR;
        const away = () => Promise.reject(new DomainError('storage.unavailable'));
        expect(await step({ ...app.services.store, stat: away })).toBe(0);
        expect(await entries('storage.damageFound')).toEqual([]);
        expect(await step()).toBe(3);
        await step();
    });

    it('damage is put right from the second copy, and what was there is set aside', async () => {
        const [big] = ids as [Id];
        const path = await onDisk(big);
        const there = join(folder.path, 'second/objects', await keyOf(big));
        await mkdir(join(there, '..'), { recursive: true });
        await copyFile(path, there);
        await copyFile(`${path}.chunks`, `${there}.chunks`);
        await flip(path, CHUNK_SIZE + 7, contents[0]?.[CHUNK_SIZE + 7]);
        ahead += HOUR;
        // The other copy is damaged too, elsewhere: what is whole in either makes both whole.
        await flip(there, 5, contents[0]?.[5]);
        const both = layeredStore(app.services.store, [second]);
        expect(await step(both)).toBe(4);
        expect(await entries('storage.repaired')).toHaveLength(2);
        expect(Buffer.concat(await (await second.open(await keyOf(big))).toArray())).toEqual(contents[0]);
        expect(await entries('storage.damageFound')).toEqual([]);
        await expectSealed(officer, big, contents[0] as Buffer);
        await step(both);
        expect(await verifyInstallation({ dataFolder: join(folder.path, 'data') })).toMatchObject({ findings: [] });
    });

    it('what is damaged here is not called so while the store that has it whole is away', async () => {
        const [, small] = ids as [Id, Id];
        const key = await keyOf(small);
        const [path, there] = [await onDisk(small), join(folder.path, 'second/objects', key)];
        await mkdir(join(there, '..'), { recursive: true });
        await copyFile(path, there);
        await copyFile(`${path}.chunks`, `${there}.chunks`);
        await flip(path, 9, contents[1]?.[9]);
        ahead += HOUR;
        const repairs = (await entries('storage.repaired')).length;
        const gone = () => Promise.reject(new DomainError('storage.unavailable'));
        const away = layeredStore(app.services.store, [{ ...second, stat: gone, open: gone }]);
        // The first content is read; at the second the reading waits.
        await step(away);
        expect(await entries('storage.damageFound')).toEqual([]);
        expect(await officer.call('recording.get', { params: { id: small } })).toMatchObject({ state: 'sealed' });
        await step(layeredStore(app.services.store, [second]));
        expect(await entries('storage.repaired')).toHaveLength(repairs + 1);
        expect(await entries('storage.damageFound')).toEqual([]);
        await expectSealed(officer, small, contents[1] as Buffer);
        await step(layeredStore(app.services.store, [second]));
    });

    // Case 14 of the fault list.
    it('both copies damaged in one place: it is said to be damaged, nothing is erased, and what is whole is still proven', async () => {
        const [, small, tiny] = ids as [Id, Id, Id];
        const [path, there] = [await onDisk(small), join(folder.path, 'second/objects', await keyOf(small))];
        const both = layeredStore(app.services.store, [second]);
        for (const [at, file] of [path, there].entries()) await flip(file, 20 + at, contents[1]?.[20 + at]);
        const before = [await readFile(path), await readFile(there)];
        ahead += HOUR;
        await step(both);
        expect(await officer.call('recording.get', { params: { id: small } })).toMatchObject({
            state: 'damaged',
            playable: false,
        });
        expect((await entries('storage.damageFound')).map(({ objects }) => objects.map(({ id }) => id))).toEqual([[small]]);
        expect([await readFile(path), await readFile(there)]).toEqual(before);
        await expectSealed(officer, tiny, contents[2] as Buffer);
        const report = await verifyInstallation({ dataFolder: join(folder.path, 'data') });
        expect(report.findings.map(({ code, about }) => [about, code])).toEqual([['file', 'file.changed']]);
        // Of the log, which says what the content was, nothing is lost.
        expect(report.logs.every(({ findings }) => findings === 0)).toBe(true);
        const [registered] = (await audit.call('ledger.list', { query: { objectId: small, kind: 'recording.registered' } }))
            .items;
        await signNow(app.services, institute.organisationId);
        const proof = await fetch(`${app.url}/api/ledger/${registered?.index}/proof`, {
            headers: { cookie: officer.cookie ?? '' },
        });
        expect(proof.status).toBe(200);
        for (const [at, file] of [path, there].entries()) {
            const bytes = before[at] as Buffer;
            bytes[20 + at] = contents[1]?.[20 + at] as number;
            await chmod(file, 0o600);
            await writeFile(file, bytes);
        }
        await step(both);
    });

    it('damage without another copy is found before anybody plays it, named by its chunk, and shown no more', async () => {
        const [big] = ids as [Id];
        await flip(await onDisk(big), CHUNK_SIZE + 7, contents[0]?.[CHUNK_SIZE + 7]);
        ahead += HOUR;
        expect(await step()).toBe(3);
        expect(await officer.call('recording.get', { params: { id: big } })).toMatchObject({ state: 'damaged', playable: false });
        const [found] = await entries('storage.damageFound');
        expect(found?.objects.map(({ id }) => id)).toEqual([big]);
        const opened = await officer
            .call('recording.openViewing', { params: { id: big }, body: { purpose: '复核' } })
            .catch((error: { code: string }) => error.code);
        expect(opened).toBe('recording.damaged');
        await step();
        // Said once: the next round finds it again, but a recording that is marked stays marked.
        const report = await verifyInstallation({ dataFolder: join(folder.path, 'data') });
        expect(report.findings.map(({ code }) => code)).toEqual(['file.changed']);
    });
});
