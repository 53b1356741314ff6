import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** `fd` is of the whole process: threads share it. */
export type HashAsk = { readonly call: number; readonly fd: number; readonly size: number; readonly copyTo?: string };
type Answer = { call: number; sha256?: string; read?: number; error?: string; ofCopy?: boolean };
type Waiting = { ask: HashAsk; resolve: (found: Hashed) => void; reject: (error: Error) => void };

export type Hashed = { readonly sha256: string; readonly read: number };
export type FileHasher = {
    /**
     * Digest of what an open file holds from its first byte to its end, and how many bytes that were. Rejects with the system's `code`,
     * and `ofCopy` where it was the copy that could not be written.
     */
    hash(fd: number, size: number, copyTo?: string): Promise<Hashed>;
    close(): Promise<void>;
};

/**
 * Hashes in threads, one file each: a slow recorder keeps its own thread waiting and never the event loop. As many threads as
 * files are worked on at once, so that a slow one keeps no other from its turn.
 */
export function fileHasher(most: number = Math.max(2, availableParallelism())): FileHasher {
    const idle: Worker[] = [];
    const busy = new Map<Worker, Waiting>();
    const queue: Waiting[] = [];
    let calls = 0;
    let closed = false;

    const start = (): Worker => {
        const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { execArgv: [] });
        worker.unref();
        worker.on('message', (answer: Answer) => settle(worker, answer));
        worker.on('error', () => lose(worker));
        worker.on('exit', () => lose(worker));
        return worker;
    };
    const next = (): void => {
        while (!closed && queue.length > 0 && (idle.length > 0 || busy.size < most)) {
            const worker = idle.pop() ?? start();
            const waiting = queue.shift();
            if (waiting === undefined) return;
            busy.set(worker, waiting);
            worker.ref();
            worker.postMessage(waiting.ask);
        }
    };
    const settle = (worker: Worker, { sha256, read, error, ofCopy }: Answer): void => {
        const waiting = busy.get(worker);
        busy.delete(worker);
        worker.unref();
        idle.push(worker);
        if (sha256 !== undefined && read !== undefined) waiting?.resolve({ sha256, read });
        else waiting?.reject(Object.assign(new Error('unreadable'), { code: error, ofCopy }));
        next();
    };
    const lose = (worker: Worker): void => {
        const waiting = busy.get(worker);
        busy.delete(worker);
        if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
        waiting?.reject(Object.assign(new Error('the hashing thread ended'), { code: 'EIO' }));
        next();
    };

    return {
        hash: (fd, size, copyTo) =>
            new Promise((resolve, reject) => {
                const ask = { call: calls++, fd, size, ...(copyTo === undefined ? {} : { copyTo }) };
                queue.push({ ask, resolve, reject });
                next();
            }),
        async close() {
            closed = true;
            await Promise.all([...idle, ...busy.keys()].map((each) => each.terminate()));
        },
    };
}
