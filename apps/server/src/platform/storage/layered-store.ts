import { Readable } from 'node:stream';
import { DomainError } from '@liuhen/domain';
import type { ObjectStore, ReadOptions } from './store.ts';

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

    /** A stream from `at` on of the first store, from number `from` on, that gives one, and the number of the next. */
    async function openFrom(key: string, options: ReadOptions, from: number): Promise<{ stream: Readable; next: number }> {
        let problem: DomainError | undefined;
        for (const [number, store] of all.entries()) {
            if (number < from) continue;
            try {
                return { stream: await store.open(key, options), next: number + 1 };
            } catch (error) {
                if (!canBeHealed(error)) throw error;
                problem = worseOf(problem, error);
            }
        }
        throw problem ?? new DomainError('storage.objectMissing');
    }

    /** Goes on in the next store where one breaks off. What the last one says stands, unless it only lacks what another had. */
    async function* read(key: string, options: ReadOptions, opened: { stream: Readable; next: number }): AsyncGenerator<Buffer> {
        let at = options.start ?? 0n;
        for (let { stream, next } = opened; ; ) {
            try {
                for await (const piece of stream) {
                    yield piece;
                    at += BigInt((piece as Buffer).length);
                }
                return;
            } catch (problem) {
                if (!canBeHealed(problem)) throw problem;
                ({ stream, next } = await openFrom(key, { ...options, start: at }, next).catch((error: unknown) => {
                    throw canBeHealed(error) ? worseOf(problem, error) : error;
                }));
            }
        }
    }

    return {
        ...first,
        layers: all,
        stat: (key) => ask((store) => store.stat(key)),
        async open(key, options = {}) {
            const opened = await openFrom(key, options, 0);
            return Readable.from(read(key, options, opened), { objectMode: false });
        },
        async withLocalFile(key, work) {
            for (const store of all) {
                const there = await store.stat(key).catch((error: unknown) => {
                    if (canBeHealed(error)) return undefined;
                    throw error;
                });
                if (there !== undefined) return store.withLocalFile(key, work);
            }
            // Says why: missing, or not to be reached.
            return first.withLocalFile(key, work);
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
