import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LogCheckReason } from '@liuhen/domain';
import type { CheckMessage, CheckOrder, CheckOutcome } from './check-messages.ts';

const CHILD = fileURLToPath(new URL('./check-child.ts', import.meta.url));

/** Heap of the process that checks, MiB. It grows with the objects, rows and contents of the log, not with its entries. */
const HEAP_MIB = 2_048;
const OUT_OF_MEMORY = /heap out of memory|allocation failed/i;
const DIAGNOSTICS_BYTES = 64 * 1_024;

/** A check that did not come to its end; `detail` is a code for the technical log. */
export class CheckFailed extends Error {
    readonly reason: LogCheckReason;
    readonly detail: string;

    constructor(reason: LogCheckReason, detail: string) {
        super(`${reason} ${detail}`);
        this.name = 'CheckFailed';
        this.reason = reason;
        this.detail = detail;
    }
}

/**
 * Checks one log in a process of its own, after everything else the machine does: the server waits for nothing of it, and memory that is
 * not enough ends the check and not the server. Rejects with `CheckFailed`, and with the signal's reason.
 */
export function runCheck(
    order: CheckOrder,
    { onProgress, signal }: { onProgress: (read: bigint, size: bigint) => void; signal: AbortSignal },
): Promise<CheckOutcome> {
    return new Promise((resolve, reject) => {
        const { PATH, NODE_COMPILE_CACHE, LIUHEN_FAILPOINT } = process.env;
        const child = fork(CHILD, [], {
            execArgv: [`--max-old-space-size=${HEAP_MIB}`],
            env: { PATH, NODE_COMPILE_CACHE, LIUHEN_FAILPOINT },
            serialization: 'advanced',
            stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        });
        let said = '';
        let told: CheckMessage | undefined;
        child.stderr?.on('data', (part: Buffer) => {
            if (said.length < DIAGNOSTICS_BYTES) said += part.toString('latin1');
        });
        child.on('message', (message) => {
            const each = message as CheckMessage;
            if (each.about === 'progress') onProgress(each.read, each.size);
            else told = each;
        });
        const abort = () => void child.kill('SIGKILL');
        signal.addEventListener('abort', abort);
        if (signal.aborted) abort();
        child.once('error', reject);
        child.once('close', (code, ended) => {
            signal.removeEventListener('abort', abort);
            if (told?.about === 'outcome') resolve(told.outcome);
            else if (signal.aborted) reject(signal.reason);
            else if (told?.about === 'failure')
                reject(new CheckFailed(reasonOf(told.code, told.name), `${told.name} ${told.code}`));
            else if (OUT_OF_MEMORY.test(said)) reject(new CheckFailed('check.memory', ''));
            else reject(new CheckFailed('check.failed', String(ended ?? code)));
        });
        child.send(order);
    });
}

const LOST = /^(?:08|57P0|ECONN|EPIPE|XX00|58P01)/;

const reasonOf = (code: string, name: string): LogCheckReason =>
    LOST.test(code) || name === 'DatabaseError' ? 'check.database' : 'check.failed';
