import { join } from 'node:path';
import { endProcess } from './child.ts';
import { prepareUploader, startServer } from './liuhen.ts';
import { median, printTable } from './table.ts';

const ROUNDS = 5;

/** Cold start of the whole system on an existing data folder: process start until `/readyz` says yes. */
export async function benchStart(folder: string): Promise<void> {
    const data = join(folder, 'data');
    const first = await startServer(data);
    await prepareUploader(first.url);
    await endProcess(first.child);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
        const server = await startServer(data);
        times.push(server.startedMs);
        await endProcess(server.child);
    }
    const ms = median(times);
    printTable('Cold start on an existing data folder', [
        { what: 'until ready, median of five', value: `${Math.round(ms)} ms`, wanted: '< 3000 ms', met: ms < 3000 },
        { what: 'first start on an empty folder (pages built before)', value: `${Math.round(first.startedMs)} ms` },
    ]);
}
