import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import { errorText, fill, RequestError } from '@liuhen/contract';
import { type Connection, connectTo } from '../client.ts';
import { EXIT, type Io, UsageError } from '../io.ts';
import { signIn, signOut } from '../sign-in.ts';
import { type DockWords, dockWords } from './words-dock.ts';

export type Credentials = { readonly login: string; readonly password: string };

/** Reads the account of this computer. A file that others can read is refused: whoever reads it can hand in as this computer. */
export async function readCredentials(file: string, words: DockWords): Promise<Credentials> {
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => {
        throw new UsageError(fill(words.credentialsMissing, { file }));
    });
    try {
        const { mode, uid } = await handle.stat();
        if (process.platform !== 'win32') {
            if ((mode & 0o077) !== 0)
                throw new UsageError(fill(words.credentialsMode, { file, mode: (mode & 0o777).toString(8).padStart(4, '0') }));
            if (uid !== process.geteuid?.() && uid !== 0) throw new UsageError(fill(words.credentialsOwner, { file }));
        }
        const { login, password } = JSON.parse(await handle.readFile('utf8')) as Partial<Credentials>;
        if (typeof login !== 'string' || typeof password !== 'string') throw new SyntaxError('credentials');
        return { login, password };
    } catch (error) {
        if (error instanceof SyntaxError) throw new UsageError(fill(words.credentialsWrong, { file }));
        throw error;
    } finally {
        await handle.close();
    }
}

/**
 * Takes the first password that an administrator handed out, changes it to one that nobody has seen, and keeps that in a file
 * of mode 0600. Written before it is changed: a crash in between leaves a password that does not work yet, not one that is lost.
 */
export async function enrol(server: URL, file: string | undefined, login: string | undefined, io: Io): Promise<number> {
    const words = dockWords[io.language];
    if (file === undefined) throw new UsageError(words.enrolNeedFile);
    const connection = connectTo(server);
    const password = randomBytes(24).toString('base64url');
    try {
        const current = await firstPassword(connection, login, server, io);
        const me = await connection.client.call('session.get', {});
        if (!me.roles.includes('dockAgent')) {
            io.err(fill(words.enrolNotDock, { login: me.person.name }));
            return EXIT.failed;
        }
        await writeNew(file, { login: current.login, password }, words);
        try {
            await connection.client.call('session.changePassword', { body: { current: current.password, next: password } });
        } catch (error) {
            await takeBack(error, file, current.login, { io, words });
            throw error;
        }
        io.out(fill(words.enrolDone, { login: current.login, file }));
        return EXIT.ok;
    } catch (error) {
        if (!(error instanceof RequestError)) throw error;
        io.err(errorText(io.language, error.code, { requestId: error.requestId, ...error.params }));
        return error.status === 0 ? EXIT.unreachable : EXIT.failed;
    } finally {
        await signOut(connection);
    }
}

/**
 * The file holds a password that was refused: it opens nothing, and would only stand in the way of the next attempt. Where the server
 * did not say, it may hold the only copy of a password that counts, and stays.
 */
async function takeBack(error: unknown, file: string, login: string, { io, words }: { io: Io; words: DockWords }): Promise<void> {
    const refused = error instanceof RequestError && error.status >= 400 && error.status < 500;
    if (refused) await unlink(file);
    io.err(fill(refused ? words.enrolRefused : words.enrolUnsure, { login, file }));
}

/** Signs in as every other command does; that the password is a first one is what this is for. */
async function firstPassword(connection: Connection, login: string | undefined, server: URL, io: Io): Promise<Credentials> {
    let used: string | undefined;
    const asking: Io = {
        ...io,
        env: {
            get LIUHEN_PASSWORD() {
                used = io.env.LIUHEN_PASSWORD;
                return used;
            },
        },
        async ask(question, options) {
            const answer = await io.ask(question, options);
            if (options?.hidden === true) used = answer;
            else login ??= answer;
            return answer;
        },
    };
    await signIn(connection, { login, passwordFromInput: false }, server, asking).catch((error: unknown) => {
        if (!(error instanceof RequestError) || error.code !== 'access.passwordChangeFirst') throw error;
    });
    return { login: login ?? '', password: used ?? '' };
}

async function writeNew(file: string, credentials: Credentials, words: DockWords): Promise<void> {
    const handle = await open(file, 'wx', 0o600).catch((error: { code?: string }) => {
        throw new UsageError(
            error.code === 'EEXIST'
                ? fill(words.enrolExists, { file })
                : fill(words.stateUnusable, { folder: file, reason: error.code ?? '' }),
        );
    });
    try {
        await handle.writeFile(`${JSON.stringify(credentials)}\n`);
        await handle.sync();
    } catch (error) {
        // Half a password on a full disk; nothing was changed yet.
        await unlink(file).catch(() => undefined);
        const { code } = error as { code?: string };
        throw new UsageError(fill(words.stateUnusable, { folder: file, reason: code ?? '' }));
    } finally {
        await handle.close();
    }
}
