import { existsSync, readFileSync } from 'node:fs';
import { DomainError } from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../run.ts';
import { fuzz } from './fuzz.ts';
import { Broken, FUZZ_TARGETS, type FuzzTarget, runTarget } from './targets.ts';

/** Bounded by number and not by time, the same each time: what leads further is looked for by `npm run test:fuzz`. */
const INPUTS = 1_500;

const corpusOf = (name: string): Uint8Array[] => {
    const file = `${ROOT}tools/fuzz/corpus/${name}.json`;
    if (!existsSync(file)) return [];
    return (JSON.parse(readFileSync(file, 'utf8')) as string[]).map((text) => new Uint8Array(Buffer.from(text, 'base64')));
};

describe('parsers under changed inputs', () => {
    it.each(FUZZ_TARGETS.map((each) => [each.name, each] as const))(
        '%s refuses, or reads what stands there',
        async (name, target) => {
            for (const seed of target.seeds())
                expect(await runTarget(target, seed).catch(String), 'a seed').toMatch(/read|refused/);
            const result = await fuzz(target, { corpus: corpusOf(name), seed: 7, inputs: INPUTS });
            expect(result.failures).toEqual([]);
            expect(result.inputs).toBeGreaterThanOrEqual(INPUTS);
            expect(Math.min(result.read, result.refused)).toBeGreaterThan(0);
        },
        120_000,
    );
});

/** A door behind two others: each is seen to open by its coverage only. */
function planted(bytes: Uint8Array, broken: () => void): void {
    if (bytes[0] !== 0x4c) throw new DomainError('planted.one');
    if (bytes[1] !== 0x48) throw new DomainError('planted.two');
    if (bytes[2] === 0x99) broken();
}

describe('the search', () => {
    const target = (broken: () => void): FuzzTarget => ({
        name: 'planted',
        seeds: () => [new Uint8Array(4)],
        run: (bytes) => planted(bytes, broken),
    });
    const crash = () => {
        throw new TypeError('not a refusal');
    };

    it('finds what lies behind several conditions by what runs, and not without that', async () => {
        const led = await fuzz(target(crash), { seed: 1, inputs: 250_000, sources: /fuzz\.test/ });
        expect(led.failures.map(({ error }) => error).join()).toContain('not a refusal');
        expect(led.corpus.length).toBeGreaterThan(0);
        const blind = await fuzz(target(crash), { seed: 1, inputs: 60_000, sources: /nothing of this name/ });
        expect(blind.failures).toEqual([]);
    }, 120_000);

    it('tells of a parser that reads something else than what stands there', async () => {
        const lax: FuzzTarget = {
            name: 'lax',
            seeds: () => [new TextEncoder().encode('12')],
            run(bytes) {
                const text = new TextDecoder().decode(bytes);
                if (!/^[0-9]+$/.test(text)) throw new DomainError('lax.refused');
                if (String(Number(text)) !== text) throw new Broken(text);
            },
        };
        expect((await fuzz(lax, { seed: 1, inputs: 20_000 })).failures[0]?.error).toContain('Error: ');
    }, 60_000);
});
