import type { Hasher } from '@liuhen/domain';
import { sha256Stream } from '../sha256-stream.ts';

/** SHA-256 of large files beside the page: the next bytes are read while those before them are worked on. */

type Ask = { readonly file: number; readonly bytes?: Uint8Array };
type Answer = { readonly file: number; readonly digest?: Uint8Array };

/** The side of the thread: takes pieces of files, and gives the digest of a file when it ends. */
export function serveDigests(self: { onmessage: unknown; postMessage(answer: Answer): void }): void {
    const files = new Map<number, ReturnType<typeof sha256Stream>>();
    self.onmessage = ({ data: { file, bytes } }: { data: Ask }) => {
        const hasher = files.get(file) ?? sha256Stream();
        files.set(file, hasher);
        if (bytes !== undefined) {
            hasher.update(bytes);
            self.postMessage({ file });
            return;
        }
        files.delete(file);
        self.postMessage({ file, digest: hasher.digest() });
    };
}

/** A file of at most so many bytes is worked on here: a thread would take longer to be asked. */
const SMALL = 256 * 1024;
/** Pieces that lie in a thread and wait; more would be memory and no speed. */
const MOST_WAITING = 2;

/** Threads that run this script; `script` is its text, which the policy of the page allows as a worker. */
export function digestThreads(script: string, count: number): () => Hasher {
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const threads = Array.from({ length: count }, () => threadOf(new Worker(url)));
    let files = 0;
    return () => {
        const file = ++files;
        return hasherOf(file, () => threads.reduce((a, b) => (b.busy() < a.busy() ? b : a)));
    };
}

type Thread = {
    /** Files that were begun there and have not ended. */
    busy(): number;
    begin(): void;
    /** Fulfilled when these bytes were worked on; with the digest where there are none. */
    ask(ask: Ask): Promise<Uint8Array | undefined>;
};

function threadOf(worker: Worker): Thread {
    let begun = 0;
    const waiting: { resolve: (digest: Uint8Array | undefined) => void; reject: (error: Error) => void }[] = [];
    // Answers come in the order of the questions.
    worker.onmessage = ({ data }: { data: Answer }) => waiting.shift()?.resolve(data.digest);
    worker.onerror = (event) => {
        const error = new Error(`a thread ended: ${event.message}`);
        for (const each of waiting.splice(0)) each.reject(error);
    };
    return {
        busy: () => begun,
        begin: () => {
            begun += 1;
        },
        ask: (ask) => {
            if (ask.bytes === undefined) begun -= 1;
            worker.postMessage(ask);
            return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
        },
    };
}

function hasherOf(file: number, least: () => Thread): Hasher {
    const kept: Uint8Array[] = [];
    let length = 0;
    let thread: Thread | undefined;
    const open: Promise<unknown>[] = [];
    function give(to: Thread, bytes: Uint8Array): Promise<void> {
        const done = to.ask({ file, bytes });
        // Said to whoever waits for it; until then a failure is nobody's.
        done.catch(() => undefined);
        open.push(done);
        return open.length > MOST_WAITING ? (open.shift() as Promise<unknown>).then(() => undefined) : Promise.resolve();
    }
    return {
        update(bytes) {
            length += bytes.length;
            if (thread !== undefined) return give(thread, bytes);
            if (length <= SMALL) return void kept.push(bytes.slice());
            thread = least();
            thread.begin();
            for (const piece of kept.splice(0)) void give(thread, piece);
            return give(thread, bytes);
        },
        async digest() {
            if (thread === undefined) {
                const here = sha256Stream();
                for (const piece of kept) here.update(piece);
                return here.digest();
            }
            const digest = await thread.ask({ file });
            await Promise.all(open);
            if (digest === undefined) throw new Error('a thread gave no digest');
            return digest;
        },
    };
}
