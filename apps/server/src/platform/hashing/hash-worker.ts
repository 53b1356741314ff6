import { Worker } from 'node:worker_threads';
import { CHUNK_SIZE, DomainError } from '@liuhen/domain';
import type { FromWorker, LaneResult, StreamPosition, ToWorker, WorkerSetup } from './protocol.ts';
import type { SharedBlocks } from './shared-blocks.ts';

type Answer = LaneResult | StreamPosition;
type Call = { resolve: (answer: Answer) => void; reject: (error: Error) => void; stream: number | null };
type ChunkListener = { onChunk: (digest: Uint8Array) => void; onLost: (error: Error) => void };

export type BlockRefs = { readonly retain: (block: number) => void; readonly release: (block: number) => void };

/**
 * One worker thread and what it still owes: answers, blocks, streams. If the thread dies all of that is settled with
 * `hashing.workerLost` and the next use starts a new thread.
 */
export class HashWorker {
    readonly #blocks: SharedBlocks;
    readonly #refs: BlockRefs;
    readonly #calls = new Map<number, Call>();
    readonly #held = new Map<number, number>();
    readonly #streams = new Map<number, ChunkListener>();
    #thread: Worker | undefined;
    #nextCall = 0;
    /** Relative cost of the open streams and running files; the pool gives work to the least loaded. */
    load = 0;

    constructor(blocks: SharedBlocks, refs: BlockRefs) {
        this.#blocks = blocks;
        this.#refs = refs;
    }

    attach(stream: number, listener: ChunkListener, open: ToWorker): void {
        this.#streams.set(stream, listener);
        this.#post(open);
    }

    detach(stream: number): void {
        if (this.#streams.delete(stream)) this.#post({ kind: 'drop', stream });
    }

    sendBlock(stream: number, block: number, length: number): void {
        this.#held.set(block, (this.#held.get(block) ?? 0) + 1);
        this.#refs.retain(block);
        this.#post({ kind: 'data', stream, block, length });
    }

    send(message: ToWorker): void {
        this.#post(message);
    }

    ask(stream: number | null, message: (call: number) => ToWorker): Promise<Answer> {
        const call = this.#nextCall++;
        return new Promise((resolve, reject) => {
            this.#calls.set(call, { resolve, reject, stream });
            this.#post(message(call));
        });
    }

    async close(): Promise<void> {
        const thread = this.#thread;
        this.#thread = undefined;
        thread?.removeAllListeners();
        await thread?.terminate();
        this.#settleLost();
    }

    #post(message: ToWorker): void {
        this.#thread ??= this.#start();
        this.#thread.postMessage(message);
    }

    #start(): Worker {
        const setup: WorkerSetup = { memory: this.#blocks.memory, chunkSize: CHUNK_SIZE };
        // A hashing thread allocates next to nothing on its heap; small limits keep it from growing without need.
        const thread = new Worker(new URL('./worker.ts', import.meta.url), {
            workerData: setup,
            execArgv: [],
            resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 },
        });
        // What a thread said before it ended may arrive after it: the blocks it gave back are in the hands of the next one by then.
        thread.on('message', (message: FromWorker) => {
            if (this.#thread === thread) this.#receive(message);
        });
        const lost = (): void => {
            if (this.#thread !== thread) return;
            this.#thread = undefined;
            this.#settleLost();
        };
        thread.on('error', lost);
        thread.on('exit', lost);
        return thread;
    }

    #receive(message: FromWorker): void {
        switch (message.kind) {
            case 'free':
                this.#free(message.block);
                return;
            case 'chunk':
                this.#streams.get(message.stream)?.onChunk(message.digest);
                return;
            case 'position':
                this.#take(message.call)?.resolve(message.position);
                return;
            case 'result':
                this.#take(message.call)?.resolve(message.result);
                return;
            case 'failed':
                this.#take(message.call)?.reject(new DomainError(message.code));
                return;
        }
    }

    #take(call: number): Call | undefined {
        const found = this.#calls.get(call);
        this.#calls.delete(call);
        return found;
    }

    #free(block: number): void {
        const count = this.#held.get(block) ?? 0;
        if (count === 0) return;
        if (count === 1) this.#held.delete(block);
        else this.#held.set(block, count - 1);
        this.#refs.release(block);
    }

    #settleLost(): void {
        const error = new DomainError('hashing.workerLost');
        for (const [block, count] of [...this.#held]) for (let n = 0; n < count; n += 1) this.#free(block);
        for (const call of [...this.#calls.keys()]) this.#take(call)?.reject(error);
        const streams = [...this.#streams.values()];
        this.#streams.clear();
        for (const stream of streams) stream.onLost(error);
    }
}
