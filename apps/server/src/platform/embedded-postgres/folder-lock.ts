import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DomainError } from '@liuhen/domain';

/**
 * Lets one supervisor at a time work on a folder. Throws `postgres.folderInUse` when another process, or another call in
 * this one, holds it.
 *
 * Node has no file lock of its own; SQLite takes a real one (fcntl, LockFileEx) that the kernel gives back however the
 * holder dies. A file with a pid in it cannot be taken over from a dead holder without a moment in which two believe they
 * own it. Nothing else may open this file: closing any descriptor of it in the same process would drop the lock.
 */
export function lockFolder(folder: string): () => void {
    const path = join(folder, 'supervisor.lock');
    makeLockFile(path);
    const lock = new DatabaseSync(path, { timeout: 0 });
    try {
        lock.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    } catch (cause) {
        lock.close();
        throw new DomainError('postgres.folderInUse', { folder }, { cause });
    }
    return () => {
        if (lock.isOpen) lock.close();
    };
}

/** Readable for the owner only: whoever may open the file could hold the lock. Only a file that is new is opened here. */
function makeLockFile(path: string): void {
    if (existsSync(path)) return;
    try {
        closeSync(openSync(path, 'wx', 0o600));
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
}
