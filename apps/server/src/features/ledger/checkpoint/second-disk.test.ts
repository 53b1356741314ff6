import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
    BUNDLE_WIDTH,
    bodyHash,
    createCompactRange,
    fromHex,
    judgeCheckpoint,
    merkleLeaf,
    originHash,
    parseBundle,
    parseCheckpoint,
    parseEntry,
    parseNote,
    parsePolicy,
    tilePath,
    toHex,
} from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeDigest } from '../../../platform/digest.ts';
import { verifyNoteKey } from '../../../platform/verify-note-key.ts';
import { addOrganisation, type FeatureSystem, featureSystem, type TestOrganisation } from '../../../testing/feature-system.ts';
import { fillLog } from '../../../testing/fill-log.ts';
import { smallDisk } from '../../../testing/small-disk.ts';
import { type TemporaryFolder, temporaryFolder } from '../../../testing/temporary-folder.ts';
import { prepareDisk } from './disk-folder.ts';
import { diskStanding } from './second-disk.queries.ts';
import { writeSecondDisk } from './second-disk.ts';
import { checkpointerOf } from './start-checkpoints.ts';
import { currentOrigin } from './witness.queries.ts';

let system: FeatureSystem;
let folder: TemporaryFolder;
let org: TestOrganisation;
let disk: string;
let home: string;

beforeAll(async () => {
    system = await featureSystem();
    folder = await temporaryFolder('second-disk');
    disk = join(folder.path, 'disk');
    await mkdir(disk);
    Object.assign(system.services.config, { secondDisk: disk, secondDiskBodies: true });
    org = await addOrganisation(system, '310117', '松江区监督所');
    await more(300);
    const origin = (await system.services.db.read({ readOrgs: [org.id] }, (db) => currentOrigin(db, org.id, 'sha256'))) ?? '';
    home = originHash(nodeDigest.sha256, origin);
}, 60_000);
afterAll(async () => {
    await folder?.remove();
    await system?.close();
});

async function more(count: number): Promise<void> {
    await fillLog(system, org, count);
    await checkpointerOf(system.services).sign(org.id);
}
const write = async () => {
    await writeSecondDisk(system.services, org.id);
    return system.services.db.read({ readOrgs: [org.id] }, (db) => diskStanding(db, org.id));
};
const bytesOf = async (path: string) => new Uint8Array(await readFile(join(disk, home, path)));

/** As somebody does who has the disk and nothing else: every entry leads to the checkpoint, which the log's key signed. */
async function verifiedOffline(): Promise<bigint> {
    const note = parseNote(await bytesOf('checkpoint'));
    const checkpoint = parseCheckpoint(note.text);
    const range = createCompactRange(nodeDigest.sha256);
    for (let first = 0n; first < checkpoint.size; first += BUNDLE_WIDTH) {
        const width = Math.min(Number(checkpoint.size - first), 256);
        const entries = parseBundle(await bytesOf(join('tile/entries', tilePath(first / BUNDLE_WIDTH, width)))) ?? [];
        expect(entries.length).toBe(width);
        for (const entry of entries) range.append(merkleLeaf(nodeDigest.sha256, entry));
    }
    expect(toHex(range.root())).toBe(toHex(checkpoint.root));
    const policy = parsePolicy(nodeDigest.sha256, await bytesOf('policy.txt'));
    const judged = await judgeCheckpoint(policy, await bytesOf('checkpoint'), verifyNoteKey);
    expect(judged.checkpoint.size).toBe(checkpoint.size);
    return checkpoint.size;
}

// Case 11 of the fault list, for the second disk.
describe('the second disk', () => {
    it('is not filled where nobody has said that it is one, and an empty mount point is none', async () => {
        expect((await write()).trouble).toMatchObject({ code: 'disk.notMounted', params: { folder: disk } });
        expect(await readdir(disk)).toEqual([]);
        await writeFile(join(disk, 'LIUHEN-SECOND-DISK'), JSON.stringify({ store: system.services.clock.newId(), version: 1 }));
        expect((await write()).trouble).toMatchObject({ code: 'disk.otherInstallation' });
        await expect(prepareDisk(disk, system.services.installation.storeId)).rejects.toThrow('disk.otherInstallation');
        await rm(join(disk, 'LIUHEN-SECOND-DISK'));
        await prepareDisk(disk, system.services.installation.storeId);
        expect(await write()).toMatchObject({ trouble: null });
    });

    it('holds every entry, verified without the database, and grows by what is new', async () => {
        const first = await verifiedOffline();
        expect(first).toBe((await write()).size);
        await more(250);
        const { size, trouble } = await write();
        expect([size, trouble]).toEqual([first + 250n, null]);
        expect(await verifiedOffline()).toBe(size);
        // The file of the bundle that has grown is gone, the whole one is there.
        expect(await readdir(join(disk, home, 'tile/entries/001.p')).catch(() => [])).toEqual([]);
        await more(1);
        await write();
        expect(await verifiedOffline()).toBe(size + 1n);
    });

    it('holds the bodies where that is wanted, each bound to its entry, and every checkpoint that was signed', async () => {
        const lines = async (at: string) => {
            const found: Record<string, string>[] = [];
            for (const name of await readdir(join(disk, home, at)))
                for (const line of (await readFile(join(disk, home, at, name), 'utf8')).split('\n'))
                    if (line !== '') found.push(JSON.parse(line) as Record<string, string>);
            return found;
        };
        const bodies = await lines('bodies');
        const { size } = await write();
        expect(new Set(bodies.map(({ index }) => Number(index))).size).toBe(Number(size));
        const entries = parseBundle(await bytesOf('tile/entries/000')) ?? [];
        const of = bodies.find(({ index }) => Number(index) === 200);
        const body = bodyHash(nodeDigest, Buffer.from(of?.salt ?? '', 'base64'), Buffer.from(of?.body ?? '', 'base64'));
        expect(toHex(body)).toBe(parseEntry(entries[200] ?? new Uint8Array(0)).bodyHash);
        const { rows } = await system.superPool.query('select count(*) as n from ledger.checkpoint where org_id = $1', [org.id]);
        expect((await lines('signed')).length).toBe(Number(rows[0].n));
        expect(fromHex(home)).toHaveLength(32);
    });

    it('with a flipped bit, or gone, is an alarm and is not written over', async () => {
        const file = join(disk, home, 'tile/entries/000');
        const sound = await readFile(file);
        const flipped = Buffer.from(sound);
        flipped[900] = (flipped[900] as number) ^ 1;
        await writeFile(file, flipped);
        await more(1);
        expect((await write()).trouble).toMatchObject({ code: 'disk.damaged' });
        expect(await readFile(file)).toEqual(flipped);
        await writeFile(file, sound);
        expect((await write()).trouble).toBeNull();
        const note = await readFile(join(disk, home, 'checkpoint'));
        await rm(join(disk, home, 'checkpoint'));
        expect((await write()).trouble).toMatchObject({ code: 'disk.lost' });
        expect(await readdir(join(disk, home))).not.toContain('checkpoint');
        await writeFile(join(disk, home, 'checkpoint'), note);
        expect((await write()).trouble).toBeNull();
    });

    it('names the first entry that the database has otherwise, and takes nothing of it', async () => {
        const client = await system.superPool.connect();
        await client.query("set session_replication_role = 'replica'");
        const edit = (from: string, to: string) =>
            client.query(
                `update ledger.entry set entry = convert_to(replace(convert_from(entry, 'utf8'), $2, $3), 'utf8') where org_id = $1 and idx = 7`,
                [org.id, from, to],
            );
        const { rows } = await client.query(`select kind from ledger.entry where org_id = $1 and idx = 7`, [org.id]);
        await edit(rows[0].kind, `${rows[0].kind}x`);
        expect((await write()).trouble).toMatchObject({ code: 'disk.differs', params: { index: '7', count: '1' } });
        await edit(`${rows[0].kind}x`, rows[0].kind);
        await client.query('reset session_replication_role');
        client.release();
        expect((await write()).trouble).toBeNull();
        await verifiedOffline();
    });

    it('that is full is an alarm, and what it held before stays whole; with room it goes on', async () => {
        const mount = join(folder.path, 'small');
        await mkdir(mount);
        const small = await smallDisk(mount, 1);
        try {
            Object.assign(system.services.config, { secondDisk: small.path });
            await prepareDisk(small.path, system.services.installation.storeId);
            await system.superPool.query('delete from liuhen.second_disk');
            await writeFile(join(small.path, 'filler'), Buffer.alloc(900 * 1024));
            expect((await write()).trouble).toMatchObject({ code: 'disk.full' });
            await rm(join(small.path, 'filler'));
            const before = disk;
            disk = small.path;
            expect((await write()).trouble).toBeNull();
            await verifiedOffline();
            disk = before;
        } finally {
            Object.assign(system.services.config, { secondDisk: disk });
            await small.end();
        }
    });
});
