import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ROOT } from '../run.ts';
import { type FuzzResult, fuzz } from './fuzz.ts';
import { FUZZ_TARGETS } from './targets.ts';

/** `npm run test:fuzz [-- --seconds N] [--seed N] [--keep] [target…]`: the parsers under inputs that coverage leads; `--keep` adds to the corpus. */
const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' }, keep: { type: 'boolean' } },
});
const targets = FUZZ_TARGETS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const corpusFile = (name: string) => `${ROOT}tools/fuzz/corpus/${name}.json`;
let failed = false;
for (const target of targets) {
    const kept = existsSync(corpusFile(target.name))
        ? (JSON.parse(readFileSync(corpusFile(target.name), 'utf8')) as string[])
        : [];
    const result: FuzzResult = await fuzz(target, {
        corpus: kept.map((text) => new Uint8Array(Buffer.from(text, 'base64'))),
        seed: Number(values.seed),
        milliseconds: (Number(values.seconds) * 1000) / targets.length,
    });
    const memory = `${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`;
    console.log(
        `${target.name}: ${result.inputs} inputs, ${result.read} read, ${result.refused} refused, ${result.covered} characters covered, corpus ${result.corpus.length}, slowest ${result.slowest.toFixed(0)} ms, ${memory}`,
    );
    for (const { error, input } of result.failures) {
        failed = true;
        console.log(`  ${error}\n  ${Buffer.from(input).toString('base64')}`);
    }
    if (values.keep === true) {
        mkdirSync(`${ROOT}tools/fuzz/corpus`, { recursive: true });
        writeFileSync(
            corpusFile(target.name),
            `${JSON.stringify(
                result.corpus.map((each) => Buffer.from(each).toString('base64')),
                null,
                0,
            ).replaceAll('","', '",\n"')}\n`,
        );
    }
}
process.exitCode = failed ? 1 : 0;
