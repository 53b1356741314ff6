import { createHash } from 'node:crypto';
import { chmod, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { COMMAND_ID_HEADER } from '@liuhen/contract';
import {
    HOUR,
    type Id,
    merkleLeaf,
    PACKAGE_PATHS,
    type PackageManifest,
    parseEntry,
    parseManifest,
    parsePolicy,
    verifyTlogProof,
} from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifierDigest } from '../../../../verify/src/digest.ts';
import { verifyWithKey } from '../../../../verify/src/verify-with-key.ts';
import { SignedInUploader } from '../../faults/uploader.ts';
import { foundInstitute, INSTITUTE_PASSWORD } from '../../testing/found-institute.ts';
import { newId, type Remote, remote } from '../../testing/remote.ts';
import { type ServerProcess, startServerProcess } from '../../testing/server-process.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';

const CLIPS = new URL('../../../../../demo/clips/', import.meta.url);
const NAMES = ['DCAM_A0173_110207_20261028_140456.MP4', 'DCAM_A0173_110207_20261012_092954.MP4'];
const WHY = {
    purpose: 'litigation',
    proceeding: '（2026）沪测行初1号',
    basis: '行政诉讼法第三十四条',
    recipient: '测试区人民法院 钱书记员',
    reason: '应诉举证',
} as const;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: ServerProcess;
let organisationId: Id;
const cookies: Record<string, string | undefined> = {};
let act: Id;
const recordings: Id[] = [];
let packed: Id;

const dataFolder = () => join(folder.path, 'data');
const as = (login: string): Remote => remote(server.url, cookies[login]);
const get = (id: Id) => as('lumanager').call('retrieval.get', { params: { id } });
const until = (id: Id, state: string) =>
    vi.waitUntil(async () => (await get(id)).state === state, { timeout: 60_000, interval: 100 });
const kinds = async (id: Id) =>
    (await as('gumingzhi').call('ledger.list', { query: { objectId: id, limit: 100 } })).items.map(({ kind }) => kind);

async function restart(failpoint?: string): Promise<void> {
    await server.kill();
    server = await startServerProcess(dataFolder(), failpoint === undefined ? {} : { failpoint });
}

async function consented(): Promise<Id> {
    const { id } = await as('zhouqing').call('retrieval.request', { body: { ...WHY, actId: act } });
    await as('gumingzhi').call('retrieval.consent', { params: { id }, body: { note: '同意' } });
    return id;
}
const start = (id: Id) => as('lumanager').call('retrieval.pack', { params: { id }, body: {} });

beforeAll(async () => {
    folder = await temporaryFolder('packages');
    server = await startServerProcess(dataFolder());
    const institute = await foundInstitute(server.url, [
        { login: 'zhouqing', name: '周青', kind: 'officer', certificate: '210001', roles: ['officer'] },
        { login: 'lumanager', name: '陆管理', kind: 'staff', roles: ['recordingManager'] },
        { login: 'gumingzhi', name: '顾明之', kind: 'officer', certificate: '210003', roles: ['instituteHead'] },
    ]);
    organisationId = institute.organisationId;
    for (const login of ['zhouqing', 'lumanager', 'gumingzhi'])
        cookies[login] = (await remote(server.url).signIn(login, INSTITUTE_PASSWORD)).cookie;
    const personId = institute.people.zhouqing?.id ?? '';
    const now = Date.now();
    ({ id: act } = await as('zhouqing').call('act.create', {
        body: {
            scenario: 'routineInspection',
            place: '示范路 1 号',
            startsAt: now - 2 * HOUR,
            endsAt: now - HOUR,
            participants: [{ personId, part: 'officer' }],
        },
    }));
    const client = new SignedInUploader(as('zhouqing'));
    for (const name of NAMES) {
        const bytes = await readFile(new URL(name, CLIPS));
        const path = await client.create(bytes.length, { filename: name, personId });
        await client.resume(path, bytes);
        const id = await client.recording(path);
        await vi.waitUntil(async () => (await as('zhouqing').call('recording.get', { params: { id } })).state === 'sealed', {
            timeout: 30_000,
            interval: 50,
        });
        await as('zhouqing').call('recording.file', { params: { id }, body: { actId: act } });
        recordings.push(id);
    }
}, 180_000);

afterAll(async () => {
    await server?.stop();
    expect(await verifyInstallation({ dataFolder: dataFolder() })).toMatchObject({ outcome: 'sound', findings: [] });
    await folder?.remove();
}, 120_000);

/** Members of a ZIP as its directory at the end names them, each with its sum compared. */
function unzip(zip: Buffer): Map<string, Buffer> {
    const end = zip.length - 98;
    expect([zip.readUInt32LE(end), zip.readUInt32LE(end + 56), zip.readUInt32LE(end + 76)]).toEqual([
        0x06064b50, 0x07064b50, 0x06054b50,
    ]);
    let at = Number(zip.readBigUInt64LE(end + 48));
    const members = new Map<string, Buffer>();
    for (let each = 0n; each < zip.readBigUInt64LE(end + 32); each++) {
        const length = zip.readUInt16LE(at + 28);
        const name = zip.toString('utf8', at + 46, at + 46 + length);
        const [size, offset] = [4, 20].map((field) => Number(zip.readBigUInt64LE(at + 46 + length + field)));
        const from = (offset ?? 0) + 30 + length + 20;
        const content = zip.subarray(from, from + (size ?? 0));
        expect(crc32(content), name).toBe(zip.readUInt32LE(at + 16));
        members.set(name, content);
        at += 46 + length + 28;
    }
    return members;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function fetched(id: Id, range?: string): Promise<Response> {
    const download = await as('lumanager').call('retrieval.openDownload', { params: { id }, body: {} });
    return fetch(`${server.url}/api/retrievals/${id}/package?download=${download.id}`, {
        headers: { cookie: cookies.lumanager ?? '', ...(range === undefined ? {} : { range }) },
    });
}

describe('an evidence package (附件1 第20条)', () => {
    it('is made after consent by who looks after recordings, and by nobody else', async () => {
        const { id } = await as('zhouqing').call('retrieval.request', { body: { ...WHY, actId: act } });
        await expect(start(id)).rejects.toMatchObject({ code: 'retrieval.wrongState' });
        await as('gumingzhi').call('retrieval.consent', { params: { id }, body: {} });
        for (const login of ['zhouqing', 'gumingzhi'])
            await expect(as(login).call('retrieval.pack', { params: { id }, body: {} })).rejects.toMatchObject({
                code: 'access.denied',
            });
    });

    it.each(['package.memberDone:kill:2', 'package.stored:kill'])(
        'of a server killed at %s is finished by the next one, with exactly one entry',
        async (failpoint) => {
            await restart(failpoint);
            packed = await consented();
            await start(packed).catch(() => undefined);
            expect(await server.ended).toBe('SIGKILL');
            await restart();
            await until(packed, 'packaged');
            expect((await kinds(packed)).filter((kind) => kind === 'retrieval.packaged')).toHaveLength(1);
            expect((await get(packed)).packing).toBeNull();
        },
        120_000,
    );

    it('holds the original bytes, and entries that prove themselves with nothing but the policy', async () => {
        const { package: made } = await get(packed);
        const whole = Buffer.from(await (await fetched(packed)).arrayBuffer());
        expect([sha256(whole), String(whole.length)]).toEqual([made?.sha256, made?.size]);
        const members = unzip(whole);
        const bytesOf = (path: string) => members.get(path) ?? Buffer.alloc(0);
        const listed = bytesOf(PACKAGE_PATHS.manifest);
        expect(sha256(listed)).toBe(made?.manifestSha256);
        const manifest: PackageManifest = parseManifest(listed);
        for (const file of manifest.files)
            expect([sha256(bytesOf(file.path)), String(bytesOf(file.path).length)]).toEqual([file.sha256, file.size]);
        expect([...members.keys()].sort()).toEqual([...manifest.files.map(({ path }) => path), PACKAGE_PATHS.manifest].sort());
        expect(manifest.items.map(({ id }) => id).sort()).toEqual([...recordings].sort());
        for (const item of manifest.items) {
            const original = await readFile(new URL(item.name, CLIPS));
            expect(bytesOf(item.path).equals(original)).toBe(true);
            const entry = parseEntry(bytesOf(PACKAGE_PATHS.entry(item.entry)));
            expect(entry.objects.map(({ id }) => id)).toContain(item.id);
            expect(entry.content).toContainEqual(
                expect.objectContaining({ sha256: item.sha256, sm3: item.sm3, size: item.size }),
            );
        }
        const policy = parsePolicy(verifierDigest.sha256, bytesOf(PACKAGE_PATHS.policy));
        for (const ref of manifest.entries) {
            const leaf = merkleLeaf(verifierDigest.sha256, bytesOf(PACKAGE_PATHS.entry(ref)));
            const hash = () => verifierDigest.sha256;
            const verdict = await verifyTlogProof(bytesOf(PACKAGE_PATHS.proof(ref)), {
                policy,
                leaf,
                hash,
                verify: verifyWithKey,
            });
            expect(verdict).toMatchObject({ index: BigInt(ref.index), quorum: true });
        }
        const consent = parseEntry(bytesOf(PACKAGE_PATHS.entry(manifest.consent)));
        expect([consent.kind, consent.org]).toEqual(['retrieval.consented', organisationId]);
        expect(bytesOf(PACKAGE_PATHS.statement).subarray(0, 5).toString()).toBe('%PDF-');
    }, 60_000);

    it('is fetched by range, after each fetching was registered, by who provides it', async () => {
        const before = (await get(packed)).downloads.length;
        const part = await fetched(packed, 'bytes=100-199');
        expect([part.status, part.headers.get('content-range')]).toEqual([
            206,
            `bytes 100-199/${(await get(packed)).package?.size}`,
        ]);
        expect((await part.arrayBuffer()).byteLength).toBe(100);
        expect((await get(packed)).downloads).toHaveLength(before + 1);
        expect((await kinds(packed)).filter((kind) => kind === 'retrieval.downloaded')).toHaveLength(before + 1);
        const url = `${server.url}/api/retrievals/${packed}/package`;
        const head = { cookie: cookies.lumanager ?? '' };
        expect((await fetch(url, { headers: head })).status).toBe(404);
        expect((await fetch(`${url}?download=${newId()}`, { headers: head })).status).toBe(404);
        const [known] = (await get(packed)).downloads;
        expect((await fetch(`${url}?download=${known?.id}`, { headers: { cookie: cookies.zhouqing ?? '' } })).status).toBe(403);
    });

    it('is handed over with a receipt, which then stands beside it', async () => {
        const receipt = await fetch(`${server.url}/api/retrievals/${packed}/receipt.pdf`, {
            headers: { cookie: cookies.lumanager ?? '' },
        });
        const pdf = Buffer.from(await receipt.arrayBuffer());
        expect([receipt.status, pdf.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
        const give = (receivedAt: number) =>
            as('lumanager').call('retrieval.handOver', {
                params: { id: packed },
                body: { receiver: '测试区人民法院 钱书记员', medium: '光盘 2026-001', receivedAt },
            });
        await expect(give(Date.now() + HOUR)).rejects.toMatchObject({ code: 'retrieval.receivedInFuture' });
        await expect(give(Date.now() - 24 * HOUR)).rejects.toMatchObject({ code: 'retrieval.receivedBefore' });
        await give(Date.now() - 1000);
        const answer = await fetch(`${server.url}/api/retrievals/${packed}/receipts?name=${encodeURIComponent('签收单.pdf')}`, {
            method: 'POST',
            headers: {
                cookie: cookies.lumanager ?? '',
                [COMMAND_ID_HEADER]: newId(),
                'content-type': 'application/octet-stream',
            },
            body: pdf,
        });
        expect(answer.status).toBe(200);
        const found = await get(packed);
        expect(found).toMatchObject({
            state: 'handedOver',
            handover: { medium: '光盘 2026-001' },
            receipts: [{ name: '签收单.pdf' }],
        });
        const shown = await fetch(`${server.url}/api/retrievals/${packed}/receipts/${found.receipts[0]?.id}`, {
            headers: { cookie: cookies.lumanager ?? '' },
        });
        expect(Buffer.from(await shown.arrayBuffer()).equals(pdf)).toBe(true);
        await expect(give(Date.now() - 1000)).rejects.toMatchObject({ code: 'retrieval.wrongState' });
    }, 60_000);

    it('is refused with the name of the recording whose stored bytes are not what was entered', async () => {
        const id = await consented();
        const { sha256: digest } = await as('zhouqing').call('recording.get', { params: { id: recordings[1] ?? '' } });
        const path = join(dataFolder(), 'objects', 'objects', organisationId, digest.slice(0, 2), digest.slice(2, 4), digest);
        await flip(path);
        await start(id);
        await until(id, 'consented');
        const name = (await as('zhouqing').call('recording.get', { params: { id: recordings[1] ?? '' } })).name;
        expect((await get(id)).packingFailed).toEqual({ code: 'storage.objectDamaged', name });
        expect(await kinds(id)).toContain('retrieval.packingFailed');
        expect((await get(id)).package).toBeNull();
        await flip(path);
    }, 60_000);
});

/** Changes one byte of a stored object, or changes it back. */
async function flip(path: string): Promise<void> {
    await chmod(path, 0o600);
    const file = await open(path, 'r+');
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, 1000);
    await file.write(Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, 1000);
    await file.close();
    await chmod(path, 0o400);
}
