import { createHash } from 'node:crypto';
import { DomainError, type DomainEvent, type EntryRow, type Id, type Instant, rowDigest } from '@liuhen/domain';
import type pg from 'pg';
import type { DB } from '../../schema/db.generated.ts';
import type { Clock } from '../clock.ts';
import { kyselyOn } from '../db/client-dialect.ts';
import { type Database, type ReadDb, rollback, scopeStatement } from '../db/database.ts';
import { type Answer, goAhead, inOneTrip, type Statement, takeBack } from '../db/round-trip.ts';
import { nodeDigest } from '../digest.ts';
import { failpoint } from '../failpoint.ts';
import type { Signer } from '../signer.ts';
import { appendStatement } from './ledger-writer.ts';
import type { RefusalLog } from './refusals.ts';
import { inTurn } from './turns.ts';
import type { Job, Outcome, Tx, WrittenRow } from './tx.ts';

/** What commands need from the platform. */
export type CommandTools = { db: Database; clock: Clock; signer: Signer; refusals: RefusalLog };

/** Who does it, for which organisation (whose log takes the entries), under which command id. */
export type CommandContext = {
    actor: Id;
    orgId: Id;
    readOrgs: readonly Id[];
    commandId: Id;
    /** What was asked for; the same id with another fingerprint is an error, not a retry. */
    fingerprint?: string;
};

export type CommandOptions = {
    /** The answer holds a secret (a first password): it is not kept, so a retry is told that it ran. */
    secretResult?: boolean;
    /** Unique constraints that mean "somebody was faster, look again" rather than a refusal. */
    retryOn?: readonly string[];
    /** Refusals of this command are facts of their own and are logged by the caller. */
    logsRefusal?: boolean;
};

/** PostgreSQL's word for "try again": serialisation failure, deadlock, and a sequence of an object taken meanwhile. */
const RETRY = new Set(['40001', '40P01']);
const MOST_TRIES = 5;

/**
 * A migration by another node gave a table a column: statements that a connection prepared before no longer run there. Such a
 * connection is thrown away, so this ends when the pool's are all new.
 */
const STALE = '0A000';
const MOST_STALE_TRIES = 50;

/**
 * The only way to write. Runs `body` in one transaction, then, still in it and last, enqueues its jobs and appends its
 * entries, together with COMMIT in one round trip. Whoever gets an answer can rely on state and log both being durable.
 *
 * A command id that already ran gives the answer of the first run. A refusal (DomainError) rolls back and leaves its own
 * entry. Anything else rolls back and is the caller's to report.
 */
export async function runCommand<R>(
    tools: CommandTools,
    context: CommandContext,
    kind: string,
    body: (tx: Tx) => Promise<Outcome<R>>,
    options: CommandOptions = {},
): Promise<R> {
    for (let attempt = 1; ; attempt++) {
        try {
            return await inTurn(context.orgId, () => tryCommand(tools, context, kind, body, options));
        } catch (error) {
            if (attempt < (isStale(error) ? MOST_STALE_TRIES : MOST_TRIES) && isRetryable(error, options.retryOn)) continue;
            if (error instanceof DomainError && options.logsRefusal !== true) await tools.refusals.record(context, kind, error);
            throw error;
        }
    }
}

/** The command's own unique keys: a parallel retry of it, or a sequence of an object that moved on. */
const OWN_KEYS: readonly string[] = ['object_pkey', 'command_pkey', 'head_pkey'];

function isRetryable(error: unknown, retryOn: readonly string[] = []): boolean {
    const { code, constraint } = error as { code?: string; constraint?: string };
    if (code === undefined) return false;
    return (
        RETRY.has(code) ||
        code === STALE ||
        (code === '23505' && constraint !== undefined && [...OWN_KEYS, ...retryOn].includes(constraint))
    );
}

const isStale = (error: unknown): boolean => (error as { code?: string }).code === STALE;

async function tryCommand<R>(
    tools: CommandTools,
    context: CommandContext,
    kind: string,
    body: (tx: Tx) => Promise<Outcome<R>>,
    options: CommandOptions,
): Promise<R> {
    const client = await tools.db.pool.connect();
    const opening = openAhead(client, context);
    let broken: Error | undefined;
    try {
        const rows = new Map<string, EntryRow>();
        const after: After = { jobs: [], statements: [] };
        const tx = openTx(tools, context, client, rows, after);
        const outcome = await body(tx);
        await opening.finish();
        await commit(tools, context, kind, client, tx, outcome, [...rows.values()], after, options);
        return outcome.result;
    } catch (error) {
        if (!takeBack(client)) broken = await rollback(client);
        if (isStale(error)) broken ??= error as Error;
        const before = broken === undefined ? await opening.earlierRun() : undefined;
        if (before !== undefined) return earlierResult<R>(before, context, kind);
        throw error;
    } finally {
        client.release(broken);
    }
}

type EarlierRun = { kind: string; actor: Id; org_id: Id; fingerprint: Uint8Array; result: string | null };

const BEGIN: Statement = { name: 'begin', text: 'begin' };
const COMMIT: Statement = { name: 'commit', text: 'commit' };
const ROLLBACK: Statement = { name: 'rollback', text: 'rollback' };

/**
 * The transaction's beginning, its scope and the look-up of the command id travel with the first statement of the body. If
 * the command ran before, whatever that statement did is rolled back and the body ends there.
 */
function openAhead(client: pg.ClientBase, context: CommandContext) {
    const scope = scopeStatement({ readOrgs: [...new Set([...context.readOrgs, context.orgId])], writeOrg: context.orgId });
    const statements = [BEGIN, scope, earlierRunStatement(context.commandId)];
    let answered = false;
    let found: EarlierRun | undefined;
    const read = (answers: readonly Answer[]): void => {
        answered = true;
        found = answers[2]?.rows[0] as EarlierRun | undefined;
        if (found !== undefined) throw new RanBefore();
    };
    goAhead(client, statements, read);
    return {
        /** For a body that asked nothing, or heard the answer and went on. */
        async finish(): Promise<void> {
            if (!answered) await inOneTrip(client, []);
            if (found !== undefined) throw new RanBefore();
        },
        /** After the end: what failed before the look-up was answered may have failed because the command ran before. */
        async earlierRun(): Promise<EarlierRun | undefined> {
            if (answered) return found;
            const answers = await inOneTrip(client, [...statements, ROLLBACK]);
            return answers[2]?.rows[0] as EarlierRun | undefined;
        },
    };
}

/** Ends the body of a command that ran before; never seen outside. */
class RanBefore extends Error {}

const earlierRunStatement = (commandId: Id): Statement => ({
    name: 'command.earlier',
    text: 'select kind, actor, org_id, fingerprint, result from liuhen.command where id = $1',
    values: [commandId],
    rows: true,
});

function earlierResult<R>(before: EarlierRun, context: CommandContext, kind: string): R {
    const same =
        before.kind === kind && before.actor === context.actor && fingerprintOf(context).equals(Buffer.from(before.fingerprint));
    if (!same || before.result === null) throw new DomainError('request.commandIdReused');
    return JSON.parse(before.result) as R;
}

const fingerprintOf = (context: CommandContext): Buffer =>
    createHash('sha256')
        .update(context.fingerprint ?? '')
        .digest();

/** What is sent with COMMIT, once the body is through. */
type After = { readonly jobs: Job[]; readonly statements: Statement[] };

function openTx(
    tools: CommandTools,
    context: CommandContext,
    client: pg.ClientBase,
    rows: Map<string, EntryRow>,
    after: After,
): Tx {
    const db = kyselyOn<DB>(client);
    return {
        db,
        read: db as unknown as ReadDb,
        orgId: context.orgId,
        actor: context.actor,
        commandId: context.commandId,
        now: tools.clock.now(),
        newId: tools.clock.newId,
        wrote(table: string, row: WrittenRow) {
            if (row.org_id !== context.orgId)
                throw new Error(`a row of ${table} belongs to another organisation than the command`);
            const key = `${table} ${row.id}`;
            // The entry states each version of a row; a second one in the same command would hide the first.
            if (rows.has(key)) throw new Error(`a row of ${table} was written twice in one command`);
            rows.set(key, {
                table,
                id: row.id,
                version: row.version,
                sha256: rowDigest(nodeDigest, table, row),
            });
        },
        enqueue: (job) => {
            // One waiting job per key: of several in one command the last says what is to be done.
            const at = job.key === undefined ? -1 : after.jobs.findIndex((each) => each.key === job.key);
            if (at < 0) after.jobs.push(job);
            else after.jobs[at] = job;
        },
        last: (statement) => after.statements.push(statement),
    };
}

async function commit<R>(
    tools: CommandTools,
    context: CommandContext,
    kind: string,
    client: pg.ClientBase,
    tx: Tx,
    outcome: Outcome<R>,
    rows: readonly EntryRow[],
    after: After,
    options: CommandOptions,
): Promise<void> {
    const appends: Statement[] = [];
    for (const [orgId, events] of eventsByLog(context.orgId, outcome.events, rows)) {
        const about = { orgId, actor: context.actor, commandId: context.commandId, at: tx.now };
        appends.push(await appendStatement(client, tools, about, events, orgId === context.orgId ? rows : []));
    }
    const result = options.secretResult === true ? null : JSON.stringify(outcome.result ?? null);
    failpoint('command.beforeCommit');
    const answers = await inOneTrip(client, [
        ...after.statements,
        ...after.jobs.map((job) => enqueueStatement(context.orgId, job)),
        keepStatement(context, kind, result, tx.now),
        ...appends,
        COMMIT,
    ]);
    // COMMIT of a failed transaction is answered with ROLLBACK, not with an error.
    if (answers.at(-1)?.command !== 'COMMIT') throw new Error('the transaction was rolled back');
    failpoint('command.afterCommit');
}

const keepStatement = (context: CommandContext, kind: string, result: string | null, at: Instant): Statement => ({
    name: 'command.keep',
    text: 'insert into liuhen.command (id, org_id, actor, kind, fingerprint, result, at) values ($1, $2, $3, $4, $5, $6, $7)',
    values: [context.commandId, context.orgId, context.actor, kind, fingerprintOf(context), result, at],
});

/** Logs in ascending order of their organisation, so that two commands on the same two logs cannot wait for each other. */
function eventsByLog(own: Id, events: readonly DomainEvent[], rows: readonly EntryRow[]): [Id, DomainEvent[]][] {
    const grouped = Map.groupBy(events, (event) => event.org ?? own);
    if (rows.length > 0 && !grouped.has(own)) throw new Error('rows were written, but no event goes to their log');
    return [...grouped].sort(([a], [b]) => (a < b ? -1 : 1));
}

const enqueueStatement = (orgId: Id, job: Job): Statement => {
    const values = [job.task, orgId, JSON.stringify(job.payload), job.key ?? null, job.queue ?? null];
    return job.afterMs === undefined
        ? { name: 'command.enqueue', text: 'select jobs.enqueue($1, $2, $3::json, $4, $5)', values }
        : {
              name: 'command.enqueueLater',
              text: 'select jobs.enqueue_later($1, $2, $3::json, $4, $5, $6)',
              values: [...values, job.afterMs],
          };
};
