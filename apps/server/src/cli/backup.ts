import { resolve } from 'node:path';
import { fill } from '@liuhen/contract';
import { DomainError } from '@liuhen/domain';
import { checkBackups } from '../backup/check-backup.ts';
import { takeBackup } from '../backup/take-backup.ts';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { formatBytes } from '../verify/format-bytes.ts';
import { readInstallationFolder } from '../verify/installation-folder.ts';
import { EXIT, type Io, UsageError } from './io.ts';
import { readOptions, refuseArguments } from './options.ts';
import { reasonOf } from './reason.ts';
import { cliWords } from './words.ts';
import { backupWords } from './words-backup.ts';

const OPTIONS = {
    data: { type: 'string' },
    to: { type: 'string' },
    keep: { type: 'string' },
    check: { type: 'boolean' },
} as const;

/** `liuhen backup`: the embedded database, the originals and the keys into another folder; with `--check` reads what lies there. */
export async function backupCommand(args: readonly string[], io: Io): Promise<number> {
    const words = backupWords[io.language];
    const { values, positionals } = readOptions(args, OPTIONS, cliWords[io.language]);
    refuseArguments(positionals, cliWords[io.language]);
    if (values.to === undefined) throw new UsageError(words.needTo);
    if (values.keep !== undefined && !/^[1-9][0-9]{0,3}$/.test(values.keep)) throw new UsageError(words.badKeep);
    const to = resolve(values.to);
    try {
        if (values.check === true) return await check(to, io);
        const config = readConfig(io.env, values.data === undefined ? {} : { dataFolder: values.data });
        if (config.databaseUrl !== undefined) throw new DomainError('backup.externalDatabase');
        return await take(config.dataFolder, to, values.keep === undefined ? undefined : Number(values.keep), io);
    } catch (error) {
        io.progress('');
        if (io.signal.aborted) io.err(words.interrupted);
        else if (error instanceof DomainError) io.err(fill(words.ended, { reason: reasonOf(error, io.language, words.reasons) }));
        else throw error;
        return EXIT.unreachable;
    }
}

async function take(dataFolder: string, to: string, keep: number | undefined, io: Io): Promise<number> {
    const words = backupWords[io.language];
    const since = performance.now();
    const backup = await takeBackup({
        ...{ dataFolder, to, keep, signal: io.signal, at: systemClock().now() },
        progress: shown(io, words.progress),
    });
    io.progress('');
    const seconds = ((performance.now() - since) / 1_000).toFixed(1);
    io.out(fill(words.taken, { name: backup.name, files: backup.files, bytes: formatBytes(backup.bytes), seconds }));
    io.out(fill(words.fresh, { bytes: formatBytes(backup.newBytes) }));
    if (backup.removed > 0) io.out(fill(words.pruned, { count: backup.removed, bytes: formatBytes(backup.freed) }));
    for (const path of backup.damaged) io.err(fill(words.damagedSource, { path }));
    if ((await readInstallationFolder(dataFolder)).bucketId !== undefined) io.err(words.bucket);
    return backup.damaged.length > 0 ? EXIT.failed : EXIT.ok;
}

async function check(folder: string, io: Io): Promise<number> {
    const words = backupWords[io.language];
    const found = await checkBackups(folder, { signal: io.signal, progress: shown(io, words.checking) });
    io.progress('');
    if (found.backups === 0) throw new DomainError('backup.none', { folder });
    for (const { name, path, what } of found.faults) io.err(fill(words[what], { name, path }));
    io.out(
        fill(found.faults.length === 0 ? words.checked : words.checkedFaults, {
            ...{ backups: found.backups, files: found.files, bytes: formatBytes(found.bytes), faults: found.faults.length },
        }),
    );
    return found.faults.length === 0 ? EXIT.ok : EXIT.failed;
}

/** A line that replaces itself, not more often than somebody can read. */
export function shown(io: Io, line: string): (done: { files: number; bytes: bigint }) => void {
    let last = 0;
    return ({ files, bytes }) => {
        if (performance.now() - last < 200) return;
        last = performance.now();
        io.progress(fill(line, { files, bytes: formatBytes(bytes) }));
    };
}
