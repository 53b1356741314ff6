import { parentPort, workerData } from 'node:worker_threads';
import { readTableHere } from './read-table.ts';

parentPort?.postMessage(readTableHere(workerData as Uint8Array));
