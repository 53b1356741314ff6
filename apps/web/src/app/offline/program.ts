import { useSyncExternalStore } from 'react';

const WORKER = '/service-worker.js';
const LOOK_EVERY_MS = 10 * 60_000;

/** A later version of the program that is on the device and waits until somebody says so. */
let waiting: ServiceWorker | undefined;
let registered = false;
const listeners = new Set<() => void>();

/**
 * Keeps the program on the device for the time without network. Browsers offer this only where the connection is
 * protected (or on the machine itself); elsewhere the pages work as before and need the network.
 */
export async function keepProgram(): Promise<void> {
    if (!import.meta.env.PROD || navigator.serviceWorker === undefined || registered) return;
    const registration = await navigator.serviceWorker.register(WORKER, { updateViaCache: 'none' });
    registered = true;
    const look = () => void offer(registration.waiting);
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
    look();
    let lookedAt = Date.now();
    document.addEventListener('visibilitychange', () => {
        if (document.visibilityState !== 'visible' || Date.now() - lookedAt < LOOK_EVERY_MS) return;
        lookedAt = Date.now();
        void registration.update().catch(() => undefined);
    });
}

/** Opened while the server had the new version already, the page is that version: then nothing has to be asked. */
async function offer(worker: ServiceWorker | null): Promise<void> {
    if (worker === null || worker === waiting || navigator.serviceWorker.controller === null) return;
    if (await isOfThisPage(worker)) return worker.postMessage({ kind: 'takeOver' });
    waiting = worker;
    for (const tell of listeners) tell();
}

function isOfThisPage(worker: ServiceWorker): Promise<boolean> {
    const script = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.src ?? location.href;
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
        port1.onmessage = ({ data }: MessageEvent<boolean>) => resolve(data);
        worker.postMessage({ kind: 'isYours', path: new URL(script).pathname }, [port2]);
    });
}

const subscribe = (tell: () => void) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
};
export const useNewVersion = (): boolean => useSyncExternalStore(subscribe, () => waiting !== undefined);

/** Goes over to the later version; the page is read anew once it has taken over. */
export function takeNewVersion(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    waiting?.postMessage({ kind: 'takeOver' });
}
