import type { IncomingMessage } from 'node:http';
import { BLOCK_SIZE } from '../hashing/protocol.ts';
import type { BodyBudget } from './body-budget.ts';

/** Small pieces are worth waiting for a moment: a block per network packet would cost more than hashing it. */
const GOOD_BATCH = BLOCK_SIZE / 2;
const BATCH_WAIT_MS = 5;

/** `stopped`: another request takes over · `lost`: the lock is gone, nothing more may be written. */
export type BodyEnd = 'complete' | 'broken' | 'stopped' | 'lost';

/**
 * Takes a request's body from its socket in large batches. Beyond its share of the budget the socket
 * is paused, so that a fast client waits for disk and hashing. `next` gives undefined at the end; `end` says which.
 */
export class BodyReader {
    readonly #request: IncomingMessage;
    readonly #idleMs: number;
    readonly #budget: BodyBudget;
    #detached = false;
    #pending: Buffer[] = [];
    #bytes = 0;
    #wake: (() => void) | undefined;
    #wanted = 1;
    #lastByte = performance.now();
    end: BodyEnd | undefined;

    constructor(request: IncomingMessage, stop: AbortSignal, idleMs: number, budget: BodyBudget) {
        this.#request = request;
        this.#budget = budget;
        budget.enter();
        this.#idleMs = idleMs;
        request.on('data', this.#onData);
        request.once('end', () => this.#finish(request.complete ? 'complete' : 'broken'));
        request.once('error', () => this.#finish('broken'));
        request.once('close', () => this.#finish('broken'));
        const onStop = (): void => this.#finish(stop.reason === 'lost' ? 'lost' : 'stopped');
        stop.addEventListener('abort', onStop, { once: true });
        if (stop.aborted) onStop();
        else if (request.destroyed) this.#finish(request.complete ? 'complete' : 'broken');
    }

    /** Milliseconds since the client last sent anything; none while it is we who make it wait. */
    idleFor(): number {
        return this.#bytes > 0 || this.#request.isPaused() ? 0 : performance.now() - this.#lastByte;
    }

    async next(): Promise<Buffer[] | undefined> {
        if (this.end === 'lost') return undefined;
        while (this.#bytes === 0) {
            if (this.end !== undefined) return undefined;
            // For anything at all: what stayed here until there is more of it would make a silent client look like a busy one.
            await this.#wait(this.#idleMs, 1);
            if (this.#bytes === 0 && this.end === undefined && this.idleFor() >= this.#idleMs) this.#finish('broken');
        }
        if (this.#bytes < this.#goodBatch && this.end === undefined) await this.#wait(BATCH_WAIT_MS, this.#goodBatch);
        return this.#take();
    }

    /** Stops listening; what the client still sends is left to the caller. */
    detach(): void {
        if (!this.#detached) this.#budget.leave();
        this.#detached = true;
        this.#request.off('data', this.#onData);
        this.#pending = [];
        this.#bytes = 0;
    }

    get #goodBatch(): number {
        return Math.min(GOOD_BATCH, this.#budget.share);
    }

    readonly #onData = (piece: Buffer): void => {
        this.#lastByte = performance.now();
        if (this.end !== undefined) return;
        this.#pending.push(piece);
        this.#bytes += piece.length;
        if (this.#bytes >= this.#budget.share) this.#request.pause();
        if (this.#bytes >= this.#wanted) this.#wake?.();
    };

    #take(): Buffer[] {
        let count = 0;
        let size = 0;
        for (const piece of this.#pending) {
            if (count > 0 && size + piece.length > BLOCK_SIZE) break;
            count += 1;
            size += piece.length;
        }
        const batch = this.#pending.slice(0, count);
        this.#pending = this.#pending.slice(count);
        this.#bytes -= size;
        if (this.#bytes < this.#budget.share && this.#request.isPaused()) this.#request.resume();
        return batch;
    }

    #finish(end: BodyEnd): void {
        this.end ??= end;
        this.#wake?.();
    }

    /** Until so many bytes are there, the body has ended, or the time is over. */
    #wait(ms: number, bytes: number): Promise<void> {
        this.#wanted = bytes;
        return new Promise((resolve) => {
            const timer = setTimeout(() => this.#wake?.(), ms);
            this.#wake = () => {
                clearTimeout(timer);
                this.#wake = undefined;
                resolve();
            };
        });
    }
}
