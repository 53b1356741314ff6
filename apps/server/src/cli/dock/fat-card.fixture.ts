import { execFile } from 'node:child_process';
import { chmod, mkdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file as a recorder leaves it: `at` is what its clock shows, to the second, as FAT knows no zone. */
export type FatFile = { readonly path: string; readonly bytes: Uint8Array; readonly at: string; readonly readOnly?: boolean };

/**
 * A card with the file system of recorders, made by Debian's dosfstools and filled by its mtools. The folder that a computer sees of
 * it is read from the very image: names long and short, the read-only attribute, times in steps of two seconds and without a zone,
 * which become instants by the zone of whoever reads. What only a mount by the kernel's own driver shows is not in it: the serial
 * under /dev/disk/by-uuid, inodes that change between mounts, and a card that is pulled out while it is read.
 */
export async function fatCard(
    folder: string,
    files: readonly FatFile[],
): Promise<{ readAs(zone: string, to: string): Promise<void> }> {
    const image = join(folder, 'card.img');
    const from = join(folder, 'card.from');
    await rm(image, { force: true });
    await tool('mkfs.vfat', ['-C', '-F', '32', '-i', '1A2B3C4D', '-n', 'RECORDER', image, '40000']);
    for (const { path, bytes, at, readOnly } of files) {
        const folders = path.split('/').slice(0, -1);
        for (let depth = 1; depth <= folders.length; depth += 1)
            await tool('mmd', ['-D', 's', '-i', image, `::/${folders.slice(0, depth).join('/')}`]).catch(() => undefined);
        await writeFile(from, bytes);
        // What the recorder's clock shows is what stands in the directory: no zone comes into it.
        const shown = new Date(`${at.replace(' ', 'T')}Z`);
        await utimes(from, shown, shown);
        await tool('mcopy', ['-m', '-i', image, from, `::/${path}`]);
        if (readOnly === true) await tool('mattrib', ['+r', '-i', image, `::/${path}`]);
    }
    await rm(from);
    return {
        async readAs(zone, to) {
            await mkdir(to, { recursive: true });
            await tool('mcopy', ['-s', '-m', '-n', '-i', image, '::/*', to], zone);
            // Linux shows the attribute as a file that nobody may write; mtools leaves it behind.
            for (const line of (await tool('mattrib', ['-/', '-i', image, '::/'])).split('\n')) {
                const [attributes = '', path] = line.split('::/');
                if (path !== undefined && attributes.includes('R')) await chmod(join(to, path), 0o555);
            }
        },
    };
}

/** The UTF-8 locale is what long Chinese names are read by; the zone that of the computer. */
async function tool(program: string, args: readonly string[], zone = 'UTC'): Promise<string> {
    const path = `${process.env.PATH}:/usr/sbin:/sbin`;
    try {
        const { stdout } = await run(program, args, { env: { PATH: path, TZ: zone, LC_ALL: 'C.UTF-8', MTOOLS_SKIP_CHECK: '1' } });
        return stdout;
    } catch (cause) {
        if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
            throw new Error(`${program} is missing: install the Debian packages dosfstools and mtools`, { cause });
        throw cause;
    }
}

/** The last change of a file, in seconds. */
export const changedAt = async (path: string): Promise<number> => (await stat(path)).mtimeMs / 1_000;
