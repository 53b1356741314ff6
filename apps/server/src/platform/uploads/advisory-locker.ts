import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@liuhen/domain';
import { LockConnection } from './lock-connection.ts';

export type Holder = {
    /** Whether the holder's client has been silent so long that its request may be taken for dead. */
    readonly mayBeTaken: () => boolean;
    /** Ends the holder's work: `wanted` by another while `mayBeTaken`, or `lost` with the connection, then nothing more may be written. */
    readonly release: (reason: 'wanted' | 'lost') => void;
};

export type HeldLock = { unlock(): Promise<void> };

export type LockerOptions = {
    readonly connectionString: string;
    /** How long a waiter tries before `upload.busy`, ms. */
    readonly patienceMs?: number;
    readonly retryMs?: number;
    readonly pingMs?: number;
};

type Held = { readonly holder: Holder; lost: boolean };

/**
 * One holder per name over all nodes. Within the process a map decides (session locks are re-entrant, so the database
 * would let two requests of one node in); between nodes a session advisory lock. A holder whose client is silent is asked
 * to let go, on its own node or through NOTIFY; one that still receives bytes keeps the lock and the other gets
 * `upload.busy`.
 */
export class AdvisoryLocker {
    readonly #held = new Map<string, Held>();
    readonly #connection: LockConnection;
    readonly #patienceMs: number;
    readonly #retryMs: number;

    constructor(options: LockerOptions) {
        this.#patienceMs = options.patienceMs ?? 8_000;
        this.#retryMs = options.retryMs ?? 100;
        this.#connection = new LockConnection({
            connectionString: options.connectionString,
            pingMs: options.pingMs ?? 5_000,
            onWanted: (name) => this.#askRelease(name),
            onLost: () => this.#loseAll(),
        });
    }

    /** Waits for the lock; throws `upload.busy` when it does not come in time or `signal` aborts. */
    async lock(name: string, holder: Holder, signal?: AbortSignal): Promise<HeldLock> {
        const deadline = performance.now() + this.#patienceMs;
        for (;;) {
            if (signal?.aborted === true) throw new DomainError('upload.busy');
            const held = await this.#tryLock(name, holder);
            if (held !== undefined) return held;
            if (performance.now() >= deadline) throw new DomainError('upload.busy');
            await sleep(this.#retryMs);
        }
    }

    close(): Promise<void> {
        return this.#connection.close();
    }

    async #tryLock(name: string, holder: Holder): Promise<HeldLock | undefined> {
        if (this.#held.has(name)) {
            this.#askRelease(name);
            return undefined;
        }
        const held: Held = { holder, lost: false };
        this.#held.set(name, held);
        try {
            if (await this.#connection.tryLock(name)) return { unlock: () => this.#unlock(name, held) };
            await this.#connection.announceWaiting(name);
        } catch (error) {
            this.#forget(name, held);
            throw error;
        }
        this.#forget(name, held);
        return undefined;
    }

    async #unlock(name: string, held: Held): Promise<void> {
        try {
            // A lock that was lost with its connection may be another node's by now.
            if (!held.lost) await this.#connection.unlock(name);
        } finally {
            this.#forget(name, held);
        }
    }

    #forget(name: string, held: Held): void {
        if (this.#held.get(name) === held) this.#held.delete(name);
    }

    #askRelease(name: string): void {
        const holder = this.#held.get(name)?.holder;
        if (holder?.mayBeTaken() === true) holder.release('wanted');
    }

    /** The names stay taken on this node until their holders have stopped; other nodes may have the locks already. */
    #loseAll(): void {
        for (const held of this.#held.values()) {
            held.lost = true;
            held.holder.release('lost');
        }
    }
}
