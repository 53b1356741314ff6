import { join } from 'node:path';
import { backupLines, backupNames } from './manifest.ts';
import { Pool } from './pool.ts';

export type BackupFault = { readonly name: string; readonly path: string; readonly what: 'missing' | 'damaged' };

/** Reads every content of every backup through, each once. Throws `backup.damaged` for a list that is not whole. */
export async function checkBackups(
    folder: string,
    { signal, progress }: { signal: AbortSignal; progress(done: { files: number; bytes: bigint }): void },
): Promise<{ backups: number; files: number; bytes: bigint; faults: BackupFault[] }> {
    const manifests = join(folder, 'backups');
    const pool = new Pool(join(folder, 'pool'));
    const seen = new Map<string, 'whole' | 'missing' | 'damaged'>();
    const faults: BackupFault[] = [];
    const names = await backupNames(manifests);
    let bytes = 0n;
    for (const name of names)
        for await (const line of backupLines(manifests, name)) {
            if (!('path' in line)) continue;
            signal.throwIfAborted();
            const known = seen.get(line.sha256);
            const found = known ?? (await pool.check(line.sha256, BigInt(line.size)));
            if (known === undefined) {
                seen.set(line.sha256, found);
                bytes += BigInt(line.size);
                progress({ files: seen.size, bytes });
            }
            if (found !== 'whole') faults.push({ name, path: line.path, what: found });
        }
    return { backups: names.length, files: seen.size, bytes, faults };
}
