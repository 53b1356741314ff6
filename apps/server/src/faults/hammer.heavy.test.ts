import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Id } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { expectKept, stored } from './oracle.ts';
import { expectSealed, SignedInUploader } from './uploader.ts';
import { type Attempt, attemptParty, newAttempt } from './writers.ts';

const SECONDS = 60;
const WRITERS = 8;

let system: FaultSystem;
beforeAll(async () => {
    system = await faultSystem('hammer');
}, 120_000);
afterAll(() => system?.close());

/** What befalls the system while people work; each in turn, at moments that nobody chose. */
const BLOWS: readonly { readonly what: string; strike(): Promise<void> }[] = [
    { what: 'kill -9 of the server', strike: async () => void (await system.start()) },
    { what: 'kill -9 of the database', strike: async () => void process.kill(await system.databasePid(), 'SIGKILL') },
    { what: 'the database stops at once', strike: async () => void process.kill(await system.databasePid(), 'SIGQUIT') },
    {
        what: 'kill -9 of both',
        async strike() {
            process.kill(await system.databasePid(), 'SIGKILL');
            await system.start();
        },
    },
];

/** Up again, so that the next blow meets work and not a start. */
async function untilReady(): Promise<void> {
    const ready = async () => (await fetch(`${system.officer().url}/readyz`)).ok;
    await expect.poll(() => ready().catch(() => false), { timeout: 60_000, interval: 100 }).toBe(true);
}

/** Commands one after the other, each sent again under its id until it is acknowledged. */
async function write(attempts: Attempt[], over: () => boolean): Promise<void> {
    while (!over()) {
        const attempt = newAttempt();
        attempts.push(attempt);
        while (!(await attemptParty(system.officer(), attempt))) await sleep(20);
    }
}

/** Files one after the other, each gone on with where the server has it until it is a recording. */
async function upload(files: Map<Id, Uint8Array>, over: () => boolean): Promise<void> {
    while (!over()) {
        const [bytes, requestId] = [randomBytes(randomInt(1, 12 << 20)), randomUUID()];
        let path: string | undefined;
        let recording: Id | undefined;
        while (recording === undefined) {
            const client = new SignedInUploader(system.officer());
            try {
                path ??= await client.create(bytes.length, { filename: `${requestId}.mp4`, requestId });
                await client.resume(path, bytes);
                recording = await client.recording(path);
            } catch {
                await sleep(50);
            }
        }
        files.set(recording, bytes);
    }
}

it(`${WRITERS} writers and an uploader for ${SECONDS} s under kills: every command once, every byte, every entry`, async () => {
    const before = await stored(system);
    await system.start();
    const attempts: Attempt[] = [];
    const files = new Map<Id, Uint8Array>();
    const blows: string[] = [];
    const end = performance.now() + SECONDS * 1_000;
    // On a slow machine longer: each blow falls at least once.
    const over = () => performance.now() > end && blows.length >= BLOWS.length;
    const work = Promise.all([...Array.from({ length: WRITERS }, () => write(attempts, over)), upload(files, over)]);
    while (!over()) {
        await sleep(randomInt(500, 5_000));
        const blow = BLOWS[blows.length % BLOWS.length];
        // The database may be starting again from the blow before.
        const struck = await blow?.strike().then(
            () => true,
            () => false,
        );
        if (blow !== undefined && struck === true) blows.push(blow.what);
        await untilReady();
    }
    await work;

    await expectKept(system, attempts, before);
    expect((await stored(system)).size).toBe(before.size + attempts.length);
    for (const [id, bytes] of files) await expectSealed(system.officer(), id, bytes);
    const { logs } = await system.expectSound();
    const failures = attempts.flatMap((attempt) => attempt.failures);
    expect(failures.filter(({ status, code }) => status !== 0 && code !== 'server.unavailable')).toEqual([]);
    const entries = logs.reduce((sum, log) => sum + log.size, 0n);
    console.log(
        `hammer: ${attempts.length} commands acknowledged, ${failures.length} tries failed, ${files.size} files, ${blows.length} blows, ${entries} entries verified`,
    );
});
