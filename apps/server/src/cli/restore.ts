import { resolve } from 'node:path';
import { fill } from '@liuhen/contract';
import { DomainError } from '@liuhen/domain';
import { type Restored, restoreFiles } from '../backup/restore-backup.ts';
import { continueLog, signedLogs } from '../features/ledger/checkpoint/continue-log.ts';
import { LogKeys } from '../features/ledger/checkpoint/log-keys.ts';
import { SignedState } from '../features/ledger/checkpoint/signed-state.ts';
import { type BesideTools, besideDatabase } from '../open-beside.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { formatBytes } from '../verify/format-bytes.ts';
import { shown } from './backup.ts';
import { EXIT, type Io, UsageError } from './io.ts';
import { readOptions, refuseArguments } from './options.ts';
import { reasonOf } from './reason.ts';
import { cliWords } from './words.ts';
import { backupWords } from './words-backup.ts';
import { continueWords } from './words-continue.ts';

const OPTIONS = {
    data: { type: 'string' },
    from: { type: 'string' },
    backup: { type: 'string' },
    reason: { type: 'string' },
} as const;

/**
 * `liuhen restore`: an installation as a backup holds it, in a new data folder. More may have been signed after the backup was made, and
 * nobody here can know: so every log goes on under a new name, and says why.
 */
export async function restoreCommand(args: readonly string[], io: Io): Promise<number> {
    const words = backupWords[io.language];
    const { values, positionals } = readOptions(args, OPTIONS, cliWords[io.language]);
    refuseArguments(positionals, cliWords[io.language]);
    if (values.from === undefined) throw new UsageError(words.needFrom);
    const reason = values.reason?.normalize('NFC').trim() ?? '';
    if (reason === '') throw new UsageError(words.needReason);
    try {
        const config = readConfig(io.env, values.data === undefined ? {} : { dataFolder: values.data });
        if (config.databaseUrl !== undefined) throw new DomainError('backup.externalDatabase');
        const since = performance.now();
        const restored = await restoreFiles({
            ...{ from: resolve(values.from), name: values.backup, dataFolder: config.dataFolder, signal: io.signal },
            progress: shown(io, words.restoring),
        });
        io.progress('');
        const continued = await besideDatabase(
            config,
            { log: () => undefined, signal: io.signal },
            { name: 'checkpoints', busy: 'checkpoint.busy' },
            (tools) => continueAll(tools, { reason: `${reason}（${restored.name}）`, token: config.logToken }),
        );
        say(io, restored, config.dataFolder, continued, (performance.now() - since) / 1_000);
        return EXIT.ok;
    } catch (error) {
        io.progress('');
        if (io.signal.aborted) io.err(words.interrupted);
        else if (error instanceof DomainError)
            io.err(
                fill(words.ended, {
                    reason: reasonOf(error, io.language, { ...continueWords[io.language].reasons, ...words.reasons }),
                }),
            );
        else throw error;
        return EXIT.unreachable;
    }
}

type Wanted = { readonly reason: string; readonly token: Config['logToken'] };

async function continueAll(tools: BesideTools, { reason, token }: Wanted): Promise<number> {
    const signed = new SignedState(tools.keyFolder);
    const keys = new LogKeys(tools, { keyFolder: tools.keyFolder, base: '', token });
    const logs = await signedLogs(tools, signed);
    for (const { orgId } of logs) await continueLog(tools, { keys, signed }, orgId, reason);
    return logs.length;
}

function say(io: Io, { name, head, files, bytes }: Restored, folder: string, continued: number, seconds: number): void {
    const words = backupWords[io.language];
    io.out(fill(words.restored, { name, folder, files, bytes: formatBytes(bytes), seconds: seconds.toFixed(1) }));
    io.out(fill(words.from, { at: new Date(head.at).toISOString() }));
    if (continued > 0) io.out(fill(words.continued, { count: continued }));
    io.out(words.next);
}
