import { join } from 'node:path';
import { type Instant, MINUTE } from '@liuhen/domain';
import { pino } from 'pino';
import { type Clock, systemClock } from '../platform/clock.ts';
import { ClockGuard } from '../platform/clock-guard.ts';
import { type CommandTools, runCommand } from '../platform/command/command.ts';
import { createRefusalLog } from '../platform/command/refusals.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/db/database.ts';
import { hashPool } from '../platform/hashing/hash-pool.ts';
import { openInstallation } from '../platform/installation.ts';
import { openInspections } from '../platform/media/inspections.ts';
import { introduceKey } from '../platform/own-entries.ts';
import { openSecretBox } from '../platform/secret-box.ts';
import type { Services } from '../platform/services.ts';
import { openSigner } from '../platform/signer.ts';
import { diskStore } from '../platform/storage/disk-store.ts';
import { documentRenderer } from '../platform/typst/document-renderer.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A clock that stands still until it is told to go on. */
export type TestClock = Clock & { advance(milliseconds: number): void };

/** 2026-11-18 09:31 in Shanghai. */
export const TEST_NOW: Instant = Date.UTC(2026, 10, 18, 1, 31);

export function testClock(start: Instant = TEST_NOW): TestClock {
    let now = start;
    return {
        ...systemClock(() => now),
        advance(milliseconds) {
            now += milliseconds;
        },
    };
}

export type TestServices = Services & { clock: TestClock; database: TestDatabase; close(): Promise<void> };

/** Everything a feature is given, real, over a database and a folder of its own. */
export async function testServices(config: Partial<Config> = {}): Promise<TestServices> {
    const database = await testDatabase();
    const folder = await temporaryFolder('services');
    const installation = await openInstallation(folder.path, systemClock().newId);
    const { keyFolder, storeRoot, storeId } = installation;
    const clock = testClock();
    const log = pino({ level: process.env.LIUHEN_TEST_LOG ?? 'silent' });
    const db = openDatabase({ url: database.appUrl, max: 12, onError: () => undefined });
    const hashes = hashPool({ workers: 1 });
    const renderer = documentRenderer({ processes: 1 });
    const tools: CommandTools = {
        db,
        clock,
        signer: await openSigner(keyFolder),
        refusals: createRefusalLog({
            now: clock.now,
            write: (who, event) =>
                runCommand(tools, { ...who, commandId: clock.newId() }, event.kind, async () => ({
                    result: undefined,
                    events: [event],
                })),
            onError: (error) => {
                throw error;
            },
        }),
    };
    await introduceKey(tools);
    return {
        // Time goes on where a test says so; one that has the clock jump gives a guard of its own.
        clockGuard: new ClockGuard(() => ({ wall: clock.now(), monotonic: clock.now() }), MINUTE),
        installation,
        config: { ...readConfig({}, { dataFolder: folder.path }), sessionIdleMs: 30 * MINUTE, ...config },
        log,
        clock,
        db,
        commands: tools,
        store: diskStore({ root: storeRoot, id: storeId, hashes, newId: clock.newId }),
        hashes,
        inspections: openInspections(),
        renderer,
        secrets: await openSecretBox(keyFolder),
        urls: { app: database.appUrl },
        quarantineFolder: join(storeRoot, 'quarantine'),
        database,
        async close() {
            await Promise.all([hashes.close(), renderer.close()]);
            await db.close();
            await folder.remove();
        },
    };
}
