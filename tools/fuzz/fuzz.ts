import { Coverage } from './coverage.ts';
import { chance, mutated } from './mutate.ts';
import { type FuzzTarget, runTarget } from './targets.ts';

export type FuzzResult = {
    readonly inputs: number;
    readonly read: number;
    readonly refused: number;
    readonly covered: number;
    /** Inputs that led somewhere new, without those that the target brings. */
    readonly corpus: readonly Uint8Array[];
    readonly slowest: number;
    readonly failures: readonly { readonly error: string; readonly input: Uint8Array }[];
};

/** Inputs between two questions for coverage, each of which takes as long as many inputs. */
const BATCH = 100;
/** An input that takes longer hangs, as far as a reader is concerned: no input has more than 8 KiB. */
const HANGS_MS = 5_000;
const MOST_FAILURES = 5;
const SOURCES = /packages\/domain\/src\//;

/** Inputs for a target, led by what of the sources they make run: what reaches something new is changed further. */
export async function fuzz(
    target: FuzzTarget,
    options: { corpus?: readonly Uint8Array[]; seed: number; milliseconds?: number; inputs?: number; sources?: RegExp },
): Promise<FuzzResult> {
    const random = chance(options.seed);
    const coverage = await Coverage.start(options.sources ?? SOURCES);
    const seeds = target.seeds();
    const corpus = [...(options.corpus ?? [])];
    const failures: { error: string; input: Uint8Array }[] = [];
    const counts = { read: 0, refused: 0 };
    let slowest = 0;
    const run = async (input: Uint8Array): Promise<void> => {
        const begun = performance.now();
        try {
            counts[await runTarget(target, input)] += 1;
        } catch (error) {
            if (failures.length < MOST_FAILURES) failures.push({ error: String(error), input });
        }
        const took = performance.now() - begun;
        slowest = Math.max(slowest, took);
        if (took > HANGS_MS) failures.push({ error: `took ${took.toFixed(0)} ms`, input });
    };
    for (const input of [...seeds, ...corpus]) await run(input);
    await coverage.news();
    const until = performance.now() + (options.milliseconds ?? Number.POSITIVE_INFINITY);
    let inputs = seeds.length + corpus.length;
    while (
        performance.now() < until &&
        inputs < (options.inputs ?? Number.POSITIVE_INFINITY) &&
        failures.length < MOST_FAILURES
    ) {
        const all = [...seeds, ...corpus];
        const batch = Array.from({ length: BATCH }, () => mutated(all, random));
        for (const input of batch) await run(input);
        inputs += batch.length;
        const news = await coverage.news();
        if (news.size === 0) continue;
        // Which of them it was: run again, each is asked for by itself.
        for (const input of batch) {
            await runTarget(target, input).catch(() => undefined);
            if (await coverage.reached(news)) corpus.push(input);
        }
    }
    return { inputs, ...counts, covered: coverage.size, corpus, slowest, failures };
}
