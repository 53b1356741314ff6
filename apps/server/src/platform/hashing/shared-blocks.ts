import { BLOCK_SIZE } from './protocol.ts';

/**
 * The bounded memory through which bytes reach the workers: `count` blocks, reused for ever. When all are in use
 * `acquire` waits, first come first served; that wait is the back-pressure which ends at the client's socket.
 */
export class SharedBlocks {
    readonly memory: SharedArrayBuffer;
    readonly #views: Uint8Array[] = [];
    readonly #free: number[] = [];
    readonly #waiting: ((block: number) => void)[] = [];

    constructor(count: number) {
        this.memory = new SharedArrayBuffer(count * BLOCK_SIZE);
        for (let block = 0; block < count; block += 1) {
            this.#views.push(blockView(this.memory, block));
            this.#free.push(block);
        }
    }

    get freeCount(): number {
        return this.#free.length;
    }

    view(block: number): Uint8Array {
        const view = this.#views[block];
        if (view === undefined) throw new RangeError(`no block ${block}`);
        return view;
    }

    acquire(): Promise<number> {
        const block = this.#free.pop();
        if (block !== undefined) return Promise.resolve(block);
        return new Promise((resolve) => this.#waiting.push(resolve));
    }

    release(block: number): void {
        const next = this.#waiting.shift();
        if (next === undefined) this.#free.push(block);
        else next(block);
    }
}

export const blockView = (memory: SharedArrayBuffer, block: number): Uint8Array =>
    new Uint8Array(memory, block * BLOCK_SIZE, BLOCK_SIZE);
