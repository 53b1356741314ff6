import type { DomainEvent, EntryRow, Id, Instant } from '@liuhen/domain';
import type { ReadDb, WriteDb } from '../db/database.ts';
import type { Statement } from '../db/round-trip.ts';

/** A job enqueued in the same transaction as its cause. Handlers are idempotent; `key` keeps one waiting job per key. */
export type Job = {
    task: string;
    payload: Readonly<Record<string, string | number>>;
    key?: string;
    queue?: string;
    /** Heavy work that nobody waits for: after everything else, and not before so many ms have passed. */
    afterMs?: number;
};

/**
 * The transaction of one command. Everything a store writes goes through it; there is no other write connection in
 * reach. `wrote` is called by the row writer only.
 */
export type Tx = {
    readonly db: WriteDb;
    /** The same connection for query functions, which take a reading database only. */
    readonly read: ReadDb;
    readonly orgId: Id;
    readonly actor: Id;
    readonly commandId: Id;
    /** One instant for the whole command: every row and entry of it says the same time. */
    readonly now: Instant;
    newId(): Id;
    wrote(table: string, row: WrittenRow): void;
    enqueue(job: Job): void;
    /**
     * Has a statement sent after all that the command asks and makes, with COMMIT: where it changes rows that many commands of the
     * organisation change (sums), they are locked no longer than that takes. Whatever must hold of it, it has to see to itself.
     */
    last(statement: Statement): void;
};

/** Columns every state row has. */
export type WrittenRow = { id: Id; org_id: Id; version: number; command_id: Id };

export type NonEmpty<T> = readonly [T, ...T[]];

/** What a command body gives back: its answer, and at least one event. Without an event it does not compile. */
export type Outcome<R> = { result: R; events: NonEmpty<DomainEvent> };

/** Rows written so far by `table id`: the last after-image of each counts. */
export type RowLog = Map<string, EntryRow>;
