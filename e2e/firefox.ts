import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { folderChooser } from './firefox-folder.ts';

/** Debian's Firefox. */
export const FIREFOX = '/usr/bin/firefox-esr';

/** A page in Firefox, driven by WebDriver BiDi. */
export type FirefoxPage = {
    goto(url: string): Promise<void>;
    /** Gives files to an input, by a selector of CSS, as somebody does who chooses them. */
    setFiles(selector: string, files: readonly string[]): Promise<void>;
    /** Gives a folder to an input with `webkitdirectory`. */
    chooseFolder(selector: string, path: string): Promise<void>;
    /** The value of an expression in the page, as JSON knows it; promises are waited for. */
    evaluate<T>(expression: string): Promise<T>;
    setViewport(width: number, height: number): Promise<void>;
    /** What the page asked of the network, and what it wrote or broke, so far. */
    readonly asked: readonly string[];
    readonly errors: readonly string[];
    close(): Promise<void>;
};

type Message = {
    id?: number;
    type?: string;
    result?: unknown;
    message?: string;
    error?: string;
    method?: string;
    params?: unknown;
};
type Event = { request?: { url?: string }; level?: string; text?: string };

/** Longest that one command may take; a loaded machine is slow. */
const PATIENCE = 60_000;
const START_PATIENCE = 120_000;

/** A Firefox of one's own, without a window, with a profile that goes with it. It asks nobody for updates or settings. */
export async function openFirefox(): Promise<FirefoxPage> {
    const profile = await mkdtemp(join(tmpdir(), 'liuhen-firefox-'));
    const quiet = ['app.normandy.enabled', 'browser.safebrowsing.update.enabled', 'datareporting.policy.dataSubmissionEnabled'];
    await writeFile(join(profile, 'user.js'), quiet.map((name) => `user_pref("${name}", false);\n`).join(''));
    const child = spawn(
        FIREFOX,
        [
            ...['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0'],
            // For the folder chooser: it is part of the browser, not of a page.
            '--remote-allow-system-access',
            'about:blank',
        ],
        {
            env: { ...process.env, HOME: profile, MOZ_HEADLESS: '1' },
            stdio: ['ignore', 'ignore', 'pipe'],
        },
    );
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    async function end(): Promise<void> {
        child.kill('SIGKILL');
        await ended;
        await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
    try {
        const said: string[] = [];
        const address = new Promise<string>((resolve) => {
            createInterface({ input: child.stderr }).on('line', (line) => {
                said.push(line);
                const found = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
                if (found !== undefined) resolve(found);
            });
        });
        const silent = ended.then(() => Promise.reject(new Error(`Firefox ended:\n${said.join('\n')}`)));
        const socket = await connected(
            `${await within(START_PATIENCE, Promise.race([address, silent]), 'Firefox does not start')}/session`,
        );
        return await pageOf(socket, end);
    } catch (error) {
        await end();
        throw error;
    }
}

async function pageOf(socket: WebSocket, end: () => Promise<void>): Promise<FirefoxPage> {
    const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
    const [asked, errors]: [string[], string[]] = [[], []];
    socket.addEventListener('message', ({ data }) => {
        const message = JSON.parse(String(data)) as Message;
        const { request, level, text } = (message.params ?? {}) as Event;
        if (message.method === 'network.beforeRequestSent') asked.push(request?.url ?? '');
        if (message.method === 'log.entryAdded' && (level === 'error' || level === 'warn')) errors.push(text ?? '');
        const whose = message.id === undefined ? undefined : waiting.get(message.id);
        if (whose === undefined || message.id === undefined) return;
        waiting.delete(message.id);
        if (message.type === 'success') whose.resolve(message.result);
        else whose.reject(new Error(`${message.error}: ${message.message}`));
    });
    socket.addEventListener('close', () => {
        for (const { reject } of waiting.values()) reject(new Error('Firefox has gone'));
    });
    let last = 0;
    const send = <T>(method: string, params: object = {}): Promise<T> => {
        const id = ++last;
        const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
        socket.send(JSON.stringify({ id, method, params }));
        return within(PATIENCE, answer as Promise<T>, method);
    };
    await send('session.new', { capabilities: {} });
    await send('session.subscribe', { events: ['network.beforeRequestSent', 'log.entryAdded'] });
    const { contexts } = await send<{ contexts: { context: string }[] }>('browsingContext.getTree');
    const context = contexts[0]?.context;
    const target = { context };
    return {
        asked,
        errors,
        chooseFolder: await folderChooser(send, context),
        goto: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
        async setFiles(selector, files) {
            const { nodes } = await send<{ nodes: { sharedId: string }[] }>('browsingContext.locateNodes', {
                context,
                locator: { type: 'css', value: selector },
            });
            await send('input.setFiles', { context, element: { sharedId: nodes[0]?.sharedId }, files });
        },
        async evaluate<T>(expression: string) {
            const wrapped = `Promise.resolve(${expression}).then((value) => JSON.stringify(value ?? null))`;
            const answer = await send<{ result?: { value?: string }; exceptionDetails?: { text: string } }>('script.evaluate', {
                ...{ expression: wrapped, target, awaitPromise: true },
            });
            if (answer.exceptionDetails !== undefined) throw new Error(answer.exceptionDetails.text);
            return JSON.parse(answer.result?.value ?? 'null') as T;
        },
        setViewport: async (width, height) =>
            void (await send('browsingContext.setViewport', { context, viewport: { width, height } })),
        async close() {
            socket.close();
            await end();
        },
    };
}

async function connected(url: string): Promise<WebSocket> {
    const socket = new WebSocket(url);
    const open = new Promise<WebSocket>((resolve, reject) => {
        socket.addEventListener('open', () => resolve(socket));
        socket.addEventListener('error', () => reject(new Error(`no connection to ${url}`)));
    });
    return within(PATIENCE, open, 'the connection to Firefox');
}

function within<T>(patience: number, work: Promise<T>, what: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`took too long: ${what}`)), patience);
    });
    return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
