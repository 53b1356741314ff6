import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A real file system of a few MiB. It lives in a mount namespace of its own and is gone with the process that holds it. */
export type SmallDisk = {
    /** The folder, as every process of this user can reach it. */
    readonly path: string;
    /** From now on nobody can write there, or again. Throws where the system does not let it be mounted so. */
    mountAs(mode: 'ro' | 'rw'): Promise<void>;
    end(): Promise<void>;
};

type Holder = ChildProcessByStdio<Writable, Readable, Readable>;

/** Root may mount; everybody else may in a user namespace, where the kernel allows those. */
const WAYS: readonly (readonly string[])[] = [...(process.getuid?.() === 0 ? [['-m']] : []), ['-r', '-m']];

/** Mounts a tmpfs of `mebibytes` over an empty folder. Where that cannot be done it says in one line what is missing. */
export async function smallDisk(folder: string, mebibytes: number): Promise<SmallDisk> {
    const reasons: string[] = [];
    for (const way of WAYS) {
        const held = await hold(way, folder, mebibytes);
        if (typeof held !== 'string') return held;
        reasons.push(held);
    }
    throw new Error(
        `a full disk cannot be tested: mounting needs root with CAP_SYS_ADMIN, or unprivileged user namespaces, and util-linux (${reasons.join('; ')})`,
    );
}

async function hold(way: readonly string[], folder: string, mebibytes: number): Promise<SmallDisk | string> {
    // `cat` ends when the pipe to this process does, however this process ends.
    const script = `mount -t tmpfs -o size=${mebibytes}m,mode=0700 tmpfs "$0" && echo mounted && exec cat`;
    const holder: Holder = spawn('unshare', [...way, 'sh', '-c', script, folder], { stdio: ['pipe', 'pipe', 'pipe'] });
    const said: Buffer[] = [];
    holder.stderr.on('data', (piece: Buffer) => said.push(piece));
    const ended = new Promise<string>((resolve) => {
        holder.once('error', (error) => resolve(error.message));
        holder.once('close', () => resolve(Buffer.concat(said).toString().trim().replaceAll('\n', ', ')));
    });
    const mounted = new Promise<true>((resolve) => holder.stdout.once('data', () => resolve(true)));
    const outcome = await Promise.race([mounted, ended]);
    if (outcome !== true) return `unshare ${way.join(' ')}: ${outcome}`;
    return {
        path: join(`/proc/${holder.pid}/root`, folder),
        async mountAs(mode) {
            const enter = ['-t', String(holder.pid), ...(way.includes('-r') ? ['-U', '--preserve-credentials'] : []), '-m'];
            await run('nsenter', [...enter, 'mount', '-o', `remount,${mode}`, folder]);
        },
        async end() {
            holder.stdin.end();
            await ended;
        },
    };
}
