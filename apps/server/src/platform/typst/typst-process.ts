import { type ChildProcess, fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FontSet, installedFonts } from './fonts.ts';
import type { TypstAnswer, TypstNotice, TypstRequest, TypstSetup } from './typst-protocol.ts';

const HERE = dirname(fileURLToPath(import.meta.url));

type Call = { readonly child: ChildProcess; readonly resolve: (answer: TypstAnswer) => void; readonly timer: NodeJS.Timeout };

/** One child and the calls it owes. It is started by the first call and by `warm`, and started again after it ended. */
export class TypstProcess {
    readonly #calls = new Map<number, Call>();
    readonly #fonts: FontSet;
    readonly #wallMs: number;
    readonly #idleMs: number;
    /** All that run: the one that takes new calls, and grown ones that finish theirs. */
    readonly #children = new Set<ChildProcess>();
    #child: ChildProcess | undefined;
    #idle: NodeJS.Timeout | undefined;
    #nextCall = 0;

    constructor(options: { fonts?: FontSet; wallMs?: number; idleMs?: number } = {}) {
        this.#fonts = options.fonts ?? installedFonts();
        this.#wallMs = options.wallMs ?? 30_000;
        this.#idleMs = options.idleMs ?? 10 * 60_000;
    }

    get load(): number {
        return this.#calls.size;
    }

    get pid(): number | undefined {
        return this.#child?.pid;
    }

    /** Never rejects: a child that ends or takes too long is an answer too. */
    ask(request: Omit<TypstRequest, 'call'>): Promise<TypstAnswer> {
        const call = this.#nextCall++;
        const child = this.#running();
        clearTimeout(this.#idle);
        return new Promise((resolve) => {
            const timer = setTimeout(() => child.kill('SIGKILL'), this.#wallMs);
            this.#calls.set(call, { child, resolve, timer });
            child.send({ call, ...request } satisfies TypstRequest, () => undefined);
        });
    }

    warm(): void {
        this.#running();
    }

    async close(): Promise<void> {
        clearTimeout(this.#idle);
        await Promise.all([...this.#children].map(ended));
    }

    #running(): ChildProcess {
        if (this.#child !== undefined) return this.#child;
        const child = fork(join(HERE, 'typst-child.ts'), [], {
            env: {},
            execArgv: ['--no-warnings'],
            serialization: 'advanced',
            // What native code prints may quote a document, so it is not kept.
            stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        });
        this.#child = child;
        this.#children.add(child);
        child.on('message', (message: TypstAnswer | TypstNotice) => this.#heard(child, message));
        child.once('error', () => child.kill('SIGKILL'));
        child.once('close', () => this.#ended(child));
        child.send({ fonts: this.#fonts, folder: join(HERE, 'layout') } satisfies TypstSetup, () => undefined);
        this.#rest();
        return child;
    }

    #heard(child: ChildProcess, message: TypstAnswer | TypstNotice): void {
        if ('notice' in message) {
            if (message.notice === 'grown') this.#retire(child);
            return;
        }
        this.#settle(message.call, message);
        if (child !== this.#child && !this.#owes(child)) child.kill('SIGKILL');
        if (this.load === 0) this.#rest();
    }

    /** New calls go to a new child; this one is ended when its last answer has come. */
    #retire(child: ChildProcess): void {
        if (this.#child === child) this.#child = undefined;
        if (!this.#owes(child)) child.kill('SIGKILL');
    }

    #owes(child: ChildProcess): boolean {
        return [...this.#calls.values()].some((call) => call.child === child);
    }

    #ended(child: ChildProcess): void {
        this.#children.delete(child);
        if (this.#child === child) this.#child = undefined;
        for (const [call, waiting] of [...this.#calls])
            if (waiting.child === child) this.#settle(call, { call, ok: false, failure: 'ended' });
    }

    #settle(call: number, answer: TypstAnswer): void {
        const waiting = this.#calls.get(call);
        if (waiting === undefined) return;
        this.#calls.delete(call);
        clearTimeout(waiting.timer);
        waiting.resolve(answer);
    }

    /** A child that nobody needed for a while gives its memory back; it never keeps the server from stopping. */
    #rest(): void {
        clearTimeout(this.#idle);
        this.#idle = setTimeout(() => this.load === 0 && this.#child?.kill('SIGKILL'), this.#idleMs).unref();
    }
}

const ended = (child: ChildProcess): Promise<void> =>
    new Promise((resolve) => {
        child.once('close', () => resolve());
        child.kill('SIGKILL');
    });
