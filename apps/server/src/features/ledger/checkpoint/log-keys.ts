import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
    bodyOf,
    DAY,
    type DomainEvent,
    dayOf,
    formatVerifierKey,
    type HeadHash,
    type Id,
    type Instant,
    KEY_OVERLAP_DAYS,
    NOTE_TYPE_ED25519,
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
import { makeKey, openKey, type Signer } from '../../../platform/signer.ts';

/** A key that signs the checkpoints of one head of a log. */
export type LogKey = {
    readonly origin: string;
    readonly head: HeadHash;
    readonly year: number;
    /** First four bytes of its signature lines (C2SP signed-note, "key ID"). */
    readonly keyHash: Uint8Array;
    sign(text: Uint8Array): Uint8Array;
};

/** The heads that are signed. */
export const SIGNED_HEADS: readonly HeadHash[] = ['sha256'];

type Tools = Pick<Services, 'commands' | 'db' | 'clock'>;
type Introduced = {
    readonly origin: string;
    readonly hash: HeadHash;
    readonly year: number;
    readonly verifier: string;
    readonly at: Instant;
};

/** Keys of checkpoints: one per log, head and year, each in a file of its own that only the server reads. */
export class LogKeys {
    readonly #tools: Tools;
    readonly #folder: string;
    readonly #base: string;

    constructor(tools: Tools, options: { keyFolder: string; base: string }) {
        this.#tools = tools;
        this.#folder = join(options.keyFolder, 'log');
        this.#base = options.base;
    }

    /**
     * The keys that sign now: that of the year, and at the beginning of a year that of the year before as well. A year's key is made and
     * entered into the log the first time it is asked for. Empty where the key of this year is not in this node's folder: another node
     * signs, or the key was lost.
     */
    async of(orgId: Id): Promise<readonly LogKey[]> {
        const now = this.#tools.clock.now();
        const year = yearOfDay(dayOf(now));
        const known = await this.#introduced(orgId);
        const current =
            known.find((each) => each.year === year && each.origin === known[0]?.origin) ??
            (await this.#introduce(orgId, known[0]?.origin, year));
        const before = known.find(
            (each) => each.origin === current.origin && each.year === year - 1 && now < current.at + KEY_OVERLAP_DAYS * DAY,
        );
        const key = await this.#open(orgId, current);
        if (key === undefined) return [];
        const older = before === undefined ? undefined : await this.#open(orgId, before);
        return older === undefined ? [key] : [key, older];
    }

    /** The keys of a log, the last name's first and of those the newest: by count and year, for clocks may stand still or jump. */
    async #introduced(orgId: Id): Promise<Introduced[]> {
        const rows = await this.#tools.db.read({ readOrgs: [orgId] }, (db) =>
            db
                .selectFrom('ledger.log_key')
                .select(['origin', 'hash', 'year', 'verifier', 'at'])
                .where('org_id', '=', orgId)
                .where('hash', '=', 'sha256')
                .execute(),
        );
        return rows.sort((a, b) => nameCount(b.origin) - nameCount(a.origin) || b.year - a.year);
    }

    /** The file first, then the entry: a key that is in the log and in no file could never be used. */
    async #introduce(orgId: Id, known: string | undefined, year: number): Promise<Introduced> {
        const origin = known ?? originOf(this.#base, await this.#codeOf(orgId));
        // Of two nodes that are first at once one wins; what the other reads next is what stands in the log.
        return this.#enter(orgId, origin, year, derivedId('log-key', orgId, origin, String(year)), []);
    }

    /**
     * From now on the log is signed under the name after `from`. `why` is what the log says of it; the command id makes a repetition the
     * same continuation.
     */
    async goOn(orgId: Id, commandId: Id, from: string, why: Readonly<Record<string, string>>): Promise<Introduced> {
        const to = nextOrigin(from);
        const year = yearOfDay(dayOf(this.#tools.clock.now()));
        return this.#enter(orgId, to, year, commandId, [{ kind: 'log.continued', body: bodyOf({ from, to, ...why }) }]);
    }

    async #enter(orgId: Id, origin: string, year: number, commandId: Id, before: readonly DomainEvent[]): Promise<Introduced> {
        const head: HeadHash = 'sha256';
        await mkdir(this.#folder, { recursive: true, mode: 0o700 });
        const file = this.#fileOf(orgId, { origin, year });
        const signer = (await openKey(file)) ?? (await makeKey(file));
        const verifier = verifierOf(origin, signer);
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
        const [introduced] = await this.#introduced(orgId);
        if (introduced === undefined) throw new Error('a key that was just introduced is not there');
        return introduced;
    }

    /** A file with another key than the one in the log is another node's attempt, and signs nothing. */
    async #open(orgId: Id, { origin, hash, year, verifier }: Introduced): Promise<LogKey | undefined> {
        const signer = await openKey(this.#fileOf(orgId, { origin, year }));
        if (signer === undefined || verifierOf(origin, signer) !== verifier) return undefined;
        return { origin, head: hash, year, keyHash: keyOf(origin, signer).keyHash, sign: (text) => signer.sign(text) };
    }

    async #codeOf(orgId: Id): Promise<string> {
        if (orgId === SYSTEM_ID) return 'system';
        const row = await this.#tools.db.read({ readOrgs: [orgId] }, (db) =>
            db.selectFrom('organisation').select('code').where('id', '=', orgId).executeTakeFirst(),
        );
        // Names of keys have neither spaces nor plus signs (C2SP signed-note); a code that has is not used.
        return row !== undefined && /^[\w.-]+$/.test(row.code) ? row.code : orgId;
    }

    #fileOf(orgId: Id, { origin, year }: { origin: string; year: number }): string {
        const again = nameCount(origin);
        return join(this.#folder, `${orgId}-${year}${again === 1 ? '' : `-${again}`}-ed25519.pem`);
    }
}

const keyOf = (name: string, signer: Signer): VerifierKey =>
    verifierKey(nodeDigest.sha256, name, NOTE_TYPE_ED25519, signer.publicKey);

const verifierOf = (name: string, signer: Signer): string => formatVerifierKey(keyOf(name, signer));
