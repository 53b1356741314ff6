import { COMMAND_ID_HEADER, type RequestError } from '@liuhen/contract';
import type { Upload } from 'tus-js-client';
import { newCommandId } from '../../app/command-id.ts';
import { SpeedMeter } from './speed-meter.ts';
import { digestOf, uploadErrorOf, worthAnotherTry } from './upload-protocol.ts';

export type UploadMeta = { deviceId?: string | undefined; personId?: string | undefined; actId?: string | undefined };
export type UploadState = 'waiting' | 'hashing' | 'sending' | 'paused' | 'failed' | 'done';
export type UploadTask = {
    readonly id: string;
    readonly name: string;
    readonly size: number;
    readonly state: UploadState;
    readonly sent: number;
    readonly resumedFrom: number;
    readonly bytesPerSecond: number | undefined;
    readonly remainingMs: number | undefined;
    readonly error: RequestError | undefined;
    readonly recordingId: string | undefined;
};

const CHUNK = 32 * 1024 * 1024;
const PARALLEL = 2;

type Entry = { file: File; meta: UploadMeta; upload?: Upload; meter: SpeedMeter };

/**
 * Files on their way to the server: at most two at a time, in parts, resumable. Lives as long as the browser tab,
 * whatever page is shown.
 */
export class UploadQueue {
    #tasks: readonly UploadTask[] = [];
    readonly #entries = new Map<string, Entry>();
    readonly #listeners = new Set<() => void>();
    readonly #owner: () => string;
    readonly #onStored: () => void;

    /** `owner` keeps one person's unfinished uploads from being resumed by the next person at the same machine. */
    constructor(owner: () => string, onStored: () => void) {
        this.#owner = owner;
        this.#onStored = onStored;
    }

    readonly subscribe = (listener: () => void): (() => void) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    };
    readonly snapshot = (): readonly UploadTask[] => this.#tasks;

    add(files: readonly File[], meta: UploadMeta): void {
        for (const file of files) {
            const id = newCommandId();
            this.#entries.set(id, { file, meta, meter: new SpeedMeter() });
            const blank = { bytesPerSecond: undefined, remainingMs: undefined, error: undefined, recordingId: undefined };
            this.#tasks = [
                ...this.#tasks,
                { id, name: file.name, size: file.size, state: 'waiting', sent: 0, resumedFrom: 0, ...blank },
            ];
        }
        this.#pump();
    }

    pause(id: string): void {
        void this.#entries.get(id)?.upload?.abort();
        this.#set(id, { state: 'paused', bytesPerSecond: undefined, remainingMs: undefined });
        this.#pump();
    }

    resume(id: string): void {
        this.#set(id, { state: 'waiting', error: undefined });
        this.#pump();
    }

    /** Takes the task off the list; an unfinished upload stays resumable until it expires. */
    remove(id: string): void {
        void this.#entries.get(id)?.upload?.abort();
        this.#entries.delete(id);
        this.#tasks = this.#tasks.filter((task) => task.id !== id);
        this.#pump();
    }

    clearDone(): void {
        for (const task of this.#tasks) if (task.state === 'done') this.#entries.delete(task.id);
        this.#tasks = this.#tasks.filter((task) => task.state !== 'done');
        this.#tell();
    }

    #pump(): void {
        this.#tell();
        const busy = this.#tasks.filter((task) => task.state === 'sending' || task.state === 'hashing').length;
        for (const task of this.#tasks.filter((each) => each.state === 'waiting').slice(0, Math.max(0, PARALLEL - busy))) {
            void this.#run(task.id);
        }
    }

    async #run(id: string): Promise<void> {
        const entry = this.#entries.get(id);
        if (entry === undefined) return;
        try {
            entry.meter = new SpeedMeter();
            if (entry.upload === undefined) {
                this.#set(id, { state: 'hashing' });
                entry.upload = await this.#prepare(id, entry);
            }
            if (this.#stateOf(id) === 'paused' || !this.#entries.has(id)) return;
            this.#set(id, { state: 'sending' });
            entry.upload.start();
        } catch (cause) {
            this.#fail(id, cause);
        }
    }

    async #prepare(id: string, entry: Entry): Promise<Upload> {
        const { file, meta } = entry;
        const [{ Upload: TusUpload }, sha256] = await Promise.all([import('tus-js-client'), digestOf(file)]);
        const metadata: Record<string, string> = { filename: file.name };
        for (const [name, value] of Object.entries({ ...meta, sha256 })) if (value !== undefined) metadata[name] = value;
        const upload = new TusUpload(file, {
            endpoint: '/api/uploads',
            chunkSize: CHUNK,
            metadata,
            retryDelays: [0, 1_000, 3_000, 5_000, 10_000, 20_000],
            removeFingerprintOnSuccess: true,
            fingerprint: async () => fingerprint(this.#owner(), file, meta),
            onBeforeRequest: (request) => {
                if (request.getMethod() === 'POST') request.setHeader(COMMAND_ID_HEADER, newCommandId());
            },
            onAfterResponse: (_, response) => {
                const recordingId = response.getHeader('Liuhen-Recording');
                if (typeof recordingId === 'string') this.#set(id, { recordingId });
            },
            onShouldRetry: worthAnotherTry,
            onProgress: (sent) => this.#progress(id, sent),
            onSuccess: () => {
                this.#set(id, { state: 'done', sent: file.size, bytesPerSecond: undefined, remainingMs: undefined });
                this.#onStored();
                this.#pump();
            },
            onError: (error) => this.#fail(id, error),
        });
        const [previous] = await upload.findPreviousUploads();
        if (previous !== undefined) upload.resumeFromPreviousUpload(previous);
        return upload;
    }

    #progress(id: string, sent: number): void {
        const entry = this.#entries.get(id);
        const task = this.#tasks.find((each) => each.id === id);
        if (entry === undefined || task === undefined) return;
        const first = !entry.meter.started;
        entry.meter.add(performance.now(), sent);
        const bytesPerSecond = entry.meter.bytesPerSecond;
        const remainingMs = bytesPerSecond === undefined ? undefined : ((task.size - sent) / bytesPerSecond) * 1_000;
        // The first figure of a run is where the server already stands.
        this.#set(id, {
            sent,
            bytesPerSecond,
            remainingMs,
            ...(first && task.sent === 0 && sent >= CHUNK ? { resumedFrom: sent } : {}),
        });
    }

    #fail(id: string, cause: unknown): void {
        this.#set(id, { state: 'failed', error: uploadErrorOf(cause), bytesPerSecond: undefined, remainingMs: undefined });
        this.#pump();
    }

    #stateOf = (id: string): UploadState | undefined => this.#tasks.find((task) => task.id === id)?.state;

    #set(id: string, change: Partial<UploadTask>): void {
        this.#tasks = this.#tasks.map((task) => (task.id === id ? { ...task, ...change } : task));
        this.#tell();
    }

    #tell(): void {
        for (const listener of this.#listeners) listener();
    }
}

/** Same person, same file, same purpose: only then is an unfinished upload gone on with. */
const fingerprint = (owner: string, file: File, meta: UploadMeta): string =>
    ['liuhen', owner, file.name, file.size, file.lastModified, meta.deviceId, meta.personId, meta.actId].join('|');
