import { readZip } from '@liuhen/domain';
import { expect, it } from 'vitest';
import { directory, localHeader, type ZipMember } from './zip-records.ts';

const HUNDRED_GB = 100_000_000_000;
const PIECE = 4 << 20;

/** An archive of which only the records exist: content is zeros, and made when it is asked for. */
function archiveOf(sizes: readonly (readonly [name: string, size: number])[]) {
    const heads: { at: number; bytes: Buffer }[] = [];
    const members: ZipMember[] = [];
    let end = 0;
    for (const [name, size] of sizes) {
        const bytes = localHeader({ name, size: BigInt(size), crc: 0 });
        heads.push({ at: end, bytes });
        members.push({ name, offset: BigInt(end), size: BigInt(size), crc: 0 });
        end += bytes.length + size;
    }
    const last = directory(members, BigInt(end));
    heads.push({ at: end, bytes: last });
    const asked: [offset: number, length: number][] = [];
    return {
        members,
        asked,
        size: end + last.length,
        async read(offset: number, length: number) {
            asked.push([offset, length]);
            const into = Buffer.alloc(length);
            for (const { at, bytes } of heads) {
                const from = Math.max(offset, at);
                const to = Math.min(offset + length, at + bytes.length);
                if (from < to) bytes.copy(into, from - offset, from - at, to - at);
            }
            return into;
        },
    };
}

it('a member of 100 GB, and others behind 2^32 and 2^37 bytes, are found and read in pieces from where they lie', async () => {
    const [long, longer, note] = ['content/long.mp4', 'content/longer.mp4', 'README.txt'];
    const archive = archiveOf([
        [long, HUNDRED_GB],
        [longer, 2 ** 37 + 5],
        [note, 7],
    ]);
    const zip = await readZip(archive);
    expect([long, longer, note].map((name) => zip.size(name))).toEqual([100_000_000_000n, 2n ** 37n + 5n, 7n]);
    const starts = archive.members.map(({ name, offset }) => Number(offset) + 30 + name.length + 20);
    archive.asked.length = 0;
    for (const [name, offset, size] of [
        [long, HUNDRED_GB - 3, 3],
        [longer, 2 ** 37, 5],
        [note, 0, 7],
    ] as const) {
        const pieces = [];
        for await (const piece of zip.read(name, { offset, size })) pieces.push(piece.length);
        expect(pieces).toEqual([size]);
    }
    expect(archive.asked).toEqual([
        [(starts[0] ?? 0) + HUNDRED_GB - 3, 3],
        [(starts[1] ?? 0) + 2 ** 37, 5],
        [starts[2], 7],
    ]);
    // Of the whole no more is held than a piece.
    for await (const piece of zip.read(long)) {
        expect(piece.length).toBeLessThanOrEqual(PIECE);
        break;
    }
});
