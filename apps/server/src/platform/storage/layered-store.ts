import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '@liuhen/domain';
import type { ObjectStore, ReadOptions } from './store.ts';

type Opened = { readonly stream: Readable; readonly store: ObjectStore };

/** What another copy may make good. */
const HEALED_ELSEWHERE = new Set(['storage.objectDamaged', 'storage.objectMissing', 'storage.unavailable', 'storage.badRange']);
const canBeHealed = (error: unknown): error is DomainError => error instanceof DomainError && HEALED_ELSEWHERE.has(error.code);

/**
 * Several stores that are read as one. New content goes to the first; what is not there, is damaged there or cannot be reached
 * there is read from the next, also in the middle of a stream. Keys name their content, so a copy is found under its name
 * anywhere, and every chunk of it is compared as always.
 */
export function layeredStore(first: ObjectStore, rest: readonly ObjectStore[]): ObjectStore {
    const all = [first, ...rest];

    /** The first answer; what a store could not say counts only when no other knows better. */
    async function ask<T>(question: (store: ObjectStore) => Promise<T | undefined>): Promise<T | undefined> {
        let problem: DomainError | undefined;
        for (const store of all) {
            try {
                const answer = await question(store);
                if (answer !== undefined) return answer;
            } catch (error) {
                if (!canBeHealed(error)) throw error;
                problem = worseOf(problem, error);
            }
        }
        if (problem !== undefined) throw problem;
        return undefined;
    }

    /** A stream of the first store that gives one and is not among `tried`, and which one. */
    async function openBeside(key: string, options: ReadOptions, tried: ReadonlySet<ObjectStore>): Promise<Opened> {
        let problem: DomainError | undefined;
        for (const store of all) {
            if (tried.has(store)) continue;
            try {
                return { stream: await store.open(key, options), store };
            } catch (error) {
                if (!canBeHealed(error)) throw error;
                problem = worseOf(problem, error);
            }
        }
        throw problem ?? new DomainError('storage.objectMissing');
    }

    /**
     * Goes on in another store where one breaks off, which is always between two chunks: from a chunk that was read on, every store
     * may be asked again. What is damaged early in one and late in the other is whole. When none has the next chunk, the worst of
     * what they said stands.
     */
    async function* read(key: string, options: ReadOptions, opened: Opened): AsyncGenerator<Buffer> {
        let at = options.start ?? 0n;
        const tried = new Set<ObjectStore>();
        let problem: DomainError | undefined;
        for (let { stream, store } = opened; ; ) {
            try {
                for await (const piece of stream) {
                    yield piece;
                    at += BigInt((piece as Buffer).length);
                    tried.clear();
                    problem = undefined;
                }
                return;
            } catch (error) {
                if (!canBeHealed(error)) throw error;
                tried.add(store);
                const soFar = worseOf(problem, error);
                problem = soFar;
                ({ stream, store } = await openBeside(key, { ...options, start: at }, tried).catch((next: unknown) => {
                    throw canBeHealed(next) ? worseOf(soFar, next) : next;
                }));
            }
        }
    }

    /**
     * Where there are several copies none is taken on trust: what is whole in either goes into a file of its own, chunk by chunk. Which
     * copy is the sound one, or that none is and both together are, need not be known before.
     */
    async function withWhole<T>(one: ObjectStore, key: string, work: (path: string) => Promise<T>): Promise<T> {
        const size = (await one.stat(key))?.size ?? 0n;
        // The folder of the last store, the nearest: one that is away promises nothing.
        const near = all.at(-1) ?? first;
        const reservation = await near.reserve(size);
        const path = join(near.stagingFolder, `read-${randomUUID()}`);
        try {
            const opened = await openBeside(key, {}, new Set());
            const whole = Readable.from(read(key, {}, opened), { objectMode: false });
            await pipeline(whole, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
            await chmod(path, 0o400);
            return await work(path);
        } finally {
            reservation.release();
            await rm(path, { force: true });
        }
    }

    return {
        ...first,
        layers: all,
        stat: (key) => ask((store) => store.stat(key)),
        async open(key, options = {}) {
            const opened = await openBeside(key, options, new Set());
            return Readable.from(read(key, options, opened), { objectMode: false });
        },
        async withLocalFile(key, work) {
            const having: ObjectStore[] = [];
            let unsure = false;
            for (const store of all) {
                try {
                    if ((await store.stat(key)) !== undefined) having.push(store);
                } catch (error) {
                    if (!canBeHealed(error)) throw error;
                    unsure = true;
                }
            }
            const [only] = having;
            // Says why: missing, or not to be reached.
            if (only === undefined) return first.withLocalFile(key, work);
            if (having.length === 1 && !unsure) return only.withLocalFile(key, work);
            return withWhole(only, key, work);
        },
        async chunkDigests(key) {
            const digests = await ask((store) => store.chunkDigests(key));
            if (digests === undefined) throw new DomainError('storage.objectMissing');
            return digests;
        },
        async delete(key) {
            for (const store of all) await store.delete(key);
        },
        async assertWritable() {
            for (const store of all) await store.assertWritable();
        },
        async reserve(bytes) {
            for (const store of rest) await store.assertWritable();
            return first.reserve(bytes);
        },
    };
}

/** Damage is said before absence, and a service that is away before all: then nobody knows. */
const WEIGHT = ['storage.badRange', 'storage.objectMissing', 'storage.objectDamaged', 'storage.unavailable'];
const worseOf = (a: DomainError | undefined, b: DomainError): DomainError =>
    a === undefined || WEIGHT.indexOf(b.code) > WEIGHT.indexOf(a.code) ? b : a;
