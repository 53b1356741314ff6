/**
 * Keeps the program of the pages on the device, so that they open without network, and nothing else: no answer of the
 * server passes through here. What an officer takes along is kept by the pages, in a place that knows whose it is.
 *
 * A page comes from the server whenever it answers. Only without an answer does the kept page come, with the code that
 * was kept together with it: never an old page with new code.
 */

/** Filled in by the build: a digest of the whole program, and its files. */
declare const SHELL: { readonly version: string; readonly page: string; readonly files: readonly string[] };

type LongEvent = Event & { waitUntil(work: Promise<unknown>): void };
type FetchEvent = LongEvent & { readonly request: Request; respondWith(answer: Promise<Response>): void };
type Scope = {
    readonly location: Location;
    readonly clients: { claim(): Promise<void> };
    skipWaiting(): Promise<void>;
    addEventListener(kind: 'install' | 'activate', on: (event: LongEvent) => void): void;
    addEventListener(kind: 'fetch', on: (event: FetchEvent) => void): void;
    addEventListener(kind: 'message', on: (event: MessageEvent) => void): void;
};
type Message = { readonly kind: 'takeOver' } | { readonly kind: 'isYours'; readonly path: string };
const scope = globalThis as unknown as Scope;

const PREFIX = 'liuhen-shell-';
const CACHE = PREFIX + SHELL.version;
const PAGE = '/index.html';
const kept = new Set(SHELL.files);

/** Longest wait for a page while the network says nothing. */
const PATIENCE_MS = 5_000;

/** All of it or none: a program of which a part is missing would fail where nobody can help. */
async function keepProgram(): Promise<void> {
    const cache = await caches.open(CACHE);
    const page = await fetch(PAGE, { cache: 'no-cache' });
    // Behind a balancer another server may still have, or already have, another version: then the next visit tries again.
    if (!page.ok || (await digestOf(page.clone())) !== SHELL.page) throw new Error('another version of the page');
    await Promise.all([cache.put(PAGE, page), cache.addAll(SHELL.files)]);
}

async function digestOf(response: Response): Promise<string> {
    const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The version before stays as long as a page of it may be open; `keys` gives them in the order in which they were made. */
async function dropOldPrograms(): Promise<void> {
    const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
    await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

async function pageFromServer(request: Request): Promise<Response> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
        const answer = await fetch(request, { signal: patience.signal });
        if (answer.status < 500) return answer;
        return (await keptPage()) ?? answer;
    } catch (error) {
        const page = await keptPage();
        if (page === undefined) throw error;
        return page;
    } finally {
        clearTimeout(timer);
    }
}

const keptPage = async (): Promise<Response | undefined> => await (await caches.open(CACHE)).match(PAGE);

/** Files carry a digest in their name, so whichever version kept one kept the right one. */
const programFile = async (request: Request): Promise<Response> => (await caches.match(request)) ?? (await fetch(request));

scope.addEventListener('install', (event) => event.waitUntil(keepProgram()));
scope.addEventListener('activate', (event) => event.waitUntil(dropOldPrograms().then(() => scope.clients.claim())));
scope.addEventListener('message', ({ data, ports }: MessageEvent<Message>) => {
    if (data.kind === 'isYours') ports[0]?.postMessage(kept.has(data.path));
    // Only when somebody who has nothing unsaved said so, or where the page is of this version already.
    if (data.kind === 'takeOver') void scope.skipWaiting();
});
scope.addEventListener('fetch', (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (request.method !== 'GET' || origin !== scope.location.origin || pathname.startsWith('/api/')) return;
    if (request.mode === 'navigate') event.respondWith(pageFromServer(request));
    else if (kept.has(pathname) || pathname.startsWith('/assets/')) event.respondWith(programFile(request));
});
