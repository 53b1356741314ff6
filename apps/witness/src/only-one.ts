import { createHash } from 'node:crypto';
import { realpath, unlink } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from './refusal.ts';

/**
 * Holds a folder for this process until it ends: two witnesses on one folder would each keep what the other does not know of. The name is
 * one that the system gives to one process at a time and takes back when it ends, however it ends. Throws `Refusal`.
 */
export async function holdFolder(folder: string): Promise<void> {
    const digest = createHash('sha256')
        .update(await realpath(folder))
        .digest('hex')
        .slice(0, 32);
    const path =
        process.platform === 'linux'
            ? `\0liuhen-witness-${digest}`
            : process.platform === 'win32'
              ? `\\\\.\\pipe\\liuhen-witness-${digest}`
              : join(tmpdir(), `liuhen-witness-${digest}`);
    if (path.startsWith('/') && !(await answers(path))) await unlink(path).catch(() => undefined);
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve, reject) => {
        server.once('error', () => reject(new Refusal('busy', { folder })));
        server.listen(path, resolve);
    });
    server.unref();
}

/** Whether somebody listens at the name of a file. */
const answers = (path: string): Promise<boolean> =>
    new Promise((resolve) => {
        const socket = connect(path);
        socket.once('connect', () => {
            socket.destroy();
            resolve(true);
        });
        socket.once('error', () => resolve(false));
    });
