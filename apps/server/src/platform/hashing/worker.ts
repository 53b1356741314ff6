import { closeSync, constants, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { LaneHasher } from './lane-hasher.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './protocol.ts';
import { blockView } from './shared-blocks.ts';

/** Bytes of a file hashed before streams get their turn again. */
const SLICE = 1024 * 1024;

const { memory, chunkSize } = workerData as WorkerSetup;
const streams = new Map<number, LaneHasher>();
const scratch = new Uint8Array(SLICE);

const send = (message: FromWorker): void => parentPort?.postMessage(message);

parentPort?.on('message', (message: ToWorker) => {
    switch (message.kind) {
        case 'open': {
            const { stream } = message;
            streams.set(stream, new LaneHasher(message.lanes, chunkSize, (digest) => send({ kind: 'chunk', stream, digest })));
            return;
        }
        case 'data':
            streams.get(message.stream)?.update(blockView(memory, message.block).subarray(0, message.length));
            send({ kind: 'free', block: message.block });
            return;
        case 'mark':
            streams.get(message.stream)?.mark(message.checksum);
            return;
        case 'rollback':
            streams.get(message.stream)?.rollback();
            return;
        case 'position': {
            const position = streams.get(message.stream)?.position();
            if (position !== undefined) send({ kind: 'position', call: message.call, position });
            return;
        }
        case 'finish': {
            const result = streams.get(message.stream)?.finish();
            streams.delete(message.stream);
            if (result !== undefined) send({ kind: 'result', call: message.call, result });
            return;
        }
        case 'drop':
            streams.delete(message.stream);
            return;
        case 'file':
            startFile(message);
            return;
    }
});

/** Hashes a range of a file slice by slice; between slices the streams of other uploads are served. */
function startFile(job: ToWorker & { kind: 'file' }): void {
    let fd = -1;
    let at = job.start;
    const hasher = new LaneHasher(job.lanes, chunkSize);
    const end = (message: FromWorker): void => {
        if (fd >= 0) closeSync(fd);
        send(message);
    };
    const step = (): void => {
        try {
            if (at >= job.end) {
                end({ kind: 'result', call: job.call, result: hasher.finish() });
                return;
            }
            const left = job.end - at;
            const read = readSync(fd, scratch, 0, left < SLICE ? Number(left) : SLICE, at);
            if (read === 0) {
                end({ kind: 'failed', call: job.call, code: 'hashing.fileTooShort' });
                return;
            }
            hasher.update(scratch.subarray(0, read));
            at += BigInt(read);
            setImmediate(step);
        } catch {
            end({ kind: 'failed', call: job.call, code: 'hashing.fileUnreadable' });
        }
    };
    try {
        fd = openSync(job.path, constants.O_RDONLY | constants.O_NOFOLLOW);
    } catch {
        end({ kind: 'failed', call: job.call, code: 'hashing.fileUnreadable' });
        return;
    }
    step();
}
