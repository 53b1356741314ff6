import { fill, type Language } from '@liuhen/contract';
import { backupCommand } from './backup.ts';
import { compareMirrorCommand } from './compare-mirror.ts';
import { continueLogCommand } from './continue-log.ts';
import { dock } from './dock/dock.ts';
import { dockWords } from './dock/words-dock.ts';
import { EXIT, type Io, UsageError } from './io.ts';
import { keysCommand } from './keys.ts';
import { moveObjectsCommand } from './move-objects.ts';
import { restoreCommand } from './restore.ts';
import { secondDiskCommand } from './second-disk.ts';
import { status } from './status.ts';
import { upload } from './upload.ts';
import { verify } from './verify.ts';
import { cliWords } from './words.ts';
import { backupWords } from './words-backup.ts';
import { continueWords } from './words-continue.ts';
import { diskWords } from './words-disk.ts';
import { keyWords } from './words-keys.ts';
import { mirrorWords } from './words-mirror.ts';
import { moveWords } from './words-move.ts';

type Command = {
    readonly run: (args: readonly string[], io: Io) => Promise<number>;
    help(language: Language): string;
    /** Exit code for a wrong command line. In `verify`, 2 means that something could not be checked. */
    readonly usage: number;
};

const COMMANDS = new Map<string, Command>([
    ['upload', { run: upload, help: (language) => cliWords[language].helpUpload, usage: EXIT.usage }],
    ['verify', { run: verify, help: (language) => cliWords[language].helpVerify, usage: EXIT.unreachable }],
    ['status', { run: status, help: (language) => cliWords[language].helpStatus, usage: EXIT.usage }],
    ['move-objects', { run: moveObjectsCommand, help: (language) => moveWords[language].help, usage: EXIT.usage }],
    ['continue-log', { run: continueLogCommand, help: (language) => continueWords[language].help, usage: EXIT.usage }],
    ['compare-mirror', { run: compareMirrorCommand, help: (language) => mirrorWords[language].help, usage: EXIT.usage }],
    ['second-disk', { run: secondDiskCommand, help: (language) => diskWords[language].help, usage: EXIT.usage }],
    ['keys', { run: keysCommand, help: (language) => keyWords[language].help, usage: EXIT.usage }],
    ['backup', { run: backupCommand, help: (language) => backupWords[language].helpBackup, usage: EXIT.usage }],
    ['restore', { run: restoreCommand, help: (language) => backupWords[language].helpRestore, usage: EXIT.usage }],
    ['dock', { run: dock, help: (language) => dockWords[language].help, usage: EXIT.usage }],
]);

/** Runs one command and gives its exit code. */
export async function run([first = 'help', ...rest]: readonly string[], io: Io): Promise<number> {
    const words = cliWords[io.language];
    const asksHelp = ['help', '--help', '-h'].includes(first);
    const name = asksHelp ? rest[0] : first;
    const command = name === undefined ? undefined : COMMANDS.get(name);
    if (command === undefined && name !== undefined) {
        const problem = name.startsWith('-')
            ? fill(words.unknownOption, { option: name })
            : fill(words.unknownCommand, { command: name });
        return refuse(io, problem, EXIT.usage);
    }
    if (command === undefined || asksHelp || rest.includes('--help') || rest.includes('-h')) {
        io.out(command?.help(io.language) ?? words.help);
        return EXIT.ok;
    }
    try {
        return await command.run(rest, io);
    } catch (error) {
        if (error instanceof UsageError) return refuse(io, error.message, command.usage);
        throw error;
    }
}

/** One line, whatever the problem. */
export function refuse(io: Pick<Io, 'language' | 'err'>, problem: string, code: number): number {
    io.err(fill(cliWords[io.language].seeHelp, { problem }));
    return code;
}
