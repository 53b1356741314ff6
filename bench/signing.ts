import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Checkpointer } from '../apps/server/src/features/ledger/checkpoint/checkpointer.ts';
import { LogKeys } from '../apps/server/src/features/ledger/checkpoint/log-keys.ts';
import { SignedState } from '../apps/server/src/features/ledger/checkpoint/signed-state.ts';
import { systemClock } from '../apps/server/src/platform/clock.ts';
import type { CommandTools } from '../apps/server/src/platform/command/command.ts';
import { createRefusalLog } from '../apps/server/src/platform/command/refusals.ts';
import { readConfig } from '../apps/server/src/platform/config.ts';
import { openDatabase } from '../apps/server/src/platform/db/database.ts';
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres/index.ts';
import { introduceKey } from '../apps/server/src/platform/own-entries.ts';
import { openSigner } from '../apps/server/src/platform/signer.ts';
import { migrate } from '../apps/server/src/schema/migrate.ts';
import { foundOrganisation, loggedInsert, ratePerSecond } from './ledger.ts';
import { median, printTable } from './table.ts';

const ROUNDS = 4;
/** A round holds two signings of the server's own pace. */
const SECONDS = 20;
const EVERY_MS = 10_000;
const WRITERS = [1, 8] as const;
/** Of what commands write without a signer. */
const WANTED = 0.95;

/** Commands while the signer of checkpoints runs in the same process, both heads every ten seconds, against the same commands without. */
export async function benchSigning(folder: string): Promise<void> {
    const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), log: () => undefined });
    const clock = systemClock();
    try {
        await migrate({ url: server.url, appPassword: 'bench-app' });
        const url = new URL(server.url);
        url.username = 'liuhen_app';
        url.password = 'bench-app';
        const db = openDatabase({ url: url.href, max: 12, onError: () => undefined });
        const keyFolder = join(folder, 'keys');
        await mkdir(keyFolder, { recursive: true });
        const commands: CommandTools = {
            ...{ db, clock, signer: await openSigner(keyFolder) },
            refusals: createRefusalLog({ now: clock.now, write: async () => undefined, onError: () => undefined }),
        };
        await introduceKey(commands);
        const org = await foundOrganisation(commands);
        const tools = { db, clock, commands, config: readConfig({}) };
        const signer = new Checkpointer(tools, {
            keys: new LogKeys(tools, { keyFolder, base: 'bench.invalid', token: undefined }),
            signed: new SignedState(keyFolder),
        });
        await signer.sign(org);
        const rates = new Map<string, number[]>();
        for (let round = 0; round < ROUNDS; round++)
            for (const writers of WRITERS)
                for (const signing of round % 2 === 0 ? [false, true] : [true, false]) {
                    const stop = signing ? signEvery(() => signer.sign(org)) : async () => undefined;
                    const rate = await ratePerSecond(() => loggedInsert(commands, org, false), writers, SECONDS);
                    await stop();
                    // What one round left unsigned is not to be signed in the next.
                    await signer.sign(org);
                    rates.set(`${writers} ${signing}`, [...(rates.get(`${writers} ${signing}`) ?? []), rate]);
                }
        await db.close();
        const of = (writers: number, signing: boolean) => median(rates.get(`${writers} ${signing}`) ?? []);
        printTable(
            `Commands while checkpoints of both heads are signed every ten seconds, against without; medians of ${ROUNDS} rounds of ${SECONDS} s`,
            WRITERS.map((writers) => {
                const ratio = of(writers, true) / of(writers, false);
                return {
                    what: `${writers} ${writers === 1 ? 'writer' : 'writers'}`,
                    ...{ value: `${Math.round(of(writers, true))}/s`, against: `${Math.round(of(writers, false))}/s`, ratio },
                    ...{ wanted: `≥ ${WANTED}`, met: ratio >= WANTED },
                };
            }),
        );
    } finally {
        await server.stop();
    }
}

/** Signs at once and then at the pace; the returned function ends it and throws what failed. */
function signEvery(sign: () => Promise<void>): () => Promise<void> {
    let last = sign();
    const timer = setInterval(() => {
        last = last.then(sign);
    }, EVERY_MS);
    return async () => {
        clearInterval(timer);
        await last;
    };
}
