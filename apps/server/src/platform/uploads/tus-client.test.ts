import { randomBytes, randomUUID } from 'node:crypto';
import * as tus from 'tus-js-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Fixture, sha256 } from './testing/fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
    fixture = await Fixture.start();
});
afterAll(() => fixture.close());

type Options = ConstructorParameters<typeof tus.Upload>[1];

function upload(
    bytes: Buffer,
    options: Options & { onStarted?: (upload: tus.Upload) => void },
): Promise<{ url: string; recording: string | undefined }> {
    return new Promise((resolve, reject) => {
        const running = new tus.Upload(bytes, {
            retryDelays: [0, 300, 600, 1000, 2000],
            ...options,
            onError: reject,
            onSuccess: ({ lastResponse }) =>
                resolve({ url: running.url ?? '', recording: lastResponse.getHeader('Liuhen-Recording') }),
        });
        options.onStarted?.(running);
        running.start();
    });
}

it('the usual client uploads in parts and learns the recording', async () => {
    const child = await fixture.startServer();
    const bytes = randomBytes(11_000_000);
    const { url, recording } = await upload(bytes, {
        endpoint: `${child.url}/api/uploads`,
        headers: { 'X-Person': randomUUID() },
        metadata: { filename: '执法现场.mp4', sha256: sha256(bytes) },
        chunkSize: 3_000_000,
    });
    expect(recording).toBe((await fixture.item(new URL(url).pathname))?.id);
    expect(await fixture.storedSha256(new URL(url).pathname)).toBe(sha256(bytes));
    await child.kill();
});

it('the usual client goes on by itself after a pause in the middle', async () => {
    const child = await fixture.startServer();
    const bytes = randomBytes(11_000_000);
    let paused = false;
    let running: tus.Upload | undefined;
    const { url } = await upload(bytes, {
        endpoint: `${child.url}/api/uploads`,
        headers: { 'X-Person': randomUUID() },
        chunkSize: 2_000_000,
        onStarted: (started) => {
            running = started;
        },
        onChunkComplete: (_size, accepted) => {
            if (paused || accepted < 4_000_000) return;
            paused = true;
            void running?.abort().then(() => running?.start());
        },
    });
    expect(paused).toBe(true);
    expect(await fixture.storedSha256(new URL(url).pathname)).toBe(sha256(bytes));
    await child.kill();
});

it('the usual client reports a file that is not what it declared', async () => {
    const child = await fixture.startServer();
    const failing = upload(randomBytes(1000), {
        endpoint: `${child.url}/api/uploads`,
        headers: { 'X-Person': randomUUID() },
        metadata: { sha256: sha256(randomBytes(4)) },
    });
    await expect(failing).rejects.toThrow('upload.hashMismatch');
    await child.kill();
});
