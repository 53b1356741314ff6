import { createInterface } from 'node:readline';
import type { Language } from '@liuhen/contract';
import { type Io, UsageError } from './io.ts';

/** The process's own input and output. */
export function terminalIo(language: Language, signal: AbortSignal): Io {
    const interactive = process.stdin.isTTY === true && process.stderr.isTTY === true;
    const canRewrite = process.stderr.isTTY === true;
    let shown = false;
    const clear = () => {
        if (shown) process.stderr.write('\r\x1b[K');
        shown = false;
    };
    return {
        env: process.env,
        language,
        interactive,
        signal,
        out(line) {
            clear();
            process.stdout.write(`${line}\n`);
        },
        err(line) {
            clear();
            process.stderr.write(`${line}\n`);
        },
        progress(line) {
            if (!canRewrite) return;
            clear();
            if (line === '') return;
            // A longer line would wrap, and only its last row be taken away again. Han characters take two columns.
            process.stderr.write(fitting(line, (process.stderr.columns || 80) - 1));
            shown = true;
        },
        async ask(question, { hidden = false } = {}) {
            if (!interactive) throw new UsageError(question);
            clear();
            return hidden ? askHidden(question, signal) : askVisible(question, signal);
        },
        readInput: async () => {
            const parts: Buffer[] = [];
            for await (const part of process.stdin) parts.push(Buffer.from(part as Uint8Array));
            return Buffer.concat(parts).toString('utf8');
        },
    };
}

function fitting(line: string, columns: number): string {
    let width = 0;
    let fitted = '';
    for (const character of line) {
        width += (character.codePointAt(0) ?? 0) > 0x10ff ? 2 : 1;
        if (width > columns) break;
        fitted += character;
    }
    return fitted;
}

function askVisible(question: string, signal: AbortSignal): Promise<string> {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    return new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        lines.question(question, { signal }, resolve);
    }).finally(() => lines.close()) as Promise<string>;
}

const ENTER = new Set(['\r', '\n', '\u0004']);
const BACKSPACE = new Set(['\b', '\u007f']);
const CTRL_C = '\u0003';

/** Reads a line without showing it: raw mode shows nothing by itself. */
function askHidden(question: string, signal: AbortSignal): Promise<string> {
    const { stdin, stderr } = process;
    stderr.write(question);
    stdin.setRawMode(true);
    stdin.setEncoding('utf8');
    stdin.resume();
    return new Promise((resolve, reject) => {
        let typed: string[] = [];
        const end = (finish: () => void) => {
            stdin.off('data', read);
            signal.removeEventListener('abort', stop);
            stdin.setRawMode(false);
            stdin.pause();
            stderr.write('\n');
            finish();
        };
        const stop = () => end(() => reject(signal.reason as Error));
        const read = (text: string) => {
            for (const key of text) {
                if (ENTER.has(key)) return end(() => resolve(typed.join('')));
                // In raw mode the terminal no longer makes a signal of it; the signal comes back as `stop`.
                if (key === CTRL_C) return void process.kill(process.pid, 'SIGINT');
                if (BACKSPACE.has(key)) typed = typed.slice(0, -1);
                else if (key >= ' ') typed.push(key);
            }
        };
        signal.addEventListener('abort', stop, { once: true });
        stdin.on('data', read);
    });
}
