import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ZipFiles } from '@liuhen/domain';
import { type DiscLayout, pieceOf, repeatedFiles } from './disc-layout.ts';

/**
 * Lays out one disc as a folder, anew each time: what a crash left of it is not trusted. `onBytes` is told of each piece that was written, and
 * ends the work by throwing.
 */
export async function stageDisc(
    zip: ZipFiles,
    layout: DiscLayout,
    { folder, volume }: { readonly folder: string; readonly volume: number },
    onBytes: (length: number) => Promise<void>,
): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    for (const piece of layout.pieces.filter((each) => each.volume === volume))
        await write(join(folder, piece.at), pieceOf(zip, piece), onBytes);
    for await (const { path, bytes } of repeatedFiles(zip, layout, volume))
        await write(join(folder, path), [bytes], async () => undefined);
}

async function write(
    path: string,
    bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    onBytes: (length: number) => Promise<void>,
): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'wx', 0o600);
    try {
        for await (const piece of bytes) {
            await file.writeFile(piece);
            await onBytes(piece.length);
        }
    } finally {
        await file.close();
    }
}
