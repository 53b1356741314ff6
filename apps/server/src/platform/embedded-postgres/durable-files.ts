import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file only its owner may read (mode 0600 from the first moment) and makes it durable, or leaves the old one. */
export async function writeSecretFile(path: string, text: string): Promise<void> {
    const unfinished = `${path}.new`;
    const file = await open(unfinished, 'w', 0o600);
    try {
        // The mode above counts only for a new file; one left by an interrupted write keeps its own.
        await file.chmod(0o600);
        await file.writeFile(text);
        await file.sync();
    } finally {
        await file.close();
    }
    await rename(unfinished, path);
    await syncFolder(dirname(path));
}

/** Makes the names in a folder durable. Windows cannot open folders and journals names itself. */
export async function syncFolder(folder: string): Promise<void> {
    if (process.platform === 'win32') return;
    const handle = await open(folder, 'r');
    try {
        await handle.sync();
    } finally {
        await handle.close();
    }
}
