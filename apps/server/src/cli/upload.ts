import { errorText, fill, RequestError } from '@liuhen/contract';
import { displayName, type Id, RECORDING_SOURCES } from '@liuhen/domain';
import { decodeName } from '../platform/uploads/metadata.ts';
import { formatBytes } from '../verify/format-bytes.ts';
import { connectTo } from './client.ts';
import { EXIT, type Io, UsageError } from './io.ts';
import { type LocalFile, localFiles } from './local-files.ts';
import { openFile } from './opened-file.ts';
import { readOptions, serverAddress } from './options.ts';
import { type References, resolveNumbers } from './references.ts';
import { signIn, signOut } from './sign-in.ts';
import { type Sending, type SendOptions, sendFile } from './tus-upload.ts';
import { stateFile, uploadState } from './upload-state.ts';
import { cliWords } from './words.ts';

const OPTIONS = {
    server: { type: 'string' },
    login: { type: 'string' },
    device: { type: 'string' },
    officer: { type: 'string' },
    act: { type: 'string' },
    source: { type: 'string' },
    state: { type: 'string' },
    'password-stdin': { type: 'boolean' },
} as const;

/** `liuhen upload`: signs in, hands in one file after another, signs out. */
export async function upload(args: readonly string[], io: Io): Promise<number> {
    const words = cliWords[io.language];
    const { values, positionals } = readOptions(args, OPTIONS, words);
    const server = serverAddress(values.server, words);
    const source = sourceOf(values.source, values.device, io);
    if (positionals.length === 0) throw new UsageError(words.noFiles);
    const files = await localFiles(positionals, words);
    const connection = connectTo(server);
    try {
        const credentials = { login: values.login, passwordFromInput: values['password-stdin'] === true };
        await signIn(connection, credentials, server, io);
        const { device, officer, act } = values;
        const references = await resolveNumbers(connection, {
            ...(device === undefined ? {} : { device }),
            ...(officer === undefined ? {} : { officer }),
            ...(act === undefined ? {} : { act }),
        });
        const me = await connection.client.call('session.get', {});
        const about = { login: me.person.id, references, source };
        const state = uploadState(values.state ?? stateFile(io.env));
        return await handIn(files, about, { connection, state, signal: io.signal }, io);
    } catch (error) {
        return explain(error, server, io);
    } finally {
        await signOut(connection);
    }
}

function sourceOf(given: string | undefined, device: string | undefined, io: Io): string | undefined {
    if (given === undefined) return device === undefined ? undefined : 'recorder';
    if (RECORDING_SOURCES.some((source) => source === given)) return given;
    throw new UsageError(fill(cliWords[io.language].badSource, { sources: RECORDING_SOURCES.join(', ') }));
}

type About = { login: string; references: References; source: string | undefined };
type Where = Pick<SendOptions, 'connection' | 'state' | 'signal'>;

async function handIn(files: readonly LocalFile[], about: About, where: Where, io: Io): Promise<number> {
    const words = cliWords[io.language];
    let done = 0;
    for (const file of files) {
        if (io.signal.aborted) break;
        const name = displayName(file.name, decodeName);
        try {
            const recording = await handInOne(file, name, about, where, io);
            io.out(`${recording}\t${name}`);
            done++;
        } catch (error) {
            if (io.signal.aborted) break;
            io.err(fill(words.failed, { name, reason: reasonOf(error, io) }));
            // Whoever did not answer for half a minute will not for the next file.
            if (error instanceof RequestError && error.status === 0) break;
        }
    }
    if (io.signal.aborted) io.err(words.interrupted);
    if (files.length > 1 || done < files.length) io.err(fill(words.summary, { done, failed: files.length - done }));
    return done === files.length ? EXIT.ok : EXIT.failed;
}

class FileChanged extends Error {}

async function handInOne(local: LocalFile, name: string, about: About, where: Where, io: Io): Promise<Id> {
    const words = cliWords[io.language];
    const file = await openFile(local);
    const percent = (part: number) => (file.size === 0 ? 100 : Math.floor((part * 100) / file.size));
    const size = formatBytes(BigInt(file.size));
    try {
        const sha256 = await file.sha256((read) => io.progress(fill(words.reading, { name, percent: percent(read) })), io.signal);
        const sending: Sending = { file, name: local.name, sha256, ...about };
        return await sendFile(sending, {
            ...where,
            onProgress: (sent) =>
                io.progress(fill(words.sending, { name, percent: percent(sent), sent: formatBytes(BigInt(sent)), size })),
            onResumed: (sent) => io.err(fill(words.resumed, { name, sent: formatBytes(BigInt(sent)) })),
            onSealing: () => io.progress(fill(words.sealing, { name })),
        });
    } catch (error) {
        // Then the server is right to find other bytes than declared, and the reason lies here.
        if (await file.hasChanged().catch(() => false)) throw new FileChanged('changed', { cause: error });
        throw error;
    } finally {
        io.progress('');
        await file.close();
    }
}

function reasonOf(error: unknown, io: Io): string {
    const words = cliWords[io.language];
    if (error instanceof RequestError) {
        return errorText(io.language, error.code, { requestId: error.requestId, ...error.params });
    }
    if (error instanceof FileChanged) return words.fileChanged;
    const { code } = error as { code?: string };
    if (code !== undefined) return fill(words.fileUnreadable, { reason: code });
    throw error;
}

/** What failed before any file: who it is, what it belongs to, whether anybody answers at all. */
function explain(error: unknown, server: URL, io: Io): number {
    const words = cliWords[io.language];
    if (error instanceof UsageError) throw error;
    if (io.signal.aborted) {
        io.err(words.interrupted);
        return EXIT.failed;
    }
    if (error instanceof RequestError) {
        const unreachable = error.code === 'server.unavailable' || error.code === 'request.notFound';
        if (error.status === 0) io.err(fill(words.unreachable, { server: server.origin }));
        else io.err(reasonOf(error, io));
        return unreachable ? EXIT.unreachable : EXIT.failed;
    }
    // An answer that is none of ours: no JSON, or another shape.
    if (error instanceof SyntaxError || (error as Error).name === 'ZodError') {
        io.err(fill(words.notLiuhen, { server: server.origin }));
        return EXIT.unreachable;
    }
    throw error;
}
