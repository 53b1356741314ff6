import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, type Id, isId } from '@liuhen/domain';
import { isMissing, writeDurable } from './storage/durable.ts';
import { diskStoreId, initDiskStore } from './storage/sentinel.ts';

/** Where this installation keeps what. The id of the store stands outside the store: an unmounted volume is noticed. */
export type Installation = { keyFolder: string; storeRoot: string; storeId: Id };

/** Opens the data folder, preparing it at the first start. */
export async function openInstallation(dataFolder: string, newId: () => Id): Promise<Installation> {
    // Passable but not listable: the database's own user has to get through to its cluster.
    await mkdir(dataFolder, { recursive: true, mode: 0o711 });
    const keyFolder = join(dataFolder, 'keys');
    await mkdir(keyFolder, { recursive: true, mode: 0o700 });
    await chmod(keyFolder, 0o700);
    const storeRoot = join(dataFolder, 'objects');
    const known = await readStoreId(dataFolder);
    if (known !== undefined) return { keyFolder, storeRoot, storeId: known };
    // A crash between the two steps leaves a store without a note of it: its own id is taken over.
    const storeId = (await diskStoreId(storeRoot)) ?? newId();
    if ((await diskStoreId(storeRoot)) === undefined) await initDiskStore(storeRoot, storeId);
    await writeDurable(
        join(dataFolder, FILE),
        join(dataFolder, `${FILE}.tmp`),
        Buffer.from(`${JSON.stringify({ storeId })}\n`),
        0o600,
    );
    return { keyFolder, storeRoot, storeId };
}

const FILE = 'installation.json';

async function readStoreId(dataFolder: string): Promise<Id | undefined> {
    let text: string;
    try {
        text = await readFile(join(dataFolder, FILE), 'utf8');
    } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
    }
    const { storeId } = JSON.parse(text) as { storeId?: unknown };
    if (!isId(storeId)) throw new DomainError('installation.damaged', { file: FILE });
    return storeId;
}
