import { fill, RequestError } from '@liuhen/contract';
import type { Connection } from './client.ts';
import { type Io, UsageError } from './io.ts';
import { cliWords } from './words.ts';

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;

/** What the command line says of who signs in. The password is never among the arguments: other users can read those. */
export type Credentials = { readonly login: string | undefined; readonly passwordFromInput: boolean };

/** Signs in, asking on the terminal for what was not given. Refusals are RequestErrors. */
export async function signIn(connection: Connection, given: Credentials, server: URL, io: Io): Promise<void> {
    const words = cliWords[io.language];
    if (server.protocol === 'http:' && !LOOPBACK.test(server.hostname)) io.err(fill(words.plainHttp, { host: server.host }));
    const login = given.login ?? (await askOr(io, words.askLogin, words.needLogin));
    const password = await passwordOf(given, io);
    const { client } = connection;
    const { state } = await client.call('session.open', { body: { login, password } });
    if (state === 'secondFactorNeeded') {
        const code = (await askOr(io, words.askCode, words.needCode)).trim();
        await client.call('session.open', { body: { login, password, code } });
    }
    const me = await client.call('session.get', {});
    if (me.mustChangePassword) throw new RequestError(403, { code: 'access.passwordChangeFirst', params: {}, requestId: '' });
}

/** Ends the session; that it could not be ended is no reason to fail, the server's limits end it. */
export async function signOut({ client }: Connection): Promise<void> {
    await client.call('session.close', {}).catch(() => undefined);
}

async function passwordOf({ passwordFromInput }: Credentials, io: Io): Promise<string> {
    const words = cliWords[io.language];
    if (passwordFromInput) return (await io.readInput()).replace(/\r?\n$/, '');
    const fromEnvironment = io.env.LIUHEN_PASSWORD;
    if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment;
    if (!io.interactive) throw new UsageError(words.needPassword);
    return io.ask(words.askPassword, { hidden: true });
}

async function askOr(io: Io, question: string, otherwise: string): Promise<string> {
    if (!io.interactive) throw new UsageError(otherwise);
    return io.ask(question);
}
