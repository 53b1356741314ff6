import type { FileHandle } from 'node:fs/promises';
import { mkdtemp, open, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProcessLimits } from './limited-process.ts';
import { runLimited } from './limited-process.ts';

let folder = '';
let file: FileHandle | undefined;
const LIMITS: ProcessLimits = { wallMs: 25_000, cpuSeconds: 10, heapMiB: 64, addressSpaceMiB: 4_096, outputBytes: 1_000 };

beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'liuhen-limited-')));
    await writeFile(join(folder, 'evidence'), 'content');
    file = await open(join(folder, 'evidence'), 'r');
});
afterAll(async () => {
    await file?.close();
    await rm(folder, { recursive: true, force: true });
});

async function run(body: string, limits: Partial<ProcessLimits> = {}) {
    const script = join(folder, 'script.mjs');
    await writeFile(script, `import fs from 'node:fs';\n${body}`);
    return runLimited({ script, readable: [script], fd: file?.fd ?? -1, limits: { ...LIMITS, ...limits } });
}

/** Runs an expression in the process and answers its value, or the code of its error. */
const attempt = (expression: string) =>
    run(`let said; try { said = String(await (${expression})) } catch (cause) { said = cause.code } fs.writeSync(4, said);`);

test('the process sees the open file and nothing of our environment', async () => {
    expect(await attempt(`fs.readFileSync(3, 'utf8') + JSON.stringify(process.env)`)).toEqual({
        answer: expect.stringMatching(/^content\{("PWD":"[^"]*"|"OLDPWD":"[^"]*"|"_":"[^"]*"|,)*\}$/),
        ended: 'well',
    });
});

test.each([
    ['read another file', `fs.readFileSync('/etc/hostname')`],
    ['list a folder', `fs.readdirSync('/')`],
    ['write a file', `fs.writeFileSync('/tmp/liuhen-limited-escape', '')`],
    ['start a process', `import('node:child_process').then((m) => m.execFileSync('/bin/true'))`],
    ['start a thread', `import('node:worker_threads').then((m) => new m.Worker('', { eval: true }))`],
])('it may not %s', async (_, expression) => {
    expect(await attempt(expression)).toEqual({ answer: 'ERR_ACCESS_DENIED', ended: 'well' });
});

const endings: readonly [string, string, Partial<ProcessLimits>, string][] = [
    ['an endless loop', 'for (;;);', { wallMs: 300 }, 'timedOut'],
    ['a heap that grows', 'const a = []; for (;;) a.push(new Array(1000).fill({}));', {}, 'memory'],
    ['an exception', `throw new Error('no')`, {}, 'crashed'],
    ['an exit code', 'process.exit(7)', {}, 'crashed'],
    ['a long answer', `for (let i = 0; i < 100; i++) fs.writeSync(4, 'x'.repeat(1000));`, {}, 'output'],
];
test.each(endings)('%s ends it', async (_, body, limits, ended) => {
    expect(await run(body, limits)).toMatchObject({ ended });
});

const linuxEndings: readonly [string, string, Partial<ProcessLimits>, string][] = [
    ['processor time', 'for (;;);', { cpuSeconds: 1 }, 'timedOut'],
    ['memory outside the heap', 'const a = []; for (;;) a.push(Buffer.alloc(1 << 26, 1));', { addressSpaceMiB: 2_048 }, 'memory'],
];
test.runIf(process.platform === 'linux').each(linuxEndings)('%s is bounded by the system', async (_, body, limits, ended) => {
    expect(await run(body, limits)).toMatchObject({ ended });
});

test('what was answered before the end is kept', async () => {
    expect(await run(`fs.writeSync(4, 'half'); process.abort();`)).toEqual({ answer: 'half', ended: 'crashed' });
});
