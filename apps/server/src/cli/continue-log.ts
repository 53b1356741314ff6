import { fill } from '@liuhen/contract';
import { DomainError, type Id, SYSTEM_ID } from '@liuhen/domain';
import { continueLog, logsToContinue } from '../features/ledger/checkpoint/continue-log.ts';
import { LogKeys } from '../features/ledger/checkpoint/log-keys.ts';
import { SignedState } from '../features/ledger/checkpoint/signed-state.ts';
import { type BesideTools, besideDatabase } from '../open-beside.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { EXIT, type Io } from './io.ts';
import { readOptions, refuseArguments } from './options.ts';
import { reasonOf } from './reason.ts';
import { cliWords } from './words.ts';
import { continueWords } from './words-continue.ts';

const OPTIONS = { data: { type: 'string' }, reason: { type: 'string' } } as const;

/** `liuhen continue-log`: logs that are not what was signed of them go on under a new name, and say so. */
export async function continueLogCommand(args: readonly string[], io: Io): Promise<number> {
    const { values, positionals } = readOptions(args, OPTIONS, cliWords[io.language]);
    refuseArguments(positionals, cliWords[io.language]);
    const reason = values.reason?.normalize('NFC').trim() ?? '';
    try {
        const config = readConfig(io.env, values.data === undefined ? {} : { dataFolder: values.data });
        const outside = { log: () => undefined, signal: io.signal };
        // The signer of a running server holds the same lock while it signs.
        return await besideDatabase(config, outside, SIGNING, (tools) => eachLog(tools, io, { reason, token: config.logToken }));
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        io.err(
            fill(continueWords[io.language].ended, { reason: reasonOf(error, io.language, continueWords[io.language].reasons) }),
        );
        return EXIT.unreachable;
    }
}

/** A server that runs signs for a moment every few seconds. */
const SIGNING = { name: 'checkpoints', busy: 'checkpoint.busy', patienceMs: 10_000 };

type Wanted = { readonly reason: string; readonly token: Config['logToken'] };

async function eachLog(tools: BesideTools, io: Io, { reason, token }: Wanted): Promise<number> {
    const words = continueWords[io.language];
    const signed = new SignedState(tools.keyFolder);
    // The name of each log is known from what was signed of it.
    const keys = new LogKeys(tools, { keyFolder: tools.keyFolder, base: '', token });
    const logs = await logsToContinue(tools, signed);
    for (const { orgId, signed: before, size, why } of logs) {
        const name = await nameOf(tools, io, orgId);
        io.out(fill(words[why], { name, signed: String(before), log: String(size) }));
        if (reason !== '')
            io.out(fill(words.continued, { name, origin: await continueLog(tools, { keys, signed }, orgId, reason) }));
    }
    if (logs.length === 0) io.out(words.none);
    else if (reason === '') io.err(words.needReason);
    return logs.length > 0 && reason === '' ? EXIT.failed : EXIT.ok;
}

async function nameOf({ db }: BesideTools, io: Io, orgId: Id): Promise<string> {
    if (orgId === SYSTEM_ID) return continueWords[io.language].system;
    const row = await db.read({ readOrgs: [orgId] }, (read) =>
        read.selectFrom('organisation').select('name').where('id', '=', orgId).executeTakeFirst(),
    );
    return row?.name ?? orgId;
}
