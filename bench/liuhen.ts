import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { COMMAND_ID_HEADER } from '@liuhen/contract';
import type { Role } from '@liuhen/domain';
import { systemClock } from '../apps/server/src/platform/clock.ts';
import { endProcess, freePort, untilReady } from './child.ts';

const ROOT = new URL('..', import.meta.url).pathname;
/** Of everybody in a bench's organisation. */
export const PASSWORD = 'Bench-only-4711-x';
export const newId = systemClock().newId;

const READY_SECONDS = 180;

export type RunningServer = { url: string; child: ChildProcess; startedMs: number };

/** The real server on a data folder, as `npm start` runs it; `startedMs` is the time until it was ready. */
export async function startServer(dataFolder: string, settings: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
    const port = await freePort();
    const begun = performance.now();
    const child = spawn(process.execPath, [join(ROOT, 'apps/server/src/main.ts'), 'start'], {
        env: {
            ...process.env,
            LIUHEN_DATA: dataFolder,
            LIUHEN_PORT: String(port),
            LIUHEN_REQUESTS_PER_MINUTE: '1000000',
            LIUHEN_STORAGE_FLOOR_MIB: '0',
            ...settings,
        },
        stdio: ['ignore', 'ignore', 'inherit'],
    });
    const url = `http://127.0.0.1:${port}`;
    // The first start makes a database, which takes half a minute on a busy machine; a server that gave up is not waited for.
    const ended = new Promise<never>((_, reject) =>
        child.once('exit', (code) => reject(new Error(`the server ended with ${code}`))),
    );
    await Promise.race([untilReady(`${url}/readyz`, READY_SECONDS), ended]).catch(async (error: unknown) => {
        await endProcess(child);
        throw error;
    });
    return { url, child, startedMs: performance.now() - begun };
}

export async function post(url: string, path: string, body: unknown, cookie = ''): Promise<Response> {
    const answer = await fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [COMMAND_ID_HEADER]: newId(), cookie },
        body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
}

async function signIn(url: string, login: string, password: string): Promise<string> {
    const answer = await post(url, '/api/session', { login, password });
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

/** Sets an empty server up and gives the session cookie of somebody who may upload, `bench-uploader`. */
export async function prepareUploader(url: string, role: Role = 'recordingManager'): Promise<string> {
    const admin = (login: string) => ({ name: login, login, password: PASSWORD });
    await post(url, '/api/setup', {
        organisation: { code: 'BENCH', name: '虚构机构', kind: 'districtInstitute' },
        systemAdmin: admin('bench-system'),
        securityAdmin: admin('bench-security'),
        auditAdmin: admin('bench-audit'),
    });
    const system = await signIn(url, 'bench-system', PASSWORD);
    const person = (await (
        await post(url, '/api/persons', { name: '虚构人员', kind: 'staff', certificateNumber: 'BENCH0001' }, system)
    ).json()) as {
        id: string;
    };
    const account = (await (
        await post(url, `/api/persons/${person.id}/account`, { login: 'bench-uploader' }, system)
    ).json()) as { firstPassword: string };
    const security = await signIn(url, 'bench-security', PASSWORD);
    await post(url, `/api/persons/${person.id}/roles`, { role }, security);
    const first = await signIn(url, 'bench-uploader', account.firstPassword);
    await post(url, '/api/session/password', { current: account.firstPassword, next: PASSWORD }, first);
    return signIn(url, 'bench-uploader', PASSWORD);
}
