import { type Client, createClient } from '@liuhen/contract';
import { systemClock } from '../platform/clock.ts';

/** New ids for commands and for whatever a test names itself. */
export const newId = systemClock().newId;

/** Somebody at a machine of their own: calls the server over the network and keeps its cookie. */
export type Remote = Client & {
    readonly url: string;
    cookie: string | undefined;
    /** Fails unless the password alone signs in. */
    signIn(login: string, password: string): Promise<Remote>;
};

export function remote(url: string, cookie?: string): Remote {
    const client = createClient({
        baseUrl: url,
        newCommandId: newId,
        async fetch(input, init) {
            const headers = { ...init?.headers, ...(self.cookie === undefined ? {} : { cookie: self.cookie }) };
            const answer = await fetch(input, { ...init, headers });
            const given = answer.headers.getSetCookie()[0]?.split(';')[0];
            if (given !== undefined) self.cookie = given;
            return answer;
        },
    });
    const self: Remote = {
        ...client,
        url,
        cookie,
        async signIn(login, password) {
            const { state } = await client.call('session.open', { body: { login, password } });
            if (state !== 'signedIn') throw new Error(`${login} is not signed in: ${state}`);
            return self;
        },
    };
    return self;
}
