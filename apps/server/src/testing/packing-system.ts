import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { COMMAND_ID_HEADER } from '@liuhen/contract';
import { HOUR, type Id } from '@liuhen/domain';
import { expect, vi } from 'vitest';
import { SignedInUploader } from '../faults/uploader.ts';
import type { BucketConfig } from '../platform/config.ts';
import { verifyInstallation } from '../verify/verify-installation.ts';
import { foundInstitute, INSTITUTE_PASSWORD } from './found-institute.ts';
import type { LongContent } from './long-content.ts';
import { newId, type Remote, remote } from './remote.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const CLIPS = new URL('../../../../demo/clips/', import.meta.url);
const NAMES = ['DCAM_A0173_110207_20261028_140456.MP4', 'DCAM_A0173_110207_20261012_092954.MP4'];
export const WHY = {
    purpose: 'litigation',
    proceeding: '（2026）沪测行初1号',
    basis: '行政诉讼法第三十四条',
    recipient: '测试区人民法院 钱书记员',
    reason: '应诉举证',
} as const;

/** Bytes of a paper; nothing reads them but who looks at it. */
export const SCAN = Buffer.from('%PDF-1.7\n现场笔录\n');

/** A server of its own with an act of two recordings, and who asks, consents and provides. */
export class PackingSystem {
    readonly #folder: Awaited<ReturnType<typeof temporaryFolder>>;
    readonly #env: Readonly<Record<string, string>>;
    readonly #cookies: Record<string, string | undefined> = {};
    server: ServerProcess;
    organisationId: Id = '';
    act: Id = '';
    #officer: Id = '';
    readonly recordings: Id[] = [];
    /** A document of the act that came in with its scan. */
    document: Id = '';

    private constructor(
        folder: Awaited<ReturnType<typeof temporaryFolder>>,
        server: ServerProcess,
        env: Readonly<Record<string, string>>,
    ) {
        this.#folder = folder;
        this.#env = env;
        this.server = server;
    }

    static async open(env: Readonly<Record<string, string>> = {}): Promise<PackingSystem> {
        const folder = await temporaryFolder('packages');
        const system = new PackingSystem(folder, await startServerProcess(join(folder.path, 'data'), { env }), env);
        await system.#found();
        return system;
    }

    get dataFolder(): string {
        return join(this.#folder.path, 'data');
    }

    /** For what a test writes beside the data. */
    get folder(): string {
        return this.#folder.path;
    }

    cookie(login: string): string {
        return this.#cookies[login] ?? '';
    }

    as(login: string): Remote {
        return remote(this.server.url, this.#cookies[login]);
    }

    get(id: Id) {
        return this.as('lumanager').call('retrieval.get', { params: { id } });
    }

    until(id: Id, state: string, timeout = 60_000) {
        return vi.waitUntil(async () => (await this.get(id)).state === state, { timeout, interval: 100 });
    }

    async kinds(id: Id): Promise<string[]> {
        const { items } = await this.as('gumingzhi').call('ledger.list', { query: { objectId: id, limit: 100 } });
        return items.map(({ kind }) => kind);
    }

    /** `env`: settings for this time only. */
    async restart(failpoint?: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
        await this.server.kill();
        this.server = await startServerProcess(this.dataFolder, {
            env: { ...this.#env, ...env },
            ...(failpoint === undefined ? {} : { failpoint }),
        });
    }

    async consented(): Promise<Id> {
        const { id } = await this.as('zhouqing').call('retrieval.request', { body: { ...WHY, actId: this.act } });
        await this.as('gumingzhi').call('retrieval.consent', { params: { id }, body: { note: '同意' } });
        return id;
    }

    start(id: Id) {
        return this.as('lumanager').call('retrieval.pack', { params: { id }, body: {} });
    }

    /** A package of a new retrieval, the making of which ended at `failpoint` and was gone on with. */
    async packed(failpoint?: string): Promise<Id> {
        if (failpoint !== undefined) await this.restart(failpoint);
        const id = await this.consented();
        await this.start(id).catch(() => undefined);
        if (failpoint !== undefined) {
            expect(await this.server.ended).toBe('SIGKILL');
            await this.restart();
        }
        await this.until(id, 'packaged');
        return id;
    }

    /** One more recording of the act. */
    async addRecording(name: string, bytes: Buffer): Promise<Id> {
        const client = new SignedInUploader(this.as('zhouqing'));
        const path = await client.create(bytes.length, { filename: name, personId: this.#officer });
        await client.resume(path, bytes);
        return this.#file(await client.recording(path), 30_000);
    }

    /** The same with content that no memory holds. */
    async addLongRecording(name: string, content: LongContent): Promise<Id> {
        const client = new SignedInUploader(this.as('zhouqing'));
        const { path, sha256: sent } = await content.sendWith(client, { filename: name, personId: this.#officer });
        await vi.waitUntil(async () => (await client.head(path)).headers['liuhen-state'] === 'sealed', {
            timeout: 300_000,
            interval: 500,
        });
        const id = await this.#file(await client.recording(path), 300_000);
        expect((await this.as('zhouqing').call('recording.get', { params: { id } })).sha256).toBe(sent);
        return id;
    }

    async #file(id: Id, timeout: number): Promise<Id> {
        await vi.waitUntil(async () => (await this.as('zhouqing').call('recording.get', { params: { id } })).state === 'sealed', {
            timeout,
            interval: 50,
        });
        await this.as('zhouqing').call('recording.file', { params: { id }, body: { actId: this.act } });
        this.recordings.push(id);
        return id;
    }

    async fetched(id: Id, range?: string): Promise<Response> {
        const download = await this.as('lumanager').call('retrieval.openDownload', { params: { id }, body: {} });
        return fetch(`${this.server.url}/api/retrievals/${id}/package?download=${download.id}`, {
            headers: { cookie: this.cookie('lumanager'), ...(range === undefined ? {} : { range }) },
        });
    }

    /** Ends the server; everything that it wrote is sound. */
    async close(bucket?: BucketConfig): Promise<void> {
        await this.server.stop();
        expect(await verifyInstallation({ dataFolder: this.dataFolder, bucket })).toMatchObject({
            outcome: 'sound',
            findings: [],
        });
        await this.#folder.remove();
    }

    async #found(): Promise<void> {
        const institute = await foundInstitute(this.server.url, [
            { login: 'zhouqing', name: '周青', kind: 'officer', certificate: '210001', roles: ['officer'] },
            { login: 'lumanager', name: '陆管理', kind: 'staff', roles: ['recordingManager'] },
            { login: 'gumingzhi', name: '顾明之', kind: 'officer', certificate: '210003', roles: ['instituteHead'] },
        ]);
        this.organisationId = institute.organisationId;
        for (const login of ['zhouqing', 'lumanager', 'gumingzhi'])
            this.#cookies[login] = (await remote(this.server.url).signIn(login, INSTITUTE_PASSWORD)).cookie;
        const personId = institute.people.zhouqing?.id ?? '';
        const now = Date.now();
        ({ id: this.act } = await this.as('zhouqing').call('act.create', {
            body: {
                scenario: 'routineInspection',
                place: '示范路 1 号',
                startsAt: now - 2 * HOUR,
                endsAt: now - HOUR,
                participants: [{ personId, part: 'officer' }],
            },
        }));
        this.#officer = personId;
        for (const name of NAMES) await this.addRecording(name, await readFile(new URL(name, CLIPS)));
        await this.#takeIn();
    }

    async #takeIn(): Promise<void> {
        const officer = this.as('zhouqing');
        const body = { type: 'sceneRecord', title: '现场笔录', date: '2026-10-28', from: '旧系统', actId: this.act } as const;
        ({ id: this.document } = await officer.call('document.import', { body }));
        const wish = new URLSearchParams({ role: 'imported', name: '现场笔录.pdf' });
        const answer = await fetch(`${this.server.url}/api/documents/${this.document}/scans?${wish}`, {
            method: 'POST',
            headers: {
                cookie: this.cookie('zhouqing'),
                [COMMAND_ID_HEADER]: newId(),
                'content-type': 'application/octet-stream',
            },
            body: SCAN,
        });
        expect(answer.status).toBe(200);
    }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Members of a ZIP as its directory at the end names them, each with its sum compared. */
export function unzip(zip: Buffer): Map<string, Buffer> {
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
