import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pgUploadRows } from './pg-upload-rows.ts';
import { RawClient } from './testing/client.ts';
import { Fixture } from './testing/fixture.ts';

const HUNDRED_GB = 100_000_000_000n;

let fixture: Fixture;
beforeAll(async () => {
    fixture = await Fixture.start();
});
afterAll(() => fixture.close());

describe('an upload of', () => {
    it.each([HUNDRED_GB, 2n ** 37n + 1n, 2n ** 53n - 1n])('%s bytes: its row is exact to the last byte', async (length) => {
        const rows = pgUploadRows(fixture.pool);
        const [id, orgId, personId] = [randomUUID(), fixture.orgId, randomUUID()];
        const row = {
            ...{ id, orgId, personId, length, durableOffset: 0n, metadata: { header: '' }, state: 'receiving' as const },
            ...{ createdAt: 1, expiresAt: 2, recordingId: null, result: null },
        };
        expect(await rows.insert(row)).toBe(true);
        expect(await rows.advance(orgId, id, 0n, length - 1n, 3)).toBe(true);
        expect(await rows.advance(orgId, id, length, length - 1n, 3)).toBe(false);
        expect(await rows.find(orgId, id)).toEqual({ ...row, durableOffset: length - 1n, expiresAt: 3 });
    });

    it('more than there is room for is refused before a byte comes, with both figures', async () => {
        const child = await fixture.startServer();
        const refused = await new RawClient(child.url).post(Number.MAX_SAFE_INTEGER);
        expect(refused.status).toBe(507);
        expect(JSON.parse(refused.body)).toMatchObject({
            code: 'storage.full',
            params: { needed: Number.MAX_SAFE_INTEGER, free: expect.any(Number) },
        });
        await child.kill();
    });
});
