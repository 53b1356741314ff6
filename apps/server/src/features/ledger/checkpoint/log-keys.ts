import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
    bodyOf,
    DAY,
    type DomainEvent,
    dayOf,
    formatVerifierKey,
    type HeadHash,
    headOrigin,
    type Id,
    type Instant,
    KEY_OVERLAP_DAYS,
    nameCount,
    nextOrigin,
    originOf,
    SYSTEM_ID,
    type VerifierKey,
    verifierKey,
    yearOfDay,
} from '@liuhen/domain';
import { sql } from 'kysely';
import { runCommand } from '../../../platform/command/command.ts';
import { derivedId } from '../../../platform/derived-id.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import type { Services } from '../../../platform/services.ts';
import type { TokenConfig } from '../../../platform/token-key.ts';
import { endingsOf, makeCheckpointKey, noteTypeOf, openCheckpointKey, publicKeyAt } from './key-files.ts';

/** A key that signs the checkpoints of one head of a log. */
export type LogKey = {
    readonly origin: string;
    readonly head: HeadHash;
    readonly year: number;
    /** First four bytes of its signature lines (C2SP signed-note, "key ID"). */
    readonly keyHash: Uint8Array;
    /** Throws `token.away` and `token.pin` where the key is in a token. */
    sign(text: Uint8Array): Promise<Uint8Array>;
};

type Tools = Pick<Services, 'commands' | 'db' | 'clock'>;
/** Which key of a log is meant. The name of a key is the origin of what it signs. */
type Wanted = { readonly origin: string; readonly head: HeadHash; readonly year: number };
type Introduced = Wanted & {
    readonly verifier: string;
    readonly at: Instant;
};

/** Keys of checkpoints: one per log, head and year, each in a file of its own that only the server reads, or in a token. */
export class LogKeys {
    /** Where all keys of this node are. */
    readonly folder: string;
    readonly #tools: Tools;
    readonly #folder: string;
    readonly #base: string;
    readonly #token: TokenConfig | undefined;

    constructor(tools: Tools, options: { keyFolder: string; base: string; token: TokenConfig | undefined }) {
        this.#tools = tools;
        this.folder = options.keyFolder;
        this.#folder = join(options.keyFolder, 'log');
        this.#base = options.base;
        this.#token = options.token;
    }

    /**
     * The keys that sign one head now: that of the year, and at the beginning of a year that of the year before as well. A year's key is
     * made and entered into the log the first time it is asked for. Empty where the key of this year is not in this node's folder:
     * another node signs, or the key was lost.
     */
    async of(orgId: Id, head: HeadHash): Promise<readonly LogKey[]> {
        const now = this.#tools.clock.now();
        const year = yearOfDay(dayOf(now));
        const name = (await this.#introduced(orgId, 'sha256'))[0]?.origin ?? originOf(this.#base, await this.#codeOf(orgId));
        const origin = headOrigin(name, head);
        const known = (await this.#introduced(orgId, head)).filter((each) => each.origin === origin);
        const current = known.find((each) => each.year === year) ?? (await this.#introduce(orgId, { origin, head, year }));
        const before = known.find((each) => each.year === year - 1 && now < current.at + KEY_OVERLAP_DAYS * DAY);
        const key = await this.#open(orgId, current);
        if (key === undefined) return [];
        const older = before === undefined ? undefined : await this.#open(orgId, before);
        return older === undefined ? [key] : [key, older];
    }

    /** The keys of one head of a log, the last name's first and of those the newest: by count and year, for clocks may stand still or jump. */
    async #introduced(orgId: Id, head: HeadHash): Promise<Introduced[]> {
        const rows = await this.#tools.db.read({ readOrgs: [orgId] }, (db) =>
            db
                .selectFrom('ledger.log_key')
                .select(['origin', 'hash as head', 'year', 'verifier', 'at'])
                .where('org_id', '=', orgId)
                .where('hash', '=', head)
                .execute(),
        );
        return rows.sort((a, b) => nameCount(b.origin) - nameCount(a.origin) || b.year - a.year);
    }

    /** The file first, then the entry: a key that is in the log and in no file could never be used. */
    #introduce(orgId: Id, wanted: Wanted): Promise<Introduced> {
        // Of two nodes that are first at once one wins; what the other reads next is what stands in the log.
        return this.#enter(orgId, wanted, derivedId('log-key', orgId, wanted.origin, String(wanted.year)), []);
    }

    /**
     * From now on the log is signed under the name after `from`, and its second head under the name that follows. `why` is what the log says of it; the command id makes a repetition the
     * same continuation.
     */
    async goOn(orgId: Id, commandId: Id, from: string, why: Readonly<Record<string, string>>): Promise<Introduced> {
        const to = nextOrigin(from);
        const year = yearOfDay(dayOf(this.#tools.clock.now()));
        const wanted: Wanted = { origin: to, head: 'sha256', year };
        return this.#enter(orgId, wanted, commandId, [{ kind: 'log.continued', body: bodyOf({ from, to, ...why }) }]);
    }

    async #enter(orgId: Id, wanted: Wanted, commandId: Id, before: readonly DomainEvent[]): Promise<Introduced> {
        const { origin, head, year } = wanted;
        await mkdir(this.#folder, { recursive: true, mode: 0o700 });
        const path = this.#pathOf(orgId, wanted);
        const signer = (await openCheckpointKey(path, head, this.#token)) ?? (await makeCheckpointKey(path, head, this.#token));
        const verifier = formatVerifierKey(keyOf(wanted, signer.publicKey));
        await runCommand(
            this.#tools.commands,
            { actor: SYSTEM_ID, orgId, readOrgs: [orgId], commandId },
            'logKey.introduce',
            async (tx) => {
                await sql`select ledger.introduce_log_key(${orgId}, ${origin}, ${head}, ${year}, ${verifier}, ${tx.now})`.execute(
                    tx.db,
                );
                const introduced: DomainEvent = { kind: 'logKey.introduced', body: bodyOf({ origin, head, year, verifier }) };
                return { result: null, events: [...before, introduced] as [DomainEvent] };
            },
        );
        const introduced = (await this.#introduced(orgId, head)).find((each) => each.origin === origin && each.year === year);
        if (introduced === undefined) throw new Error('a key that was just introduced is not there');
        return introduced;
    }

    /** A file with another key than the one in the log is another node's attempt, and signs nothing. */
    async #open(orgId: Id, { verifier, ...wanted }: Introduced): Promise<LogKey | undefined> {
        const signer = await openCheckpointKey(this.#pathOf(orgId, wanted), wanted.head, this.#token);
        const key = signer === undefined ? undefined : keyOf(wanted, signer.publicKey);
        if (signer === undefined || key === undefined || formatVerifierKey(key) !== verifier) return undefined;
        const { origin, head, year } = wanted;
        return { origin, head, year, keyHash: key.keyHash, sign: (text) => signer.sign(text) };
    }

    async #codeOf(orgId: Id): Promise<string> {
        if (orgId === SYSTEM_ID) return 'system';
        const row = await this.#tools.db.read({ readOrgs: [orgId] }, (db) =>
            db.selectFrom('organisation').select('code').where('id', '=', orgId).executeTakeFirst(),
        );
        // Names of keys have neither spaces nor plus signs (C2SP signed-note); a code that has is not used.
        return row !== undefined && /^[\w.-]+$/.test(row.code) ? row.code : orgId;
    }

    /** Without the ending, which says of which kind it is and where it lies. */
    #pathOf(orgId: Id, { origin, year }: Wanted): string {
        const again = nameCount(origin);
        return join(this.#folder, `${orgId}-${year}${again === 1 ? '' : `-${again}`}`);
    }
}

/**
 * What the keys in the folder can verify of one name of a log: after a database was put back it may not know of all of them. The folder
 * of this node only.
 */
export async function heldKeys(keyFolder: string, orgId: Id, head: HeadHash, origin: string): Promise<VerifierKey[]> {
    const folder = join(keyFolder, 'log');
    const again = nameCount(origin);
    const names = new RegExp(`^${orgId}-(\\d+)${again === 1 ? '' : `-${again}`}-([\\w.]+)$`);
    const held: VerifierKey[] = [];
    for (const name of await readdir(folder).catch(() => [])) {
        const [, year, ending = ''] = names.exec(name) ?? [];
        if (year === undefined || !endingsOf(head).includes(ending)) continue;
        const publicKey = await publicKeyAt(join(folder, name), head);
        if (publicKey !== undefined) held.push(keyOf({ origin, head, year: Number(year) }, publicKey));
    }
    return held;
}

const keyOf = ({ origin, head }: Wanted, publicKey: Uint8Array): VerifierKey =>
    verifierKey(nodeDigest.sha256, origin, noteTypeOf(head), publicKey);
