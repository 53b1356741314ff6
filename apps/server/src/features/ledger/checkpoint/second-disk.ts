import {
    BUNDLE_ENTRY_MAX,
    BUNDLE_WIDTH,
    createCompactRange,
    formatBundle,
    type HeadHash,
    headOrigin,
    type Id,
    merkleLeaf,
    parseCheckpoint,
    parseNote,
    peaksOf,
    SYSTEM_ID,
    sameBytes,
} from '@liuhen/domain';
import type { ReadDb } from '../../../platform/db/database.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import { failpoint } from '../../../platform/failpoint.ts';
import type { Services } from '../../../platform/services.ts';
import { readTrusted } from '../../../platform/witnesses.ts';
import { entriesFrom, lastCheckpoint } from './checkpoint.queries.ts';
import { compareWithMirror } from './compare-mirror.ts';
import { bundlePath, DiskFolder, DiskTrouble, diskSource, refuseOtherDisk } from './disk-folder.ts';
import { policyFile } from './policy.queries.ts';
import { bodiesFrom, diskStanding, notesBetween, rootAt, stampsOf } from './second-disk.queries.ts';
import { noteDiskSize, noteDiskTrouble } from './second-disk.store.ts';
import { treeNodes } from './tree.queries.ts';
import { cosignaturesOf, currentOrigin, withCosignatures } from './witness.queries.ts';

type Tools = Pick<Services, 'db' | 'clock' | 'config' | 'installation' | 'log'>;
type About = { readonly orgId: Id; readonly origin: string; readonly root: string };
type Note = { readonly size: bigint; readonly note: Uint8Array };

const WIDTH = Number(BUNDLE_WIDTH);

/**
 * Writes what is new of a log to the second disk. What the disk holds is compared with the database first; where they differ nothing is
 * written, and it is said until it is over. Never throws for what a disk can do: nothing else stops.
 */
export async function writeSecondDisk(tools: Tools, orgId: Id): Promise<void> {
    const root = tools.config.secondDisk;
    if (root === undefined) return;
    try {
        await refuseOtherDisk(root, tools.installation.storeId);
        const origin = await tools.db.read({ readOrgs: [orgId] }, (db) => currentOrigin(db, orgId, 'sha256'));
        // Without a key nothing is signed yet.
        if (origin === undefined) return;
        const about = { orgId, origin, root };
        const held = await comparedWithDisk(tools, about);
        await noteDiskSize(tools, orgId, origin, await writeNew(tools, about, held));
    } catch (error) {
        if (!(error instanceof DiskTrouble)) throw error;
        tools.log.error({ code: error.code }, 'the second disk was not written');
        await noteDiskTrouble(tools, orgId, error.code, error.params);
    }
}

/** How many entries the disk holds, all of them as the database has them. */
async function comparedWithDisk(tools: Tools, { orgId, origin, root }: About): Promise<bigint> {
    const compared = await compareWithMirror(tools, diskSource(root), { orgId, origin });
    if (compared.kind === 'nothing') {
        if ((await new DiskFolder(root, origin).read('checkpoint')) !== undefined)
            throw new DiskTrouble('disk.damaged', { size: '0' });
        const { size, origin: before } = await tools.db.read({ readOrgs: [orgId] }, (db) => diskStanding(db, orgId));
        // Under a new name a log is written anew beside what is there of the old one.
        if (size > 0n && before === origin) throw new DiskTrouble('disk.lost', { size: String(size) });
        return 0n;
    }
    if (compared.kind === 'mirrorDamaged') throw new DiskTrouble('disk.damaged', { size: String(compared.size) });
    const [first] = compared.differences;
    if (first !== undefined)
        throw new DiskTrouble('disk.differs', {
            count: String(compared.count),
            index: String(first.index),
            size: String(compared.size),
        });
    return compared.size;
}

/**
 * Entries first, then what is said of them, then the checkpoint: whoever reads the disk after a power cut finds all that its checkpoint
 * names. Gives how many entries it holds now.
 */
async function writeNew(tools: Tools, about: About, held: bigint): Promise<bigint> {
    const { db, config } = tools;
    const { orgId, origin, root } = about;
    const folder = new DiskFolder(root, origin);
    const signed = await db.read({ readOrgs: [orgId] }, (read) => newestNote(read, orgId, 'sha256'));
    if (signed === undefined || parseCheckpoint(parseNote(signed.note).text).origin !== origin) return held;
    if (signed.size > held) {
        await writeEntries(tools, about, held, signed.size);
        await folder.write(`signed/${held}-${signed.size}.jsonl`, await signedSince(tools, orgId, held, signed.size));
    }
    const sm3 = await db.read({ readOrgs: [orgId] }, (read) => newestNote(read, orgId, 'sm3'));
    if (sm3 !== undefined) await folder.write('checkpoint.sm3', sm3.note);
    await writeStamps(tools, about, folder);
    const trusted = await readTrusted(config);
    await folder.write('policy.txt', await db.read({ readOrgs: [orgId, SYSTEM_ID] }, (read) => policyFile(read, orgId, trusted)));
    failpoint('disk.written');
    await folder.write('checkpoint', signed.note);
    const before = held % BUNDLE_WIDTH;
    if (signed.size > held && before > 0n) await folder.dropPartial(held / BUNDLE_WIDTH, Number(before));
    return signed.size;
}

/** The newest checkpoint with what witnesses signed of it. */
async function newestNote(db: ReadDb, orgId: Id, head: HeadHash): Promise<Note | undefined> {
    const last = await lastCheckpoint(db, orgId, head);
    if (last === undefined) return undefined;
    return { size: last.size, note: withCosignatures(last.note, await cosignaturesOf(db, orgId, head, [Number(last.size)])) };
}

/** Bundles from the one that was not full on. Throws `disk.entriesDiffer` before the checkpoint is written where they are not what was signed. */
async function writeEntries(tools: Tools, { orgId, origin, root }: About, held: bigint, size: bigint): Promise<void> {
    const { db, config } = tools;
    const folder = new DiskFolder(root, origin);
    const range = await db.read({ readOrgs: [orgId] }, async (read) => {
        const peaks = await peaksOf(held, treeNodes(read, orgId, 'sha256'));
        return createCompactRange(nodeDigest.sha256, { from: { size: held, peaks } });
    });
    for (let first = held - (held % BUNDLE_WIDTH); first < size; first += BUNDLE_WIDTH) {
        const width = Math.min(Number(size - first), WIDTH);
        const rows = await db.read({ readOrgs: [orgId] }, (read) => entriesFrom(read, orgId, first, width));
        const entries = rows.filter(({ idx }) => BigInt(idx) < first + BigInt(width)).map(({ entry }) => entry);
        const long = rows.find(({ entry }) => entry.length > BUNDLE_ENTRY_MAX);
        if (long !== undefined) throw new DiskTrouble('disk.entryTooLong', { index: String(long.idx) });
        if (entries.length !== width) throw new DiskTrouble('disk.entriesDiffer', { size: String(size) });
        for (const entry of entries.slice(Number(held > first ? held - first : 0n)))
            range.append(merkleLeaf(nodeDigest.sha256, entry));
        await folder.write(bundlePath(first / BUNDLE_WIDTH, width), formatBundle(entries));
        if (config.secondDiskBodies)
            await writeBodies(tools, folder, { orgId, from: first > held ? first : held, to: first + BigInt(width) });
    }
    const signed = await db.read({ readOrgs: [orgId] }, (read) => lastCheckpoint(read, orgId, 'sha256'));
    // It may have been signed further meanwhile: what was written is of the size that was asked for.
    const root256 =
        signed?.size === size ? signed.root : await db.read({ readOrgs: [orgId] }, (read) => rootAt(read, orgId, size));
    if (root256 === undefined || !sameBytes(range.root(), root256))
        throw new DiskTrouble('disk.entriesDiffer', { size: String(size) });
}

/** Names, values and free text of the entries, with the salts that bind them: only where that was wanted. */
async function writeBodies(
    { db }: Tools,
    folder: DiskFolder,
    { orgId, from, to }: { orgId: Id; from: bigint; to: bigint },
): Promise<void> {
    const rows = await db.read({ readOrgs: [orgId] }, (read) => bodiesFrom(read, orgId, from, to));
    const lines = rows.map(({ idx, salt, body }) => JSON.stringify({ index: idx, salt: base64(salt), body: base64(body) }));
    await folder.write(`bodies/${from}-${to}.jsonl`, asFile(lines));
}

/** Every checkpoint of the new entries and who cosigned it, a line each. */
async function signedSince({ db }: Tools, orgId: Id, held: bigint, size: bigint): Promise<Uint8Array> {
    const rows = await db.read({ readOrgs: [orgId] }, (read) => notesBetween(read, orgId, held, size));
    return asFile(
        rows.map(({ hash, size: of, at, note }) =>
            JSON.stringify({ head: hash, size: of, at, note: Buffer.from(note).toString() }),
        ),
    );
}

/** Each time-stamp in a file of its own with the checkpoint it is about; one may come days after its checkpoint. */
async function writeStamps({ db }: Tools, { orgId, origin }: About, folder: DiskFolder): Promise<void> {
    for (const { hash, size, token, note } of await db.read({ readOrgs: [orgId] }, (read) => stampsOf(read, orgId))) {
        const path = `time-stamps/${hash}-${size}`;
        const ofThis = parseCheckpoint(parseNote(note).text).origin === headOrigin(origin, hash);
        if (!ofThis || (await folder.read(`${path}.tst`)) !== undefined) continue;
        await folder.write(`${path}.note`, note);
        await folder.write(`${path}.tst`, token);
    }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const asFile = (lines: readonly string[]): Uint8Array => Buffer.from(lines.map((line) => `${line}\n`).join(''));
