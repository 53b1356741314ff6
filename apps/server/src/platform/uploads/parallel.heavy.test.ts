import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RawClient } from './testing/client.ts';
import { Fixture, sha256 } from './testing/fixture.ts';

const MIB = 1024 * 1024;
const UPLOADS = 50;
const SIZE = 64 * MIB;

let fixture: Fixture;
beforeAll(async () => {
    fixture = await Fixture.start();
});
afterAll(() => fixture.close());

it(`${UPLOADS} uploads of 64 MiB at once stay under 300 MiB of server memory`, { timeout: 600_000 }, async () => {
    const child = await fixture.startServer({ patienceMs: 120_000 });
    const client = new RawClient(child.url);
    const common = randomBytes(SIZE - 16);
    let peak = 0;
    const watching = setInterval(async () => {
        const { rss } = JSON.parse((await client.send('GET', '/rss', {})).body);
        peak = Math.max(peak, rss);
    }, 200);
    const paths = await Promise.all(
        Array.from({ length: UPLOADS }, async () => {
            const own = randomBytes(16);
            const path = await client.create(SIZE);
            const headers = {
                'Upload-Offset': '0',
                'Content-Type': 'application/offset+octet-stream',
                'Content-Length': String(SIZE),
            };
            expect((await client.send('PATCH', path, headers, [own, common])).status).toBe(204);
            return { path, digest: sha256(Buffer.concat([own, common])) };
        }),
    );
    clearInterval(watching);
    for (const { path, digest } of paths) expect((await fixture.item(path))?.sha256).toBe(digest);
    console.log(`peak ${(peak / MIB).toFixed(0)} MiB`);
    expect(peak).toBeLessThan(300 * MIB);
});
