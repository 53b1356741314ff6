import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way to the server on which single addresses are slow or stand still, as on a bad network. */
export type SlowGateway = {
    readonly url: string;
    /** From now on this path gives no more than so many bytes per second, on all its connections together. */
    limit(path: string, bytesPerSecond: number): void;
    /** No byte of this path comes through any more, of answers that have begun and of those that are still asked for. */
    hold(path: string): void;
    /** What is held goes on. */
    release(): void;
    close(): Promise<void>;
};

export async function slowGatewayTo(target: string): Promise<SlowGateway> {
    const limits = new Map<string, { bytesPerSecond: number; freeAt: number }>();
    let held: string | undefined;
    let waiting: (() => void)[] = [];
    const server = createServer((incoming, outgoing) => pass(incoming, outgoing));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

    function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
        const url = new URL(incoming.url ?? '/', target);
        const onward = request(url, { method: incoming.method, headers: incoming.headers }, (answer) => {
            outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
            void give(url.pathname, answer, outgoing);
        });
        onward.on('error', () => outgoing.destroy());
        outgoing.on('close', () => onward.destroy());
        incoming.pipe(onward);
    }

    async function give(path: string, answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
        try {
            for await (const part of answer as AsyncIterable<Buffer>) {
                while (held === path) await new Promise<void>((resolve) => waiting.push(resolve));
                await turnOf(path, part.length);
                if (outgoing.destroyed) return;
                if (!outgoing.write(part)) await drained(outgoing);
            }
            outgoing.end();
        } catch {
            outgoing.destroy();
        }
    }

    async function turnOf(path: string, bytes: number): Promise<void> {
        const of = limits.get(path);
        if (of === undefined) return;
        const now = performance.now();
        const begins = Math.max(now, of.freeAt);
        of.freeAt = begins + (bytes * 1_000) / of.bytesPerSecond;
        if (begins > now) await new Promise((resolve) => setTimeout(resolve, begins - now));
    }

    return {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        limit: (path, bytesPerSecond) => void limits.set(path, { bytesPerSecond, freeAt: 0 }),
        hold: (path) => {
            held = path;
        },
        release: () => {
            held = undefined;
            for (const goOn of waiting) goOn();
            waiting = [];
        },
        close: () =>
            new Promise((resolve) => {
                server.closeAllConnections();
                server.close(() => resolve());
            }),
    };
}

const drained = (outgoing: ServerResponse): Promise<void> =>
    new Promise((resolve) => {
        const done = () => {
            outgoing.off('drain', done);
            outgoing.off('close', done);
            resolve();
        };
        outgoing.on('drain', done);
        outgoing.on('close', done);
    });
