import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError, type Id, originHash, parseBundle, type SecondDiskTrouble, tilePath } from '@liuhen/domain';
import { nodeDigest } from '../../../platform/digest.ts';
import { ensureFolder, isFull, isMissing, writeDurable } from '../../../platform/storage/durable.ts';
import { storeIdIn, storeSign } from '../../../platform/storage/sentinel.ts';
import type { MirrorSource } from './compare-mirror.ts';

/** In the root of a second disk: an empty mount point has none, so a disk that is not mounted is never filled by mistake. */
const SIGN = 'LIUHEN-SECOND-DISK';

export class DiskTrouble extends Error {
    readonly code: SecondDiskTrouble;
    readonly params: Readonly<Record<string, string>>;

    constructor(code: SecondDiskTrouble, params: Readonly<Record<string, string>> = {}) {
        super(code);
        this.name = 'DiskTrouble';
        this.code = code;
        this.params = params;
    }
}

/** Says that this folder is the second disk of an installation. Throws `disk.otherInstallation` where it is that of another. */
export async function prepareDisk(root: string, installation: Id): Promise<void> {
    const known = await signOf(root);
    if (known === installation) return;
    if (known !== undefined) throw new DomainError('disk.otherInstallation');
    await asTrouble(() => writeDurable(join(root, SIGN), join(root, `${SIGN}.tmp`), storeSign(installation), 0o444));
}

/** Throws `DiskTrouble` unless this is the second disk of the installation. */
export async function refuseOtherDisk(root: string, installation: Id): Promise<void> {
    const known = await asTrouble(() => signOf(root));
    if (known === undefined) throw new DiskTrouble('disk.notMounted', { folder: root });
    if (known !== installation) throw new DiskTrouble('disk.otherInstallation', { folder: root });
}

async function signOf(root: string): Promise<Id | undefined> {
    const text = await readIfThere(join(root, SIGN));
    return text === undefined ? undefined : storeIdIn(Buffer.from(text).toString());
}

/** What the system says of a disk as what it means for the log. */
export async function asTrouble<T>(work: () => Promise<T>): Promise<T> {
    try {
        return await work();
    } catch (error) {
        if (error instanceof DiskTrouble || error instanceof DomainError) throw error;
        const { code = '' } = error as { code?: string };
        if (isFull(error)) throw new DiskTrouble('disk.full');
        if (['EROFS', 'EACCES', 'EPERM'].includes(code)) throw new DiskTrouble('disk.readOnly');
        throw new DiskTrouble('disk.failed', { reason: code === '' ? (error as Error).name : code });
    }
}

const readIfThere = (file: string): Promise<Uint8Array | undefined> =>
    readFile(file).catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
    });

/** The files of one log on the second disk, in the form of C2SP tlog-tiles: checkpoint and bundles of entries; besides them what it leaves open. */
export class DiskFolder {
    readonly #root: string;
    readonly #folder: string;

    constructor(root: string, origin: string) {
        this.#root = root;
        this.#folder = join(root, originHash(nodeDigest.sha256, origin));
    }

    read(path: string): Promise<Uint8Array | undefined> {
        return asTrouble(() => readIfThere(join(this.#folder, path)));
    }

    async bundle(index: bigint, width: number): Promise<Uint8Array[] | undefined> {
        const bytes = await this.read(bundlePath(index, width));
        const entries = bytes === undefined ? undefined : parseBundle(bytes);
        return entries?.length === width ? entries : undefined;
    }

    /** Whole and synced when it returns. */
    async write(path: string, bytes: Uint8Array): Promise<void> {
        await asTrouble(async () => {
            const file = join(this.#folder, path);
            await ensureFolder(this.#root, dirname(file));
            await writeDurable(file, `${file}.tmp`, bytes, 0o600);
        });
    }

    /** Of a bundle that has grown, or is full by now: the entries are in the newer file. */
    async dropPartial(index: bigint, width: number): Promise<void> {
        await asTrouble(() => rm(join(this.#folder, bundlePath(index, width)), { force: true }));
    }
}

export const bundlePath = (index: bigint, width: number): string => join('tile', 'entries', tilePath(index, width));

/** A second disk is asked as a mirror is; whether its checkpoint is the log's own is looked at by whoever compares. */
export const diskSource = (root: string): MirrorSource => ({
    checkpoint: (origin) => new DiskFolder(root, origin).read('checkpoint'),
    bundle: (origin, { index, width }) => new DiskFolder(root, origin).bundle(index, width),
});
