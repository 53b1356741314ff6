import { appendFile, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { ResumableZip } from './resumable-zip.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
    folder = await temporaryFolder('zip');
});
afterAll(() => folder.remove());

const bytes = (size: number, seed: number) => Buffer.from(Array.from({ length: size }, (_, at) => (at * 7 + seed) % 251));
const MEMBERS = [bytes(100_000, 1), Buffer.alloc(0), bytes(333, 2)];

async function write(path: string, from = 0, to = MEMBERS.length): Promise<number> {
    const zip = await ResumableZip.open(path);
    let asked = 0;
    for (const [place, content] of MEMBERS.slice(0, to).entries()) {
        if (place < from) expect(zip.members[place]?.size).toBe(BigInt(content.length));
        await zip.add(`part/${place}.bin`, async function* () {
            asked++;
            for (let at = 0; at < content.length; at += 4096) yield content.subarray(at, at + 4096);
        });
    }
    if (to === MEMBERS.length) await zip.finish();
    await zip.close();
    return asked;
}
const archive = (path: string) => readFile(join(path, ResumableZip.FILE));

describe('an archive that is written member by member', () => {
    it('is the same, whatever a crash left behind its last whole member', async () => {
        const whole = join(folder.path, 'whole');
        expect(await write(whole)).toBe(3);
        const path = join(folder.path, 'torn');
        expect(await write(path, 0, 1)).toBe(1);
        await appendFile(join(path, ResumableZip.FILE), 'half a member');
        await appendFile(join(path, 'journal'), '{"name":"part/1.bin","offs');
        expect(await write(path, 1)).toBe(2);
        expect((await archive(path)).equals(await archive(whole))).toBe(true);
        // Finished already: nothing is read again, and nothing changes.
        expect(await write(path, 3)).toBe(0);
        expect((await archive(path)).equals(await archive(whole))).toBe(true);
    });

    it('is begun anew where its file is gone or shorter than its journal says', async () => {
        const path = join(folder.path, 'gone');
        await write(path);
        const whole = await archive(path);
        await rm(join(path, ResumableZip.FILE));
        expect(await write(path)).toBe(3);
        expect((await archive(path)).equals(whole)).toBe(true);
        await truncate(join(path, ResumableZip.FILE), 100);
        expect(await write(path)).toBe(3);
        expect((await archive(path)).equals(whole)).toBe(true);
    });

    it('does not count a member whose content failed', async () => {
        const path = join(folder.path, 'failed');
        const zip = await ResumableZip.open(path);
        const failing = async function* () {
            yield Buffer.from('a beginning');
            throw new Error('unreadable');
        };
        await expect(zip.add('a', failing)).rejects.toThrow('unreadable');
        expect(zip.members).toEqual([]);
        await zip.close();
        expect(await write(path)).toBe(3);
        expect((await archive(path)).equals(await archive(join(folder.path, 'whole')))).toBe(true);
    });
});
