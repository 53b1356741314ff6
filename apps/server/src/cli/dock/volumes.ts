import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Watch } from './dock-config.ts';
import { printable } from './printable.ts';

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
    /** Another volume that is there at the same time and bears the same serial: copied cards, or a maker who numbers them all alike. */
    readonly twin: string | undefined;
};

/** Where Linux says what is mounted and how file systems are numbered; other systems have neither, and serials stay unknown. */
export type SystemFiles = { readonly mounts: string; readonly byUuid: string; readonly udev?: string };
export const SYSTEM_FILES: SystemFiles = { mounts: '/proc/self/mountinfo', byUuid: '/dev/disk/by-uuid', udev: '/run/udev/data' };

/**
 * What is there now. A place that cannot be read is not there; a device that is mounted at two places is one volume, at the first.
 * `onUnnameable` hears of folders whose names are no text, which cannot be worked with.
 */
export async function findVolumes(
    watches: readonly Watch[],
    files: SystemFiles = SYSTEM_FILES,
    onUnnameable: (folder: string) => void = () => undefined,
): Promise<Volume[]> {
    const mounts = await mountedDevices(files.mounts);
    const found = new Map<string, Volume>();
    const devices = new Set<string>();
    for (const watch of watches) {
        for (const path of await placesOf(watch, mounts, onUnnameable)) {
            if (found.has(path)) continue;
            const mount = mounts.get(path);
            if (mount !== undefined) {
                const whole = `${mount.device}\n${mount.root}`;
                if (devices.has(whole)) continue;
                devices.add(whole);
            }
            const serial = mount === undefined ? undefined : await serialOf(mount, files);
            // A label of a card becomes the name of its mount point, and may hold anything.
            const name = printable(path.split('/').at(-1) || path);
            found.set(path, {
                path,
                name,
                watch,
                serial,
                mount: mount === undefined ? undefined : `${mount.id} ${mount.device}`,
                twin: undefined,
            });
        }
    }
    return withTwins([...found.values()]);
}

function withTwins(volumes: readonly Volume[]): Volume[] {
    return volumes.map((volume) => {
        const { serial, path } = volume;
        const twin = serial === undefined ? undefined : volumes.find((each) => each.serial === serial && each.path !== path);
        return { ...volume, twin: twin?.name };
    });
}

async function placesOf(
    { path, parent, mountsOnly }: Watch,
    mounts: ReadonlyMap<string, Mount>,
    onUnnameable: (folder: string) => void,
): Promise<string[]> {
    if (!parent) return (await isFolder(path)) ? [path] : [];
    const names = await readdir(path, { withFileTypes: true, encoding: 'buffer' }).catch(() => []);
    return names
        .filter((each) => each.isDirectory())
        .flatMap(({ name }) => {
            const text = name.toString('utf8');
            if (Buffer.from(text).equals(name)) return text.startsWith('.') ? [] : [join(path, text)];
            onUnnameable(join(path, printable(text)));
            return [];
        })
        .filter((each) => !mountsOnly || mounts.has(each))
        .sort();
}

const isFolder = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isDirectory() === true;

type Mount = { readonly id: string; readonly number: string; readonly device: string; readonly root: string };

/** Devices by mount point (proc_pid_mountinfo(5): first the mount's number, third its device's numbers, fourth its root, fifth the place, the second after ` - ` the source). */
async function mountedDevices(file: string): Promise<Map<string, Mount>> {
    const text = await readFile(file, 'utf8').catch(() => '');
    const found = new Map<string, Mount>();
    for (const line of text.split('\n')) {
        const [before = '', after = ''] = line.split(' - ');
        const [id = '', , number = '', root = '', place] = before.split(' ');
        const source = after.split(' ')[1];
        if (place !== undefined && source?.startsWith('/'))
            found.set(unescaped(place), { id, number, device: unescaped(source), root });
    }
    return found;
}

/** Blanks and the like stand there as octal numbers. */
const unescaped = (text: string): string =>
    text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/**
 * The name among the numbers that leads to this device; FAT's are eight hex digits with a dash. Of two devices with one number only
 * one has that name, and what udev noted of the other says its number (systemd: `/run/udev/data/b<major>:<minor>`).
 */
async function serialOf({ device, number }: Mount, { byUuid, udev }: SystemFiles): Promise<string | undefined> {
    const wanted = await realpath(device).catch(() => device);
    for (const name of await readdir(byUuid).catch(() => [])) {
        if ((await realpath(join(byUuid, name)).catch(() => undefined)) === wanted) return unescaped(name).slice(0, 100);
    }
    if (udev === undefined || !/^\d+:\d+$/.test(number)) return undefined;
    const noted = await readFile(join(udev, `b${number}`), 'utf8').catch(() => '');
    const uuid = /^E:ID_FS_UUID=(.+)$/m.exec(noted)?.[1];
    return uuid === undefined ? undefined : printable(uuid.normalize('NFC')).slice(0, 100);
}

const GONE: ReadonlySet<string> = new Set(['ENODEV', 'ENXIO', 'ESTALE', 'ENOTCONN']);

/**
 * Whether a volume is no longer what was walked: pulled out, unmounted, or another one in its place. `code`: what an access to it
 * met. A pulled medium stays mounted and answers EIO like a damaged one; then its device is gone from the system.
 */
export async function isTakenOut(
    { volume, root }: { readonly volume: Pick<Volume, 'path'>; readonly root: { device: bigint; inode: bigint } | undefined },
    code?: string,
    devices = '/sys/dev/block',
): Promise<boolean> {
    if (code !== undefined && GONE.has(code)) return true;
    const at = await lstat(volume.path, { bigint: true }).catch(() => undefined);
    if (at === undefined) return true;
    if (root !== undefined && (at.dev !== root.device || at.ino !== root.inode)) return true;
    if (code !== 'EIO') return false;
    // As Linux packs both numbers of a device (makedev(3)).
    const major = ((at.dev >> 8n) & 0xfffn) | ((at.dev >> 32n) & ~0xfffn);
    const minor = (at.dev & 0xffn) | ((at.dev >> 12n) & ~0xffn & 0xffffffffn);
    // File systems without a device of their own have the major number 0.
    if (major === 0n || (await lstat(devices).catch(() => undefined)) === undefined) return false;
    return (await lstat(join(devices, `${major}:${minor}`)).catch(() => undefined)) === undefined;
}
