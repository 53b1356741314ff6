import { workerData } from 'node:worker_threads';
import type { Id, Instant } from '@liuhen/domain';
import { commandTools } from '../../command-tools.ts';
import { systemClock } from '../../platform/clock.ts';
import { openDatabase } from '../../platform/db/database.ts';
import { openSigner } from '../../platform/signer.ts';
import { judgeOnce } from './judging.ts';

/** What a thread is opened with. The address holds a password. */
export type ThreadSetup = { readonly url: string; readonly keyFolder: string; readonly connections: number };

/** Acts of one organisation, and what the server's clock says as they are handed over. */
export type ThreadTask = { readonly orgId: Id; readonly ids: readonly Id[]; readonly now: Instant };

/** How many had changed; a failure goes over the border between threads as it is read in the technical log. */
export type ThreadAnswer = { readonly changed: number } | { readonly failed: ThreadFailure };
export type ThreadFailure = { readonly name: string; readonly message: string; readonly code: string | undefined };

/** The server's clock, as it was told with the last task. */
let told: { now: Instant; at: number } = { now: 0, at: 0 };
const clock = systemClock(() => told.now + Math.floor(performance.now() - told.at));

type Tools = Awaited<ReturnType<typeof open>>;

async function open({ url, keyFolder, connections }: ThreadSetup) {
    const signer = await openSigner(keyFolder);
    const db = openDatabase({ url, max: connections, onError: () => undefined });
    // What could not be logged as refused has failed all the same, and is told as a failure.
    return { db, clock, commands: commandTools({ db, clock, signer }, { error: () => undefined }) };
}

let opened: Promise<Tools> | undefined;

/** One task: so many acts as are judged in one command. */
export default async function judge({ orgId, ids, now }: ThreadTask): Promise<ThreadAnswer> {
    told = { now, at: performance.now() };
    try {
        // What could not be opened is tried again with the next task.
        opened ??= open(workerData as ThreadSetup).catch((error: unknown) => {
            opened = undefined;
            throw error;
        });
        return { changed: await judgeOnce(await opened, orgId, ids) };
    } catch (error) {
        const { name, message, code } = error as { name: string; message: string; code?: string };
        return { failed: { name, message, code } };
    }
}
