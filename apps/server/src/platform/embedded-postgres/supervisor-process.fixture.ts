import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What the child says once: the running database, or the code of its refusal. */
export type Report = { pid?: number; port?: number; adopted?: boolean; code?: string; params?: Record<string, string> };

export type SupervisorProcess = {
    child: ChildProcess;
    report: Report;
    /** Numbers whose COMMIT the child has seen (with `load`); grows while it lives. */
    acknowledged: number[];
    /** Ends it as the system would, without a chance to stop its database; resolves when it is gone. */
    kill(): Promise<void>;
    /** Lets it stop its database and end. */
    finish(): Promise<void>;
};

/** Runs `supervisor.fixture.ts` in a process of its own and waits for its report. */
export async function startSupervisorProcess(
    folder: string,
    options: { load?: boolean; user?: { uid: number; gid: number } | null } = {},
): Promise<SupervisorProcess> {
    const child = spawnSupervisor(folder, options);
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const acknowledged: number[] = [];
    const report = await new Promise<Report>((resolve, reject) => {
        let errors = '';
        child.stderr?.on('data', (chunk: Buffer) => {
            errors += chunk.toString();
        });
        child.once('close', () => reject(new Error(`supervisor ended without a report: ${errors}`)));
        if (child.stdout === null) throw new Error('no output');
        createInterface(child.stdout).on('line', (line) => {
            if (line.startsWith('{')) resolve(JSON.parse(line) as Report);
            else acknowledged.push(Number(line));
        });
    });
    return {
        child,
        report,
        acknowledged,
        kill: () => {
            child.kill('SIGKILL');
            return ended;
        },
        finish: () => {
            child.stdin?.end();
            return ended;
        },
    };
}

/** The bare process, for tests that interfere before it reports. */
export function spawnSupervisor(
    folder: string,
    { load = false, user = null }: { load?: boolean; user?: { uid: number; gid: number } | null } = {},
): ChildProcess {
    const script = fileURLToPath(new URL('./supervisor.fixture.ts', import.meta.url));
    return spawn(process.execPath, [script, '--folder', folder, ...(load ? ['--load'] : [])], {
        ...user,
        cwd: '/',
        stdio: ['pipe', 'pipe', 'pipe'],
    });
}

/** When the tests run as root: a user without rights, as whom a child can run. Null when we are an ordinary user already. */
export async function ordinaryUser(): Promise<{ uid: number; gid: number } | null> {
    if (process.getuid?.() !== 0) return null;
    const passwd = await readFile('/etc/passwd', 'utf8');
    const fields = passwd.split('\n').map((line) => line.split(':'));
    const nobody = fields.find((entry) => entry[0] === 'nobody');
    if (nobody === undefined) throw new Error('this system has no user nobody');
    return { uid: Number(nobody[2]), gid: Number(nobody[3]) };
}
