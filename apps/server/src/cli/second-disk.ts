import { stat } from 'node:fs/promises';
import { fill, type Language } from '@liuhen/contract';
import { DomainError } from '@liuhen/domain';
import { DiskTrouble, prepareDisk } from '../features/ledger/checkpoint/disk-folder.ts';
import { readConfig } from '../platform/config.ts';
import { readInstallationFolder } from '../verify/installation-folder.ts';
import { EXIT, type Io } from './io.ts';
import { readOptions, refuseArguments } from './options.ts';
import { reasonOf } from './reason.ts';
import { cliWords } from './words.ts';
import { diskWords } from './words-disk.ts';

const OPTIONS = { data: { type: 'string' }, prepare: { type: 'boolean' } } as const;

/** `liuhen second-disk --prepare`: says that the folder of LIUHEN_SECOND_DISK is the second disk of this installation. */
export async function secondDiskCommand(args: readonly string[], io: Io): Promise<number> {
    const { values, positionals } = readOptions(args, OPTIONS, cliWords[io.language]);
    refuseArguments(positionals, cliWords[io.language]);
    const words = diskWords[io.language];
    try {
        const config = readConfig(io.env, values.data === undefined ? {} : { dataFolder: values.data });
        if (config.secondDisk === undefined || values.prepare !== true) {
            io.err(config.secondDisk === undefined ? words.none : words.what);
            return EXIT.usage;
        }
        const { storeId } = await readInstallationFolder(config.dataFolder);
        if (storeId === undefined) throw new DomainError('installation.damaged', { file: 'installation.json' });
        const folder = { folder: config.secondDisk };
        const found = await stat(config.secondDisk).catch(() => undefined);
        if (found === undefined || !found.isDirectory()) {
            io.err(fill(words.noFolder, folder));
            return EXIT.unreachable;
        }
        await prepareDisk(config.secondDisk, storeId);
        io.out(fill(words.prepared, folder));
        return EXIT.ok;
    } catch (error) {
        if (error instanceof DiskTrouble)
            io.err(fill(words.ended, { reason: fill(words.reasons[error.code] ?? error.code, error.params) }));
        else if (error instanceof DomainError) io.err(fill(words.ended, { reason: reason(error, io.language) }));
        else throw error;
        return EXIT.unreachable;
    }
}

const reason = (error: DomainError, language: Language): string => reasonOf(error, language, diskWords[language].reasons);
