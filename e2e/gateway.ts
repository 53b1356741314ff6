import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands between browser and server in this house: it can fail, and it can have another version. */
export type Gateway = {
    readonly url: string;
    /** Answers in place of the server where it gives a status; lets through where it gives nothing. */
    answer: ((request: IncomingMessage) => number | undefined) | undefined;
    /** The server does what is asked, and its answer is lost on the way. */
    loses: ((request: IncomingMessage) => boolean) | undefined;
    /** Changes a text on its way to the browser. */
    rewrite: ((path: string, text: string) => string) | undefined;
    close(): Promise<void>;
};

export async function gatewayTo(target: string): Promise<Gateway> {
    const server = createServer((incoming, outgoing) => void pass(incoming, outgoing));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const gateway: Gateway = {
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        answer: undefined,
        loses: undefined,
        rewrite: undefined,
        close: () =>
            new Promise((resolve) => {
                server.closeAllConnections();
                server.close(() => resolve());
            }),
    };
    async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
        const status = gateway.answer?.(incoming);
        if (status !== undefined) {
            incoming.resume();
            outgoing.writeHead(status, { 'content-type': 'text/html' }).end('<h1>from the gateway</h1>');
            return;
        }
        const path = incoming.url ?? '/';
        // What is changed on the way cannot be "unchanged since".
        const { 'if-none-match': _match, 'if-modified-since': _since, ...plain } = incoming.headers;
        const given = gateway.rewrite === undefined ? incoming.headers : plain;
        const onward = request(new URL(path, target), { method: incoming.method, headers: given }, (answer) => {
            if (gateway.loses?.(incoming) === true) {
                answer.resume();
                answer.on('end', () => outgoing.writeHead(502).end());
                return;
            }
            if (gateway.rewrite === undefined || !/javascript/.test(answer.headers['content-type'] ?? '')) {
                outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
                answer.pipe(outgoing);
                return;
            }
            const parts: Buffer[] = [];
            answer.on('data', (part: Buffer) => parts.push(part));
            answer.on('end', () => {
                const text = gateway.rewrite?.(path, Buffer.concat(parts).toString()) ?? '';
                const { 'content-length': _length, etag: _etag, ...headers } = answer.headers;
                outgoing.writeHead(answer.statusCode ?? 502, headers).end(text);
            });
        });
        onward.on('error', () => outgoing.destroy());
        incoming.pipe(onward);
    }
    return gateway;
}
