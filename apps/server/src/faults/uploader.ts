import { randomBytes } from 'node:crypto';
import { COMMAND_ID_HEADER } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import { expect } from 'vitest';
import { RawClient, type Reply } from '../platform/uploads/testing/client.ts';
import { idOf, sha256 } from '../platform/uploads/testing/fixture.ts';
import { newId, type Remote } from '../testing/remote.ts';

/** A tus client that is signed in. */
export class SignedInUploader extends RawClient {
    readonly officer: Remote;

    constructor(officer: Remote) {
        super(officer.url);
        this.officer = officer;
    }

    override send(
        method: string,
        path: string,
        headers: Record<string, string>,
        body?: Uint8Array | readonly Uint8Array[],
    ): Promise<Reply> {
        const signed = { cookie: this.officer.cookie ?? '', [COMMAND_ID_HEADER]: newId() };
        return super.send(method, path, { ...headers, ...signed }, body);
    }

    /** Sends what the server does not have yet; gives the offset it went on from. */
    async resume(path: string, content: Uint8Array): Promise<number> {
        const offset = await this.offset(path);
        if (offset < content.length) expect((await this.patch(path, offset, content.subarray(offset))).status).toBe(204);
        return offset;
    }

    /** Id of the recording that became of a complete upload. */
    async recording(path: string): Promise<Id> {
        const { headers } = await this.head(path);
        expect(headers).toMatchObject({ 'liuhen-state': 'sealed', 'liuhen-recording': expect.any(String) });
        return String(headers['liuhen-recording']);
    }
}

/** The jobs have read it back and looked into it: sealed, inspected, and its digest is that of `content`. */
export async function expectSealed(officer: Remote, id: Id, content: Uint8Array): Promise<void> {
    const look = () => officer.call('recording.get', { params: { id } });
    await expect.poll(async () => (await look()).state, { timeout: 20_000 }).toBe('sealed');
    await expect.poll(async () => (await look()).inspected, { timeout: 20_000 }).toBe(true);
    const { sha256: digest, size } = await look();
    expect({ digest, size: BigInt(size) }).toEqual({ digest: sha256(content), size: BigInt(content.length) });
}

/** Uploads some bytes as one file and waits until they are sealed. */
export async function uploadWhole(officer: Remote, content: Uint8Array = randomBytes(300_000)): Promise<Id> {
    const client = new SignedInUploader(officer);
    const path = await client.create(content.length, { filename: `${idOf(newId())}.mp4` });
    await client.resume(path, content);
    const id = await client.recording(path);
    await expectSealed(officer, id, content);
    return id;
}
