import { DomainError, HEAD_HASHES, type Id, parseCheckpoint, parseNote, stopsSigning, toHex, utf8Text } from '@liuhen/domain';
import { derivedId } from '../../../platform/derived-id.ts';
import type { Services } from '../../../platform/services.ts';
import { alarmOf, everyLog, logSize } from './checkpoint.queries.ts';
import { endAlarm } from './checkpoint.store.ts';
import type { LogKeys } from './log-keys.ts';
import type { SignedState } from './signed-state.ts';
import { witnessTroubles } from './witness.queries.ts';
import { endTrouble } from './witness.store.ts';

type Tools = Pick<Services, 'db' | 'clock'>;
type Parts = { readonly keys: LogKeys; readonly signed: SignedState };

/** A log, and how much of it was signed. */
export type SignedLog = { readonly orgId: Id; readonly signed: bigint; readonly size: bigint };

/** The logs of which something was signed here. */
export async function signedLogs({ db }: Pick<Tools, 'db'>, signed: SignedState): Promise<SignedLog[]> {
    const logs: SignedLog[] = [];
    for (const orgId of await everyLog({ db })) {
        const last = await signed.read(orgId, 'sha256');
        if (last === undefined) continue;
        logs.push({ orgId, signed: last.size, size: await db.read({ readOrgs: [orgId] }, (read) => logSize(read, orgId)) });
    }
    return logs;
}

/** A log that cannot go on being signed under its name: it is not what was signed of it, or the key of that name is nowhere any more. */
export type LogToContinue = SignedLog & { readonly why: 'otherLog' | 'keyLost' };

const isBehind = ({ signed, size }: SignedLog): boolean => signed > size;

/** The logs that cannot go on being signed as they are: shorter than what was signed, found to differ from it, or without their key. */
export async function logsToContinue({ db }: Pick<Tools, 'db'>, signed: SignedState): Promise<LogToContinue[]> {
    const found: LogToContinue[] = [];
    for (const log of await signedLogs({ db }, signed)) {
        const alarm = await db.read({ readOrgs: [log.orgId] }, (read) => alarmOf(read, log.orgId));
        const troubles = await db.read({ readOrgs: [log.orgId] }, (read) => witnessTroubles(read, log.orgId));
        const other = troubles.some(({ code }) => stopsSigning(code));
        if (isBehind(log) || alarm?.code === 'checkpoint.logDiffers' || other) found.push({ ...log, why: 'otherLog' });
        else if (alarm?.code === 'checkpoint.keyMissing') found.push({ ...log, why: 'keyLost' });
    }
    return found;
}

/** Throws `installation.databaseOlder` for a database that was put back: nothing may be entered before somebody has looked. */
export async function refuseOlderDatabase(tools: Pick<Tools, 'db'>, signed: SignedState): Promise<void> {
    const behind = (await signedLogs(tools, signed)).find(isBehind);
    if (behind !== undefined)
        throw new DomainError('installation.databaseOlder', { signed: String(behind.signed), log: String(behind.size) });
}

/**
 * Lets a log go on that is not any more what was signed of it, or whose key is lost: under a new name and key, with an entry that says what was signed under the old
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
    const troubles = await tools.db.read({ readOrgs: [orgId] }, (db) => witnessTroubles(db, orgId));
    const shown = troubles.find(({ code }) => stopsSigning(code));
    // More may have been signed than is known here: what a witness has of it belongs to what is said.
    const witnessed = shown === undefined ? {} : { witnessed: (JSON.parse(shown.params) as Record<string, string>).note ?? '' };
    const why = { reason, log: String(size), signed: String(last.size), root: toHex(last.root), note, ...witnessed };
    const { origin } = await keys.goOn(orgId, derivedId('log-continued', orgId, note), from, why);
    // The first head's last: as long as it stands there, a repetition finishes what was begun.
    for (const head of HEAD_HASHES.toReversed()) {
        const said = await signed.read(orgId, head);
        if (said !== undefined) await signed.setAside(orgId, head, said);
    }
    await endTrouble(tools, orgId);
    await endAlarm(tools, orgId);
    return origin;
}
