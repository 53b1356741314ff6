import { constants } from 'node:fs';
import { access, mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, type Id, isId } from '@liuhen/domain';
import { isMissing, syncFolder, writeDurable } from './durable.ts';
import type { StoreHealth } from './store.ts';

/** In the root of every store. */
export const STORE_SIGN = 'LIUHEN-STORE';

/**
 * Makes an empty folder a store by writing its id into it. An empty mount point has no such file, so an unmounted
 * volume can never be mistaken for an empty store. Throws `storage.notEmpty` for a folder that holds anything.
 */
export async function initDiskStore(root: string, id: Id): Promise<void> {
    await mkdir(root, { recursive: true, mode: 0o700 });
    if ((await readdir(root)).some((name) => name !== 'lost+found')) throw new DomainError('storage.notEmpty');
    await mkdir(join(root, 'staging'), { mode: 0o700 });
    await mkdir(join(root, 'objects'), { mode: 0o700 });
    await mkdir(join(root, 'damaged'), { mode: 0o700 });
    await mkdir(join(root, 'quarantine'), { mode: 0o700 });
    await syncFolder(root);
    await writeDurable(join(root, STORE_SIGN), join(root, 'staging', `${STORE_SIGN}.tmp`), storeSign(id), 0o400);
}

/** The id of the store in this folder, or undefined when there is none. */
export async function diskStoreId(root: string): Promise<Id | undefined> {
    try {
        return storeIdIn(await readFile(join(root, STORE_SIGN), 'utf8'));
    } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
    }
}

/** The text that names a store. */
export const storeSign = (id: Id): Buffer => Buffer.from(`${JSON.stringify({ store: id, version: 1 })}\n`);

/** The id in such a text; undefined when it is none. */
export function storeIdIn(text: string): Id | undefined {
    try {
        const parsed: unknown = JSON.parse(text);
        if (typeof parsed !== 'object' || parsed === null || !('store' in parsed)) return undefined;
        return isId(parsed.store) ? parsed.store : undefined;
    } catch (error) {
        if (error instanceof SyntaxError) return undefined;
        throw error;
    }
}

/** What stands against writing here: nothing, the volume is absent, it is another one, or it is read-only. */
export async function findMountProblem(root: string, id: Id): Promise<(StoreHealth & { ok: false })['code'] | undefined> {
    const found = await diskStoreId(root).catch(() => undefined);
    if (found === undefined) return 'storage.notMounted';
    if (found !== id) return 'storage.wrongStore';
    const staging = await access(join(root, 'staging'), constants.W_OK).then(
        () => true,
        () => false,
    );
    return staging && (await canOpenForWriting(root)) ? undefined : 'storage.readOnly';
}

/** `access` always succeeds for root on a mode bit; opening for writing tells a read-only file system. */
async function canOpenForWriting(root: string): Promise<boolean> {
    try {
        const probe = await open(
            join(root, 'staging', '.writable'),
            constants.O_WRONLY | constants.O_CREAT | constants.O_NOFOLLOW,
            0o600,
        );
        await probe.close();
        return true;
    } catch {
        return false;
    }
}
