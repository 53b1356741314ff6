import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Watch } from './dock-config.ts';

/** A place that appeared: a mounted recorder, or a folder that stands for one. */
export type Volume = {
    readonly path: string;
    /** What people call it: its last folder. */
    readonly name: string;
    readonly watch: Watch;
    /** The file system's own number, where the operating system gives it and the folder is the root of that file system. */
    readonly serial: string | undefined;
    /** What is mounted there, and as which mount: another one is another volume, whatever its folders look like. */
    readonly mount: string | undefined;
};

/** Where Linux says what is mounted and how file systems are numbered; other systems have neither, and serials stay unknown. */
export type SystemFiles = { readonly mounts: string; readonly byUuid: string };
export const SYSTEM_FILES: SystemFiles = { mounts: '/proc/self/mountinfo', byUuid: '/dev/disk/by-uuid' };

/** What is there now. A place that cannot be read is not there. */
export async function findVolumes(watches: readonly Watch[], files: SystemFiles = SYSTEM_FILES): Promise<Volume[]> {
    const mounts = await mountedDevices(files.mounts);
    const found = new Map<string, Volume>();
    for (const watch of watches) {
        for (const path of await placesOf(watch, mounts)) {
            if (found.has(path)) continue;
            const mount = mounts.get(path);
            const serial = mount === undefined ? undefined : await serialOf(mount.device, files.byUuid);
            const name = path.split('/').at(-1) || path;
            found.set(path, {
                path,
                name,
                watch,
                serial,
                mount: mount === undefined ? undefined : `${mount.id} ${mount.device}`,
            });
        }
    }
    return [...found.values()];
}

async function placesOf({ path, parent, mountsOnly }: Watch, mounts: ReadonlyMap<string, Mount>): Promise<string[]> {
    if (!parent) return (await isFolder(path)) ? [path] : [];
    const names = await readdir(path, { withFileTypes: true }).catch(() => []);
    return names
        .filter((each) => each.isDirectory() && !each.name.startsWith('.'))
        .map((each) => join(path, each.name))
        .filter((each) => !mountsOnly || mounts.has(each))
        .sort();
}

const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isDirectory() === true;

type Mount = { readonly id: string; readonly device: string };

/** Devices by mount point (proc_pid_mountinfo(5): first the mount's number, fifth the place, the second after ` - ` the source). */
async function mountedDevices(file: string): Promise<Map<string, Mount>> {
    const text = await readFile(file, 'utf8').catch(() => '');
    const found = new Map<string, Mount>();
    for (const line of text.split('\n')) {
        const [before = '', after = ''] = line.split(' - ');
        const [id = '', , , , place] = before.split(' ');
        const source = after.split(' ')[1];
        if (place !== undefined && source?.startsWith('/')) found.set(unescaped(place), { id, device: unescaped(source) });
    }
    return found;
}

/** Blanks and the like stand there as octal numbers. */
const unescaped = (text: string): string =>
    text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** The name among the numbers that leads to this device; FAT's are eight hex digits with a dash. */
async function serialOf(device: string, folder: string): Promise<string | undefined> {
    const wanted = await realpath(device).catch(() => device);
    for (const name of await readdir(folder).catch(() => [])) {
        if ((await realpath(join(folder, name)).catch(() => undefined)) === wanted) return unescaped(name).slice(0, 100);
    }
    return undefined;
}
