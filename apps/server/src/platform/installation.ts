import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, type Id, isId } from '@liuhen/domain';
import { isMissing, writeDurable } from './storage/durable.ts';
import { diskStoreId, initDiskStore } from './storage/sentinel.ts';

/** Where this installation keeps what. The id of the store stands outside the store: an unmounted volume is noticed. */
export type Installation = { keyFolder: string; storeRoot: string; storeId: Id };

/** What `installation.json` knows of: the store in the data folder and, where content lies in a bucket, the one there. */
type Note = { readonly storeId: Id; readonly bucketId?: Id };

/** Opens the data folder, preparing it at the first start. */
export async function openInstallation(dataFolder: string, newId: () => Id): Promise<Installation> {
    // Passable but not listable: the database's own user has to get through to its cluster.
    await mkdir(dataFolder, { recursive: true, mode: 0o711 });
    const keyFolder = join(dataFolder, 'keys');
    await mkdir(keyFolder, { recursive: true, mode: 0o700 });
    await chmod(keyFolder, 0o700);
    const storeRoot = join(dataFolder, 'objects');
    const known = await readNote(dataFolder);
    if (known !== undefined) return { keyFolder, storeRoot, storeId: known.storeId };
    // A crash between the two steps leaves a store without a note of it: its own id is taken over.
    const storeId = (await diskStoreId(storeRoot)) ?? newId();
    if ((await diskStoreId(storeRoot)) === undefined) await initDiskStore(storeRoot, storeId);
    await writeNote(dataFolder, { storeId });
    return { keyFolder, storeRoot, storeId };
}

/** The id of the store in the bucket that belongs here, where one does. */
export const bucketIdOf = async (dataFolder: string): Promise<Id | undefined> => (await readNote(dataFolder))?.bucketId;

/** From now on the store in the bucket belongs here: without it this installation does not start. */
export async function noteBucket(dataFolder: string, bucketId: Id): Promise<void> {
    const known = await readNote(dataFolder);
    if (known === undefined) throw new DomainError('installation.damaged', { file: FILE });
    await writeNote(dataFolder, { ...known, bucketId });
}

const FILE = 'installation.json';

const writeNote = (dataFolder: string, note: Note): Promise<void> =>
    writeDurable(join(dataFolder, FILE), join(dataFolder, `${FILE}.tmp`), Buffer.from(`${JSON.stringify(note)}\n`), 0o600);

async function readNote(dataFolder: string): Promise<Note | undefined> {
    let text: string;
    try {
        text = await readFile(join(dataFolder, FILE), 'utf8');
    } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
    }
    const { storeId, bucketId } = JSON.parse(text) as { storeId?: unknown; bucketId?: unknown };
    if (!isId(storeId) || (bucketId !== undefined && !isId(bucketId))) {
        throw new DomainError('installation.damaged', { file: FILE });
    }
    return { storeId, ...(bucketId === undefined ? {} : { bucketId }) };
}
