import { randomUUID } from 'node:crypto';
import { type Client, createClient } from '@liuhen/contract';

/** A connection to one server: typed calls, and the cookie for requests that go another way. */
export type Connection = { readonly client: Client; readonly base: string; cookie(): string };

/** Keeps the server's cookies for the length of one command, in memory only. */
export function connectTo(server: URL): Connection {
    const jar = new Map<string, string>();
    const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const base = server.origin;
    const keeping: typeof fetch = async (input, init) => {
        const headers = new Headers(init?.headers);
        if (jar.size > 0) headers.set('cookie', cookie());
        const response = await fetch(input, { ...init, headers, redirect: 'error' });
        for (const each of response.headers.getSetCookie()) {
            const [pair = ''] = each.split(';');
            const at = pair.indexOf('=');
            const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
            if (value === '' || /;\s*max-age=0/i.test(each)) jar.delete(name);
            else jar.set(name, value);
        }
        return response;
    };
    return { client: createClient({ baseUrl: base, fetch: keeping, newCommandId: randomUUID }), base, cookie };
}
