import { DomainError, type Id, parseCheckpoint, parseNote, SYSTEM_ID, toHex, utf8Text } from '@liuhen/domain';
import { derivedId } from '../../../platform/derived-id.ts';
import type { Services } from '../../../platform/services.ts';
import { alarmOf, logSize, logsOf } from './checkpoint.queries.ts';
import { endAlarm } from './checkpoint.store.ts';
import type { LogKeys } from './log-keys.ts';
import type { SignedState } from './signed-state.ts';

type Tools = Pick<Services, 'db' | 'clock'>;
type Parts = { readonly keys: LogKeys; readonly signed: SignedState };

/** A log that is shorter than what was signed of it. */
export type Behind = { readonly orgId: Id; readonly signed: bigint; readonly size: bigint };

const everyLog = async ({ db }: Pick<Tools, 'db'>): Promise<Id[]> => [SYSTEM_ID, ...(await db.read({ readOrgs: [] }, logsOf))];

/** The logs of which more was signed than there is: an older copy of the database was put back. */
export async function logsBehind({ db }: Pick<Tools, 'db'>, signed: SignedState): Promise<Behind[]> {
    const behind: Behind[] = [];
    for (const orgId of await everyLog({ db })) {
        const last = await signed.read(orgId, 'sha256');
        const size = await db.read({ readOrgs: [orgId] }, (read) => logSize(read, orgId));
        if (last !== undefined && last.size > size) behind.push({ orgId, signed: last.size, size });
    }
    return behind;
}

/** The logs that cannot go on being signed as they are: shorter than what was signed, or found to differ from it. */
export async function logsToContinue(tools: Pick<Tools, 'db'>, signed: SignedState): Promise<Id[]> {
    const behind = (await logsBehind(tools, signed)).map(({ orgId }) => orgId);
    const differ: Id[] = [];
    for (const orgId of await everyLog(tools))
        if ((await tools.db.read({ readOrgs: [orgId] }, (db) => alarmOf(db, orgId)))?.code === 'checkpoint.logDiffers')
            differ.push(orgId);
    return [...new Set([...behind, ...differ])];
}

/** Throws `installation.databaseOlder` for a database that was put back: nothing may be entered before somebody has looked. */
export async function refuseOlderDatabase(tools: Pick<Tools, 'db'>, signed: SignedState): Promise<void> {
    const [first] = await logsBehind(tools, signed);
    if (first !== undefined)
        throw new DomainError('installation.databaseOlder', { signed: String(first.signed), log: String(first.size) });
}

/**
 * Lets a log go on that is not any more what was signed of it: under a new name, with an entry that says what was signed under the old
 * one and why it is not there any more. What was signed before stays beside, and with whoever kept it. Gives the new name. Throws
 * `checkpoint.nothingToContinue` where nothing was signed. A repetition after a crash is the same continuation.
 */
export async function continueLog(tools: Tools, { keys, signed }: Parts, orgId: Id, reason: string): Promise<string> {
    const last = await signed.read(orgId, 'sha256');
    if (last === undefined) throw new DomainError('checkpoint.nothingToContinue');
    const size = await tools.db.read({ readOrgs: [orgId] }, (db) => logSize(db, orgId));
    const note = utf8Text(last.note) ?? '';
    const from = parseCheckpoint(parseNote(last.note).text).origin;
    // What was signed last, word for word: the entry proves that it is not hidden.
    const why = { reason, log: String(size), signed: String(last.size), root: toHex(last.root), note };
    const { origin } = await keys.goOn(orgId, derivedId('log-continued', orgId, note), from, why);
    await signed.setAside(orgId, 'sha256', last);
    await endAlarm(tools, orgId);
    return origin;
}
