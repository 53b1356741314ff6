import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { fileURLToPath } from 'node:url';
import type { Id } from '@liuhen/domain';
import { expect } from 'vitest';
import type { PackingSystem } from './packing-system.ts';

const VERIFIER = fileURLToPath(new URL('../../../verify/src/main.ts', import.meta.url));

/** Writes the policy of the system's log into a file, as a receiver has it from elsewhere. There is one once the log was signed. */
export async function keepPolicy(system: PackingSystem): Promise<string> {
    const answer = await fetch(`${system.server.url}/api/ledger/policy`, { headers: { cookie: system.cookie('gumingzhi') } });
    const path = join(system.folder, 'policy.txt');
    await writeFile(path, Buffer.from(await answer.arrayBuffer()));
    return path;
}

/** A disc, or a part of it, as whoever provides it fetches it, after this was registered. */
export async function fetchDisc(system: PackingSystem, id: Id, discId: Id, range?: string): Promise<Response> {
    const download = await system.as('lumanager').call('retrieval.openDownload', { params: { id }, body: { discId } });
    return fetch(`${system.server.url}/api/retrievals/${id}/discs/${discId}?download=${download.id}`, {
        headers: { cookie: system.cookie('lumanager'), ...(range === undefined ? {} : { range }) },
    });
}

/** Fetches an image, which has the digest that the page shows, and takes out of it what lies on it. */
export async function takeOut(
    system: PackingSystem,
    id: Id,
    disc: { readonly id: Id; readonly sha256: string; readonly size: string },
): Promise<{ image: string; folder: string }> {
    const [image, folder] = [join(system.folder, `${disc.id}.iso`), join(system.folder, disc.id)];
    const { body } = await fetchDisc(system, id, disc.id);
    const hash = createHash('sha256');
    const file = createWriteStream(image);
    for await (const piece of Readable.fromWeb(body as ReadableStream) as AsyncIterable<Buffer>) {
        hash.update(piece);
        if (!file.write(piece)) await once(file, 'drain');
    }
    await new Promise<void>((resolve) => file.end(() => resolve()));
    expect([hash.digest('hex'), String((await stat(image)).size)]).toEqual([disc.sha256, disc.size]);
    const out = spawnSync('xorriso', ['-osirrox', 'on', '-indev', image, '-extract', '/', folder], { encoding: 'utf8' });
    expect(out.status, out.stderr).toBe(0);
    spawnSync('chmod', ['-R', 'u+w', folder]);
    return { image, folder };
}

/** What `liuhen-verify` says of folders, with a policy from elsewhere. */
export function verifyFolders(policy: string, ...paths: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFIER, ...paths, '--json', '--policy', policy, '--sm3'], {
        encoding: 'utf8',
        maxBuffer: 64_000_000,
    });
    return { status, stderr, verdict: stdout === '' ? undefined : JSON.parse(stdout) };
}
