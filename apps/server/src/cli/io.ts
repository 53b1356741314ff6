import type { Language } from '@liuhen/contract';

/** The outside of a command: so that commands can be run inside a test as well. */
export type Io = {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly language: Language;
    /** Results, one line each. */
    out(line: string): void;
    /** What went wrong, and notes. */
    err(line: string): void;
    /** A line that replaces itself on a terminal; without one nothing is shown. Empty takes it away. */
    progress(line: string): void;
    readonly interactive: boolean;
    /** Asks on the terminal; throws UsageError when there is none. */
    ask(question: string, options?: { hidden?: boolean }): Promise<string>;
    /** Everything that comes in on standard input. */
    readInput(): Promise<string>;
    /** Ends the command in order (Ctrl-C). */
    readonly signal: AbortSignal;
};

/** Exit codes common to all commands. */
export const EXIT = { ok: 0, failed: 1, usage: 2, unreachable: 3 } as const;

/** The command line was wrong; `message` is the one line that says so. */
export class UsageError extends Error {}
