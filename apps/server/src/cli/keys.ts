import { createHash, randomBytes } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fill } from '@liuhen/contract';
import { DomainError } from '@liuhen/domain';
import { combine, split } from 'shamir-secret-sharing';
import { openKey } from '../platform/signer.ts';
import { openSm2Key } from '../platform/sm2-signer.ts';
import { syncFolder, writeDurable } from '../platform/storage/durable.ts';
import { acceptKeyCommand, showKeysCommand, withdrawKeyCommand } from './accept-key.ts';
import { EXIT, type Io, UsageError } from './io.ts';
import { formatShare, type KeyShare, parseShare } from './key-share.ts';
import { readOptions } from './options.ts';
import { cliWords } from './words.ts';
import { keyWords } from './words-keys.ts';

const OPTIONS = { out: { type: 'string' }, data: { type: 'string' } } as const;

/** `liuhen keys split|join`: the backup of a key of the log as three shares of which two give it back. `accept|withdraw|show`: whose entries are believed. */
export async function keysCommand(args: readonly string[], io: Io): Promise<number> {
    const words = keyWords[io.language];
    const { values, positionals } = readOptions(args, OPTIONS, cliWords[io.language]);
    const [action, ...files] = positionals;
    try {
        if (action === 'accept' && files.length === 1) return await acceptKeyCommand(files[0] ?? '', values.data, io);
        if (action === 'withdraw' && files.length === 1) return await withdrawKeyCommand(files[0] ?? '', values.data, io);
        if (action === 'show' && files.length === 0) return await showKeysCommand(values.data, io);
        const out = values.out;
        if (out === undefined) throw new UsageError(words.noOut);
        if (action === 'split' && files.length === 1) return await splitKey(files[0] ?? '', out, io);
        if (action === 'join' && files.length >= 2) return await joinKey(files, out, io);
    } catch (error) {
        if (!(error instanceof DomainError) || words.refusals[error.code] === undefined) throw error;
        io.err(fill(words.refusals[error.code] ?? '', error.params));
        return EXIT.failed;
    }
    throw new UsageError(words.what);
}

async function splitKey(file: string, folder: string, io: Io): Promise<number> {
    const words = keyWords[io.language];
    const key = basename(file);
    const publicKey = await publicKeyIn(file, key);
    const secret = new Uint8Array(await readFile(file));
    const set = randomBytes(8).toString('hex');
    const shares = await split(secret, 3, 2);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const [index, bytes] of shares.entries()) {
        const path = join(folder, `${key}.share-${index + 1}.txt`);
        // Never over one that is there: it may be of another splitting, and needed.
        await writeFile(path, formatShare({ number: index + 1, key, publicKey, set, bytes }), { mode: 0o600, flag: 'wx' }).catch(
            (cause: unknown) => {
                throw new DomainError('keyShare.notWritten', { file: path }, { cause });
            },
        );
        io.out(fill(words.written, { file: path }));
    }
    await syncFolder(folder);
    io.err(words.next);
    return EXIT.ok;
}

async function joinKey(files: readonly string[], out: string, io: Io): Promise<number> {
    const shares = await Promise.all(files.map(readShare));
    const [first, ...others] = shares as [KeyShare, ...KeyShare[]];
    const stranger = others.findIndex(
        (each) => each.set !== first.set || each.key !== first.key || each.publicKey !== first.publicKey,
    );
    if (stranger >= 0) throw new DomainError('keyShare.mixed', { file: files[stranger + 1] ?? '', other: files[0] ?? '' });
    if (new Set(shares.map((each) => each.number)).size < shares.length) throw new DomainError('keyShare.same');
    if (
        await access(out).then(
            () => true,
            () => false,
        )
    )
        throw new DomainError('keyShare.notWritten', { file: out });
    const secret = await combine(shares.map((each) => each.bytes));
    const temp = `${out}.joining`;
    await writeDurable(temp, `${temp}.tmp`, Buffer.from(secret), 0o600);
    try {
        if ((await publicKeyIn(temp, first.key)) !== first.publicKey) throw new DomainError('keyShare.otherKey');
        await rename(temp, out);
    } finally {
        await rm(temp, { force: true });
    }
    io.out(fill(keyWords[io.language].joined, { file: out, key: first.key }));
    return EXIT.ok;
}

async function readShare(file: string): Promise<KeyShare> {
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
        throw new DomainError('keyShare.unreadable', { file }, { cause });
    });
    try {
        return parseShare(text);
    } catch (error) {
        if (error instanceof DomainError) throw new DomainError(error.code, { ...error.params, file });
        throw error;
    }
}

/** Which key it is, from the public half. The name says of which kind: SM2 keys are never given to node's own key objects. */
async function publicKeyIn(file: string, name: string): Promise<string> {
    if (name.endsWith('.token')) throw new DomainError('keyShare.inToken', { file });
    const signer = await (name.endsWith('-sm2.pem') ? openSm2Key(file) : openKey(file)).catch(() => undefined);
    if (signer === undefined) throw new DomainError('keyShare.noKey', { file });
    return createHash('sha256').update(signer.publicKey).digest('hex');
}
