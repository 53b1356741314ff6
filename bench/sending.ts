import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runProgram } from './child.ts';
import type { RunningServer } from './liuhen.ts';

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
    const begun = performance.now();
    await work();
    return (performance.now() - begun) / 1000;
}

/** Bytes that do not repeat: AES-CTR over zeros. */
export async function makeFile(file: string, size: number): Promise<void> {
    const cipher = spawn('openssl', ['enc', '-aes-256-ctr', '-K', '00'.repeat(32), '-iv', '00'.repeat(16), '-in', '/dev/zero'], {
        stdio: ['ignore', 'pipe', 'ignore'],
    });
    let left = size;
    const cut = async function* (source: Readable) {
        for await (const chunk of source as AsyncIterable<Buffer>) {
            yield chunk.subarray(0, Math.min(chunk.length, left));
            left -= chunk.length;
            if (left <= 0) return;
        }
    };
    await pipeline(Readable.from(cut(cipher.stdout)), createWriteStream(file));
    cipher.kill();
}

export const CURL = ['-sS', '--fail', '-H', 'Expect:'];

/** tus by hand: create, then one PATCH with the whole file. Returns when the server has answered the last byte. */
export async function sendTus(url: string, file: string, size: number, headers: readonly string[]): Promise<void> {
    const created = await fetch(url, {
        method: 'POST',
        headers: {
            'tus-resumable': '1.0.0',
            'upload-length': String(size),
            'upload-metadata': `filename ${Buffer.from('recording.bin').toString('base64')}`,
            ...Object.fromEntries(headers.map((each) => each.split(': ') as [string, string])),
        },
    });
    const location = created.headers.get('location');
    if (created.status !== 201 || location === null) throw new Error(`creation: ${created.status} ${await created.text()}`);
    await runProgram('curl', [
        ...CURL,
        '-X',
        'PATCH',
        ...headers.flatMap((each) => ['-H', each]),
        '-H',
        'Tus-Resumable: 1.0.0',
        '-H',
        'Upload-Offset: 0',
        '-H',
        'Content-Type: application/offset+octet-stream',
        '-T',
        file,
        new URL(location, url).href,
    ]);
}

/** The same bytes are known after the first round; another last byte makes each round a new recording. */
export async function changeLastByte(file: string, value: number, size: number): Promise<void> {
    const handle = await open(file, 'r+');
    await handle.write(Buffer.of(value), 0, 1, size - 1);
    await handle.sync();
    await handle.close();
}

/** The re-hash after sealing is a job of its own; it must not run into the next contender's time. */
export async function untilQuiet(server: RunningServer, cookie: string): Promise<void> {
    for (let tries = 0; tries < 600; tries++) {
        const answer = await fetch(`${server.url}/api/recordings?limit=1`, { headers: { cookie } });
        const { items } = (await answer.json()) as { items: { state: string; inspected: boolean }[] };
        if (items[0]?.state === 'sealed' && items[0].inspected) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the recording was not sealed in time');
}
