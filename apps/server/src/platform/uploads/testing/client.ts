import { randomUUID } from 'node:crypto';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export type Reply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

export const base64 = (value: string | Uint8Array): string => Buffer.from(value).toString('base64');

const agent = new Agent({ keepAlive: false });

/** A tus client that does exactly what it is told, also what is wrong. */
export class RawClient {
    readonly base: string;
    readonly person: string;

    constructor(base: string, person: string = randomUUID()) {
        this.base = base;
        this.person = person;
    }

    send(
        method: string,
        path: string,
        headers: Record<string, string>,
        body?: Uint8Array | readonly Uint8Array[],
    ): Promise<Reply> {
        return new Promise((resolve, reject) => {
            const url = new URL(path, this.base);
            const all = { 'Tus-Resumable': '1.0.0', 'X-Person': this.person, ...headers };
            const outgoing = request(url, { method, agent, headers: all }, (incoming) => {
                const pieces: Buffer[] = [];
                incoming.on('data', (piece: Buffer) => pieces.push(piece));
                incoming.on('end', () =>
                    resolve({
                        status: incoming.statusCode ?? 0,
                        headers: incoming.headers,
                        body: Buffer.concat(pieces).toString(),
                    }),
                );
                incoming.on('error', reject);
            });
            outgoing.on('error', reject);
            if (Array.isArray(body)) for (const piece of body) outgoing.write(piece);
            outgoing.end(body instanceof Uint8Array ? body : undefined);
        });
    }

    /** Creates an upload and gives its path. */
    async create(length: number, metadata: Record<string, string | Uint8Array> = {}): Promise<string> {
        const reply = await this.post(length, metadata);
        if (reply.status !== 201) throw new Error(`${reply.status} ${reply.body}`);
        return reply.headers.location ?? '';
    }

    post(
        length: number,
        metadata: Record<string, string | Uint8Array> = {},
        more: Record<string, string> = {},
        body?: Uint8Array,
    ): Promise<Reply> {
        const pairs = Object.entries(metadata).map(([key, value]) => `${key} ${base64(value)}`);
        const described: Record<string, string> = pairs.length > 0 ? { 'Upload-Metadata': pairs.join(',') } : {};
        return this.send('POST', '/api/uploads', { 'Upload-Length': String(length), ...described, ...more }, body);
    }

    head(path: string): Promise<Reply> {
        return this.send('HEAD', path, {});
    }

    patch(path: string, offset: number, body: Uint8Array, more: Record<string, string> = {}): Promise<Reply> {
        const headers = {
            'Upload-Offset': String(offset),
            'Content-Type': 'application/offset+octet-stream',
            'Content-Length': String(body.length),
        };
        return this.send('PATCH', path, { ...headers, ...more }, body);
    }

    delete(path: string): Promise<Reply> {
        return this.send('DELETE', path, {});
    }

    async offset(path: string): Promise<number> {
        return Number((await this.head(path)).headers['upload-offset']);
    }
}
